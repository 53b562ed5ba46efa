"""Pages that compose several packages."""

from wuyou.shell.views.home import feedback, health, home, preference

__all__ = ["feedback", "health", "home", "preference"]
