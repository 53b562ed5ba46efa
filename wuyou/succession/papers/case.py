"""What papers tell of a change, gathered once: who takes part, what becomes other, what each holds, what goes where.

Of a draft it is what the transfer plan says, of a change that was carried out what its steps did.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from wuyou.kernel import clock
from wuyou.kernel.docnumber import read_document_number
from wuyou.orgs.models import FormerIdentity, Hosting, Unit
from wuyou.orgs.queries import open_on
from wuyou.platform.handover import Balance, Carry, Move, Total
from wuyou.succession.drafts import Draft, facts
from wuyou.succession.handover import inventory
from wuyou.succession.handover.handing import newest
from wuyou.succession.handover.links import Link, links, of_policy
from wuyou.succession.models import Step
from wuyou.succession.plan import OVER, unit_word
from wuyou.succession.rules import Sums

BRIEF = 5
"""So many units a title names; of more the first few."""
BLANK = "______"
DAY_BLANK = "____年__月__日"
NUMBER_BLANK = "____〔____〕____号"


@dataclass(frozen=True, slots=True)
class Side:
    """A unit that takes part, as papers name it: its full name on the eve of the change. `is_new`: the change founds it.

    `before` and `after` are what it holds; None where a change that was carried out kept no record of each unit.
    """

    word: str
    name: str
    founded: str = ""
    document: str = ""
    hosts: tuple[str, ...] = ()
    is_new: bool = False
    before: Sums | None = None
    after: Sums | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """Things of one kind that go from a unit to another. `giver` "" = one of the old units, `taker` "" = they end."""

    label: str
    giver: str
    taker: str
    number: str
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A change as its papers tell it. `office` is the full name of the office that guides the first old unit."""

    kind: str
    kind_word: str
    is_alone: bool
    is_done: bool
    on: date | None
    document: str
    note: str
    office: str
    old: tuple[Side, ...]
    closing: tuple[Side, ...]
    heirs: tuple[Side, ...]
    becoming: tuple[tuple[str, str, str], ...]
    together: tuple[Sums, Sums] | None
    handed: tuple[Handed, ...]
    seals: dict[str, date]

    @property
    def new_name(self) -> str:
        """The full name that a unit which alone changes has afterwards; "" when it keeps its own."""
        return next((after for label, _before, after in self.becoming if label == "全称"), "")

    @property
    def going_on(self) -> tuple[Side, ...]:
        """The heirs that are not themselves among the old units."""
        old = {side.word for side in self.old}
        return tuple(side for side in self.heirs if side.word not in old)


def case(draft: Draft) -> Case:
    """Return what the papers of a change tell; its words are in the language that is active."""
    change, plan = draft.change, draft.plan
    is_done = change.state != "draft"
    on = change.on or clock.today()
    eve = _names_on_the_eve(draft, on) if is_done else {}
    sides = _sides(draft, eve, on)
    old = tuple(sides[unit_word(pk)] for pk in plan.predecessors if unit_word(pk) in sides)
    words = {word: side.name for word, side in sides.items()}
    words |= {unit_word(draft.office.pk): draft.office.full_name} if draft.office else {}
    outcome = change.outcome
    together = (Sums(**outcome["before"]), Sums(**outcome["after"])) if "before" in outcome else None
    if not is_done and not draft.is_alone:
        held = inventory.preview(plan, on)
        together = held.together_before, held.together_after
    handed = () if draft.is_alone else tuple(_done(draft, words) if is_done else _planned(draft, words, on))
    return Case(
        change.kind, str(change.get_kind_display()), draft.is_alone, is_done, change.on,
        read_document_number(change.document).text, change.note, draft.office.full_name if draft.office else "", old,
        tuple(sides[unit_word(pk)] for pk in plan.closing if unit_word(pk) in sides),
        tuple(sides[word] for word in plan.heirs if word in sides), _becoming(draft, eve, on), together, handed,
        {unit_word(pk): day for pk, day in plan.seals.items()},
    )  # fmt: skip


def _names_on_the_eve(draft: Draft, on: date) -> dict[int, FormerIdentity]:
    """Return what the units were until the change, of those that are otherwise called or otherwise made since."""
    rows = FormerIdentity.objects.filter(unit__in=draft.units, until__gte=on).select_related("kind", "form")
    return {row.unit_id: row for row in rows.order_by("-until")}  # the one that ended first comes last


