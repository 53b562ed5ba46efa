"""The app of this package."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.integrity"
    label = "integrity"
    default_auto_field = "django.db.models.BigAutoField"
