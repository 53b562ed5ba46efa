"""For every word in an address, objects to put there: one of the leader's own group, one of a neighbour's in the same
county, one of another county, one that does not exist.

A page with a word that is not here fails the matrix: whoever adds the page says here what stands for it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wuyou.accounts.models import Grant, User
from wuyou.accounts.permissions import P as Accounts
from wuyou.activities.models import Activity
from wuyou.activities.permissions import P as Activities
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.coverage.permissions import P as Coverage
from wuyou.demo.factories import make_activity, make_entry, make_person
from wuyou.demo.small import BARE, GOOD, HUIZE, NO_VENUE, QILIN, SMALL_TODAY
from wuyou.funds.models import Entry, Source
from wuyou.funds.permissions import P as Funds
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.leadership.models import ContactLeader, Post, RequiredPost, Seat, Term, TermExtension
from wuyou.leadership.permissions import P as Leadership
from wuyou.orgs.models import TargetPlan, Unit, UnitEvent, UnitForm, UnitKind, Venue
from wuyou.orgs.permissions import P as Orgs
from wuyou.people.models import Affiliation, Person
from wuyou.people.permissions import P as People
from wuyou.platform import files
from wuyou.platform.models import ImportBatch, Job
from wuyou.platform.permissions import P as Platform
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir, unit_word
from wuyou.succession.tests.changing import drafted
from wuyou.summaries.models import Summary
from wuyou.summaries.permissions import P as Summaries

GROUPS = (NO_VENUE, GOOD, BARE)
NOWHERE = 999_999_999


@dataclass(frozen=True, slots=True)
class Sample:
    """A value for a word of an address, and who may know of it.

    `path` with `seen_by`: whoever holds that permission there. `owner`: that user alone. Neither: everybody. `absent`: no
    such thing, nobody.
    """

    value: Any
    path: str | None = None
    seen_by: str = ""
    owner: str = ""
    absent: bool = False


def of_units(seen_by: str, find: Callable[[Unit], Any]) -> tuple[Sample, ...]:
    """Return the objects that `find` finds for the three groups, and one that does not exist."""
    units = [Unit.objects.get(short_name=name) for name in GROUPS]
    found = tuple(Sample(find(unit).pk, unit.path, seen_by) for unit in units)
    return (*found, Sample(uuid.uuid4() if isinstance(found[0].value, uuid.UUID) else NOWHERE, absent=True))


def first(model: Any, unit: Unit, make: Callable[[Unit], Any]) -> Any:
    return model.objects.filter(unit=unit).first() or make(unit)


def _person(unit: Unit) -> Any:
    return Person.objects.filter(keeper=unit).first() or make_person(unit, unit)


def _seat(unit: Unit) -> Any:
    return first(Seat, unit, lambda u: Seat.objects.create(unit=u, person=_person(u), post_id=_post()))


def _post() -> int:
    return int(Post.objects.get(code="leader").pk)


def _venue(unit: Unit) -> Any:
    return first(Venue, unit, lambda u: Venue.objects.create(unit=u, name="侨胞之家"))


def _event(unit: Unit) -> Any:
    told = {"kind": "reorganise", "on": "2024-05-06", "recorded_at": clock.now()}
    return first(UnitEvent, unit, lambda u: UnitEvent.objects.create(unit=u, **told))


def _belonging(unit: Unit) -> Any:
    return first(Affiliation, unit, lambda u: make_person(u, u).affiliations.get())


def _term(unit: Unit) -> Any:
    return first(Term, unit, lambda u: Term.objects.create(unit=u, end=clock.today()))


def _contact(unit: Unit) -> Any:
    since = clock.today() - timedelta(days=30)
    return first(ContactLeader, unit, lambda u: ContactLeader.objects.create(unit=u, person=_person(u), start=since))


def _extension(unit: Unit) -> Any:
    """Return an extension of a term of the unit, made when there is none."""
    held = TermExtension.objects.filter(term__unit=unit).first()
    if held is not None:
        return held
    term, year = _term(unit), timedelta(days=365)
    told = {"before": term.end, "until": term.end + year, "approved_on": term.end - year}
    return TermExtension.objects.create(term=term, document=f"曲侨发〔2025〕{unit.pk}号", **told)


def _grants() -> tuple[Sample, ...]:
    held = Grant.objects.filter(user__username__in=("leader", "county", "huize")).select_related("unit")
    return (*(Sample(g.pk, g.unit.path, Accounts.MANAGE) for g in held), Sample(NOWHERE, absent=True))


def _users() -> tuple[Sample, ...]:
    held = Grant.objects.filter(user__username__in=("leader", "county", "huize")).select_related("unit")
    return (*(Sample(g.user_id, g.unit.path, Accounts.MANAGE) for g in held), Sample(NOWHERE, absent=True))


def _owned(make: Callable[[Any], Any]) -> tuple[Sample, ...]:
    users = User.objects.filter(username__in=("county", "huize")).order_by("username")
    return (*(Sample(make(user), owner=user.username) for user in users), Sample(uuid.uuid4(), absent=True))


def _job(user: Any) -> Any:
    return Job.objects.create(task="test.work", label="试验", actor_id=user.pk, queued_at=clock.now(), state="done").pk


def _file(user: Any) -> Any:
    actor = Actor(user.pk, "")
    return files.store(actor, name="a.csv", chunks=[b"a"], purpose="import", media_type="text/csv").pk


def _batch(unit: Unit) -> Any:
    return ImportBatch.objects.create(
        kind="orgs", state="read", path=unit.path, unit_id=unit.pk, created_at=clock.now()
    )  # fmt: skip


def _summaries() -> tuple[Sample, ...]:
    offices = Unit.objects.filter(short_name__in=(QILIN, HUIZE)).order_by("pk")
    found = [
        (Summary.objects.get_or_create(unit=o, year=2025, title="总结", body="文。", as_of=SMALL_TODAY)[0], o)
        for o in offices
    ]
    return (*(Sample(kept.pk, office.path, Summaries.VIEW) for kept, office in found), Sample(NOWHERE, absent=True))


def _plans() -> tuple[Sample, ...]:
    offices = Unit.objects.filter(short_name__in=(QILIN, HUIZE)).order_by("pk")
    told = {"name": "三年计划", "last_year": 2027}
    found = [(TargetPlan.objects.get_or_create(office=o, first_year=2025, defaults=told)[0], o) for o in offices]
    return (*(Sample(plan.pk, o.path, Orgs.VIEW_TARGETS) for plan, o in found), Sample(NOWHERE, absent=True))


def _draft() -> Any:
    """Return an open draft of the first standard."""
    first = SchemeVersion.objects.filter(scheme__kind="standard").order_by("scheme", "number").first()
    if first is None:
        raise LookupError("no standard is installed")
    told = {"content": first.content, "content_hash": first.content_hash}
    return SchemeVersion.objects.get_or_create(scheme=first.scheme, number=99, defaults=told)[0]


def _rubric() -> Any:
    """Return a draft of a rubric with one item, number 4."""
    item = {"row": 4, "sub": "", "name": "开展活动", "marks": "", "points": 6, "mandatory": False, "shape": "manual",
            "params": {}, "standard": "酌情给分", "method": ""}  # fmt: skip
    block = {"name": "工作实绩", "points": 6, "role": "scored", "sum_of_items": 6, "items": [item]}
    scheme = Scheme.objects.get_or_create(code="rubric_sample", defaults={"kind": "rubric", "title": "考核表"})[0]
    told = {"content": {"total": 6, "blocks": [block]}, "content_hash": "0" * 64}
    return SchemeVersion.objects.get_or_create(scheme=scheme, number=1, defaults=told)[0]


def _change(unit: Unit) -> Any:
    """Return a drafted split of a unit in two, with everything that its pages can show."""
    found = Succession.objects.filter(unit=unit, state="draft").first()
    return found or drafted(
        "split", [unit], on=date(2025, 11, 3), document=f"曲侨发〔2025〕{unit.pk}号",
        heirs=(unit_word(unit.pk), "n0"), founded=(NewHeir(full_name="学府社区第二侨联小组", kind=unit.kind.code),),
    )  # fmt: skip


def _known(value: Any, unknown: Any) -> Callable[[], tuple[Sample, ...]]:
    return lambda: (Sample(value), Sample(unknown, absent=True))


def _row(model: Any) -> Callable[[], tuple[Sample, ...]]:
    """Return the first row of an office's table, which everybody knows of."""
    return lambda: (Sample(model.objects.order_by("pk")[0].pk), Sample(NOWHERE, absent=True))


