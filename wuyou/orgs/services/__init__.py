"""What an office does with units: found, revise, place, record events, register venues. The only writers here."""

from wuyou.orgs.services.correcting import correct_event, correct_placement, note_figures_moved, take_back_event
from wuyou.orgs.services.events import record_event, record_past_event
from wuyou.orgs.services.links import Links, host_for, link_unit, set_hosts
from wuyou.orgs.services.placing import place_unit
from wuyou.orgs.services.tables import add_row, remove_row, restore_row, retire_row, revise_row
from wuyou.orgs.services.targets import PlanFacts, draw_up_plan, remove_plan, revise_plan, set_targets
from wuyou.orgs.services.units import NewUnit, found_county_office, found_unit, revise_unit
from wuyou.orgs.services.venues import VenueFacts, correct_venue, register_venue

__all__ = [
    "Links",
    "NewUnit",
    "PlanFacts",
    "VenueFacts",
    "add_row",
    "correct_event",
    "correct_placement",
    "correct_venue",
    "draw_up_plan",
    "found_county_office",
    "found_unit",
    "host_for",
    "link_unit",
    "note_figures_moved",
    "place_unit",
    "record_event",
    "record_past_event",
    "register_venue",
    "remove_plan",
    "remove_row",
    "restore_row",
    "retire_row",
    "revise_plan",
    "revise_row",
    "revise_unit",
    "set_hosts",
    "set_targets",
    "take_back_event",
]
