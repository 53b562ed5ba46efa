"""How well a header names a column of a kind: by the words that are known, by likeness, by pieces of words, by units."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from rapidfuzz import fuzz

from wuyou.platform.imports.columns import ANYBODY, Column, ImportKind, Policy
from wuyou.platform.imports.words import header_forms, level_forms, plain_header

Scored: TypeAlias = tuple[float, str]
"""How well a header names a column (0..1, below 0 when it speaks of somebody else), and the known word it is like."""
BARRED: Scored = (-1.0, "")
SOMEBODY_ELSE = "somebody else"
"""Of whom a header speaks when no field is about them."""
_NAMES, _ALIKE = 0.9, 0.6
_SECOND = re.compile(
    r"[^\d一二三四五六七八九十](?:[2-9]|[二三四五六])(?:的|[^\d年月日季度次级代届寸胎类等线楼栋维一二三四五六七八九十]{2,8}$|$)"
)
"""The second of several alike: 成员2姓名, 亲属二."""
_WHEN = ("时间", "日期", "年月", "年份")


def header_scores(headers: Sequence[str], kind: ImportKind) -> list[list[Scored]]:
    """Return for each header of a table how well it names each column of the kind.

    Where the table tells of more than whom its rows are about (their kin abroad, who filled it in), a column under the
    other's words is none of theirs. Where columns stand that take the place of one (收入 and 支出), that one is not named.
    """
    lines = [[header_score(header, column) for column in kind.columns] for header in headers]
    _name_parts_instead(lines, kind)
    if kind.speaks_of is None:
        return lines
    others = _others(headers, lines, kind, kind.speaks_of)
    subject = [at for at, column in enumerate(kind.columns) if column.field == kind.subject]
    if not any(line[at][0] >= _ALIKE for line, other in zip(lines, others, strict=True) if not other for at in subject):
        return lines  # nobody else is left whom the rows could be about
    return [_of_other(header, line, other, kind) if other else line
            for header, line, other in zip(headers, lines, others, strict=True)]  # fmt: skip


def _name_parts_instead(lines: list[list[Scored]], kind: ImportKind) -> None:
    """Take a field's name off the columns that are its parts, where each part has a column: 收入金额 beside 支出金额."""
    by_field = {column.field: at for at, column in enumerate(kind.columns)}
    for at, column in enumerate(kind.columns):
        parts = [by_field[name] for name in column.or_else]
        places = [
            {place for place, line in enumerate(lines) if line[part][0] >= max(_ALIKE, line[at][0])} for part in parts
        ]
        if len(parts) > 1 and all(places) and len(set().union(*places)) >= len(parts):
            for place in set().union(*places):
                lines[place][at] = (0.0, "")


def _others(
    headers: Sequence[str], lines: Sequence[Sequence[Scored]], kind: ImportKind, speaks_of: Callable[[str, bool], str]
) -> list[str]:
    """Return of whom each header speaks, "" of whom the rows are about."""
    groups = ["".join(header.split("/")[:-1]) for header in headers]
    told = {group: speaks_of(group, True) if group else "" for group in groups}
    naming = _naming(lines, kind)
    named = dict.fromkeys(groups[place] for place in naming)
    own_group = next((group for group in named if not told[group]), None)
    for group in named:
        if own_group is not None and group not in (own_group, ""):
            told[group] = told[group] or SOMEBODY_ELSE  # two groups with a name each are about two persons
    said = [told[group] or _said_of(header, speaks_of) for header, group in zip(headers, groups, strict=True)]
    # in a list of 联系人姓名 and 联系人电话 they are who is listed
    own = {""} if any(not said[place] for place in naming) else {"", *(said[place] for place in naming[:1])}
    found = []
    for place, (group, line) in enumerate(zip(groups, lines, strict=True)):
        known = max((mark for mark, _ in line), default=0.0)
        # under another's words only the words of all levels together can be known as they stand
        as_it_stands = known >= (1.0 if told[group] else _NAMES) and told[group] != SOMEBODY_ELSE
        found.append("" if said[place] in own or (as_it_stands and place not in naming) else said[place])
    return found


