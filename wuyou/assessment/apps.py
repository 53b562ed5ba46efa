"""The app of this package."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers the package with Django under its short name, and binds the facts to the registers."""

    name = "wuyou.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the registers answer the facts of the catalogue."""
        from wuyou.assessment import facts_binding  # noqa: PLC0415 -- reads models, which are ready only now

        facts_binding.bind()
