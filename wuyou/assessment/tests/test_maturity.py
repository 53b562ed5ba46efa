"""The stage of growth and the next missing step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.assessment.facts import FACTS, MENDS
from wuyou.assessment.rules import (
    Stage,
    Verdict,
    judge_dimensions,
    maturity,
    read_stages,
    read_version,
    stage_columns,
    verdict_columns,
)
from wuyou.assessment.standards import ATTAINED, TARGET
from wuyou.kernel.expressions import ENGLISH, ExpressionError

READ = read_version(TARGET, FACTS)
SOUND = TARGET.examples[0].facts


def grown(facts, version=TARGET, **options):
    return maturity(read_stages(version), judge_dimensions(READ, facts), **options)


@pytest.mark.parametrize(
    ("changed", "stage", "following", "step", "mend"),
    [
        ({}, "先建立", "后完善", "有组织：登记换届", "leadership.term"),
        (
            {"days_past_term_end": 0, "leader_present": False},
            "先建立",
            "后完善",
            "有队伍：补登班子成员",
            "leadership.seats",
        ),
        ({"days_past_term_end": None}, "先建立", "后完善", "有组织：登记换届", "leadership.term"),
        ({"days_past_term_end": 0}, "后完善", "再提高", "有经费：登记一笔经费", "funds.entry"),
        ({"days_past_term_end": 0, "funds_received_in_12_months": 1}, "再提高", None, None, None),
    ],
)
def test_stage_and_next_step(changed, stage, following, step, mend):
    reached = grown(SOUND | {"days_past_term_end": 99, "funds_received_in_12_months": 0} | changed)
    assert reached.stage.title == stage
    assert (reached.next_stage and reached.next_stage.title) == following
    assert (reached.next_step and reached.next_step.text) == step
    assert (reached.next_step and reached.next_step.mend) == (MENDS[mend] if mend else None)


def test_next_step_in_english():
    reached = grown(SOUND | {"venues": 0, "venues_with_address": 0}, words=ENGLISH)
    assert reached.next_step.text == "Venue: Register a venue"


def test_a_standard_without_stages_has_none():
    assert grown(SOUND, replace(TARGET, stages=())) is None
    assert read_stages(ATTAINED).stages == ()
    assert stage_columns(read_stages(ATTAINED), {code: [Verdict.MET] for code in read_stages(ATTAINED).codes}, 1) == [
        None
    ]


def test_next_step_without_a_mending_action_says_why():
    stages = (Stage("a", "先", "A", "True"), Stage("b", "后", "B", "organisation_partly and dimensions_met > 9"))
    strict = replace(TARGET, stages=stages)
    reached = grown(SOUND, strict)
    assert (reached.stage.title, reached.next_stage.title, reached.next_step) == ("先", "后", None)
    nothing = judge_dimensions(READ, SOUND | {"has_approval_number": False})
    without = [replace(result, mends=()) for result in nothing]
    assert maturity(read_stages(strict), without).next_step.text == "有组织：部分达到：批复文号已登记：否。"


def test_every_entry_on_the_way_must_hold():
    stages = (
        Stage("a", "一", "A", "True"),
        Stage("b", "二", "B", "venue_met"),
        Stage("c", "三", "C", "organisation_met"),
    )
    version = replace(TARGET, stages=stages)
    assert grown(SOUND | {"venues": 0, "venues_with_address": 0}, version).stage.code == "a"


def test_a_stage_formula_that_cannot_be_used_is_refused():
    with pytest.raises(ExpressionError):
        read_stages(replace(TARGET, stages=(Stage("a", "一", "A", "no_such_item_met"),)))


@given(st.lists(st.tuples(*[st.sampled_from(list(Verdict))] * 5), max_size=4))
def test_one_unit_and_thousands_stand_alike(rows):
    stages = read_stages(TARGET)
    columns = {code: [row[index] for row in rows] for index, code in enumerate(stages.codes)}
    template = judge_dimensions(READ, {})
    one_by_one = [
        maturity(stages, [replace(each, verdict=verdict) for each, verdict in zip(template, row, strict=True)]).stage
        for row in rows
    ]
    assert stage_columns(stages, columns, len(rows)) == one_by_one


@given(st.tuples(*[st.sampled_from([Verdict.NOT_MET, Verdict.PARTLY])] * 5), st.integers(0, 4))
def test_meeting_one_more_item_never_sets_a_unit_back(verdicts, raised):
    stages = read_stages(TARGET)
    order = [stage.code for stage in TARGET.stages]
    better = [Verdict.MET if index == raised else each for index, each in enumerate(verdicts)]
    columns = {code: [verdicts[index], better[index]] for index, code in enumerate(stages.codes)}
    before, after = stage_columns(stages, columns, 2)
    assert order.index(after.code) >= order.index(before.code)


def test_verdicts_of_the_examples_feed_the_stages():
    names = {name for example in TARGET.examples for name in example.facts}
    columns = {name: [example.facts.get(name) for example in TARGET.examples] for name in names}
    count = len(TARGET.examples)
    stages = stage_columns(read_stages(TARGET), verdict_columns(READ, columns, count), count)
    assert [stage.code for stage in stages] == [example.stage for example in TARGET.examples]
