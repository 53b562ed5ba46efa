"""The tables that an office edits: who may, what is refused, how a row goes out of use; and their pages."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_entry, make_person, make_seat, make_unit
from wuyou.demo.small import BARE, GOOD, HUIZE, QILIN
from wuyou.funds import services as funds
from wuyou.funds.models import Source
from wuyou.funds.tables import SOURCES
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.leadership import queries as leadership
from wuyou.leadership.models import Post, RequiredPost
from wuyou.leadership.tables import POSTS, REQUIRED
from wuyou.orgs import queries, services
from wuyou.orgs.models import UnitForm, UnitKind
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.tables import KINDS, SIZES
from wuyou.orgs.tests.test_services import ALLOWED, events
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

pytestmark = pytest.mark.django_db
TABLES = (KINDS, SIZES, POSTS, REQUIRED, SOURCES)
NAMED = {"name": "联谊会", "name_en": "", "order": 50}


def facts(table: OfficeTable) -> dict[str, Any]:
    if table is REQUIRED:
        return {
            "form": UnitForm.objects.get(code="group"),
            "kind": None,
            "post": Post.objects.get(code="liaison_officer"),
            "number": 1,
        }
    return {**NAMED, "min_people": 80, "source": "市侨联规定", "leads": False}


def added(table: OfficeTable, **more: Any) -> Any:
    return services.add_row(actor=anybody(), table=table, facts={**facts(table), **more})


def code(table: OfficeTable, wanted: str) -> int:
    return int(table.model._default_manager.get(code=wanted).pk)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
@pytest.mark.parametrize(
    ("who", "answer"),
    [("city", ALLOWED), ("admin", ALLOWED), ("county", Forbidden), ("leader", Forbidden), ("auditor", Forbidden)],
)
def test_who_edits_which_table(small: Any, table: OfficeTable, who: str, answer: Any) -> None:
    actor, told = small.actor(who), facts(table)
    answered(answer, lambda: services.add_row(actor=actor, table=table, facts=told))


def test_a_city_s_officer_does_not_edit_what_holds_for_the_whole_tree(small: Any) -> None:
    """The tables hold for everybody: whoever answers for a part of the tree only may not change them."""
    qilin = small.actor("city").at(small.unit(QILIN).path)
    assert [queries.may_edit_tables(small.actor("city")), queries.may_edit_tables(qilin)] == [True, False]


def test_a_row_gets_a_code_that_is_free() -> None:
    assert [added(KINDS, name=name).code for name in ("商会", "上海", "楼宇")] == ["sh", "sh_2", "ly"]


@pytest.mark.parametrize(
    ("table", "more", "sentence"),
    [
        (KINDS, {"name": "企业"}, "已有同名的一项，没有保存；请换一个名称，或恢复使用原来的那一项。"),
        (SIZES, {"min_people": 30}, "已有一种形式从这个人数起，没有保存；请改一个人数，或先停用另一种形式。"),
        (POSTS, {"name": "组长"}, "已有同名的一项，没有保存；请换一个名称，或恢复使用原来的那一项。"),
        (SOURCES, {"name": "自筹"}, "已有同名的一项，没有保存；请换一个名称，或恢复使用原来的那一项。"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_is_there_already_is_not_added_again(table: OfficeTable, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        added(table, **more)
    assert [str(reason) for reason in refused.value.reasons] == [sentence]


def test_a_requirement_stands_once() -> None:
    added(REQUIRED)
    with pytest.raises(Refused, match="这类组织已经列了这个职务"):
        added(REQUIRED, number=2)


def test_the_same_again_changes_nothing_and_a_change_is_told() -> None:
    kind = added(KINDS)
    number = AuditEvent.objects.count()
    services.revise_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1, facts=NAMED)
    assert AuditEvent.objects.count() == number
    changed = services.revise_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1, facts={**NAMED, "order": 7})
    event = AuditEvent.objects.latest("seq")
    assert (changed.version, changed.code, event.verb) == (2, kind.code, "orgs.table.revised")
    assert AuditPayload.objects.get(pk=event.seq).body == (
        '{"changes":{"order":[50,7]},"name":"联谊会","table":"组织类型"}'
    )


def test_a_row_that_somebody_else_changed_is_not_overwritten() -> None:
    kind = added(KINDS)
    services.revise_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1, facts={**NAMED, "order": 7})
    for act in (
        lambda: services.revise_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1, facts={**NAMED, "order": 8}),
        lambda: services.retire_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1),
        lambda: services.remove_row(actor=anybody(), table=KINDS, row_id=kind.pk, seen=1),
    ):
        with pytest.raises(Conflict):
            act()


def test_what_nobody_uses_is_deleted_and_what_is_used_is_retired(small: Any) -> None:
    kind, actor = added(KINDS), small.actor("city")
    unit = make_unit(full_name="新类型侨联小组", kind=kind.code)
    used = queries.row(actor, KINDS, kind.pk)
    assert (used.used, used.may_retire, used.may_remove) == (1, True, False)
    with pytest.raises(Refused, match="已经在使用"):
        services.remove_row(actor=actor, table=KINDS, row_id=kind.pk)
    services.retire_row(actor=actor, table=KINDS, row_id=kind.pk)
    services.retire_row(actor=actor, table=KINDS, row_id=kind.pk)
    assert kind.code not in [k.code for k in queries.kinds()]
    assert queries.unit(actor, unit.pk).kind == kind
    services.restore_row(actor=actor, table=KINDS, row_id=kind.pk)
    assert kind.code in [k.code for k in queries.kinds()]
    free = added(KINDS, name="楼宇")
    services.remove_row(actor=actor, table=KINDS, row_id=free.pk)
    assert events("orgs.table") == [
        "orgs.table.added", "orgs.table.retired", "orgs.table.restored", "orgs.table.added", "orgs.table.removed",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        queries.row(actor, KINDS, free.pk)


@pytest.mark.parametrize(
    ("table", "wanted", "sentence"),
    [
        (KINDS, "county_federation", "市侨联和县侨联是系统离不开的类型，没有停用。"),
        (POSTS, "leader", "这个职务还列在应配职务里，没有停用；请先修改应配职务。"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_the_house_rests_on_is_not_retired(table: OfficeTable, wanted: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        services.retire_row(actor=anybody(), table=table, row_id=code(table, wanted))


@pytest.mark.parametrize(
    ("table", "wanted"),
    [(KINDS, "zone"), (SIZES, "committee"), (POSTS, "adviser"), (SOURCES, "other")],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_the_program_refers_to_by_its_code_is_retired_and_never_deleted(table: OfficeTable, wanted: str) -> None:
    pk = code(table, wanted)
    assert not queries.row(anybody(), table, pk).may_remove
    services.retire_row(actor=anybody(), table=table, row_id=pk)
    assert not table.model._default_manager.get(pk=pk).is_active


def test_a_source_named_in_a_declared_budget_is_in_use(small: Any) -> None:
    source = added(SOURCES)
    assert queries.row(anybody(), SOURCES, source.pk).may_remove
    funds.declare_budget(
        actor=anybody(), unit_id=small.unit(GOOD).pk, year=2025, amount_fen=100, sources=("own", source.code)
    )
    assert not queries.row(anybody(), SOURCES, source.pk).may_remove


def test_a_size_that_went_to_another_form_does_not_come_back_with_the_old_one() -> None:
    old = code(SIZES, "committee")
    services.retire_row(actor=anybody(), table=SIZES, row_id=old)
    added(SIZES, min_people=50)
    with pytest.raises(Refused, match="已有一种形式从这个人数起"):
        services.restore_row(actor=anybody(), table=SIZES, row_id=old)


def test_the_threshold_table_is_what_advises() -> None:
    advised = [queries.advised_form(number) for number in (None, 0, 29, 30, 50, 80)]
    assert [form and form.code for form in advised] == [
        None,
        "group",
        "group",
        "liaison_group",
        "committee",
        "committee",
    ]
    services.retire_row(actor=anybody(), table=SIZES, row_id=code(SIZES, "liaison_group"))
    added(SIZES)
    changed = [queries.advised_form(number) for number in (30, 50, 80)]
    assert [(form and form.name) for form in changed] == ["侨联小组", "归国华侨联合会", "联谊会"]


def test_required_posts_change_what_a_group_lacks(small: Any) -> None:
    group, day = small.unit(GOOD), small.today
    before = leadership.staffing_by_unit(anybody(), on=day)[group.pk]
    added(REQUIRED, post=Post.objects.get(code="adviser"))
    after = leadership.staffing_by_unit(anybody(), on=day)[group.pk]
    make_seat(group, make_person(group), "adviser")
    filled = leadership.staffing_by_unit(anybody(), on=day)[group.pk]
    assert [(told.required, told.vacant) for told in (before, after, filled)] == [(1, 0), (2, 1), (2, 0)]


# ---- pages -------------------------------------------------------------------------------------------------------


def rows_more(table: OfficeTable, number: int) -> None:
    for at in range(number):
        if table is REQUIRED:
            posts = Post.objects.exclude(requiredpost__form__code="group").order_by("pk")
            services.add_row(actor=anybody(), table=table, facts={**facts(table), "post": posts[0]})
        else:
            added(table, name=f"新{at}", min_people=1000 + at)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_the_same_for_one_row_more_and_for_three(
    small: Any, sign_in: Any, table: OfficeTable, number: int
) -> None:
    client = sign_in("city")
    client.get(reverse(table.url()))
    rows_more(table, number)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse(table.url()))
    assert (answer.status_code, len(seen)) == (200, 5 if table.counted else 4)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_a_row_is_added_changed_and_put_out_of_use_on_its_pages(small: Any, sign_in: Any, table: OfficeTable) -> None:
    client, told = sign_in("admin"), {**facts(table)}
    told = {name: getattr(value, "pk", value) for name, value in told.items() if value is not None}
    assert client.post(reverse(table.url("new")), told).url == reverse(table.url())
    made = table.model._default_manager.latest("pk")
    page = reverse(table.url("row"), args=[made.pk])
    form = client.get(page).context["form"]
    typed = {bound.name: bound.value() or "" for bound in form}
    changed = {"number": 2} if table is REQUIRED else {"name": "联合会二"}
    assert client.post(page, {**typed, **changed, "version": 1}).url == reverse(table.url())
    made.refresh_from_db()
    assert (made.version, [getattr(made, name) for name in changed]) == (2, list(changed.values()))
    state = reverse(table.url("state"), args=[made.pk])
    assert client.post(state, {"act": "no such act", "version": 2}).url == page
    assert client.post(state, {"act": "remove", "version": 1}).status_code == 409
    assert client.post(state, {"act": "remove", "version": 2}).url == reverse(table.url())
    assert not table.model._default_manager.filter(pk=made.pk).exists()


def test_a_used_row_is_retired_and_restored_on_its_page(small: Any, sign_in: Any) -> None:
    client, source = sign_in("city"), Source.objects.get(code="city_federation")
    make_entry(small.unit(BARE))
    page, state = (reverse(SOURCES.url(name), args=[source.pk]) for name in ("row", "state"))
    assert "停用后不再出现在可选项里" in client.get(page).content.decode()
    assert client.post(state, {"act": "remove", "version": 1}).status_code == 422
    for act, version, active in (("retire", 1, False), ("restore", 2, True)):
        assert client.post(state, {"act": act, "version": version}).url == reverse(SOURCES.url())
        assert Source.objects.get(pk=source.pk).is_active == active
    choices = [pk for pk, _name in client.get(reverse("funds:record")).context["form"].fields["source"].choices]
    assert "city_federation" in choices


def test_what_was_retired_stays_where_it_stands_and_is_offered_nowhere_else(small: Any, sign_in: Any) -> None:
    client, unit = sign_in("city"), small.unit(GOOD)
    community = UnitKind.objects.get(code="community")
    services.retire_row(actor=anybody(), table=KINDS, row_id=community.pk)

    def offered(address: str) -> bool:
        return "community" in [kind for kind, _name in client.get(address).context["form"].fields["kind"].choices]

    assert offered(reverse("orgs:edit", args=[unit.pk]))
    assert not offered(reverse("orgs:found"))
    assert not offered(reverse("orgs:edit", args=[small.unit(HUIZE).pk]))


def test_requirements_are_read_with_their_words(small: Any, sign_in: Any) -> None:
    table = sign_in("city").get(reverse(REQUIRED.url())).context["table"]
    assert [(row[0].value, row[1]) for row in table.rows][:2] == [("侨联小组 组长", 1), ("侨联联络组 组长", 1)]
    assert RequiredPost.objects.count() == len(table.rows)
