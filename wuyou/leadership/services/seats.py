"""Noting who takes and leaves a seat; setting it right, and taking it back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Reason, Refused
from wuyou.leadership import queries, rules
from wuyou.leadership.models import Post, Seat
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.people import queries as people
from wuyou.people import services as person_services
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@service
def fill_seat(*, actor: Actor, unit_id: int, post_code: str, person_id: int, start: date | None = None,
              term_id: int | None = None, position: int = 0, came: str = "", came_document: str = "",
              source_batch: Any = None) -> Seat:  # fmt: skip
    """Note that a person takes a post of a unit. A replay returns the first.

    Raises: NotFound, Forbidden, Refused (unknown post, a future day, somebody who moved away or died; who holds it already
    does so from another day).
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.EDIT)
    post = _post(post_code)
    _check_choices(came=came)
    rules.seat_allowed(start=start, end=None, today=clock.today()).or_refuse()
    _check_taker(actor, person_id)
    seat, is_new = Seat.objects.get_or_create(
        unit=unit, post=post, person_id=person_id, end=None,
        defaults={"start": start, "term_id": term_id, "position": position, "came": came, "came_document": came_document,
                  "source_batch": source_batch},
    )  # fmt: skip
    if is_new:
        how = {"came": came, "document": came_document} if came or came_document else {}
        audit.record(actor, "leadership.seat.filled", seat, path=unit.path, post=post_code, person=person_id, **how)
    else:
        rules.seat_again(on=start, since=seat.start).or_refuse()
    return seat


