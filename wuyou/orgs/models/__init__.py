"""Units of the organisation and every dated fact about them.

Only what holds today stands on the unit itself (path, state, names) so that lists are quick; the dated rows are the
record. All of it is written by `services`.
"""

from wuyou.orgs.models.events import Lineage, UnitEvent
from wuyou.orgs.models.tables import HostUnit, OfficeRow, UnitForm, UnitKind
from wuyou.orgs.models.targets import Target, TargetPlan
from wuyou.orgs.models.ties import AreaServed, Dated, Hosting, LedBy, Placement, Venue
from wuyou.orgs.models.units import FormerIdentity, Unit

__all__ = [
    "AreaServed",
    "Dated",
    "FormerIdentity",
    "HostUnit",
    "Hosting",
    "LedBy",
    "Lineage",
    "OfficeRow",
    "Placement",
    "Target",
    "TargetPlan",
    "Unit",
    "UnitEvent",
    "UnitForm",
    "UnitKind",
    "Venue",
]
