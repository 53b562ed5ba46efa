"""The census roll becomes persons of the register: each row somebody new, somebody known, or nobody who may be kept."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from wuyou.intake import comparing
from wuyou.intake.facts import LABELS, Listener, Said, sign_of
from wuyou.intake.matching import Crowd, NumberIndex, Sign
from wuyou.intake.planning import Action, Choices, Difference, Planned, RowRef, Stored
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading
from wuyou.kernel.refusals import Refusal
from wuyou.kernel.sayings import Saying
from wuyou.orgs import queries as orgs
from wuyou.orgs.naming import GroupRow, NameIndex
from wuyou.people import bulk
from wuyou.people import services as people
from wuyou.people.permissions import P
from wuyou.places import queries as places
from wuyou.places.rules import Level
from wuyou.platform import audit
from wuyou.platform.keys import keys

KIND = "people.person"
MOST_NAMED = 10
_NAMES = tuple(sorted({*LABELS} - {"group"}))
_BITS = {name: 1 << place for place, name in enumerate((*_NAMES, "group"))}
_FULL, _TOUCHED = 1 << 63, 1 << 62
_NOTHING: Mapping[str, Any] = {}
_SHOWN: Mapping[Any, Saying] = {
    "female": Saying("女"), "male": Saying("男"), True: Saying("是"), False: Saying("否"), "lunar": Saying("农历"),
    "solar": Saying("公历"),
}  # fmt: skip


@dataclass(slots=True)
class _Draft:
    """What is to be written of the person at a position of the crowd."""

    at: int
    facts: dict[str, Any]
    indexes: dict[str, str] = field(default_factory=dict)
    group_id: int | None = None
    mark: str = ""


class PersonIntake:
    """Matches rows with persons in tiers, in memory, and stores them below the ORM.

    A row whose mark a person bears was imported before and says nothing new. `source` is what the dated counts name.
    """

    source = "侨情人员名单"

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Read what tells known persons apart. Raises: NotFound, Forbidden."""
        self.actor, self.choices, self.batch = actor, choices, batch_id
        self.keeper = orgs.unit(actor, choices.unit_id, needs=P.REGISTER)
        divisions = places.ids_by_code()
        self._lineage = _lineages(settings.WUYOU_HOME_DIVISION)
        self._listener = Listener(choices.kept, choices.ground, divisions, self._lineage)
        self._crowd = Crowd(self._lineage)
        self._marks, self._latest, self._filled, self._rows = NumberIndex(), array("Q"), array("Q"), array("I")
        self._shelf = _Shelf(actor)
        self._groups: dict[tuple[str, str], int | None] = {}
        self._doubts: list[Saying] = []
        self._doubtful = 0
        self._touched_divisions: set[int] = set()
        self._before: dict[int, dict[str, Any]] = {}
        self._new = 0
        self._load()
        self._first_new = len(self._crowd)

    def plan(self, ref: RowRef, readings: Mapping[str, Reading[Any]]) -> Planned:
        """Return what the row would become; a second row of one person only fills in what the first left open."""
        said = self._listener.hear(readings)
        name = said.facts.get("name", "")
        if not name:
            return Planned(
                ref, Action.REJECTED, "", why="没有可用的姓名，这一行没有导入；请在表中补正姓名后再导入一次。"
            )
        decision = bulk.allowed(said.facts, self.choices.ground)
        if not decision.allowed:
            return Planned(
                ref, Action.REJECTED, name, why=(*(r.saying for r in decision.reasons), *self._withdrawn(said))
            )
        known = next(self._marks.find(int(said.mark, 16)), None)
        if known is not None:
            return self._seen(ref, said, known)
        at, likely = self._crowd.find(said.sign)
        return self._newcomer(ref, said, likely) if at is None else self._known(ref, said, at)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write new and changed persons; return what each row became, one change a person for the whole batch."""
        drafts = [(item, item.data) for item in planned if isinstance(item.data, _Draft)]
        if not drafts:
            return []
        fresh: dict[int, bulk.NewRow] = {}
        changes: dict[int, bulk.Change] = {}
        for item, draft in drafts:
            if item.action is Action.NEW:
                fresh[draft.at] = bulk.NewRow(dict(draft.facts), dict(draft.indexes), draft.group_id, draft.mark)
            elif draft.at in fresh:
                _add_to(fresh[draft.at], draft)
            else:
                self._add_change(changes, draft)
        numbers = bulk.insert_persons(
            actor=self.actor, keeper_id=self.keeper.pk, basis=self._basis, batch=self.batch, rows=list(fresh.values())
        )
        for at, number in zip(fresh, numbers, strict=True):
            self._crowd.numbers[at] = number
        written = bulk.update_persons(
            actor=self.actor, basis=self._basis, batch=self.batch, changes=list(changes.values())
        )
        found = {change.person_id: w for change, w in zip(changes.values(), written, strict=True)}
        self._touched_divisions |= {draft.facts.get("division_id") or 0 for _, draft in drafts}
        return [self._stored(item, draft.at, found) for item, draft in drafts]

    def close(self) -> None:
        """Count the places where persons came, went or changed, and record the batch's one event."""
        if not self._new and not self._before:
            return
        on = self.choices.counted_on or clock.today()
        bulk.count_again(self._touched_divisions - {0}, on, source=self.source, batch=self.batch)
        audit.record(
            self.actor, "people.persons.imported", self.keeper, path=self.keeper.path, batch=str(self.batch),
            new=self._new, changed=len(self._before),
        )  # fmt: skip

    def remarks(self) -> list[Saying]:
        """Return what a human should look at: rows that may speak of one person."""
        if not self._doubtful:
            return []
        more = self._doubtful - len(self._doubts)
        things = [*self._doubts, *([Saying("另有 {rows} 行", {"rows": more})] if more else [])]
        return [Saying("有 {rows} 行需要核对：{things}", {"rows": self._doubtful, "things": things})]

    # planning

    def _load(self) -> None:
        for pk, name, pinyin, sex, birth, *indexes, division_id, marks in bulk.matching_keys(self.actor):
            sign = sign_of(name, pinyin, sex, birth, tuple(indexes), self._crowd.place_of(division_id or 0))
            self._add(sign, division_id or 0, pk)
            for mark in marks.split():
                self._bears(len(self._crowd) - 1, mark)

    def _add(self, sign: Sign, division: int, number: int = 0, row: int = 0) -> int:
        self._latest.append(0)
        self._filled.append(0)
        self._rows.append(row)
        return self._crowd.add(sign, division, number)

    def _bears(self, at: int, mark: str) -> None:
        self._latest[at] = int(mark, 16)
        self._marks.add(self._latest[at], at)

    def _seen(self, ref: RowRef, said: Said, at: int) -> Planned:
        """Plan a row that was taken before, in an earlier batch or in this one."""
        name: str = said.facts["name"]
        doubt: Saying | None = None
        if self._latest[at] != int(said.mark, 16) and not self._filled[at]:
            held = self._shelf.take(self._crowd.numbers[at])
            found = comparing.corrections(said, held, self._inside)
            if len(comparing.fillings(found, said, held, self._inside)) < len(found):
                doubt = self._doubt(ref, name, Saying("以前导入过，之后这位成员的资料又有更新，没有改回"))
        self._filled[at] |= _TOUCHED
        return Planned(ref, Action.UNCHANGED, name, self._crowd.numbers[at] or None, doubt=doubt)

    def _newcomer(self, ref: RowRef, said: Said, likely: Sequence[int]) -> Planned:
        name, group_id = said.facts["name"], self._group(said)
        at = self._add(said.sign, said.facts.get("division_id", 0), row=ref.number)
        self._filled[at] = _FULL | _TOUCHED | _bits(said.facts) | (_BITS["group"] if group_id else 0)
        self._bears(at, said.mark)
        double = Saying("可能与{persons}是同一人，已按新成员登记", {"persons": self._named(likely)})
        doubt = self._doubt(ref, name, double) if likely else None
        draft = _Draft(at, said.facts, said.indexes, group_id, said.mark)
        return Planned(ref, Action.NEW, name, data=draft, doubt=doubt)

    def _known(self, ref: RowRef, said: Said, at: int) -> Planned:
        number, name = self._crowd.numbers[at], said.facts["name"]
        doubt: Saying | None = None
        held: Mapping[str, Any] = {}
        if self._filled[at] & _FULL:
            found, group_id = self._gaps(said, at)
        else:
            held = self._shelf.take(number)
            found, group_id = self._differing(said, at, held)
            if held["left_on"]:
                doubt = self._doubt(ref, name, Saying("已登记为迁出或去世"))
        if not found and group_id is None:
            return Planned(ref, Action.UNCHANGED, name, number or None, doubt=doubt)
        self._crowd.learn(at, _told(found, said), found.get("division_id", 0))
        self._bears(at, said.mark)
        differences = self._differences(found, held, said.group if group_id else "")
        draft = _Draft(at, found, group_id=group_id, mark=said.mark)
        return Planned(ref, Action.CHANGED, name, number or None, differences, data=draft, doubt=doubt)

    def _gaps(self, said: Said, at: int) -> tuple[dict[str, Any], int | None]:
        """Return what a row adds to somebody of whom a row of this batch spoke before."""
        filled = self._filled[at]
        found = comparing.gaps(
            said, lambda name: bool(filled & _BITS[name]), self._crowd.sign(at), self._crowd.division(at), self._inside
        )
        group_id = None if filled & _BITS["group"] else self._group(said)
        self._filled[at] |= _bits(found) | (_BITS["group"] if group_id else 0)
        return found, group_id

    def _differing(self, said: Said, at: int, held: Mapping[str, Any]) -> tuple[dict[str, Any], int | None]:
        """Return what a row corrects of somebody who is held, or only adds when the batch or the survey forbids more."""
        found = comparing.corrections(said, held, self._inside)
        if self._filled[at] & _TOUCHED or comparing.is_older(said, held):
            found = comparing.fillings(found, said, held, self._inside)
        group_id = self._group(said)
        group_id = None if group_id in held["groups"] else group_id
        belongs = _BITS["group"] if held["groups"] or group_id else 0
        known = {name: value for name in _NAMES if (value := held[name]) not in ("", None)}
        self._filled[at] = _FULL | _TOUCHED | _bits(known) | _bits(found) | belongs
        return found, group_id

    def _inside(self, division: int, other: int) -> bool:
        return division != other and other in self._lineage.get(division, ())

    def _group(self, said: Said) -> int | None:
        """Return the registered group that a row names; None when there is none in which the actor may register."""
        if not said.group:
            return None
        key = (said.group, said.county)
        if key not in self._groups:
            match = self._names.read(said.group, county=said.county).value
            self._groups[key] = match.id if match is not None and self._may_join(match.id) else None
        return self._groups[key]

    def _may_join(self, unit_id: int | None) -> bool:
        try:
            return unit_id is not None and bool(orgs.unit(self.actor, unit_id, needs=P.REGISTER))
        except Refusal:
            return False

    @cached_property
    def _names(self) -> NameIndex:
        rows = (GroupRow(*row) for row in orgs.group_names(self.actor))
        return NameIndex(rows, city=places.index(settings.WUYOU_HOME_DIVISION).home.name)

    # saying

    def _withdrawn(self, said: Said) -> tuple[Saying, ...]:
        """Return what to do when somebody who does not agree is in the register. Source: 个人信息保护法 art. 15."""
        known = self._crowd.find(said.sign)[0] if said.facts.get("agreed") is False else None
        return () if known is None else (Saying("此前登记的资料仍在，请打开该成员的资料，按本人意愿更正或删除。"),)

    def _doubt(self, ref: RowRef, name: str, text: Saying) -> Saying:
        self._doubtful += 1
        if len(self._doubts) < MOST_NAMED:
            words = {"sheet": ref.sheet, "row": ref.number, "name": name, "doubt": text}
            self._doubts.append(Saying("{sheet}第 {row} 行{name}{doubt}", words))
        return Saying("{doubt}，请核对。", {"doubt": text})

    def _named(self, likely: Sequence[int]) -> list[Saying]:
        numbers = [self._crowd.numbers[at] for at in likely if at < self._first_new]
        rows = [self._rows[at] for at in likely if at >= self._first_new]
        told = [Saying("编号 {numbers} 的成员", {"numbers": numbers[:3]})] if numbers else []
        return [*told, *([Saying("本批第 {rows} 行的人", {"rows": rows[:3]})] if rows else [])]

    def _differences(self, found: Mapping[str, Any], held: Mapping[str, Any], group: str) -> tuple[Difference, ...]:
        """Return what changes as texts; what needs a right to be seen is named but not shown, the preview being kept."""
        told: list[Difference] = []
        for name, value in found.items():
            before = held.get(name) or ""
            if name in bulk.GUARDS:
                told.append((LABELS[name], Saying("已登记") if before else "", Saying("表中的新内容")))
            elif name == "division_id":
                told.append((LABELS[name], self._place_names.get(before, ""), self._place_names.get(value, "")))
            elif name != "birth_calendar":
                told.append((LABELS[name], _SHOWN.get(before, str(before)), _SHOWN.get(value, str(value))))
        return (*told, *([(LABELS["group"], "", group)] if group else []))

    @cached_property
    def _place_names(self) -> dict[Any, str]:
        keys = places.ids_by_code()
        return {
            keys[row.code]: row.name for row in places.rows(settings.WUYOU_HOME_DIVISION) if row.level >= Level.COUNTY
        }

    # storing

    @cached_property
    def _basis(self) -> Any:
        return people.note_basis(actor=self.actor, ground=self.choices.ground, purpose=self.choices.purpose)

    def _add_change(self, changes: dict[int, bulk.Change], draft: _Draft) -> None:
        number = self._crowd.numbers[draft.at]
        again = draft.at >= self._first_new or number in self._before
        change = changes.setdefault(number, bulk.Change(number, {}, again=again))
        change.facts |= draft.facts
        change.group_id = change.group_id or draft.group_id
        change.mark = draft.mark

    def _stored(self, item: Planned, at: int, written: Mapping[int, bulk.Written]) -> Stored:
        """Return what a row became. A person's former values are gathered in one record, whatever many rows changed."""
        number = self._crowd.numbers[at]
        self._touched_divisions.add(self._crowd.division(at))
        if item.action is Action.NEW:
            self._new += 1
            return Stored(item.ref, KIND, number, Action.NEW, _NOTHING)
        if at >= self._first_new:
            return Stored(item.ref, KIND, number, Action.UNCHANGED, _NOTHING)
        change = written[number]
        self._touched_divisions.add(change.before.get("division_id") or 0)
        if number in self._before:
            self._before[number].update({n: v for n, v in change.before.items() if n not in self._before[number]})
            return Stored(item.ref, KIND, number, Action.UNCHANGED, _NOTHING, change.version)
        self._before[number] = dict(change.before)
        return Stored(item.ref, KIND, number, Action.CHANGED, self._before[number], change.version)


