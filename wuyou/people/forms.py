"""What is typed about persons and counts, made into commands of the services."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock, idnumber
from wuyou.kernel import phone as phones
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.orgs.figures import living_ids
from wuyou.orgs.forms import named_units
from wuyou.orgs.permissions import P as OrgsP
from wuyou.people import queries
from wuyou.people.permissions import P
from wuyou.people.queries import NOT_SAID, PersonFilter
from wuyou.people.words import CATEGORIES, ETHNIC_GROUPS, SCHOOLING
from wuyou.platform.figures import Asked
from wuyou.platform.presentation import Text, masked_id, masked_phone
from wuyou.platform.widgets import ConsentField, DayField, PartialDateField, PickerField, PlainForm


def read_phone(written: str) -> str:
    """Return a telephone number in its plain form; raise ValidationError with what is wrong with it."""
    read = phones.read_phones(written)
    if written and read.refused:
        raise forms.ValidationError(_("电话号码的位数不对，请核对；座机请写区号。"))
    return read.text or written


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
        self.fields["unit"].offer(lambda typed: named_units(actor, groups, typed), groups.get)
        self.fields["area"].offer(find_area, name_of_area)
        if len(groups) == 1:
            self.fields["unit"].initial = next(iter(groups))

    def clean_phone(self) -> str:
        """Return the number in its plain form, or say what is wrong with it."""
        return read_phone(self.cleaned_data["phone"])


class CountForm(PlainForm):
    """How many people there are, as the unit declares."""

    people = forms.IntegerField(label=_("侨界群众人数"), min_value=0, max_value=1_000_000)
    counted_on = DayField(label=_("统计日期"))
    source = forms.CharField(label=_("数据来源"), max_length=120, help_text=_("例如：2025年侨情调查"))


class PersonQueryForm(PlainForm):
    """How a list of persons is narrowed."""

    q = forms.CharField(label=_("姓名或拼音首字母"), required=False, max_length=40)
    category = forms.ChoiceField(label=_("侨情类别"), required=False)
    here = forms.ChoiceField(
        label=_("在册情况"), required=False, choices=[("", _("在册")), ("departed", _("已迁出或去世"))]
    )
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
        return PersonFilter(
            text=told.get("q", ""), category=told.get("category", ""), unit=whole(unit), after=after[:200],
            on=told.get("on"), certified=bool(told.get("certified")), departed=told.get("here") == "departed",
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


Person = Any
"""A person as `queries.person` returns one; forms know no table."""

SEALED: dict[str, Callable[[str], str]] = {
    "phone": masked_phone, "other_phone": masked_phone, "id_number": masked_id,
}  # fmt: skip
"""Fields that never stand in a page whole, and how they are shown instead."""
_WHO = _("基本情况")
_STATUS = _("侨界身份")
_CONTACT = _("联系方式")
_WORK = _("工作和特长")
_CARE = _("需求和困难")
_SECTIONS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        _WHO,
        ("name", "former_name", "sex", "ethnicity", "birth", "birth_calendar", "id_number", "drop_id_number", "area"),
    ),
    (_STATUS, ("category", "claimed_status", "certified_status")),
    (_CONTACT, ("phone", "drop_phone", "other_phone", "drop_other_phone", "address", "wechat", "email")),
    (_WORK, ("workplace", "occupation", "education", "skills")),
    (_CARE, ("needs", "hardship", "health", "remark")),
)
_CONTACTS = {*_SECTIONS[2][1], "needs", "remark"}
_SENSITIVE = {"birth", "birth_calendar", "id_number", "drop_id_number", "hardship", "health"}
_SEPARATE = {"id_number", "drop_id_number", "hardship", "health"}


def _line(label: Text, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, **more)


def _lines(label: Text, longest: int) -> forms.CharField:
    return _line(label, longest, widget=forms.Textarea({"rows": 2, "maxlength": longest}))


class RevisePersonForm(PlainForm):
    """All that may be changed of a person, as far as the actor may see it.

    `separate` tells whether the ground of the registration covers what needs separate consent.
    """

    name = forms.CharField(label=_("姓名"), max_length=60)
    former_name = _line(_("曾用名"), 60)
    sex = forms.ChoiceField(
        label=_("性别"), required=False, widget=forms.RadioSelect,
        choices=[("female", _("女")), ("male", _("男")), ("", _("未登记"))],
    )  # fmt: skip
    ethnicity = forms.ChoiceField(label=_("民族"), required=False)
    birth = PartialDateField(label=_("出生年月"), required=False)
    birth_calendar = forms.ChoiceField(
        label=_("历法"), widget=forms.RadioSelect, choices=[("solar", _("公历")), ("lunar", _("农历"))]
    )
    id_number = _line(_("身份证号"), 20)
    drop_id_number = forms.BooleanField(label=_("删去已登记的身份证号"), required=False)
    area = PickerField(label=_("住在哪个村或社区"), required=False)
    category = forms.ChoiceField(label=_("侨情类别"), required=False)
    claimed_status = forms.ChoiceField(label=_("申报身份"), required=False, help_text=_("本人申报的"))
    certified_status = forms.ChoiceField(label=_("认定身份"), required=False, help_text=_("侨务部门认定的"))
    phone = _line(_("联系电话"), 40)
    drop_phone = forms.BooleanField(label=_("删去已登记的联系电话"), required=False)
    other_phone = _line(_("其他电话"), 40)
    drop_other_phone = forms.BooleanField(label=_("删去已登记的其他电话"), required=False)
    address = _line(_("住址"), 200)
    wechat = _line(_("微信号"), 40)
    email = forms.EmailField(label=_("电子邮箱"), max_length=80, required=False)
    workplace = _line(_("工作单位"), 100)
    occupation = _line(_("职业"), 60)
    education = forms.ChoiceField(label=_("文化程度"), required=False)
    skills = _line(_("特长"), 100)
    needs = _lines(_("需求"), 300)
    hardship = _lines(_("困难情况"), 200)
    health = _line(_("健康状况"), 100)
    remark = _lines(_("备注"), 300)

    def __init__(
        self, *given: Any, person: Person, actor: Actor, find_area: Any, name_of_area: Any, **named: Any
    ) -> None:
        self.person = person
        named["initial"] = _initial(person)
        super().__init__(*given, **named)
        for name in _closed(person, actor):
            self.fields.pop(name, None)
        lists = {
            "category": CATEGORIES, "claimed_status": CATEGORIES, "certified_status": CATEGORIES,
            "ethnicity": ETHNIC_GROUPS, "education": SCHOOLING,
        }  # fmt: skip
        for name, words in lists.items():
            if name in self.fields:
                self.fields[name].choices = _choices(words, getattr(person, name))
        self.fields["area"].offer(find_area, name_of_area)
        for name, mask in SEALED.items():
            held = getattr(person, name)
            if name in self.fields and held:
                self.fields[name].help_text = gettext("已登记 %(number)s；不改就空着") % {"number": mask(held)}
            elif name in self.fields:
                del self.fields[f"drop_{name}"]

    def sections(self) -> Iterator[tuple[Text, list[forms.BoundField]]]:
        """Yield the fields under their headings; a heading without a field is left out."""
        for heading, names in _SECTIONS:
            there = [self[name] for name in names if name in self.fields]
            if there:
                yield heading, there

    def clean_phone(self) -> str:
        """Return the number in its plain form, or say what is wrong with it."""
        return read_phone(self.cleaned_data["phone"])

    def clean_other_phone(self) -> str:
        """Return the number in its plain form, or say what is wrong with it."""
        return read_phone(self.cleaned_data["other_phone"])

    def clean_id_number(self) -> str:
        """Return the number of 18 characters, or say what is wrong with it."""
        written: str = self.cleaned_data["id_number"]
        read = idnumber.read_id(written)
        if written and (read.value is None or not idnumber.is_valid(read.value)):
            raise forms.ValidationError(_("身份证号的位数或校验位不对，请对照证件核对。"))
        return read.value or ""

    def clean(self) -> dict[str, Any]:
        """Refuse a number that is to be left out and typed anew at once."""
        told = super().clean() or {}
        for name in SEALED:
            if told.get(name) and told.get(f"drop_{name}"):
                self.add_error(name, _("又填了新号码，又勾了删去；请只留一样。"))
        return told

    def changes(self, division_of: Callable[[str], Any]) -> dict[str, Any]:
        """Return what differs from what is held, by field of the person; a number only when typed anew or to be left out."""
        told = dict(self.cleaned_data)
        area = told.pop("area")
        division = division_of(area) if area else None
        told["division_id"] = division.pk if division is not None else None
        for name in SEALED:
            drop = told.pop(f"drop_{name}", False)
            if not told.get(name) and not drop:
                told.pop(name, None)
        return {name: value for name, value in told.items() if getattr(self.person, name) != value}


def _initial(person: Person) -> dict[str, Any]:
    names = {name for _heading, fields in _SECTIONS for name in fields if not name.startswith("drop_")}
    told = {name: getattr(person, name) for name in names - set(SEALED) - {"area"}}
    return {**told, "area": person.division.code if person.division else ""}


def _closed(person: Person, actor: Actor) -> set[str]:
    """Return the fields that the actor may not see, or that the ground of the registration does not cover."""
    closed: set[str] = set()
    if not queries.may(actor, P.READ_CONTACT, person):
        closed |= _CONTACTS
    if not queries.may(actor, P.READ_SENSITIVE, person):
        closed |= _SENSITIVE
    if not queries.takes_sensitive(person):
        closed |= _SEPARATE
    if not actor.can(OrgsP.EDIT, person.keeper.path):
        closed.add("certified_status")
    return closed


def _choices(words: Sequence[str], held: str) -> list[tuple[str, Text]]:
    """Return a list's words, and what an office's own table brought in, so that saving does not lose it."""
    more = (held,) if held and held not in words else ()
    return [("", _("未登记")), *((word, word) for word in (*words, *more))]


class JoinForm(PlainForm):
    """To which group a person belongs, and since when."""

    unit = PickerField(label=_("参加哪个组织"))
    start = DayField(label=_("从哪天起"))

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        groups = {str(u.pk): u.short_name for u in orgs.groups(actor, permission=P.REGISTER)}
        self.fields["unit"].offer(lambda typed: named_units(actor, groups, typed), groups.get)
        self.fields["start"].initial = clock.today()
        if len(groups) == 1:
            self.fields["unit"].initial = next(iter(groups))


class LeaveForm(PlainForm):
    """The day from which a person no longer belongs to a group."""

    on = DayField(label=_("退出日期"))


class DepartureForm(PlainForm):
    """The day on which a person moved away or died."""

    on = DayField(label=_("迁出或去世日期"), help_text=_("只知道年月的，填那个月的最后一天"))
