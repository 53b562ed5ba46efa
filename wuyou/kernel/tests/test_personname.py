"""Names are kept as typed: only stray blanks and the forms of the minority dot are normalised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.personname import initials, looks_like_name, named_posts, pinyin_key, read_name


def read(text, reader=read_name):
    reading = reader(text)
    return reading.text, [f.code for f in reading.findings if f.severity != "ok"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王平", "王平"),
        ("赵 小", "赵小"),
        ("尹  东", "尹东"),
        ("晏\u3000华", "晏华"),
        ("马平秀\u200b", "马平秀"),
        (" 李伟宝\n", "李伟宝"),
        ("张\n三", "张三"),
        ("苏玛・帕提", "苏玛·帕提"),
        ("坎帕.香拉", "坎帕·香拉"),
        ("波依 • 钦梭", "波依·钦梭"),
        ("古丽·买买提", "古丽·买买提"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("陈䶮勇", "陈䶮勇"),
        ("杜𠮷小", "杜𠮷小"),
        ("孙𬭎平", "孙𬭎平"),
        ("王和平", "王和平"),
        ("左建中", "左建中"),
        ("上官中华", "上官中华"),
        ("姓名:张三", "张三"),
    ],
)
def test_names_that_are_taken_silently(text, name):
    assert read(text) == (name, [])


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("赵正石（次女）", "赵正石", ["note_in_cell"]),
        ("(户主)张三", "张三", ["note_in_cell"]),
        ("张三(又名张四)", "张三", ["note_in_cell"]),
        ("张三同志", "张三", ["note_in_cell"]),
        ("张三2", "张三", ["note_in_cell"]),
        ("胡发才 HU FACAI", "胡发才", ["note_in_cell"]),
        ("HU  FACAI", "HU FACAI", ["latin_name"]),
        ("Nguyễn Văn An", "Nguyễn Văn An", ["latin_name"]),
        ("XU BAOYI", "XU BAOYI", ["latin_name"]),
        ("周國薇", "周國薇", ["traditional_characters"]),
        ("阿依古丽 买买提", "阿依古丽·买买提", ["name_blank_as_dot"]),
        ("岩", "岩", ["name_unusual"]),
    ],
)
def test_names_that_are_taken_with_a_warning(text, name, codes):
    assert read(text) == (name, codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("余?江", "name_char_missing"),
        ("杨□", "name_char_missing"),
        ("刘＊国", "name_char_missing"),
        ("李某", "name_char_missing"),
        ("李XX", "name_char_missing"),
        ("张(上竹下均)三", "name_char_missing"),
        ("张上竹下均", "name_char_missing"),
        ("陈yu菊", "name_char_missing"),
        ("陈\ue000菊", "name_char_missing"),
        ("徐东永/徐庆民", "two_persons_in_cell"),
        ("牛达秀\n牛涛", "two_persons_in_cell"),
        ("李明 王芳", "two_persons_in_cell"),
        ("张三和李四", "two_persons_in_cell"),
        ("张三夫妇", "two_persons_in_cell"),
        ("张三等3人", "two_persons_in_cell"),
        ("12号", "name_unclear"),
    ],
)
def test_what_is_no_whole_name_of_one_person_is_refused(text, code):
    assert read(text) == ("", [code])


@given(st.text(alphabet="王李明芳欧阳・·. \u3000(兼)（）", max_size=10))
def test_reading_a_name_twice_changes_nothing(text):
    reading = read_name(text)
    if reading.value:
        assert read_name(reading.value).value == reading.value


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("林芳睿、马泽云", "林芳睿|马泽云", []),
        ("邓宏\n刘阳志", "邓宏|刘阳志", []),
        ("赵庆敏、孙清睿,孔云 吴萌；段珍振", "赵庆敏|孙清睿|孔云|吴萌|段珍振", []),
        ("李 明、王 芳", "李明|王芳", []),
        ("李 明 王 芳", "李明|王芳", []),
        ("欧阳 娜娜 王芳", "欧阳娜娜|王芳", []),
        ("副组长:陈文如;委员:蔡焕兴、宋华立", "陈文如|蔡焕兴|宋华立", []),
        ("组长张三，副组长李四、王五", "张三|李四|王五", []),
        ("张三组长、李四委员", "张三|李四", []),
        ("张三、李四等2人", "张三|李四", []),
        ("张三、李四等6人", "张三|李四", ["list_incomplete"]),
        ("张三等", "张三", ["list_incomplete"]),
        ("张三、李?四", "张三", ["name_char_missing"]),
        ("无", "", []),
    ],
)
def test_lists_of_names(text, names, codes):
    assert read(text, named_posts) == (names, codes)


def test_posts_go_with_the_names_they_stand_before():
    assert named_posts("组长:张三;委员:李四、王五").value == (("组长", "张三"), ("委员", "李四"), ("委员", "王五"))
    assert named_posts("张三、李四副组长").value == (("", "张三"), ("副组长", "李四"))


@pytest.mark.parametrize(
    ("name", "key", "letters"),
    [
        ("曾国藩", "zengguofan", "zgf"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("解缙", "xiejin", "xj"),
        ("仇英", "qiuying", "qy"),
        ("陸龍平", "lulongping", "llp"),
        ("苏玛·帕提", "sumapati", "smpt"),
        ("HU FACAI", "hufacai", "hf"),
        ("查良", "zhaliang", "zl"),
        ("盖叫", "gejiao", "gj"),
    ],
)
def test_sound_of_a_name_reads_the_surname_as_a_surname(name, key, letters):
    assert (pinyin_key(name), initials(name)) == (key, letters)


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("王平", True),
        ("欧阳娜娜", True),
        ("苏玛·帕提", True),
        ("HU FACAI", True),
        ("女", False),
        ("汉族", False),
        ("退休", False),
        ("王平街道", False),
    ],
)
def test_looks_like_a_name(text, whether):
    assert looks_like_name(text) is whether
