"""Where units are placed, hosted, led and whom they serve, day by day: what is refused, told, kept."""

import contextlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuyou.demo.factories import make_unit
from wuyou.demo.small import BARE, CITY, DISSOLVED, FARM, GOOD, HUIZE, JOINT, LULIANG, NO_VENUE, QILIN
from wuyou.kernel.refusals import Conflict, Refused
from wuyou.orgs import queries, rules, services
from wuyou.orgs.models import HostUnit, Unit
from wuyou.orgs.rules import Held, Relinking
from wuyou.orgs.services import Links
from wuyou.orgs.tests.test_services import EDITING, events, told
from wuyou.places.models import Division
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.acting import answered

NOV = date(2025, 11, 1)


def day(number: int) -> date:
    return date(2025, 1, 1) + timedelta(days=number)


# ---- the rule ----------------------------------------------------------------------------------------------------

A_SINCE_2020 = Held(1, "甲", "甲", date(2020, 1, 1), None)
B_UNTIL_2024 = Held(2, "乙", "乙", date(2020, 1, 1), date(2024, 5, 1))
C_UNDATED = Held(3, "丙", "丙", None, None)


@pytest.mark.parametrize(
    ("held", "wanted", "on", "answer"),
    [
        ((), ("甲",), NOV, Relinking(begun=("甲",))),
        ((A_SINCE_2020,), ("甲", "甲"), NOV, Relinking()),
        ((A_SINCE_2020,), ("乙",), NOV, Relinking(over=(1,), begun=("乙",))),
        ((A_SINCE_2020,), (), date(2020, 1, 1), Relinking(void=(1,))),
        ((C_UNDATED,), (), NOV, Relinking(over=(3,))),
        ((A_SINCE_2020, B_UNTIL_2024), ("乙",), date(2024, 5, 1), Relinking(over=(1,), begun=("乙",))),
    ],
)
def test_what_ends_and_what_begins(held: Sequence[Held], wanted: tuple[str, ...], on: date, answer: Relinking) -> None:
    assert rules.relinked(held, wanted, on) == answer
    assert rules.relinking_allowed(held, wanted, on, "on").allowed


@pytest.mark.parametrize(
    ("held", "wanted", "on", "sentence"),
    [
        (
            (A_SINCE_2020,), (), date(2019, 12, 31),
            "“甲”从 2020-01-01 起才开始，不能在更早的日期结束，没有保存；请核对变更日期。",
        ),
        (
            (B_UNTIL_2024,), ("乙",), date(2024, 4, 30),
            "“乙”到 2024-05-01 才结束，不能在更早的日期重新开始，没有保存；请核对变更日期。",
        ),
    ],
)  # fmt: skip
def test_what_was_is_not_overwritten(held: Sequence[Held], wanted: tuple[str, ...], on: date, sentence: str) -> None:
    decision = rules.relinking_allowed(held, wanted, on, "on")
    assert [(str(reason), reason.field) for reason in decision.reasons] == [(sentence, "on")]


@pytest.mark.parametrize(
    ("on", "founded", "allowed"),
    [
        (date(2025, 11, 20), "", True), (date(2025, 11, 21), "", False), (date(2016, 4, 12), "2016-04-12", True),
        (date(2016, 4, 11), "2016-04-12", False), (date(2016, 1, 1), "2016", True), (date(2015, 12, 31), "2016", False),
        (date(2016, 4, 1), "2016-04", True), (date(2016, 3, 31), "2016-04", False),
    ],
)  # fmt: skip
def test_when_ties_may_change(on: date, founded: str, allowed: bool) -> None:
    decision = rules.change_dated(on=on, today=date(2025, 11, 20), founded=founded, field="on")
    assert decision.allowed == allowed


CHANGES = st.lists(st.tuples(st.integers(0, 60), st.sets(st.sampled_from("甲乙丙"))), max_size=12)


@given(CHANGES)
def test_ties_never_overlap_whatever_is_told_in_whatever_order(changes: list[tuple[int, set[str]]]) -> None:
    held: list[Held] = []
    for number, wanted in changes:
        on = day(number)
        if not rules.relinking_allowed(held, wanted, on, "on").allowed:
            continue
        held = _after(held, rules.relinked(held, wanted, on), on)
        assert {tie.key for tie in held if tie.end is None} == wanted
    for tie in held:
        assert tie.end is None or tie.start is None or tie.end > tie.start
        assert [other for other in held if other.id != tie.id and other.key == tie.key and _overlap(tie, other)] == []


def _after(held: list[Held], change: Relinking, on: date) -> list[Held]:
    kept = [
        Held(t.id, t.key, t.label, t.start, on if t.id in change.over else t.end)
        for t in held
        if t.id not in change.void
    ]
    number = max((tie.id for tie in held), default=0)
    return kept + [Held(number + at, key, str(key), on, None) for at, key in enumerate(change.begun, 1)]


