"""The catalogue of figures: unambiguous names and words, and the outline asks for nothing outside it."""

import pytest

from wuyou.summaries.figures import names_in
from wuyou.summaries.outline import OUTLINE
from wuyou.summaries.sentences import Family, Points, Sentence
from wuyou.summaries.tests.samples import all_words
from wuyou.summaries.words import WORDS, Span, word_of


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


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_word_is_complete(word):
    assert word.unit in {"个", "人", "次", "人次", "元"}
    assert len(word.definition) > len(word.label) - 6
    assert not word.definition.endswith("。")
    assert ("{item}" in word.label) == ("{item}" in word.definition) == word.family
    assert ("年内" in word.definition) == (word.span is Span.YEAR or "年内" in word.label)


def test_outline_asks_only_for_figures_of_the_catalogue():
    families = {word.name for word in WORDS if word.family}
    for name in asked_for() - families:
        assert word_of(name).name == name


def test_each_family_that_the_outline_lists_is_a_family():
    listed = {p.name for s in sentences() if isinstance(s, Sentence) for p in s.parts if isinstance(p, Family)}
    assert listed - {word.name for word in WORDS if word.family} == set()


def test_word_of_a_member_takes_the_word_of_the_office():
    word = word_of("orgs.by_kind.group", "侨联小组")
    assert (word.label, word.definition, word.family) == ("侨联小组数", "基层组织总数中类型为“侨联小组”的组织数", False)


@pytest.mark.parametrize("name", ["", "orgs", "orgs.none", "orgs.total.x", "orgs.by_kind", "nothing.by_kind.group"])
def test_word_of_refuses_what_is_no_figure(name):
    with pytest.raises(KeyError):
        word_of(name)