def _sides(draft: Draft, eve: dict[int, FormerIdentity], on: date) -> dict[str, Side]:
    plan, found = draft.plan, dict[str, Side]()
    held = inventory.preview(plan, on) if draft.change.state == "draft" and not draft.is_alone else None
    hosts = _hosts(list(draft.units), on)
    for pk, unit in draft.units.items():
        word, then = unit_word(pk), eve.get(pk)
        before = held.before.get(word) if held else None
        after = held.after.get(word) if held else None
        found[word] = Side(
            word, then.full_name if then else unit.full_name, unit.founded, unit.approval_number, hosts.get(pk, ()),
            before=before, after=after,
        )  # fmt: skip
    for place, heir in enumerate(plan.founded):
        after = held.after.get(f"n{place}") if held else None
        found[f"n{place}"] = Side(f"n{place}", heir.full_name, hosts=heir.hosts, is_new=True, after=after)
    return found


def _hosts(unit_ids: list[int], on: date) -> dict[int, tuple[str, ...]]:
    """Return at which host units some units sat on the eve of a day."""
    rows = Hosting.objects.filter(open_on(date.fromordinal(on.toordinal() - 1)), unit__in=unit_ids).order_by("pk")
    found: dict[int, tuple[str, ...]] = {}
    for pk, name in rows.values_list("unit", "host__name"):
        found[pk] = (*found.get(pk, ()), name)
    return found


def _becoming(draft: Draft, eve: dict[int, FormerIdentity], on: date) -> tuple[tuple[str, str, str], ...]:
    """Return what becomes other about a unit that alone changes, as (what, before, after)."""
    if not draft.is_alone or not draft.old_units:
        return ()
    if draft.change.state == "draft":
        return tuple(facts.shown(draft))
    unit = draft.old_units[0]
    return tuple(facts.shown(draft, facts.present(unit, eve.get(unit.pk), date.fromordinal(on.toordinal() - 1))))


def _planned(draft: Draft, words: dict[str, str], on: date) -> Iterator[Handed]:
    """Yield what would go where, table by table, then the money."""
    for table in inventory.open_tables(draft.plan, on):
        for (unit_id, destination), number in table.numbers.items():
            giver = unit_word(unit_id)
            if destination != giver:
                taker = "" if destination == OVER else words.get(destination, BLANK)
                told = f"{number}人" if table.by_person else f"{number}项"
                yield Handed(str(table.label), words.get(giver, BLANK), taker, told, table.by_person)
    for one in inventory.money_left(draft.plan, on):
        giver = unit_word(one.unit_id)
        for destination, fen in one.parts.items():
            if fen and destination != giver:
                yield Handed("经费结余", words.get(giver, BLANK), words.get(destination, BLANK), yuan(fen))


def _done(draft: Draft, words: dict[str, str]) -> Iterator[Handed]:
    """Yield what went where, table by table, as the steps of the change tell; what ended with its unit last."""
    tables = {(link.model._meta.label, f"{link.field}_id"): link for link in links() if _is_told(link.policy)}
    found: Counter[tuple[str, int | None, int]] = Counter()
    ended: dict[str, list[Any]] = {}
    for step in draft.change.steps.exclude(action=Step.Action.REMOVED).order_by("number"):
        for (table, column), link in tables.items():
            after = (step.after or {}) if table == step.table else {}
            if (heir := after.get(column)) is not None:
                found[link.name, (step.before or {}).get(column), heir] += len(step.ids)
            elif step.action == Step.Action.CHANGED and "end" in after:
                ended.setdefault(link.name, []).extend(step.ids)
    names = _full_names({heir for _name, _giver, heir in found}, words)
    only = draft.plan.predecessors[0] if len(draft.plan.predecessors) == 1 else 0
    known = {link.name: link for link in tables.values()}
    for (name, giver, heir), number in found.items():
        policy, taker = known[name].policy, names.get(heir, BLANK)
        givers = {giver or only: number}
        if not giver and not only:
            givers = _givers(known[name], ended.get(name, []), number) or givers
        for pk, part in givers.items():
            yield Handed(str(policy.label), names.get(pk, ""), taker, _many(policy, part), bool(policy.person))
    yield from _money_done(draft, names)
    yield from _counts_done(draft, names)
    for name, numbers in draft.change.outcome.get("numbers", {}).items():
        over = numbers.get("ended", 0) - numbers.get("begun", 0)
        if name in known and over > 0:
            policy = known[name].policy
            yield Handed(str(policy.label), names.get(only, ""), "", _many(policy, over), bool(policy.person))


def _full_names(unit_ids: Collection[int], words: dict[str, str]) -> dict[int, str]:
    """Return what units are called by id: as `words` have it, those that it does not know as today."""
    names = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "full_name"))
    return names | {int(word[1:]): name for word, name in words.items() if word.startswith("u")}


def _givers(link: Link, ended: list[Any], begun: int) -> dict[int, int]:
    """Return of which units the rows ended of which as many began with one heir; nothing where they are not the same ones."""
    if len(ended) != begun:
        return {}
    column = f"{link.field}_id"
    rows = link.rows.filter(pk__in=ended).order_by(column).values_list(column).annotate(n=Count("pk"))
    return dict(rows)


