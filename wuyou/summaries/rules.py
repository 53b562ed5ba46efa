"""Which sentences a draft has, what an office may write into it, and when it may be frozen.

The text of a summary is plain lines: headings as documents write them (一、… and （一）…, counted anew whenever they are
stored), paragraphs, and in them a token for every figure. Numbers are tokens, so an edit can delete or move a number but
never change it; a number typed by hand is let through and pointed out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.kernel.sayings import Saying
from wuyou.platform.documents.numbering import Counter, chinese_numeral
from wuyou.summaries.figures import (
    AS_OF,
    AS_OF_LABEL,
    CLOSE,
    OPEN,
    Figure,
    Figures,
    Token,
    joined,
    names_in,
    pieces,
    token,
    used,
    value_of,
)
from wuyou.summaries.outline import OUTLINE, SUBTITLE
from wuyou.summaries.remarks import holds, remarks_on
from wuyou.summaries.sentences import Family, Paragraph, Points, Said, Section, ZeroSentence


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose summary it is: the unit's name, the word for what it looks after (全市, 全县), the year."""

    unit: str
    scope: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: a paragraph (level 0) or a heading (1, 2) without its number."""

    level: int
    text: str


# -- drafting ----------------------------------------------------------------------------------------------------------


def drafted(setting: Setting, figures: Figures, outline: Sequence[Section] = OUTLINE) -> str:
    """Return the text of a draft: the sentences of the outline that the figures bear out.

    A sentence is left out when a figure that it needs is unknown, or when all of them are zero; parts of a sentence and
    points counted 一是, 二是 likewise. What is left is counted anew, so that no number of a point or heading is missing.
    """
    lines: list[Line] = []
    for section in outline:
        paragraphs = [Line(0, text) for block in section.body for text in _paragraphs(block, figures)]
        if section.heading:
            lines.append(Line(section.level, section.heading))
        lines += paragraphs or ([Line(0, section.otherwise)] if section.otherwise else [])
    return _filled(body_of(lines), setting)


def scope_word(place: str) -> str:
    """Return what an office calls all that it looks after, by the name of its place: 全市, 全州, 全县; 全市 without one."""
    return f"全{place[-1]}" if place[-1:] in ("市", "县", "区", "州", "旗") else "全市"


def last_day(year: int, wished: date | None, today: date) -> date:
    """Return the day to which a year is counted: the one wished for, at most the year's last day and today.

    Raises: Refused, when the year has not begun, or the day wished for lies outside of it.
    """
    decide(
        today < date(year, 1, 1)
        and Reason("{year}年还没有开始，没有可以统计的登记；请选择今年或以前的年度。", "year", words={"year": year}),
        wished is not None
        and wished.year != year
        and Reason("统计日期要在{year}年之内；请改一个日期。", "as_of", "outside_year", {"year": year}),
    ).or_refuse()
    return min(wished or date(year, 12, 31), today)


def subtitle_of(setting: Setting) -> str:
    """Return the subtitle that a draft begins with."""
    return _filled(SUBTITLE, setting)


def _filled(text: str, setting: Setting) -> str:
    return text.replace("{unit}", setting.unit).replace("{scope}", setting.scope).replace("{year}", str(setting.year))


def _paragraphs(block: Paragraph | Points, figures: Figures) -> Iterator[str]:
    if isinstance(block, Paragraph):
        text = "".join(_said(sentence, figures) for sentence in block.sentences)
        if text:
            yield text
        return
    said = [(theme, "".join(_said(sentence, figures) for sentence in sentences)) for theme, sentences in block.points]
    said = [(theme, text) for theme, text in said if text]
    for number, (theme, text) in enumerate(said, 1):
        yield (f"{chinese_numeral(number)}是" if len(said) > 1 else "") + theme + text


def _said(sentence: Said, figures: Figures) -> str:
    """Return the sentence as it may be said, "" when the figures do not bear it out."""
    if isinstance(sentence, ZeroSentence):
        return sentence.text if holds(sentence, figures) else ""
    needed = [value_of(name, figures) for name in names_in(sentence.text)]
    if not all(value_of(name, figures) for name in sentence.given):
        return ""
    if None in needed or (needed and not any(needed)):
        return ""
    parts = [part for template in sentence.parts for part in _parts(template, figures)]
    if sentence.parts and not parts and not needed:
        return ""
    return sentence.text.replace("{parts}", (sentence.before_parts if parts else "") + "、".join(parts))


def _parts(template: str | Family, figures: Figures) -> Iterator[str]:
    if isinstance(template, str):
        if all(value_of(name, figures) for name in names_in(template)):
            yield template
        return
    for name, figure in figures.items():
        if name.startswith(f"{template.name}.") and figure.value:
            yield template.part.format(item=figure.word.item, token=token(name))


# -- lines and headings ------------------------------------------------------------------------------------------------

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_TOKEN = re.compile(f"{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}")
_HEADING_1 = re.compile(rf"{_NUMERAL}、\s*([^。；]{{1,40}})")
_HEADING_2 = re.compile(rf"[（(]{_NUMERAL}[）)]\s*([^。；]{{1,40}})")


def body_of(lines: Iterable[Line]) -> str:
    """Return the lines as one text, headings counted."""
    counter = Counter()
    return "\n".join(counter.next(line.level) + line.text if line.level else line.text for line in lines)


def lines_of(body: str) -> tuple[Line, ...]:
    """Return the lines of a text, blank ones left out.

    A short line that begins with 一、 or （一） and has no full stop is a heading.
    """
    found = []
    for typed in body.splitlines():
        text = typed.strip(" \t\u3000")
        level, prefix = _heading(text)
        if level:
            found.append(Line(level, text[prefix:].strip()))
        elif text:
            found.append(Line(0, text))
    return tuple(found)


def _heading(text: str) -> tuple[int, int]:
    """Return the level of a heading and the length of its number; a token counts as one character, however it is named."""
    short = _TOKEN.sub("数", text)
    for level, pattern in ((1, _HEADING_1), (2, _HEADING_2)):
        if found := pattern.fullmatch(short):
            return level, found.start(1)
    return 0, 0


# -- reading an edit ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EditReading:
    """An office's edit as it was understood: the text to store, and why it cannot be stored (nothing, when it can)."""

    body: str
    reasons: tuple[Reason, ...] = ()

    @property
    def decision(self) -> Decision:
        """Whether the edit may be stored."""
        return Decision(self.reasons)


