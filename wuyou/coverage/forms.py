"""What may be asked of the coverage pages."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock
from wuyou.platform.widgets import PlainForm


class AsOfForm(PlainForm):
    """The day for which a page is read; today when nothing usable is given."""

    on = forms.DateField(label=_("截至日期"), required=False, widget=forms.DateInput({"type": "date"}))

    def day(self) -> date:
        """Return the day asked for, never in the future."""
        asked = self.cleaned_data.get("on") if self.is_valid() else None
        return min(asked or clock.today(), clock.today())
