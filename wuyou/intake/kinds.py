"""The kinds of table that can be brought in, what each needs, and the order in which a batch takes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wuyou.activities.columns import ACTIVITIES, VISITS
from wuyou.activities.permissions import P as ActivitiesP
from wuyou.assessment.columns import RUBRIC
from wuyou.assessment.permissions import P as AssessmentP
from wuyou.funds.columns import FUNDS
from wuyou.funds.permissions import P as FundsP
from wuyou.intake.entries import ActivityIntake, FundIntake, VisitIntake
from wuyou.intake.organisations import OrganisationIntake
from wuyou.intake.persons import PersonIntake
from wuyou.intake.planning import Intake, Writer
from wuyou.intake.registering import Registrar
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.orgs.columns import ORGANISATIONS
from wuyou.orgs.naming import GroupRow, NameIndex
from wuyou.orgs.permissions import P as OrgsP
from wuyou.people.columns import PERSONS
from wuyou.people.permissions import P as PeopleP
from wuyou.places import queries as places
from wuyou.platform.imports.columns import ImportKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its columns, the right it needs, how its rows become records (None: the whole table becomes one draft).

    `writer` stores what was planned before, in another process; None where rows are planned and stored in one go.
    `everywhere`: what it brings in is shared by all units, so the right must be held on the whole tree.
    """

    columns: ImportKind
    label: Any
    needs: str
    intake: Callable[..., Intake] | None
    personal: bool = False
    writer: Callable[..., Writer] | None = None
    everywhere: bool = False

    def allowed(self, actor: Actor) -> bool:
        """Say whether the actor may bring in tables of this kind somewhere."""
        return actor.can_everywhere(self.needs) if self.everywhere else actor.can(self.needs)


KINDS: Mapping[str, Kind] = {
    "organisations": Kind(ORGANISATIONS, _("基层组织台账"), OrgsP.FOUND, OrganisationIntake),
    "persons": Kind(PERSONS, _("侨情调查表（人员）"), PeopleP.REGISTER, PersonIntake, True, Registrar),
    "activities": Kind(ACTIVITIES, _("会议活动记录"), ActivitiesP.RECORD, ActivityIntake),
    "visits": Kind(VISITS, _("走访需求记录"), ActivitiesP.RECORD, VisitIntake),
    "funds": Kind(FUNDS, _("经费补助台账"), FundsP.RECORD, FundIntake),
    "rubric": Kind(RUBRIC, _("考核评分表"), AssessmentP.EDIT_STANDARD, None, everywhere=True),
}
"""In the order in which a batch takes them: groups first, as the others name them."""


def prepared(actor: Actor, planned_groups: tuple[GroupRow, ...] = ()) -> dict[str, Any]:
    """Return what readers need for a whole batch; `planned_groups` are those of the batch not yet in the register."""
    index = places.index(settings.WUYOU_HOME_DIVISION)
    known = tuple(
        GroupRow(pk, full, short, hosts, county) for pk, full, short, hosts, county in orgs.group_names(actor)
    )
    return {
        "places": index,
        "city": index.home.name,
        "area_code": settings.WUYOU_AREA_CODE,
        "groups": NameIndex((*known, *planned_groups), city=index.home.name),
    }


FAMILIES: Mapping[str, tuple[str, ...]] = {
    "organisations": ("organisations",),
    "persons": ("persons",),
    "activities": ("activities", "visits"),
    "visits": ("visits",),
    "funds": ("funds", "visits"),
    "rubric": ("rubric",),
}
"""What is taken from the files when a kind was chosen: an office keeps its visits beside its payments or activities."""


def field_labels() -> dict[str, str]:
    """Return what each field is called, by its name; a name that kinds share is called alike in all of them."""
    return {column.field: str(column.label) for kind in KINDS.values() for column in kind.columns.columns}
