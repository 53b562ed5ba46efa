"""What is asked before a table leaves the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.platform.exports.making import Form
from wuyou.platform.widgets import PlainForm

OTHER = "other"
PURPOSES = (
    ("visit", _("走访慰问")),
    ("activity", _("组织活动时联系本人")),
    ("check", _("核对和补充侨情数据")),
    ("report", _("按规定向上级侨联报送")),
    (OTHER, _("其他")),
)


class ExportForm(PlainForm):
    """In which form the table is wanted; of persons also what for."""

    form = forms.ChoiceField(choices=[(form.value, form.value) for form in Form], widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("用途"), choices=PURPOSES, widget=forms.RadioSelect)
    detail = forms.CharField(label=_("用途说明"), required=False, max_length=100, help_text=_("选“其他”时请写明"))

    def __init__(self, *given: Any, personal: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not personal:
            del self.fields["purpose"], self.fields["detail"]

    def clean(self) -> dict[str, Any]:
        """Ask for words where the purpose is another one."""
        told = super().clean() or {}
        if told.get("purpose") == OTHER and not told.get("detail", "").strip():
            self.add_error("detail", _("请写明用途。"))
        return told

    def said(self) -> str:
        """Return the purpose in words; "" where none is asked."""
        told = self.cleaned_data
        word = str(dict(PURPOSES)[told["purpose"]]) if "purpose" in told else ""
        return "：".join(part for part in (word, told.get("detail", "").strip()) if part)
