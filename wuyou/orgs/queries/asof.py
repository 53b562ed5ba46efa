"""The organisation as it was on a day: which units there were, what they were called and were, and under whom they stood.

Who may see a unit is decided by where it stands today, and so is its past: it shows what it was under whichever office it
then was. The office of then is told by its name even to who may not open it, as in the history of a unit; a link is left
to `UnitThen.parent_in_sight`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Value

from wuyou.kernel import clock, pinyin
from wuyou.kernel.actor import Actor
from wuyou.orgs import rules
from wuyou.orgs.models import FormerIdentity, Placement, Unit, UnitForm, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.lineage import once_called
from wuyou.orgs.queries.states import events_around
from wuyou.orgs.queries.units import UnitFilter, visible
from wuyou.places.models import Division
from wuyou.platform.scoping import scope


class UnitThen(NamedTuple):
    """A unit as it was on a day.

    `path` is that of the day through the units in sight, `today` is today's, by which rights go. `state` is a value of
    `Unit.State`, `NOT_FOUNDED`, or None when nobody can say. `parent_id` is None for the top of the tree.
    """

    id: int
    today: str
    path: str
    parent_id: int | None
    parent_name: str
    parent_in_sight: bool
    full_name: str
    short_name: str
    pinyin: str
    initials: str
    kind: str
    kind_name: str
    is_federation: bool
    form_name: str
    county: str
    county_code: str
    founded: str
    state: str | None

    @property
    def is_living(self) -> bool:
        """Whether the unit was founded and not dissolved on that day."""
        return self.state not in (rules.NOT_FOUNDED, "dissolved")

    def is_called(self, word: str) -> bool:
        """Say whether a word, in lower case, is in its names of that day, or begins their pinyin."""
        if word in self.full_name.lower() or word in self.short_name.lower():
            return True
        return word.isascii() and (self.initials.startswith(word) or self.pinyin.startswith(word))


class Branch(NamedTuple):
    """A unit of a tree: how deep it stands (0 = a top), and under which of the tree's units (None = a top)."""

    unit: UnitThen
    depth: int
    above: int | None


def units_on(actor: Actor, *, on: date) -> list[UnitThen]:
    """Return every unit of the actor's as it was on a day, living or not: offices first, then by pinyin.

    Four queries for today, six for the past, and two more when an office of then is out of his sight.
    """
    return sorted(_read(actor, on), key=lambda u: (not u.is_federation, u.pinyin, u.id))


def unit_on(actor: Actor, unit: Unit, *, on: date) -> UnitThen:
    """Return a unit of the actor's, read with kind, form and county, as it was on a day; its `path` is itself alone."""
    county, form = unit.county, unit.form
    words = _Words(
        {unit.kind_id: (unit.kind.code, unit.kind.name, unit.kind.is_federation)},
        {form.pk: (form.name,)} if form else {},
        {county.pk: (county.name, county.code)} if county else {},
    )
    return _told_of(actor, on, _rows(Unit.objects.filter(pk=unit.pk), on), Q(unit=unit.pk), words)[0]


def as_it_stands(actor: Actor, unit: Unit) -> UnitThen:
    """Return a unit of today, read with kind, form, county and parent, as `unit_on` tells it; its `path` is today's."""
    county, parent = unit.county, unit.parent if "parent" in unit._state.fields_cache else None
    return UnitThen(
        unit.pk, unit.path, unit.path, unit.parent_id, parent.short_name if parent else "",
        parent is not None and actor.can(P.VIEW, parent.path),
        unit.full_name, unit.short_name, unit.pinyin, unit.initials, unit.kind.code, unit.kind.name,
        unit.kind.is_federation, unit.form.name if unit.form else "", county.name if county else "",
        county.code if county else "", unit.founded, unit.state,
    )  # fmt: skip


def tree_on(actor: Actor, *, on: date, office: int | None = None) -> list[Branch]:
    """Return the units that there were on a day as a tree, parents before children, offices first, siblings by pinyin.

    A unit whose office was not there yet, or no longer, stands under the next one above that was. `office` asks for what
    was under one office, itself included.
    """
    return branches(units_on(actor, on=on), office=office)


