"""Setting events and placements right: who may, what is refused, what follows, and what the database refuses by itself."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from wuyou.demo.factories import anybody, make_unit, unit_named
from wuyou.demo.small import CITY, HUIZE, LULIANG, QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.orgs import services
from wuyou.orgs.models import Hosting, Placement, Unit, UnitEvent
from wuyou.orgs.rules.befalling import Befallen, contradictions
from wuyou.orgs.rules.correcting import Stretch, days_touched, moved_along, state_after
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(small: Any) -> Unit:
    """A group of 2020-05-06 that stalled in 2022 and was restored in 2023."""
    unit = make_unit(parent=unit_named(QILIN), full_name="更正小组", hosts=("更正厂",))
    befell(unit, "lapse", "2022-03-01")
    befell(unit, "restore", "2023-03-01", document="曲侨发〔2023〕9号")
    return unit


def befell(unit: Unit, kind: str, on: str, **told: Any) -> UnitEvent:
    return services.record_event(actor=anybody(), unit_id=unit.pk, kind=kind, on=on, **told)


def event(unit: Unit, kind: str) -> UnitEvent:
    return UnitEvent.objects.get(unit=unit, kind=kind)


def right(row: UnitEvent, **told: Any) -> UnitEvent:
    facts = {"on": row.on, "document": row.document, "note": row.note, "seen": None, "actor": anybody(), **told}
    return services.correct_event(event_id=row.pk, **facts)


def refusal(act: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(*given, **named)
    return [str(reason) for reason in raised.value.reasons]


def state(unit: Unit) -> tuple[str, str]:
    unit.refresh_from_db()
    return unit.state, unit.founded


def last_audit() -> tuple[str, dict[str, Any]]:
    seq = AuditEvent.objects.latest("seq")
    return seq.verb, json.loads(AuditPayload.objects.get(event_id=seq.seq).body)


@pytest.mark.parametrize(
    ("username", "answer"),
    [("leader", NotFound), ("auditor", Forbidden), ("huize", NotFound), ("county", None), ("city", None)],
)
def test_who_may(small: Any, group: Unit, username: str, answer: Any) -> None:
    actor = small.actor(username)
    placed = group.placements.get()
    acts = (
        lambda: right(event(group, "restore"), actor=actor, on="2023-04-01"),
        lambda: services.take_back_event(actor=actor, event_id=event(group, "restore").pk, seen=None),
        lambda: services.correct_placement(
            actor=actor, placement_id=placed.pk, seen=None, start=date(2020, 6, 1), end=None
        ),
    )
    for act in acts:
        answered(answer, act)


def test_a_wrong_event_is_set_right_and_the_trail_says_what_it_was(group: Unit) -> None:
    row = right(event(group, "restore"), on="2023-04-05", document="曲侨发〔2023〕12号", note="改选")
    row.refresh_from_db()
    assert (row.on, row.document, row.note, row.version) == ("2023-04-05", "曲侨发〔2023〕12号", "改选", 2)
    verb, told = last_audit()
    assert (verb, told["on"], told["changes"]["on"]) == (
        "orgs.unit.event_corrected", "2023-03-01", ["2023-03-01", "2023-04-05"],
    )  # fmt: skip
    right(row)  # nothing differs, nothing is done
    row.refresh_from_db()
    assert row.version == 2


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        ("lapse", "2020-05-05", "日期早于成立时间（2020-05-06），没有保存；请核对日期。"),
        ("lapse", "2019", "日期早于成立时间（2020-05-06），没有保存；请核对日期。"),
        ("restore", "2025-11-21", "这个日期还没有到，没有保存；请填写事情办完的日期。"),
        ("lapse", "2024-01-01", "改成这个日期，2023-03-01 登记的“恢复”就对不上了，没有保存；请核对日期。"),
        ("restore", "2022-02-01", "它在这个日期是正常状态，不需要恢复，没有保存；请核对日期。"),
        ("establish", "2022-04", "改成这个日期，2022-03-01 登记的“停滞”就对不上了，没有保存；请核对日期。"),
    ],
)
def test_a_day_that_cannot_be_is_refused(small: Any, group: Unit, kind: str, on: str, said: str) -> None:
    assert refusal(right, event(group, kind), on=on) == [said]
    assert event(group, kind).version == 1


def test_what_is_on_record_already_and_what_lies_after_the_closing_is_refused(small: Any, group: Unit) -> None:
    befell(group, "lapse", "2024-02-01")
    second = UnitEvent.objects.get(unit=group, on="2024-02-01")
    assert "这一天已经登记过同样的事项，没有保存；登记重了的，请撤回其中一项。" in refusal(
        right, second, on="2022-03-01"
    )
    befell(group, "dissolve", "2025-01-01")
    assert refusal(right, second, on="2025-02-02") == ["这个组织在 2025-01-01 已经撤销或合并，没有保存；请核对日期。"]


def test_a_number_that_stands_under_another_event_is_refused_unless_it_is_shared(group: Unit) -> None:
    other = make_unit(parent=unit_named(HUIZE), full_name="另一小组")
    befell(other, "reorganise", "2024-01-02", document="曲侨发〔2024〕1号")
    mine = event(group, "restore")
    assert refusal(right, mine, document="曲侨发〔2024〕1号") == [
        "这个文号已用于“另一小组”的重组（2024-01-02），没有保存；"
        "请核对文号，一份文件批准几项的，请勾选“同一份文件还批准了别的事项”。"
    ]
    assert right(mine, document="曲侨发〔2024〕1号", shares_document=True).document == "曲侨发〔2024〕1号"
    assert right(mine, document="曲侨发〔2024〕1号", note="再核").note == "再核"  # it stands there already


def test_two_events_each_with_a_document_of_its_own_are_refused_by_the_database_as_well(group: Unit) -> None:
    other = make_unit(parent=unit_named(HUIZE), full_name="另一小组")
    befell(other, "lapse", "2024-01-02", document="曲侨发〔2024〕1号")
    befell(group, "reorganise", "2024-02-01", document="曲侨发〔2024〕2号")
    mine = event(group, "reorganise")
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitEvent.objects.filter(pk=mine.pk).update(document="曲侨发〔2024〕1号")
    right(mine, document="曲侨发〔2024〕1号", shares_document=True)
    assert not event(group, "reorganise").has_own_document
    assert right(event(group, "reorganise"), document="曲侨发〔2024〕3号").has_own_document


def test_of_one_matter_a_document_is_entered_twice(group: Unit) -> None:
    befell(group, "reorganise", "2024-02-01", document="曲侨发〔2024〕2号")
    befell(group, "rename", "2024-02-01", document="曲侨发〔2024〕2号")
    assert [one.has_own_document for one in group.events.filter(on="2024-02-01").order_by("pk")] == [True, False]


def test_a_number_told_later_of_an_event_on_record_is_asked_about_as_well(group: Unit) -> None:
    other = make_unit(parent=unit_named(HUIZE), full_name="另一小组")
    befell(other, "lapse", "2024-01-02", document="曲侨发〔2024〕1号")
    befell(group, "reorganise", "2024-02-01")
    with pytest.raises(Refused, match="这个文号已用于“另一小组”的停滞"):
        befell(group, "reorganise", "2024-02-01", document="曲侨发〔2024〕1号")
    befell(group, "reorganise", "2024-02-01", document="曲侨发〔2024〕1号", shares_document=True)
    assert (event(group, "reorganise").document, event(group, "reorganise").has_own_document) == (
        "曲侨发〔2024〕1号",
        False,
    )


def test_the_state_follows_the_newest_event(group: Unit) -> None:
    befell(group, "lapse", "2024-02-01")
    newest = UnitEvent.objects.get(unit=group, on="2024-02-01")
    right(newest, on="2024-03-01")
    assert state(group) == ("lapsed", "2020-05-06")
    services.take_back_event(actor=anybody(), event_id=newest.pk, seen=None)
    assert state(group) == ("normal", "2020-05-06")
    services.take_back_event(actor=anybody(), event_id=event(group, "restore").pk, seen=None)
    assert state(group) == ("lapsed", "2020-05-06")


def test_a_founding_is_one_fact_its_event_the_unit_and_what_began_with_it(group: Unit) -> None:
    right(event(group, "establish"), on="2019-07-01")
    assert state(group) == ("normal", "2019-07-01")
    assert group.placements.get().start == Hosting.objects.get(unit=group).start == date(2019, 7, 1)
    Unit.objects.filter(pk=group.pk).update(founded="2019")  # no longer told as one
    right(event(group, "establish"), on="2019-08-01")
    assert state(group) == ("normal", "2019")


def test_an_event_on_which_a_later_one_rests_is_not_withdrawn(group: Unit) -> None:
    held = event(group, "lapse")
    befell(group, "lapse", "2024-02-01")
    services.take_back_event(actor=anybody(), event_id=event(group, "restore").pk + 1, seen=None)
    assert refusal(services.take_back_event, actor=anybody(), event_id=held.pk, seen=None) == [
        "2023-03-01 登记的“恢复”以这一项为前提，没有撤回；请先更正或撤回那一项。"
    ]
    services.take_back_event(actor=anybody(), event_id=event(group, "restore").pk, seen=None)
    services.take_back_event(actor=anybody(), event_id=held.pk, seen=None)
    assert [one.kind for one in group.events.all()] == ["establish"]
    assert last_audit()[0] == "orgs.unit.event_taken_back"


def test_a_closing_by_mistake_is_withdrawn_unless_its_name_went_to_another(group: Unit) -> None:
    befell(group, "dissolve", "2024-02-01")
    make_unit(parent=unit_named(QILIN), full_name="更正小组")
    closing = event(group, "dissolve")
    assert refusal(services.take_back_event, actor=anybody(), event_id=closing.pk, seen=None) == [
        "撤回以后这个组织不再是撤销状态，而现在已有同名的组织，没有撤回；请先核对全称。"
    ]
    Unit.objects.filter(full_name="更正小组").exclude(pk=group.pk).update(full_name="别名小组")
    services.take_back_event(actor=anybody(), event_id=closing.pk, seen=None)
    assert state(group)[0] == "normal"


def test_of_two_officers_the_second_sees_what_the_first_saved(group: Unit) -> None:
    row, placed = event(group, "restore"), group.placements.get()
    right(row, seen=1, on="2023-04-01")
    with pytest.raises(Conflict) as raised:
        right(row, seen=1, on="2023-05-01")
    assert [(one.theirs, one.yours) for one in raised.value.differences] == [("2023-04-01", "2023-05-01")]
    placing = {"actor": anybody(), "placement_id": placed.pk, "seen": 1, "end": None}
    services.correct_placement(start=date(2020, 6, 1), **placing)
    with pytest.raises(Conflict):
        services.correct_placement(start=date(2020, 7, 1), **placing)


@pytest.fixture
def moved(small: Any, group: Unit) -> list[Placement]:
    """The placements of the group: under 麒麟, from 2023-01-01 under 陆良, from 2024-01-01 under 会泽."""
    for office, start in ((LULIANG, date(2023, 1, 1)), (HUIZE, date(2024, 1, 1))):
        services.place_unit(actor=anybody(), unit_id=group.pk, parent_id=unit_named(office).pk, start=start)
    return list(group.placements.order_by("start"))


def placed(row: Placement, start: date | None, end: date | None, document: str = "") -> Placement:
    return services.correct_placement(
        actor=anybody(), placement_id=row.pk, seen=None, start=start, end=end, document=document
    )


@pytest.mark.parametrize("start", [date(2022, 10, 1), date(2023, 9, 1)])
@pytest.mark.parametrize("end", [date(2023, 10, 1), date(2024, 9, 1)])
def test_what_touched_a_stretch_goes_on_touching_it(moved: list[Placement], start: date, end: date) -> None:
    placed(moved[1], start, end, "曲侨发〔2023〕3号")
    assert list(moved[0].unit.placements.order_by("start").values_list("start", "end", "document", "version")) == [
        (date(2020, 5, 6), start, "", 2), (start, end, "曲侨发〔2023〕3号", 2), (end, None, "", 2),
    ]  # fmt: skip
    assert last_audit()[0] == "orgs.unit.placement_corrected"


@pytest.mark.parametrize(
    ("at", "start", "end", "said"),
    [
        (0, date(2020, 5, 5), date(2023, 1, 1), "日期早于成立时间（2020-05-06），没有保存；请核对日期。"),
        (1, date(2020, 5, 6), date(2024, 1, 1), "这样改，有一段的结束日期就不晚于起始日期，没有保存；请核对日期。"),
        (1, date(2023, 1, 1), date(2023, 1, 1), "这样改，有一段的结束日期就不晚于起始日期，没有保存；请核对日期。"),
        (1, date(2023, 1, 1), None, "这一段已经结束，请填写结束日期。"),
        (1, None, date(2024, 1, 1), "请填写起始日期。"),
        (2, date(2024, 1, 1), date(2024, 5, 1), "现在的指导关系不在这里结束，没有保存；改由别的侨联指导的，请用“调整”。"),
        (2, date(2025, 11, 21), None, "这个日期还没有到，没有保存；请核对日期。"),
    ],
)  # fmt: skip
def test_a_stretch_that_cannot_be_is_refused(
    moved: list[Placement], at: int, start: date | None, end: date | None, said: str
) -> None:
    assert said in refusal(placed, moved[at], start, end)
    assert [row.version for row in Placement.objects.filter(unit=moved[0].unit)] == [1, 1, 1]


def test_two_at_once_and_a_time_after_the_closing_are_refused(moved: list[Placement]) -> None:
    Placement.objects.filter(pk=moved[1].pk).delete()  # a gap: nothing touches
    assert refusal(placed, moved[2], date(2022, 12, 1), None) == [
        "这一段与另一段（到 2023-01-01 为止）重叠，同一天只能由一个侨联指导，没有保存；请核对日期。"
    ]
    befell(moved[0].unit, "dissolve", "2024-06-01")
    assert refusal(placed, moved[2], date(2024, 6, 2), None) == [
        "这个组织在 2024-06-01 已经撤销或合并，没有保存；请核对日期。"
    ]


def test_no_circle_in_the_past(small: Any) -> None:
    """The office stood below the other until 2022; it cannot have guided it in 2021, but from 2022 on it can."""
    upper = make_unit(parent=unit_named(CITY), full_name="甲侨联", kind="county_federation", founded="2015-01-01")
    lower = make_unit(parent=upper, full_name="乙侨联", kind="county_federation", founded="2016-01-01")
    services.place_unit(actor=anybody(), unit_id=lower.pk, parent_id=unit_named(CITY).pk, start=date(2022, 1, 1))
    services.place_unit(actor=anybody(), unit_id=upper.pk, parent_id=lower.pk, start=date(2023, 1, 1))
    row = upper.placements.get(end=None)
    assert refusal(placed, row, date(2021, 6, 1), None) == [
        "所选的侨联在这段时间里曾经在它之下，没有保存；请核对日期。"
    ]
    assert placed(row, date(2022, 1, 1), None).start == date(2022, 1, 1)


@pytest.mark.parametrize("on", ["2020-05-05", "2025-06-01"])
def test_the_database_keeps_events_where_they_can_be(group: Unit, on: str) -> None:
    UnitEvent.objects.create(unit=group, kind="merge", on="2025-01-01", recorded_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitEvent.objects.filter(unit=group, kind="lapse").update(on=on)
    assert UnitEvent.objects.filter(unit=group, kind="lapse").update(note="好", on="2022-04-01") == 1


def test_what_was_added_to_an_event_is_not_lost_to_who_had_it_open(group: Unit) -> None:
    row = event(group, "lapse")
    befell(group, "lapse", row.on, document="曲侨发〔2022〕7号")
    with pytest.raises(Conflict):
        right(row, seen=row.version, note="缺人")
    assert event(group, "lapse").document == "曲侨发〔2022〕7号"


def test_no_stretch_that_moves_along_comes_under_what_was_below(small: Any) -> None:
    """陆良 stood below 麒麟 for three years, after 麒麟 had stood below it: the earlier stretch cannot reach into them."""
    upper, lower, city = (unit_named(name) for name in (QILIN, LULIANG, CITY))
    Placement.objects.filter(unit__in=[upper, lower]).delete()
    for unit, above, start, end in (
        (lower, upper, date(2012, 1, 1), date(2015, 1, 1)), (lower, city, date(2015, 1, 1), None),
        (upper, lower, date(2005, 1, 1), date(2010, 1, 1)), (upper, city, date(2010, 1, 1), None),
    ):  # fmt: skip
        Placement.objects.create(unit=unit, parent=above, start=start, end=end)
    row = Placement.objects.get(unit=upper, end=None)
    told: Any = {"actor": anybody(), "placement_id": row.pk, "seen": None, "end": None}
    assert refusal(services.correct_placement, **told, start=date(2014, 1, 1)) == [
        "所选的侨联在这段时间里曾经在它之下，没有保存；请核对日期。"
    ]
    services.correct_placement(**told, start=date(2012, 1, 1))
    assert Placement.objects.get(unit=upper, parent=lower).end == date(2012, 1, 1)


def told(*events: tuple[int, str, str]) -> list[Befallen]:
    return [Befallen(pk, kind, kind, on) for pk, kind, on in events]


LIFE = ((1, "establish", "2010"), (2, "lapse", "2015-03"), (3, "restore", "2018-05-06"))


@pytest.mark.parametrize(
    ("after", "state", "now"),
    [
        (LIFE, "to_reorganise", "to_reorganise"),
        (LIFE[:2], "normal", "lapsed"),
        ((LIFE[0], LIFE[2]), "normal", "normal"),
        ((*LIFE[:2], (3, "restore", "2014")), "normal", "lapsed"),
        ((), "normal", "lapsed"),
    ],
)
def test_the_state_after_a_correction(after: Any, state: str, now: str) -> None:
    assert state_after(told(*LIFE), told(*after), state) == now


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (LIFE, ("", "")),
        ((LIFE[0], (2, "lapse", "2016"), LIFE[2]), ("2015-03", "2016")),
        ((LIFE[0], LIFE[2]), ("2015-03", "2018-05-06")),
        (LIFE[:2], ("2018-05-06", "")),
        ((*LIFE[:2], (3, "restore", "2014")), ("2014", "")),
    ],
)
def test_which_past_days_a_correction_touches(after: Any, days: Any) -> None:
    assert days_touched(told(*LIFE), told(*after)) == days


def test_a_history_without_contradictions_has_none() -> None:
    closed = ((4, "merge", "2019"), (5, "rename", "2020"), (6, "restore", "2021"), (7, "rename", "2022"))
    assert list(contradictions(told(*LIFE), "2010")) == []
    assert list(contradictions(told(*LIFE, *closed), "")) == [(5, "closed")]
    assert list(contradictions(told(*LIFE), "2010-02")) == []
    assert list(contradictions(told(*LIFE), "2011")) == [(1, "early")]


def test_stretches_are_written_so_that_none_overlaps_on_the_way() -> None:
    held = [Stretch(1, date(2001, 1, 1), date(2005, 1, 1)), Stretch(2, date(2005, 1, 1), date(2009, 1, 1)),
            Stretch(3, date(2009, 1, 1), None)]  # fmt: skip
    earlier = Stretch(2, date(2003, 1, 1), date(2007, 1, 1))
    assert [one.id for one in moved_along(earlier, held)] == [1, 2, 3]
    later = Stretch(2, date(2006, 1, 1), date(2011, 1, 1))
    assert [one.id for one in moved_along(later, held)] == [3, 2, 1]
