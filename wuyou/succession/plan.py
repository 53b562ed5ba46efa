"""What a draft says is to happen: who goes on, and where each open thing goes. Plain values, kept as JSON in the draft.

A destination is a short word: "u12" is the unit with that id, "n0" the first unit that is yet to be founded, "over" means
that the thing ends with its unit.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

OVER = "over"


@dataclass(frozen=True, slots=True)
class NewHeir:
    """A unit that the change founds. `parent_id` None: under the office that guides the first of the old units."""

    full_name: str = ""
    short_name: str = ""
    kind: str = ""
    form: str = ""
    parent_id: int | None = None
    county_id: int | None = None
    area_ids: tuple[int, ...] = ()
    hosts: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where the people of the old units go: those chosen by hand first, then by a rule, the rest to one heir.

    `by` is "" (all to `rest`), "area" (by the place where they live) or "host" (by where they work). `hand` is person id ->
    destination; `rest` "" means the main heir.
    """

    by: str = ""
    hand: Mapping[int, str] = field(default_factory=dict)
    rest: str = ""


@dataclass(frozen=True)
class Plan:
    """A draft's choices.

    `predecessors` are ids of units. `heirs` are destinations, the first one being the main heir. `rows` is link -> row's
    key -> destination, for what shall not go where it goes by itself; `money` is unit id -> destination -> fen for a balance
    that is divided; `counts` is link -> destination -> category -> people. `seals` is unit id -> day on which its old seal
    was handed back. `facts` are the new facts of a unit that alone changes (names, kind, form, hosts, led_by, county_id).
    """

    predecessors: tuple[int, ...] = ()
    heirs: tuple[str, ...] = ()
    founded: tuple[NewHeir, ...] = ()
    rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    people: Sorting = field(default_factory=Sorting)
    money: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    seals: Mapping[int, date] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def existing_heirs(self) -> tuple[int, ...]:
        """The ids of the heirs that exist already, in their order."""
        return tuple(int(heir[1:]) for heir in self.heirs if heir.startswith("u"))

    @property
    def main(self) -> str:
        """The destination of what nobody chose otherwise; "" when nobody goes on."""
        return self.heirs[0] if self.heirs else ""

    @cached_property
    def closing(self) -> tuple[int, ...]:
        """The ids of the units that close: the old ones that are not among the heirs. Kept, as it is asked unit by unit."""
        going_on = frozenset(self.existing_heirs)
        return tuple(pk for pk in self.predecessors if pk not in going_on)


def unit_word(unit_id: int) -> str:
    """Return the destination that means a unit."""
    return f"u{unit_id}"


def to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain values."""
    told = asdict(plan)
    told["seals"] = {pk: day.isoformat() for pk, day in plan.seals.items()}
    return told


def from_json(told: Mapping[str, Any]) -> Plan:
    """Return the plan that `to_json` told; what is missing has its default."""
    people = told.get("people") or {}
    return Plan(
        predecessors=tuple(told.get("predecessors", ())),
        heirs=tuple(told.get("heirs", ())),
        founded=tuple(_heir(heir) for heir in told.get("founded", ())),
        rows={link: _by_id(rows) for link, rows in told.get("rows", {}).items()},
        people=Sorting(people.get("by", ""), _by_id(people.get("hand", {})), people.get("rest", "")),
        money=_by_id(told.get("money", {})),
        counts=told.get("counts", {}),
        seals={pk: date.fromisoformat(day) for pk, day in _by_id(told.get("seals", {})).items()},
        facts=told.get("facts", {}),
    )


def _heir(told: Mapping[str, Any]) -> NewHeir:
    lists = {name: tuple(told.get(name, ())) for name in ("area_ids", "hosts", "led_by")}
    return NewHeir(**{**told, **lists})


def _by_id(told: Mapping[Any, Any]) -> dict[int, Any]:
    return {int(pk): value for pk, value in told.items()}