def listed_on(actor: Actor, by: UnitFilter, *, on: date, office: int | None = None) -> list[UnitThen]:
    """Return the units of a day that a filter leaves, in the order of `units_on`; those founded later are never among them.

    `office` asks for what was under one office then, itself included. A text also finds what was called so before.
    """
    word = by.text.strip().lower()
    once = once_called(actor, word, until=on)
    return [
        unit
        for unit in units_on(actor, on=on)
        if unit.state != rules.NOT_FOUNDED
        and (not word or unit.is_called(word) or unit.id in once)
        and by.kind in ("", unit.kind)
        and (unit.state == by.state if by.state else unit.is_living or by.include_dissolved)
        and by.county in ("", unit.county_code)
        and (office is None or f"/{office}/" in unit.path)
        and (by.only is None or unit.id in by.only)
        and not (by.groups_only and unit.is_federation)
    ]


def undated(actor: Actor) -> dict[int, tuple[str, bool | None]]:
    """Return what is kept of the actor's units without dates, as unit id -> (approval number, whether it has study rules)."""
    rows = visible(actor).order_by().values_list("pk", "approval_number", "has_study_rules")
    return {pk: (number, rules_kept) for pk, number, rules_kept in rows}


def branches(units: Iterable[UnitThen], *, office: int | None = None) -> list[Branch]:
    """Return units of a day that are in the order of siblings as a tree, as `tree_on` does."""
    living = {u.id: u for u in units if u.is_living and (office is None or f"/{office}/" in u.path)}
    below: dict[int | None, list[UnitThen]] = {}
    above: dict[int, int | None] = {}
    for unit in living.values():
        at = unit.parent_id
        if at not in living or not unit.path.endswith(f"/{at}/{unit.id}/"):  # the next one above that was there
            at = next((pk for step in reversed(unit.path.split("/")[1:-2]) if (pk := int(step)) in living), None)
        above[unit.id] = at
        below.setdefault(above[unit.id], []).append(unit)
    ordered: list[Branch] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append(Branch(unit, depth, above[unit.id]))
        waiting.extend((each, depth + 1) for each in reversed(below.get(unit.id, [])))
    return ordered


def identities_on(on: date, condition: Q | None = None) -> dict[int, tuple[Any, ...]]:
    """Return what units were that have changed since a day, as unit id -> `IDENTITY` columns; none for today.

    `condition` narrows the rows (`FormerIdentity`).
    """
    if on >= clock.today():
        return {}
    rows = FormerIdentity.objects.filter(condition or Q(), until__gt=on).order_by("-until")
    return {row[0]: row[1:] for row in rows.values_list("unit_id", *IDENTITY)}  # the one that ended first comes last


IDENTITY = (
    "full_name", "short_name", "kind__code", "kind__name", "kind__is_federation", "form_id", "form__name",
    "county__name", "county__code",
)  # fmt: skip
"""What a unit is called and is, as columns of what it was before."""