def for_editing(body: str, figures: Figures) -> str:
    """Return the stored text with labels in its tokens instead of names, as a plain text box shows it."""
    labels = {name: label for label, name in _names_by_label(figures).items()}
    return joined(Token(labels.get(p.name, p.name)) if isinstance(p, Token) else p for p in pieces(body))


def read_edit(typed: str, figures: Figures) -> EditReading:
    """Read what an office typed: tokens by name or label become names, headings are counted anew.

    Refused are a token that no figure has, a broken or misplaced token, and digits that touch a token, since they would
    be read as part of the number.
    """
    names = {**_names_by_label(figures), AS_OF_LABEL: AS_OF, AS_OF: AS_OF, **{name: name for name in figures}}
    reasons: list[Reason] = []
    lines: list[Line] = []
    for line in lines_of(typed):
        read = tuple(Token(names.get(p.name, p.name)) if isinstance(p, Token) else p for p in pieces(line.text))
        reasons += _faults(line, read, set(names.values()))
        lines.append(Line(line.level, joined(read)))
    if sum(line.level > 0 for line in lines) > MOST_HEADINGS:
        return EditReading(
            typed,
            (
                Reason(
                    "小标题超过{most}个，请减少后再保存。{kept}",
                    code="too_many_headings",
                    words={"most": MOST_HEADINGS, "kept": _KEPT},
                ),
            ),
        )
    return EditReading(body_of(lines), tuple(dict.fromkeys(reasons)))


