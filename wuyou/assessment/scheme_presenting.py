"""Standards and rubrics as their pages show them: the list, a version, what a draft changes, a trial, the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.assessment import fact_meanings
from wuyou.assessment.facts import FACTS, MENDS, SYMBOLS, Fact
from wuyou.assessment.languages import title, words
from wuyou.assessment.models import SchemeVersion
from wuyou.assessment.presenting import TONES, formula, stages
from wuyou.assessment.rules import (
    Criterion,
    Dimension,
    Fault,
    StandardVersion,
    Verdict,
    rubric,
    verdict_word,
)
from wuyou.assessment.rules.changes import MISSING_WORDS
from wuyou.assessment.rules.editing import Part, piece
from wuyou.assessment.rules.rubric import Decision, RubricItem
from wuyou.assessment.schemes import Kept, replacing
from wuyou.assessment.trial import ChangedUnit
from wuyou.kernel.expressions import Symbol, shown
from wuyou.kernel.quotes import nested
from wuyou.platform.presentation import day, day_in_prose, said
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

State = SchemeVersion.State


def number_text(value: Any) -> str:
    """Return points as they are written, without noughts behind the point; "" for None."""
    return "" if value is None else f"{float(value):g}"


def edition(row: SchemeVersion) -> str:
    """Return which version it is."""
    return _("第 %(number)d 版") % {"number": row.number}


def standing(row: SchemeVersion, versions: Iterable[SchemeVersion], on: date) -> str:
    """Return how a version stands on a day among all of its scheme, as a sentence."""
    if row.state == State.DRAFT:
        return _("草稿，还没有发布")
    since = day_in_prose(row.effective_from) if row.effective_from else ""
    if row.effective_until is not None:
        end = day_in_prose(row.effective_until)
        return (_("自%(end)s起停用") if row.effective_until > on else _("%(end)s起已停用")) % {"end": end}
    if (following := replacing(row, versions)) and following.effective_from:
        return _("%(end)s起由%(edition)s代替") % {
            "end": day_in_prose(following.effective_from), "edition": edition(following),
        }  # fmt: skip
    if row.effective_from is not None and row.effective_from > on:
        return _("已发布，自%(since)s起施行") % {"since": since}
    return _("自%(since)s起施行") % {"since": since} if since else _("随系统提供，一直施行")


def kept_table(kept: Sequence[Kept], on: date) -> Table:
    """Return the list of standards and rubrics: title, kind, version in force, open draft."""
    columns = (
        Column(_("名称"), phone="name"), Column(_("种类"), phone="line"), Column(_("现行"), phone="line"),
        Column(_("草稿"), "tag", phone="tag"), Column(_("版本数"), "number", phone="hide"),
    )  # fmt: skip
    empty = Empty(_("还没有标准"), _("标准装入以后，在这里起草、修改和发布。"))
    return Table(_("标准和评分表"), columns, [_kept_row(each, on) for each in kept], empty)


def _kept_row(kept: Kept, on: date) -> list[Written]:
    first = kept.in_force or kept.versions[0]
    in_force = _("没有在用的版本")
    if kept.in_force:
        words = {"edition": edition(kept.in_force), "standing": standing(kept.in_force, kept.versions, on)}
        in_force = _("%(edition)s，%(standing)s") % words
    draft: Written = ""
    if kept.draft:
        draft = Cell(_("%(edition)s草稿") % {"edition": edition(kept.draft)}, _at("version", kept.draft.pk))
    name = Cell(title(kept.scheme), _at("version", first.pk))
    return [name, kept.scheme.get_kind_display(), in_force, draft, len(kept.versions)]


def versions_table(rows: Sequence[SchemeVersion], shown_pk: int, on: date) -> Table:
    """Return the versions of one scheme, newest first; the one on the page has no link."""
    columns = (
        Column(_("版本"), phone="name"), Column(_("状态"), "tag", phone="tag"), Column(_("施行情况"), phone="line"),
        Column(_("发布文件"), phone="hide"), Column(_("发布日期"), "date", phone="hide"),
    )  # fmt: skip
    body: list[list[Written]] = []
    for row in rows:
        name = edition(row)
        label: Written = name if row.pk == shown_pk else Cell(name, _at("version", row.pk))
        tones = {State.DRAFT: "neutral", State.PUBLISHED: "success", State.RETIRED: "warning"}
        state = Cell(row.get_state_display(), tone=tones[State(row.state)])
        body.append(
            [label, state, standing(row, rows, on), row.document, day(row.published_at) if row.published_at else ""]
        )
    return Table(_("各个版本"), columns, body)


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion of a version in plain words; `href` is where it is changed, "" when it cannot be."""

    title: str
    rows: tuple[tuple[str, str], ...]
    href: str


@dataclass(frozen=True, slots=True)
class DimensionCard:
    """An item of a version with its criteria; the addresses are "" when nothing can be changed."""

    title: str
    basis: str
    criteria: tuple[CriterionLine, ...]
    href: str
    add_href: str


