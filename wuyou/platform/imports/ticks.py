"""Columns to tick: their headers are words of a list (归侨 | 侨眷 | 侨属), a √ or 是 under one says that word of the row."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from wuyou.kernel.hanzi import is_empty, read_yes_no, squeeze
from wuyou.kernel.reading import Reading, empty, refused
from wuyou.platform.imports.columns import Around, Cell, Column
from wuyou.platform.imports.words import header_forms

_ASKS = re.compile(
    r"^(?:是否|是不是|有无|有没有)(?:为|是|属于|属)?|(?:打|划|画)?[√✓✔]|(?:对应栏)?(?:打勾|打钩|打对勾)$"
)
_NOWHERE = Around("")


def ticked(header: str, samples: Sequence[str], columns: Sequence[Column]) -> tuple[int, Column, str] | None:
    """Return (place of the field, its column for reading ticks, the word) when the column is one to tick, else None."""
    if not _are_ticks(samples):
        return None
    forms = header_forms(header.rsplit("/", maxsplit=1)[-1])
    words = [word for form in forms if (word := _ASKS.sub("", form))]
    for at, column in enumerate(columns):
        if column.listed:
            for word in words:
                reading = column.read(Cell("", word, word), _NOWHERE)
                if reading.value is not None and not any(f.code == "not_in_list" for f in reading.findings):
                    told = Reading(reading.value, reading.text)
                    return at, replace(column, read=_tick_reader(told, word), fits=None), reading.text
    return None


def _are_ticks(samples: Sequence[str]) -> bool:
    """Tell whether the samples are marks of yes and no, at least one of them yes."""
    said = [text for text in samples if text.strip()]
    answers = [read_yes_no(text).value for text in said]
    known = [answer for text, answer in zip(said, answers, strict=True) if answer is not None or is_empty(text)]
    return any(answers) and len(known) >= 0.9 * len(said)


def _tick_reader(told: Reading[Any], word: str) -> Callable[[Cell, Around], Reading[Any]]:
    """Return a reader that takes the word where the cell says yes, and nothing where it says no."""

    def read(cell: Cell, around: Around) -> Reading[Any]:
        answer = read_yes_no(cell.text)
        if answer.value:
            return Reading(told.value, told.text, answer.findings)
        if answer.value is False or is_empty(cell.text) or squeeze(cell.text) == squeeze(word):
            return told if squeeze(cell.text) == squeeze(word) else empty()
        return refused("not_in_list", word=cell.text)

    return read


def joined(one: Reading[Any], other: Reading[Any]) -> Reading[Any]:
    """Return what two columns of one field say together: what either says, or both where the field holds several."""
    if other.value is None:
        return one if not other.findings or one.refused else Reading(one.value, one.text, one.findings + other.findings)
    if one.value is None:
        return Reading(other.value, other.text, one.findings + other.findings) if one.findings else other
    findings = one.findings + other.findings
    if one.value == other.value:
        return Reading(one.value, one.text, findings)
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        value = tuple(dict.fromkeys(one.value + other.value))
        texts = dict.fromkeys(one.text.split("|") + other.text.split("|"))
        return Reading(value, "|".join(texts), findings)
    return refused("ticks_contradict", words=f"{one.text}、{other.text}")


def is_sure(reading_text: str, header: str) -> bool:
    """Tell whether the header is the list's own word, so that nobody need be asked."""
    return any(_ASKS.sub("", form) == reading_text for form in header_forms(header.rsplit("/", maxsplit=1)[-1]))
