"""Which group of the register a ledger means, when it writes the name otherwise than the register does."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading
from wuyou.kernel.sayings import Saying
from wuyou.orgs import queries as orgs
from wuyou.orgs.naming import GroupMatch, GroupRow, NameIndex
from wuyou.places import queries as places


@dataclass(frozen=True, slots=True)
class Same:
    """The unit that a ledger's row is about, None for a group that is new; `doubt` is what a human should look at."""

    unit: Any = None
    doubt: Saying | None = None


class Register:
    """The living groups that the office may see, found by name. Built once a batch."""

    def __init__(self, actor: Actor) -> None:
        self._units = {unit.pk: unit for unit in orgs.groups(actor).select_related("kind")}
        self._by_name = {unit.full_name: unit for unit in self._units.values()}
        rows = (GroupRow(*row) for row in orgs.group_names(actor))
        self._index = NameIndex(rows, city=places.index(settings.WUYOU_HOME_DIVISION).home.name)

    def find(self, full: str, county: str) -> Same:
        """Return who is meant by a full name, as a ledger writes it, of a county by its official name ("" = not told).

        Who bears the name is meant, also when one of the two leaves out places or is short; that is said, as the register's
        name then stays. A name that is only alike is a new group's, and that too is said: nothing is guessed.
        """
        if unit := self._by_name.get(full):
            return Same(unit)
        borne = self._index.bearer(full, county=county)
        if borne.value is not None and borne.value.id is not None:
            unit = self._units[borne.value.id]
            return Same(unit, Saying("登记的全称是“{name}”，按同一个组织更新，名称没有改。", {"name": unit.full_name}))
        alike = self._index.read(full, county=county)
        names = alike.value.full if alike.value else _candidates(alike)
        text = "名称和已登记的“{names}”相近，按新组织登记；如是同一个组织，请先把表中的名称改成登记的全称。"
        return Same(doubt=Saying(text, {"names": names}) if names else None)


def _candidates(reading: Reading[GroupMatch]) -> str:
    """Return the names that an ambiguous reading offers, "" when it offers none."""
    return next((words["candidates"] for f in reading.findings if "candidates" in (words := dict(f.words))), "")
