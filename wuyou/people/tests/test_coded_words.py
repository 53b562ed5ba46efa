"""Words of lists behind their codes, answers of online forms, names drawn into a household."""

import pytest

from wuyou.kernel.hanzi import is_empty, read_yes_no, without_code
from wuyou.kernel.personname import read_name
from wuyou.orgs.words import read_kind, read_venue
from wuyou.people.words import read_category, read_relation, read_schooling, read_sex


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_sex, "1 男", "男"), (read_sex, "2.女", "女"), (read_schooling, "2 本科", "本科"),
        (read_schooling, "02-大专", "大专"),
        (read_category, "02 侨眷", "侨眷"), (read_category, "侨眷┋留学人员家属", "侨眷|留学人员家属"),
        (read_relation, "3.子女", "子女"),
        (read_yes_no, "A.有", "是"), (read_yes_no, "2、无", "否"), (read_kind, "03 乡镇", "乡镇"),
        (read_name, "\u3000├孟德杰", "孟德杰"), (read_name, "└─邓桂永", "邓桂永"),
        (read_schooling, "9年级", "9年级"),
    ],
)  # fmt: skip
def test_the_word_counts(read, text, said):
    assert read(text).text == said


@pytest.mark.parametrize("text", ["1", "02", "9年级", "3人", "侨眷"])
def test_what_is_no_code_stays(text):
    assert without_code(text) == text


@pytest.mark.parametrize("text", ["(空)", "（跳过）", "(未填)"])
def test_answers_that_were_left_out(text):
    assert is_empty(text)


def test_a_number_alone_is_no_venue():
    assert read_venue("2").refused
