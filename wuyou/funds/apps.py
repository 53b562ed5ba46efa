"""The app of this package."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.funds"
    label = "funds"
    default_auto_field = "django.db.models.BigAutoField"
