"""What an office types about one part of a draft: an item, a criterion, a threshold, a stage, an example.

Each form knows the draft it belongs to, so that a formula is read against its thresholds before anything is saved.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.assessment.facts import FACTS, MENDS, SYMBOLS
from wuyou.assessment.languages import title, words
from wuyou.assessment.rules import (
    Criterion,
    Dimension,
    Example,
    Missing,
    Parameter,
    Stage,
    StandardVersion,
    Verdict,
    judge_dimensions,
    maturity,
    read_stages,
    read_version,
    verdict_word,
)
from wuyou.assessment.rules.changes import MISSING_WORDS
from wuyou.assessment.rules.editing import Part, code_of, dimension_of, free_code, piece, place_of
from wuyou.assessment.rules.maturity import stage_symbols
from wuyou.kernel import pinyin
from wuyou.kernel.expressions import Constant, ExpressionError, Symbol, Unit, Value, parse
from wuyou.kernel.expressions.units import FEN_IN_YUAN
from wuyou.kernel.quotes import inner
from wuyou.platform.presentation import said
from wuyou.platform.widgets import PlainForm

UNITS = (
    (Unit.TIMES, gettext_lazy("次")), (Unit.PEOPLE, gettext_lazy("人")), (Unit.FEN, gettext_lazy("元")),
    (Unit.DAYS, gettext_lazy("天")), (Unit.ITEMS, gettext_lazy("个")), (Unit.ATTENDANCES, gettext_lazy("人次")),
    (Unit.SQUARE_METRES, gettext_lazy("平方米")), (Unit.NUMBER, gettext_lazy("比例")),
)  # fmt: skip
CODE_HINT = gettext_lazy("公式里用它来称呼，只用小写字母、数字和下划线；留空就按拼音生成")


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form have these choices."""
    field: Any = form.fields[name]
    field.choices = list(choices)


class FormulaField(forms.CharField):
    """A box for a formula."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("widget", forms.Textarea({"rows": 2, "spellcheck": "false"}))
        named.setdefault("max_length", 600)
        super().__init__(**named)


class PartForm(PlainForm):
    """The parent of these forms: `version` is the draft, `code` the part's code, "" for a new one."""

    part: Part
    place = forms.IntegerField(
        label=gettext_lazy("排在第几"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("留空就排在最后"),
    )

    def __init__(self, *given: Any, version: StandardVersion, code: str = "", **named: Any) -> None:
        self.version, self.code = version, code
        self.old: Any = piece(version, self.part, code) if code else None
        named["initial"] = {**(self.told() if self.old is not None else {}), **(named.get("initial") or {})}
        super().__init__(*given, **named)
        if self.old is not None and "place" in self.fields:
            self.fields["place"].help_text = ""

    def told(self) -> dict[str, Any]:
        """Return what stands in the boxes for the part as it is."""
        names = ("title", "title_en", "basis", "place")
        known = {name: getattr(self.old, name, None) for name in names}
        return {**known, "place": place_of(self.version, self.part, self.code)}

    @abstractmethod
    def piece(self) -> Any:
        """Return the part as it was typed."""

    def code_for(self, wished: str, title: str) -> str:
        """Return the part's code: the one it has, else a free one like the wished one or the title's pinyin."""
        if self.old is not None:
            return code_of(self.old)
        return free_code(self.version, self.part, wished or pinyin.sort_key(title))

    @property
    def within(self) -> str:
        """The code of the item that the part belongs to; "" where parts belong to none."""
        return ""

    def _readable(self, name: str, symbols: Mapping[str, Symbol], constants: Mapping[str, Constant]) -> str:
        source: str = (self.cleaned_data.get(name) or "").strip()
        if source:
            try:
                parse(source, symbols, constants=constants, expects=Unit.BOOLEAN)
            except ExpressionError as fault:
                raise ValidationError(said(fault.saying), code="formula") from fault
        return source


class DimensionForm(PartForm):
    """One item of the standard."""

    part = Part.DIMENSION
    title = forms.CharField(label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("例如：有阵地"))
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=60, required=False)
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("出自哪个文件的哪一条"), required=False
    )
    wished = forms.CharField(label=gettext_lazy("代号"), max_length=40, required=False, help_text=CODE_HINT)
    field_order = ("title", "title_en", "basis", "wished", "place")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.old is not None:
            del self.fields["wished"]

    def piece(self) -> Dimension:
        """Return the item as it was typed, with the criteria it has."""
        told = self.cleaned_data
        code = self.code_for(told.get("wished", ""), told["title"])
        criteria = self.old.criteria if self.old is not None else ()
        return Dimension(code, told["title"], told["title_en"], told["basis"], criteria)


