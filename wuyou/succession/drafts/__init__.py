"""A draft as its pages need it: the change, its plan, the units that take part, and what each destination is called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs.models import Unit
from wuyou.succession import queries, rules
from wuyou.succession.alone import CHANGES_IDENTITY
from wuyou.succession.deciding import decide
from wuyou.succession.models import Succession
from wuyou.succession.permissions import P
from wuyou.succession.plan import OVER, Plan, from_json
from wuyou.succession.services.drafting import Told


@dataclass(frozen=True, slots=True)
class Draft:
    """A change with its plan. `units` are the old units and the existing heirs by id; `office` guides the first of them."""

    change: Succession
    plan: Plan
    units: Mapping[int, Unit]
    office: Unit | None

    @property
    def told(self) -> Told:
        """What the draft says of the change itself."""
        one = self.change
        return Told(one.on, one.document, one.shares_document, one.note)

    @property
    def is_alone(self) -> bool:
        """Whether it is a change of one unit that stays itself."""
        return rules.is_alone(self.change.kind, len(self.plan.predecessors), len(self.plan.heirs))

    @property
    def old_units(self) -> list[Unit]:
        """The old units, in their order."""
        return [self.units[pk] for pk in self.plan.predecessors if pk in self.units]

    @property
    def closing(self) -> list[Unit]:
        """The old units that close."""
        return [self.units[pk] for pk in self.plan.closing if pk in self.units]

    @property
    def heir_names(self) -> dict[str, str]:
        """What the units that go on are called, by destination, the main one first."""
        return {word: self.name(word) for word in self.plan.heirs}

    def name(self, word: str) -> str:
        """Return what a destination is called."""
        if word == OVER:
            return _("终止，不再延续")
        number = int(word[1:]) if word[1:].isdigit() else -1
        if word.startswith("n"):
            found = self.plan.founded[number] if 0 <= number < len(self.plan.founded) else None
            return (found.short_name or found.full_name) if found else _("新组织")
        unit = self.units.get(number)
        if unit is None and self.office is not None and self.office.pk == number:
            unit = self.office
        return unit.short_name if unit else _("不在您负责范围里的组织")

    def differing(self, plan: Plan) -> "Draft":
        """Return the draft as it would be with another plan."""
        return replace(self, plan=plan)


def draft(actor: Actor, change_id: int, *, needs: str = P.CHANGE) -> Draft:
    """Return a change with what its pages need. Raises NotFound, Forbidden."""
    change = queries.succession(actor, change_id, needs=needs)
    plan = from_json(change.plan)
    wanted = {*plan.predecessors, *plan.existing_heirs}
    found = Unit.objects.select_related("kind", "form", "county", "parent").filter(pk__in=wanted)
    units = {unit.pk: unit for unit in found}
    first = units.get(plan.predecessors[0]) if plan.predecessors else None
    return Draft(change, plan, units, first.parent if first else None)


def against(told: Draft) -> tuple[Reason, ...]:
    """Return the reasons for which a draft cannot be carried out as it is; none when nothing is known to be against it.

    What only shows while it is carried out, as sums that do not agree, is not among them.
    """
    if told.is_alone and told.change.kind in CHANGES_IDENTITY and not told.plan.facts:
        missing: tuple[Reason, ...] = (Reason("还没有填写改成什么。", "full_name"),)
    elif told.change.kind == "change_host" and not told.plan.facts:
        missing = (Reason("还没有填写改到哪里挂靠，或改由谁领导。", "hosts"),)
    else:
        missing = ()
    try:
        decide(told.change, told.plan, told.units)
    except Refused as refused:
        return (*refused.reasons, *missing)
    return missing
