"""The app of this package."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
