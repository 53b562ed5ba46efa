"""What is typed about persons and counts, made into commands of the services."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import phone as phones
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.orgs.figures import living_ids
from wuyou.people.permissions import P
from wuyou.people.queries import NOT_SAID, PersonFilter
from wuyou.people.words import CATEGORIES
from wuyou.platform.figures import Asked
from wuyou.platform.widgets import Candidate, ConsentField, DayField, PickerField, PlainForm


class PersonForm(PlainForm):
    """The five questions of a registration, and one consent. Source: minimal form of design 3 §4.3."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    category = forms.ChoiceField(label=_("侨情类别"), required=False)
    area = PickerField(label=_("住在哪个村或社区"), required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    unit = PickerField(label=_("参加哪个组织"), required=False)
    agreed = ConsentField(
        label=_("本人已看过说明并同意登记"),
        purpose=_("联系本人，提供侨务服务，统计侨情"),
        contents=_("姓名、侨情类别、所在村或社区、联系电话、参加的组织"),
        kept=_("本人撤回同意或不再需要时删除，最长 5 年"),
    )

    def __init__(self, *given: Any, actor: Actor, find_area: Any, name_of_area: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["category"].choices = [("", _("不清楚")), *((c, c) for c in CATEGORIES)]
        groups = {str(u.pk): u.short_name for u in orgs.groups(actor, permission=P.REGISTER)}
        self.fields["unit"].offer(
            lambda typed: [Candidate(pk, n) for pk, n in groups.items() if typed in n][:8], groups.get
        )
        self.fields["area"].offer(find_area, name_of_area)
        if len(groups) == 1:
            self.fields["unit"].initial = next(iter(groups))

    def clean_phone(self) -> str:
        """Return the number in its plain form, or say what is wrong with it."""
        written: str = self.cleaned_data["phone"]
        read = phones.read_phones(written)
        if written and read.refused:
            raise forms.ValidationError(_("电话号码的位数不对，请核对；座机请写区号。"))
        return read.text or written


class CountForm(PlainForm):
    """How many people there are, as the unit declares."""

    people = forms.IntegerField(label=_("侨界群众人数"), min_value=0, max_value=1_000_000)
    counted_on = DayField(label=_("统计日期"))
    source = forms.CharField(label=_("数据来源"), max_length=120, help_text=_("例如：2025年侨情调查"))


class PersonQueryForm(PlainForm):
    """How a list of persons is narrowed."""

    q = forms.CharField(label=_("姓名或拼音首字母"), required=False, max_length=40)
    category = forms.ChoiceField(label=_("侨情类别"), required=False)
    on = DayField(required=False, widget=forms.HiddenInput)
    certified = forms.BooleanField(required=False, widget=forms.HiddenInput)
    member = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [*CATEGORIES, *_typed_category(self.data.get("category", ""))]
        self.fields["category"].choices = [("", _("全部")), *((c, c) for c in known), (NOT_SAID, _("未注明类别"))]

    def narrowed(self, unit: str, after: str) -> PersonFilter:
        """Return the filter asked for; what is no valid choice narrows nothing."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        unit_id = int(unit) if unit.isdigit() and len(unit) < 12 else None
        return PersonFilter(
            text=told.get("q", ""), category=told.get("category", ""), unit=unit_id, after=after[:200],
            on=told.get("on"), certified=bool(told.get("certified")),
        )  # fmt: skip

    def wants_members(self) -> date | None:
        """Return the day on which those asked for belonged to a group; None when that is not asked."""
        told = getattr(self, "cleaned_data", {})
        day: date | None = told.get("on")
        return day if told.get("member") else None


def at_groups(by: PersonFilter, form: PersonQueryForm, actor: Actor) -> PersonFilter:
    """Return the filter, narrowed to members of the groups that lived on a day where the form asks for that."""
    day = form.wants_members()
    return replace(by, groups=living_ids(Asked(actor, day.year, day))) if day else by


def _typed_category(asked: str) -> list[str]:
    """Return a category outside the list, which an office's own table may have brought in, so that it can be asked for."""
    return [asked] if asked not in (*CATEGORIES, NOT_SAID, "") and len(asked) <= 40 else []
