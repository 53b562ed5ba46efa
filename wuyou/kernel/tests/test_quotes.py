"""Quotes within quotes."""

import pytest

from wuyou.kernel.quotes import inner, nested
from wuyou.kernel.sayings import Saying


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("没有引号", "没有引号"),
        ("“五有”“五个一”", "“五有”“五个一”"),
        ("删去““五有”建设”。", "删去“‘五有’建设”。"),
        ("由““有组织”达到 且 “有队伍”达到”改为“无”", "由“‘有组织’达到 且 ‘有队伍’达到”改为“无”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("《关于“五有”的《办法》》", "《关于“五有”的〈办法〉》"),
        ("“19”显示器”", "“19”显示器”"),
        ("”倒“的”正“", "”倒“的”正“"),
    ],
)
def test_nested(text: str, written: str) -> None:
    assert nested(text) == written


def test_inner() -> None:
    assert [inner(text) for text in ("", "小组", "“侨之家”小组", "19”")] == ["", "小组", "‘侨之家’小组", "19”"]


def test_a_name_with_quotes_is_put_into_a_sentence_with_quotes() -> None:
    assert str(Saying("“{name}”没有分值。", {"name": "“五有”建设"})) == "“‘五有’建设”没有分值。"