class CriterionForm(PartForm):
    """One demand: title, basis, formulas, what to make of missing data, and what mends it."""

    part = Part.CRITERION
    title = forms.CharField(label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：有负责人"))
    dimension = forms.ChoiceField(label=gettext_lazy("所属项目"))
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("出自哪个文件的哪一条，例如：章程第二十条")
    )
    met = FormulaField(label=gettext_lazy("达到的条件"), help_text=gettext_lazy("例如：activities_in_12_months >= 4"))
    partly = FormulaField(
        label=gettext_lazy("部分达到的条件"),
        required=False,
        help_text=gettext_lazy("没有达到时再看这一条；留空就没有“部分达到”"),
    )
    applies_if = FormulaField(
        label=gettext_lazy("适用条件"),
        required=False,
        help_text=gettext_lazy("只对一部分组织提的要求才填；留空就对所有组织适用"),
    )
    missing = forms.ChoiceField(label=gettext_lazy("缺数据时"))
    mend = forms.ChoiceField(label=gettext_lazy("没有达到时，请组织做什么"))
    mandatory = forms.BooleanField(label=gettext_lazy("必备：这一条没有达到，整项就算未达到"), required=False)
    proposed = forms.BooleanField(label=gettext_lazy("依据里没有写明要求，由本侨联自行确定"), required=False)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=120, required=False)
    field_order = (
        "title", "dimension", "basis", "met", "partly", "applies_if", "missing", "mend", "mandatory", "proposed", "place",
        "title_en",
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, "dimension", [(each.code, title(each)) for each in self.version.dimensions])
        offer(self, "missing", [(policy, said(word)) for policy, word in MISSING_WORDS.items()])
        offer(self, "mend", [("", _("请选择")), *((mend.slug, title(mend)) for mend in MENDS.values())])

    def told(self) -> dict[str, Any]:
        """Return what stands in the boxes for the criterion as it is."""
        old: Criterion = self.old
        home = dimension_of(self.version, old.code)
        names = ("met", "partly", "applies_if", "missing", "mend", "mandatory", "proposed")
        return super().told() | {name: getattr(old, name) for name in names} | {"dimension": home.code if home else ""}

    def clean_met(self) -> str:
        """Return the formula of what is met, readable."""
        return self._formula("met")

    def clean_partly(self) -> str:
        """Return the formula of what is partly met, readable."""
        return self._formula("partly")

    def clean_applies_if(self) -> str:
        """Return the formula of when it applies, readable."""
        return self._formula("applies_if")

    def _formula(self, name: str) -> str:
        return self._readable(name, SYMBOLS, self.version.constants)

    def piece(self) -> Criterion:
        """Return the criterion as it was typed."""
        told = {
            name: value for name, value in self.cleaned_data.items() if name not in ("place", "dimension", "missing")
        }
        return Criterion(code=self.code_for("", told["title"]), missing=Missing(self.cleaned_data["missing"]), **told)

    @property
    def within(self) -> str:
        """The code of the item chosen."""
        return str(self.cleaned_data["dimension"])


class ThresholdForm(PartForm):
    """One threshold that formulas use by name."""

    part = Part.THRESHOLD
    label = forms.CharField(label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：每年最少活动次数"))
    unit = forms.ChoiceField(label=gettext_lazy("单位"), choices=UNITS)
    value = forms.DecimalField(
        label=gettext_lazy("数值"),
        max_digits=14,
        decimal_places=4,
        help_text=gettext_lazy("金额按元填写；比例写成小数，例如 0.6"),
    )
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)
    proposed = forms.BooleanField(label=gettext_lazy("依据里没有写明数值，由本侨联自行确定"), required=False)
    wished = forms.CharField(label=gettext_lazy("代号"), max_length=40, required=False, help_text=CODE_HINT)
    label_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=120, required=False)
    field_order = ("label", "unit", "value", "basis", "proposed", "wished", "label_en", "place")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.old is not None:
            del self.fields["wished"]

    def told(self) -> dict[str, Any]:
        """Return what stands in the boxes for the threshold as it is; money in yuan."""
        old: Parameter = self.old
        scale = FEN_IN_YUAN if old.unit is Unit.FEN else 1
        amount = Fraction(old.value) / scale
        shown = Decimal(amount.numerator) / Decimal(amount.denominator)
        known = {name: getattr(old, name) for name in ("label", "label_en", "unit", "basis", "proposed")}
        return super().told() | known | {"value": shown}

    def piece(self) -> Parameter:
        """Return the threshold as it was typed; money in fen."""
        told = self.cleaned_data
        unit = Unit(told["unit"])
        amount = Fraction(told["value"]) * (FEN_IN_YUAN if unit is Unit.FEN else 1)
        value = int(amount) if amount.denominator == 1 else amount
        name = self.code_for(told.get("wished", ""), told["label"])
        return Parameter(name, told["label"], told["label_en"], unit, value, told["basis"], told["proposed"])


