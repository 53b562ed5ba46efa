"""What a row of the ledger tells, what the registers know of its group, and in what the two differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from wuyou.activities import queries as activities
from wuyou.funds import queries as funds
from wuyou.intake.editing import ALL, Edits
from wuyou.intake.planning import Difference
from wuyou.kernel.actor import Actor
from wuyou.kernel.sayings import Saying
from wuyou.leadership import queries as leadership
from wuyou.orgs import ledger as org_ledger
from wuyou.people import queries as people
from wuyou.places.rules import PlaceRow
from wuyou.platform.presentation import masked_phone

LABELS = {
    "kind": "类型", "founded": "成立时间", "approval_number": "批复文号", "has_study_rules": "学习制度", "remark": "备注",
    "state": "状态",
}  # fmt: skip
VENUE_LABELS = {"address": "阵地地址", "area_m2": "阵地面积"}


@dataclass(slots=True)
class Ledger:
    """What one row of the ledger tells, sorted by the register that keeps it."""

    unit: dict[str, Any]
    hosts: tuple[str, ...] = ()
    county: PlaceRow | None = None
    counts: dict[str, int] = field(default_factory=dict)
    seats: list[tuple[str, str, str]] = field(default_factory=list)
    term: Any = None
    venue: Any = None
    area: Any = None
    address: str = ""
    budget: tuple[int | None, tuple[str, ...]] = (None, ())
    activities: int | None = None
    event: tuple[str, int | None] = ("", None)


class Known:
    """What the registers beside `orgs` know already, by unit id."""

    def __init__(self, actor: Actor, year: int, on: Any) -> None:
        self.counts = people.declared_by_unit(actor)
        self.budgets = {pk: (b.amount_fen, b.sources) for pk, b in funds.budgets(actor, year).items()}
        self.numbers = activities.declared_numbers(actor, year)
        current = leadership.current_terms(actor, on=on)
        self.terms = {pk: {(t.start, t.end), (t.start, t.first_end)} for pk, t in current.items()}
        self.seats = leadership.names_by_unit(actor, on=on)
        self.venues = org_ledger.venue_by_unit(actor, on=on)
        self.hosts = org_ledger.hosts_by_unit(actor)
        self.holders = leadership.holders(actor, on=on)
        self.events = org_ledger.events_by_year(actor)
        self.oldest: dict[int, str] = {}
        for pk, kind, year_of in self.events:
            if kind != "establish":
                self.oldest[pk] = min(year_of, self.oldest.get(pk, year_of))

    def differences(self, unit_id: int, ledger: Ledger) -> list[Difference]:
        """Return what a row tells otherwise than the registers, as (label, before, after)."""
        found: list[Difference] = []
        for category, number in ledger.counts.items():
            before = self.counts.get((unit_id, category))
            if before != number:
                label = Saying("{category}人数", {"category": Saying(category or "侨界群众")})
                found.append((label, str(before or ""), str(number)))
        amount, sources = ledger.budget
        if (amount is not None or sources) and self.budgets.get(unit_id) != (amount, ",".join(sources)):
            found.append(("年度经费", "", "" if amount is None else str(amount // 100)))
        if ledger.activities is not None and self.numbers.get(unit_id) != ledger.activities:
            found.append(("填报活动次数", str(self.numbers.get(unit_id, "")), str(ledger.activities)))
        if days(ledger.term)[1] is not None and days(ledger.term) not in self.terms.get(unit_id, ()):
            found.append(("届期", "", str(ledger.term.end)))
        found += self._venue_differences(unit_id, ledger)
        if ledger.hosts and self.hosts.get(unit_id, set()) != set(ledger.hosts):
            found.append(("挂靠单位", "、".join(sorted(self.hosts.get(unit_id, ()))), "、".join(sorted(ledger.hosts))))
        found += [
            ("联系电话", masked_phone(p.phone), masked_phone(new)) for p, new in self.other_phones(unit_id, ledger)
        ]
        missing = [name for code, name, _phone in ledger.seats if (code, name) not in self.seats.get(unit_id, set())]
        if missing:
            found.append(("班子", "", "、".join(missing)))
        kind, year = ledger.event
        if kind and year and (unit_id, kind, str(year)) not in self.events:
            found.append(("沿革", "", Saying("{year}年", {"year": year})))
        return found

    def other_phones(self, unit_id: int, ledger: Ledger) -> list[tuple[Any, str]]:
        """Return the known holders of whom the ledger gives another telephone, with it."""
        named = [(self.holders.get((unit_id, code, name)), phone) for code, name, phone in ledger.seats if phone]
        return [(person, phone) for person, phone in named if person is not None and person.phone != phone]

    def _venue_differences(self, unit_id: int, ledger: Ledger) -> list[tuple[str, str, str]]:
        if ledger.venue is None or not ledger.venue.has:
            return []
        known = self.venues.get(unit_id)
        if known is None:
            return [("阵地", "", "有")]
        changes = venue_changes(known, ledger)
        return [(VENUE_LABELS[name], str(getattr(known, name) or ""), str(value)) for name, value in changes.items()]


def venue_changes(known: Any, ledger: Ledger) -> dict[str, Any]:
    """Return what the ledger tells of a venue otherwise than the register; what it leaves open changes nothing."""
    told = {"address": ledger.address, "area_m2": None if ledger.area is None else Decimal(str(ledger.area))}
    return {name: value for name, value in told.items() if value not in (None, "") and getattr(known, name) != value}


def standing(unit: Any) -> dict[str, Any]:
    """Return what the register holds of a unit in the fields that a ledger may correct, by name."""
    names = ("founded", "approval_number", "has_study_rules", "remark", "state")
    return {"kind": unit.kind.code, **{name: getattr(unit, name) for name in names}}


def days(term: Any) -> tuple[Any, Any]:
    """Return the first and the last day of a term, None for a day that is not told; both None without an end."""
    if term is None or term.end is None:
        return None, None
    return (term.start.first_day() if term.start else None), term.end.last_day()


def spared(ledger: Ledger, unit: Any, known: Known, edits: Edits) -> tuple[Ledger, Sequence[str]]:
    """Return the ledger without what would undo a change made by hand since the last import, and what was left out.

    The second are labels; what the ledger tells like the register is not among them.
    """
    fields = edits.fields(unit.pk)
    present, found, own = standing(unit), [], dict(ledger.unit)
    for name, label in LABELS.items():
        if (name in fields or ALL in fields) and own[name] not in (None, "") and own[name] != present[name]:
            own[name] = None
            found.append(label)
    less = replace(ledger, unit=own)
    if "state" in fields and ledger.event != ("", None):
        less.event = ("", None)
    if "hosts" in fields and ledger.hosts and known.hosts.get(unit.pk, set()) != set(ledger.hosts):
        less.hosts = ()
        found.append("挂靠单位")
    venue = known.venues.get(unit.pk)
    told = "venue" in fields and ledger.venue is not None and ledger.venue.has
    if told and (venue is None or venue_changes(venue, ledger)):
        less.venue = None
        found.append("阵地")
    kept = {person.name for person, _ in known.other_phones(unit.pk, ledger) if edits.person(unit.pk, person.pk)}
    if kept:
        less.seats = [(code, name, "" if name in kept else phone) for code, name, phone in ledger.seats]
        found.append("联系电话")
    return less, found
