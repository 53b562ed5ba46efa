"""What is asked of target plans: which to show, what to tell of one, and the grid of its numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock
from wuyou.orgs import queries
from wuyou.orgs.event_forms import HEADLINE
from wuyou.orgs.forms import as_printed
from wuyou.orgs.models import TargetPlan, Unit, UnitKind
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import MOST_PLANNED, Numbers, Spot, Years
from wuyou.orgs.services import PlanFacts
from wuyou.platform.widgets import DayField, PlainForm

MOST_BYTES = 2 * 1024 * 1024
"""A table of targets is small; a larger file is another one."""


class ProgressForm(PlainForm):
    """Which plan, which events, which kind of group, and up to which day; what is no valid choice narrows nothing."""

    plan = forms.TypedChoiceField(label=_("目标计划"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    on = DayField(label=_("截至日期"), required=False)
    unit_kind = forms.ChoiceField(label=_("组织类型"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, plans: Sequence[TargetPlan], **named: Any) -> None:
        super().__init__(asked, **named)
        fields: dict[str, Any] = self.fields
        self.plans = plans
        self.kinds = queries.grassroots_kinds()
        fields["plan"].choices = [
            (plan.pk, gettext("%(name)s（%(first)d—%(last)d年）") % _told(plan)) for plan in plans
        ]
        fields["kind"].choices = [("", HEADLINE), *queries.target_words().items()]
        fields["unit_kind"].choices = [("", _("全部")), *((kind.code, kind.name) for kind in self.kinds)]
        if not plans:
            del fields["plan"]
        chosen = self.plan_asked()
        shown = {"on": self.day_asked().isoformat(), **({"plan": str(chosen.pk)} if chosen else {})}
        self.data = {**{name: asked[name] for name in asked}, **shown}

    def day_asked(self) -> date:
        """Return the day asked for, never in the future."""
        return min(self._clean("on") or clock.today(), clock.today())

    def plan_asked(self) -> TargetPlan | None:
        """Return the plan asked for, else the one in force on the day, else the newest; None when there is none."""
        asked = self._clean("plan")
        named = next((plan for plan in self.plans if plan.pk == asked), None)
        return named or queries.plan_of_year(self.plans, self.day_asked().year) or next(iter(self.plans), None)

    def unit_kind_asked(self) -> UnitKind | None:
        """Return the kind of group asked for; None for all."""
        code = self._clean("unit_kind")
        return next((kind for kind in self.kinds if kind.code == code), None)

    def events_asked(self) -> tuple[str, ...]:
        """Return the events asked for: all of the headline when none is."""
        event = self._clean("kind")
        return (event,) if event else HEADLINE_KINDS

    def _clean(self, name: str) -> Any:
        if name not in self.fields:
            return None
        try:
            return self.fields[name].clean(self[name].data)
        except ValidationError:
            return None


def _told(plan: TargetPlan) -> dict[str, Any]:
    return {"name": plan.name, "first": plan.first_year, "last": plan.last_year}


class PlanForm(PlainForm):
    """What is told of a plan besides its numbers."""

    office = forms.TypedChoiceField(label=_("制定计划的侨联"), coerce=int)
    name = forms.CharField(label=_("计划名称"), max_length=100, help_text=_("例如：基层组织建设三年计划"))
    first_year = forms.IntegerField(label=_("起始年度"), min_value=1900, max_value=2199)
    last_year = forms.IntegerField(
        label=_("终止年度"), min_value=1900, max_value=2199, help_text=_("目标计划为三至五年，含起止年度。")
    )
    document = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("计划依据的文件，例如：曲侨发〔2025〕8号")
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *given: Any, offices: Sequence[Unit] = (), plan: TargetPlan | None = None, **named: Any) -> None:
        if plan is not None:
            named["initial"] = {name: getattr(plan, name) for name in PlanFacts.__dataclass_fields__}
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["office"].choices = [(office.pk, office.short_name) for office in offices]
        if plan is not None:
            del fields["office"]
        elif len(offices) == 1:
            fields["office"].widget = forms.HiddenInput()
            fields["office"].initial = offices[0].pk

    def clean_document(self) -> str:
        """Return the number with its brackets as GB/T 9704 writes them."""
        return as_printed(self.cleaned_data["document"])

    def facts(self) -> PlanFacts:
        """Return what was told, as the services take it."""
        return PlanFacts(**{name: self.cleaned_data[name] for name in PlanFacts.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid: whose numbers, of which kind (None = of all), as (id, name)."""

    office: tuple[int, str]
    kind: tuple[int, str] | None

    @property
    def key(self) -> str:
        """The row as the form's own field names say it."""
        return f"{self.office[0]}-{self.kind[0] if self.kind else 0}"