def _check_taker(actor: Actor, person_id: int) -> None:
    person = people.visible(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    rules.taker_allowed(departed=person.left_on).or_refuse()


def _post(code: str) -> Post:
    found = Post.objects.filter(code=code).first()
    if found is None:
        raise Refused(Reason("请从列表中选择职务。", "post"))
    return found


def _check_choices(*, came: str = "", went: str = "") -> None:
    if came not in Seat.Came.values:
        raise Refused(Reason("请从列表中选择任职方式。", "came"))
    if went not in Seat.Went.values:
        raise Refused(Reason("请从列表中选择离任原因。", "went"))


@service
def leave_seat(*, actor: Actor, seat_id: int, on: date, went: str = "", went_document: str = "") -> Seat:
    """Note that a seat's holder left on a day, why (a value of `Seat.Went`), and by which document.

    A replay of the same day returns the first. Raises: NotFound, Forbidden, Refused (in the future, not after it began,
    another day or reason noted already, no such reason).
    """
    seat = queries.seat_for_update(actor, seat_id, needs=P.EDIT)
    if seat.end == on and (went, went_document) in (("", ""), (seat.went, seat.went_document)):
        return seat
    _check_choices(went=went)
    rules.leaving_allowed(on=on, start=seat.start, left=seat.end, today=clock.today()).or_refuse()
    locking.claim(seat, None, {"end": on})
    seat.end, seat.went, seat.went_document = on, went, went_document
    seat.save(update_fields=["end", "went", "went_document", "version"])
    why = {"went": went, "document": went_document} if went or went_document else {}
    audit.record(actor, "leadership.seat.left", seat, path=seat.unit.path, on=str(on), **why)
    return seat


@service
def correct_seat(*, actor: Actor, seat_id: int, seen: int | None, post_code: str, start: date | None,
                 end: date | None, came: str = "", came_document: str = "", went: str = "",
                 went_document: str = "") -> Seat:  # fmt: skip
    """Set right which post a seat is, from when until when it is held (None = not known, still held), how it came and went.

    The person stays: somebody else's seat is another one. Raises: NotFound, Forbidden, Conflict, Refused (unknown post,
    days that cannot be, a post that the person holds already, a reason of leaving without a day).
    """
    seat = queries.seat_for_update(actor, seat_id, needs=P.EDIT)
    how = {"came": came, "came_document": came_document, "went": went, "went_document": went_document}
    wanted = {"post": _post(post_code), "start": start, "end": end, **how}
    locking.claim(seat, seen, wanted)
    _check_choices(came=came, went=went)
    rules.seat_allowed(start=start, end=end, today=clock.today(), went=went or went_document).or_refuse()
    held = Seat.objects.filter(unit=seat.unit_id, person=seat.person_id, post__code=post_code, end=None)
    if end is None and held.exclude(pk=seat.pk).exists():
        raise Refused(Reason("此人现在已经担任这个职务，没有保存；请核对职务和离任日期。", "post"))
    before = _told(seat)
    for name, value in wanted.items():
        setattr(seat, name, value)
    seat.save()
    changes = audit.changes(before, _told(seat))
    audit.record(actor, "leadership.seat.corrected", seat, path=seat.unit.path, changes=changes)
    return seat


@service
def take_back_seat(*, actor: Actor, seat_id: int, seen: int | None) -> Unit:
    """Take back a seat that was noted by mistake, as if it never had been; return its unit.

    What it said stays in the audit trail. Raises: NotFound, Forbidden, Conflict.
    """
    seat = queries.seat_for_update(actor, seat_id, needs=P.EDIT)
    locking.claim(seat, seen, {})
    audit.record(actor, "leadership.seat.taken_back", seat, path=seat.unit.path, person=seat.person_id, **_told(seat))
    seat.delete()
    return seat.unit


def _told(seat: Seat) -> dict[str, str]:
    days = {"post": seat.post.code, "start": str(seat.start), "end": str(seat.end)}
    return {**days, **{name: getattr(seat, name) for name in ("came", "came_document", "went", "went_document")}}


@service
def seat_named(*, actor: Actor, unit_id: int, post_code: str, person_id: int | None, name: str = "", phone: str = "",
               start: date | None = None, came: str = "", came_document: str = "") -> Seat:  # fmt: skip
    """Note that a registered person, or somebody registered here for the office, takes a post of a unit.

    A holder is registered on the ground of the office held, with nothing but name and telephone.
    Raises: NotFound, Forbidden, Refused.
    """
    if person_id is None:
        basis = person_services.note_basis(actor=actor, ground="office", purpose="担任基层侨联组织职务")
        new = person_services.NewPerson(unit_id, basis.pk, {"name": name.strip(), "phone": phone.strip()}, (unit_id,))
        person_id = person_services.register_person(actor=actor, new=new).pk
    return fill_seat(
        actor=actor, unit_id=unit_id, post_code=post_code, person_id=person_id, start=start, came=came,
        came_document=came_document,
    )  # fmt: skip


@service
def seats_from_ledger(*, actor: Actor, unit_id: int, named: Sequence[tuple[str, str, str]], term_id: int | None = None,
                      basis_id: int | None = None, source_batch: Any = None) -> list[Seat]:  # fmt: skip
    """Note the seats of a unit that a ledger tells of, as (post code, name, telephone), in their order.

    A holder is registered for the office when the unit has no such member; a seat that is held already is left alone.
    Raises: NotFound, Forbidden, Refused (unknown post).
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.EDIT)
    posts = {post.code: post for post in queries.posts()}
    if not {code for code, _name, _phone in named} <= set(posts):
        raise Refused(Reason("请从列表中选择职务。", "post"))
    held = set(Seat.objects.filter(unit=unit, end=None).values_list("post__code", "person__name"))
    wanted = [(place, *told) for place, told in enumerate(named) if told[:2] not in held]
    known = people.members_by_name(actor, unit_id)
    fresh = {name: phone for _place, _code, name, phone in wanted if name not in known}
    news = [
        person_services.NewPerson(unit_id, basis_id, {"name": name, "phone": phone}, (unit_id,), source_batch)
        for name, phone in fresh.items()
    ]
    for name, person in zip(fresh, person_services.register_persons(actor=actor, news=news), strict=True):
        known[name] = person.pk
    seats = [
        Seat(unit=unit, post=posts[code], person_id=known[name], term_id=term_id, position=place, source_batch=source_batch)
        for place, code, name, _phone in wanted
    ]  # fmt: skip
    Seat.objects.bulk_create(seats)
    if seats:
        audit.record(actor, "leadership.seats.noted", unit, path=unit.path, number=len(seats))
    return seats
