"""From formulas to criteria to items: three-valued all the way, explained, and the same for one unit and for thousands."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuyou.assessment.facts import FACTS, MENDS
from wuyou.assessment.rules import (
    Criterion,
    Dimension,
    Missing,
    Standard,
    StandardVersion,
    Verdict,
    criterion_verdict,
    dimension_verdict,
    judge_dimensions,
    read_version,
    verdict_columns,
    verdict_word,
)
from wuyou.assessment.standards import SHIPPED, TARGET
from wuyou.kernel.expressions import ENGLISH, ExpressionError, Unit, steps

MET, PARTLY, NOT_MET, OPEN = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NO_DATA


def make_criterion(**overrides):
    given_fields = {"code": "c", "title": "条", "title_en": "C", "basis": "例", "met": "leader_present"}
    return Criterion(**(given_fields | {"mend": "leadership.seats"} | overrides))


def make_version(*criteria):
    items = Dimension("item", "项", "Item", "例", criteria)
    return StandardVersion(Standard("s", "标准", "S", "例"), 1, parameters=(), dimensions=(items,))


def judge(facts, *criteria, **options):
    return judge_dimensions(read_version(make_version(*criteria), FACTS), facts, **options)[0]


@pytest.mark.parametrize(
    ("applies", "met", "partly", "verdict"),
    [
        (True, True, False, MET),
        (True, True, None, MET),
        (True, False, True, PARTLY),
        (True, False, False, NOT_MET),
        (True, False, None, OPEN),
        (True, None, True, OPEN),
        (False, True, True, None),
        (False, None, None, None),
        (None, True, True, OPEN),
    ],
)
def test_criterion_verdict(applies, met, partly, verdict):
    assert criterion_verdict(make_criterion(), applies, met, partly) is verdict
    instead = {OPEN: NOT_MET}.get(verdict, verdict)
    assert criterion_verdict(make_criterion(missing=Missing.NOT_MET), applies, met, partly) is instead
    instead = {OPEN: None}.get(verdict, verdict)
    assert criterion_verdict(make_criterion(missing=Missing.EXCLUDE), applies, met, partly) is instead


@pytest.mark.parametrize(
    ("criteria", "verdict"),
    [
        ([], OPEN),
        ([None, None], OPEN),
        ([MET, MET], MET),
        ([MET, None], MET),
        ([NOT_MET, NOT_MET], NOT_MET),
        ([MET, NOT_MET], PARTLY),
        ([PARTLY, PARTLY], PARTLY),
        ([PARTLY, OPEN], PARTLY),
        ([MET, NOT_MET, OPEN], PARTLY),
        ([MET, OPEN], OPEN),
        ([NOT_MET, OPEN], OPEN),
        ([OPEN], OPEN),
    ],
)
def test_dimension_verdict(criteria, verdict):
    assert dimension_verdict((each, False) for each in criteria) is verdict


@pytest.mark.parametrize(
    ("mandatory", "other", "verdict"),
    [
        (NOT_MET, MET, NOT_MET),
        (NOT_MET, OPEN, NOT_MET),
        (PARTLY, MET, PARTLY),
        (MET, NOT_MET, PARTLY),
        (OPEN, NOT_MET, OPEN),
        (OPEN, PARTLY, OPEN),
        (None, MET, MET),
    ],
)
def test_mandatory_criterion_decides(mandatory, other, verdict):
    assert dimension_verdict([(mandatory, True), (other, False)]) is verdict


marks = st.tuples(st.sampled_from([MET, PARTLY, NOT_MET, OPEN, None]), st.booleans())


@given(st.lists(marks, max_size=4))
def test_an_open_criterion_is_thought_through_every_way(criteria):
    ways = [(MET, PARTLY, NOT_MET) if verdict is OPEN else (verdict,) for verdict, _ in criteria]
    mandatory = [each for _, each in criteria]
    outcomes = {dimension_verdict(zip(way, mandatory, strict=True)) for way in product(*ways)}
    assert dimension_verdict(criteria) is (outcomes.pop() if len(outcomes) == 1 else OPEN)


ORDER = {NOT_MET: 0, PARTLY: 1, MET: 2}


@given(st.lists(st.tuples(st.sampled_from([NOT_MET, PARTLY, MET]), st.booleans()), min_size=1, max_size=5), st.data())
def test_a_better_criterion_never_makes_an_item_worse(criteria, data):
    index = data.draw(st.integers(0, len(criteria) - 1))
    verdict, mandatory = criteria[index]
    better = data.draw(st.sampled_from([each for each in ORDER if ORDER[each] >= ORDER[verdict]]))
    raised = [*criteria[:index], (better, mandatory), *criteria[index + 1 :]]
    assert ORDER[dimension_verdict(raised)] >= ORDER[dimension_verdict(criteria)]


def test_why_when_met_names_all_numbers():
    result = judge({"leader_present": True, "venues": 2}, make_criterion(), make_criterion(code="v", met="venues >= 1"))
    assert (result.verdict, result.why) == (MET, "达到：负责人在任：是；活动阵地 2 个（应不少于 1 个）。")
    assert (result.mends, result.criteria[0].mend) == ((), None)


def test_why_when_not_met_names_only_what_is_missing_and_the_way_to_mend_it():
    result = judge(
        {"leader_present": True, "venues": 0, "visits_in_year": 0},
        make_criterion(),
        make_criterion(code="v", met="venues >= 1 and leader_present", mend="orgs.venue"),
        make_criterion(code="w", met="visits_in_year >= 1", mend="orgs.venue"),
    )
    assert result.why == "部分达到：活动阵地 0 个（应不少于 1 个）；本年走访次数 0 次（应不少于 1 次）。"
    assert (result.verdict, result.mends) == (PARTLY, (MENDS["orgs.venue"],))
    assert [each.mend for each in result.criteria] == [None, MENDS["orgs.venue"], MENDS["orgs.venue"]]


def test_why_when_partly_says_what_there_is():
    roll = make_criterion(met="members_registered >= 3", partly="coalesce(people_declared, 0) >= 3")
    same_fact = make_criterion(code="a", met="activities_in_year >= 4", partly="activities_in_year >= 1")
    result = judge({"members_registered": 0, "people_declared": 20, "activities_in_year": 2}, roll, same_fact)
    assert [each.why for each in result.criteria] == [
        "登记的侨界群众 0 人（应不少于 3 人），但填报的侨界群众人数 20 人（应不少于 3 人）",
        "本年活动次数 2 次（应不少于 4 次）",
    ]


def test_why_when_nothing_is_known_says_what_missing_means():
    result = judge({}, make_criterion(met="visits_in_year >= 1", mend="activities.visit"))
    assert (result.verdict, result.why) == (OPEN, "无数据：本年走访次数 无数据（应不少于 1 次）。")
    (used,) = result.criteria[0].inputs
    assert (used.fact, used.value, used.text) == (FACTS["visits_in_year"], None, "无数据")
    assert used.missing == "全市在这段时间还没有登记任何活动"
    assert result.mends == (MENDS["activities.visit"],)


def test_why_when_the_lesser_demand_is_unknown():
    result = judge({"venues": 0}, make_criterion(met="venues >= 2", partly="venues_shared >= 1"))
    assert (result.verdict, result.why) == (OPEN, "无数据：与其他组织共用的活动阵地 无数据（应不少于 1 个）。")


@pytest.mark.parametrize(
    ("founded", "verdict", "why"),
    [
        (800, NOT_MET, "有学习制度：否"),
        (100, None, "成立天数 100 天（不少于 730 天时适用）"),
        (None, OPEN, "成立天数 无数据（不少于 730 天时适用）"),
    ],
)
def test_a_criterion_that_does_not_apply_says_why(founded, verdict, why):
    criterion = make_criterion(met="has_study_rules", applies_if="days_since_founding >= 730")
    result = judge({"has_study_rules": False, "days_since_founding": founded}, criterion).criteria[0]
    assert (result.verdict, result.why) == (verdict, why)
    assert result.mend == (MENDS["leadership.seats"] if verdict else None)


def test_an_item_none_of_whose_criteria_count():
    result = judge({"days_since_founding": 1}, make_criterion(applies_if="days_since_founding >= 730"))
    assert (result.verdict, result.why, result.mends) == (OPEN, "无数据：没有适用的标准。", ())


def test_in_english():
    result = judge({"venues": 0}, make_criterion(met="venues >= 1"), words=ENGLISH)
    assert result.why == "Not met: Venues 0 (should be at least 1)."
    used = judge({}, make_criterion(met="venues >= 1"), words=ENGLISH).criteria[0].inputs[0]
    assert (used.text, used.missing) == ("no data", "not registered")
    assert [verdict_word(each, ENGLISH) for each in Verdict] == ["Met", "Partly met", "Not met", "No data"]
    assert [verdict_word(each) for each in Verdict] == ["达到", "部分达到", "未达到", "无数据"]


def test_traces_keep_every_formula_of_a_criterion():
    criterion = make_criterion(met="venues >= 2", partly="venues >= 1", applies_if="in_operation")
    traces = judge({"venues": 1, "in_operation": True}, criterion).criteria[0].traces
    assert [steps(each)[0][1] for each in traces] == [
        "组织在正常运转：是",
        "活动阵地 1 个（应不少于 2 个）：否",
        "活动阵地 1 个（应不少于 1 个）：是",
    ]


def test_names_are_the_facts_a_version_asks_for():
    criterion = make_criterion(met="venues >= 2", partly="venues_shared >= 1", applies_if="in_operation")
    assert read_version(make_version(criterion, make_criterion(code="d")), FACTS).names == (
        "in_operation",
        "venues",
        "venues_shared",
        "leader_present",
    )


def test_a_formula_that_cannot_be_used_is_refused():
    with pytest.raises(ExpressionError):
        read_version(make_version(make_criterion(met="venues")), FACTS)


def test_a_threshold_is_used_by_name():
    eased = replace(TARGET, parameters=tuple(replace(each, value=1) for each in TARGET.parameters))
    facts = {"activities_in_12_months": 1}
    results = [judge_dimensions(read_version(version, FACTS), facts)[4].why for version in (TARGET, eased)]
    assert results == [
        "部分达到：近12个月活动次数 1 次（应不少于 4 次）。",
        "达到：近12个月活动次数 1 次（应不少于 1 次）。",
    ]


def _known(name):
    return st.booleans() if FACTS[name].unit is Unit.BOOLEAN else st.integers(0, 5)


def _units(read):
    return st.fixed_dictionaries({name: st.none() | _known(name) for name in read.names})


READ = {version.standard.code: read_version(version, FACTS) for version in SHIPPED}
BOTH = pytest.mark.parametrize("read", READ.values(), ids=READ)


@BOTH
def test_one_unit_and_thousands_are_judged_alike(read):
    @settings(max_examples=50)
    @given(st.lists(_units(read), max_size=3))
    def agree(units):
        columns = {name: [unit[name] for unit in units] for name in read.names}
        judged = verdict_columns(read, columns, len(units))
        for index, unit in enumerate(units):
            results = judge_dimensions(read, unit)
            assert {code: verdicts[index] for code, verdicts in judged.items()} == {
                result.dimension.code: result.verdict for result in results
            }

    agree()


@BOTH
def test_one_more_record_never_makes_a_verdict_worse(read):
    """More activities, money, venues or holders can only help: the shipped standards punish no honest record."""
    good = [name for name in read.names if name.endswith("_months") or name.startswith("venues")] + ["leader_present"]

    @settings(max_examples=50)
    @given(st.fixed_dictionaries({name: _known(name) for name in read.names}), st.sampled_from(good))
    def never_worse(unit, more):
        before = judge_dimensions(read, unit)
        after = judge_dimensions(read, unit | {more: True if more == "leader_present" else unit[more] + 1})
        assert all(ORDER[new.verdict] >= ORDER[old.verdict] for old, new in zip(before, after, strict=True))

    never_worse()
