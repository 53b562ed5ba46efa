"""What an office does with a summary: draft it, edit its words, freeze it, begin the next edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.docnumber import read_document_number
from wuyou.kernel.refusals import Conflict, Difference, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.platform import audit
from wuyou.platform.documents.secrecy import may_be_written
from wuyou.platform.locking import claim
from wuyou.platform.service import service
from wuyou.summaries import queries, rules
from wuyou.summaries.figures import records
from wuyou.summaries.models import Summary
from wuyou.summaries.outline import TITLE
from wuyou.summaries.permissions import P
from wuyou.summaries.queries import Reading


@dataclass(frozen=True, slots=True)
class Edit:
    """What an office typed: title and subtitle, the day to count to, the text with labels in its tokens, the number."""

    title: str
    subtitle: str
    as_of: date
    typed: str
    number: str = ""


@service
def open_summary(*, actor: Actor, unit_id: int, year: int) -> Summary:
    """Draft the summary of an office for a year, and return it; the one that is there already is returned instead.

    Its text stays empty, which means: drafted anew from the registers whenever it is read, until somebody edits it. It
    counts to the end of the year, or to the day it is read while the year lasts.
    Raises: NotFound, Forbidden, Refused (a group writes no summary; the year has not begun).
    """
    unit = orgs.unit_for_update(actor, unit_id, needs=P.EDIT)
    if not unit.kind.is_federation:
        raise Refused(Reason(_("工作总结由各级侨联起草，没有新建；请选择一个侨联。"), "unit"))
    rules.last_day(year, None, clock.today())
    found = queries.newest(unit, year)
    if found is not None:
        return found
    said = queries.setting(unit, year)
    fresh = Summary.objects.create(
        unit=unit, year=year, title=TITLE, subtitle=rules.subtitle_of(said), body="", as_of=date(year, 12, 31)
    )
    audit.record(actor, "summaries.summary.opened", fresh, path=unit.path, year=year)
    return fresh


@service
def save_body(*, actor: Actor, summary_id: int, seen: int | None, edit: Edit) -> Summary:
    """Keep an office's edit of a draft. A text that is as it was drafted is not kept, so that it goes on being drafted.

    Raises: NotFound, Forbidden, Refused (frozen; a token that no figure has; digits that touch one; a mark of secrecy;
    a day outside the year), Conflict (somebody saved meanwhile; what differs is told line by line).
    """
    found = queries.summary_for_update(actor, summary_id, needs=P.EDIT)
    rules.may_edit(rules.State(found.state)).or_refuse()
    read = queries.reading(actor, found)
    understood = rules.read_edit(edit.typed, read.figures)
    understood.decision.or_refuse()
    rules.last_day(found.year, edit.as_of, clock.today())
    number = read_document_number(edit.number).text or edit.number.strip()
    wanted = {"title": edit.title.strip(), "subtitle": edit.subtitle.strip(), "number": number, "as_of": edit.as_of}
    _claim(found, seen, wanted, understood.body, read)
    before = {name: getattr(found, name) for name in wanted}
    for name, value in wanted.items():
        setattr(found, name, value)
    drafted = rules.drafted(queries.setting(found.unit, found.year), read.figures)
    changed = _lines_changed(read.body, understood.body)
    if found.body or understood.body != drafted:
        found.body = understood.body
    _refuse_secrets(Reading(found, understood.body, read.figures, read.as_of))
    found.save()
    audit.record(
        actor, "summaries.summary.edited", found, path=found.unit.path, year=found.year,
        changes=audit.changes(before, wanted), lines=changed,
    )  # fmt: skip
    return found


@service
def freeze(*, actor: Actor, summary_id: int, seen: int | None) -> Summary:
    """Freeze a draft: its words and the numbers in it, with their definitions and days, stay as they are now.

    Raises: NotFound, Forbidden, Refused (frozen already; a number without data; something left to fill in; a sentence
    that is no longer true; a mark of secrecy), Conflict (somebody edited it since it was shown).
    """
    found = queries.summary_for_update(actor, summary_id, needs=P.FREEZE)
    read = queries.reading(actor, found)
    rules.may_freeze(read.state, read.body, read.figures).or_refuse()
    claim(found, seen, {"state": Summary.State.FROZEN})
    _refuse_secrets(read)
    found.body, found.as_of = read.body, read.as_of
    found.figures = records(rules.frozen_figures(read.body, read.figures))
    found.state, found.frozen_at = Summary.State.FROZEN, clock.now()
    found.save()
    audit.record(
        actor, "summaries.summary.frozen", found, path=found.unit.path, year=found.year, as_of=str(found.as_of),
        figures=len(found.figures),
    )  # fmt: skip
    return found


@service
def begin_next(*, actor: Actor, summary_id: int) -> Summary:
    """Begin the next edition of a frozen summary, with its words and with live figures; return the new draft.

    Raises: NotFound, Forbidden, Refused (it is a draft still; there is a later edition already).
    """
    found = queries.summary(actor, summary_id, needs=P.EDIT)
    orgs.unit_for_update(actor, found.unit_id, needs=P.EDIT)
    rules.may_begin_next(rules.State(found.state)).or_refuse()
    latest = queries.newest(found.unit, found.year)
    if latest is not None and latest.pk != found.pk:
        raise Refused(Reason(_("这一年已经有更新的一稿，没有另起；请在列表中打开最新的一稿。"), code="later_edition"))
    fresh = Summary.objects.create(
        unit=found.unit, year=found.year, edition=found.edition + 1, title=found.title, subtitle=found.subtitle,
        number=found.number, body=found.body, as_of=date(found.year, 12, 31),
    )  # fmt: skip
    audit.record(
        actor, "summaries.summary.begun_again", fresh, path=found.unit.path, year=found.year, edition=fresh.edition
    )
    return fresh


def _claim(found: Summary, seen: int | None, wanted: dict[str, Any], body: str, read: Reading) -> None:
    """Claim the row for this edit; a conflict tells the lines of the text that differ, with labels in their tokens."""
    try:
        claim(found, seen, wanted)
    except Conflict as conflict:
        theirs, yours = (rules.for_editing(text, read.figures) for text in (read.body, body))
        lines = [Difference("body", _("正文"), was, now) for was, now in _lines_changed(theirs, yours)]
        raise Conflict(conflict.label, (*conflict.differences, *lines), conflict.current_version) from conflict


def _lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ, as (before, after); "" where there is none on that side."""
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _paired(old[a:b], new[c:d])
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    longest = max(len(old), len(new))
    return [(old[at] if at < len(old) else "", new[at] if at < len(new) else "") for at in range(longest)]


def _refuse_secrets(read: Reading) -> None:
    """Refuse a text that carries a mark of secrecy before it is stored.

    Source: the law on guarding state secrets; this system may not hold one.
    """
    may_be_written(queries.document(read)).or_refuse()
