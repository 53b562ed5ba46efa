"""What the office types about units, made into commands of the services."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock, docnumber
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries
from wuyou.orgs.permissions import P
from wuyou.orgs.services import NewUnit, VenueFacts
from wuyou.platform.widgets import Candidate, DayField, PartialDateField, PickerField, PlainForm

EVENTS = (
    ("establish", _("新建")),
    ("lapse", _("停滞")),
    ("restore", _("恢复")),
    ("reorganise", _("重组")),
)
"""What a past event may be that needs nothing else; what hands over or renames is a change (package `succession`)."""
DISSOLVED = ("dissolve", _("撤销"))
"""Of a unit that is dissolved already what was not known of it can be told."""
RIGHTS = (("own", _("自有")), ("free", _("无偿使用")), ("rented", _("租用")), ("unknown", _("还不清楚")))


MOST_OFFERED = 8


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a box that holds several, one a line or parted by 、；;."""
    for mark in "、；;，,":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(name.strip() for name in text.splitlines() if name.strip()))


class NamesField(forms.CharField):
    """A box that holds several names; its value is the names, in order, each once."""

    LONGEST = 100
    default_error_messages = {"long": _("有一行超过 100 个字，请核对是不是少了换行。")}

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the names. Raises ValidationError when one is longer than any name."""
        names = split_names(super().clean(value))
        if any(len(name) > self.LONGEST for name in names):
            raise ValidationError(self.error_messages["long"], code="long")
        return names


class UnitForm(PlainForm):
    """What stands on a unit itself."""

    full_name = forms.CharField(label=_("组织全称"), max_length=100, help_text=_("与批复文件一致"))
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类型"))
    form = forms.ChoiceField(label=_("形式"), required=False)
    founded = PartialDateField(label=_("成立时间"), required=False)
    approval_number = forms.CharField(
        label=_("批复文号"), max_length=60, required=False, help_text=_("例如：曲侨发〔2025〕8号")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        held = self.initial.get("kind", ""), self.initial.get("form", "")
        self.kinds = queries.kinds(held[0])
        self.fields["kind"].choices = [(k.code, k.name) for k in self.kinds]
        sizes = queries.offered_forms(held[1])
        self.fields["form"].choices = [("", _("暂不填写")), *((f.code, f.name) for f in sizes)]
        self.fields["form"].help_text = gettext("，").join(
            gettext("%(form)s %(number)d 人起") % {"form": f.name, "number": f.min_people} for f in sizes if f.is_active
        )

    def clean_approval_number(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["approval_number"])


class EditForm(UnitForm):
    """What stands on a unit itself, with what is said of it later."""

    county = forms.ChoiceField(label=_("所在县区"), required=False)
    study_rules = forms.ChoiceField(
        label=_("学习制度"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _("有学习制度")), ("no", _("没有")), ("", _("还不清楚"))],
    )

    def __init__(self, *given: Any, counties: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        level = next(kind.level for kind in self.kinds if kind.code == self.initial["kind"])
        self.fields["kind"].choices = [(k.code, k.name) for k in self.kinds if k.level == level]
        self.ids = {county.code: county.pk for county in counties}
        self.fields["county"].choices = [("", _("暂不填写")), *((c.code, c.name) for c in counties)]

    def changes(self) -> dict[str, Any]:
        """Return what is told, by field of the unit."""
        told = dict(self.cleaned_data)
        county, study = told.pop("county"), told.pop("study_rules")
        return {**told, "county_id": self.ids.get(county), "has_study_rules": {"yes": True, "no": False}.get(study)}


class FoundForm(UnitForm):
    """What founding a group needs, with where it sits and whom it serves."""

    parent = PickerField(label=_("由哪个侨联指导"))
    hosts = NamesField(
        label=_("挂靠单位"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("跨单位的，一行写一个")
    )
    led_by = NamesField(label=_("领导单位"), max_length=100, required=False, help_text=_("一般是所在单位的党组织"))
    area = PickerField(label=_("服务区域"), required=False, help_text=_("乡镇、街道、村或社区"))
    field_order = (
        "full_name",
        "short_name",
        "kind",
        "parent",
        "hosts",
        "area",
        "founded",
        "approval_number",
        "form",
        "led_by",
    )

    def __init__(self, *given: Any, actor: Actor, find_area: Any, name_of_area: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        names = _office_names(actor)
        parent, area = self.fields["parent"], self.fields["area"]
        parent.offer(lambda typed: named_units(actor, names, typed), names.get)
        area.offer(find_area, name_of_area)
        if len(names) == 1:
            parent.initial = next(iter(names))
        self.fields["kind"].choices = [(k.code, k.name) for k in self.kinds if not k.is_federation]
        self.fields["founded"].help_text = _("不填就记为今天；按这个日期计入当年新建")

    def command(self, *, county_id: int | None, area_ids: tuple[int, ...]) -> NewUnit:
        """Return what is told of the new unit."""
        told = self.cleaned_data
        return NewUnit(
            full_name=told["full_name"],
            short_name=told["short_name"],
            kind=told["kind"],
            form=told["form"],
            founded=told["founded"] or clock.today().isoformat(),
            approval_number=told["approval_number"],
            county_id=county_id,
            hosts=told["hosts"],
            led_by=told["led_by"],
            area_ids=area_ids,
        )


def _office_names(actor: Actor) -> dict[str, str]:
    """Return the federation offices under which the actor may put groups, as id -> short name."""
    return {str(o.pk): o.short_name for o in queries.federations(actor, P.FOUND)}


class MoveForm(PlainForm):
    """Under which federation a unit comes, from when, by which document."""

    parent = PickerField(label=_("改由哪个侨联指导"))
    start = DayField(label=_("从哪天起"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False, help_text=_("例如：曲侨发〔2025〕8号"))

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        names = _office_names(actor)
        self.fields["parent"].offer(lambda typed: named_units(actor, names, typed), names.get)

    def clean_document(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["document"])


class LinksForm(PlainForm):
    """Which bodies lead a unit, where it sits, whom it serves, from a day on."""

    hosts = NamesField(
        label=_("挂靠单位"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("跨单位的，一行写一个；不再挂靠的，删去那一行"),
    )
    led_by = NamesField(
        label=_("领导单位"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("一般是所在单位的党组织，一行写一个"),
    )
    areas = forms.MultipleChoiceField(
        label=_("服务区域"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不再服务的，去掉勾选"),
    )
    on = DayField(label=_("从哪天起"), help_text=_("以前的关系到这一天为止，仍保留在沿革里"))

    def __init__(
        self, *given: Any, ties: Sequence[queries.Tie], find_area: Any, name_of_area: Any, **named: Any
    ) -> None:
        now = {
            kind: [tie for tie in ties if tie.kind == kind and tie.end is None] for kind in ("hosts", "led_by", "areas")
        }
        initial = {kind: "\n".join(tie.name for tie in now[kind]) for kind in ("hosts", "led_by")}
        codes = [tie.code for tie in now["areas"]]
        named["initial"] = {**initial, "areas": codes, "on": clock.today(), **named.get("initial", {})}
        super().__init__(*given, **named)
        self.fields["areas"].choices = [(tie.code, tie.name) for tie in now["areas"]]
        if not codes:
            del self.fields["areas"]
        self.rows = new_areas(self.data)
        for number, name in enumerate(self.rows, 1):
            self.fields[name] = self._row(number, find_area, name_of_area, first=not codes)
        self.order_fields(["hosts", "led_by", "areas", *self.rows, "on"])

    def _row(self, number: int, find_area: Any, name_of_area: Any, *, first: bool) -> PickerField:
        label = _("服务区域（%(n)d）") if first else _("增加服务区域（%(n)d）")
        note = _("乡镇、街道、村或社区，一行一个；不够用，点“再加几行服务区域”") if number == 1 else ""
        row = PickerField(label=label % {"n": number}, required=False, help_text=note)
        row.offer(find_area, name_of_area)
        return row

    def codes(self) -> list[str]:
        """Return the codes of the divisions that the unit is to serve."""
        told = self.cleaned_data
        return [*told.get("areas", ()), *(told[name] for name in self.rows if told[name])]


NEW_AREAS, MOST_NEW_AREAS = 3, 60
"""So many rows for further areas at first, and at most."""


def new_areas(posted: Mapping[str, Any]) -> list[str]:
    """Return the names of the rows for further areas: those that were posted, and some more where they are asked for."""
    there = [n for n in range(1, MOST_NEW_AREAS + 1) if {_row_name(n), f"{_row_name(n)}_typed"} & set(posted)]
    number = max([NEW_AREAS, *there]) + (NEW_AREAS if "more" in posted else 0)
    return [_row_name(n) for n in range(1, min(number, MOST_NEW_AREAS) + 1)]


def _row_name(number: int) -> str:
    return "area" if number == 1 else f"area_{number}"


def offer_units(field: Any, actor: Actor, units: Mapping[str, str]) -> None:
    """Let a unit be picked in the field, of id -> short name; whoever has only one is not asked which."""
    if len(units) == 1:
        field.initial = next(iter(units))
        field.widget = forms.HiddenInput()
    field.offer(lambda typed: named_units(actor, units, typed), units.get)


def named_units(actor: Actor, units: Mapping[str, str], typed: str) -> list[Candidate]:
    """Return which of some units (id -> short name) are or were called by what was typed; a former name is told beside."""
    found = [Candidate(pk, name) for pk, name in units.items() if typed in name]
    if len(found) < MOST_OFFERED:
        once = queries.once_called(actor, typed, until=clock.today())
        found += [
            Candidate(str(pk), units[str(pk)], gettext("原名 %(name)s") % {"name": name})
            for pk, name in once.items()
            if str(pk) in units and typed not in units[str(pk)]
        ]
    return found[:MOST_OFFERED]


def as_printed(number: str) -> str:
    """Return a document number with its brackets as GB/T 9704 writes them; what is none as it was typed."""
    return docnumber.read_document_number(number).text or number


class EventForm(PlainForm):
    """Something that befell a unit in the past, and needs nothing else."""

    kind = forms.ChoiceField(label=_("事项"), choices=EVENTS, widget=forms.RadioSelect)
    on = PartialDateField(label=_("日期"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False)
    shares_document = forms.BooleanField(label=_("同一份文件还批准了别的事项"), required=False)
    note = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 300})
    )

    def __init__(self, *given: Any, is_dissolved: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [*EVENTS, *([DISSOLVED] if is_dissolved else [])]

    def clean_document(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["document"])


class VenueForm(PlainForm):
    """Where a unit's people meet."""

    name = forms.CharField(label=_("阵地名称"), max_length=60, help_text=_("例如：社区侨胞之家"))
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    right = forms.ChoiceField(label=_("使用权"), choices=RIGHTS, widget=forms.RadioSelect, initial="unknown")
    area_m2 = forms.DecimalField(label=_("面积（平方米）"), required=False, min_value=0, max_digits=9, decimal_places=2)
    is_shared = forms.BooleanField(label=_("与其他组织共用"), required=False)
    hours = forms.CharField(label=_("开放时间"), max_length=60, required=False, help_text=_("例如：每周三下午"))

    def command(self) -> VenueFacts:
        """Return what is told of the venue."""
        return VenueFacts(**self.cleaned_data)


