"""What an officer types about a change, task by task, made into the draft's plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import docnumber
from wuyou.kernel.quotes import inner
from wuyou.orgs.forms import NamesField, UnitForm, UnitQueryForm, new_areas
from wuyou.orgs.queries import UnitFilter
from wuyou.platform.widgets import Candidate, DayField, PickerField, PlainForm
from wuyou.succession import rules
from wuyou.succession.plan import NewHeir
from wuyou.succession.words import KINDS, STATES

NOTE = 300
MANY_SEALS = 20
"""Of more units than that the day on which their seals were handed back is asked once for all."""


def as_printed(number: str) -> str:
    """Return a document's number with its brackets as GB/T 9704 writes them."""
    return docnumber.read_document_number(number).text or number


class KindForm(PlainForm):
    """Which change of a unit is to be begun."""

    kind = forms.ChoiceField(label=_("办理什么"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, possible: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [(kind, KINDS[kind][0]) for kind in KINDS if kind in possible]

    def offered(self) -> list[tuple[str, Any, Any, bool]]:
        """Return the kinds as (code, word, sentence, chosen), in the order in which they are offered."""
        value = self["kind"].value()
        return [(code, word, KINDS[code][1], code == value) for code, word in self.fields["kind"].choices]


class BasicsForm(PlainForm):
    """When and by which document; for each unit that hands its seal back, when it did."""

    on = DayField(label=_("生效日期"), help_text=_("批复或会议决定的日期；还没有到的，可以先填好，到时再办理"))
    document = forms.CharField(
        label=_("批复文号"), max_length=60, required=False, help_text=_("例如：曲侨发〔2025〕8号")
    )
    shares_document = forms.BooleanField(label=_("同一份文件还批准了别的变更"), required=False)
    note = forms.CharField(
        label=_("说明"), max_length=NOTE, required=False, widget=forms.Textarea({"rows": 2, "maxlength": NOTE})
    )

    def __init__(self, *given: Any, sealed: Mapping[int, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.sealed = sealed
        if len(sealed) > MANY_SEALS:
            days = {named.get("initial", {}).get(f"seal_{pk}") for pk in sealed}
            self.alike = days.pop() if len(days) == 1 else None
            self.fields["seals"] = DayField(label=gettext("旧印章全部交回日期"), required=False, initial=self.alike,
                                            help_text=gettext("还没有全部交回的，先不填"))  # fmt: skip
            return
        for number, (pk, name) in enumerate(sealed.items()):
            label = gettext("“%(name)s”旧印章交回日期") % {"name": inner(name)}
            note = gettext("还没有交回的，先不填") if number == 0 else ""
            self.fields[f"seal_{pk}"] = DayField(label=label, required=False, help_text=note)

    def clean_document(self) -> str:
        """Return the number as it is printed."""
        return as_printed(self.cleaned_data["document"].strip())

    def seals(self) -> dict[int, Any]:
        """Return the days on which seals were handed back, by unit; many units have one day together.

        Days that were told of single ones before they were many stay until one is told for all.
        """
        if "seals" in self.fields:
            day = self.cleaned_data.get("seals")
            present = {} if self.alike else {pk: self.initial.get(f"seal_{pk}") for pk in self.sealed}
            return dict.fromkeys(self.sealed, day) if day else {pk: held for pk, held in present.items() if held}
        told = {pk: self.cleaned_data.get(f"seal_{pk}") for pk in self.sealed}
        return {pk: day for pk, day in told.items() if day}


class FactsForm(UnitForm):
    """What a unit that stays itself is to be called and to be, and where it is to sit."""

    county = forms.TypedChoiceField(label=_("所在县区"), required=False, coerce=int, empty_value=None)
    hosts = NamesField(
        label=_("挂靠单位"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("跨单位的，一行写一个")
    )
    led_by = NamesField(
        label=_("领导单位"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("一般是所在单位的党组织")
    )
    ASKED: Mapping[str, tuple[str, ...]] = {
        "rename": ("full_name", "short_name"),
        "upgrade": ("form", "kind", "full_name", "short_name"),
        "downgrade": ("form", "kind", "full_name", "short_name"),
        "convert": ("kind", "form", "full_name", "short_name", "county", "hosts", "led_by"),
        "change_host": ("hosts", "led_by"),
        "restore": ("full_name", "short_name", "form", "hosts", "led_by"),
        "reorganise": ("full_name", "short_name", "form", "hosts", "led_by"),
    }

    def __init__(self, *given: Any, change: str, level: str, counties: Iterable[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self.change = change
        self.fields["kind"].choices = [(k.code, k.name) for k in self.kinds if k.level == level]
        self.fields["county"].choices = [("", _("暂不填写")), *((c.pk, c.name) for c in counties)]
        for name in set(self.fields) - set(self.ASKED[change]):
            del self.fields[name]
        if "short_name" in self.fields:
            self.fields["short_name"].help_text = _("改了全称的，请一并核对简称")
        self.order_fields(self.ASKED[change])

    def clean_approval_number(self) -> str:
        """Return nothing: the number is the change's, and asked with its day."""
        return ""

    def facts(self) -> dict[str, Any]:
        """Return what is told, by the names of a plan's `facts`."""
        told = {name: self.cleaned_data[name] for name in self.fields}
        if "county" in told:
            told["county_id"] = told.pop("county")
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


class UnitPickForm(PlainForm):
    """One more unit that takes part."""

    unit = PickerField(label=_("组织名称"))

    def __init__(self, *given: Any, units: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].offer(lambda typed: _named(units, typed), units.get)


def _named(units: Mapping[str, str], typed: str) -> list[Candidate]:
    return [Candidate(pk, name) for pk, name in units.items() if typed in name][:8]


class GatherQueryForm(UnitQueryForm):
    """How the units that may join a change are narrowed: also by the office that guides them."""

    office = forms.ChoiceField(label=_("指导侨联"), required=False)

    def __init__(self, *given: Any, level: str, offices: Sequence[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self.paths = {str(office.pk): office.path for office in offices}
        self.fields["office"].choices = [("", _("全部")), *((str(o.pk), o.short_name) for o in offices)]
        kinds = [(kind.code, kind.name) for kind in self.unit_kinds if kind.level == level]
        self.fields["kind"].choices = [("", _("全部")), *kinds]
        self.fields["state"].choices = [one for one in self.fields["state"].choices if one[0] != "dissolved"]
        del self.fields["groups"]  # the level says so
        self.order_fields(["q", "office", "kind", "county", "state"])

    def narrowed(self) -> UnitFilter:
        """Return the filter asked for."""
        by = super().narrowed()
        return replace(by, under=self.paths.get(self.cleaned_data.get("office", ""), ""))


class HeirForm(UnitForm):
    """A unit that the change founds."""

    county = forms.TypedChoiceField(label=_("所在县区"), required=False, coerce=int, empty_value=None)
    parent = PickerField(label=_("由哪个侨联指导"))
    hosts = NamesField(
        label=_("挂靠单位"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("跨单位的，一行写一个")
    )
    led_by = NamesField(
        label=_("领导单位"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("一般是所在单位的党组织")
    )

    def __init__(
        self, *given: Any, level: str, counties: Iterable[Any], offices: Mapping[str, str], find_area: Any,
        name_of_area: Any, areas: int = 0, **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*given, **named)
        for name in ("founded", "approval_number"):
            del self.fields[name]
        self.fields["kind"].choices = [(k.code, k.name) for k in self.kinds if k.level == level]
        self.fields["county"].choices = [("", _("暂不填写")), *((c.pk, c.name) for c in counties)]
        self.fields["parent"].offer(lambda typed: _named(offices, typed), offices.get)
        if len(offices) == 1:
            self.fields["parent"].initial = next(iter(offices))
        self.rows = new_areas(self.data) if self.is_bound else new_areas({f"area_{n}": "" for n in range(2, areas + 2)})
        for number, name in enumerate(self.rows, 1):
            label = gettext("服务区域（%(n)d）") % {"n": number}
            note = gettext("乡镇、街道、村或社区，一行一个") if number == 1 else ""
            self.fields[name] = PickerField(label=label, required=False, help_text=note)
            self.fields[name].offer(find_area, name_of_area)
        self.order_fields(
            ["full_name", "short_name", "kind", "form", "parent", "county", *self.rows, "hosts", "led_by"]
        )

    def clean_approval_number(self) -> str:
        """Return nothing: the number is the change's."""
        return ""

    def area_codes(self) -> list[str]:
        """Return the codes of the divisions that the unit is to serve."""
        return [self.cleaned_data[name] for name in self.rows if self.cleaned_data.get(name)]

    def heir(self, area_ids: tuple[int, ...]) -> NewHeir:
        """Return what is told of the unit."""
        told = self.cleaned_data
        return NewHeir(
            full_name=told["full_name"].strip(),
            short_name=told["short_name"].strip(),
            kind=told["kind"],
            form=told["form"],
            parent_id=int(told["parent"]),
            county_id=told["county"],
            area_ids=area_ids,
            hosts=told["hosts"],
            led_by=told["led_by"],
        )


class SortingForm(PlainForm):
    """By which rule the people of the old units are sorted, and where the rest of them go."""

    by = forms.ChoiceField(
        label=_("怎样分"),
        widget=forms.RadioSelect,
        choices=[
            ("area", _("按居住地：住在哪个组织的服务区域，就转到哪个组织")),
            ("host", _("按工作单位：在哪个组织的挂靠单位工作，就转到哪个组织")),
            ("hand", _("不按规则，逐人指定")),
        ],
    )
    rest = forms.ChoiceField(label=_("其余的人转到"))

    def __init__(self, *given: Any, heirs: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["rest"].choices = list(heirs.items())


class NamesListForm(PlainForm):
    """Names pasted or in a workbook, and to which heir these people go."""

    heir = forms.ChoiceField(label=_("名单上的人转到"), widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("姓名"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("一行写一个，或用顿号、逗号隔开"),
    )  # fmt: skip
    sheet = forms.FileField(label=_("或上传名单"), required=False, help_text=_("有“姓名”一列的 .xlsx 或 .csv"))

    def __init__(self, *given: Any, heirs: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["heir"].choices = list(heirs.items())

    def clean(self) -> dict[str, Any]:
        """Return what is told: names, or a workbook with them. Raises ValidationError when there is neither."""
        told = super().clean() or {}
        if not told.get("names") and not told.get("sheet") and "names" not in self.errors:
            self.add_error("names", gettext("请写上姓名，或上传一份名单。"))
        return told


class MoneyForm(PlainForm):
    """How what each old unit has left over is divided among the heirs, in yuan."""

    def __init__(self, *given: Any, left: Sequence[Any], heirs: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.left, self.heirs = [one for one in left if one.balance_fen], heirs
        for one in self.left:
            for word, name in heirs.items():
                label = gettext("转到“%(heir)s”（元）") % {"heir": inner(name)}
                field = forms.DecimalField(label=label, max_digits=12, decimal_places=2)
                field.initial = f"{one.parts.get(word, 0) / 100:.2f}"
                field.error_messages |= {
                    "required": gettext("请填写金额，没有的写 0。"),
                    "invalid": gettext("请用数字填写金额，最多两位小数。"),
                }
                self.fields[_money(one.unit_id, word)] = field

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Return each old unit with something left over, and its boxes."""
        return [(one, [self[_money(one.unit_id, word)] for word in self.heirs]) for one in self.left]

    def clean(self) -> dict[str, Any]:
        """Return the parts. Raises ValidationError where they are not the whole of what is left over."""
        told = super().clean() or {}
        for one in self.left:
            boxes = [_money(one.unit_id, word) for word in self.heirs]
            if any(box in self.errors for box in boxes):
                continue
            decision = rules.money_divided(one.balance_fen, self._parts(one))
            for reason in decision.reasons:
                self.add_error(boxes[0], gettext(reason.text))
        return told

    def _parts(self, one: Any) -> dict[str, int]:
        told = {word: self.cleaned_data.get(_money(one.unit_id, word)) for word in self.heirs}
        return {word: int(value * 100) for word, value in told.items() if value}

    def money(self) -> dict[int, dict[str, int]]:
        """Return how the money is divided, as a plan has it."""
        return {one.unit_id: self._parts(one) for one in self.left}


def _money(unit_id: int, word: str) -> str:
    return f"money_{unit_id}_{word}"


class CountsForm(PlainForm):
    """How many people each heir says it reaches, by what is counted; they add up to what the old units said."""

    def __init__(
        self, *given: Any, counted: Mapping[str, Mapping[str, int]], heirs: Mapping[str, str], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.heirs = heirs
        self.totals: dict[str, int] = {}
        for numbers in counted.values():
            for what, number in numbers.items():
                self.totals[what] = self.totals.get(what, 0) + number
        for what in self.totals:
            for word, name in heirs.items():
                field = forms.IntegerField(
                    label=gettext("“%(heir)s”（人）") % {"heir": inner(name)}, min_value=0, max_value=10_000_000
                )
                field.initial = counted.get(word, {}).get(what, 0)
                field.error_messages |= {
                    "required": gettext("请填写人数，没有的写 0。"),
                    "invalid": gettext("请用数字填写人数。"),
                }
                self.fields[self._box(what, word)] = field

    def groups(self) -> list[tuple[str, int, list[Any]]]:
        """Return what is counted, how many they are together, and its boxes."""
        return [
            (what, total, [self[self._box(what, word)] for word in self.heirs]) for what, total in self.totals.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Return the numbers. Raises ValidationError where they are not those of the old units together."""
        told = super().clean() or {}
        for what, total in self.totals.items():
            boxes = [self._box(what, word) for word in self.heirs]
            if all(box in told for box in boxes) and sum(told[box] for box in boxes) != total:
                text = gettext("各组织的人数合计应为 %(total)d 人，没有保存；请核对。") % {"total": total}
                self.add_error(boxes[0], text)
        return told

    def _box(self, what: str, word: str) -> str:
        return f"count_{list(self.totals).index(what)}_{word}"

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the numbers, as destination -> what is counted -> people."""
        return {word: {what: self.cleaned_data[self._box(what, word)] for what in self.totals} for word in self.heirs}


class ChangeQueryForm(PlainForm):
    """How the list of changes is narrowed."""

    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *given: Any, years: Sequence[int], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["year"].choices = [("", _("全部")), *((str(year), str(year)) for year in years)]
        self.fields["kind"].choices = [("", _("全部")), *((code, word) for code, (word, _what) in KINDS.items())]
        self.fields["state"].choices = [("", _("全部")), *STATES.items()]
