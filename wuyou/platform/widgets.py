"""Boxes to fill in that Django lacks: a date known in part, one out of many units or places, one consent.

All of them work without scripts; htmx only spares a round trip.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.quotes import inner
from wuyou.platform.presentation import Text


class PlainForm(forms.Form):
    """A form whose complaints name the field and say what to do, instead of “this field is required”."""

    def __init__(self, *given: Any, **named: Any) -> None:
        named.setdefault("label_suffix", "")
        super().__init__(*given, **named)
        for field in self.fields.values():
            for code, sentence in _complaints(field).items():
                if field.error_messages.get(code) == _usual(field, code):
                    field.error_messages[code] = format_lazy(sentence, label=field.label or "")


def _complaints(field: forms.Field) -> dict[str, Any]:
    """Return the sentences for a kind of field, `{label}` standing for its label."""
    if isinstance(field, forms.FileField):
        return {"required": _("请选择要上传的文件：{label}。"), "empty": _("“{label}”是空文件，请换一个有内容的文件。")}
    if isinstance(field, forms.BooleanField):
        return {"required": _("请先勾选“{label}”。")}
    if isinstance(field, forms.ChoiceField):
        return {"required": _("请选择{label}。"), "invalid_choice": _("请从列出的选项里选择{label}。")}
    wrong = _("请用数字填写{label}。") if isinstance(field, forms.IntegerField) else _("{label}的写法不对，请核对。")
    return {"required": _("请填写{label}。"), "invalid": wrong}


def _usual(field: forms.Field, code: str) -> Any:
    """Return Django's own sentence for a code, by which one that a field or a form gave itself is told apart."""
    given = (kind.default_error_messages.get(code) for kind in type(field).__mro__ if _is_django(kind))
    return next((sentence for sentence in given if sentence is not None), None)


def _is_django(kind: type) -> TypeGuard[type[forms.Field]]:
    return kind.__module__.startswith("django.") and "default_error_messages" in vars(kind)


class DayInput(forms.DateInput):
    """The browser's own date box, which knows dates in one form only, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of our time: what lies far before or after it is a slip of the hand."""

    widget = DayInput
    FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
    default_error_messages = {"far": _("年份不对，请核对日期。")}

    def to_python(self, value: Any) -> date | None:
        """Return the day; None when nothing stands there. Raises ValidationError."""
        day: date | None = super().to_python(value)
        if day is not None and not self.FIRST <= day <= self.LAST:
            raise ValidationError(self.error_messages["far"], code="far")
        return day


class PartialDateInput(forms.MultiWidget):
    """Three boxes: year, month, day; the later ones may stay empty."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}) for part in ("y", "m", "d")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the three written parts of "1952", "1952-05", "1952-05-06" or a date."""
        parts = (value.isoformat() if isinstance(value, date) else str(value or "")).split("-")
        return [*parts, "", "", ""][:3]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return what stands in the three boxes, or the parts of one ISO text sent under the plain name."""
        if name in data:
            return self.decompress(data.get(name))
        return [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]


class PartialDateField(forms.Field):
    """A date known to the year, the month or the day; its value is ISO text cut at what is known, "" when empty."""

    widget = PartialDateInput
    default_error_messages = {
        "required": _("请填写日期，只知道年份也可以。"),
        "year": _("请用四位数字填写年份，例如 1952。"),
        "gap": _("填了日，还要填月；只知道年份，月和日都可以空着。"),
        "impossible": _("没有这一天，请核对年、月、日。"),
    }

    def to_python(self, value: Any) -> str:
        """Return "1952", "1952-05", "1952-05-06" or ""."""
        parts = value if isinstance(value, list) else PartialDateInput().decompress(value)
        year, month, month_day = (re.sub(r"[年月日\s]", "", str(part)) for part in parts)
        if not (year or month or month_day):
            return ""
        if not re.fullmatch(r"[12]\d{3}", year):
            raise ValidationError(self.error_messages["year"], code="year")
        if not re.fullmatch(r"\d{0,2}", month) or not re.fullmatch(r"\d{0,2}", month_day):
            raise ValidationError(self.error_messages["impossible"], code="impossible")
        if month_day and not month:
            raise ValidationError(self.error_messages["gap"], code="gap")
        try:
            date(int(year), int(month or 1), int(month_day or 1))
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None
        return "-".join([year] + [f"{int(part):02d}" for part in (month, month_day) if part])


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit or place that a typed name may mean."""

    code: str
    name: Text
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What stood in a picker: the code of the marked candidate, the typed name, the name typed when it was marked."""

    code: str = ""
    typed: str = ""
    was: str = ""


class PickerInput(forms.TextInput):
    """A box for a name with the candidates under it; `search_url` answers `?q=` with the candidates as radios."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.search_url = ""
        self.candidates: Sequence[Candidate] = ()
        self.name_of: Callable[[str], Text | None] = lambda code: None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Picked:
        """Return what was marked and typed."""
        return Picked(*(str(data.get(key) or "").strip() for key in (name, f"{name}_typed", f"{name}_was")))

    def picked(self, value: Any) -> Picked:
        """Return a value (a code, or what was sent) as marked and typed."""
        if isinstance(value, Picked):
            return value
        code = str(value or "")
        name = str(self.name_of(code) or "") if code else ""
        return Picked(code, name, name)


