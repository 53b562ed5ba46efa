"""Every fact says what it means, and every formula that is shown as an example can be read."""

import pytest

from wuyou.assessment.fact_meanings import DAYS, MEANINGS, SOURCES, WRITING
from wuyou.assessment.facts import FACTS, Over
from wuyou.assessment.standards import TARGET
from wuyou.kernel.expressions import parse


def test_the_catalogue_is_explained_whole():
    assert list(MEANINGS) == list(FACTS)
    assert list(DAYS) == list(Over)
    assert set(SOURCES) == {fact.source_package for fact in FACTS.values()}


@pytest.mark.parametrize("source", [source for source, _means in WRITING])
def test_the_examples_of_formulas_can_be_read(source):
    parse(source, {name: fact.symbol for name, fact in FACTS.items()}, constants=TARGET.constants)
