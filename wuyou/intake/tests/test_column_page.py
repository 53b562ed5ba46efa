"""Columns that share a field (a word to tick each, several telephones) may stand beside each other; other doubles may not."""

import pytest

from wuyou.demo.factories import anybody
from wuyou.intake import column_page, queries
from wuyou.intake.batches import looked_at
from wuyou.intake.tests.offices import city_office, received, workbook

HEAD = ("姓名", "手机", "固定电话", "归侨", "侨眷", "备注")
ROWS = tuple((f"李建{mark}", f"1990000{n:04d}", f"0874-000{n:04d}", "√" * (n % 2), "√" * (1 - n % 2), "长期外出")
             for n, mark in enumerate("国华明强军伟"))  # fmt: skip


@pytest.mark.parametrize(
    ("posted", "errors"),
    [({}, []), ({"c0-F": "name"}, ["有 2 列都选成了“姓名”；请只留一列，其余选“不保存”。"])],
)
def test_columns_that_share_a_field_are_no_doubles(db, posted, errors):
    batch = received(city_office(), ("名单.xlsx", workbook(HEAD, *ROWS)))
    tables = looked_at(queries.wanted(queries.batch(anybody(), batch.pk)))["tables"]
    (group,) = column_page.table_groups(tables, {})
    assert [line.proposed for line in group.columns] == ["name", "phone", "phone", "category", "category", "remark"]
    edits, anew = column_page.edited([group], {}, posted)
    assert (group.errors, anew) == (errors, False)
    assert {letters: field for edit in edits.values() for letters, field in edit.items() if letters == "F"} == (
        {"F": "name"} if posted else {}
    )
