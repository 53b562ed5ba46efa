"""The app of this package."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.leadership"
    label = "leadership"
    default_auto_field = "django.db.models.BigAutoField"
