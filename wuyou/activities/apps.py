"""The app of this package."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