def _divisions() -> tuple[Sample, ...]:
    counties = Unit.objects.filter(short_name__in=(QILIN, HUIZE)).select_related("county").order_by("pk")
    found = [Sample(unit.county.code, unit.path, Coverage.VIEW) for unit in counties if unit.county]
    return (*found, Sample("nowhere", absent=True))


SAMPLES: dict[str, Callable[[], tuple[Sample, ...]]] = {
    "unit_id": lambda: of_units(Orgs.VIEW, lambda unit: unit),
    "person_id": lambda: of_units(People.VIEW, _person),
    "kind_id": _row(UnitKind),
    "form_id": _row(UnitForm),
    "post_id": _row(Post),
    "required_id": _row(RequiredPost),
    "source_id": _row(Source),
    "affiliation_id": lambda: of_units(People.VIEW, _belonging),
    "activity_id": lambda: of_units(Activities.VIEW, lambda u: first(Activity, u, make_activity)),
    "entry_id": lambda: of_units(Funds.VIEW, lambda u: first(Entry, u, make_entry)),
    "event_id": lambda: of_units(Orgs.VIEW, _event),
    "placement_id": lambda: of_units(Orgs.VIEW, lambda unit: unit.placements.order_by("pk")[0]),
    "seat_id": lambda: of_units(Leadership.VIEW, _seat),
    "contact_id": lambda: of_units(Leadership.VIEW, _contact),
    "extension_id": lambda: of_units(Leadership.VIEW, _extension),
    "term_id": lambda: of_units(Leadership.VIEW, _term),
    "venue_id": lambda: of_units(Orgs.VIEW, _venue),
    "user_id": _users,
    "grant_id": _grants,
    "job_id": lambda: _owned(_job),
    "file_id": lambda: _owned(_file),
    "batch_id": lambda: of_units(Platform.IMPORT, _batch),
    "summary_id": _summaries,
    "plan_id": _plans,
    "code": _divisions,
    "version_id": lambda: (Sample(_draft().pk), Sample(NOWHERE, absent=True)),
    "part": _known("criterion", "paragraph"),
    "part_code": _known("in_operation", "nowhere"),
    "change_id": lambda: of_units(Orgs.VIEW, _change),
    "rubric_id": lambda: (Sample(_rubric().pk), Sample(NOWHERE, absent=True)),
    "item_number": _known(4, NOWHERE),
    "check_code": _known("tree.parent_closed", "nowhere"),
}
"""Samples by the word's name in the address."""
