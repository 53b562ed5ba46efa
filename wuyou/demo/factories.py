"""One thing at a time for a test: each function makes a plausible one through the service, and takes what matters to it.

Whatever a test does not say has a fixed value, so that two calls differ only in what was said and in their number.
"""

from datetime import date
from typing import Any

from wuyou.accounts import queries as accounts
from wuyou.accounts.models import User
from wuyou.activities import services as activities
from wuyou.activities.models import Activity
from wuyou.demo.accounts import SignIn, let_sign_in
from wuyou.funds import services as funds
from wuyou.funds.models import Entry
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor, machine
from wuyou.kernel.refusals import NotFound
from wuyou.kernel.roles import Role
from wuyou.leadership import services as leadership
from wuyou.leadership.models import Seat, Term
from wuyou.orgs import services as orgs
from wuyou.orgs.models import FormerIdentity, Lineage, Unit, Venue
from wuyou.people import services as people
from wuyou.people.models import ConsentBasis, HeadCount, Person
from wuyou.places.models import Division
from wuyou.platform import permissions


def anybody() -> Actor:
    """Return an actor with every permission everywhere: the machine that fills the world."""
    return machine("demo", *permissions.labels())


def actor_for(username: str) -> Actor:
    """Return the actor of a user with the grants in force today. Raises NotFound for an unknown user name."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound
    return accounts.actor_of(user.pk)


def unit_named(name: str) -> Unit:
    """Return the unit of that short or full name. Raises Unit.DoesNotExist, or MultipleObjectsReturned."""
    found = Unit.objects.filter(short_name=name) | Unit.objects.filter(full_name=name)
    return found.get()


def person_named(name: str) -> Person:
    """Return the one person of that name. Raises Person.DoesNotExist, or MultipleObjectsReturned."""
    return Person.objects.get(name=name)


def make_unit(*, parent: Unit | None = None, actor: Actor | None = None, county: str = "", **overrides: Any) -> Unit:
    """Found a unit under the parent: by default a community group of the city office, or that office when there is none.

    `county` is a division code; `overrides` are fields of `NewUnit`.
    """
    number = Unit.objects.count() + 1
    parent = parent or Unit.objects.filter(parent=None).order_by("pk").first()
    told: dict[str, Any] = {"full_name": f"第{number}社区侨联小组", "kind": "community", "founded": "2020-05-06"}
    if parent is None:
        told |= {"full_name": f"第{number}市归国华侨联合会", "kind": "city_federation"}
    if county:
        told["county_id"] = Division.objects.get(code=county).pk
    return orgs.found_unit(
        actor=actor or anybody(), parent_id=parent.pk if parent else None, new=orgs.NewUnit(**(told | overrides))
    )


def make_renamed(unit: Unit, name: str, on: date, **overrides: Any) -> FormerIdentity:
    """Let a unit be called by another name from a day on; return what it was until then. `overrides` say what that was."""
    told: dict[str, Any] = {
        "full_name": unit.full_name, "short_name": unit.short_name, "kind": unit.kind, "form": unit.form,
        "county": unit.county,
    }  # fmt: skip
    Unit.objects.filter(pk=unit.pk).update(full_name=name, short_name=name)
    unit.refresh_from_db()
    former, _is_new = FormerIdentity.objects.get_or_create(unit=unit, until=on, defaults=told | overrides)
    return former


def make_lineage(predecessor: Unit, successor: Unit, on: date, kind: str = Lineage.Kind.MERGE) -> Lineage:
    """Note that a unit went on as another from a day on; neither opens or closes by it."""
    return Lineage.objects.create(predecessor=predecessor, successor=successor, on=on, kind=kind)


def make_venue(unit: Unit, **overrides: Any) -> Venue:
    """Register a venue that lacks nothing; `overrides` are fields of `VenueFacts`."""
    told: dict[str, Any] = {
        "name": "侨胞之家", "address": "文化路 1 号", "right": Venue.Right.FREE, "area_m2": "60", "hours": "周一至周五",
        "start": date(2021, 1, 4),
    }  # fmt: skip
    return orgs.register_venue(actor=anybody(), unit_id=unit.pk, facts=orgs.VenueFacts(**(told | overrides)))


def make_basis(ground: str = ConsentBasis.Ground.CONSENT, purpose: str = "联系服务归侨侨眷") -> ConsentBasis:
    """Return a ground for registering persons, noting it when it is new."""
    found = ConsentBasis.objects.filter(ground=ground, purpose=purpose).first()
    return found or people.note_basis(actor=anybody(), ground=ground, purpose=purpose)


def make_person(keeper: Unit, *groups: Unit, basis: ConsentBasis | None = None, **facts: Any) -> Person:
    """Register a person kept by a unit and belonging to the groups; `facts` are fields of the person."""
    told: dict[str, Any] = {"name": f"侨友{Person.objects.count() + 1}", "sex": "female", "category": "侨眷"}
    new = people.NewPerson(
        keeper_id=keeper.pk, basis_id=(basis or make_basis()).pk, facts=told | facts,
        group_ids=tuple(group.pk for group in groups),
    )  # fmt: skip
    return people.register_person(actor=anybody(), new=new)


def make_seat(unit: Unit, person: Person, post: str = "leader", **overrides: Any) -> Seat:
    """Let a person take a post; `overrides` are arguments of `fill_seat`."""
    told: dict[str, Any] = {"start": date(2023, 6, 1)}
    return leadership.fill_seat(
        actor=anybody(), unit_id=unit.pk, post_code=post, person_id=person.pk, **(told | overrides)
    )


def make_term(unit: Unit, start: date = date(2023, 6, 1), end: date = date(2028, 6, 1), number: int = 1) -> Term:
    """Note a unit's term, five years long unless said."""
    return leadership.note_term(actor=anybody(), unit_id=unit.pk, number=number, start=start, end=end)


def make_activity(unit: Unit, **overrides: Any) -> Activity:
    """Record an activity of today with 20 people present; `overrides` are fields of `NewActivity`."""
    told: dict[str, Any] = {"kind": Activity.Kind.ACTIVITY, "on": clock.today(), "topic": "侨胞联谊", "present": 20}
    return activities.record_activity(
        actor=anybody(), new=activities.NewActivity(unit_id=unit.pk, **(told | overrides))
    )


def make_entry(unit: Unit, **overrides: Any) -> Entry:
    """Enter 2,000 yuan received from the city federation today; `overrides` are fields of `NewEntry`."""
    told: dict[str, Any] = {
        "on": clock.today(), "amount_fen": 2_000_00, "source": "city_federation", "purpose": "活动补助", "voucher": "001",
    }  # fmt: skip
    return funds.record_entry(actor=anybody(), new=funds.NewEntry(unit_id=unit.pk, **(told | overrides)))


def make_count(
    number: int, *, unit: Unit | None = None, division: Division | None = None, **overrides: Any
) -> HeadCount:
    """Declare today's number of people of a unit or a division; `overrides` are arguments of `declare_count`."""
    told: dict[str, Any] = {"counted_on": clock.today(), "source": "单位填报"}
    return people.declare_count(
        actor=anybody(), people=number, unit_id=unit.pk if unit else None,
        division_id=division.pk if division else None, **(told | overrides),
    )  # fmt: skip


def make_user(username: str, role: Role, unit: Unit, *, name: str = "") -> Actor:
    """Add a user with one role on a unit from today on, and return him as an actor."""
    return let_sign_in(anybody(), SignIn(username, name or username, role, unit.pk), start=clock.today())
