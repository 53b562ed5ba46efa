"""What two people chose differently for one batch, as the page of a conflict shows it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wuyou.intake import queries
from wuyou.intake.kinds import KINDS, field_labels
from wuyou.intake.reading import WHOLE
from wuyou.kernel.refusals import Difference
from wuyou.platform.models import ImportBatch

Edits = Mapping[str, Mapping[str, str]]


def differences(batch: ImportBatch, edits: Edits, choices: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what stands in a batch and what is wanted now, where they differ: kinds of tables, columns, purpose."""
    return (*_tables(batch, edits), *_purpose(batch.choices, choices))


def _tables(batch: ImportBatch, edits: Edits) -> Iterator[Difference]:
    labels = field_labels()
    for table in queries.columns_found(batch):
        theirs, yours = batch.mapping.get(table["key"], {}), edits.get(table["key"], {})
        place = f"{table['file']} {table['sheet']}".strip()
        if theirs.get(WHOLE) != yours.get(WHOLE):
            yield Difference(WHOLE, place, _kind(theirs.get(WHOLE)), _kind(yours.get(WHOLE)))
        for column in table["columns"]:
            letters = column["column"]
            if theirs.get(letters) != yours.get(letters):
                told = [_field(one.get(letters), column["field"], labels) for one in (theirs, yours)]
                if told[0] != told[1]:
                    yield Difference(letters, f"{place} {letters} {column['header']}", *told)


def _purpose(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Iterator[Difference]:
    if theirs.get("purpose", "") != yours.get("purpose", ""):
        yield Difference("purpose", _("用途"), str(theirs.get("purpose", "")), str(yours.get("purpose", "")))


def _field(chosen: str | None, proposed: str | None, labels: Mapping[str, str]) -> str:
    name = (proposed or "") if chosen is None else chosen
    return _(labels.get(name, name)) if name else _("不保存")


def _kind(name: str | None) -> str:
    if name is None:
        return _("按程序认出的")
    return _(str(KINDS[name].label)) if name in KINDS else _("不导入这张表")
