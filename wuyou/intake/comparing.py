"""What a row would change of a person who is known: only what it says, never back to less, never to nothing.

The first row of a batch that speaks of a person may correct what is held; a later one of the same batch, or one of an
older survey, only fills in what is missing. So the same rows again change nothing, in whatever order they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

from wuyou.intake.facts import Said
from wuyou.intake.matching import Sign
from wuyou.kernel.partialdate import PartialDate
from wuyou.people import bulk

DATES = ("birth", "returned", "went_abroad", "surveyed")
_APART = ("phone", "other_phone", "division_id", "address", "birth_calendar")
Inside = Callable[[int, int], bool]
"""Says whether the first division lies inside the second, itself not."""
Facts = dict[str, Any]


def corrections(said: Said, held: Mapping[str, Any], inside: Inside) -> Facts:
    """Return the facts of a row that differ from what is held of a person (a row of `bulk.held`)."""
    found: Facts = {}
    for name, value in said.facts.items():
        if name in _APART or _same(name, value, said, held):
            continue
        if not (name in DATES and is_less_exact(value, held[name])):
            found[name] = value
    if "birth" in found:
        found["birth_calendar"] = said.facts.get("birth_calendar", "solar")
    return {**found, **_numbers(said, held), **_place(said, held, inside)}


def fillings(found: Facts, said: Said, held: Mapping[str, Any], inside: Inside) -> Facts:
    """Return those corrections that fill in what is missing, or say more exactly what is held."""
    kept = {n: v for n, v in found.items() if not held[n] or (n in DATES and is_less_exact(held[n], v))}
    if "birth" in kept:
        kept["birth_calendar"] = found["birth_calendar"]
    if "division_id" in found and held["division_id"] and inside(found["division_id"], held["division_id"]):
        kept |= {name: found[name] for name in ("division_id", "address") if name in found}
    if "phone" in found and held["phone_index"] and not held["other_phone_index"]:
        kept["other_phone"] = said.facts["phone"]
    return kept


def gaps(said: Said, is_filled: Callable[[str], bool], sign: Sign, division: int, inside: Inside) -> Facts:
    """Return what a row adds to a person of whom only is known which fields are filled, the sign and the division."""
    facts = said.facts
    found = {n: v for n, v in facts.items() if n not in _APART and not is_filled(n)}
    if "birth" in facts and is_filled("birth") and _is_less_exact_number(sign.birth, said.sign.birth):
        found["birth"] = facts["birth"]
    if "birth" in found:
        found["birth_calendar"] = facts.get("birth_calendar", "solar")
    numbers = [
        n
        for n in ("phone", "other_phone")
        if n in facts and getattr(said.sign, n) not in (sign.phone, sign.other_phone)
    ]
    free = [n for n in ("phone", "other_phone") if not is_filled(n)]
    found.update({place: facts[number] for place, number in zip(free, numbers, strict=False)})
    if not is_filled("division_id") or ("division_id" in facts and inside(facts["division_id"], division)):
        found |= {name: facts[name] for name in ("division_id", "address") if name in facts}
    elif not is_filled("address") and "address" in facts:
        found["address"] = facts["address"]
    return found


def is_older(said: Said, held: Mapping[str, Any]) -> bool:
    """Say whether the row is of an older survey than what is held; only days can be compared."""
    mine, theirs = said.facts.get("surveyed", ""), held["surveyed"]
    return len(mine) == len(theirs) == len("2025-01-01") and mine < theirs


def is_less_exact(date: str, known: str) -> bool:
    """Say whether an ISO date is the same as a known one, only less exact: 1952 beside 1952-05."""
    return len(date) < len(known) and PartialDate.parse(date).covers(PartialDate.parse(known))


def _is_less_exact_number(birth: int, known: int) -> bool:
    whole = birth // 100 if birth % 10000 else birth // 10000
    size = 100 if birth % 10000 else 10000
    return birth != known and birth % 100 == 0 and known // size == whole and birth != 0


def _same(name: str, value: Any, said: Said, held: Mapping[str, Any]) -> bool:
    index = bulk.INDEXES.get(name)
    if index is not None:
        return bool(held[index.attname] == said.indexes[index.attname])
    if name in bulk.SEALED:
        return bool(bulk.opened(held, name) == value)
    return bool(held[name] == value)


def _numbers(said: Said, held: Mapping[str, Any]) -> Facts:
    """Return what changes of two telephones: a number that is known, first or second, is no news."""
    known = {held["phone_index"], held["other_phone_index"]}
    told = [n for n in ("phone", "other_phone") if n in said.facts]
    news = [n for n in told if said.indexes[f"{n}_index"] not in known]
    if not news:
        return {}
    if "phone" in news:
        return {n: said.facts[n] for n in told}
    return {"other_phone": said.facts["other_phone"]}


def _place(said: Said, held: Mapping[str, Any], inside: Inside) -> Facts:
    """Return what changes of division and address; less exact than what is held is no news, nor a text that fits no place."""
    new, old = said.facts.get("division_id"), held["division_id"]
    if (new is None and held["address"]) or (new is not None and old is not None and inside(old, new)):
        return {}
    told = {n: said.facts[n] for n in ("division_id", "address") if n in said.facts}
    return {n: v for n, v in told.items() if v != held[n]}
