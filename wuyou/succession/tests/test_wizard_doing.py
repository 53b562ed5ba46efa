"""Carrying a change out from its pages: two officers at once, double presses, large changes, the list."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import (
    anybody,
)
from wuyou.demo.small import NO_VENUE, SMALL_TODAY
from wuyou.kernel import clock
from wuyou.orgs.models import Unit
from wuyou.platform.models import Job
from wuyou.succession import services, tasks
from wuyou.succession.models import Succession
from wuyou.succession.plan import from_json
from wuyou.succession.tests.changing import changed, drafted, into
from wuyou.succession.tests.walking import ON, address, begun, posted, registers, saved, shown, states
from wuyou.succession.views import going

pytestmark = pytest.mark.django_db


# ---- two officers, double presses, later things -------------------------------------------------------------------


def test_the_second_of_two_officers_meets_the_page_of_the_conflict(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "rename")
    old = change.version
    saved(sign_in("county"), "facts", change, full_name="甲公司侨联小组", short_name="甲公司")
    told = {"version": old, "full_name": "甲集团侨联小组", "short_name": "甲集团"}
    answer = client.post(address("facts", change), told)
    assert answer.status_code == 409
    assert [(d.label, d.theirs, d.yours) for d in answer.context["conflict"].differences] == [
        ("改成什么", "全称：甲公司侨联小组；简称：甲公司", "全称：甲集团侨联小组；简称：甲集团")
    ]
    client.post(address("facts", change), {**told, "version": answer.context["conflict"].current_version})
    change.refresh_from_db()
    assert from_json(change.plan).facts["full_name"] == "甲集团侨联小组"


def test_what_somebody_changed_meanwhile_is_not_carried_out_unseen(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    saved(client, "basics", change, on="2025-09-01")
    old = change.version
    saved(client, "basics", change, on="2025-09-02")
    answer = client.post(address("confirm", change), {"version": old}, follow=True)
    assert "这份草稿刚才被别人修改过，没有办理；请按现在的内容再核对一遍。" in answer.content.decode()
    change.refresh_from_db()
    assert change.state == "draft"


def test_a_second_press_is_harmless(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    saved(client, "basics", change, on="2025-09-01")
    told = {"version": change.version, "once": "key"}
    answers = [client.post(address("confirm", change), told) for _press in range(2)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, address("result", change))}
    assert posted(client, "confirm", change).url == address("change", change)


def test_a_draft_of_a_unit_that_was_dissolved_meanwhile_says_so(two, sign_in):
    client = sign_in("city")
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    Unit.objects.filter(pk=two[1].pk).update(state="dissolved")
    assert [str(reason) for reason, _way in shown(client, "confirm", change)["hindered"]] == [
        "“乙厂侨联小组”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。"
    ]


def test_what_rests_on_a_change_is_named_before_it_can_be_taken_back(two, sign_in):
    client = sign_in("city")
    change = changed("merge", two, on=ON, heirs=into(two[0]))
    with clock.held_at(SMALL_TODAY + timedelta(days=1)):
        changed("rename", [two[0]], on=date(2025, 10, 1), facts={"full_name": "甲集团侨联小组"})
    told = shown(client, "take_back", change)["rests"]
    assert "此后又办理了“甲集团侨联小组”的更名（2025-10-01）" in told
    errors = posted(client, "take_back", change).context["form"].non_field_errors()
    assert len(errors) == len(told)


def test_a_draft_is_thrown_away_after_a_question(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "merge")
    assert shown(client, "discard", change)["change"] == change
    assert posted(client, "discard", change).url == reverse("shell:unit", args=[two[0].pk])
    assert not Succession.objects.filter(pk=change.pk).exists()


def test_every_page_of_a_done_change_leads_to_its_result(two, sign_in):
    client, change = sign_in("city"), changed("lapse", [two[0]], on=ON)
    for name in ("basics", "facts", "parties", "heir", "people", "by_hand", "by_list", "money", "counts", "transfers",
                 "confirm", "discard"):  # fmt: skip
        answer = client.get(address(name, change), follow=True)
        assert answer.redirect_chain[-1][0] == address("result", change)


# ---- large changes ------------------------------------------------------------------------------------------------


def test_a_large_change_is_carried_out_and_taken_back_in_the_background(two, sign_in, monkeypatch, tmp_path, settings):
    settings.WUYOU_DATA = tmp_path
    monkeypatch.setattr(going, "LARGE", 2)
    client, before = sign_in("city"), registers()
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    assert saved(client, "confirm", change).url == address("change", change)
    job = Job.objects.get(pk=change.job)
    assert (job.task, job.state) == ("succession.carry_out", "queued")
    assert client.get(address("change", change)).context["progress"].sentence == "正在排队，马上开始。"
    assert client.get(address("basics", change)).url == address("change", change)
    told: list[tuple[int, int]] = []

    class Heard:
        def tell(self, done, total):
            told.append((done, total))

    for _run in range(2):
        page = tasks.carry_out(anybody(), Heard(), **job.arguments)
    assert page == {"page": ["succession:result", str(change.pk)]}
    assert told[-1] == (15, 15)
    Job.objects.filter(pk=job.pk).update(state="done")
    change.refresh_from_db()
    assert shown(client, "result", change)["can_take_back"] is True
    monkeypatch.setattr("wuyou.succession.views.done.LARGE", 2)
    saved(client, "take_back", change)
    job = Job.objects.get(pk=change.job)
    assert client.get(address("result", change)).context["progress"].sentence == "正在排队，马上开始。"
    for _run in range(2):
        tasks.take_back(anybody(), Heard(), **job.arguments)
    assert registers() == before


def test_a_change_that_was_begun_twice_in_the_background_is_queued_once(two, monkeypatch, tmp_path, settings):
    settings.WUYOU_DATA = tmp_path
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    for _press in range(2):
        services.start_carrying_out(actor=anybody(), succession_id=change.pk, seen=None)
    assert Job.objects.filter(task="succession.carry_out").count() == 1


# ---- the list -----------------------------------------------------------------------------------------------------


def test_the_list_of_changes_is_narrowed_and_asks_as_much_for_three_as_for_one(two, sign_in):
    client, list_page = sign_in("city"), reverse("succession:list")
    changed("lapse", [two[0]], on=date(2024, 9, 1))
    client.get(list_page)
    with CaptureQueriesContext(connection) as one:
        client.get(list_page)
    changed("merge", two, on=ON, heirs=into(two[0]))
    draft = drafted("rename", [two[0]], on=None)
    with CaptureQueriesContext(connection) as three:
        answer = client.get(list_page)
    assert len(one) == len(three)
    rows = answer.context["table"].rows
    assert [(str(row[1].value), str(row[2]), str(row[4])) for row in rows] == [
        ("甲厂侨联小组", "更名", "草稿"),
        ("甲厂侨联小组、乙厂侨联小组 → 甲厂侨联小组", "合并", "已办理"),
        ("甲厂侨联小组", "停滞", "已办理"),
    ]
    assert rows[0][1].href == address("change", draft)
    for query, number in (("year=2024", 1), ("kind=merge", 1), ("state=draft", 1), ("kind=nonsense", 3), ("year=x", 3)):
        assert len(client.get(f"{list_page}?{query}").context["table"].rows) == number


def test_drafts_are_listed_for_those_who_change(small, sign_in):
    drafted("rename", [small.unit(NO_VENUE)], on=ON)
    numbers = {
        who: len(sign_in(who).get(reverse("succession:list")).context["table"].rows)
        for who in ("city", "county", "leader", "auditor", "huize")
    }
    assert numbers == {"city": 1, "county": 1, "leader": 0, "auditor": 0, "huize": 0}


def test_figures_of_past_years_that_a_change_moved_are_told_by_their_words(two, sign_in, small):
    change = changed("dissolve", [two[0]], on=date(2024, 6, 1), actor=small.actor("city"))
    rows = shown(sign_in("city"), "result", change)["figures"].rows
    assert [row for row in rows if row[1] == "基层组织总数"] == [["2024-12-31", "基层组织总数", "12 个", "11 个"]]


def test_figures_are_told_to_who_sees_all_that_they_count(two, sign_in, small):
    """The county's officer sees both units of the change, not the city's numbers."""
    of_city = changed("dissolve", [two[0]], on=date(2024, 6, 1), actor=small.actor("city"))
    of_county = changed("dissolve", [two[1]], on=date(2024, 6, 1), actor=small.actor("county"))
    told = {
        (name, change): shown(sign_in(name), "result", change)["figures"] is not None
        for name in ("city", "county")
        for change in (of_city, of_county)
    }
    assert told == {
        ("city", of_city): True,
        ("county", of_city): False,
        ("city", of_county): True,
        ("county", of_county): True,
    }


def test_the_tasks_are_told_in_english_as_well(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "merge")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert states(client, change)[0] == ("basics", "Not filled in")


def test_a_merger_of_one_unit_with_itself_is_not_nearly_done(two, sign_in):
    change = drafted("merge", [two[0]], on=ON, heirs=into(two[0]))
    left = dict(states(sign_in("city"), change))
    assert {left[code] for code in ("parties", "people", "money", "counts", "transfers")} == {"未填"}
