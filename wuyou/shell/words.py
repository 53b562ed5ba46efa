"""Words of the registers that several pages of the shell show."""

from django.utils.translation import gettext_lazy as _

from wuyou.platform.presentation import Text

STATE_WORDS: dict[str, Text] = {
    "normal": _("正常"),
    "lapsed": _("停滞"),
    "to_reorganise": _("待重组"),
    "dissolved": _("已撤销"),
    "not_founded": _("未成立"),
}


def state_word(state: str | None) -> Text:
    """Return the word for a unit's state on a day; "" when nobody can say."""
    return STATE_WORDS[state] if state else ""
