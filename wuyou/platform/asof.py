"""The day for which a page is read: today, or the day of the past that stands in its address as `on=YYYY-MM-DD`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.platform.presentation import Text, day_in_prose
from wuyou.platform.widgets import DayField

NAME = "on"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a page shows. `remark` says why it is today where another day was asked for, "" else."""

    day: date
    remark: Text = ""

    @property
    def is_past(self) -> bool:
        """Whether the page shows a day of the past, on which nothing is edited."""
        return self.day < clock.today()

    @property
    def asked(self) -> dict[str, str]:
        """What an address keeps of the day; today needs no saying."""
        return {NAME: self.day.isoformat()} if self.is_past else {}

    def at(self, address: str) -> str:
        """Return an address (without a fragment) that shows the same day."""
        if not self.is_past:
            return address
        return f"{address}{'&' if '?' in address else '?'}{NAME}={self.day.isoformat()}"


def as_of(asked: Mapping[str, str]) -> AsOf:
    """Return the day that an address asks for; today, with a sentence why, for one that is none or has not come yet."""
    written, today = (asked.get(NAME) or "").strip(), clock.today()
    try:
        found = DayField(required=False).clean(written)
    except ValidationError:
        return AsOf(
            today, _("“%(written)s”不是可以查看的日期，下面是今天的情况；请重新选择日期。") % {"written": written[:20]}
        )
    if found is not None and found > today:
        return AsOf(today, _("%(day)s还没有到，下面是今天的情况；请选择以前的日期。") % {"day": day_in_prose(found)})
    return AsOf(found or today)
