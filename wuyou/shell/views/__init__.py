"""Pages that compose several packages."""

from wuyou.shell.views.chart import chart
from wuyou.shell.views.contacts import contacts
from wuyou.shell.views.correcting import correct_event, correct_placement, recorded
from wuyou.shell.views.departing import depart
from wuyou.shell.views.events import events
from wuyou.shell.views.home import feedback, health, home, preference
from wuyou.shell.views.lists import tree, units
from wuyou.shell.views.moving import move
from wuyou.shell.views.settings import self_check, settings_page
from wuyou.shell.views.unit_page import unit
from wuyou.shell.views.years import years

__all__ = [
    "chart",
    "contacts",
    "correct_event",
    "correct_placement",
    "depart",
    "events",
    "feedback",
    "health",
    "home",
    "move",
    "preference",
    "recorded",
    "self_check",
    "settings_page",
    "tree",
    "unit",
    "units",
    "years",
]
