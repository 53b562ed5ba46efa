"""The code words of a census form are understood by what offices write for them, and never guessed silently."""

import pytest

from wuyou.people import words
from wuyou.people.countries import names, read_country


def read(reader, text):
    reading = reader(text)
    return reading.text, [f.code for f in reading.findings if f.severity != "ok"]


@pytest.mark.parametrize(
    "reader", [words.read_category, words.read_relation, words.read_schooling, words.read_ethnic_group, words.read_sex]
)
@pytest.mark.parametrize("text", ["", " ", "无", "/", "不详", "—"])
def test_empty_words_say_nothing(reader, text):
    assert (reader(text).value, reader(text).findings) == (None, ())


@pytest.mark.parametrize("reader", [words.read_category, words.read_relation, read_country])
@pytest.mark.parametrize("text", ["外星人", "123", "见附件"])
def test_unknown_words_are_refused(reader, text):
    assert read(reader, text) == ("", ["not_in_list"])


def test_the_lists_own_words_are_silent():
    for reader, own in (
        (words.read_category, words.CATEGORIES),
        (words.read_relation, words.RELATIONS),
        (words.read_schooling, words.SCHOOLING),
        (words.read_ethnic_group, words.ETHNIC_GROUPS),
        (words.read_sex, ("男", "女")),
        (read_country, names()),
    ):
        assert [reader(word).findings for word in own] == [()] * len(own)
        assert [reader(word).text for word in own] == list(own)
    assert len(words.ETHNIC_GROUPS) == 56


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("侨 眷", "侨眷"),
        ("归侨 ", "归侨"),
        ("桥眷", "侨眷"),
        ("乔眷", "侨眷"),
        ("侨屬", "侨属"),
        ("华桥", "华侨"),
        ("台胞亲属", "台属"),
        ("入外籍", "外籍华人"),
        ("难侨", "归难侨"),
        ("海归", "留学人员"),
        ("留学生家长", "留学人员家属"),
        ("香港眷属", "港澳眷属"),
        ("港澳卷属", "港澳眷属"),
        ("缅甸归侨", "归侨"),
        ("印尼侨眷", "侨眷"),
        ("归国华侨", "归侨"),
    ],
)
def test_other_words_for_a_category(text, category):
    assert read(words.read_category, text) == (category, ["category_by_synonym"])


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("侨眷、台属", "侨眷|台属"),
        ("归侨侨眷", "归侨|侨眷"),
        ("侨眷 台属", "侨眷|台属"),
        ("侨属/留学生", "侨属|留学人员"),
        ("华侨华人", "华侨|外籍华人"),
    ],
)
def test_two_categories_in_a_cell(text, categories):
    assert read(words.read_category, text) == (categories, ["category_multiple"])


@pytest.mark.parametrize("text", ["低保户", "军属", "知青", "党外人士", "群众", "台胞", "港澳居民", "侨领"])
def test_words_that_are_no_census_category(text):
    assert read(words.read_category, text) == ("", ["not_in_list"])


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("丈夫", "配偶"),
        ("老伴", "配偶"),
        ("阿妈", "父母"),
        ("次女", "子女"),
        ("幺儿", "子女"),
        ("四妹", "兄弟姐妹"),
        ("胞兄", "兄弟姐妹"),
        ("爷爷", "祖父母"),
        ("家婆", "外祖父母"),
        ("家姐", "兄弟姐妹"),
        ("外孙女", "孙子女"),
        ("三叔", "叔伯姑"),
        ("二爹", "叔伯姑"),
        ("大姑爹", "叔伯姑"),
        ("小舅舅", "舅姨"),
        ("二姨妈", "舅姨"),
        ("堂叔", "堂表亲"),
        ("大表哥", "堂表亲"),
        ("妻 子", "配偶"),
        ("父亲、母亲", "父母"),
    ],
)
def test_other_words_for_kin(text, kin):
    assert read(words.read_relation, text) == (kin, ["relation_by_synonym"])


@pytest.mark.parametrize("text", ["亲戚", "同乡", "朋友", "亲属", "母子", "其他"])
def test_kin_that_is_not_specific(text):
    assert read(words.read_relation, text) == ("", ["relation_not_specific"])


