"""What may be asked of the coverage pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock
from wuyou.platform.widgets import DayField, PlainForm


class AsOfForm(PlainForm):
    """The day for which a page is read; today when nothing usable is given."""

    on = DayField(label=_("截至日期"), required=False)

    def day(self) -> date:
        """Return the day asked for, never in the future."""
        return min(self.told("on") or clock.today(), clock.today())

    def told(self, name: str) -> Any:
        """Return a value where it is valid, None otherwise: a wrong filter narrows nothing."""
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get(name)


class TownshipsForm(AsOfForm):
    """Which of the townships with people are wanted."""

    show = forms.ChoiceField(
        label=_("组织"), required=False,
        choices=[("", _("全部")), ("reached", _("已有组织联系")), ("gap", _("还没有组织"))],
    )  # fmt: skip


class HostsForm(AsOfForm):
    """Which of the host units are wanted."""

    show = forms.ChoiceField(
        label=_("单位"), required=False,
        choices=[("", _("全部")), ("people", _("有侨界群众")), ("gap", _("有侨界群众、没有组织"))],
    )  # fmt: skip
