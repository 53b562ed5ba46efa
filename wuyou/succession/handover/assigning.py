"""To which heir each person of an old unit goes: by hand, by the place lived in, by the employer, else with the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wuyou.people import queries as people
from wuyou.succession.plan import Plan


@dataclass(frozen=True, slots=True)
class Ground:
    """What an heir is known by: paths of the divisions that it serves, names of its host units."""

    areas: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def nearest(path: str, grounds: Mapping[str, Ground]) -> str:
    """Return the heir that serves the narrowest division in which a place (its path) lies; "" for none."""
    found = [(len(area), heir) for heir, ground in grounds.items() for area in ground.areas if path.startswith(area)]
    return max(found, key=lambda pair: pair[0])[1] if path and found else ""


def employing(workplace: str, grounds: Mapping[str, Ground]) -> str:
    """Return the heir at whose host unit somebody works: the longest name that the workplace bears; "" for none."""
    found = [
        (len(host), heir) for heir, ground in grounds.items() for host in ground.hosts if host and host in workplace
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The way in which a plan sorts persons; `grounds` is destination -> what that heir is known by."""

    plan: Plan
    grounds: Mapping[str, Ground]

    def __call__(self, person_ids: Sequence[int]) -> dict[int, str]:
        """Return the destinations of persons of the old units; who is absent goes where his unit goes by itself."""
        sorting = self.plan.people
        found = {pk: sorting.hand[pk] for pk in person_ids if pk in sorting.hand}
        if sorting.by:
            told = people.where_and_at_work([pk for pk in person_ids if pk not in found])
            found |= {pk: heir for pk, where in told.items() if (heir := self._by_rule(*where))}
        if sorting.rest:
            found |= {pk: sorting.rest for pk in person_ids if pk not in found}
        return found

    def _by_rule(self, path: str, workplace: str) -> str:
        if self.plan.people.by == "area":
            return nearest(path, self.grounds)
        return employing(workplace, self.grounds)
