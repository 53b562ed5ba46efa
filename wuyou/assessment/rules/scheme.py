"""A standard as data: version, items (五有的一"有"), criteria, thresholds, stages, golden examples; and its JSON form.

Everything is frozen and plain. What a version demands lives in its `content` (one JSON object), whose hash says whether
two versions demand the same; number, state and dates stand beside it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from wuyou.kernel.expressions import Constant, Symbol, Unit, Value
from wuyou.kernel.sayings import Saying

T = TypeVar("T")


class Verdict(StrEnum):
    """How an item stands. `NO_DATA` is told apart from `NOT_MET`: nobody is judged by what was not registered."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NO_DATA = "no_data"


class Missing(StrEnum):
    """What a criterion makes of missing facts: leave it open, take it for not met, or leave the criterion out."""

    NO_DATA = "no_data"
    NOT_MET = "not_met"
    EXCLUDE = "exclude"


class State(StrEnum):
    """Where a version stands; a published one never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold that the office sets without touching a formula. Money in fen. `proposed`: our own starting value."""

    name: str
    label: str
    label_en: str
    unit: Unit
    value: int | Fraction
    basis: str
    proposed: bool = True

    @property
    def constant(self) -> Constant:
        """The threshold as a name in formulas."""
        return Constant(Symbol(self.name, self.label, self.label_en, self.unit), self.value)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One demand. `met`, `partly` and `applies_if` are formulas; `mend` is the slug of what to do when it is not met.

    `mandatory` (必备): when it is not met, the whole item is not met. `basis` is the clause it comes from; `proposed`
    says that the clause names the matter and this demand is our own wording of it.
    """

    code: str
    title: str
    title_en: str
    basis: str
    met: str
    mend: str
    partly: str = ""
    applies_if: str = ""
    missing: Missing = Missing.NO_DATA
    mandatory: bool = False
    proposed: bool = True


@dataclass(frozen=True, slots=True)
class Dimension:
    """One item of the standard, such as 有组织. `code` also names it in stage formulas (`organisation_met`)."""

    code: str
    title: str
    title_en: str
    basis: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of maturity; a unit is in the last stage whose entry, and all before, hold. The first entry is `True`."""

    code: str
    title: str
    title_en: str
    entry: str


