"""Pages that compose several packages."""

from wuyou.shell.views.contacts import contacts
from wuyou.shell.views.departing import depart
from wuyou.shell.views.events import events
from wuyou.shell.views.home import feedback, health, home, preference
from wuyou.shell.views.moving import move
from wuyou.shell.views.settings import self_check, settings_page
from wuyou.shell.views.units import tree, unit, units

__all__ = [
    "contacts",
    "depart",
    "events",
    "feedback",
    "health",
    "home",
    "move",
    "preference",
    "self_check",
    "settings_page",
    "tree",
    "unit",
    "units",
]
