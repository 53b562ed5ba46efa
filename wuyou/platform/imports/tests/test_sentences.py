"""Every code word that any reader can answer has one plain sentence that says what to do."""

import re
from pathlib import Path

import pytest

import wuyou
from wuyou.kernel.reading import Finding, Severity
from wuyou.platform.imports.mapping import How
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import CELLS, FILES, REASONS, SKIPS, file_sentence, sentence
from wuyou.platform.imports.tables import Skip

ROOT = Path(wuyou.__file__).parent
SOURCES = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]


def codes_in_sources(pattern):
    return {found for path in SOURCES for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_code_of_a_cell_has_a_sentence():
    used = codes_in_sources(r"\b(?:refused|warn|note)\(\s*\"([a-z0-9_]+)\"")
    assert used - CELLS.keys() == set()


def test_every_code_of_a_file_has_a_sentence():
    assert codes_in_sources(r"\bFileRefused\(\s*\"([a-z0-9_]+)\"") - FILES.keys() == set()


@pytest.mark.parametrize("code", sorted(FILES))
def test_sentence_of_a_file_says_what_to_do(code):
    words = dict.fromkeys(("most", "sheet", "cell", "rows", "columns"), "1")
    assert re.fullmatch(r"[^{}]*请[^{}]*。", file_sentence(FileRefused(code, **words)))


@pytest.mark.parametrize("code", sorted(CELLS))
def test_sentence_of_a_cell_ends_and_stands_without_its_words(code):
    text = sentence(Finding(code, Severity.WARN))
    assert "{" not in text
    assert text.endswith("。")


def test_reasons_and_skips_are_complete():
    assert (REASONS.keys(), SKIPS.keys()) == (set(How), set(Skip))
