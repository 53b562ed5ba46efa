"""Target plans: what may be planned, what a plan amounts to, who may write it, and what the database refuses by itself."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from wuyou.demo.factories import anybody
from wuyou.demo.small import CITY, GOOD, HUIZE, LULIANG, QILIN
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.orgs import queries, services
from wuyou.orgs.models import Target, TargetPlan, UnitKind
from wuyou.orgs.rules import Level
from wuyou.orgs.rules.targets import Spot, Years, numbers_allowed, plan_allowed, planned, share
from wuyou.orgs.services import PlanFacts
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.databases import OwnDatabase, at_once

THREE = Years(2025, 2027)
A, B, FARMS, SCHOOLS = 1, 2, 7, 8


def of(office: int, number_of: int | None = None, year: int = 2025, event: str = "establish") -> Spot:
    return Spot(office, number_of, year, event)


# ---- rules -------------------------------------------------------------------------------------------------------

GOOD_PLAN: dict[str, Any] = {"name": "三年计划", "years": THREE, "level": Level.CITY, "this_year": 2025}


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({}, []),
        ({"years": Years(2025, 2029)}, []),
        ({"years": Years(2025, 2026)}, ["目标计划应为 3 至 5 年，没有保存；请核对起止年度。"]),
        ({"years": Years(2025, 2030)}, ["目标计划应为 3 至 5 年，没有保存；请核对起止年度。"]),
        ({"years": Years(2027, 2025)}, ["目标计划应为 3 至 5 年，没有保存；请核对起止年度。"]),
        ({"years": Years(1925, 1927)}, ["起始年度不对，没有保存；请核对年份。"]),
        ({"name": " "}, ["请填写计划名称，例如“基层组织建设三年计划”。"]),
        ({"level": Level.COUNTY}, []),
        ({"level": Level.GROUP}, ["目标计划由县级以上侨联制定，没有保存；请选择侨联机关。"]),
        ({"dissolved": True}, ["这个侨联已经撤销，没有保存；请选择别的侨联。"]),
        ({"others": [("老计划", Years(2022, 2024))]}, []),
        (
            {"others": [("老计划", Years(2021, 2025))]},
            ["这些年度里已有目标计划“老计划”（2021—2025年），没有保存；请修改那个计划，或改起止年度。"],
        ),
        ({"held": [2025, 2027]}, []),
        (
            {"held": [2024, 2028]},
            ["计划里 2024、2028 年已有计划数，改了年度就会丢掉，没有保存；请先清空这些年的计划数。"],
        ),
    ],
)
def test_which_plans_may_be(told: dict[str, Any], sentences: list[str]) -> None:
    assert [str(reason) for reason in plan_allowed(**{**GOOD_PLAN, **told}).reasons] == sentences


@pytest.mark.parametrize(
    ("numbers", "sentences"),
    [
        ({}, []),
        ({of(A): 0, of(B): 9_999}, []),
        ({of(A): 4, of(A, FARMS): 1, of(A, SCHOOLS): 3}, []),
        (
            {of(A): 4, of(A, FARMS): 2, of(A, SCHOOLS): 3},
            ["麒麟区侨联 2025 年新建：分类型的计划数合计 5 个，多于总数 4 个，没有保存；请核对。"],
        ),
        ({of(A, FARMS): 5}, []),
        (
            {of(A, year=2028): 1},
            ["2028 年不在计划的年度（2025—2027年）之内，没有保存；请核对年份，或先修改计划的年度。"],
        ),
        ({of(A): -1}, ["计划数要在 0 到 9999 之间，没有保存；请核对。"]),
        ({of(A): 10_000}, ["计划数要在 0 到 9999 之间，没有保存；请核对。"]),
        *(
            ({spot: 1}, ["表里有这个计划以外的侨联、类型或事项，没有保存；请重新打开计划再填。"])
            for spot in (of(99), of(A, 99), of(A, event="lapse"))
        ),
    ],
)
def test_which_numbers_may_be(numbers: dict[Spot, int], sentences: list[str]) -> None:
    told = numbers_allowed(numbers, THREE, {A: "麒麟区侨联", B: "陆良县侨联"}, {FARMS, SCHOOLS}, {"establish": "新建"})
    assert [str(reason) for reason in told.reasons] == sentences


@pytest.mark.parametrize(
    ("numbers", "asked", "expected"),
    [
        ({}, {}, None),
        ({of(A): 0}, {}, 0),
        ({of(A): 3, of(B): 4}, {}, 7),
        ({of(A): 3, of(B): 4}, {"office": B}, 4),
        ({of(A): 3, of(A, FARMS): 2}, {}, 3),  # the whole and a part of it
        ({of(A, FARMS): 2, of(A, SCHOOLS): 1}, {}, 3),  # parts without a whole
        ({of(A): 3, of(A, FARMS): 2}, {"kind": FARMS}, 2),
        ({of(A): 3}, {"kind": FARMS}, None),
        ({of(A): 3, of(A, year=2026): 5}, {"year": 2026}, 5),
        ({of(A): 3}, {"year": 2027}, None),
        ({of(A): 3, of(A, event="restore"): 1}, {}, 4),
        ({of(A): 3, of(A, event="restore"): 1}, {"events": ("restore",)}, 1),
    ],
)
def test_what_a_plan_amounts_to(numbers: dict[Spot, int], asked: dict[str, Any], expected: int | None) -> None:
    assert planned(numbers, **asked) == expected


@pytest.mark.parametrize(
    ("achieved", "whole", "expected"),
    [(3, None, None), (3, 0, None), (0, 12, 0), (10, 12, 83), (1, 1000, 1), (999, 1000, 99), (12, 12, 100),
     (1001, 1000, 101), (18, 12, 150)],
)  # fmt: skip
def test_how_much_of_a_plan_is_done(achieved: int, whole: int | None, expected: int | None) -> None:
    assert share(achieved, whole) == expected


# ---- services ----------------------------------------------------------------------------------------------------


def draw(
    small: Any, office: str = CITY, first: int = 2025, last: int = 2027, actor: Any = None, **more: Any
) -> TargetPlan:
    facts = PlanFacts(more.pop("name", "基层组织建设三年计划"), first, last, **more)
    return services.draw_up_plan(actor=actor or anybody(), office_id=small.unit(office).pk, facts=facts)


def put(plan: TargetPlan, changes: dict[Spot, int | None], seen: int | None = None, actor: Any = None) -> TargetPlan:
    return services.set_targets(actor=actor or anybody(), plan_id=plan.pk, seen=seen, changes=changes)


def spot(small: Any, office: str, year: int = 2025, event: str = "establish", kind: str = "") -> Spot:
    kind_id = UnitKind.objects.get(code=kind).pk if kind else None
    return Spot(small.unit(office).pk, kind_id, year, event)


def said(event: AuditEvent) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(AuditPayload.objects.get(pk=event.seq).body)
    return told


def refusal(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        act()
    return [str(reason) for reason in refused.value.reasons]


def test_a_plan_is_drawn_up_and_filled_and_the_trail_tells_it(small: Any) -> None:
    since = AuditEvent.objects.latest("seq").seq
    plan = draw(small, document="曲侨发〔2025〕1号")
    qilin, farms = spot(small, QILIN), spot(small, LULIANG, kind="farm")
    assert put(plan, {qilin: 4, farms: 0}).version == 2
    assert put(plan, {qilin: 4}).version == 2  # the same again
    assert put(plan, {qilin: None, farms: 1}).version == 3
    assert queries.numbers_of(plan) == {farms: 1}
    told = AuditEvent.objects.filter(seq__gt=since).order_by("seq")
    assert [event.verb for event in told] == ["orgs.targets.drawn_up", "orgs.targets.set", "orgs.targets.set"]
    assert said(told[2])["changes"] == {
        "麒麟区侨联 2025 新建": [4, None],
        "陆良县侨联 华侨农场 2025 新建": [0, 1],
    }


def test_an_office_has_one_plan_for_a_year(small: Any) -> None:
    draw(small, name="前三年", first=2022, last=2024)
    draw(small)
    draw(small, QILIN, first=2023, last=2026)  # another office's
    told = "这些年度里已有目标计划“{}”（{}年），没有保存；请修改那个计划，或改起止年度。"
    assert refusal(lambda: draw(small, first=2027, last=2029)) == [told.format("基层组织建设三年计划", "2025—2027")]
    later = draw(small, name="后三年", first=2028, last=2030)
    facts = PlanFacts("后三年", 2027, 2029)
    assert refusal(lambda: services.revise_plan(actor=anybody(), plan_id=later.pk, seen=1, facts=facts)) == [
        told.format("基层组织建设三年计划", "2025—2027")
    ]


def test_years_for_which_numbers_stand_are_not_left_out(small: Any) -> None:
    plan = draw(small)
    put(plan, {spot(small, QILIN, 2027): 2})
    facts = PlanFacts("改了年度", 2024, 2026)
    told = refusal(lambda: services.revise_plan(actor=anybody(), plan_id=plan.pk, seen=2, facts=facts))
    assert told == ["计划里 2027 年已有计划数，改了年度就会丢掉，没有保存；请先清空这些年的计划数。"]
    put(plan, {spot(small, QILIN, 2027): None})
    revised = services.revise_plan(actor=anybody(), plan_id=plan.pk, seen=3, facts=facts)
    assert (revised.first_year, revised.last_year, revised.version) == (2024, 2026, 4)
    assert services.revise_plan(actor=anybody(), plan_id=plan.pk, seen=1, facts=facts).version == 4  # the same again


def test_what_another_clerk_saved_is_shown_and_not_overwritten(small: Any) -> None:
    plan, qilin, huize = draw(small), spot(small, QILIN), spot(small, HUIZE, 2026, "restore")
    put(plan, {qilin: 4, huize: 1}, seen=1)
    with pytest.raises(Conflict) as conflict:
        put(plan, {qilin: 6, huize: 1}, seen=1)
    assert [(d.label, d.theirs, d.yours) for d in conflict.value.differences] == [("麒麟区侨联 2025 新建", "4", "6")]
    with pytest.raises(Conflict):
        services.revise_plan(actor=anybody(), plan_id=plan.pk, seen=1, facts=PlanFacts("别的名称", 2025, 2027))
    with pytest.raises(Conflict):
        services.remove_plan(actor=anybody(), plan_id=plan.pk, seen=1)
    assert queries.numbers_of(plan) == {qilin: 4, huize: 1}


def test_a_plan_goes_with_its_numbers(small: Any) -> None:
    plan = draw(small)
    put(plan, {spot(small, QILIN): 4})
    services.remove_plan(actor=anybody(), plan_id=plan.pk, seen=2)
    assert (TargetPlan.objects.count(), Target.objects.count()) == (0, 0)
    assert said(AuditEvent.objects.latest("seq"))["numbers"] == {"麒麟区侨联 2025 新建": 4}


def test_a_group_has_no_plan_and_no_row(small: Any) -> None:
    assert refusal(lambda: draw(small, GOOD)) == ["目标计划由县级以上侨联制定，没有保存；请选择侨联机关。"]
    plan, foreign = draw(small, QILIN), ["表里有这个计划以外的侨联、类型或事项，没有保存；请重新打开计划再填。"]
    assert refusal(lambda: put(plan, {spot(small, GOOD): 1})) == foreign
    assert refusal(lambda: put(plan, {spot(small, HUIZE): 1})) == foreign
    assert refusal(lambda: put(plan, {spot(small, QILIN, kind="city_federation"): 1})) == foreign


@pytest.mark.parametrize(
    ("username", "office", "answer"),
    [("city", CITY, None), ("city", QILIN, None), ("county", QILIN, None), ("county", CITY, NotFound),
     ("county", HUIZE, NotFound), ("leader", QILIN, NotFound), ("auditor", CITY, Forbidden), ("admin", CITY, Forbidden)],
)  # fmt: skip
def test_who_may_write_a_plan(small: Any, username: str, office: str, answer: Any) -> None:
    actor, plan = small.actor(username), draw(small, office, 2028, 2030)
    acts = (
        lambda: draw(small, office, actor=actor),
        lambda: put(plan, {spot(small, office, 2028): 1}, actor=actor),
        lambda: services.revise_plan(actor=actor, plan_id=plan.pk, seen=None, facts=PlanFacts("改名", 2028, 2030)),
        lambda: services.remove_plan(actor=actor, plan_id=plan.pk, seen=None),
    )
    for act in acts:
        if answer is None:
            act()
        else:
            with pytest.raises(answer), transaction.atomic():
                act()


# ---- the database by itself --------------------------------------------------------------------------------------


def written(small: Any, **told: Any) -> TargetPlan:
    facts = {"office": small.unit(CITY), "name": "计划", "first_year": 2025, "last_year": 2027, **told}
    return TargetPlan.objects.create(**facts)


@pytest.mark.parametrize(
    "told",
    [{"first_year": 2027, "last_year": 2029}, {"first_year": 2023, "last_year": 2025}, {"first_year": 2024, "last_year": 2028},
     {"first_year": 2030, "last_year": 2031}, {"first_year": 2030, "last_year": 2035}, {"first_year": 2030, "name": ""}],
)  # fmt: skip
def test_the_database_refuses_a_plan_of_other_years(small: Any, told: dict[str, Any]) -> None:
    written(small)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(small, **told)


def test_the_database_refuses_a_plan_moved_over_another(small: Any) -> None:
    written(small)
    later = written(small, first_year=2028, last_year=2030)
    later.first_year, later.last_year = 2027, 2029
    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()


@pytest.mark.parametrize("told", [{"year": 2024}, {"year": 2028}, {"event": "lapse"}, {"number": 10_000}])
def test_the_database_refuses_a_number_that_cannot_be(small: Any, told: dict[str, Any]) -> None:
    plan, office = written(small), small.unit(QILIN)
    facts: dict[str, Any] = {"plan": plan, "office": office, "year": 2025, "event": "establish", "number": 1}
    kept = Target.objects.create(**facts)
    for act in (
        lambda: Target.objects.create(**facts),
        lambda: Target.objects.create(**{**facts, "year": 2026, **told}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    for name, value in told.items():
        setattr(kept, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()
    plan.first_year, plan.last_year = 2026, 2028
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save()


def test_two_plans_drawn_up_at_once_are_one(small: Any, own_database: OwnDatabase) -> None:
    def act(first: int) -> str:
        try:
            return str(draw(small, first=first, last=first + 2))
        except Refused:
            return "refused"

    assert sorted(at_once(2, lambda i: act(2025 + i))) == ["refused", "基层组织建设三年计划"]
