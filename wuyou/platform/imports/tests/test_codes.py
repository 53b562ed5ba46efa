"""Code lists in headers: which are ones, and what the numbers under them say."""

import pytest

from wuyou.platform.imports.codes import codes_in, decoded
from wuyou.platform.imports.columns import Cell


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("有无活动场所（1有2无）", {1: "有", 2: "无"}), ("性别\n(1=男 2=女)", {1: "男", 2: "女"}), ("1男2女", {1: "男", 2: "女"}),
        ("D01有无活动场所(1有2无)", {1: "有", 2: "无"}), ("是否（1是、0否）", {1: "是", 0: "否"}),
        ("0：无；1：有", {0: "无", 1: "有"}),
        ("1月2日", {}), ("2024年2025年", {}), ("姓名", {}), ("成员1姓名", {}), ("满分（0-100分）", {}), ("1组2组", {}),
    ],
)  # fmt: skip
def test_codes_that_a_header_lists(header, codes):
    assert codes_in(header) == codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2", "无"),
        ("1.0", "有"),
        ("01", "有"),
        ("1、2", "有、无"),
        ("有", "有"),
        ("二楼", "二楼"),
        ("", ""),
        ("3", None),
    ],
)
def test_numbers_read_by_the_codes(text, said):
    cell = decoded(Cell("A1", text, text), {1: "有", 2: "无"})
    assert (cell and cell.text) == said
