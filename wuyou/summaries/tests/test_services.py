"""What happens to a summary: drafted, edited, frozen, begun again; who may, what is refused, what the trail says."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from wuyou.demo import factories as make
from wuyou.demo.small import CITY, GOOD, LULIANG, NO_VENUE, QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.platform.models import AuditEvent
from wuyou.summaries import queries, rules, services
from wuyou.summaries.models import Summary
from wuyou.summaries.services import Edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(small):
    return small.actor("city")


@pytest.fixture
def draft(small, city):
    return services.open_summary(actor=city, unit_id=small.unit(CITY).pk, year=2025)


def read(actor, found):
    return queries.reading(actor, queries.summary(actor, found.pk))


def edit_of(actor, found, **changes) -> Edit:
    now = read(actor, found)
    typed = rules.for_editing(now.body, now.figures)
    return replace(Edit(found.title, found.subtitle, found.as_of, typed), **changes)


def save(actor, found, seen=None, **changes):
    return services.save_body(actor=actor, summary_id=found.pk, seen=seen, edit=edit_of(actor, found, **changes))


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("-seq").values_list("verb", flat=True)[:1])


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


# ---- drafting ----------------------------------------------------------------------------------------------------


def test_draft_is_of_the_office_and_the_whole_year(small, city, draft):
    assert (draft.unit, draft.year, draft.edition, draft.state, draft.body) == (small.unit(CITY), 2025, 1, "draft", "")
    assert (draft.subtitle, draft.as_of) == ("曲靖市侨联2025年基层组织建设工作总结", date(2025, 12, 31))
    assert verbs() == ["summaries.summary.opened"]
    assert AuditEvent.objects.latest("seq").path == draft.unit.path


def test_second_press_opens_the_same_draft(small, city, draft):
    before = AuditEvent.objects.count()
    assert services.open_summary(actor=city, unit_id=draft.unit_id, year=2025) == draft
    assert AuditEvent.objects.count() == before


def test_untouched_draft_follows_the_registers(small, city, draft):
    before = read(city, draft).figures["activities.total"].value
    make.make_activity(small.unit(GOOD))
    after = read(city, draft)
    assert after.figures["activities.total"].value == before + 1
    assert after.as_of == small.today
    assert "⟦activities.total⟧" in after.body


@pytest.mark.parametrize(
    ("user", "unit", "refusal"),
    [
        ("county", CITY, NotFound), ("county", LULIANG, NotFound), ("auditor", CITY, Forbidden), ("leader", NO_VENUE, Forbidden),
        ("city", GOOD, Refused),
    ],
)  # fmt: skip
def test_draft_of_another_office_or_of_a_group_is_refused(small, user, unit, refusal):
    with pytest.raises(refusal):
        services.open_summary(actor=small.actor(user), unit_id=small.unit(unit).pk, year=2025)


def test_year_that_has_not_begun_is_refused(small, city):
    with pytest.raises(Refused, match="还没有开始"):
        services.open_summary(actor=city, unit_id=small.unit(CITY).pk, year=2026)


def test_county_writes_its_own_with_its_own_numbers_whoever_reads(small, city):
    county = small.actor("luliang")
    found = services.open_summary(actor=county, unit_id=small.unit(LULIANG).pk, year=2025)
    own, above = read(county, found).figures, read(city, found).figures
    assert own["orgs.total"].value == 3
    assert {name: figure.value for name, figure in own.items()} == {
        name: figure.value for name, figure in above.items()
    }
    assert f"office={small.unit(LULIANG).pk}" in above["orgs.total"].list_url
    with pytest.raises(NotFound):
        queries.summary(small.actor("county"), found.pk)


# ---- editing -----------------------------------------------------------------------------------------------------


def test_edit_keeps_the_words_and_live_numbers(small, city, draft):
    save(city, draft, typed="一、基本情况\n共有基层组织⟦基层组织总数⟧个。", title="新的标题")
    assert verbs() == ["summaries.summary.edited"]
    found = queries.summary(city, draft.pk)
    assert (found.title, found.body, found.version) == ("新的标题", "一、基本情况\n共有基层组织⟦orgs.total⟧个。", 2)
    assert read(city, found).figures["orgs.total"].value == 11


def test_edit_that_leaves_the_text_alone_leaves_it_to_be_drafted(small, city, draft):
    save(city, draft, title="新的标题")
    assert queries.summary(city, draft.pk).body == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"typed": "共⟦没有的数⟧个。"}, "unknown_token"),
        ({"typed": "共1⟦基层组织总数⟧个。"}, "number_touches_token"),
        ({"typed": "共⟦基层组织总数个。"}, "broken_token"),
        ({"title": "机密 工作总结"}, "secrecy"),
        ({"typed": "一、绝密事项\n文。"}, "secrecy"),
        ({"typed": "秘密★5年"}, "secrecy"),
        ({"as_of": date(2024, 12, 31)}, "outside_year"),
    ],
)
def test_edit_that_would_mislead_is_refused_and_nothing_changes(small, city, draft, changes, code):
    with pytest.raises(Refused) as refused:
        save(city, draft, **changes)
    assert codes(refused) == [code]
    found = queries.summary(city, draft.pk)
    assert (found.title, found.body, found.version) == (draft.title, "", 1)


def test_two_editors_are_told_line_by_line(small, city, draft):
    save(city, draft, seen=1, typed="甲⟦基层组织总数⟧。\n乙。")
    with pytest.raises(Conflict) as conflict:
        save(city, draft, seen=1, title="我的标题", typed="甲⟦基层组织总数⟧。\n丙。")
    told = [(d.label, d.theirs, d.yours) for d in conflict.value.differences if d.field == "body"]
    assert told[-1] == ("正文", "乙。", "丙。")
    assert conflict.value.current_version == 2
    save(city, draft, seen=2, typed="甲。")
    assert queries.summary(city, draft.pk).body == "甲。"


def test_day_to_count_to_moves_the_numbers(small, city, draft):
    save(city, draft, as_of=date(2025, 6, 30))
    found = read(city, draft)
    assert found.as_of == date(2025, 6, 30)
    assert found.figures["orgs.events.founding_in_year"].value == 2
    assert read(city, draft).figures["activities.total"].when == "2025年1月1日至6月30日"


@pytest.mark.parametrize("user", ["auditor", "admin", "leader", "county"])
def test_only_officers_of_the_office_edit(small, city, draft, user):
    edit = edit_of(city, draft, typed="改。")
    with pytest.raises((Forbidden, NotFound)):
        services.save_body(actor=small.actor(user), summary_id=draft.pk, seen=None, edit=edit)


# ---- freezing ----------------------------------------------------------------------------------------------------


def test_freezing_keeps_words_numbers_definitions_and_day(small, city, draft):
    services.freeze(actor=city, summary_id=draft.pk, seen=1)
    assert verbs() == ["summaries.summary.frozen"]
    kept = read(city, draft)
    make.make_activity(small.unit(GOOD))
    with clock.held_at(date(2025, 12, 24)):
        later = read(city, draft)
    assert (later.body, later.figures, later.as_of) == (kept.body, kept.figures, small.today)
    assert later.figures["activities.total"].value == 23
    assert "definition" in queries.summary(city, draft.pk).figures["activities.total"]


def test_auditor_reads_a_frozen_summary_without_the_list_of_persons(small, city, draft):
    services.freeze(actor=city, summary_id=draft.pk, seen=1)
    figures = read(small.actor("auditor"), draft).figures
    assert (figures["people.registered"].value, figures["people.registered"].list_url) == (38, "")
    assert figures["orgs.total"].list_url != ""


@pytest.mark.parametrize("typed", ["（本部分没有可用的登记数据，请补充。）", "本年度没有登记活动。"])
def test_unfinished_or_untrue_draft_is_not_frozen(small, city, draft, typed):
    save(city, draft, typed=typed)
    with pytest.raises(Refused):
        services.freeze(actor=city, summary_id=draft.pk, seen=None)
    assert queries.summary(city, draft.pk).state == "draft"


def test_freezing_what_somebody_has_edited_since_is_a_conflict(small, city, draft):
    save(city, draft, seen=1, typed="甲。")
    with pytest.raises(Conflict):
        services.freeze(actor=city, summary_id=draft.pk, seen=1)


def test_frozen_summary_is_edited_and_frozen_no_more(small, city, draft):
    services.freeze(actor=city, summary_id=draft.pk, seen=1)
    with pytest.raises(Refused, match="已经定稿"):
        services.save_body(actor=city, summary_id=draft.pk, seen=None, edit=Edit("甲", "", date(2025, 12, 31), "乙"))
    with pytest.raises(Refused, match="已经定稿"):
        services.freeze(actor=city, summary_id=draft.pk, seen=None)


# ---- the next edition --------------------------------------------------------------------------------------------


def test_next_edition_takes_the_words_and_live_numbers(small, city, draft):
    with pytest.raises(Refused, match="还是草稿"):
        services.begin_next(actor=city, summary_id=draft.pk)
    save(city, draft, typed="共⟦年内各类活动总次数⟧次。")
    services.freeze(actor=city, summary_id=draft.pk, seen=None)
    fresh = services.begin_next(actor=city, summary_id=draft.pk)
    assert verbs() == ["summaries.summary.begun_again"]
    assert (fresh.edition, fresh.state, fresh.body, fresh.as_of) == (
        2, "draft", "共⟦activities.total⟧次。", date(2025, 12, 31),
    )  # fmt: skip
    assert services.open_summary(actor=city, unit_id=draft.unit_id, year=2025) == fresh
    services.freeze(actor=city, summary_id=fresh.pk, seen=None)
    with pytest.raises(Refused, match="更新的一稿"):
        services.begin_next(actor=city, summary_id=draft.pk)


def test_list_shows_newest_year_and_edition_first_and_only_own_offices(small, city, draft):
    services.freeze(actor=city, summary_id=draft.pk, seen=None)
    second = services.begin_next(actor=city, summary_id=draft.pk)
    older = services.open_summary(actor=city, unit_id=draft.unit_id, year=2024)
    county = services.open_summary(actor=city, unit_id=small.unit(QILIN).pk, year=2025)
    assert list(queries.summary_page(city).object_list) == [second, draft, county, older]
    assert list(queries.summary_page(small.actor("county")).object_list) == [county]
    assert list(queries.summary_page(city, year=2024).object_list) == [older]
    assert queries.years(city) == [2025, 2024]
    assert (queries.is_newest(draft), queries.is_newest(second)) == (False, True)


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(body="另一篇"),
        lambda rows: rows.update(state="draft"),
        lambda rows: rows.update(figures={}),
        lambda rows: rows.delete(),
    ],
    ids=["body", "state", "figures", "delete"],
)
def test_the_database_itself_keeps_a_frozen_summary(small, act):
    told = {"unit": small.unit(CITY), "year": 2024, "title": "总结", "body": "文。", "as_of": date(2024, 12, 31)}
    draft = Summary.objects.create(**told)
    Summary.objects.filter(pk=draft.pk).update(body="改过的文。")
    Summary.objects.filter(pk=draft.pk).update(state="frozen")
    with pytest.raises(DatabaseError, match="a frozen summary never changes"), transaction.atomic():
        act(Summary.objects.filter(pk=draft.pk))
    assert Summary.objects.get(pk=draft.pk).body == "改过的文。"


def test_a_draft_counts_no_groups_without_activities_or_money_before_the_first_is_recorded(small):
    city = small.actor("city")
    draft = services.open_summary(actor=city, unit_id=small.unit(CITY).pk, year=2024)
    body = queries.reading(city, draft).body
    assert [words in body for words in ("本年度没有登记活动。", "units_without", "本年度没有登记经费收入。")] == [
        True, False, True,
    ]  # fmt: skip
