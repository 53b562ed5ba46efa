"""Pages of units, and of the tables that an office edits."""

from wuyou.orgs.views.tables import addresses
from wuyou.orgs.views.units import area_candidates, edit, event, found, links, venue, venue_edit

__all__ = ["addresses", "area_candidates", "edit", "event", "found", "links", "venue", "venue_edit"]
