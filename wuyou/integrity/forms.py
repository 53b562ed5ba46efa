"""What may be asked of the page of checks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.integrity.definition import SEVERITIES
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.widgets import PlainForm


class OfficeForm(PlainForm):
    """Whose units are wanted: those below one office, for who has several."""

    office = forms.ChoiceField(label=_("侨联"), required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        offices = orgs.federations(actor)
        self.fields["office"].choices = [("", _("全部")), *((str(o.pk), o.short_name) for o in offices)]

    def told(self, name: str) -> str:
        """Return a value where it is one of those offered, "" otherwise: a wrong filter narrows nothing."""
        return str(self.cleaned_data.get(name, "")) if self.is_bound and (self.is_valid() or self.cleaned_data) else ""


class ChecksForm(OfficeForm):
    """Which checks are wanted: of one severity, only those that found something."""

    severity = forms.ChoiceField(
        label=_("轻重"), required=False, choices=[("", _("全部")), *((str(s), word) for s, word in SEVERITIES.items())]
    )
    show = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("全部")), ("found", _("有问题的"))],
    )  # fmt: skip
    field_order = ("severity", "show", "office")
