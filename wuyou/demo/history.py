"""Ten years in which the city's organisation changed: a merger, a split, a farm that became a community, a group that rested.

Told to the register in the office's first weeks with it, each change with its own day, as an office does that brings its
history in. These groups stand beside the planned ones, and their members are of those whom no planned group reaches.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from wuyou.activities import services as activities
from wuyou.demo.diary import Diary
from wuyou.demo.registering import City
from wuyou.demo.terrain import CITY_MARK, CITY_SEAT, COUNTIES
from wuyou.funds import services as funds
from wuyou.kernel.actor import Actor
from wuyou.leadership import services as leadership
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Hosting, LedBy, Lineage
from wuyou.people import services as people
from wuyou.people.models import Affiliation
from wuyou.succession import services as succession
from wuyou.succession.plan import OVER, NewHeir, Plan, Sorting, unit_word
from wuyou.succession.services.drafting import Told

HERE, FARMLAND, HIGHLAND = "530302", "530322", "530326"
TOLD_FROM = timedelta(days=40)
"""So long after the beginning the history is told: its persons are registered by then."""


@dataclass(frozen=True, slots=True)
class Old:
    """A group as it was founded: its word here, the code of its office ("" the city), names, kind, form, members."""

    word: str
    under: str
    full: str
    short: str
    kind: str
    form: str
    founded: str
    host: str
    members: int


OLD = (
    Old("first", HERE, "枕溪机械有限公司侨联小组", "枕溪机械侨联小组", "enterprise", "group", "2009-04-16",
        "枕溪机械有限公司", 7),
    Old("second", HERE, "归砚机械有限公司侨联小组", "归砚机械侨联小组", "enterprise", "group", "2012-11-05",
        "归砚机械有限公司", 5),
    Old("college", "", "曲靖知澜学院归国华侨联合会", "曲靖知澜学院侨联", "university", "committee", "2006-10-20",
        "曲靖知澜学院", 14),
    Old("farm", FARMLAND, "曲靖市陆良县澈溪华侨农场归国华侨联合会", "澈溪华侨农场侨联", "farm", "committee", "1989-05-12",
        "澈溪华侨农场", 12),
    Old("clinic", HIGHLAND, "曲靖市会泽县砚泉医院侨联小组", "砚泉医院侨联小组", "hospital", "group", "2007-03-08",
        "会泽县砚泉医院", 6),
)  # fmt: skip
FOUNDED_BY_CHANGES = 2
"""How many groups the changes found: the merged one, and the one that was split off."""


@dataclass(slots=True)
class _Past:
    """What has been told of the past so far: the ids of units by their words, and the number of the next document."""

    city: City
    units: dict[str, int] = field(default_factory=dict)
    papers: int = 40

    def document(self, under: str, on: date) -> str:
        self.papers += 1
        mark = next((county.mark for county in COUNTIES if county.code == under), CITY_MARK)
        return f"{mark}〔{on.year}〕{self.papers}号"

    def under(self, word: str) -> str:
        """Return the code of the office that guides a group; one that a change founded is guided as its origin."""
        origin = {"merged": "first", "medical": "college"}.get(word, word)
        return next(old.under for old in OLD if old.word == origin)


def note_history(diary: Diary, city: City) -> None:
    """Note when the changes of the last ten years are told, the earliest first, and what its groups did since."""
    past = _Past(city)
    day = city.begin + TOLD_FROM
    for old in OLD:
        diary.note(day, partial(_found, past, old))
    year = city.today.year
    steps = ((_convert, date(year - 9, 4, 20)), (_merge, date(year - 8, 6, 18)), (_lapse, date(year - 7, 1, 15)),
             (_split, date(year - 5, 9, 1)), (_restore, date(year - 4, 10, 12)), (_rename, date(year - 3, 3, 9)))  # fmt: skip
    for turn, (step, on) in enumerate(steps, start=1):
        diary.note(day + timedelta(days=turn), partial(step, past, on))
    for word in ("merged", "college", "medical", "farm", "clinic"):
        diary.note(day + timedelta(days=10), partial(_live_on, past, word))
        diary.note(city.today - timedelta(days=60), partial(_meet, past, word))


def _found(past: _Past, old: Old) -> None:
    city, founded = past.city, date.fromisoformat(old.founded)
    actor = city.actors[old.under]
    new = orgs.NewUnit(
        full_name=old.full, short_name=old.short, kind=old.kind, form=old.form, founded=old.founded,
        approval_number=past.document(old.under, founded), county_id=city.divisions[old.under or CITY_SEAT],
        hosts=(old.host,), led_by=(f"{old.host}党委",), has_study_rules=True,
    )  # fmt: skip
    unit = orgs.found_unit(actor=actor, parent_id=city.units[old.under], new=new)
    past.units[old.word] = unit.pk
    for pk in _free_persons(past, old):
        people.join_group(actor=actor, person_id=pk, unit_id=unit.pk, start=max(founded, date(founded.year + 1, 1, 8)))
    _lead(past, old, actor)
    start = date(city.today.year - 11, 1, 15)
    _money(past, old.word, start, old.members * 300_00, "received", "活动补助")
    _money(past, old.word, start + timedelta(days=200), old.members * 120_00, "spent", "侨界联谊活动")


def _lead(past: _Past, old: Old, actor: Actor) -> None:
    """Let a member lead one of the groups that merge, until then."""
    if old.word in ("first", "second"):
        first = Affiliation.objects.filter(unit=past.units[old.word]).order_by("pk").values_list("person", flat=True)[0]
        leadership.fill_seat(
            actor=actor, unit_id=past.units[old.word], post_code="leader", person_id=first, start=date(2014, 3, 12)
        )


def _free_persons(past: _Past, old: Old) -> list[int]:
    """Return persons of the office's county, or the seat's, whom no group reaches and who were grown up long ago."""
    code = old.under or CITY_SEAT
    roll = [somebody for somebody in past.city.plan.people if somebody.keeper == code and somebody.group is None]
    roll.sort(key=lambda somebody: not somebody.is_officer)  # as they were registered
    ids = past.city.persons[code]
    fit = [pk for pk, somebody in zip(ids, roll, strict=True)
           if not somebody.is_officer and somebody.facts["category"] in ("归侨", "侨眷", "侨属", "归难侨")
           and "1955" <= somebody.facts.get("birth", "")[:4] <= "1970"]  # fmt: skip
    taken = set(Affiliation.objects.filter(person__in=fit).values_list("person", flat=True))
    return [pk for pk in fit if pk not in taken][: old.members]


def _money(past: _Past, word: str, on: date, fen: int, direction: str, purpose: str) -> None:
    source = "" if direction == "spent" else "city_federation"
    new = funds.NewEntry(past.units[word], on, fen, direction, source, purpose, f"记{on:%Y%m}-0{past.papers}", "")
    funds.record_entry(actor=past.city.actors[past.under(word)], new=new)


def _change(past: _Past, word: str, kind: str, on: date, *, note: str = "", paper: bool = True, **plan: Any) -> None:
    """Draft a change of a group and carry it out. `plan` are fields of `Plan`; the group itself gives away first."""
    actor, unit_id = past.city.actors[past.under(word)], past.units[word]
    draft = succession.begin(actor=actor, kind=kind, unit_id=unit_id)
    told = Told(on, past.document(past.under(word), on) if paper else "", False, note)
    whole = Plan(**{"predecessors": (unit_id,), **plan})
    succession.revise(actor=actor, succession_id=draft.pk, seen=draft.version, told=told, plan=whole)
    succession.carry_out(actor=actor, succession_id=draft.pk, compares=False)


def _convert(past: _Past, on: date) -> None:
    facts = {"full_name": "曲靖市陆良县澈溪社区归国华侨联合会", "short_name": "澈溪社区侨联", "kind": "community",
             "hosts": ["澈溪社区居委会"], "led_by": ["澈溪社区党委"]}  # fmt: skip
    _change(past, "farm", "convert", on, facts=facts, note="华侨农场改制为社区", seals={past.units["farm"]: on})


def _merge(past: _Past, on: date) -> None:
    both = (past.units["first"], past.units["second"])
    host = "枕归机械有限公司"
    heir = NewHeir(f"{host}侨联小组", "枕归机械侨联小组", "enterprise", "group", hosts=(host,), led_by=(f"{host}党委",))
    old_ties = {
        "orgs.hosting.unit": Hosting.objects.filter(unit__in=both),
        "orgs.ledby.unit": LedBy.objects.filter(unit__in=both),
    }
    rows = {link: dict.fromkeys(ties.values_list("pk", flat=True), OVER) for link, ties in old_ties.items()}
    _change(
        past, "first", "merge", on, predecessors=both, heirs=("n0",), founded=(heir,), rows=rows, note="两家企业合并",
        seals=dict.fromkeys(both, on + timedelta(days=12)),
    )  # fmt: skip
    past.units["merged"] = _newest(past, "first")


def _lapse(past: _Past, on: date) -> None:
    _change(past, "clinic", "lapse", on, note="负责人退休后停滞", paper=False)


def _split(past: _Past, on: date) -> None:
    college = past.units["college"]
    members = list(Affiliation.objects.filter(unit=college).order_by("pk").values_list("person", flat=True))
    host, home = "曲靖知澜医学院", unit_word(college)
    heir = NewHeir(f"{host}侨联小组", f"{host}侨联小组", "university", "group", hosts=(host,), led_by=(f"{host}党委",))
    _change(
        past, "college", "split", on, heirs=(home, "n0"), founded=(heir,), people=Sorting(hand=dict.fromkeys(members[9:], "n0")),
        money={college: {home: 1_620_00, "n0": 900_00}}, note="医学院独立建校",
    )  # fmt: skip
    past.units["medical"] = _newest(past, "college")


def _restore(past: _Past, on: date) -> None:
    _change(past, "clinic", "restore", on, note="医院党委换届后恢复")


def _rename(past: _Past, on: date) -> None:
    host = "枕归机械集团有限公司"
    facts = {
        "full_name": f"{host}侨联小组",
        "short_name": "枕归机械集团侨联小组",
        "hosts": [host],
        "led_by": [f"{host}党委"],
    }
    _change(past, "merged", "rename", on, facts=facts, note="随挂靠单位更名")


def _newest(past: _Past, word: str) -> int:
    """Return the id of the unit that the last change of a group founded."""
    return max(Lineage.objects.filter(predecessor=past.units[word]).values_list("successor", flat=True))


def _live_on(past: _Past, word: str) -> None:
    """Enter what a group has today: its term, its leader and deputy, where it meets, its money of the year."""
    city, unit_id = past.city, past.units[word]
    actor, start = city.actors[past.under(word)], date(city.today.year - 2, 5, 20)
    term = leadership.note_term(
        actor=actor, unit_id=unit_id, number=2, start=start, end=start.replace(year=start.year + 5)
    )
    members = Affiliation.objects.filter(unit=unit_id, end=None).order_by("pk").values_list("person", flat=True)
    posts = ("chair", "vice_chair") if word in ("college", "farm") else ("leader", "liaison_officer")
    for place, (post, person) in enumerate(zip(posts, members, strict=False)):
        leadership.fill_seat(
            actor=actor, unit_id=unit_id, post_code=post, person_id=person, start=start, term_id=term.pk, position=place
        )
    facts = orgs.VenueFacts("侨胞之家", "办公楼一楼", "free", "40", True, "周一至周五 9:00-17:00", start=start)
    orgs.register_venue(actor=actor, unit_id=unit_id, facts=facts)
    people.declare_count(
        actor=actor, people=len(members) * 3, counted_on=city.begin + TOLD_FROM, source="小组填报", unit_id=unit_id
    )


def _meet(past: _Past, word: str) -> None:
    on = past.city.today - timedelta(days=62)
    actor = past.city.actors[past.under(word)]
    new = activities.NewActivity(past.units[word], "symposium", on, "侨情座谈会", 12, False, "", 300_00)
    activities.record_activity(actor=actor, new=new)
    _money(past, word, on - timedelta(days=20), 1_500_00, "received", "活动补助")
    _money(past, word, on, 300_00, "spent", "侨情座谈会")
    if word == "clinic":  # the one group that spent what it has not received yet
        _money(past, word, on + timedelta(days=1), 3_000_00, "spent", "义诊器材，医院垫付，待拨付")
