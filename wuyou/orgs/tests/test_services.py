"""What an office does with units: what is refused, what is told to the audit trail, what a repeat does."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import BARE, CITY, DISSOLVED, GOOD, HUIZE, LAPSED, LULIANG, NO_VENUE, QILIN
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.orgs import services
from wuyou.orgs.models import HostUnit, Unit, UnitEvent
from wuyou.orgs.services import NewUnit, VenueFacts
from wuyou.platform import audit
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered
from wuyou.platform.tests.databases import OwnDatabase, at_once

ALLOWED, NOT_FOUND, FORBIDDEN = None, NotFound, Forbidden


def events(verb: str = "") -> list[str]:
    """Return the verbs recorded in this test, oldest first."""
    return list(AuditEvent.objects.filter(verb__startswith=verb).order_by("seq").values_list("verb", flat=True))


def told(verb: str) -> AuditEvent:
    return AuditEvent.objects.filter(verb=verb).latest("seq")


def found(actor: Actor, parent: int | None, **facts: Any) -> Unit:
    new = NewUnit(
        **({"full_name": "曲靖市麒麟区东门社区侨联小组", "kind": "community", "founded": "2025-10-08"} | facts)
    )
    return services.found_unit(actor=actor, parent_id=parent, new=new)


# who, under which office, what happens
FOUNDING = (
    ("county", QILIN, ALLOWED), ("city", QILIN, ALLOWED), ("city", CITY, ALLOWED), ("county", HUIZE, NOT_FOUND),
    ("huize", QILIN, NOT_FOUND), ("county", CITY, NOT_FOUND), ("leader", NO_VENUE, FORBIDDEN), ("leader", QILIN, NOT_FOUND),
    ("auditor", QILIN, FORBIDDEN), ("admin", QILIN, FORBIDDEN),
)  # fmt: skip
EDITING = (
    ("county", GOOD, ALLOWED), ("city", BARE, ALLOWED), ("county", BARE, NOT_FOUND), ("huize", GOOD, NOT_FOUND),
    ("leader", NO_VENUE, FORBIDDEN), ("leader", GOOD, NOT_FOUND), ("auditor", GOOD, FORBIDDEN), ("admin", GOOD, FORBIDDEN),
)  # fmt: skip
VENUES = (
    *((w, u, a) for w, u, a in EDITING if w != "leader"),
    ("leader", NO_VENUE, ALLOWED),
    ("leader", GOOD, NOT_FOUND),
)


@pytest.mark.parametrize(("username", "office", "answer"), FOUNDING)
def test_who_founds_where(small: Any, username: str, office: str, answer: Any) -> None:
    answered(answer, lambda: found(small.actor(username), small.unit(office).pk))


@pytest.mark.parametrize(("username", "unit", "answer"), EDITING)
def test_who_revises_what(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answered(answer, lambda: services.revise_unit(actor=actor, unit_id=pk, seen=None, changes={"remark": "改"}))


@pytest.mark.parametrize(("username", "unit", "answer"), EDITING)
def test_who_records_events(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answered(answer, lambda: services.record_event(actor=actor, unit_id=pk, kind="lapse", on="2025-11-01"))
    if answer is not ALLOWED:
        answered(answer, lambda: services.record_past_event(actor=actor, unit_id=pk, kind="lapse", on="2023"))


@pytest.mark.parametrize(("username", "unit", "answer"), VENUES)
def test_who_registers_venues(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    facts = VenueFacts("活动室")
    answered(answer, lambda: services.register_venue(actor=actor, unit_id=pk, facts=facts))


def test_a_founded_unit_stands_in_the_tree_with_its_event(small: Any) -> None:
    parent = small.unit(QILIN)
    unit = found(
        small.actor("county"), parent.pk, hosts=("东门社区居委会", "东门社区居委会"), led_by=("社区党委",),
        county_id=parent.county_id, approval_number="麒侨发〔2025〕9号",
    )  # fmt: skip
    assert (unit.path, unit.parent_id, unit.state, unit.version) == (f"{parent.path}{unit.pk}/", parent.pk, "normal", 1)
    assert (unit.initials[:4], bool(unit.pinyin)) == ("qjsq", True)
    assert [(p.parent_id, p.start, p.end) for p in unit.placements.all()] == [(parent.pk, date(2025, 10, 8), None)]
    assert [h.host.name for h in unit.hostings.all()] == ["东门社区居委会"]
    assert [(e.kind, e.on, e.document) for e in unit.events.all()] == [("establish", "2025-10-08", "麒侨发〔2025〕9号")]
    assert (told("orgs.unit.founded").path, told("orgs.unit.founded").object_id) == (unit.path, str(unit.pk))


@pytest.mark.parametrize(("founded", "start"), [("2019", date(2019, 1, 1)), ("2019-05", date(2019, 5, 1)), ("", None)])
def test_a_rough_date_counts_from_its_first_day(small: Any, founded: str, start: date | None) -> None:
    unit = found(small.actor("county"), small.unit(QILIN).pk, founded=founded)
    assert [p.start for p in unit.placements.all()] == [start]
    assert unit.events.count() == (1 if founded else 0)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"full_name": " "}, "请填写组织全称。"),
        ({"founded": "2025-11-21"}, "成立时间还没有到，没有保存；请核对日期。"),
        ({"kind": "club"}, "请从列表中选择组织类型。"),
        ({"area_ids": (999_999_999,)}, "请从列表中选择服务区域。"),
        ({"full_name": "曲靖市麒麟区南宁街道文昌社区侨联小组"},
         "已有同名的组织，没有重复新建；请在组织列表中查看，或改用不同的名称。"),
    ],
)  # fmt: skip
def test_what_cannot_be_founded(small: Any, facts: dict[str, Any], sentence: str) -> None:
    before = Unit.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refused, match=sentence):
        found(small.actor("county"), small.unit(QILIN).pk, **facts)
    assert (Unit.objects.count(), AuditEvent.objects.count()) == before


def test_a_dissolved_unit_s_name_is_free_again(small: Any) -> None:
    name = small.unit(DISSOLVED).full_name
    assert found(small.actor("huize"), small.unit(HUIZE).pk, full_name=name).full_name == name


def test_a_county_office_is_entered_once_and_only_by_who_may(small: Any) -> None:
    city = small.unit(CITY).pk

    def enter(username: str, code: str) -> Unit:
        return services.found_county_office(actor=small.actor(username), parent_id=city, county_code=code)

    assert enter("city", "530302") == small.unit(QILIN)
    fresh = enter("city", "530303")
    assert (fresh.short_name, fresh.events.count(), enter("city", "530303")) == ("沾益区侨联", 0, fresh)
    with pytest.raises(NotFound):
        enter("county", "530302")
    with pytest.raises(NotFound):
        enter("city", "000000")


def test_a_revision_tells_what_was_and_what_is(small: Any) -> None:
    unit = small.unit(GOOD)
    services.revise_unit(
        actor=small.actor("county"), unit_id=unit.pk, seen=unit.version,
        changes={"short_name": "文昌侨联小组", "kind": "enterprise", "remark": ""},
    )  # fmt: skip
    fresh = Unit.objects.get(pk=unit.pk)
    assert (fresh.short_name, fresh.kind.code, fresh.initials, fresh.version) == (
        "文昌侨联小组", "enterprise", "wcqlxz", unit.version + 1,
    )  # fmt: skip
    body = AuditPayload.objects.get(pk=told("orgs.unit.revised").pk).body
    assert '"short_name":["文昌社区侨联小组","文昌侨联小组"]' in body
    assert '"remark"' not in body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"full_name": "  "}, "组织全称不能为空"), ({"path": "/"}, "不能修改的项目：path"), ({"parent_id": 1}, "不能修改的项目"),
     ({"kind": "club"}, "请从列表中选择组织类型"), ({"full_name": "曲靖市会泽县者海镇侨联小组"}, "已有同名的组织，没有保存"),
     ({"founded": "2025-12"}, "成立时间还没有到"), ({"kind": "county_federation"}, "小组和侨联机关不能互相改")],
)  # fmt: skip
def test_what_cannot_be_revised(small: Any, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        services.revise_unit(actor=small.actor("county"), unit_id=small.unit(GOOD).pk, seen=None, changes=changes)


def test_a_unit_without_a_short_name_goes_by_its_full_one(small: Any) -> None:
    unit = small.unit(GOOD)
    services.revise_unit(
        actor=small.actor("county"), unit_id=unit.pk, seen=None, changes={"full_name": f" {unit.full_name} ", "short_name": ""}
    )  # fmt: skip
    fresh = Unit.objects.get(pk=unit.pk)
    assert (fresh.full_name, fresh.short_name) == (unit.full_name, unit.full_name)


def test_a_group_is_offered_kinds_of_groups_and_an_office_kinds_of_offices(small: Any, sign_in: Any) -> None:
    client = sign_in("city")
    offered = [
        {
            code
            for code, _name in client.get(reverse("orgs:edit", args=[small.unit(name).pk]))
            .context["form"]["kind"]
            .field.choices
        }
        for name in (GOOD, QILIN)
    ]
    assert ("county_federation" in offered[0], offered[1]) == (False, {"county_federation"})


@pytest.mark.parametrize("founded", ["2024", "2024-05", "2024-05-10"])
def test_a_unit_is_put_under_nobody_before_it_was_founded(small: Any, founded: str) -> None:
    """Source: a unit of which no earlier placement is known, founded as precisely as known."""
    unit = small.unit(GOOD)
    Unit.objects.filter(pk=unit.pk).update(founded=founded)
    unit.placements.update(start=None)
    with pytest.raises(Refused, match="日期早于成立时间"):
        services.place_unit(
            actor=small.actor("city"), unit_id=unit.pk, parent_id=small.unit(HUIZE).pk, start=date(2023, 12, 31)
        )


def test_an_event_sets_the_state_once_and_a_repeat_returns_it(small: Any) -> None:
    unit, actor = small.unit(LAPSED), small.actor("county")
    first = services.record_event(actor=actor, unit_id=unit.pk, kind="restore", on="2025-10-01", document="1号")
    again = services.record_event(actor=actor, unit_id=unit.pk, kind="restore", on="2025-10-01")
    fresh = Unit.objects.get(pk=unit.pk)
    assert (again, fresh.state, fresh.version, events("orgs.unit.restore")[-1:]) == (
        first, "normal", unit.version + 1, ["orgs.unit.restore"],
    )  # fmt: skip
    assert again.document == "1号"


@pytest.mark.parametrize("told", [{"document": "2号"}, {"document": "2号", "note": "换了地方"}])
def test_an_event_on_record_told_otherwise_is_not_dropped_in_silence(small: Any, told: dict[str, str]) -> None:
    unit, actor = small.unit(LAPSED), small.actor("county")
    services.record_event(actor=actor, unit_id=unit.pk, kind="restore", on="2025-10-01", document="1号")
    number = AuditEvent.objects.count()
    with pytest.raises(Refused, match="这个事项在 2025-10-01 已经登记过"):
        services.record_event(actor=actor, unit_id=unit.pk, kind="restore", on="2025-10-01", **told)
    assert (AuditEvent.objects.count(), unit.events.filter(kind="restore").count()) == (number, 1)


def test_what_was_missing_of_an_event_is_added_and_the_rest_stays(small: Any) -> None:
    unit, actor = small.unit(LAPSED), small.actor("county")
    told = {"unit_id": unit.pk, "kind": "restore", "on": "2025-10-01"}
    first = services.record_event(actor=actor, **told)
    state = Unit.objects.get(pk=unit.pk).version
    for more in ({"document": "1号"}, {"note": "换了地方"}, {"document": "1号", "note": "换了地方"}):
        services.record_event(actor=actor, **told, **more)
    event = unit.events.get(kind="restore")
    assert (event.pk, event.document, event.note) == (first.pk, "1号", "换了地方")
    assert events("orgs.unit.event_completed") == ["orgs.unit.event_completed"] * 2
    assert Unit.objects.get(pk=unit.pk).version == state
    with pytest.raises(Refused, match="这个事项在 2025-10-01 已经登记过"):
        services.record_event(actor=actor, **told, document="2号")


def test_an_event_of_the_past_leaves_the_state_of_a_later_one(small: Any) -> None:
    unit, actor = small.unit(LAPSED), small.actor("county")
    services.record_event(actor=actor, unit_id=unit.pk, kind="restore", on="2025-10-01")
    services.record_event(actor=actor, unit_id=unit.pk, kind="lapse", on="2020-01-01")
    services.record_event(actor=actor, unit_id=unit.pk, kind="rename", on="2025-11-01")
    assert Unit.objects.get(pk=unit.pk).state == "normal"


def test_a_past_event_stands_once_a_year(small: Any) -> None:
    unit, actor = small.unit(GOOD), small.actor("county")
    first = services.record_past_event(actor=actor, unit_id=unit.pk, kind="reorganise", on="2022-05")
    assert services.record_past_event(actor=actor, unit_id=unit.pk, kind="reorganise", on="2022") == first
    assert Unit.objects.get(pk=unit.pk).state == "normal"


def test_what_an_event_is_refused_for_writes_nothing(small: Any) -> None:
    unit = small.unit(GOOD)
    for kind, on in (("restore", "2025-10-01"), ("lapse", "2025-12-01"), ("upgrade", "2025-10-01")):
        with pytest.raises(Refused):
            services.record_event(actor=small.actor("county"), unit_id=unit.pk, kind=kind, on=on)
    assert UnitEvent.objects.filter(unit=unit).count() == unit.events.count()


def test_a_placed_unit_takes_its_subtree_and_its_readers_along(small: Any) -> None:
    qilin, luliang, city = small.unit(QILIN), small.unit(LULIANG), small.actor("city")
    top = make_unit(parent=qilin, full_name="联合总组")
    below = make_unit(parent=top, full_name="联合一组")
    services.place_unit(actor=city, unit_id=top.pk, parent_id=luliang.pk, start=date(2025, 11, 1))
    top, below = Unit.objects.get(pk=top.pk), Unit.objects.get(pk=below.pk)
    assert (top.path, below.path) == (f"{luliang.path}{top.pk}/", f"{luliang.path}{top.pk}/{below.pk}/")
    assert [(p.parent_id, p.end) for p in top.placements.order_by("pk")] == [
        (qilin.pk, date(2025, 11, 1)), (luliang.pk, None),
    ]  # fmt: skip
    assert small.actor("luliang").can("orgs.unit.view", below.path)
    assert not small.actor("county").can("orgs.unit.view", below.path)
    assert told("orgs.unit.placed").path == top.path


@pytest.mark.parametrize(
    ("unit", "parent", "start", "answer"),
    [
        (QILIN, GOOD, date(2025, 11, 1), Refused),
        (GOOD, GOOD, date(2025, 11, 1), Refused),
        (GOOD, LULIANG, date(2010, 1, 1), Refused),
        (GOOD, LULIANG, date(2016, 4, 12), Refused),
    ],
)
def test_what_cannot_be_placed(small: Any, unit: str, parent: str, start: date, answer: Any) -> None:
    pk, target = small.unit(unit).pk, small.unit(parent).pk
    answered(answer, lambda: services.place_unit(actor=small.actor("city"), unit_id=pk, parent_id=target, start=start))


def test_nobody_places_a_unit_where_he_may_not_found(small: Any) -> None:
    for username, unit, parent in (("county", GOOD, HUIZE), ("huize", GOOD, HUIZE), ("county", BARE, QILIN)):
        pk, target, actor = small.unit(unit).pk, small.unit(parent).pk, small.actor(username)
        with pytest.raises(NotFound):
            services.place_unit(actor=actor, unit_id=pk, parent_id=target, start=date(2025, 11, 1))


def test_a_venue_that_replaces_another_ends_it(small: Any) -> None:
    unit, actor = small.unit(GOOD), small.actor("county")
    old = unit.venues.get()
    facts = VenueFacts("新活动室", right="free", start=date(2025, 11, 10))
    fresh = services.register_venue(actor=actor, unit_id=unit.pk, facts=facts, replaces=old.pk)
    old.refresh_from_db()
    assert (old.end, fresh.start, fresh.end) == (date(2025, 11, 10), date(2025, 11, 10), None)


def test_another_unit_s_venue_is_not_ended(small: Any) -> None:
    other = small.unit(BARE).venues.create(name="别人的")
    services.register_venue(
        actor=small.actor("county"), unit_id=small.unit(GOOD).pk, facts=VenueFacts("新"), replaces=other.pk
    )
    other.refresh_from_db()
    assert other.end is None


def test_a_venue_has_a_name(small: Any) -> None:
    with pytest.raises(Refused, match="请填写阵地名称"):
        services.register_venue(actor=small.actor("county"), unit_id=small.unit(GOOD).pk, facts=VenueFacts(" "))


def test_a_host_unit_is_entered_once(db: None) -> None:
    first = services.host_for("滇源物流", None)
    assert (services.host_for("滇源物流", None), HostUnit.objects.count()) == (first, 1)


def test_units_founded_while_the_tree_changes_stand_under_the_right_path(small: Any, own_database: OwnDatabase) -> None:
    luliang, top = small.unit(LULIANG), make_unit(parent=small.unit(QILIN), full_name="联合总组")

    def act(i: int) -> Any:
        if i == 0:
            return services.place_unit(actor=anybody(), unit_id=top.pk, parent_id=luliang.pk, start=date(2025, 11, 1))
        return make_unit(parent=top, full_name=f"联合{i}组")

    assert [type(result) for result in at_once(6, act)] == [Unit] * 6
    paths = Unit.objects.filter(parent=top).values_list("path", "pk")
    assert [path for path, pk in paths if path != f"{luliang.path}{top.pk}/{pk}/"] == []
    assert (len(paths), list(audit.verify())) == (5, [])