class CorrectVenueForm(VenueForm):
    """What is told of a venue that is registered already, and the day on which its use ended, where it did."""

    end = DayField(label=_("停用日期"), required=False, help_text=_("还在使用的，不填"))

    def __init__(self, *given: Any, venue: Any, **named: Any) -> None:
        named["initial"] = {name: getattr(venue, name) for name in self.base_fields}
        super().__init__(*given, **named)

    def changes(self) -> dict[str, Any]:
        """Return what is told, by field of the venue."""
        return dict(self.cleaned_data)


class UnitQueryForm(PlainForm):
    """How a list of units is narrowed."""

    q = forms.CharField(label=_("名称"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("类型"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("normal", _("正常")),
            ("lapsed", _("停滞")),
            ("to_reorganise", _("待重组")),
            ("dissolved", _("已撤销")),
        ],
    )
    county = forms.ChoiceField(label=_("县区"), required=False)
    groups = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, counties: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.unit_kinds = queries.kinds()
        self.fields["kind"].choices = [("", _("全部")), *((k.code, k.name) for k in self.unit_kinds)]
        self.fields["county"].choices = [("", _("全部")), *((c.code, c.name) for c in counties)]

    def narrowed(self) -> queries.UnitFilter:
        """Return the filter asked for; what is no valid choice narrows nothing."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return queries.UnitFilter(
            text=told.get("q", ""),
            kind=told.get("kind", ""),
            state=told.get("state", ""),
            county=told.get("county", ""),
            groups_only=bool(told.get("groups")),
        )


class NamedRowForm(PlainForm):
    """What every named row of an office's table has."""

    name = forms.CharField(label=_("名称"), max_length=30)
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False, help_text=_("用于英文页面"))


class OrderedRowForm(NamedRowForm):
    """A named row with its place in the list: a kind of group, a source of money."""

    order = forms.IntegerField(
        label=_("排列"), min_value=0, max_value=9999, initial=100, help_text=_("数字小的排在前面")
    )


class SizeRowForm(NamedRowForm):
    """A form of organisation, and from how many people on it is advised."""

    min_people = forms.IntegerField(
        label=_("最少人数"), min_value=0, max_value=1_000_000, help_text=_("达到这个人数，就建议采用这种形式")
    )
    source = forms.CharField(
        label=_("依据"), max_length=120, required=False, help_text=_("哪个文件这样规定，会写在建议里")
    )