@dataclass(frozen=True, slots=True)
class Example:
    """A golden example that a version ships with: facts in, verdict of each item out, and the stage ("" = no stages).

    Facts that are not listed are missing.
    """

    title: str
    facts: Mapping[str, Value]
    verdicts: Mapping[str, Verdict]
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard by its code; `issued_by` is the document it comes from."""

    code: str
    title: str
    title_en: str
    issued_by: str


@dataclass(frozen=True, slots=True)
class StandardVersion:
    """One version of a standard."""

    standard: Standard
    number: int
    parameters: tuple[Parameter, ...]
    dimensions: tuple[Dimension, ...]
    stages: tuple[Stage, ...] = ()
    examples: tuple[Example, ...] = ()
    state: State = State.DRAFT
    effective_from: date | None = None
    effective_until: date | None = None

    @property
    def constants(self) -> dict[str, Constant]:
        """The thresholds as names in formulas."""
        return {parameter.name: parameter.constant for parameter in self.parameters}


class ContentError(ValueError):
    """The stored content of a version has not the shape of a standard; `saying` tells it in one sentence."""

    def __init__(self, saying: Saying) -> None:
        self.saying = saying
        super().__init__(str(saying))


def content(version: StandardVersion) -> dict[str, Any]:
    """Return what the version demands as one JSON object; exact fractions as text "3/5", money in fen."""
    return {
        "parameters": [_plain(parameter) for parameter in version.parameters],
        "dimensions": [_plain(dimension) for dimension in version.dimensions],
        "stages": [_plain(stage) for stage in version.stages],
        "examples": [_plain(example) for example in version.examples],
    }


def content_hash(version: StandardVersion) -> str:
    """Return the SHA-256 of the content in one fixed spelling (64 hex digits): same demands, same hash."""
    text = json.dumps(content(version), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def version_of(
    standard: Standard,
    number: int,
    stored: Mapping[str, Any],
    *,
    state: State = State.DRAFT,
    effective_from: date | None = None,
    effective_until: date | None = None,
) -> StandardVersion:
    """Return the version whose content was stored; the inverse of `content`.

    Raises: ContentError when a part is missing, unknown or of the wrong shape.
    """
    if not isinstance(stored, Mapping) or set(stored) != {"parameters", "dimensions", "stages", "examples"}:
        raise ContentError(Saying("标准的内容不完整，没有保存，请重新导入标准文件。"))
    return StandardVersion(
        standard,
        number,
        parameters=_many(Parameter)(stored["parameters"]),
        dimensions=_many(Dimension)(stored["dimensions"]),
        stages=_many(Stage)(stored["stages"]),
        examples=_many(Example)(stored["examples"]),
        state=state,
        effective_from=effective_from,
        effective_until=effective_until,
    )


def _plain(part: Any) -> Any:
    if hasattr(part, "__dataclass_fields__"):
        return {each.name: _plain(getattr(part, each.name)) for each in fields(part)}
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_plain(value) for value in part]
    if isinstance(part, Fraction):
        return int(part) if part.denominator == 1 else str(part)
    return part.value if isinstance(part, StrEnum) else part


def _many(kind: type[T]) -> Callable[[Any], tuple[T, ...]]:
    def read(stored: Any) -> tuple[T, ...]:
        if not isinstance(stored, list):
            part = {"part": kind.__name__}
            raise ContentError(Saying("标准的内容里“{part}”应当是一个列表，没有保存，请重新导入标准文件。", part))
        return tuple(_one(kind, part) for part in stored)

    return read


def _one(kind: Any, stored: Any) -> Any:
    known = {each.name for each in fields(kind)}
    if not isinstance(stored, Mapping) or not set(stored) <= known:
        part = {"part": kind.__name__}
        raise ContentError(Saying("标准的内容里“{part}”有不认识的部分，没有保存，请重新导入标准文件。", part))
    readers: Mapping[str, Callable[[Any], Any]] = _READERS.get(kind, {})
    try:
        return kind(
            **{name: readers[name](value) if name in readers else _word(value) for name, value in stored.items()}
        )
    except (TypeError, ValueError) as fault:
        if isinstance(fault, ContentError):
            raise
        part = {"part": kind.__name__}
        message = Saying("标准的内容里“{part}”缺少必要的部分或值不对，没有保存，请重新导入标准文件。", part)
        raise ContentError(message) from fault


def _word(stored: Any) -> str:
    if not isinstance(stored, str):
        raise TypeError(f"{stored!r} is no text")
    return stored


def _flag(stored: Any) -> bool:
    if not isinstance(stored, bool):
        raise TypeError(f"{stored!r} is no yes or no")
    return stored


def _value(stored: Any) -> Value:
    if stored is None or isinstance(stored, int):
        return stored
    return Fraction(_word(stored))


def _number(stored: Any) -> int | Fraction:
    value = _value(stored)
    if value is None or isinstance(value, bool):
        raise TypeError(f"{stored!r} is no number")
    return value


def _values(stored: Any) -> dict[str, Value]:
    return {_word(name): _value(value) for name, value in dict(stored).items()}


def _verdicts(stored: Any) -> dict[str, Verdict]:
    return {_word(name): Verdict(value) for name, value in dict(stored).items()}


_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Parameter: {"unit": Unit, "value": _number, "proposed": _flag},
    Criterion: {"missing": Missing, "mandatory": _flag, "proposed": _flag},
    Dimension: {"criteria": _many(Criterion)},
    Example: {"facts": _values, "verdicts": _verdicts},
}
