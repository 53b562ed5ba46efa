"""What is typed about a summary, made into commands of the services."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock
from wuyou.platform.widgets import DayField, PlainForm
from wuyou.summaries.services import Edit

OLDEST = 10
"""How many years back a summary may be begun."""


class OpenForm(PlainForm):
    """For which office and which year a summary is drafted."""

    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *given: Any, offices: Iterable[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = [(office.pk, office.short_name) for office in offices]
        this_year = clock.today().year
        self.fields["year"].choices = [(y, str(y)) for y in range(this_year, this_year - OLDEST, -1)]
        if len(self.fields["unit"].choices) == 1:
            self.fields["unit"].initial = self.fields["unit"].choices[0][0]
            self.fields["unit"].widget = forms.HiddenInput()


class YearForm(PlainForm):
    """Which year's summaries are listed."""

    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)

    def __init__(self, *given: Any, years: Iterable[int], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["year"].choices = [("", _("全部")), *((y, str(y)) for y in years)]

    def chosen(self) -> int | None:
        """Return the year asked for; None for all, and for what is no year of the list."""
        return self.cleaned_data["year"] if self.is_valid() else None


class EditForm(PlainForm):
    """The words of a summary. Numbers stand in it as ⟦名称⟧ and are filled in from the registers."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("标题分两行时，用空格隔开"))
    subtitle = forms.CharField(label=_("副标题"), max_length=120, required=False)
    number = forms.CharField(
        label=_("发文字号"), max_length=60, required=False, help_text=_("没有编号的不填；年份的括号自动改为〔〕")
    )
    as_of = DayField(
        label=_("数据截至"),
        help_text=_("统计到这一天为止；填年末那天，草稿就一直统计到当天"),
    )
    typed = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea({"class": "tall", "spellcheck": "false"}),
        validators=[MaxLengthValidator(100_000, _("正文太长，没有保存；请删减后再保存，已录入的文字没有丢失。"))],
        help_text=_(
            "⟦ ⟧ 里是登记数字的名称，可以移动或删去，显示时换成数字。小标题写成“一、……”“（一）……”，序号会自动重排"
        ),
    )

    def edit(self) -> Edit:
        """Return what was typed."""
        return Edit(**self.cleaned_data)


class FiguresForm(PlainForm):
    """The year whose figures are listed, and the last day that counts."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1950, max_value=2200)
    on = DayField(label=_("截至日期"), required=False)

    def year_and_day(self) -> tuple[int, date | None]:
        """Return what is asked for: this year unless one is given; None for the day when none of that year is given."""
        told = self.cleaned_data if self.is_valid() else {}
        year, day = told.get("year") or clock.today().year, told.get("on")
        year = min(year, clock.today().year)
        return year, day if day is not None and day.year == year else None
