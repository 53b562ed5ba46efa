"""Noting a unit's terms; setting them right, and taking them back."""

from datetime import date
from typing import Any

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.leadership import queries, rules
from wuyou.leadership.models import Term
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
    Raises: NotFound, Forbidden, Refused (no end, end before start; these days are another 届).
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.EDIT)
    rules.term_allowed(start=start, end=end).or_refuse()
    term, is_new = Term.objects.get_or_create(
        unit=unit, start=start, end=end, defaults={"number": number, "source_batch": source_batch}
    )
    if is_new:
        audit.record(
            actor, "leadership.term.noted", term, path=unit.path, number=number, start=str(start), end=str(end)
        )
    elif number is not None and term.number is None:
        return correct_term(actor=actor, term_id=term.pk, seen=None, number=number, start=start, end=end)
    elif number is not None and number != term.number and source_batch is None:
        sentence = "起止日期相同的一届已登记为第{number}届，没有重复登记；登记错了，请在“班子与届期”中更正。"
        raise Refused(Reason(sentence, "number", words={"number": term.number}))
    return term


@service
def correct_term(*, actor: Actor, term_id: int, seen: int | None, number: int | None, start: date | None,
                 end: date | None) -> Term:  # fmt: skip
    """Set right the number and the days of a unit's term.

    Raises: NotFound, Forbidden, Conflict, Refused (no end, end before start).
    """
    term = queries.term_for_update(actor, term_id, needs=P.EDIT)
    wanted = {"number": number, "start": start, "end": end}
    locking.claim(term, seen, wanted)
    rules.term_allowed(start=start, end=end).or_refuse()
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

    What it said stays in the audit trail. Raises: NotFound, Forbidden, Conflict.
    """
    term = queries.term_for_update(actor, term_id, needs=P.EDIT)
    locking.claim(term, seen, {})
    told = _texts({"number": term.number, "start": term.start, "end": term.end})
    audit.record(actor, "leadership.term.taken_back", term, path=term.unit.path, **told)
    term.delete()
    return term.unit


def _texts(told: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items()}
