"""Cells far longer than anything that belongs in them: read, warned about or refused, never a fault of the database."""

import csv
import io

import pytest

from wuyou.demo.factories import make_unit
from wuyou.intake.kinds import KINDS
from wuyou.intake.tests.offices import brought, city_office, counts
from wuyou.platform.imports.columns import Policy

LONG = "很长的一格" * 80
USUAL = {
    "name": "李华",
    "group": "曲靖市麒麟区文昌社区侨联小组",
    "date": "2025-03-01",
    "topic": "座谈会",
    "amount": "300",
}
"""What stands in the columns by which a row is known, so that its other cells are stored."""


@pytest.mark.parametrize("kind", ["organisations", "persons", "activities", "visits", "funds"])
def test_no_length_of_a_cell_is_a_fault(db: None, kind: str) -> None:
    columns = [column for column in KINDS[kind].columns.columns if column.policy is Policy.STORE]
    rows = [[LONG if column is long else USUAL.get(column.field, "") for column in columns] for long in columns]
    text = io.StringIO()
    csv.writer(text).writerows([[column.label for column in columns], *rows])
    file = (f"{kind}.csv", text.getvalue().encode("utf-8-sig"))
    office = city_office()
    if kind not in ("organisations", "persons"):
        make_unit(full_name=USUAL["group"], short_name="文昌社区侨联小组", parent=office)
    said = {"ground": "consent", "purpose": "联系服务", "unit_id": office.pk, "year": 2025}
    _batch, outcome = brought(office, file, kind=kind, **said)
    new, changed, _unchanged, _rejected = counts(outcome)[kind]
    assert new + changed > 0
