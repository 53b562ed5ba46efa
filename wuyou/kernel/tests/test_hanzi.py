"""Chinese text is folded, compared and read as yes or no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel import hanzi

TYPED = st.text(alphabet="侨眷王小明陸國12aX（）．１ \u3000\u200b\t-/", max_size=12)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("１９９８．０１", "1998.01"),
        ("（女）", "(女)"),
        ("马平秀\u200b", "马平秀"),
        ("李\u3000雪", "李 雪"),
        ("36㎡", "36㎡"),
    ],
)
def test_full_width_signs_become_half_width(typed, folded):
    assert hanzi.fold(typed) == folded


@given(TYPED)
def test_folding_squeezing_and_simplifying_twice_changes_nothing_more(text):
    for change in (hanzi.fold, hanzi.tidy, hanzi.squeeze, hanzi.simplified):
        once = change(text)
        assert change(once) == once


@pytest.mark.parametrize("character", "䶮𠮷𬭎𬘭𫖯㛃堃喆昇")
def test_rare_and_standard_characters_are_not_traditional(character):
    assert not hanzi.has_traditional(f"王{character}成")


def test_traditional_characters_are_compared_as_simplified():
    assert hanzi.has_traditional("陸龍平")
    assert hanzi.simplified("陸龍平") == "陆龙平"
    assert hanzi.similar("陸龍平", "陆龙平") == 1.0


@pytest.mark.parametrize("text", ["", " ", "无", "/", "—", "———", "不详", "　", "空号", "N/A", "無"])
def test_empty_words(text):
    assert hanzi.is_empty(text)


@pytest.mark.parametrize("text", ["0", "吴", "否", "无锡", "1-2"])
def test_words_that_say_something(text):
    assert not hanzi.is_empty(text)


@pytest.mark.parametrize(
    ("numerals", "number"),
    [
        ("十二", 12),
        ("廿一", 21),
        ("三十", 30),
        ("一九六五", 1965),
        ("一百零三", 103),
        ("二〇〇五", 2005),
        ("甲", None),
        ("", None),
    ],
)
def test_chinese_numerals(numerals, number):
    assert hanzi.number_of(numerals) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("√", True),
        ("有(已上墙)", True),
        ("已制定", True),
        ("Y", True),
        ("（是）", True),
        ("×", False),
        ("正在制定", False),
        ("无", False),
        ("未签", False),
        ("No", False),
        ("/", None),
        ("", None),
    ],
)
def test_yes_and_no(text, value):
    reading = hanzi.read_yes_no(text)
    assert (reading.value, reading.text) == (value, {True: "是", False: "否", None: ""}[value])
    assert reading.severity == "ok"


def test_neither_yes_nor_no_is_refused():
    assert [f.code for f in hanzi.read_yes_no("主要领导").findings] == ["not_in_list"]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("桥眷", "侨眷", 0.9, 0.99),
        ("汉簇", "汉族", 0.0, 0.6),
        ("林芳", "王芳", 0.4, 0.6),
        ("李林", "李宁", 0.9, 0.99),
        ("王平", "赵钢", 0, 0.1),
    ],
)
def test_likeness_counts_sound_a_little_less_than_characters(one, other, least, most):
    assert least <= hanzi.similar(one, other) <= most


def test_notes_in_brackets_stand_apart():
    assert hanzi.split_notes("赵正石（次女）") == ("赵正石", ("次女",))
    assert hanzi.split_notes("麒侨发〔2016〕3号") == ("麒侨发3号", ("2016",))
    assert hanzi.split_notes("无括号") == ("无括号", ())
