"""What the office types to set an event or a placement of a unit right."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.forms import as_printed
from wuyou.platform.widgets import DayField, PartialDateField, PlainForm


class CorrectEventForm(PlainForm):
    """When something befell a unit, and by which document."""

    on = PartialDateField(label=_("日期"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False)
    shares_document = forms.BooleanField(label=_("同一份文件还批准了别的事项"), required=False)
    note = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 300})
    )

    def clean_document(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["document"])


class CorrectPlacementForm(PlainForm):
    """Since when and until when an office guided a unit; what holds still has no end to be set right."""

    start = DayField(label=_("从哪天起"), required=False)
    end = DayField(label=_("到哪天止"), help_text=_("这一天起由后来的侨联指导"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False)

    def __init__(self, *given: Any, start: date | None, end: date | None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["start"].required = start is not None
        if end is None:
            del self.fields["end"]

    def clean_document(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["document"])
