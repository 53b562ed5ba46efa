"""The app of this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
