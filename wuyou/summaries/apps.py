"""The app of this package."""

from django.apps import AppConfig


class SummariesConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.summaries"
    label = "summaries"
    default_auto_field = "django.db.models.BigAutoField"