def grid_rows(
    offices: Sequence[Unit], kinds: Sequence[UnitKind], numbers: Numbers, more: Iterable[str]
) -> list[GridRow]:
    """Return the rows of a plan's grid: each office with all kinds together, then with the kinds that are planned apart.

    A plan of one office alone has a row for every kind. `more` are the keys of further rows that were asked for.
    """
    wanted = {f"{spot.office}-{spot.kind}" for spot in numbers if spot.kind is not None} | set(more)
    found = []
    for office in offices:
        place = (office.pk, office.short_name)
        found.append(GridRow(place, None))
        rows = (GridRow(place, (kind.pk, kind.name)) for kind in kinds)
        found += [row for row in rows if len(offices) == 1 or row.key in wanted]
    return found


class GridForm(PlainForm):
    """The numbers of one event: a box for each row and year. An empty box means that nothing is planned."""

    def __init__(
        self, *given: Any, rows: Sequence[GridRow], years: Years, event: str, numbers: Numbers, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.spots: dict[str, Spot] = {}
        self.rows = rows
        word = queries.target_words()[event]
        for row in rows:
            for year in years.all():
                spot = Spot(row.office[0], row.kind[0] if row.kind else None, year, event)
                name = f"n-{row.key}-{year}"
                self.spots[name] = spot
                self.fields[name] = _box(row, year, word, numbers.get(spot))

    def lines(self) -> list[tuple[GridRow, list[tuple[int, forms.BoundField]]]]:
        """Return the rows with their boxes, each with its year."""
        return [
            (row, [(spot.year, self[name]) for name, spot in self.spots.items() if name.startswith(f"n-{row.key}-")])
            for row in self.rows
        ]

    def changes(self) -> dict[Spot, int | None]:
        """Return the numbers as they stand in the boxes; None for an empty one."""
        return {spot: self.cleaned_data[name] for name, spot in self.spots.items()}


def _box(row: GridRow, year: int, word: Any, number: int | None) -> forms.IntegerField:
    label = " ".join(part for part in (row.office[1], row.kind[1] if row.kind else "", f"{year}", str(word)) if part)
    told = _("“%(label)s”要填 0 到 %(most)d 之间的整数；没有计划就空着。") % {"label": label, "most": MOST_PLANNED}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PLANNED,
        initial=number,
        widget=forms.NumberInput({"aria-label": label}),
        error_messages={"invalid": told, "min_value": told, "max_value": told},
    )


class MoreRowForm(PlainForm):
    """Which further row is wanted: an office with one kind of group."""

    more_office = forms.TypedChoiceField(label=_("侨联"), coerce=int, required=False)
    more_kind = forms.TypedChoiceField(label=_("组织类型"), coerce=int, required=False)

    def __init__(self, *given: Any, offices: Sequence[Unit], kinds: Sequence[UnitKind], **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["more_office"].choices = [(office.pk, office.short_name) for office in offices]
        fields["more_kind"].choices = [(kind.pk, kind.name) for kind in kinds]

    def key(self) -> str:
        """Return the row asked for; "" when it is none."""
        told = self.cleaned_data if self.is_valid() else {}
        return f"{told['more_office']}-{told['more_kind']}" if all(told.values()) and told else ""


class TableForm(PlainForm):
    """A table of the plan's numbers: pasted, or in a file."""

    table = forms.CharField(
        label=_("粘贴表格"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("在 Excel 里选中整张表（连同表头）复制，粘贴到这里。"),
    )  # fmt: skip
    sheet = forms.FileField(
        label=_("或选择表格文件"), required=False, help_text=_("支持 .xlsx 和 .csv，读第一张有内容的工作表。")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a file that can be a table of targets."""
        told = super().clean() or {}
        file = told.get("sheet")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("sheet", _("文件超过 2 MB，没有读取；请只留下目标计划的那张表再上传。"))
        elif file is None and not (told.get("table") or "").strip() and not self.errors:
            self.add_error("table", _("请粘贴表格，或选择一个表格文件。"))
        return told
