"""Figures and a summary for whoever is not a page: the command line, a script."""

from datetime import date
from typing import Any

from django.utils.translation import override

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.platform.documents import writer
from wuyou.summaries import queries, rules
from wuyou.summaries.models import Summary
from wuyou.summaries.outline import TITLE
from wuyou.summaries.permissions import P


def figures_report(actor: Actor, year: int, as_of: date | None = None) -> dict[str, dict[str, Any]]:
    """Return every figure of a year as plain values, by name in a fixed order.

    Each has `label`, `value` (whole units; fen for money; None without data), `unit` (分 for money), `text` (the number
    as a summary prints it, money in yuan), `as_of`, `definition`. Words are Chinese. Counted to the as-of day, or to the
    end of the year or today without one. Raises: Refused (the year has not begun; a day outside it).
    """
    last = rules.last_day(year, as_of, clock.today())
    with override("zh-hans"):
        found = queries.figures(actor, year, last)
    return {
        name: {
            "label": figure.word.label,
            "value": figure.value,
            "unit": "分" if figure.word.unit == "元" else figure.word.unit,
            "text": figure.with_unit,
            "as_of": last.isoformat(),
            "definition": figure.word.definition,
        }
        for name, figure in found.items()
    }


def summary_docx(actor: Actor, unit_id: int | None, year: int, as_of: date | None = None) -> bytes:
    """Return a unit's summary of a year as the bytes of a .docx: the newest edition, or a draft that nobody keeps.

    Without a unit it is that of the widest office the actor may see. A draft counts to the as-of day, where one is given;
    of a frozen summary numbers and day are its own. Raises: NotFound, Refused (as `figures_report`; a frozen summary has
    another day; a mark of secrecy).
    """
    unit = orgs.unit(actor, unit_id, needs=P.VIEW) if unit_id is not None else _widest(actor)
    found = queries.newest(unit, year)
    if found is None:
        said = queries.setting(unit, year)
        wished = rules.last_day(year, as_of, clock.today())
        found = Summary(unit=unit, year=year, title=TITLE, subtitle=rules.subtitle_of(said), body="", as_of=wished)
    elif as_of is not None:
        rules.last_day(year, as_of, clock.today())
        _refuse_other_day(found, as_of)
        found.as_of = as_of
    return writer.written(queries.document(queries.reading(actor, found)))


def _refuse_other_day(found: Summary, as_of: date) -> None:
    if rules.State(found.state) is rules.State.FROZEN and found.as_of != as_of:
        raise Refused(
            Reason(
                "{year}年的总结已经定稿，数据截至{day}；请不要另给统计日期，或另起一稿。",
                "as_of",
                words={"year": found.year, "day": found.as_of},
            )
        )


def _widest(actor: Actor) -> Unit:
    offices = orgs.federations(actor, P.VIEW)
    if not offices:
        raise NotFound
    return min(offices, key=lambda office: (len(office.path), office.path))
