"""What an office types about a standard as a whole: a new one, publishing, retiring, a trial, how an item is scored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.assessment.facts import FACTS
from wuyou.assessment.forms import PictureForm
from wuyou.assessment.languages import title
from wuyou.assessment.part_forms import FormulaField, offer
from wuyou.assessment.rules import rubric
from wuyou.assessment.rules.rubric import Decision, RubricItem
from wuyou.kernel import clock
from wuyou.kernel.expressions import Unit
from wuyou.platform.presentation import said
from wuyou.platform.widgets import DayField, PlainForm


class NewStandardForm(PlainForm):
    """A standard of the office's own, begun like one that there is."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=100, help_text=gettext_lazy("例如：“六有”建设标准"))
    issued_by = forms.CharField(label=gettext_lazy("依据文件"), max_length=200)
    like = forms.TypedChoiceField(
        label=gettext_lazy("仿照"), coerce=int, help_text=gettext_lazy("先照抄它的内容，再逐项修改")
    )

    def __init__(self, *given: Any, models: Iterable[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, "like", list(models))


class PublishForm(PlainForm):
    """From which day a version holds, and by which document."""

    effective_from = DayField(label=gettext_lazy("施行日期"))
    document = forms.CharField(
        label=gettext_lazy("发布文件"), max_length=200, help_text=gettext_lazy("文件名称和文号，例如：曲侨〔2025〕9号")
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["effective_from"].initial = clock.today()


class RetireForm(PlainForm):
    """From which day on a version no longer holds."""

    effective_until = DayField(
        label=gettext_lazy("停用日期"),
        help_text=gettext_lazy("这一天起不再使用；以前各天的结果不变"),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["effective_until"].initial = clock.today()


class TrialForm(PictureForm):
    """For which day, and for the groups of which office, a draft is tried."""

    on = DayField(label=gettext_lazy("截至日期"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("侨联"), required=False)
    field_order = ("office", "on")

    def __init__(self, asked: Mapping[str, Any], *, offices: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(asked, **named)
        self.data = {**self.data, "on": self.day().isoformat()}
        del self.fields["standard"]
        offer(self, "office", [("", _("全部")), *((str(pk), name) for pk, name in offices)])
        if len(offices) <= 1:
            del self.fields["office"]


class ItemForm(PlainForm):
    """How one item of a rubric comes to its points: by the panel, or by a formula over the registers."""

    name = forms.CharField(label=gettext_lazy("考核项目"), max_length=120)
    points = forms.DecimalField(label=gettext_lazy("分值"), max_digits=6, decimal_places=2, min_value=0)
    decision = forms.ChoiceField(
        label=gettext_lazy("怎么计分"), widget=forms.RadioSelect,
        choices=(
            (Decision.PANEL, gettext_lazy("由考核组按评分标准评定")), (Decision.FORMULA, gettext_lazy("按登记的记录计算")),
        ),
    )  # fmt: skip
    fact = forms.ChoiceField(
        label=gettext_lazy("按哪项数据分档"), required=False,
        help_text=gettext_lazy("评分标准是按数量分档的，选定数据就能写出公式；已经写了公式的，不用选"),
    )  # fmt: skip
    formula = FormulaField(
        label=gettext_lazy("得分公式"), required=False,
        help_text=gettext_lazy("例如：12 if activities_in_year >= 6 else 9 if activities_in_year >= 4 else 0"),
    )  # fmt: skip

    def __init__(self, *given: Any, item: RubricItem, **named: Any) -> None:
        self.item = item
        known = {
            "name": item.name,
            "points": None if item.points is None else f"{float(item.points):g}",
            "formula": item.formula,
        }
        named["initial"] = {**known, "decision": item.decision.value or None}
        super().__init__(*given, **named)
        numbers = [(name, title(fact)) for name, fact in FACTS.items() if fact.unit is not Unit.BOOLEAN]
        offer(self, "fact", [("", _("不选")), *numbers])
        if item.is_veto:
            del self.fields["points"]
            self.fields["formula"].help_text = _("否决项的公式写什么情况下否决，例如：days_past_term_end > 365")
        if item.is_veto or not any(rubric.points_formula(item, fact) for fact in FACTS.values()):
            del self.fields["fact"]

    def clean(self) -> dict[str, Any]:
        """Return what was typed, the formula made from the rule where only the fact was chosen."""
        told = super().clean() or {}
        if told.get("decision") != Decision.FORMULA:
            return told
        source = (told.get("formula") or "").strip()
        if not source and told.get("fact"):
            source = rubric.points_formula(self.item, FACTS[told["fact"]])
        if not source:
            raise ValidationError({"formula": _("请写得分公式，或选“由考核组按评分标准评定”。")})
        fault = rubric.formula_fault(self.item, source, FACTS)
        if fault is not None:
            raise ValidationError({"formula": said(fault.saying)})
        return told | {"formula": source}

    def decided(self) -> dict[str, Any]:
        """Return what is now told of the item, as its content holds it."""
        told = self.cleaned_data
        is_formula = told["decision"] == Decision.FORMULA
        found = {"name": told["name"], "decision": told["decision"], "formula": told["formula"] if is_formula else ""}
        if "points" in told:
            points = float(told["points"])
            found["points"] = int(points) if points.is_integer() else points
        return found
