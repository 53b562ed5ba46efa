"""What may be asked of the page of checks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.integrity.definition import SEVERITIES
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.widgets import PlainForm


class ChecksForm(PlainForm):
    """Which checks are wanted: of one severity, only those that found something, of the units below one office."""

    severity = forms.ChoiceField(
        label=_("轻重"), required=False, choices=[("", _("全部")), *((str(s), word) for s, word in SEVERITIES.items())]
    )
    show = forms.ChoiceField(label=_("结果"), required=False, choices=[("", _("全部")), ("found", _("有问题的"))])
    office = forms.ChoiceField(label=_("侨联"), required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        offices = orgs.federations(actor)
        self.fields["office"].choices = [("", _("全部")), *((str(o.pk), o.short_name) for o in offices)]
        if len(offices) < 2:
            del self.fields["office"]

    def told(self, name: str) -> str:
        """Return a value where it is one of those offered, "" otherwise: a wrong filter narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
