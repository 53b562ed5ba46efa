"""How the composition of leaderships is put into words, on the page and in the sheet."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.orgs.rules import Level
from wuyou.platform.presentation import Text, percent, quantity

TRAIT_WORDS: dict[str, Text] = {
    "women": gettext_lazy("妇女"),
    "youth": gettext_lazy("青年"),
    "minority": gettext_lazy("少数民族"),
    "new": gettext_lazy("新侨"),
    "office_staff": gettext_lazy("侨联机关人员"),
}
_LEVELS: dict[Level, Text] = {
    Level.CITY: gettext_lazy("市级"),
    Level.COUNTY: gettext_lazy("县级"),
    Level.GROUP: gettext_lazy("基层"),
}


def level_word(level: Level | None) -> Text:
    """Return what a level is called; None is all of them."""
    return _("合计") if level is None else _LEVELS[level]


def number_word(told: Any) -> str:
    """Return a number of persons as far as it is told: 12 人, <5, 不显示."""
    if told.number is not None:
        return quantity(told.number)
    return "<5" if told.is_small else _("不显示")


def share(told: Any, of: int) -> str:
    """Return a number of persons with its share: 12 人（34%）; of a hidden one no share, which would tell it."""
    if not told.number:
        return number_word(told)
    return _("%(number)s（%(share)s）") % {"number": number_word(told), "share": percent(told.number, of)}


def with_unclear(told: Any, unclear: Any, of: int) -> str:
    """Return a number of persons with its share, and of how many it is not known."""
    if unclear.number == 0:
        return share(told, of)
    return _("%(told)s，未登记 %(n)s") % {"told": share(told, of), "n": number_word(unclear)}
