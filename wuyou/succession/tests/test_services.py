"""Units that merge, split, are dissolved and change: what is refused, handed over, told to the trail, and put back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wuyou.accounts.models import Grant
from wuyou.demo.accounts import LEADER_GROUP, SignIn, let_sign_in
from wuyou.demo.factories import (
    anybody,
    make_activity,
    make_person,
    make_unit,
)
from wuyou.demo.small import FARM
from wuyou.funds.models import Entry
from wuyou.kernel import clock
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.kernel.roles import Role
from wuyou.leadership.models import Seat
from wuyou.orgs.models import Hosting, Lineage, Unit, UnitEvent, Venue
from wuyou.orgs.queries import unit_on, units_by_event
from wuyou.orgs.services import record_event
from wuyou.people.models import Affiliation, Person
from wuyou.people.queries import declared_people
from wuyou.people.services import declare_count, leave_group
from wuyou.platform.models import AuditEvent
from wuyou.succession import services
from wuyou.succession.handover import inventory, sums
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir, Sorting, from_json, unit_word
from wuyou.succession.rules import Sums
from wuyou.succession.services.drafting import Told
from wuyou.succession.tests.changing import changed, drafted, everything, into

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 1)


def test_a_merger_into_a_new_unit_hands_everything_over_and_can_be_taken_back(two: list[Unit]) -> None:
    before = everything()
    change = changed("merge", two, on=ON, heirs=("n0",), founded=(NewHeir(full_name="甲乙厂侨联小组"),))
    heir = Unit.objects.get(full_name="甲乙厂侨联小组")
    assert {unit.state for unit in Unit.objects.filter(pk__in=[u.pk for u in two])} == {"dissolved"}
    assert heir.parent_id == two[0].parent_id
    assert Affiliation.objects.filter(unit=heir, start=ON, end=None).count() == 6
    assert Person.objects.filter(keeper=heir).count() == 6
    assert sorted(Venue.objects.filter(unit=heir, end=None).values_list("name", flat=True)) == ["侨胞之家"] * 2
    assert sorted(Hosting.objects.filter(unit=heir, end=None).values_list("host__name", flat=True)) == ["乙厂", "甲厂"]
    assert sorted(Entry.objects.filter(unit=heir).values_list("direction", "amount_fen")) == [
        ("taken_over", 100_00), ("taken_over", 200_00),
    ]  # fmt: skip
    assert Seat.objects.filter(unit__in=two, end=None).count() == Seat.objects.filter(unit=heir).count() == 0
    assert sorted(Lineage.objects.filter(successor=heir).values_list("predecessor", flat=True)) == [u.pk for u in two]
    assert sorted(UnitEvent.objects.filter(on=ON.isoformat()).values_list("kind", flat=True)) == [
        "merge", "merge", "succeed",
    ]  # fmt: skip
    assert change.outcome["before"] == change.outcome["after"] == {
        "kept": 6, "members": 6, "balance_fen": 300_00, "open_matters": 0,
    }  # fmt: skip
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() == before


def test_what_is_shown_before_is_what_happens(two: list[Unit]) -> None:
    draft = drafted("merge", two, on=ON, heirs=into(two[1]))
    plan = from_json(draft.plan)
    shown = inventory.preview(plan, ON)
    assert shown.together_before == shown.together_after == Sums(6, 6, 300_00, 0)
    assert shown.after == {unit_word(two[0].pk): Sums(), unit_word(two[1].pk): Sums(6, 6, 300_00, 0),
                           unit_word(two[0].parent_id or 0): Sums(), "over": Sums()}  # fmt: skip
    tables = {table.link: table for table in inventory.open_tables(plan, ON)}
    assert {link: (len(table.rows), sum(table.numbers.values())) for link, table in tables.items()} == {
        "leadership.seat.unit": (2, 2), "people.person.keeper": (0, 6), "people.affiliation.unit": (0, 6),
        "orgs.hosting.unit": (2, 2), "orgs.venue.unit": (2, 2),
    }  # fmt: skip
    assert [(row.what, row.destination, row.may_end) for row in tables["leadership.seat.unit"].rows] == [
        ("组长 甲友一", "over", True), ("组长 乙友一", unit_word(two[1].pk), True),
    ]  # fmt: skip
    services.carry_out(actor=anybody(), succession_id=draft.pk)
    for word, expected in shown.after.items():
        if word != "over":
            assert sums.of([int(word[1:])], ON) == expected, word


def test_a_split_sorts_people_money_and_numbers(two: list[Unit]) -> None:
    unit = two[0]
    declare_count(actor=anybody(), people=10, counted_on=date(2025, 1, 1), source="填报", unit_id=unit.pk)
    leader, *others = Person.objects.filter(keeper=unit).order_by("pk")
    before = everything()
    change = changed(
        "split", [unit], on=ON, heirs=("n0", "n1"),
        founded=(NewHeir(full_name="一车间侨联小组"), NewHeir(full_name="二车间侨联小组")),
        people=Sorting(hand={leader.pk: "n0"}, rest="n1"), money={unit.pk: {"n0": 40_00, "n1": 60_00}},
    )  # fmt: skip
    first, second = (Unit.objects.get(full_name=name) for name in ("一车间侨联小组", "二车间侨联小组"))
    assert list(Person.objects.filter(keeper=first)) == [leader]
    assert set(Affiliation.objects.filter(unit=second, end=None).values_list("person", flat=True)) == {
        p.pk for p in others
    }
    assert {e.unit_id: e.amount_fen for e in Entry.objects.filter(direction="taken_over")} == {
        first.pk: 40_00,
        second.pk: 60_00,
    }
    assert declared_people(anybody()) | {first.pk: 3, second.pk: 7} == declared_people(anybody())
    assert [(e.unit_id, e.kind) for e in UnitEvent.objects.filter(on=ON.isoformat()).order_by("pk")] == [
        (unit.pk, "split"), (first.pk, "succeed"), (second.pk, "succeed"),
    ]  # fmt: skip
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() == before


def test_a_unit_that_gives_a_part_away_goes_on(two: list[Unit]) -> None:
    unit, person = two[0], Person.objects.filter(keeper=two[0]).order_by("pk").last()
    assert person is not None
    changed("split", [unit], on=ON, heirs=(*into(unit), "n0"), founded=(NewHeir(full_name="分厂侨联小组"),),
            people=Sorting(hand={person.pk: "n0"}))  # fmt: skip
    unit.refresh_from_db()
    assert (unit.state, unit.affiliations.filter(end=None).count(), unit.kept_persons.count()) == ("normal", 2, 2)
    assert Seat.objects.filter(unit=unit, end=None).count() == 1
    assert list(unit.events.filter(on=ON.isoformat()).values_list("kind", flat=True)) == ["split_off"]


def test_two_stalled_groups_reorganised_into_one_count_once_for_the_headline(two: list[Unit]) -> None:
    changed("reorganise", two, on=ON, heirs=("n0",), founded=(NewHeir(full_name="联合侨联小组"),))
    heir = Unit.objects.get(full_name="联合侨联小组")
    told = UnitEvent.objects.filter(on=ON.isoformat()).order_by("pk").values_list("unit", "kind")
    assert list(told) == [(two[0].pk, "merge"), (two[1].pk, "merge"), (heir.pk, "reorganise")]
    counted = units_by_event(anybody(), 2025)
    assert [kind for kind in ("establish", "reorganise", "restore") if heir.pk in counted.get(kind, ())] == [
        "reorganise"
    ]


def test_what_has_nowhere_to_go_goes_to_the_office_or_ends(two: list[Unit]) -> None:
    unit, before = two[0], everything()
    change = changed("dissolve", [unit], on=ON)
    office = unit.parent
    assert office is not None
    assert Affiliation.objects.filter(unit=unit, end=None).count() == 0
    assert Person.objects.filter(keeper=office, name__startswith="甲友").count() == 3
    assert Entry.objects.get(unit=office, direction="taken_over").amount_fen == 100_00
    assert (change.outcome["before"]["members"], change.outcome["after"]["members"]) == (3, 0)
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() == before


def test_one_unit_that_goes_on_as_another_takes_its_leaders_along(two: list[Unit]) -> None:
    changed("reorganise", [two[0]], on=ON, heirs=("n0",), founded=(NewHeir(full_name="新厂侨联小组"),))
    seats = Seat.objects.filter(unit__full_name="新厂侨联小组").values_list(
        "person__name", "post__name", "start", "end"
    )
    assert list(seats) == [("甲友一", "组长", ON, None)]


def test_rights_change_hands_on_the_day_they_are_recorded(two: list[Unit]) -> None:
    let_sign_in(anybody(), SignIn("jia", "甲组长", Role.GROUP_LEADER, two[0].pk), start=date(2024, 1, 1))
    changed("merge", two, on=ON, heirs=into(two[1]))
    today = clock.today()
    told = Grant.objects.filter(user__username="jia").order_by("pk").values_list("unit", "start", "end")
    assert list(told) == [(two[0].pk, date(2024, 1, 1), today), (two[1].pk, today, None)]


ALONE: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("rename", {"full_name": "丙厂侨联小组"}, {"full_name": "丙厂侨联小组", "short_name": "丙厂侨联小组"}),
    ("convert", {"kind": "community", "full_name": "丙社区侨联小组", "short_name": "丙社区组"},
     {"kind__code": "community", "short_name": "丙社区组"}),
    ("upgrade", {"form": "committee"}, {"form__code": "committee"}),
    ("lapse", {}, {"state": "lapsed"}),
    ("reorganise", {}, {"state": "normal"}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "facts", "after"), ALONE, ids=[case[0] for case in ALONE])
def test_a_unit_changes_and_the_past_keeps_what_it_was(
    two: list[Unit], kind: str, facts: dict[str, Any], after: dict[str, Any]
) -> None:
    unit, before = two[0], everything()
    change = changed(kind, [unit], on=ON, document="麒侨发〔2025〕9号", facts=facts)
    assert Unit.objects.filter(pk=unit.pk).values(*after).get() == after
    then = unit_on(anybody(), Unit.objects.get(pk=unit.pk), on=date(2025, 8, 31))
    assert (then.full_name, then.kind, then.state) == ("甲厂侨联小组", unit.kind.code, "normal")
    assert unit.events.get(on=ON.isoformat()).document == "麒侨发〔2025〕9号"
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() == before


def test_a_name_told_late_falls_into_its_place(two: list[Unit]) -> None:
    unit = two[0]
    changed("rename", [unit], on=ON, facts={"full_name": "今名小组"})
    changed("rename", [unit], on=date(2023, 1, 1), facts={"full_name": "曾名小组"})
    names = [
        unit_on(anybody(), Unit.objects.get(pk=unit.pk), on=day).full_name
        for day in (date(2022, 12, 31), date(2023, 1, 1), date(2025, 8, 31), ON)
    ]
    assert names == ["甲厂侨联小组", "曾名小组", "曾名小组", "今名小组"]


def test_hosts_change_with_their_days(two: list[Unit]) -> None:
    unit, before = two[0], everything()
    change = changed("change_host", [unit], on=ON, facts={"hosts": ["乙厂", "丙厂"], "led_by": ["丙厂党委"]})
    rows = unit.hostings.order_by("pk").values_list("host__name", "end")
    assert list(rows) == [("甲厂", ON), ("乙厂", None), ("丙厂", None)]
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() | {"orgs.HostUnit": []} == before | {"orgs.HostUnit": []}


# ---- refusals ----------------------------------------------------------------------------------------------------


def refused(kind: str, units: list[Unit], **more: Any) -> list[str]:
    """Return why a change is refused; nothing but its draft is written."""
    draft = drafted(kind, units, **{"on": ON, **more})
    before = everything()
    with pytest.raises(Refused) as raised:
        services.carry_out(actor=anybody(), succession_id=draft.pk)
    assert everything() == before
    return [str(reason) for reason in raised.value.reasons]


def test_a_number_that_is_used_is_refused_by_the_rule_and_by_the_database(two: list[Unit]) -> None:
    changed("rename", [two[0]], on=ON, document="麒侨发〔2025〕9号", facts={"full_name": "丙厂小组"})
    said = refused("rename", [two[1]], document="麒侨发〔2025〕9号", facts={"full_name": "丁厂小组"})
    assert said == [
        "文号 麒侨发〔2025〕9号 已用于“丙厂小组”的更名（2025-09-01），没有办理；"
        "请核对文号，一份文件批准几项变更的，请勾选“同一份文件还批准了别的变更”。"
    ]
    draft = Succession.objects.get(state="draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.filter(pk=draft.pk).update(state="carried_out")
    Succession.objects.filter(pk=draft.pk).update(shares_document=True)
    assert services.carry_out(actor=anybody(), succession_id=draft.pk).state == "carried_out"


def test_a_number_under_which_something_else_befell_a_unit_is_refused(two: list[Unit]) -> None:
    record_event(actor=anybody(), unit_id=two[0].pk, kind="lapse", on="2024-03-01", document="麒侨发〔2024〕1号")
    said = refused("rename", [two[1]], document="麒侨发〔2024〕1号", facts={"full_name": "丁厂小组"})
    assert said == [
        "文号 麒侨发〔2024〕1号 已用于“甲厂侨联小组”的停滞（2024-03-01），没有办理；"
        "请核对文号，一份文件批准几项变更的，请勾选“同一份文件还批准了别的变更”。"
    ]


def test_nothing_comes_back_under_a_dissolved_office(two: list[Unit]) -> None:
    closed = changed("dissolve", [two[0]], on=date(2025, 7, 1))
    Unit.objects.filter(pk=two[0].parent_id).update(state="dissolved")
    before = everything()
    said = ["指导“甲厂侨联小组”的侨联已经撤销，没有办理；请先恢复那个侨联，或先调整指导关系。"]
    assert refused("restore", [Unit.objects.get(pk=two[0].pk)]) == said
    with pytest.raises(Refused) as raised:
        services.take_back(actor=anybody(), succession_id=closed.pk)
    assert [str(reason) for reason in raised.value.reasons] == said
    assert everything() == before


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"rows": {"orgs.venue.unit": {1: "u999999"}}}, "有的去向不是承接组织，没有办理；请在移交清单里重新选择。"),
        ({"people": Sorting(rest="n7")}, "有的去向不是承接组织，没有办理；请在移交清单里重新选择。"),
    ],
)
def test_a_destination_that_is_none_is_refused(two: list[Unit], plan: dict[str, Any], sentence: str) -> None:
    assert refused("merge", two, heirs=into(two[1]), **plan) == [sentence]


def test_a_balance_divided_wrongly_is_refused(two: list[Unit]) -> None:
    assert refused("merge", two, heirs=into(two[1]), money={two[0].pk: {into(two[1])[0]: 99_99}}) == [
        "各组织分得的金额合计与结余不相等，没有保存；请核对。"
    ]


def test_a_unit_that_has_gone_is_refused(two: list[Unit]) -> None:
    changed("dissolve", [two[0]], on=ON)
    said = refused("merge", two, heirs=into(two[1]), on=date(2025, 10, 1))
    assert said == ["“甲厂侨联小组”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。"]


def test_who_may_not_change_a_unit_begins_nothing(two: list[Unit], small: Any) -> None:
    with pytest.raises(NotFound):
        services.begin(actor=small.actor("leader"), kind="rename", unit_id=two[1].pk)
    with pytest.raises(Forbidden):
        services.begin(actor=small.actor("auditor"), kind="rename", unit_id=two[1].pk)
    with pytest.raises(Forbidden):
        services.begin(actor=small.actor("leader"), kind="rename", unit_id=small.unit(LEADER_GROUP).pk)
    draft = drafted("merge", two, on=ON, heirs=into(two[1]))
    plan = from_json(draft.plan)
    elsewhere = replace(plan, predecessors=(*plan.predecessors, small.unit(FARM).pk))
    with pytest.raises(NotFound):
        services.revise(actor=small.actor("county"), succession_id=draft.pk, seen=None, told=Told(ON), plan=elsewhere)


def test_a_draft_changed_by_somebody_else_is_a_conflict(two: list[Unit]) -> None:
    draft = drafted("rename", [two[0]], on=ON, facts={"full_name": "丙厂小组"})
    drafted("rename", [two[0]], on=date(2025, 9, 2), facts={"full_name": "丁厂小组"})
    with pytest.raises(Conflict):
        services.revise(
            actor=anybody(), succession_id=draft.pk, seen=draft.version, told=Told(ON), plan=from_json(draft.plan)
        )
    with pytest.raises(Conflict):
        services.carry_out(actor=anybody(), succession_id=draft.pk, seen=draft.version)


def test_a_replay_changes_nothing(two: list[Unit]) -> None:
    change = changed("merge", two, on=ON, heirs=into(two[1]))
    once, trail = everything(), AuditEvent.objects.count()
    assert services.carry_out(actor=anybody(), succession_id=change.pk).pk == change.pk
    assert (everything(), AuditEvent.objects.count()) == (once, trail)
    services.take_back(actor=anybody(), succession_id=change.pk)
    back, trail = everything(), AuditEvent.objects.count()
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert (everything(), AuditEvent.objects.count()) == (back, trail)


def test_the_trail_tells_of_each_unit(two: list[Unit]) -> None:
    changed("merge", two, on=ON, heirs=into(two[1]), document="麒侨发〔2025〕9号")
    verbs = AuditEvent.objects.filter(verb__startswith="succession.").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == [
        "succession.change.begun", "succession.change.drafted", "succession.unit.merge", "succession.unit.succeed",
        "succession.change.carried_out",
    ]  # fmt: skip


# ---- taking back -------------------------------------------------------------------------------------------------


def _activity(heir: Unit, person: Person) -> None:
    make_activity(heir)


def _joins(heir: Unit, person: Person) -> None:
    make_person(heir, heir)


def _leaves(heir: Unit, person: Person) -> None:
    row = Affiliation.objects.get(unit=heir, person=person)
    leave_group(actor=anybody(), affiliation_id=row.pk, on=date(2025, 10, 1))


def _renamed(heir: Unit, person: Person) -> None:
    changed("rename", [heir], on=date(2025, 10, 1), facts={"full_name": "改名小组"})


def _drafted(heir: Unit, person: Person) -> None:
    drafted("rename", [heir], on=None)


def _drafted_beside_another(heir: Unit, person: Person) -> None:
    other = make_unit(parent=heir.parent, full_name="丙厂侨联小组")
    drafted("merge", [other, heir], on=None)


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (_drafted, "“甲乙厂侨联小组”有一项没有办完的更名"),
        (_drafted_beside_another, "“丙厂侨联小组”有一项没有办完的合并"),
        (_activity, "此后登记了活动记录（1 条）"),
        (_joins, "此后登记了成员（1 条）"),
        (_leaves, "此后修改了所属组织（1 条）"),
        (_renamed, "此后又办理了“改名小组”的更名（2025-10-01）"),
    ],
)
def test_what_rests_on_a_change_is_named(two: list[Unit], later: Any, said: str) -> None:
    change = changed("merge", two, on=ON, heirs=("n0",), founded=(NewHeir(full_name="甲乙厂侨联小组"),))
    person = Person.objects.filter(name="甲友一").get()
    later(Unit.objects.get(full_name="甲乙厂侨联小组"), person)
    before = everything()
    with pytest.raises(Refused) as raised:
        services.take_back(actor=anybody(), succession_id=change.pk)
    assert f"{said}，不能撤回；请先处理，再撤回这项变更。" in [str(reason) for reason in raised.value.reasons]
    assert everything() == before


@pytest.mark.parametrize("beside", [False, True])
def test_changes_taken_back_of_a_unit_that_is_founded_no_longer_do_not_stand_in_the_way(
    two: list[Unit], beside: bool, sign_in: Any
) -> None:
    other = make_unit(parent=two[0].parent, full_name="丙厂侨联小组")
    before = everything()
    change = changed("merge", two, on=ON, heirs=("n0",), founded=(NewHeir(full_name="甲乙厂侨联小组"),))
    heir = Unit.objects.get(full_name="甲乙厂侨联小组")
    if beside:
        later = changed("merge", [other, heir], on=date(2025, 10, 1), heirs=into(other))
    else:
        later = changed("rename", [heir], on=date(2025, 10, 1), facts={"full_name": "改名小组"})
    for one in (later, change):
        services.take_back(actor=anybody(), succession_id=one.pk)
    assert everything() == before
    assert (
        Succession.objects.filter(pk=later.pk).exists() is beside
    )  # one of a unit that is still there stays on record
    assert AuditEvent.objects.filter(verb="succession.change.gone").count() == (not beside)
    assert sign_in("city").get(reverse("succession:result", args=[later.pk])).status_code == (200 if beside else 404)


def test_a_change_of_a_past_year_names_the_figures_that_it_moved(two: list[Unit]) -> None:
    Seat.objects.filter(unit__in=two).update(start=date(2021, 1, 1))
    Venue.objects.filter(unit__in=two).update(start=None)
    change = changed("merge", two, on=date(2024, 9, 1), heirs=into(two[1]))
    moved = {(row["year"], row["name"]): (row["before"], row["after"]) for row in change.outcome["figures"]}
    total, dissolved = moved[2024, "orgs.total"], moved[2024, "orgs.by_state.dissolved"]
    assert (total[0] - total[1], dissolved[1] - dissolved[0]) == (1, 1)
