"""Pages of units, and of the tables that an office edits."""

from wuyou.orgs.views.tables import addresses
from wuyou.orgs.views.targets import (
    targets,
    targets_facts,
    targets_new,
    targets_plan,
    targets_remove,
    targets_sheet,
    targets_table,
)
from wuyou.orgs.views.units import area_candidates, edit, event, found, links, venue, venue_edit

__all__ = [
    "addresses",
    "area_candidates",
    "edit",
    "event",
    "found",
    "links",
    "targets",
    "targets_facts",
    "targets_new",
    "targets_plan",
    "targets_remove",
    "targets_sheet",
    "targets_table",
    "venue",
    "venue_edit",
]
