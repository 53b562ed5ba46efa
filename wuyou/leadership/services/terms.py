"""Noting a unit's terms and their extensions; setting them right, and taking them back; the measures that count them."""

from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.leadership import queries, rules
from wuyou.leadership.models import Measures, Term, TermExtension
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@service
def note_term(*, actor: Actor, unit_id: int, number: int | None, start: date | None, end: date | None,
              source_batch: Any = None) -> Term:  # fmt: skip
    """Note a unit's term: its number, first day and 换届 day. A replay returns the first.

    Of a term whose number is not known yet the same days bring the number; a ledger's other number changes nothing.
    The end may be the one first set or one that an extension put it off to.
    Raises: NotFound, Forbidden, Refused (no end, end before start; these days are another 届).
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.EDIT)
    rules.term_allowed(start=start, end=end).or_refuse()
    same = Term.objects.filter(Q(end=end) | Q(extensions__until=end), unit=unit, start=start).order_by("pk").first()
    is_new = same is None
    term = same or Term.objects.create(unit=unit, start=start, end=end, number=number, source_batch=source_batch)
    if is_new:
        audit.record(
            actor, "leadership.term.noted", term, path=unit.path, number=number, start=str(start), end=str(end)
        )
    elif number is not None and term.number is None:
        return correct_term(actor=actor, term_id=term.pk, seen=None, number=number, start=start, end=term.end)
    elif number is not None and number != term.number and source_batch is None:
        sentence = "起止日期相同的一届已登记为第{number}届，没有重复登记；登记错了，请在“班子与届期”中更正。"
        raise Refused(Reason(sentence, "number", words={"number": term.number}))
    return term


@service
def correct_term(*, actor: Actor, term_id: int, seen: int | None, number: int | None, start: date | None,
                 end: date | None) -> Term:  # fmt: skip
    """Set right the number and the days of a unit's term.

    Raises: NotFound, Forbidden, Conflict, Refused (no end, end before start, another end while an extension counts on it).
    """
    term = queries.term_for_update(actor, term_id, needs=P.EDIT)
    wanted = {"number": number, "start": start, "end": end}
    locking.claim(term, seen, wanted)
    rules.term_allowed(start=start, end=end).or_refuse()
    rules.extended_term_kept(extended=term.extensions.exists(), end=end, was=term.end).or_refuse()
    before = {name: getattr(term, name) for name in wanted}
    term.number, term.start, term.end = number, start, end
    term.save()
    audit.record(
        actor, "leadership.term.corrected", term, path=term.unit.path, changes=audit.changes(_texts(before), _texts(wanted))
    )  # fmt: skip
    return term


@service
def take_back_term(*, actor: Actor, term_id: int, seen: int | None) -> Unit:
    """Take back a term that was noted by mistake; return its unit. Seats that were of this term stay.

    What it said stays in the audit trail. Raises: NotFound, Forbidden, Conflict, Refused (it was extended).
    """
    term = queries.term_for_update(actor, term_id, needs=P.EDIT)
    locking.claim(term, seen, {})
    if term.extensions.exists():
        raise Refused(Reason("这一届已经批准延期，没有撤回；请先撤回延期登记。"))
    told = _texts({"number": term.number, "start": term.start, "end": term.end})
    audit.record(actor, "leadership.term.taken_back", term, path=term.unit.path, **told)
    term.delete()
    return term.unit


@service
def extend_term(*, actor: Actor, term_id: int, until: date, document: str, approved_on: date,
                reason: str = "", shares_document: bool = False) -> TermExtension:  # fmt: skip
    """Note that a term was approved to last until a later day. A replay returns the first.

    `shares_document`: the document approved the same for other units.
    Raises: NotFound, Forbidden, Refused (no longer than now, the number stands under another extension and is not shared, or
    under one of this unit, a future approval).
    """
    term = queries.term_for_update(actor, term_id, needs=P.EDIT)
    told: dict[str, Any] = {"until": until, "document": document.strip(), "approved_on": approved_on}
    same = term.extensions.filter(**told).first()
    if same is not None:
        return same
    end = queries.end_in_force(term.pk)
    used = queries.extensions_by(told["document"], term.unit_id)
    rules.extension_allowed(
        **told, **used, start=term.start, end=end, shared=shares_document, today=clock.today()
    ).or_refuse()
    assert end is not None  # refused above
    made = TermExtension.objects.create(
        term=term, before=end, reason=reason.strip(), shares_document=shares_document, **told
    )
    audit.record(actor, "leadership.term.extended", made, path=term.unit.path, term=term.pk, **_texts(told))
    return made


@service
def take_back_extension(*, actor: Actor, extension_id: int, seen: int | None) -> Unit:
    """Take back an extension that was noted by mistake, the last one of its term; return its unit.

    Raises: NotFound, Forbidden, Conflict, Refused (a later extension counts from it).
    """
    made = queries.extension(actor, extension_id, needs=P.EDIT)
    term = queries.term_for_update(actor, made.term_id, needs=P.EDIT)
    locking.claim(made, seen, {})
    if term.extensions.filter(before__gte=made.until).exists():
        raise Refused(Reason("这次延期之后又批准过延期，没有撤回；请先撤回后一次。"))
    told = _texts({"until": made.until, "document": made.document, "approved_on": made.approved_on})
    audit.record(actor, "leadership.term.extension_taken_back", made, path=term.unit.path, **told)
    made.delete()
    return term.unit


@service
def set_measures(*, actor: Actor, seen: int | None, term_years: int, most_terms: int, youth_age: int) -> Measures:
    """Set how long a term lasts, how many in a row are many, until which age somebody is young; for the whole tree.

    Raises: Forbidden, Conflict.
    """
    orgs.check_may_edit(actor)
    held = queries.measures()
    wanted = {"term_years": term_years, "most_terms": most_terms, "youth_age": youth_age}
    before = {name: getattr(held, name) for name in wanted}
    if before == wanted:
        return held
    if held._state.adding:  # nobody set them yet
        held.save(force_insert=True)
    locking.claim(held, seen, wanted)
    for name, value in wanted.items():
        setattr(held, name, value)
    held.save()
    audit.record(actor, "leadership.measures.set", held, changes=audit.changes(before, wanted))
    return held


def _texts(told: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items()}
