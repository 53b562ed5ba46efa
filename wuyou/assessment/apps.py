"""The app of this package."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
