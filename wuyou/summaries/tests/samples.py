"""Invented figures for the tests of this package: every figure of the catalogue, families with some members."""

from collections.abc import Callable
from datetime import date

from wuyou.platform.figures import Figure as Announced
from wuyou.platform.figures import FigureFamily
from wuyou.platform.plugs import announced
from wuyou.summaries.figures import Figure
from wuyou.summaries.rules import Setting
from wuyou.summaries.words import FigureWord

AS_OF = date(2025, 12, 31)
SETTING = Setting("某市侨联", "全市", 2025)
MEMBERS = {
    "orgs.by_kind": (("group", "侨联小组"), ("liaison", "侨联联络组")),
    "orgs.by_form": (("committee", "委员会"), ("group", "小组")),
    "orgs.by_state": (("normal", "正常"), ("lapsed", "停滞"), ("to_reorganise", "待重组")),
    "people.by_category": (("returnee", "归侨"), ("qiaojuan", "侨眷")),
    "activities.by_kind": (("activity", "活动"), ("study", "学习"), ("visit", "走访"), ("symposium", "座谈")),
    "funds.by_source": (("fiscal", "财政拨款"), ("host", "所在单位")),
    "assessment.target.met": (("organisation", "有组织"), ("team", "有队伍")),
    "assessment.target.not_met": (("organisation", "有组织"), ("team", "有队伍")),
    "assessment.attained.met": (("place", "固定的活动场所"),),
    "assessment.attained.not_met": (("place", "固定的活动场所"),),
    "assessment.stage": (("establish", "先建立"), ("raise", "再提高")),
}


def all_words() -> list[FigureWord]:
    """The words of every announced figure; of a family those of the members above."""
    found = []
    for one in announced.figures.values():
        found += (
            [_member(one, *member) for member in MEMBERS[one.name]] if isinstance(one, FigureFamily) else [_word(one)]
        )
    return found


def word_of(name: str) -> FigureWord:
    return next(word for word in all_words() if word.name == name)


def _word(one: Announced) -> FigureWord:
    return FigureWord(one.name, str(one.label), one.unit, str(one.definition), one.span)


def _member(family: FigureFamily, code: str, item: str) -> FigureWord:
    label, definition = (str(text).format(item=item) for text in (family.label, family.definition))
    return FigureWord(f"{family.name}.{code}", label, family.unit, definition, family.span, item)


def make_figures(value: Callable[[FigureWord], int | None] | int | None = 7, **overrides) -> dict[str, Figure]:
    """Every figure with the same value, or what `value` says; `orgs__total=3` overrides one."""
    figures = {}
    for word in all_words():
        given = overrides.get(word.name.replace(".", "__"), value(word) if callable(value) else value)
        figures[word.name] = Figure(word, given, AS_OF, f"/figures/{word.name}/")
    return figures


def some_figures(**values) -> dict[str, Figure]:
    """Only the figures named, `orgs__total=3`."""
    names = {name.replace("__", "."): value for name, value in values.items()}
    return {word.name: Figure(word, names[word.name], AS_OF, "/") for word in all_words() if word.name in names}
