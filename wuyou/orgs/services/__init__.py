"""What an office does with units: found, revise, place, record events, register venues. The only writers here."""

from wuyou.orgs.services.events import record_event, record_past_event
from wuyou.orgs.services.links import Links, host_for, link_unit, set_hosts
from wuyou.orgs.services.placing import place_unit
from wuyou.orgs.services.tables import add_row, remove_row, restore_row, retire_row, revise_row
from wuyou.orgs.services.units import NewUnit, found_county_office, found_unit, revise_unit
from wuyou.orgs.services.venues import VenueFacts, correct_venue, register_venue

__all__ = [
    "Links",
    "NewUnit",
    "VenueFacts",
    "add_row",
    "correct_venue",
    "found_county_office",
    "found_unit",
    "host_for",
    "link_unit",
    "place_unit",
    "record_event",
    "record_past_event",
    "register_venue",
    "remove_row",
    "restore_row",
    "retire_row",
    "revise_row",
    "revise_unit",
    "set_hosts",
]
