"""The census roll becomes persons of the register: each row somebody new, somebody known, or nobody who may be kept."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from wuyou.intake import comparing
from wuyou.intake.facts import LABELS, Listener, Said, sign_of
from wuyou.intake.matching import Crowd, Sign
from wuyou.intake.planning import Action, Choices, Difference, Planned, RowRef, Stored
from wuyou.intake.registering import Draft, Registrar
from wuyou.kernel.actor import Actor
from wuyou.kernel.numberindex import NumberIndex
from wuyou.kernel.reading import Reading
from wuyou.kernel.refusals import Refusal
from wuyou.kernel.sayings import Saying
from wuyou.orgs import queries as orgs
from wuyou.orgs.naming import GroupRow, NameIndex
from wuyou.people import bulk
from wuyou.people.alike import Clues, numbers_alike
from wuyou.people.permissions import P
from wuyou.places import queries as places
from wuyou.places.rules import Level

MOST_NAMED = 10
_NAMES = tuple(sorted({*LABELS} - {"group"}))
_BITS = {name: 1 << place for place, name in enumerate((*_NAMES, "group"))}
_FULL, _TOUCHED = 1 << 63, 1 << 62
_SHOWN: Mapping[Any, Saying] = {
    "female": Saying("女"), "male": Saying("男"), True: Saying("是"), False: Saying("否"), "lunar": Saying("农历"),
    "solar": Saying("公历"),
}  # fmt: skip


class PersonIntake:
    """Matches rows with persons in tiers: who may be meant is looked up for many rows at once, what is theirs is in memory.

    A row whose mark a person bears was imported before and says nothing new.
    """

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Prepare to listen and to look up. Raises: NotFound, Forbidden."""
        self.actor, self.choices, self.batch = actor, choices, batch_id
        orgs.unit(actor, choices.unit_id, needs=P.REGISTER)
        divisions = places.ids_by_code()
        self._lineage = _lineages(settings.WUYOU_HOME_DIVISION)
        self._listener = Listener(choices.kept, choices.ground, divisions, self._lineage)
        self._crowd, self._positions = Crowd(self._lineage), NumberIndex()
        self._marks, self._latest, self._filled, self._rows = NumberIndex(), array("Q"), array("Q"), array("I")
        self._heard: dict[RowRef, Said] = {}
        self._held: dict[int, dict[str, Any]] = {}
        self._registrar = Registrar(actor, choices, batch_id)
        self._groups: dict[tuple[str, str], int | None] = {}
        self._lost: Counter[str] = Counter()
        self._coming: tuple[GroupRow, ...] = ()
        self._doubts: list[Saying] = []
        self._doubtful = 0

    def plan(self, ref: RowRef, readings: Mapping[str, Reading[Any]]) -> Planned:
        """Return what the row would become; a second row of one person only fills in what the first left open."""
        if ref not in self._heard:
            self.foresee([(ref, readings)])
        said = self._heard.pop(ref)
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
        known = self._bearer(said)
        if known is not None:
            return self._seen(ref, said, known)
        at, likely = self._crowd.find(said.sign)
        return self._newcomer(ref, said, likely) if at is None else self._known(ref, said, at)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write new and changed persons; return what each row became."""
        return self._registrar.store(planned)

    def close(self) -> None:
        """Count the places where persons came, went or changed, and record the batch's one event."""
        self._registrar.close()

    def remarks(self) -> list[Saying]:
        """Return what a human should look at: rows that may speak of one person."""
        if not self._doubtful:
            return self._groups_lost()
        more = self._doubtful - len(self._doubts)
        things = [*self._doubts, *([Saying("另有 {rows} 行", {"rows": more})] if more else [])]
        return [
            Saying("有 {rows} 行需要核对：{things}", {"rows": self._doubtful, "things": things}),
            *self._groups_lost(),
        ]

    def expect(self, groups: Sequence[GroupRow]) -> None:
        """Let rows name groups that the same batch is about to register."""
        self._coming = tuple(groups)

    # planning

    def foresee(self, rows: Sequence[tuple[RowRef, Mapping[str, Reading[Any]]]]) -> None:
        """Look up all at once who of the register may be meant by some rows that are about to be planned."""
        saids = {ref: self._listener.hear(readings) for ref, readings in rows}
        self._heard.update(saids)
        clues = Clues()
        for said in saids.values():
            _add_clues(clues, said)
        unknown = [number for number in numbers_alike(clues) if next(self._positions.find(number), None) is None]
        if unknown:
            self._learn_known(unknown)
        self._held = self._held_for(saids.values()) if len(self._positions) else {}

    def _learn_known(self, numbers: Sequence[int]) -> None:
        for pk, name, pinyin, sex, birth, *indexes, division_id, marks in bulk.matching_keys(
            self.actor, numbers, but_of=self.batch
        ):
            sign = sign_of(name, pinyin, sex, birth, tuple(indexes), self._crowd.place_of(division_id or 0))
            at = self._add(sign, division_id or 0, pk)
            self._positions.add(pk, at)
            for mark in marks.split():
                self._bears(at, mark)

    def _held_for(self, saids: Iterable[Said]) -> dict[int, dict[str, Any]]:
        """Return what is held of those known to whom rows will be compared, as far as can be told before planning them."""
        wanted = set()
        for said in saids:
            at = self._bearer(said)
            at = self._crowd.find(said.sign)[0] if at is None else at
            if at is not None and self._crowd.numbers[at] and not self._filled[at]:
                wanted.add(self._crowd.numbers[at])
        return {row["pk"]: row for row in bulk.held(self.actor, _NAMES, wanted)} if wanted else {}

    def _held_of(self, at: int) -> dict[str, Any]:
        number = self._crowd.numbers[at]
        if number not in self._held:
            self._held |= {row["pk"]: row for row in bulk.held(self.actor, _NAMES, [number])}
        return self._held[number]

    def _bearer(self, said: Said) -> int | None:
        """Return who bears the mark of a row: of several the one stored last."""
        bearers = self._marks.find(int(said.mark, 16))
        return max(bearers, key=lambda at: self._crowd.numbers[at], default=None)

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
        group_id = self._group(said) if not self._filled[at] else None
        if group_id is not None and not self._held_of(at)["groups"]:
            return self._joined(ref, said, at, group_id)
        if self._latest[at] != int(said.mark, 16) and not self._filled[at]:
            held = self._held_of(at)
            found = comparing.corrections(said, held, self._inside)
            if len(comparing.fillings(found, said, held, self._inside)) < len(found):
                doubt = self._doubt(ref, name, Saying("以前导入过，之后这位成员的资料又有更新，没有改回"))
        self._filled[at] |= _TOUCHED
        return Planned(ref, Action.UNCHANGED, name, self._crowd.numbers[at] or None, doubt=doubt)

    def _joined(self, ref: RowRef, said: Said, at: int, group_id: int) -> Planned:
        """Plan a row taken before whose group was not in the register then: only that is added."""
        number = self._crowd.numbers[at]
        self._filled[at] |= _TOUCHED
        draft = Draft(at, {}, {}, number, self._crowd.division(at), group_id, said.mark)
        differences = self._differences({}, {}, said.group)
        return Planned(ref, Action.CHANGED, said.facts["name"], number or None, differences, data=draft)

    def _newcomer(self, ref: RowRef, said: Said, likely: Sequence[int]) -> Planned:
        name, group_id = said.facts["name"], self._group(said)
        at = self._add(said.sign, said.facts.get("division_id", 0), row=ref.number)
        self._filled[at] = _FULL | _TOUCHED | _bits(said.facts) | (_BITS["group"] if group_id else 0)
        self._bears(at, said.mark)
        double = Saying("可能与{persons}是同一人，已按新成员登记", {"persons": self._named(likely)})
        doubt = self._doubt(ref, name, double) if likely else None
        draft = Draft(at, said.facts, said.indexes, group_id=group_id, mark=said.mark)
        return Planned(ref, Action.NEW, name, data=draft, doubt=doubt)

    def _known(self, ref: RowRef, said: Said, at: int) -> Planned:
        number, name = self._crowd.numbers[at], said.facts["name"]
        doubt: Saying | None = None
        held: Mapping[str, Any] = {}
        if self._filled[at] & _FULL:
            found, group_id = self._gaps(said, at)
        else:
            held = self._held_of(at)
            found, group_id = self._differing(said, at, held)
            if held["left_on"]:
                doubt = self._doubt(ref, name, Saying("已登记为迁出或去世"))
        if not found and group_id is None:
            return Planned(ref, Action.UNCHANGED, name, number or None, doubt=doubt)
        self._crowd.learn(at, _told(found, said), found.get("division_id", 0))
        self._bears(at, said.mark)
        differences = self._differences(found, held, said.group if group_id else "")
        draft = Draft(at, found, {}, number, self._crowd.division(at), group_id, said.mark)
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
        if self._groups[key] is None:
            self._lost[said.group] += 1
        return self._groups[key]

    def _may_join(self, unit_id: int | None) -> bool:
        try:
            return unit_id is not None and (unit_id < 0 or bool(orgs.unit(self.actor, unit_id, needs=P.REGISTER)))
        except Refusal:
            return False

    @cached_property
    def _names(self) -> NameIndex:
        rows = (GroupRow(*row) for row in orgs.group_names(self.actor))
        return NameIndex((*rows, *self._coming), city=places.index(settings.WUYOU_HOME_DIVISION).home.name)

    # saying

    def _groups_lost(self) -> list[Saying]:
        """Return which names of groups led to none, how often, and what to do."""
        if not self._lost:
            return []
        named = [
            Saying("{name}（{rows} 人）", {"name": n, "rows": rows}) for n, rows in self._lost.most_common(MOST_NAMED)
        ]
        more = len(self._lost) - len(named)
        text = (
            "“所属组织”一列里有 {number} 个名称对应不上名册里的一个组织，这 {rows} 人没有记入组织，其他内容不受影响；"
            "请先登记这些组织或改正名称，再把同一份表格导入一次，就会补上：{things}"
        )
        things = [*named, *([Saying("另有 {number} 个名称", {"number": more})] if more > 0 else [])]
        return [Saying(text, {"number": len(self._lost), "rows": self._lost.total(), "things": things})]

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
        numbers = [number for at in likely if (number := self._crowd.numbers[at])]
        rows = [self._rows[at] for at in likely if not self._crowd.numbers[at]]
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


def _add_clues(clues: Clues, said: Said) -> None:
    """Add by what the persons of a row can be found, as finely as the crowd tells them apart."""
    clues.marks.add(said.mark)
    clues.ids.update(filter(None, (said.indexes.get("id_index"),)))
    clues.phones.update(filter(None, (said.indexes.get("phone_index"), said.indexes.get("other_phone_index"))))
    year = said.sign.birth // 10000
    clues.sounds.add((said.sound, f"{year:04d}" if year else "", said.sign.township))


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
