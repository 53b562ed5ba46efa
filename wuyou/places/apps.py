"""The app of this package."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