def _naming(lines: Sequence[Sequence[Scored]], kind: ImportKind) -> list[int]:
    """Return the places of the headers that name whom rows are about: those in known words, else the likest."""
    subject = next((at for at, column in enumerate(kind.columns) if column.field == kind.subject), None)
    if subject is None:
        return []
    marks = [line[subject][0] for line in lines]
    sure = [place for place, mark in enumerate(marks) if mark >= _NAMES]
    return sure or [marks.index(mark) for mark in (max(marks, default=0.0),) if mark >= _ALIKE]


def _said_of(header: str, speaks_of: Callable[[str, bool], str]) -> str:
    last = header.rsplit("/", maxsplit=1)[-1]
    return SOMEBODY_ELSE if _SECOND.search(last) else speaks_of(last, False)


def _of_other(header: str, line: Sequence[Scored], other: str, kind: ImportKind) -> list[Scored]:
    """Return what a header that speaks of another names: the fields about that other, and none by its content alone."""
    by_field = {column.field: column for column in kind.columns}
    not_theirs = [column.of not in (other, ANYBODY) and column.policy is not Policy.REFUSE for column in kind.columns]
    meant = max((mark for (mark, _), barred in zip(line, not_theirs, strict=True) if barred), default=0.0)
    scored = []
    for column, mark, barred in zip(kind.columns, line, not_theirs, strict=True):
        if column.of == other and column.stands_for:
            plain = header_score(header.rsplit("/", maxsplit=1)[-1], replace(by_field[column.stands_for], stems=()))
            scored.append(max(mark, plain, key=_first_of_pair))
        elif barred or mark[0] < meant or (mark[0] == 0.0 and other == SOMEBODY_ELSE):
            scored.append(BARRED)
        else:
            scored.append(mark)
    return scored


def header_score(header: str, column: Column) -> Scored:
    """Return how well a header names the column (0..1) and the known word that it was compared with.

    1 is the word itself (all levels joined, or the last level); 0.95 the word outside brackets; below 0.9 only alike.
    """
    forms = level_forms(header)
    if not forms:
        return 0.0, ""
    words = [(plain_header(word), word) for word in (column.label, *column.headers)]
    own = header_forms(header.rsplit("/", maxsplit=1)[-1])
    joined = set(forms) - set(own)
    for plain, word in words:
        if plain in joined:
            return 1.0, word
    for plain, word in words:
        if own and plain == own[0]:
            return (0.98 if joined else 1.0), word
    for plain, word in words:
        if plain in own[1:2]:
            return 0.95, word
    alike = [_alike(forms, own, plain, word) for plain, word in words]
    return max([*alike, _stem_score(forms, column), _unit_score(own, column)], key=_first_of_pair)


def _first_of_pair(pair: Scored) -> float:
    return pair[0]


def _alike(forms: Sequence[str], own: Sequence[str], plain: str, word: str) -> Scored:
    """Return how alike the forms of a header are to one known word; below 0.6 is not alike at all."""
    best = 0.0
    if len(plain) < 2:
        return 0.0, word
    for form in forms:
        ratio = _ratio(form, plain)
        if len(form) >= 2 and (plain in form or form in plain):
            ratio = max(ratio, 0.6 + 0.25 * min(len(form), len(plain)) / max(len(form), len(plain)))
        if form in own[2:]:
            ratio *= 0.8
        best = max(best, ratio)
    return (min(best, 0.88), word) if best >= 0.6 else (0.0, word)


def _ratio(form: str, plain: str) -> float:
    """Return how alike two words are; 时间 behind both makes 回乡时间 no 回国时间."""
    ratio = fuzz.ratio(form, plain) / 100
    if ratio < _ALIKE or not (form.endswith(_WHEN) and plain.endswith(_WHEN)):
        return ratio
    return ratio if fuzz.ratio(form[:-2], plain[:-2]) > 50 else 0.0  # more than one of two characters


def _unit_score(own: Sequence[str], column: Column) -> Scored:
    """Return how much a unit told in brackets speaks for the column: money for (元), an area for (㎡)."""
    unit = next((unit for unit in column.units if unit in own[1:]), None)
    return (0.75, unit) if unit else (0.0, "")


def _stem_score(forms: Sequence[str], column: Column) -> Scored:
    stem = next((stem for stem in column.stems if any(plain_header(stem) in form for form in forms)), None)
    return (0.8, stem) if stem else (0.0, "")
