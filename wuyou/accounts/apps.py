"""The app of this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