def dimension_cards(version: StandardVersion, edit_pk: int | None) -> list[DimensionCard]:
    """Return the items of a version; with `edit_pk` (of the draft) each part has the address of its form."""
    return [_dimension_card(version, each, edit_pk) for each in version.dimensions]


def _dimension_card(version: StandardVersion, item: Dimension, edit_pk: int | None) -> DimensionCard:
    lines = tuple(_criterion_line(version, each, edit_pk) for each in item.criteria)
    add = f"{part_url(edit_pk, Part.CRITERION)}?within={item.code}" if edit_pk else ""
    return DimensionCard(title(item), item.basis, lines, part_url(edit_pk, Part.DIMENSION, item.code), add)


def _criterion_line(version: StandardVersion, each: Criterion, edit_pk: int | None) -> CriterionLine:
    mend = MENDS.get(each.mend)
    rows = (
        (_("达到"), formula(version, each.met)),
        (_("部分达到"), formula(version, each.partly)),
        (_("适用"), formula(version, each.applies_if)),
        (_("缺数据时"), said(MISSING_WORDS[each.missing])),
        (_("没有达到时"), title(mend) if mend else ""),
        (_("依据"), each.basis + (_("（建议）") if each.proposed else "")),
    )
    named = title(each) + (_("（必备）") if each.mandatory else "")
    told = tuple((label, text) for label, text in rows if text)
    return CriterionLine(named, told, part_url(edit_pk, Part.CRITERION, each.code))


def thresholds_table(version: StandardVersion, edit_pk: int | None) -> Table:
    """Return the thresholds of a version: label, value, the name in formulas, basis."""
    columns = (
        Column(_("阈值"), phone="name"), Column(_("数值"), phone="tag"), Column(_("代号"), phone="hide"),
        Column(_("依据"), phone="line"),
    )  # fmt: skip
    rows: list[list[Written]] = [
        [_linked(title(each), part_url(edit_pk, Part.THRESHOLD, each.name)), shown(each.value, each.unit, words()),
         each.name, each.basis]
        for each in version.parameters
    ]  # fmt: skip
    return Table(_("阈值"), columns, rows, Empty(_("没有阈值")))


def stages_table(version: StandardVersion, edit_pk: int | None) -> Table:
    """Return the stages of a version with what each asks."""
    columns = (Column(_("阶段"), phone="name"), Column(_("进入条件"), phone="line"))
    rows: list[list[Written]] = [
        [_linked(name, part_url(edit_pk, Part.STAGE, stage.code)), asked]
        for stage, (name, asked) in zip(version.stages, stages(version), strict=True)
    ]
    return Table(_("阶段"), columns, rows, Empty(_("没有划分阶段")))


def examples_table(version: StandardVersion, found: Sequence[Fault], edit_pk: int | None) -> Table:
    """Return the examples of a version, each with whether the version judges it as expected."""
    columns = (Column(_("样例"), phone="name"), Column(_("预期"), phone="line"), Column(_("试算"), "tag", phone="tag"))
    wrong = {fault.where for fault in found}
    rows: list[list[Written]] = []
    for at, each in enumerate(version.examples, 1):
        name = _linked(each.title, part_url(edit_pk, Part.EXAMPLE, str(at)))
        told = "；".join(_expected(version, code, verdict) for code, verdict in each.verdicts.items())
        state = Cell(_("不符"), tone="danger") if each.title in wrong else Cell(_("相符"), tone="success")
        rows.append([name, told, state])
    return Table(_("样例"), columns, rows, Empty(_("没有样例")))


def _expected(version: StandardVersion, code: str, verdict: Verdict) -> str:
    item = piece(version, Part.DIMENSION, code)
    return f"{title(item) if item else code} {verdict_word(verdict, words())}"


def _linked(text: str, href: str) -> Written:
    return Cell(text, href) if href else text


def part_url(version_pk: int | None, part: Part, code: str = "new") -> str:
    """Return the address of a part's form in a draft; "" without a draft."""
    return _at("part", version_pk, part.value, code) if version_pk else ""


@dataclass(frozen=True, slots=True)
class FaultLine:
    """What has to be mended before publishing, and where; `href` "" when no one part is meant."""

    text: str
    href: str


def fault_lines(found: Iterable[Fault], version: StandardVersion | None, edit_pk: int | None) -> list[FaultLine]:
    """Return faults in the reader's language, each with the address of the part that it is about."""
    return [FaultLine(said(fault.saying), _fault_url(fault, version, edit_pk)) for fault in found]


def _fault_url(fault: Fault, version: StandardVersion | None, edit_pk: int | None) -> str:
    if not edit_pk or not fault.where:
        return ""
    if version is None:
        return _at("item", edit_pk, int(fault.where))
    for at, example in enumerate(version.examples, 1):
        if example.title == fault.where:
            return part_url(edit_pk, Part.EXAMPLE, str(at))
    held = (part for part in Part if part is not Part.EXAMPLE)
    return next((part_url(edit_pk, part, fault.where) for part in held if piece(version, part, fault.where)), "")


# ---- rubrics -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a rubric: its name, points, the words of the table, how it is scored; `is_open`: not decided yet."""

    name: str
    points: str
    source: str
    method: str
    scoring: str
    is_open: bool
    href: str


