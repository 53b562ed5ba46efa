"""Making a leader of an office responsible for a group, ending that, and taking it back."""

from datetime import date

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound
from wuyou.leadership import queries, rules
from wuyou.leadership.models import ContactLeader
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.people import queries as people
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@service
def assign_contact(*, actor: Actor, unit_id: int, person_id: int, start: date) -> ContactLeader:
    """Note that somebody who holds a post of a federation's office is responsible for a group from a day on.

    A replay returns the first. Raises: NotFound, Forbidden, Refused (an office, a dissolved group, nobody of an office,
    a future day; who is responsible already is so from another day).
    """
    unit = orgs.unit(actor, unit_id, needs=P.EDIT)
    leading = {seat.person_id for seat in queries.office_holders(actor, on=start)}
    if person_id not in leading and not people.visible(actor).filter(pk=person_id).exists():
        raise NotFound
    rules.contact_allowed(
        is_group=not unit.kind.is_federation, dissolved=unit.state == Unit.State.DISSOLVED,
        holds_office=person_id in leading, start=start, today=clock.today(),
    ).or_refuse()  # fmt: skip
    made, is_new = ContactLeader.objects.get_or_create(
        unit=unit, person_id=person_id, end=None, defaults={"start": start}
    )
    if is_new:
        audit.record(actor, "leadership.contact.assigned", made, path=unit.path, person=person_id, start=str(start))
    else:
        rules.contact_again(start=start, since=made.start).or_refuse()
    return made


@service
def end_contact(*, actor: Actor, contact_id: int, on: date) -> ContactLeader:
    """Note from which day on somebody is no longer responsible for a group. A replay of the same day returns the first.

    Raises: NotFound, Forbidden, Refused (in the future, not after it began, another day noted already).
    """
    made = queries.contact_for_update(actor, contact_id, needs=P.EDIT)
    if made.end == on:
        return made
    rules.contact_over(on=on, start=made.start, over=made.end, today=clock.today()).or_refuse()
    locking.claim(made, None, {"end": on})
    made.end = on
    made.save(update_fields=["end", "version"])
    audit.record(actor, "leadership.contact.ended", made, path=made.unit.path, on=str(on))
    return made


@service
def take_back_contact(*, actor: Actor, contact_id: int, seen: int | None) -> Unit:
    """Take back what was noted by mistake, as if it never had been; return the unit.

    Raises: NotFound, Forbidden, Conflict.
    """
    made = queries.contact_for_update(actor, contact_id, needs=P.EDIT)
    locking.claim(made, seen, {})
    told = {"person": made.person_id, "start": str(made.start), "end": str(made.end)}
    audit.record(actor, "leadership.contact.taken_back", made, path=made.unit.path, **told)
    made.delete()
    return made.unit
