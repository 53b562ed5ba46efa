"""Verdicts as the pages show them: words and tones, the cards of one unit, the table of many, a standard in plain words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.assessment import links
from wuyou.assessment.facts import FACTS, SYMBOLS
from wuyou.assessment.forms import COMPLETE
from wuyou.assessment.languages import title, words
from wuyou.assessment.queries import Picture, PictureRow, Rulebook, counts, is_complete
from wuyou.assessment.rules import DimensionResult, StandardVersion, Verdict, verdict_word
from wuyou.assessment.rules.maturity import stage_symbols
from wuyou.assessment.rules.wording import in_words
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import Symbol
from wuyou.platform.presentation import Text, day_in_prose
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

TONES = {Verdict.MET: "success", Verdict.PARTLY: "warning", Verdict.NOT_MET: "danger", Verdict.NO_DATA: "neutral"}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done; `href` "" when the reader may not do it himself."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was put in, what its absence means ("" when it is there), and the list behind it."""

    label: str
    text: str
    missing: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item of the standard for one unit."""

    code: str
    title: str
    word: str
    tone: str
    why: str
    numbers: tuple[Number, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """The stage, and what is missing for the next: title of the next stage, sentence; "" when nothing is."""

    stage: str
    following: str
    step: str


def cards(actor: Actor, picture: Picture) -> list[Card]:
    """Return the items of a picture as cards, in the order of the standard; on a day of the past nothing is mended."""
    return [_card(actor, picture, item) for item in picture.items]


def _card(actor: Actor, picture: Picture, item: DimensionResult) -> Card:
    word = verdict_word(item.verdict, words())
    numbers = {each.fact.name: each for result in item.criteria for each in result.inputs}
    return Card(
        item.dimension.code,
        title(item.dimension),
        word,
        TONES[item.verdict],
        item.why.removeprefix(f"{word}{words().outcome}"),
        tuple(
            Number(
                title(each.fact), each.text, each.missing,
                links.records_url(actor, picture.unit, each.fact, picture.as_of),
            )
            for each in numbers.values()
        ),
        tuple(
            Action(title(mend), links.mend_url(actor, picture.unit, mend))
            for mend in item.mends
            if picture.as_of >= clock.today()
        ),
    )  # fmt: skip


def first_action(shown_cards: Sequence[Card]) -> Action | None:
    """Return the first thing that the reader can do about what is missing; None when there is none."""
    return next((action for card in shown_cards for action in card.actions if action.href), None)


def growth(picture: Picture) -> Growth | None:
    """Return the stage of a unit with its next step; None when the standard has no stages."""
    grown = picture.maturity
    if grown is None:
        return None
    following = title(grown.next_stage) if grown.next_stage else ""
    return Growth(title(grown.stage), following, grown.next_step.text if grown.next_step else "")


def units_table(rows: Sequence[PictureRow], book: Rulebook, unit_url: Callable[[int], str]) -> Table:
    """Return the table of units: name, kind, one verdict an item, the stage; on a phone what is still lacking."""
    items, has_stages = book.version.dimensions, bool(book.version.stages)
    columns = [
        Column(_("组织"), phone="name"),
        Column(_("类型"), phone="hide"),
        *(Column(title(item), "tag", phone="hide") for item in items),
        *([Column(_("阶段"), "tag", phone="tag")] if has_stages else []),
        Column(_("还缺"), phone="only"),
    ]
    body: list[list[Written]] = []
    for row in rows:
        verdicts = row.verdicts[book.code]
        stage = row.stages[book.code]
        stages: list[Written] = [Cell(title(stage) if stage else "", tone="neutral")] if has_stages else []
        body.append([
            Cell(row.unit.short_name, unit_url(row.unit.id)),
            row.unit.kind,
            *(Cell(verdict_word(verdicts[item.code], words()), tone=TONES[verdicts[item.code]]) for item in items),
            *stages,
            _lacking_words(verdicts, book.version),
        ])  # fmt: skip
    empty = Empty(
        _("没有符合条件的组织"), _("登记组织以后，这里按标准列出每个组织的五有情况；换个条件再查，也可以看别的日期。")
    )
    return Table(_("各组织五有情况"), columns, body, empty)


def _lacking_words(verdicts: Mapping[str, Verdict], version: StandardVersion) -> str:
    lacking = [title(item) for item in version.dimensions if verdicts[item.code] is not Verdict.MET]
    return _("还缺：%(items)s") % {"items": _("、").join(lacking)} if lacking else _("什么都不缺")


def narrowed(rows: Sequence[PictureRow], book: Rulebook, *, lacking: str, stage: str) -> list[PictureRow]:
    """Return the rows that lack an item (`lacking` an item's code, or `COMPLETE`) and stand at a stage; "" is all."""
    return [
        row
        for row in rows
        if (not lacking or _lacks(row, book.code, lacking)) and stage in ("", _stage_code(row, book.code))
    ]


def _lacks(row: PictureRow, code: str, lacking: str) -> bool:
    if lacking == COMPLETE:
        return is_complete(row, code)
    return row.verdicts[code].get(lacking) is not Verdict.MET


def first_lacking(rows: Sequence[PictureRow], book: Rulebook, unit_url: Callable[[int], str]) -> str:
    """Return the page of the first unit, in the order of the list, that lacks something; "" when none does."""
    return next((unit_url(row.unit.id) for row in rows if not is_complete(row, book.code)), "")


def _stage_code(row: PictureRow, code: str) -> str:
    stage = row.stages[code]
    return stage.code if stage else ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number over the list, with the address of the list that it counts."""

    label: Text
    number: int
    href: str


def tallies(rows: Sequence[PictureRow], book: Rulebook, asked: Mapping[str, str]) -> list[Count]:
    """Return how many units there are, how many lack nothing, and how many lack each item; `asked` is the query kept."""

    def here(**more: str) -> str:
        return address("units", {**asked, **more})

    by_item = counts(rows, book.code)
    lacking = [
        Count(
            title(item),
            sum(number for verdict, number in by_item.get(item.code, {}).items() if verdict is not Verdict.MET),
            here(lacking=item.code),
        )
        for item in book.version.dimensions
    ]
    complete = sum(is_complete(row, book.code) for row in rows)
    return [
        Count(_("组织"), len(rows), here()),
        Count(_("各项都达到"), complete, here(lacking=COMPLETE)),
        *lacking,
    ]


def formula(version: StandardVersion, source: str) -> str:
    """Return a formula with the labels of its facts and thresholds; as it was typed when it cannot be read; "" for none."""
    return in_words(source, SYMBOLS, words(), version.constants)


def stages(version: StandardVersion) -> list[tuple[str, str]]:
    """Return the stages of a version in plain words: title, what it asks."""
    symbols = stage_symbols(version)
    return [(title(each), _stage_asks(each.entry, symbols)) for each in version.stages]


def _stage_asks(entry: str, symbols: Mapping[str, Symbol]) -> str:
    return _("登记了组织就在这个阶段") if entry.strip() == "True" else in_words(entry, symbols, words())


def in_force(version: StandardVersion) -> str:
    """Return since when a version is in force, as a sentence."""
    if version.effective_from is None:
        return _("第 %(number)d 版，现行") % {"number": version.number}
    told = {"number": version.number, "day": day_in_prose(version.effective_from)}
    return _("第 %(number)d 版，自%(day)s起施行") % told


def undated(book: Rulebook, on: date) -> str:
    """Return which facts of a standard are answered with the present register for an earlier day; "" for today."""
    if on >= clock.today():
        return ""
    labels = [f"“{title(FACTS[name])}”" for name in book.read.names if not FACTS[name].is_dated]
    return "".join(labels)


def query(on: date, standard: str) -> dict[str, str]:
    """Return what an address keeps of day and standard; today needs no saying."""
    return {"standard": standard, "on": "" if on == clock.today() else on.isoformat()}


def address(name: str, asked: Mapping[str, str], *args: int) -> str:
    """Return the address of a page of this package with its query; empty values are left out."""
    said = urlencode({key: value for key, value in asked.items() if value})
    return reverse(f"assessment:{name}", args=args) + (f"?{said}" if said else "")


def others(books: Sequence[Rulebook], book: Rulebook, page: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the other standards in force as title and address; `page` gives the address for a standard's code."""
    return [(title(each.version.standard), page(each.code)) for each in books if each.code != book.code]


def offices_table(offices: Sequence[tuple[int, str, str]], asked: Mapping[str, str]) -> Table:
    """Return the offices to choose from (id, short name, full name) with the list of each."""
    rows: list[list[Written]] = [
        [Cell(short, address("units", {**asked, "office": str(pk)})), full] for pk, short, full in offices
    ]
    return Table(_("选择侨联"), (Column(_("侨联"), phone="name"), Column(_("全称"), phone="line")), rows)
