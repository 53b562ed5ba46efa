"""What a check is, what it finds, and the going-over in which checks share what they read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.actor import Actor
from wuyou.orgs.permissions import P as Orgs

T = TypeVar("T")


class Severity(StrEnum):
    """How pressing what a check finds is.

    MEND: the records contradict each other or point nowhere, so figures, rights or lists come out wrong. LOOK: something is
    missing or unlikely, and may yet be right.
    """

    MEND = "mend"
    LOOK = "look"


SEVERITIES: dict[Severity, Any] = {Severity.MEND: _("必须改正"), Severity.LOOK: _("请核对")}

SUBJECTS: dict[str, Any] = {
    "tree": _("指导关系"),
    "life": _("成立与沿革"),
    "papers": _("名称和文号"),
    "leadership": _("班子与届期"),
    "reach": _("联系服务"),
    "people": _("成员和人数"),
    "work": _("活动和经费"),
    "accounts": _("用户和授权"),
}
"""What checks are about, in the order of the page: the first word of a check's code, and its title."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One going-over of the records: for whom, and as they stand on which day. What several checks need is read once."""

    actor: Actor
    day: date
    _told: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def read(self, what: Callable[["Inspection"], T]) -> T:
        """Return what a reading tells; the second check that needs the same reading gets the first one's answer."""
        if what not in self._told:
            self._told[what] = what(self)
        told: T = self._told[what]
        return told


@dataclass(frozen=True, slots=True)
class Offender:
    """One thing that a check found: its name, its county, and what is wrong with it in one phrase.

    `unit_id` is the unit that it is or belongs to, with that unit's `path`; None and "" when it is of none. `key` is what the
    check's page is opened for, the unit unless said; `query` narrows that page.
    """

    label: str
    what: str
    county: str = ""
    unit_id: int | None = None
    path: str = ""
    key: Any = None
    query: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A question to the records.

    `code` is subject and name with a dot between. `reason` says in one sentence why it matters, `remedy` what to do. `find`
    yields the offenders among what the actor may see, in the order of counties and then of names: never by number. `page` is
    the URL name of the page that mends it and `mends` the permission for that page; `keyed` tells whether the page's address
    holds the offender's key. `reads` is the permission without which there is no such check. `names_users`: its offenders are
    persons who sign in, so it leaves the house in no table.
    """

    code: str
    name: Any
    severity: Severity
    reason: Any
    remedy: Any
    find: Callable[[Inspection], Iterable[Offender]]
    page: str
    mends: str
    reads: str = Orgs.VIEW
    keyed: bool = True
    names_users: bool = False

    @property
    def subject(self) -> str:
        """The subject's code."""
        return self.code.partition(".")[0]