def names_on(unit_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the short names that some units had on a day, as unit id -> name; for what may be told of any unit."""
    ids = list(unit_ids)
    if not ids:
        return {}
    names = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "short_name"))
    return names | {pk: told[1] for pk, told in identities_on(on, Q(unit__in=ids)).items()}


def parents_since(on: date, condition: Q | None = None) -> dict[int, int]:
    """Return under whom units stood on a day that have come under others since, as unit id -> parent's id.

    Before the first day that is known of a unit's place it counts as standing there already.
    """
    if on >= clock.today():
        return {}
    rows = Placement.objects.filter(condition or Q(), end__gt=on).order_by("-end", "-pk")
    return dict(rows.values_list("unit_id", "parent_id"))  # the one that ended first comes last


def _read(actor: Actor, on: date) -> list[UnitThen]:
    rows = _rows(visible(actor), on)
    return _told_of(actor, on, rows, mine(actor), _words(rows))


def _rows(units: QuerySet[Unit], on: date) -> list[tuple[Any, ...]]:
    """Return units as they are, as `_OF_UNIT`, with the events around a day; with none after it they stand as today."""
    around = events_around(on) if on < clock.today() else {"latest": Value(""), "following": Value("")}
    return list(units.order_by().annotate(**around).values_list(*_OF_UNIT))


_OF_UNIT = (
    "pk", "path", "parent_id", "pinyin", "initials", "founded", "state", "latest", "following", "full_name", "short_name",
    "kind_id", "form_id", "county_id",
)  # fmt: skip
_SHORT_NAME, _COUNTY = _OF_UNIT.index("short_name"), _OF_UNIT.index("county_id")


class _Words(NamedTuple):
    """What the ids in units' rows stand for: kinds as (code, name, federation), forms as (name,), counties as (name, code)."""

    kinds: Mapping[int, tuple[str, str, bool]]
    forms: Mapping[int, tuple[str]]
    counties: Mapping[int, tuple[str, str]]


def _words(rows: Iterable[tuple[Any, ...]]) -> _Words:
    """Return the words of some rows: read apart, as joining them to each unit costs a large tree as much as all its events."""
    kinds = UnitKind.objects.order_by().values_list("pk", "code", "name", "is_federation")
    counties = Division.objects.filter(pk__in={row[_COUNTY] for row in rows} - {None})
    return _Words(
        {pk: (code, name, is_federation) for pk, code, name, is_federation in kinds},
        {pk: (name,) for pk, name in UnitForm.objects.order_by().values_list("pk", "name")},
        {pk: (name, code) for pk, name, code in counties.values_list("pk", "name", "code")},
    )


class _Told(NamedTuple):
    """What is known of all units on a day, by unit id; offices as (name, in sight)."""

    on: date
    former: Mapping[int, tuple[Any, ...]]
    above: Mapping[int, int | None]
    offices: Mapping[int | None, tuple[str, bool]]
    paths: Mapping[int, str]
    words: _Words


def _told_of(actor: Actor, on: date, rows: list[tuple[Any, ...]], own: Q, words: _Words) -> list[UnitThen]:
    """Return units' rows as they were on a day; `own` is the condition that a row of another table is of one of them."""
    is_past = on < clock.today() and bool(rows)
    former = identities_on(on, own) if is_past else {}
    above: dict[int, int | None] = {row[0]: row[2] for row in rows}
    above.update({pk: at for pk, at in parents_since(on, own).items() if pk in above} if is_past else {})
    short = {row[0]: former[row[0]][1] if row[0] in former else row[_SHORT_NAME] for row in rows}
    offices = _offices(actor, {at for at in above.values() if at is not None and at not in short}, on)
    offices |= {pk: (name, True) for pk, name in short.items()}
    told = _Told(on, former, above, offices, paths(above), words)
    return [_then(row, told) for row in rows]


def _then(row: tuple[Any, ...], told: _Told) -> UnitThen:
    pk, path, _parent, key, initials, founded, state, latest, following, full, short, kind_id, form_id, county_id = row
    if pk in told.former:
        full, short, kind, kind_name, is_federation, _form, form, county, county_code = told.former[pk]
        key, initials = pinyin.sort_key(short), pinyin.initials(short)
    else:
        kind, kind_name, is_federation = told.words.kinds[kind_id]
        (form,) = told.words.forms.get(form_id, ("",))
        county, county_code = told.words.counties.get(county_id, ("", ""))
    above = told.above[pk]
    return UnitThen(
        pk, path, told.paths[pk], above, *told.offices.get(above, ("", False)), full, short, key, initials, kind, kind_name,
        is_federation, form or "", county or "", county_code or "", founded,
        rules.state_on(day=told.on, state_today=state, founded=founded, latest=latest or "", following=following or ""),
    )  # fmt: skip


def mine(actor: Actor) -> Q:
    """Return the condition that a row is of a unit in sight; none for who sees the whole tree, as it costs a join."""
    return Q() if actor.can_everywhere(P.VIEW) else scope(actor, P.VIEW, "unit__path")


def _offices(actor: Actor, ids: Collection[int], on: date) -> dict[int | None, tuple[str, bool]]:
    """Return the names of a day of offices that are not among the units read, and whether they are in sight."""
    if not ids:
        return {}
    found = list(Unit.objects.filter(pk__in=ids).values_list("pk", "short_name", "path"))
    former = identities_on(on, Q(unit__in=ids))
    return {pk: (former[pk][1] if pk in former else name, actor.can(P.VIEW, path)) for pk, name, path in found}


def paths(above: Mapping[int, int | None]) -> dict[int, str]:
    """Return the path of each unit from the topmost one in sight down; were two under each other, one would be a top."""
    found: dict[int | None, str] = {}
    for pk in above:
        way: dict[int, None] = {}
        at: int | None = pk
        while at is not None and at in above and at not in found and at not in way:
            way[at] = None
            at = above[at]
        path = found.get(at, "/")
        for step in reversed(way):
            path = found[step] = f"{path}{step}/"
    return {pk: found[pk] for pk in above}
