"""Every table stands in the glossary with its Chinese term, under one name."""

import re
from pathlib import Path

from wuyou.platform.datacare import own_models

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"
TABLES, _, WORDS = GLOSSARY.read_text(encoding="utf-8").partition("## Words of the trade")
LINE = re.compile(r"^\| (?P<chinese>[^|]+) \| (?P<names>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)


def lines(text: str) -> list[tuple[str, list[str], str]]:
    """Return (Chinese, identifiers, meaning) of each line of the tables in a text."""
    found = [(m["chinese"], re.findall(r"`(\w+)`", m["names"]), m["meaning"]) for m in LINE.finditer(text)]
    return [line for line in found if line[1]]


def test_every_table_has_its_line_and_no_line_lacks_its_table() -> None:
    written = [name for _, names, _ in lines(TABLES) for name in names]
    assert sorted(written) == sorted(model.__name__ for model in own_models())


def test_the_word_is_the_one_that_pages_show() -> None:
    """Where a table has a Chinese name in the code, it is the glossary's."""
    word = {name: chinese for chinese, names, _ in lines(TABLES) for name in names}
    shown = {m.__name__: str(m._meta.verbose_name) for m in own_models() if not str(m._meta.verbose_name).isascii()}
    assert {name: word[name] for name in shown} == shown


def test_one_word_per_thing() -> None:
    chinese = [word for line, _, _ in lines(TABLES + WORDS) for word in line.split("、")]
    identifiers = [name for _, names, _ in lines(WORDS) for name in names]
    assert sorted({w for w in chinese if chinese.count(w) > 1}) == []
    assert sorted({n for n in identifiers if identifiers.count(n) > 1}) == []
