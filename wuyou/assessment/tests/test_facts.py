"""The fact catalogue: declarations, the days each fact looks at, and how functions are bound to it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from wuyou.assessment.facts import FACTS, MENDS, SOURCES, SYMBOLS, FactSources, Over, Privacy, Units, days_of
from wuyou.kernel.expressions import Unit
from wuyou.kernel.period import Period
from wuyou.orgs.rules import Standing

DAY = date(2025, 11, 20)
NOBODY = None  # a binding function gets the actor as it was given
UNITS = Units([Standing(pk, f"/1/{pk}/", "", "", "", "", "normal", "", False, None, None) for pk in (2, 1, 9)], "/1/")


def test_every_fact_is_fully_declared():
    unfinished = [
        fact.name
        for fact in FACTS.values()
        if not (fact.label and fact.label_en and fact.missing_means and fact.missing_means_en)
        or not fact.records.startswith(f"{fact.source_package}.")
        or fact.unit is Unit.BARE
    ]
    assert unfinished == []
    assert list(SYMBOLS) == list(FACTS)
    assert [SYMBOLS["venue_area"].label, SYMBOLS["venue_area"].unit] == ["活动阵地面积", Unit.SQUARE_METRES]


def test_labels_are_told_apart():
    labels = [fact.label for fact in FACTS.values()]
    assert len(set(labels)) == len(labels)


def test_head_counts_are_small_numbers_to_be_protected():
    protected = [fact.name for fact in FACTS.values() if fact.privacy is Privacy.COUNT_OF_PEOPLE]
    assert protected == ["members_registered", "people_declared"]


def test_mends_name_an_action():
    assert [mend.slug for mend in MENDS.values() if not (mend.label and mend.label_en)] == []
    assert list(MENDS) == [mend.slug for mend in MENDS.values()]


@pytest.mark.parametrize(
    ("over", "as_of", "days"),
    [
        (Over.AS_OF, DAY, Period(date(2025, 11, 20), date(2025, 11, 21))),
        (Over.YEAR, DAY, Period(date(2025, 1, 1), date(2025, 11, 21))),
        (Over.YEAR, date(2025, 12, 31), Period(date(2025, 1, 1), date(2026, 1, 1))),
        (Over.TWELVE_MONTHS, DAY, Period(date(2024, 11, 21), date(2025, 11, 21))),
        (Over.TWELVE_MONTHS, date(2025, 12, 31), Period(date(2025, 1, 1), date(2026, 1, 1))),
        (Over.TWELVE_MONTHS, date(2024, 2, 28), Period(date(2023, 2, 28), date(2024, 2, 29))),
        (Over.TWELVE_MONTHS_BEFORE, DAY, Period(date(2023, 11, 21), date(2024, 11, 21))),
        (Over.TWELVE_MONTHS_BEFORE, date(2024, 2, 28), Period(date(2022, 2, 28), date(2023, 2, 28))),
    ],
)
def test_days_a_fact_looks_at(over, as_of, days):
    assert days_of(over, as_of) == days


def test_twelve_months_and_the_twelve_before_meet():
    assert days_of(Over.TWELVE_MONTHS, DAY).start == days_of(Over.TWELVE_MONTHS_BEFORE, DAY).end


def test_columns_run_each_function_once():
    runs = []

    def activities(actor, units, as_of):
        runs.append((actor, units.ids, units.under, as_of))
        return {"activities_in_year": {1: 3, 2: 0}, "visits_in_year": {1: None, 2: 1}}

    def venues(_actor, _units, _as_of):
        return {"venue_area": {1: Decimal("85.50")}}

    sources = FactSources(FACTS)
    sources.bind(["activities_in_year", "visits_in_year"], activities)
    sources.bind(["venue_area"], venues)
    names = ["activities_in_year", "venue_area", "visits_in_year", "declared_budget", "activities_in_year"]
    assert sources.columns(names, actor=NOBODY, units=UNITS, as_of=DAY) == {
        "activities_in_year": [0, 3, None],
        "venue_area": [None, Fraction(171, 2), None],
        "visits_in_year": [1, None, None],
        "declared_budget": [None, None, None],
    }
    assert runs == [(NOBODY, [2, 1, 9], "/1/", DAY)]
    assert sources.unbound == tuple(
        name for name in FACTS if name not in ("activities_in_year", "visits_in_year", "venue_area")
    )


@pytest.mark.parametrize("names", [["no_such_fact"], ["venues"]])
def test_binding_twice_or_outside_the_catalogue_is_refused(names):
    sources = FactSources(FACTS)
    sources.bind(["venues"], lambda _actor, _units, _as_of: {"venues": {}})
    with pytest.raises(ValueError, match=f"{names[0]} is no fact of the catalogue, or is bound twice"):
        sources.bind(names, lambda _actor, _units, _as_of: {})


def test_a_value_of_the_wrong_type_is_refused():
    sources = FactSources(FACTS)
    sources.bind(["leader_present"], lambda _actor, _units, _as_of: {"leader_present": {1: 1}})
    with pytest.raises(TypeError):
        sources.columns(["leader_present"], actor=NOBODY, units=UNITS, as_of=DAY)


def test_the_programs_own_sources_share_the_catalogue():
    assert SOURCES.catalogue is FACTS
