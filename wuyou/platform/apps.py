"""Start-up of the platform: what packages announce is collected and checked once, so that a slip fails at start."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The app of the support package."""

    name = "wuyou.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the path lookup and collect permissions and plugs of all packages."""
        from wuyou.platform import checks, permissions, plugs, scoping  # noqa: F401, PLC0415 -- registers on import

        permissions.collect()
        plugs.collect()