def _overlap(one: Held, other: Held) -> bool:
    far = date(9999, 1, 1)
    return (one.start or date.min) < (other.end or far) and (other.start or date.min) < (one.end or far)


# ---- hosts, leading bodies, areas --------------------------------------------------------------------------------


def linked(small: Any, unit: str = GOOD, username: str = "county", on: date = NOV, **more: Any) -> Unit:
    links = Links(**{"hosts": ("南宁街道文昌社区居委会",), **more.pop("links", {})})
    return services.link_unit(actor=small.actor(username), unit_id=small.unit(unit).pk, links=links, on=on, **more)


@pytest.mark.parametrize(("username", "unit", "answer"), EDITING)
def test_who_changes_the_ties_of_what(small: Any, username: str, unit: str, answer: Any) -> None:
    answered(answer, lambda: linked(small, unit, username, links={"hosts": ("新单位",), "led_by": ("机关党委",)}))


def test_a_changed_tie_ends_and_another_begins(small: Any) -> None:
    unit = small.unit(JOINT)
    links = {"hosts": ("滇源机械有限公司", "滇源客运站"), "led_by": ("滇源机械有限公司党委",)}
    linked(small, JOINT, links=links)
    rows = unit.hostings.order_by("pk").values_list("host__name", "start", "end")
    first = date(2014, 1, 1)
    assert list(rows) == [
        ("滇源机械有限公司", first, None), ("麒麟区云坪农机站", first, NOV), ("滇源物流有限公司", first, NOV),
        ("滇源客运站", NOV, None),
    ]  # fmt: skip
    led_by = unit.led_by.order_by("pk").values_list("body", "start", "end")
    assert list(led_by) == [("滇源机械有限公司党组织", first, NOV), ("滇源机械有限公司党委", NOV, None)]
    assert HostUnit.objects.get(name="滇源客运站").county == unit.county
    assert Unit.objects.get(pk=unit.pk).version == unit.version + 1
    assert told("orgs.unit.linked").path == unit.path


def test_areas_change_by_the_day_as_well(small: Any) -> None:
    unit = small.unit(GOOD)
    old, new = unit.areas.get().division, Division.objects.get(name="越州镇")
    linked(small, links={"area_ids": (new.pk,)})
    areas = unit.areas.order_by("pk").values_list("division", "start", "end")
    assert list(areas) == [(old.pk, date(2016, 4, 12), NOV), (new.pk, NOV, None)]


def test_the_same_again_changes_nothing(small: Any) -> None:
    unit = linked(small, links={"led_by": ("机关党委",)})
    number = AuditEvent.objects.count()
    assert linked(small, links={"led_by": ("机关党委",)}, seen=1).version == unit.version
    assert AuditEvent.objects.count() == number


def test_what_was_typed_by_mistake_today_is_taken_back_today(small: Any) -> None:
    linked(small, links={"led_by": ("机关党为",)}, on=small.today)
    linked(small, links={"led_by": ("机关党委",)}, on=small.today)
    assert list(small.unit(GOOD).led_by.filter(start=small.today).values_list("body", "end")) == [("机关党委", None)]


@pytest.mark.parametrize(
    ("links", "on"),
    [
        ({"led_by": ("机关党委",)}, date(2025, 11, 21)),
        ({"led_by": ("机关党委",)}, date(2016, 4, 11)),
        ({"area_ids": (999_999_999,)}, NOV),
    ],
)
def test_ties_that_are_refused_write_nothing(small: Any, links: dict[str, Any], on: date) -> None:
    answered(Refused, lambda: linked(small, links=links, on=on))


def test_ties_that_somebody_else_changed_are_shown_and_not_overwritten(small: Any) -> None:
    area = small.unit(GOOD).areas.get().division
    linked(small, links={"led_by": ("机关党委",), "area_ids": (area.pk,)})
    with pytest.raises(Conflict) as conflict:
        linked(small, links={"led_by": ("居委会党支部",), "area_ids": (area.pk,)}, seen=1)
    assert [(d.label, d.theirs, d.yours) for d in conflict.value.differences] == [
        ("领导单位", "机关党委", "居委会党支部")
    ]


# ---- under which federation --------------------------------------------------------------------------------------


def placed(small: Any, unit: str, parent: str, start: date = NOV, username: str = "city", **more: Any) -> Unit:
    return services.place_unit(
        actor=small.actor(username), unit_id=small.unit(unit).pk, parent_id=small.unit(parent).pk, start=start, **more
    )


