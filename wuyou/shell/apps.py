"""The app of this package."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Registers the package with Django under its short name."""

    name = "wuyou.shell"
    label = "shell"
    default_auto_field = "django.db.models.BigAutoField"
