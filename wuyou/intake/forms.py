"""What the wizard asks: the files, then on what ground and for which purpose persons are registered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from wuyou.intake.kinds import KINDS
from wuyou.kernel.quotes import inner
from wuyou.platform.widgets import PlainForm

MOST_MEGABYTES = 60
DEFAULT_PURPOSE = _("侨情登记和联系服务")
GROUNDS = (
    ("consent", _("本人同意（调查时已告知用途并征得同意）")),
    ("separate_consent", _("本人单独同意（身份证号、困难、健康等敏感信息）")),
    ("legal_duty", _("法定职责（履行职责所必需，有文件依据）")),
)


class _ManyFiles(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; its value is a list of them."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files. Raises ValidationError for none, an empty one, or one that is too big."""
        given = data if isinstance(data, list | tuple) and data else [None]
        files = [super(FilesField, self).clean(one, initial) for one in given]
        for file in files:
            if file.size > MOST_MEGABYTES * 1024 * 1024:
                raise ValidationError(
                    _("“%(name)s”超过 %(most)s MB，没有上传；请分成几个文件再上传。")
                    % {"name": inner(file.name or ""), "most": MOST_MEGABYTES}
                )
        return files


class UploadForm(PlainForm):
    """Which files, and what they are if the office wants to say so."""

    sheets = FilesField(
        label=_("表格文件"), help_text=_("可以一次选几个文件；支持 .xlsx 和 .csv。台账、侨情表、活动记录可以一起上传。")
    )
    kind = forms.ChoiceField(label=_("表格类型"), required=False)
    unit = forms.TypedChoiceField(label=_("登记单位"), coerce=int)

    def __init__(self, *given: Any, offices: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        kinds = [(name, kind.label) for name, kind in KINDS.items()]
        self.fields["kind"].choices = [("", _("由程序识别")), *kinds]
        self.fields["unit"].choices = list(offices)
        if offices:
            self.fields["unit"].initial = offices[0][0]
        if len(offices) == 1:
            self.fields["unit"].widget = forms.HiddenInput()


class PurposeForm(PlainForm):
    """The ground and the purpose for which the persons of a batch are registered."""

    ground = forms.ChoiceField(label=_("登记个人信息的依据"), choices=GROUNDS, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("用途"), max_length=200, initial=DEFAULT_PURPOSE, help_text=_("会告知本人；只能用于这里写明的用途。")
    )
