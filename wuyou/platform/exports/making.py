"""Making an exported table: written to a file that nobody else can open, told in the audit trail, then handed over."""

import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.refusals import Forbidden, Reason, Refused
from wuyou.platform import audit
from wuyou.platform.exports.commas import csv_chunks
from wuyou.platform.exports.tables import Export, Row, Watermark
from wuyou.platform.exports.workbook import write_xlsx
from wuyou.platform.service import service
from wuyou.platform.space import room_or_refuse

MOST_ROWS = 50_000
"""Above so many rows a person narrows the list first: the table is made while he waits."""


class Form(StrEnum):
    """The forms of a table: a workbook for people, plain text for programs."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A table ready to be handed over: its open file at the beginning, its name, its media type, its rows."""

    file: IO[bytes]
    name: str
    media_type: str
    rows: int


def make_export(actor: Actor, export: Export, asked: Mapping[str, str], *, form: Form, purpose: str = "") -> Made:
    """Return the table of what was asked for, once the audit trail knows of it.

    Raises: Forbidden, Refused (persons without a purpose; more rows than are made at once; no room on the disk).
    """
    if not actor.can(export.needs):
        raise Forbidden(export.needs)
    if export.personal and not purpose.strip():
        raise Refused(Reason("请先选择用途，再导出含个人信息的表格。", "purpose"))
    room_or_refuse()
    number = secrets.token_hex(4).upper()
    mark = (
        Watermark(actor.home.unit_name if actor.home else "", actor.name, clock.now(), purpose, number)
        if export.personal
        else None
    )
    counted = _Counted(export.rows(actor, asked))
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        if form is Form.XLSX:
            write_xlsx(file, export.label, export.columns_for(actor), counted, mark)
        else:
            file.writelines(csv_chunks(export.columns_for(actor), counted, mark))
        _record(actor=actor, export=export, number=number, purpose=purpose, rows=counted.rows, form=form)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Made(file, f"{export.label}{clock.today():%Y%m%d}.{form}", MEDIA_TYPES[form], counted.rows)


@service
def _record(*, actor: Actor, export: Export, number: str, purpose: str, rows: int, form: Form) -> None:
    paths = actor.paths(export.needs)
    audit.record(
        actor, "platform.export.made", path=paths[0] if len(paths) == 1 else ROOT, export=export.name,
        label=str(export.label), number=number, purpose=purpose or _("工作需要"), rows=rows, form=str(form),
    )  # fmt: skip


class _Counted:
    """Rows, counted as they are taken; refused past the most that are made at once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows, self.rows = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise Refused(
                    Reason(
                        "符合条件的超过 {rows} 行，没有导出；请先按县区、类别或日期缩小范围，再分次导出。",
                        words={"rows": MOST_ROWS},
                    )
                )
            yield row