class _Shelf:
    """Takes known persons from the register some at a time: rolls come back in the order in which they were stored.

    How many are taken ahead follows how many of the last ones were asked for.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor, self._ahead, self._asked = actor, 16, 0
        self._rows: dict[int, dict[str, Any]] = {}

    def take(self, number: int) -> dict[str, Any]:
        """Return what is held of a person, as `bulk.held` gives it."""
        if number not in self._rows:
            used = self._asked * 4 >= len(self._rows)
            self._ahead = min(512, self._ahead * 2) if used else max(4, self._ahead // 2)
            self._rows = {row["pk"]: row for row in bulk.held(self._actor, _NAMES, number, self._ahead)}
            self._asked = 0
        self._asked += 1
        return self._rows[number]


def _add_to(row: bulk.NewRow, draft: _Draft) -> None:
    """Add what a later row says to a person who is about to be stored."""
    row.facts |= draft.facts
    row.indexes |= bulk.blind_indexes(draft.facts, keys())
    row.group_id = row.group_id or draft.group_id
    row.mark = f"{row.mark} {draft.mark}"[-bulk.MARKS_LENGTH :].strip()


def _bits(facts: Mapping[str, Any]) -> int:
    found = 0
    for name in facts:
        found |= _BITS[name]
    return found


def _told(found: Mapping[str, Any], said: Said) -> Sign:
    """Return of a row's sign what its taken facts tell."""
    kept = {n: getattr(said.sign, n) for n in ("sex", "birth", "phone", "other_phone") if n in found}
    if "other_phone" in found and found["other_phone"] == said.facts.get("phone"):
        kept["other_phone"] = said.sign.phone
    if "id_number" in found:
        kept["id"] = said.sign.id
    if "name" in found:
        kept |= {"sound": said.sign.sound, "family": said.sign.family}
    return Sign(said.sign.name if "name" in found else 0, **kept)


def _lineages(home: str) -> dict[int, tuple[int, int, int]]:
    """Return county, township and village of every division of the home city, by primary key; 0 where there is none."""
    parents = places.parents_below(home)
    found = {}
    for pk in parents:
        line, at = [], pk
        while (above := parents[at]) in parents:
            line.append(at)
            at = above
        county, township, village, *_ = [*reversed(line), 0, 0, 0]
        found[pk] = (county, township, village)
    return found