class PickerField(forms.Field):
    """One of many: a name is typed, the one meant is marked; never a silent guess. Its value is a code, "" when empty.

    `find` returns the candidates for a typed name (best first), `name_of` the name of a code, None when the code is not
    the actor's to choose. A form sets both in its `__init__`, bound to its actor.
    """

    widget = PickerInput
    default_error_messages = {
        "required": _("请填写名称，并选定一个。"),
        "unknown": _("没有找到“%(typed)s”。请换一个名称再查，例如只写前几个字。"),
        "several": _("有 %(count)d 个名称与“%(typed)s”相近，请在下面选定一个。"),
    }

    def __init__(
        self,
        *,
        find: Callable[[str], Sequence[Candidate]] = lambda typed: (),
        name_of: Callable[[str], Text | None] = lambda code: None,
        search_url: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.offer(find, name_of, search_url)

    def offer(
        self,
        find: Callable[[str], Sequence[Candidate]],
        name_of: Callable[[str], Text | None],
        search_url: str = "",
    ) -> None:
        """Set where candidates come from."""
        self.find, self.name_of = find, name_of
        if isinstance(self.widget, PickerInput):
            self.widget.search_url, self.widget.name_of = search_url, name_of

    def clean(self, value: Any) -> str:
        """Return the code that was marked, or that the typed name means beyond doubt.

        Raises: ValidationError when the name means nothing, or more than one thing; the candidates are then shown.
        """
        picked = value if isinstance(value, Picked) else Picked(code=str(value or ""))
        if picked.code and picked.typed in ("", picked.was) and self.name_of(picked.code) is not None:
            self._show([Candidate(picked.code, self.name_of(picked.code) or "")])
            return picked.code
        if not picked.typed:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        found = list(self.find(picked.typed))
        self._show(found)
        marked = [one for one in found if one.code == picked.code]
        exact = [one for one in found if str(one.name) == picked.typed]
        if len(marked or exact) == 1:
            return (marked or exact)[0].code
        code = "several" if found else "unknown"
        words = {"typed": inner(picked.typed), "count": len(found)}
        raise ValidationError(self.error_messages[code], code=code, params=words)

    def _show(self, candidates: Sequence[Candidate]) -> None:
        if isinstance(self.widget, PickerInput):
            self.widget.candidates = candidates


class ConsentField(forms.BooleanField):
    """One consent for one purpose: what is kept, what for, how long; never ticked beforehand.

    Source: Personal Information Protection Law, articles 14 and 17.
    """

    def __init__(self, *, purpose: Text, contents: Text, kept: Text, **rest: Any) -> None:
        super().__init__(**rest)
        self.purpose, self.contents, self.kept = purpose, contents, kept


def picker_answer(request: HttpRequest, find: Callable[[str], Sequence[Candidate]]) -> HttpResponse:
    """Return the candidates for what is being typed in a picker, as radios; the answer to its `search_url`.

    The picker sends `name` (the field) and `<name>_typed`.
    """
    name = request.GET.get("name", "")
    typed = request.GET.get(f"{name}_typed", "").strip()
    found = find(typed) if typed else ()
    context = {"name": name, "typed": typed, "candidates": found, "chosen": "", "searched": bool(typed)}
    return render(request, "platform/components/picker_options.html", context)