def item_blocks(content: dict[str, Any], edit_pk: int | None) -> list[tuple[str, list[ItemLine]]]:
    """Return the blocks of a rubric with their items, in the order of the table."""
    blocks: dict[str, list[ItemLine]] = {}
    for each in rubric.items(content):
        blocks.setdefault(each.block, []).append(_item_line(each, edit_pk))
    return list(blocks.items())


def _item_line(each: RubricItem, edit_pk: int | None) -> ItemLine:
    points = _("否决项") if each.is_veto else _("%(points)s 分") % {"points": number_text(each.points)}
    href = _at("item", edit_pk, each.number) if edit_pk else ""
    named = each.name + (_("（必备）") if each.mandatory else "")
    return ItemLine(named, points, each.standard, each.method, scoring(each), each.decision is Decision.OPEN, href)


def scoring(each: RubricItem) -> str:
    """Return how an item comes to its points, in the reader's language."""
    return said(rubric.scoring(each, FACTS, words()))


# ---- trial, catalogue --------------------------------------------------------------------------------------------


def trial_table(changed: Sequence[ChangedUnit]) -> Table:
    """Return the groups that a draft would judge differently, by pinyin, a row for each item that changes."""
    columns = (
        Column(_("组织"), phone="name"), Column(_("项目"), phone="line"), Column(_("现行标准"), "tag", phone="hide"),
        Column(_("草稿"), "tag", phone="tag"), Column(_("原因"), phone="line"),
    )  # fmt: skip
    rows: list[list[Written]] = []
    for each in changed:
        url = reverse("shell:unit", args=[each.unit.id])
        name = Cell(each.unit.short_name, url)
        rows += [[name, title(i.dimension), _verdict(i.before), _verdict(i.after), i.why] for i in each.items]
        if each.moves:
            was, is_now = (
                (title(stage) if stage else _("没有阶段")) for stage in (each.stage_before, each.stage_after)
            )
            rows.append([name, _("阶段"), Cell(was, tone="neutral"), Cell(is_now, tone="neutral"), ""])
    return Table(_("结果有变化的组织"), columns, rows, Empty(_("没有组织的结果会变化")))


def _verdict(verdict: Verdict | None) -> Written:
    return (
        Cell(verdict_word(verdict, words()), tone=TONES[verdict]) if verdict else Cell(_("没有这一项"), tone="neutral")
    )


def facts_table() -> Table:
    """Return the catalogue of facts: name in formulas, label, what it means, unit, days, register."""
    columns = (
        Column(_("数据"), phone="name"), Column(_("公式里的名称"), phone="line"), Column(_("含义"), phone="line"),
        Column(_("单位"), phone="tag"), Column(_("统计时间"), phone="hide"), Column(_("来自"), phone="hide"),
        Column(_("什么时候算无数据"), phone="hide"),
    )  # fmt: skip
    rows: list[list[Written]] = [
        [
            title(fact), name, str(fact_meanings.MEANINGS[name]), words().units[fact.unit].strip() or _("是/否"),
            _days(fact),
            str(fact_meanings.SOURCES[fact.source_package]),
            fact.missing_means_en if words().is_english else fact.missing_means,
        ]
        for name, fact in FACTS.items()
    ]  # fmt: skip
    return Table(_("数据目录"), columns, rows)


def _days(fact: Fact) -> str:
    return str(fact_meanings.DAYS[fact.over] if fact.is_dated else fact_meanings.NOW)


def symbols_list(symbols: Iterable[Symbol]) -> list[tuple[str, str]]:
    """Return the names that a formula may use, each with its label, for the reference beside a form."""
    return [(symbol.name, words().label(symbol)) for symbol in symbols]


def fact_symbols() -> list[Symbol]:
    """Return the names of the catalogue."""
    return list(SYMBOLS.values())


def part_title(part: Part, is_new: bool) -> str:
    """Return the heading of a part's form."""
    told = {
        Part.DIMENSION: (_("新增项目"), _("修改项目")), Part.CRITERION: (_("新增标准条"), _("修改标准条")),
        Part.THRESHOLD: (_("新增阈值"), _("修改阈值")), Part.STAGE: (_("新增阶段"), _("修改阶段")),
        Part.EXAMPLE: (_("新增样例"), _("修改样例")),
    }  # fmt: skip
    return told[part][0 if is_new else 1]


def removal(version: StandardVersion, part: Part, code: str) -> str:
    """Return what taking a part out would do, in words."""
    old = piece(version, part, code)
    told = {"title": title(old)}
    if part is Part.DIMENSION:
        criteria = {**told, "n": len(old.criteria)}
        return nested(_("将从草稿中删去项目“%(title)s”和其中的 %(n)d 条标准。") % criteria)
    if part is Part.THRESHOLD:
        return nested(_("将从草稿中删去阈值“%(title)s”；用到它的公式要先改写，才能发布。") % told)
    return nested(_("将从草稿中删去“%(title)s”。") % told)


def _at(name: str, *args: Any) -> str:
    return reverse(f"assessment:{name}", args=args)
