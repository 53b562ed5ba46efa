"""What a password must be, said in the office's own language: Django's Chinese catalogue lacks the sentence on length."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Refuses passwords that are too short. Source: OWASP ASVS 5.0 6.2.1; no rule on the kinds of characters (6.2.5)."""

    def get_error_message(self) -> str:
        """Return the sentence for a password that is too short."""
        return _("密码太短，没有保存；请至少用 %(number)s 个字符，可以是一句话。") % {"number": self.min_length}

    def get_help_text(self) -> str:
        """Return the sentence that stands beside the field."""
        return _("至少 %(number)s 个字符，可以是一句话。") % {"number": self.min_length}
