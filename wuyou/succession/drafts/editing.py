"""What an officer does to a draft's plan, piece by piece. A plan in, a plan out; nothing is kept.

Whatever pointed to an heir that is no longer one falls back to where it goes by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from wuyou.succession.plan import OVER, NewHeir, Plan, Sorting, unit_word


def with_units(plan: Plan, unit_ids: Collection[int]) -> Plan:
    """Return the plan with more old units, in the order given; those that are there already are not added."""
    return replace(plan, predecessors=tuple(dict.fromkeys((*plan.predecessors, *unit_ids))))


def without_units(plan: Plan, unit_ids: Collection[int]) -> Plan:
    """Return the plan without some old units, their money and seals; each stays an heir where it was one."""
    gone = set(unit_ids)
    return _tidied(replace(plan, predecessors=tuple(pk for pk in plan.predecessors if pk not in gone)))


def with_heir(plan: Plan, unit_id: int, *, only: bool = False) -> Plan:
    """Return the plan with an existing unit as an heir, as the one heir when `only`."""
    word = unit_word(unit_id)
    kept = _without_heirs(plan) if only and plan.heirs != (word,) else plan
    return kept if word in kept.heirs else replace(kept, heirs=(*kept.heirs, word))


def with_new_heir(plan: Plan, heir: NewHeir, *, only: bool = False) -> Plan:
    """Return the plan with a unit to be founded as an heir, as the one heir when `only`."""
    kept = _without_heirs(plan) if only else plan
    return replace(kept, heirs=(*kept.heirs, f"n{len(kept.founded)}"), founded=(*kept.founded, heir))


def with_revised_heir(plan: Plan, place: int, heir: NewHeir) -> Plan:
    """Return the plan with other facts of the unit to be founded that stands at a place."""
    return replace(plan, founded=(*plan.founded[:place], heir, *plan.founded[place + 1 :]))


def without_heir(plan: Plan, word: str) -> Plan:
    """Return the plan without an heir; those to be founded that stand after it move up."""
    names: dict[str, str] = {}
    founded = plan.founded
    place = founded_place(plan, word)
    if place is not None:
        founded = (*founded[:place], *founded[place + 1 :])
        names = {f"n{n}": f"n{n - 1}" for n in range(place + 1, len(plan.founded))}
    heirs = tuple(names.get(heir, heir) for heir in plan.heirs if heir != word)
    told = _renamed(plan, {**names, word: ""})
    return _tidied(replace(told, heirs=heirs, founded=founded))


def main_first(plan: Plan, word: str) -> Plan:
    """Return the plan with one of its heirs as the main one, who gets what nobody chose otherwise."""
    if word not in plan.heirs:
        return plan
    return replace(plan, heirs=(word, *(heir for heir in plan.heirs if heir != word)))


def founded_place(plan: Plan, word: str) -> int | None:
    """Return at which place among those to be founded a destination stands; None for another."""
    place = int(word[1:]) if word[:1] == "n" and word[1:].isdigit() else -1
    return place if 0 <= place < len(plan.founded) else None


def _without_heirs(plan: Plan) -> Plan:
    return _tidied(replace(plan, heirs=(), founded=(), rows={}, people=Sorting(), money={}, counts={}))


def _renamed(plan: Plan, names: Mapping[str, str]) -> Plan:
    """Return the plan with destinations called otherwise; "" takes the choice away."""

    def of(choices: Mapping[int, str]) -> dict[int, str]:
        found = {key: names.get(word, word) for key, word in choices.items()}
        return {key: word for key, word in found.items() if word}

    gone = {word for word, name in names.items() if not name}
    people = replace(plan.people, hand=of(plan.people.hand), rest=names.get(plan.people.rest, plan.people.rest))
    return replace(
        plan,
        rows={link: kept for link, rows in plan.rows.items() if (kept := of(rows))},
        people=people,
        money={pk: _keys(parts, names) for pk, parts in plan.money.items() if not gone & set(parts)},
        counts={link: _keys(parts, names) for link, parts in plan.counts.items() if not gone & set(parts)},
    )


def _keys(parts: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(word, word): value for word, value in parts.items()}


def _tidied(plan: Plan) -> Plan:
    """Return the plan without what is said of units that no longer take part."""
    inside = set(plan.predecessors)
    return replace(
        plan,
        money={pk: parts for pk, parts in plan.money.items() if pk in inside},
        seals={pk: day for pk, day in plan.seals.items() if pk in inside},
        rows={link: kept for link, rows in plan.rows.items() if (kept := _still(plan, rows))},
    )


def _still(plan: Plan, rows: Mapping[int, str]) -> dict[int, str]:
    allowed = {*plan.heirs, OVER}
    return {key: word for key, word in rows.items() if word in allowed or not plan.heirs}
