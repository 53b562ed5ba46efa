"""What may be asked of the coverage pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wuyou.platform.asof import as_of
from wuyou.platform.widgets import DayField, PlainForm


class AsOfForm(PlainForm):
    """The day for which a page is read, as `platform.asof` reads it; the day is chosen beside the form and kept by it."""

    on = DayField(label=_("截至日期"), required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Mapping[str, Any], **named: Any) -> None:
        super().__init__(asked, **named)
        self.as_of = as_of(asked)
        self.data = {**{name: asked[name] for name in asked}, "on": self.as_of.asked.get("on", "")}

    def day(self) -> date:
        """Return the day asked for, never in the future."""
        return self.as_of.day

    def told(self, name: str) -> Any:
        """Return a value where it is valid, None otherwise: a wrong filter narrows nothing. Fields are read one by one."""
        field = self.fields.get(name)
        if field is None:
            return None
        try:
            return field.clean(self[name].data)
        except ValidationError:
            return None


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
