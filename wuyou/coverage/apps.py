"""The app of this package."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.coverage"
    label = "coverage"
    default_auto_field = "django.db.models.BigAutoField"
