"""Pages that compose several packages."""

from wuyou.shell.views.home import feedback, health, home, preference
from wuyou.shell.views.units import tree, unit, units

__all__ = ["feedback", "health", "home", "preference", "tree", "unit", "units"]