class StageForm(PartForm):
    """One stage of growth."""

    part = Part.STAGE
    title = forms.CharField(label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("例如：先建立"))
    entry = FormulaField(
        label=gettext_lazy("进入这个阶段的条件"),
        help_text=gettext_lazy("第一个阶段写 True；后面的例如：organisation_met and team_met，或 dimensions_met >= 4"),
    )
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=60, required=False)
    field_order = ("title", "entry", "place", "title_en")

    def told(self) -> dict[str, Any]:
        """Return what stands in the boxes for the stage as it is."""
        return super().told() | {"entry": self.old.entry}

    def clean_entry(self) -> str:
        """Return the formula of the entry, readable."""
        return self._readable("entry", stage_symbols(self.version), {})

    def piece(self) -> Stage:
        """Return the stage as it was typed."""
        told = self.cleaned_data
        return Stage(self.code_for("", told["title"]), told["title"], told["title_en"], told["entry"])


class ExampleForm(PartForm):
    """One example: an imagined group's facts, and how each item should stand."""

    part = Part.EXAMPLE
    title = forms.CharField(label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：五项齐全的小组"))
    facts = forms.CharField(
        label=gettext_lazy("数据"), max_length=4000, widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy("一行一项，例如：venues = 1；是否写“是”或“否”，金额按元；没有写的算无数据"),
    )  # fmt: skip
    stage = forms.ChoiceField(label=gettext_lazy("阶段"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["place"]
        verdicts = [(verdict, verdict_word(verdict, words())) for verdict in Verdict]
        for each in self.version.dimensions:
            expected = self.old.verdicts.get(each.code) if self.old is not None else None
            self.fields[f"item_{each.code}"] = forms.ChoiceField(
                label=title(each), choices=verdicts, initial=expected or Verdict.NO_DATA
            )
        offer(self, "stage", [("", _("没有阶段")), *((each.code, title(each)) for each in self.version.stages)])
        if not self.version.stages:
            del self.fields["stage"]
        self.order_fields(["title", "facts", *(f"item_{each.code}" for each in self.version.dimensions), "stage"])

    def told(self) -> dict[str, Any]:
        """Return what stands in the boxes for the example as it is; money in yuan."""
        lines = [f"{name} = {_typed(value, name)}" for name, value in self.old.facts.items() if value is not None]
        return {"title": self.old.title, "facts": "\n".join(lines), "stage": self.old.stage}

    def clean_facts(self) -> dict[str, Value]:
        """Return the facts by name as typed; raises ValidationError for the first line that cannot be read."""
        found: dict[str, Value] = {}
        for number, line in enumerate(self.cleaned_data["facts"].splitlines(), 1):
            if line.strip():
                name, value = _fact_of(line, number)
                found[name] = value
        return found

    def piece(self) -> Example:
        """Return the example as it was typed."""
        told = self.cleaned_data
        verdicts = {each.code: Verdict(told[f"item_{each.code}"]) for each in self.version.dimensions}
        return Example(told["title"], told["facts"], verdicts, told.get("stage", ""))

    def computed(self) -> Example:
        """Return the example with the outcome that the draft gives for its facts. Raises: ExpressionError."""
        typed = self.piece()
        results = judge_dimensions(read_version(self.version, FACTS), typed.facts)
        reached = maturity(read_stages(self.version), results)
        verdicts = {each.dimension.code: each.verdict for each in results}
        return Example(typed.title, typed.facts, verdicts, reached.stage.code if reached else "")


_YES_NO: dict[str, Value] = {"是": True, "否": False, "true": True, "false": False}


def _fact_of(line: str, number: int) -> tuple[str, Value]:
    name, sign, typed = line.replace("＝", "=").partition("=")
    name, typed = name.strip(), typed.strip().removesuffix("元").replace(",", "").strip()
    words = {"number": number, "name": inner(name)}
    if not sign:
        raise ValidationError(_("第 %(number)d 行要写成“数据 = 值”，请改写。"), params=words)
    if name not in FACTS:
        raise ValidationError(_("第 %(number)d 行：数据目录里没有“%(name)s”，请改写。"), params=words)
    unit = FACTS[name].unit
    if unit is Unit.BOOLEAN:
        if typed.lower() not in _YES_NO:
            raise ValidationError(_("第 %(number)d 行：“%(name)s”要写“是”或“否”。"), params=words)
        return name, _YES_NO[typed.lower()]
    try:
        amount = Fraction(typed) * (FEN_IN_YUAN if unit is Unit.FEN else 1)
    except (ValueError, ZeroDivisionError):
        raise ValidationError(_("第 %(number)d 行：“%(name)s”的值要是数字，请改写。"), params=words) from None
    return name, int(amount) if amount.denominator == 1 else amount


def _typed(value: Value, name: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    amount = Fraction(value or 0) / (FEN_IN_YUAN if name in FACTS and FACTS[name].unit is Unit.FEN else 1)
    return str(amount) if amount.denominator == 1 else f"{float(amount):g}"


FORMS: dict[Part, type[PartForm]] = {
    form.part: form for form in (DimensionForm, CriterionForm, ThresholdForm, StageForm, ExampleForm)
}


def names_for_formulas(version: StandardVersion, part: Part) -> Iterable[Symbol]:
    """Return the names that the formulas of a part may use, with their words: thresholds first, then the facts."""
    if part is Part.STAGE:
        return stage_symbols(version).values()
    return [*(each.constant.symbol for each in version.parameters), *SYMBOLS.values()]