def test_two_kinds_of_kin_are_both_kept():
    assert read(words.read_relation, "叔叔、舅舅") == ("叔伯姑|舅姨", ["relation_multiple"])


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Vietnam", "越南"),
        ("VIETNAM", "越南"),
        ("缅甸(曼德勒)", "缅甸"),
        ("越  南", "越南"),
        ("緬甸", "缅甸"),
        ("寮国", "老挝"),
        ("台湾省", "中国台湾"),
        ("香港", "中国香港"),
        ("泰国清迈", "泰国"),
        ("澳洲", "澳大利亚"),
        ("缅旬", "缅甸"),
        ("Myanmar", "缅甸"),
        ("義大利", "意大利"),
        ("纽西兰", "新西兰"),
        ("美籍", "美国"),
        ("旅居加拿大", "加拿大"),
        ("USA", "美国"),
        ("U.K.", "英国"),
        ("老挝人民民主共和国", "老挝"),
        ("大韩民国", "韩国"),
        ("加拿太", "加拿大"),
        ("太国", "泰国"),
        ("迪拜", "阿联酋"),
        ("锡兰", "斯里兰卡"),
        ("Côte d’Ivoire", "科特迪瓦"),
        ("加纳共和国", "加纳"),
        ("Suriname", "苏里南"),
        ("印尼雅加达", "印度尼西亚"),
        ("缅", "缅甸"),
    ],
)
def test_every_country_by_every_name(text, country):
    assert read(read_country, text) == (country, ["country_by_synonym"])


@pytest.mark.parametrize("text", ["东南亚", "国外", "海外", "欧洲", "东南亚国家", "港澳", "刚果", "南洋一带"])
def test_places_abroad_that_are_no_country(text):
    assert read(read_country, text) == ("", ["country_not_specific"])


@pytest.mark.parametrize("text", ["昆明", "印度洋", "月球", "老家"])
def test_words_that_are_no_country(text):
    assert read(read_country, text) == ("", ["not_in_list"])


def test_two_countries_are_both_kept():
    assert read(read_country, "美国、加拿大") == ("美国|加拿大", ["country_multiple"])
    assert read(read_country, "缅甸/泰国") == ("缅甸|泰国", ["country_multiple"])


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("汉", "汉族"),
        ("汉族 ", "汉族"),
        ("水", "水族"),
        ("维族", "维吾尔族"),
        ("布依", "布依族"),
        ("01汉族", "汉族"),
        ("苗 族", "苗族"),
        ("穿青人", "其他"),
    ],
)
def test_short_forms_of_nationality_are_silent(text, group):
    assert read(words.read_ethnic_group, text) == (group, [])


@pytest.mark.parametrize("text", ["汉簇", "中国", "云南", "男"])
def test_no_nationality_is_guessed(text):
    assert read(words.read_ethnic_group, text) == ("", ["not_in_list"])


@pytest.mark.parametrize(
    ("text", "schooling"),
    [
        ("大学", "本科"),
        ("大学专科", "大专"),
        ("初中毕业", "初中"),
        ("本科(在读)", "本科"),
        ("研究生", "硕士研究生"),
        ("技校", "中专"),
        ("半文盲", "文盲"),
    ],
)
def test_other_words_for_schooling_are_silent(text, schooling):
    assert read(words.read_schooling, text) == (schooling, [])


def test_unknown_schooling_is_kept_and_said():
    assert read(words.read_schooling, "私塾") == ("私塾", ["not_in_list"])


@pytest.mark.parametrize(
    ("text", "sex"), [("男性", "男"), ("（女）", "女"), ("F", "女"), ("1", "男"), ("2.0", "女"), ("♀", "女"), ("0", "")]
)
def test_forms_of_sex_are_silent(text, sex):
    assert read(words.read_sex, text) == (sex, [])


@pytest.mark.parametrize("text", ["南", "汉", "男女", "3"])
def test_sex_is_never_guessed(text):
    assert read(words.read_sex, text) == ("", ["not_in_list"])
