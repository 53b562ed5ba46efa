"""What to look at in a summary's text before it goes out: numbers typed by hand, units, sentences that no longer hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from wuyou.kernel.sayings import Saying
from wuyou.summaries.figures import AS_OF, Figures, Token, names_in, pieces, value_of
from wuyou.summaries.outline import OUTLINE, UNFINISHED
from wuyou.summaries.sentences import Points, Section, ZeroSentence


class About(StrEnum):
    """What a remark is about."""

    UNTRACEABLE = "untraceable"
    UNIT_DIFFERS = "unit_differs"
    NO_LONGER_ZERO = "no_longer_zero"
    NO_DATA = "no_data"
    UNFINISHED = "unfinished"


_BLOCKING = frozenset({About.NO_LONGER_ZERO, About.NO_DATA, About.UNFINISHED})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in a text that is accepted: the words it is about, and a plain sentence."""

    about: About
    words: str
    sentence: Saying

    @property
    def blocks(self) -> bool:
        """Whether the summary cannot be frozen before this is mended."""
        return self.about in _BLOCKING


def remarks_on(body: str, figures: Figures, outline: Sequence[Section] = OUTLINE) -> tuple[Remark, ...]:
    """Return everything to look at, what blocks freezing first, else in the order of the text; the same words once."""
    found = [*_without_data(body, figures), *_unfinished(body), *_no_longer_zero(body, figures, outline)]
    for line in body.splitlines():
        found += _other_units(line, figures)
        found += _typed_numbers(line)
    return tuple(dict.fromkeys(found))


def _without_data(body: str, figures: Figures) -> Iterator[Remark]:
    for name in names_in(body):
        if value_of(name, figures) is None:
            label = figures[name].word.label if name in figures else name
            yield Remark(
                About.NO_DATA,
                label,
                Saying("“{label}”现在没有数据。请先补充登记，或从文中删去这个数字和所在的句子。", {"label": label}),
            )


def _unfinished(body: str) -> Iterator[Remark]:
    if UNFINISHED in body:
        yield Remark(
            About.UNFINISHED,
            UNFINISHED,
            Saying("文中还有“{words}”。请补充这一部分的文字，或删去这一部分。", {"words": UNFINISHED}),
        )


def _no_longer_zero(body: str, figures: Figures, outline: Sequence[Section]) -> Iterator[Remark]:
    for sentence in _zero_sentences(outline):
        if sentence.text in body and not holds(sentence, figures):
            yield Remark(
                About.NO_LONGER_ZERO,
                sentence.text,
                Saying("“{sentence}”与现在的登记数据不符。请修改或删去这句话。", {"sentence": sentence.text}),
            )


def holds(sentence: ZeroSentence, figures: Figures) -> bool:
    """Say whether a sentence about nothing is true: its figures are known and zero, those it presupposes are not."""
    return all(value_of(name, figures) == 0 for name in sentence.of) and all(
        value_of(name, figures) for name in sentence.given
    )


def _zero_sentences(outline: Sequence[Section]) -> Iterator[ZeroSentence]:
    for section in outline:
        for block in section.body:
            groups = [said for _, said in block.points] if isinstance(block, Points) else [block.sentences]
            yield from (said for group in groups for said in group if isinstance(said, ZeroSentence))


# Words that count the same sort of thing; between sorts a number changes its meaning.
_SORTS = (
    ("人次", frozenset({"人次"})),
    ("人", frozenset({"人", "名", "位"})),
    ("次", frozenset({"次", "场", "期"})),
    ("元", frozenset({"元"})),
    ("个", frozenset({"个", "家", "所", "处", "座", "支", "户", "项", "条", "件", "份", "篇"})),
)
_SORT = {word: sort for sort, words in _SORTS for word in words}
_MEASURES = "|".join(sorted(_SORT, key=len, reverse=True)) + "|间|批|张|本|部|辆|台|套|亩|平方米|公里"
_MEASURE = re.compile("|".join(sorted(_SORT, key=len, reverse=True)))


def _other_units(line: str, figures: Figures) -> Iterator[Remark]:
    cut = pieces(line)
    for part, after in pairwise(cut):
        if not isinstance(part, Token) or part.name == AS_OF or part.name not in figures or not isinstance(after, str):
            continue
        word, written = figures[part.name].word, _MEASURE.match(after)
        if written and _SORT[written[0]] != _SORT.get(word.unit, word.unit):
            yield Remark(
                About.UNIT_DIFFERS,
                word.label,
                Saying(
                    "“{label}”的单位是“{unit}”，文中写作“{written}”，请核对。",
                    {"label": word.label, "unit": word.unit, "written": written[0]},
                ),
            )


_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
# Numbers that state nothing countable: names, dates, ordinals, spans of years, set phrases.
_NOT_COUNTED = re.compile(
    r"《[^》]*》|“[^”]*”|〔\d+〕\d*号?"
    r"|^\s*\d+[.．、]|[（(]\d+[）)]"
    rf"|第[\d{_NUMERALS}]+"
    rf"|[\d{_NUMERALS}]+届(?:[\d{_NUMERALS}]+次)?"
    rf"|[\d{_NUMERALS}]+\s*(?:到|至|[-—－～~])\s*[\d{_NUMERALS}]+年"
    rf"|[\d{_NUMERALS}]+(?:年度?|月|日|号|时|点|分钟|岁)|\d+[:：]\d+"
    rf"|[{_NUMERALS}]个(?:方面|层面|阶段|环节|维护|确立|意识|自信|代表|全面|务实|一(?!{_NUMERALS}))"
    r"|千家万户|千方百计|百家|(?:万|千|百)众"
)
_TYPED = re.compile(
    rf"\d[\d,.]*\s*[万亿]*(?:余|多|来|几)?(?:%|％|‰|{_MEASURES})?"
    rf"|(?=[{_NUMERALS}]*[一二两三四五六七八九十])[{_NUMERALS}]+(?:余|多|来|几)?(?:{_MEASURES})"
    rf"|百分之[{_NUMERALS}]+"
)


def _typed_numbers(line: str) -> Iterator[Remark]:
    """Yield numbers typed by hand; 一 before a measure word (一批, 一个) is no number but an article."""
    for part in pieces(line):
        if isinstance(part, Token):
            continue
        for found in _TYPED.finditer(_NOT_COUNTED.sub(lambda known: "·" * len(known[0]), part)):
            words = found[0].strip()
            if len(words) > 1 and words[0] == "一" and words[1] not in _NUMERALS:
                continue
            yield Remark(
                About.UNTRACEABLE,
                words,
                Saying(
                    "“{words}”是手写的数字，点不到清单，也不会随登记更新。"
                    "能用登记数字的，请从“插入数字”中选用；确需手写的可以保留。",
                    {"words": words},
                ),
            )
