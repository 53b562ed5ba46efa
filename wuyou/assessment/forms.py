"""What may be asked of the 五有 pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.assessment.languages import title
from wuyou.assessment.rules import StandardVersion
from wuyou.coverage.forms import AsOfForm

COMPLETE = "none"
"""The value of `lacking` that asks for units that lack nothing."""


class PictureForm(AsOfForm):
    """The day for which a page is read, today when nothing usable is given; and the standard, by its code."""

    standard = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class UnitsForm(PictureForm):
    """How the list of units is narrowed: by office, by stage, by what is missing."""

    office = forms.ChoiceField(label=_("侨联"), required=False)
    lacking = forms.ChoiceField(label=_("还缺"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    field_order = ("office", "lacking", "stage", "on", "standard")

    def offer(self, offices: Iterable[tuple[int, str]], version: StandardVersion) -> None:
        """Offer the actor's offices (id, name), the items and the stages of the standard."""
        everything: tuple[str, Any] = ("", _("全部"))
        self.fields["office"].choices = [everything, *((str(pk), name) for pk, name in offices)]
        items = [(item.code, title(item)) for item in version.dimensions]
        self.fields["lacking"].choices = [everything, *items, (COMPLETE, _("什么都不缺"))]
        self.fields["stage"].choices = [everything, *((stage.code, title(stage)) for stage in version.stages)]
        if not version.stages:
            del self.fields["stage"]
        if len(self.fields["office"].choices) <= 2:
            del self.fields["office"]
