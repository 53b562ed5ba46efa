"""The two standards of the source, as shipped."""

import pytest

from wuyou.assessment.facts import FACTS
from wuyou.assessment.rules import Verdict, judge_dimensions, maturity, read_stages, read_version
from wuyou.assessment.standards import ATTAINED, SHIPPED, TARGET
from wuyou.kernel.expressions import ENGLISH

EXAMPLES = [(version, example) for version in SHIPPED for example in version.examples]


def test_items_are_those_of_the_source():
    assert [item.title for item in TARGET.dimensions] == ["有组织", "有队伍", "有经费", "有阵地", "有活动"]
    assert [item.title for item in ATTAINED.dimensions] == [
        "健全的组织班子",
        "固定的活动场所",
        "完善的学习制度",
        "稳定的活动经费",
        "宽松的工作氛围",
    ]
    assert [stage.title for stage in TARGET.stages] == ["先建立", "后完善", "再提高"]


@pytest.mark.parametrize(("version", "example"), EXAMPLES, ids=lambda part: getattr(part, "title", ""))
def test_golden_examples_hold(version, example):
    results = judge_dimensions(read_version(version, FACTS), example.facts)
    assert {result.dimension.code: result.verdict for result in results} == example.verdicts
    grown = maturity(read_stages(version), results)
    assert (grown.stage.code if grown else "") == example.stage


@pytest.mark.parametrize("version", SHIPPED, ids=lambda version: version.standard.code)
def test_examples_show_every_verdict(version):
    assert len(version.examples) >= 6
    assert {verdict for example in version.examples for verdict in example.verdicts.values()} == set(Verdict)


@pytest.mark.parametrize("version", SHIPPED, ids=lambda version: version.standard.code)
def test_every_item_has_one_to_four_criteria_and_both_languages(version):
    assert [item.code for item in version.dimensions if not 1 <= len(item.criteria) <= 4] == []
    parts = [*version.dimensions, *(each for item in version.dimensions for each in item.criteria), *version.stages]
    assert [part.code for part in parts if not (part.title and part.title_en)] == []


@pytest.mark.parametrize("version", SHIPPED, ids=lambda version: version.standard.code)
def test_numbers_are_marked_as_our_own_proposals(version):
    assert [
        each.name for each in version.parameters if not (each.proposed and each.basis.startswith("本系统建议"))
    ] == []


def test_a_shared_venue_is_worth_as_much_as_ones_own():
    facts = {"venues": 1, "venues_with_address": 1, "venues_with_right": 1}
    read = read_version(TARGET, FACTS)
    verdicts = [judge_dimensions(read, facts | {"venues_shared": shared})[3].verdict for shared in (0, 1)]
    assert verdicts == [Verdict.MET, Verdict.MET]


def test_whoever_mends_what_is_named_gets_the_item():
    read = read_version(TARGET, FACTS)
    before = judge_dimensions(read, {"activities_in_12_months": 3})[4]
    after = judge_dimensions(read, {"activities_in_12_months": 4})[4]
    assert (before.verdict, [mend.slug for mend in before.mends]) == (Verdict.PARTLY, ["activities.record"])
    assert (after.verdict, after.mends) == (Verdict.MET, ())


def test_english_sentence():
    result = judge_dimensions(read_version(TARGET, FACTS), TARGET.examples[1].facts, ENGLISH)[2]
    assert result.why == (
        "Partly met: Funds received in 12 months 0 yuan (should be more than 0 yuan),"
        " but Declared budget of the year 8,000 yuan (should be more than 0 yuan)."
    )
