"""The catalogue of figures: unambiguous names and words, and the outline asks for nothing outside it."""

import pytest

from wuyou.platform.figures import FigureFamily
from wuyou.platform.plugs import announced
from wuyou.summaries.figures import names_in
from wuyou.summaries.outline import OUTLINE
from wuyou.summaries.sentences import Family, Points, Sentence
from wuyou.summaries.tests.samples import all_words
from wuyou.summaries.words import Span


def sentences():
    for section in OUTLINE:
        for block in section.body:
            groups = [said for _, said in block.points] if isinstance(block, Points) else [block.sentences]
            for group in groups:
                yield from group


def asked_for() -> set[str]:
    names = set()
    for sentence in sentences():
        if not isinstance(sentence, Sentence):
            names |= {*sentence.of, *sentence.given, *names_in(sentence.text)}
            continue
        names |= set(names_in(sentence.text))
        for part in sentence.parts:
            names |= {part.name} if isinstance(part, Family) else set(names_in(part))
    return names


def test_names_and_labels_are_each_said_once():
    words = all_words()
    for said in ([word.name for word in words], [word.label for word in words]):
        assert len(said) == len(set(said))


@pytest.mark.parametrize("word", all_words(), ids=lambda word: word.name)
def test_word_is_complete(word):
    assert word.unit in {"个", "人", "次", "人次", "元", "%"}
    assert len(word.definition) > len(word.label) - 6
    assert not word.definition.endswith("。")
    assert not set("{}") & set(word.label + word.definition)
    assert (word.item in word.label) == (word.item in word.definition) is True
    assert word.span is Span.YEAR or "年内" not in word.definition


def test_outline_asks_only_for_figures_that_somebody_announces():
    families = {one.name for one in announced.figures.values() if isinstance(one, FigureFamily)}
    known = {word.name for word in all_words()}
    assert asked_for() - families - known == set()


def test_each_family_that_the_outline_lists_is_a_family():
    listed = {p.name for s in sentences() if isinstance(s, Sentence) for p in s.parts if isinstance(p, Family)}
    assert {type(announced.figures[name]) for name in listed} == {FigureFamily}