def _many(policy: Any, number: int) -> str:
    return f"{number}人" if policy.person else f"{number}项"


def _is_told(policy: Any) -> bool:
    return isinstance(policy, (Move, Carry))


def _made(draft: Draft, link: Link) -> Any:
    """Return the rows of a table that the change made, in the order in which they were written."""
    steps = draft.change.steps.filter(table=link.model._meta.label, action=Step.Action.MADE)
    return link.rows.filter(pk__in=[pk for step in steps for pk in step.ids]).order_by("pk")


def _money_done(draft: Draft, names: dict[int, str]) -> Iterator[Handed]:
    """Yield the money that went over, by who gave and who took it: its rows were written in pairs, the giver's first."""
    for link in of_policy(Balance):
        rows = list(_made(draft, link).values_list(f"{link.field}_id", link.policy.amount))
        sums = Counter[tuple[int, int]]()
        for (giver, fen), (taker, _same) in zip(rows[::2], rows[1::2], strict=True):
            sums[giver, taker] += fen
        called = {**_full_names({pk for pair in sums for pk in pair}, {}), **names}
        for (giver, taker), fen in sorted(sums.items()):
            yield Handed("经费结余", called[giver], called[taker], yuan(fen))


def _counts_done(draft: Draft, names: dict[int, str]) -> Iterator[Handed]:
    """Yield how many people each heir reaches in addition; by who said so, where one gives to all or all give to one."""
    plan, on = draft.plan, draft.change.on
    assert on is not None  # carried out
    for link in of_policy(Total):
        eve = date.fromordinal(on.toordinal() - 1)
        rows = _made(draft, link).values_list(f"{link.field}_id", link.policy.per, link.policy.amount)
        takers = {pk: {what: n for unit, what, n in rows if unit == pk} for pk in dict.fromkeys(r[0] for r in rows)}
        own = newest(link, list(takers), eve)
        called = {**_full_names(takers, {}), **names}
        single = called[next(iter(takers))] if len(takers) == 1 else ""
        if single:
            given = newest(link, plan.closing, on)
            told = [(called.get(pk, ""), single, numbers) for pk in plan.closing if (numbers := given.get(pk))]
        else:
            giver = plan.predecessors[0] if len(plan.predecessors) == 1 else 0
            told = [(called.get(giver, ""), called[pk], _beyond(numbers, own.get(pk, {})))
                    for pk, numbers in takers.items() if pk not in plan.predecessors]  # fmt: skip
        for giving, taking, numbers in told:
            for what, number in numbers.items():
                label = f"{link.policy.label}（{what}）" if what else str(link.policy.label)
                yield Handed(label, giving, taking, f"{number}人")


def _beyond(numbers: dict[Any, int], own: dict[Any, int]) -> dict[Any, int]:
    """Return what numbers have grown by."""
    return {what: number - own.get(what, 0) for what, number in numbers.items()}


def persons_handed_over(draft: Draft) -> dict[int, tuple[int, str]]:
    """Return the persons whose data another unit keeps after a change, as person id -> (old unit's id, new keeper's name).

    Source: 个人信息保护法 art. 22: it is these who must be told.
    """
    found: dict[int, tuple[int, str]] = {}
    if draft.is_alone:
        return found
    keeping = [link for link in of_policy(Move) if link.policy.person == "pk"]
    if draft.change.state == "draft":
        on = draft.change.on or clock.today()
        for link in keeping:
            for unit_id, person_id, word in inventory.persons_going(draft.plan, link, on):
                found[person_id] = (unit_id, draft.name(word))
        return found
    for link in keeping:
        column = f"{link.field}_id"
        steps = draft.change.steps.filter(table=link.model._meta.label, action=Step.Action.CHANGED)
        for step in steps.order_by("number"):
            giver, taker = (step.before or {}).get(column), (step.after or {}).get(column)
            if giver is not None and taker is not None:
                name = Unit.objects.values_list("short_name", flat=True).get(pk=taker)
                found |= dict.fromkeys(step.ids, (giver, name))
    return found


def yuan(fen: int) -> str:
    """Return fen as a document writes them: 30元, 12.50元."""
    sign, (whole, rest) = ("-" if fen < 0 else ""), divmod(abs(fen), 100)
    return f"{sign}{whole}" + (f".{rest:02d}" if rest else "") + "元"


def listed(sides: tuple[Side, ...]) -> str:
    """Return the names of units one after the other; a blank when there is none."""
    return "、".join(side.name or BLANK for side in sides) or BLANK


def brief(sides: tuple[Side, ...]) -> str:
    """Return the names of units as a title or a signature has them: of many the first few, and how many they are."""
    return listed(sides) if len(sides) <= BRIEF else f"{listed(sides[:3])}等{len(sides)}个组织"


def in_words(day: date | None) -> str:
    """Return a day as documents write it; a blank for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else DAY_BLANK