def _names_by_label(figures: Figures) -> dict[str, str]:
    """Return the names of the figures by label; of two with the same label, neither."""
    labels = [figure.word.label for figure in figures.values()]
    named = {figure.word.label: name for name, figure in figures.items() if labels.count(figure.word.label) == 1}
    return {**named, AS_OF_LABEL: AS_OF}


_NUMBER_BEFORE = re.compile(r"[0-9０-９十百千万亿][.．,]?$|[+＋\-－−±.．]$")
_NUMBER_AFTER = re.compile(r"^(?:[.．,]?[0-9０-９]|[十百千万亿%％‰])")
MOST_HEADINGS = 99
_KEPT = Saying("已录入的文字没有丢失，请改好后再保存。")


def _faults(line: Line, read: tuple[str | Token, ...], known: set[str]) -> Iterator[Reason]:
    for place, part in enumerate(read):
        if isinstance(part, str):
            if OPEN in part or CLOSE in part:
                yield Reason(
                    "“{near}”处的数字标记不完整（{open} 和 {close} 要成对）。{kept}",
                    code="broken_token",
                    words={"near": _near(part), "open": OPEN, "close": CLOSE, "kept": _KEPT},
                )
            continue
        if line.level:
            yield Reason(
                "小标题“{near}”里不能插入数字，请移到正文。{kept}",
                code="token_in_heading",
                words={"near": _near(line.text), "kept": _KEPT},
            )
        if part.name not in known:
            yield Reason(
                "“{name}”不是系统里的数字，可能是标记被改动了。请删去这个标记，从“插入数字”中重新选用。{kept}",
                code="unknown_token",
                words={"name": part.name, "kept": _KEPT},
            )
        before, after = _text_at(read, place - 1), _text_at(read, place + 1)
        touching = _NUMBER_BEFORE.search(before) or _NUMBER_AFTER.search(after)
        if touching or _is_token(read, place + 1):
            said = touching[0] if touching else Saying("另一个数字标记")
            yield Reason(
                "“{said}”紧挨着数字标记，会被读成另一个数。请在中间加上文字，或删去手写的数字。{kept}",
                code="number_touches_token",
                words={"said": said, "kept": _KEPT},
            )


def _text_at(read: tuple[str | Token, ...], place: int) -> str:
    part = read[place] if 0 <= place < len(read) else ""
    return part if isinstance(part, str) else ""


def _is_token(read: tuple[str | Token, ...], place: int) -> bool:
    return place < len(read) and isinstance(read[place], Token)


def _near(text: str) -> str:
    return text if len(text) <= 15 else f"{text[:15]}……"


# -- draft and frozen --------------------------------------------------------------------------------------------------


class State(StrEnum):
    """A draft's figures are live and its words may be edited; a frozen summary stays as it is for ever."""

    DRAFT = "draft"
    FROZEN = "frozen"


def may_edit(state: State) -> Decision:
    """Say whether words may be edited: only in a draft."""
    return decide(
        state is State.FROZEN
        and Reason("这份总结已经定稿，不能再改。如需修改，请点“另起一稿”，新稿会带上现有文字。", code="frozen")
    )


def may_freeze(state: State, body: str, figures: Figures, outline: Sequence[Section] = OUTLINE) -> Decision:
    """Say whether a draft may be frozen: every number has data, nothing is left to fill in, no 未… has become untrue.

    The marks of secrecy are looked for when the document is written (`paper`), which freezing does too.
    """
    if state is State.FROZEN:
        return decide(Reason("这份总结已经定稿，不必再次定稿。", code="frozen"))
    return decide(
        *(
            Reason(remark.sentence.text, code=remark.about, words=remark.sentence.words)
            for remark in remarks_on(body, figures, outline)
            if remark.blocks
        )
    )


def may_begin_next(state: State) -> Decision:
    """Say whether a further edition may be begun: only after this one is frozen."""
    return decide(state is State.DRAFT and Reason("这份总结还是草稿，可以直接修改，不必另起一稿。", code="still_draft"))


def frozen_figures(body: str, figures: Figures) -> tuple[Figure, ...]:
    """Return the figures that a summary takes with it when it is frozen: those that its text uses, in that order."""
    return used(body, figures)
