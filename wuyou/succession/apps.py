"""The app of this package."""

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.succession"
    label = "succession"
    default_auto_field = "django.db.models.BigAutoField"
