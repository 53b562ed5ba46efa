"""Many units that join a change or leave it at once: which there are to choose from, who may not come in, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.platform.presentation import Text
from wuyou.succession import queries
from wuyou.succession.drafts import Draft
from wuyou.succession.permissions import P
from wuyou.succession.words import shortened

PAGE_SIZE = 50

ELSEWHERE, CLOSED, NOT_YOURS, OTHER_LEVEL = "elsewhere", "closed", "not_yours", "other_level"
WHY: dict[str, Text] = {
    ELSEWHERE: gettext_lazy("有一项没有办完的变更"),
    CLOSED: gettext_lazy("已经撤销或合并"),
    OTHER_LEVEL: gettext_lazy("不是同一级的组织"),
    NOT_YOURS: gettext_lazy("不由您办理变更"),
}
"""Why a unit does not come in, in the order in which a sentence tells it."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What comes of adding units: the ids of those that come in, and the names of those left out, by why.

    Of a unit that the actor may not see the name is "".
    """

    ids: tuple[int, ...]
    left_out: dict[str, list[str]]

    def told(self) -> str:
        """Return in one sentence who was left out and why; "" when nobody was."""
        number = sum(map(len, self.left_out.values()))
        parts = [_why(why, self.left_out[why]) for why in WHY if why in self.left_out]
        words = {"n": number, "why": _("；").join(parts)}
        return _("%(n)s 个没有加入：%(why)s。") % words if parts else ""


def _why(why: str, names: Sequence[str]) -> str:
    told = [name for name in names if name]
    words = {"why": WHY[why], "n": len(names), "names": shortened(told)}
    return (_("%(why)s的 %(n)s 个（%(names)s）") if told else _("%(why)s的 %(n)s 个")) % words


def to_choose_from(actor: Actor, draft: Draft, by: orgs.UnitFilter) -> QuerySet[Unit]:
    """Return the units that a filter leaves of those that may yet become old units of a draft, by pinyin.

    Those in which another change is being worked on are among them: that they cannot come in is said.
    """
    found = orgs.narrowed(orgs.visible(actor, P.CHANGE), by)
    found = found.filter(kind__is_federation=draft.change.unit.kind.is_federation).exclude(state=Unit.State.DISSOLVED)
    return found.exclude(pk__in=draft.plan.predecessors).order_by("pinyin", "pk")


def taking_part(actor: Actor, draft: Draft, by: orgs.UnitFilter) -> QuerySet[Unit]:
    """Return the old units of a draft that a filter leaves, by pinyin, the one with which it began left out."""
    found = orgs.narrowed(orgs.visible(actor), by).filter(pk__in=draft.plan.predecessors)
    return found.exclude(pk=draft.change.unit_id).order_by("pinyin", "pk")


def page_of(units: QuerySet[Unit], page: int) -> Any:
    """Return one page of units with kind, county and parent."""
    return Paginator(units.select_related("kind", "county", "parent"), PAGE_SIZE).get_page(page)


def joining(actor: Actor, draft: Draft, unit_ids: Iterable[int]) -> Joining:
    """Return which of some units may become old units of a draft, and who is left out; those in it already are neither."""
    wanted = set(unit_ids) - set(draft.plan.predecessors)
    units = orgs.visible(actor).select_related("kind").filter(pk__in=wanted).order_by("pinyin", "pk")
    elsewhere = queries.in_drafts(wanted, besides=draft.change.pk)
    level, found, out = draft.change.unit.kind.level, list[int](), dict[str, list[str]]()
    seen = 0
    for unit in units:
        seen += 1
        why = _against(actor, unit, level, elsewhere)
        if why:
            out.setdefault(why, []).append(unit.short_name)
        else:
            found.append(unit.pk)
    if seen < len(wanted):
        out.setdefault(NOT_YOURS, []).extend([""] * (len(wanted) - seen))
    return Joining(tuple(found), out)


def _against(actor: Actor, unit: Unit, level: str, elsewhere: set[int]) -> str:
    if not actor.can(P.CHANGE, unit.path):
        return NOT_YOURS
    if unit.state == Unit.State.DISSOLVED:
        return CLOSED
    if unit.kind.level != level:
        return OTHER_LEVEL
    return ELSEWHERE if unit.pk in elsewhere else ""
