"""A draft tried on the groups of the small world before it is published."""

from dataclasses import replace

import pytest

from wuyou.assessment import queries, trial
from wuyou.assessment.facts import FACTS
from wuyou.assessment.models import SchemeVersion
from wuyou.assessment.queries import Rulebook
from wuyou.assessment.rules import Dimension, read_stages, read_version
from wuyou.assessment.standards import TARGET
from wuyou.demo import small as world
from wuyou.kernel.actor import machine
from wuyou.kernel.refusals import Forbidden

pytestmark = pytest.mark.django_db


def book(version):
    """Return a version ready to judge with."""
    return Rulebook(read_version(version, FACTS), read_stages(version))


def with_activities(number):
    """Return the target standard with another number of activities asked for."""
    raised = [replace(p, value=number) if p.name == "least_activities" else p for p in TARGET.parameters]
    return replace(TARGET, number=2, parameters=tuple(raised))


def told(found):
    """Return what a trial says, unit by unit: items with both verdicts, and the stages where they differ."""
    return {
        each.unit.short_name: (
            [(i.dimension.code, i.before and i.before.value, i.after and i.after.value) for i in each.items],
            (each.stage_before.code, each.stage_after.code) if each.moves else None,
        )
        for each in found.changed
    }


def test_the_same_standard_changes_nothing(small):
    found = trial.tried(small.actor("city"), book(TARGET), book(TARGET), small.today)
    assert (found.number, found.changed) == (11, ())


def test_whose_verdict_a_higher_threshold_changes_and_why(small):
    found = trial.tried(small.actor("city"), book(with_activities(7)), book(TARGET), small.today)
    changed = [("activities", "met", "partly")]
    assert told(found) == {
        world.GOOD: (changed, ("raise", "complete")),
        world.NO_VENUE: (changed, None),
    }
    assert [item.why for each in found.changed for item in each.items] == [
        "近12个月活动次数 6 次（应不少于 7 次）。"
    ] * 2


def test_an_item_more_and_an_item_less(small):
    rules = Dimension("system", "有制度", "", "章程", TARGET.dimensions[0].criteria)
    draft = replace(TARGET, dimensions=(*TARGET.dimensions[:3], *TARGET.dimensions[4:], rules), examples=())
    found = told(trial.tried(small.actor("city"), book(draft), book(TARGET), small.today))
    assert found[world.GOOD] == ([("system", None, "met"), ("venue", "met", None)], None)
    assert len(found) == 11


def test_nothing_in_force_to_compare_with(small):
    found = trial.tried(small.actor("county"), book(TARGET), None, small.today)
    assert found.number == len(found.changed) == 6
    assert {each.stage_before for each in found.changed} == {None}


def test_a_trial_looks_under_one_office_and_stays_within_one_s_rights(small):
    under = small.unit(world.HUIZE).path
    city, draft = small.actor("city"), book(with_activities(7))
    assert trial.tried(city, draft, book(TARGET), small.today, under=under).number == 1
    with pytest.raises(Forbidden):
        trial.tried(machine("nobody"), draft, book(TARGET), small.today)


def test_a_draft_whose_formulas_cannot_be_read_is_not_tried(small):
    row = SchemeVersion.objects.get(scheme__code=TARGET.standard.code, number=1)
    stored = queries.stored_version(row)
    assert trial.readable(row).version == stored
    row.content_hash, row.content = "0" * 64, dict(row.content, parameters=[])
    assert trial.readable(row) is None