def test_a_move_keeps_its_document_and_repeats_harmlessly(small: Any) -> None:
    unit = placed(small, GOOD, LULIANG, document="曲侨发〔2025〕8号")
    number = AuditEvent.objects.count()
    assert placed(small, GOOD, LULIANG, seen=1) == unit
    assert (AuditEvent.objects.count(), unit.placements.get(end=None).document) == (number, "曲侨发〔2025〕8号")
    assert events("orgs.unit.placed")[-1:] == ["orgs.unit.placed"]


@pytest.mark.parametrize(
    ("unit", "parent", "start", "sentence"),
    [
        (QILIN, GOOD, NOV, "不能把组织放到它自己或它的下级之下；请选择别的上级。"),
        (CITY, QILIN, NOV, "不能把组织放到它自己或它的下级之下；请选择别的上级。"),
        (GOOD, QILIN, NOV, "这个组织现在就由所选的侨联指导，没有改动；请选择别的侨联。"),
        (GOOD, DISSOLVED, NOV, "所选的侨联已经撤销，没有保存；请选择别的侨联。"),
        (GOOD, LULIANG, date(2025, 11, 21), "这个日期还没有到，没有保存；请在变更生效后再登记。"),
    ],
)
def test_a_move_is_refused_in_one_sentence(small: Any, unit: str, parent: str, start: date, sentence: str) -> None:
    for act in (
        lambda: placed(small, unit, parent, start),
        lambda: queries.move(
            small.actor("city"), unit_id=small.unit(unit).pk, parent_id=small.unit(parent).pk, start=start
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [str(reason) for reason in refused.value.reasons] == [sentence]


def test_a_unit_that_somebody_else_moved_is_not_moved_again_unseen(small: Any) -> None:
    placed(small, GOOD, LULIANG)
    with pytest.raises(Conflict) as conflict:
        placed(small, GOOD, HUIZE, date(2025, 11, 10), seen=1)
    assert [(d.theirs, d.yours) for d in conflict.value.differences] == [(LULIANG, HUIZE)]


def test_what_a_move_will_do_is_told_without_doing_it(small: Any) -> None:
    good, luliang = small.unit(GOOD), small.unit(LULIANG)
    make_unit(parent=good, full_name="文昌一组")
    move = queries.move(small.actor("city"), unit_id=good.pk, parent_id=luliang.pk, start=NOV)
    assert (move.path, move.below, move.present and move.present.parent) == (
        f"{luliang.path}{good.pk}/", 1, small.unit(QILIN),
    )  # fmt: skip
    assert Unit.objects.get(pk=good.pk).path == good.path


@pytest.mark.parametrize(
    ("username", "unit", "may"),
    [
        ("city", GOOD, True), ("city", CITY, False), ("county", GOOD, False), ("leader", NO_VENUE, False),
        ("admin", GOOD, False), ("luliang", FARM, False), ("city", BARE, True),
    ],
)  # fmt: skip
def test_who_may_move_what(small: Any, username: str, unit: str, may: bool) -> None:
    assert queries.may_be_moved(small.actor(username), small.unit(unit)) == may


MOVES = st.lists(
    st.tuples(
        st.sampled_from((GOOD, QILIN, LULIANG, BARE)),
        st.sampled_from((CITY, QILIN, LULIANG, HUIZE)),
        st.integers(0, 340),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_placements_never_overlap_and_paths_follow_them(small: Any, moves: list[tuple[str, str, int]]) -> None:
    with transaction.atomic():
        for unit, parent, number in moves:
            with contextlib.suppress(Refused):
                placed(small, unit, parent, min(day(number), small.today))
        for unit in Unit.objects.select_related("parent"):
            rows = list(unit.placements.order_by("start", "pk"))
            assert [row.parent_id for row in rows if row.end is None] == ([unit.parent_id] if unit.parent_id else [])
            assert [before.end for before in rows[:-1]] == [after.start for after in rows[1:]]
            assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        transaction.set_rollback(True)


def test_a_move_told_late_makes_no_circle_in_the_past(small: Any) -> None:
    """One office was under another for two years; the other cannot have been under it in those years."""
    city, actor = small.unit(CITY), small.actor("city")
    one, other = (
        make_unit(parent=city, full_name=f"第{n}片区侨联", kind="county_federation", founded="") for n in (1, 2)
    )
    for parent, start in ((other, date(2020, 1, 1)), (city, date(2022, 1, 1))):
        services.place_unit(actor=actor, unit_id=one.pk, parent_id=parent.pk, start=start)
    with pytest.raises(Refused) as refused:
        services.place_unit(actor=actor, unit_id=other.pk, parent_id=one.pk, start=date(2021, 6, 1))
    assert str(refused.value) == "所选的侨联在这个日期之后曾经在它之下，没有保存；请改用更晚的日期。"
    services.place_unit(actor=actor, unit_id=other.pk, parent_id=one.pk, start=date(2022, 1, 1))
    assert Unit.objects.get(pk=other.pk).parent_id == one.pk
