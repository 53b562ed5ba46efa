"""The pages of standards and rubrics as an office uses them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.accounts.models import Grant, User
from wuyou.assessment import services
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.standards import TARGET
from wuyou.demo import factories as make
from wuyou.demo import small as world
from wuyou.kernel import clock
from wuyou.kernel.roles import Role
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.databases import rows_of_all_tables

pytestmark = pytest.mark.django_db

CODE = TARGET.standard.code
SCHEMES, FACTS, UNITS = (reverse(f"assessment:{name}") for name in ("schemes", "facts", "units"))
ITEM = {"row": 4, "sub": "", "name": "开展活动", "marks": "", "points": 12, "mandatory": True, "shape": "tiers",
        "params": {"measure": "次数", "tiers": [[6, 12], [0, 0]]}, "standard": "6次及以上得12分",
        "method": "查阅资料"}  # fmt: skip
OTHER = {
    **ITEM,
    "row": 5,
    "name": "信息报送",
    "shape": "manual",
    "params": {},
    "standard": "酌情给分",
    "mandatory": False,
}
RUBRIC = {
    "file": "表.xlsx", "total": 24, "grades": [[20, "优秀"], [0, "合格"]],
    "blocks": [{"name": "工作实绩", "points": 24, "role": "scored", "sum_of_items": 24, "items": [ITEM, OTHER]}],
}  # fmt: skip


def at(name, *args):
    """Return the address of a page of this package."""
    return reverse(f"assessment:{name}", args=args)


def page(client, address, **asked):
    """Return the text of a page; it must be there."""
    response = client.get(address, asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def filled(text):
    """Return the labels of the filled buttons in the main part."""
    return re.findall(r'class="btn primary[^"]*"[^>]*>([^<]+)<', text)


def first(code=CODE):
    """Return the first version of a standard."""
    return SchemeVersion.objects.get(scheme__code=code, number=1)


@pytest.fixture
def draft(small):
    return services.draft_version(actor=small.actor("city"), version_id=first().pk)


@pytest.fixture
def rubric(small):
    return services.store_rubric_draft(actor=small.actor("city"), content=RUBRIC, title="考核表")


def typed(client, address):
    """Return what stands in the boxes of a form page, as a browser would send it back."""
    text = page(client, address)
    form = client.get(address).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value is True:
            sent[bound.html_name] = "on"
        elif value not in (None, False):
            sent[bound.html_name] = str(value)
    version = re.search(r'name="version" value="(\d+)"', text)
    return sent | ({"version": version[1]} if version else {})


def verbs():
    """Return the verbs of this package in the audit trail, oldest first."""
    found = AuditEvent.objects.filter(verb__startswith="assessment.").order_by("seq")
    return [verb.removeprefix("assessment.") for verb in found.values_list("verb", flat=True)]


@pytest.mark.parametrize(
    ("who", "button"),
    [
        ("city", "新建标准"),
        ("admin", "新建标准"),
        ("county", "看现行标准"),
        ("auditor", "看现行标准"),
        ("leader", "看现行标准"),
    ],
)
def test_everybody_reads_the_standards_and_has_one_thing_to_do(small, sign_in, who, button):
    client = sign_in(who)
    assert filled(page(client, SCHEMES)) == [button]
    may = who in ("city", "admin")
    assert filled(page(client, at("version", first().pk))) == ["起草下一版" if may else "看数据和公式"]
    assert client.post(at("draft", first().pk)).status_code == (302 if may else 403)


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.ADMINISTRATOR])
def test_the_city_s_standards_are_not_for_who_holds_the_right_on_a_county_only(draft, rubric, sign_in, role):
    """A standard holds for all units: its right counts at the root of the tree, not wherever it may be held."""
    user = User.objects.create(username="below", name="只管一县")
    Grant.objects.create(user=user, role=role, unit=make.unit_named(world.QILIN), start=clock.today())
    client, part = sign_in("below"), at("part", draft.pk, "dimension", "new")
    pages = [at("new_standard"), part, at("item", rubric.pk, 4)]
    pages += [at(name, row.pk) for row in (draft, rubric) for name in ("discard", "publish", "retire")]
    posts = [at("draft", first().pk), at("rest", rubric.pk)]
    before = rows_of_all_tables()
    assert {client.get(address).status_code for address in pages} == {403}
    assert {client.post(address).status_code for address in (*pages, *posts)} == {403}
    assert rows_of_all_tables() == before
    assert filled(page(client, SCHEMES)) == ["看现行标准"]
    assert filled(page(client, at("version", draft.pk))) == ["看数据和公式"]
    assert [address for address in (SCHEMES, "/orgs/kinds/") if f'href="{address}"' in page(client, "/settings/")] == []


def test_from_a_published_version_to_the_next(small, sign_in):
    client = sign_in("city")
    begun = client.post(at("draft", first().pk))
    draft = SchemeVersion.objects.get(scheme__code=CODE, number=2)
    assert begun.url == at("version", draft.pk)
    form = at("part", draft.pk, "threshold", "least_activities")
    saved = client.post(form, typed(client, form) | {"value": "6"})
    assert saved.url == begun.url
    text = page(client, begun.url)
    assert "阈值“每年最少活动次数”：由 4 次 改为 6 次。" in text
    assert filled(text) == ["检查并发布"]
    assert "近12个月活动次数 ≥ 6 次" in text
    english = client.get(begun.url, headers={"accept-language": "en"}).content.decode()
    assert "Threshold “Fewest activities a year”: 4 times became 6 times." in english
    told = {"effective_from": small.today.isoformat(), "document": "曲侨〔2025〕9号", "version": "2"}
    published = client.post(at("publish", draft.pk), told)
    assert published.url == begun.url
    text = page(client, begun.url)
    assert "自2025年11月20日起施行" in text
    assert "发布文件：曲侨〔2025〕9号。" in text
    assert filled(text) == ["起草下一版"]
    replaced = page(client, at("version", first().pk))
    assert "2025年11月20日起由第 2 版代替。" in replaced
    assert "随系统提供，一直施行" not in text + replaced
    assert (at("retire", draft.pk) in text, at("retire", first().pk) in replaced) == (True, False)
    assert verbs() == ["version.drafted", "version.revised", "version.published"]


NEW_PARTS = {
    "dimension": {"title": "有制度", "basis": "章程", "wished": "", "place": "2"},
    "criterion": {
        "title": "有挂靠单位", "dimension": "venue", "basis": "章程", "met": "has_host", "missing": "not_met",
        "mend": "orgs.details", "proposed": "on",
    },
    "threshold": {"label": "最少阵地", "unit": "items", "value": "2", "basis": "章程", "wished": "least_venues"},
    "stage": {"title": "做示范", "entry": "dimensions_met == dimensions_total"},
    "example": {
        "title": "空的", "facts": "venues = 0\nhas_approval_number = 否\nfunds_received_in_12_months = 12.5元", "take": "1",
        **{f"item_{each.code}": "met" for each in TARGET.dimensions},
    },
}  # fmt: skip


@pytest.mark.parametrize("part", NEW_PARTS)
def test_a_part_is_added_changed_and_removed(draft, sign_in, part):
    client, before = sign_in("city"), draft.content
    new = at("part", draft.pk, part, "new")
    assert filled(page(client, new)) == ["保存"]
    assert client.post(new, NEW_PARTS[part] | {"version": "1"}).url == at("version", draft.pk)
    draft.refresh_from_db()
    assert draft.content != before
    known = {name for each in before["dimensions"] for name in [each["code"], *(c["code"] for c in each["criteria"])]}
    known |= {each["name"] for each in before["parameters"]} | {each["code"] for each in before["stages"]}
    after = draft.content
    codes = {name for each in after["dimensions"] for name in [each["code"], *(c["code"] for c in each["criteria"])]}
    codes |= {each["name"] for each in after["parameters"]} | {each["code"] for each in after["stages"]}
    code = "8" if part == "example" else (codes - known).pop()
    same = at("part", draft.pk, part, code)
    assert client.post(same, typed(client, same)).url == at("version", draft.pk)
    draft.refresh_from_db()
    assert (draft.content, draft.version) == (after, 2)
    gone = at("remove", draft.pk, part, code)
    assert filled(page(client, gone)) == ["删去"]
    client.post(gone, {"version": "2"})
    draft.refresh_from_db()
    assert draft.content == before
    assert verbs() == ["version.drafted", "version.revised", "version.revised"]


@pytest.mark.parametrize(
    ("part", "code", "told", "said"),
    [
        (
            "criterion",
            "leader",
            {"met": "leader_presen"},
            "公式第 1 个字处：没有名叫“leader_presen”的数据，是不是“leader_present”？",
        ),
        ("criterion", "leader", {"met": "venues + declared_budget > 0"}, "个数和金额不是同一种量"),
        ("criterion", "leader", {"met": "venues"}, "这里要得到是否判断，公式得到的是个数"),
        ("criterion", "leader", {"met": ""}, "请填写达到的条件"),
        ("criterion", "leader", {"mend": ""}, "请选择没有达到时，请组织做什么"),
        ("stage", "complete", {"entry": "venue_mt"}, "没有名叫“venue_mt”的数据"),
        ("threshold", "least_members", {"value": "三"}, "请用数字填写数值"),
        ("example", "1", {"facts": "venues"}, "第 1 行要写成“数据 = 值”"),
        ("example", "1", {"facts": "venues = 1\n\nvenue = 1"}, "第 3 行：数据目录里没有“venue”"),
        ("example", "1", {"facts": "has_host = 1"}, "“has_host”要写“是”或“否”"),
        ("example", "1", {"facts": "venues = 一个"}, "“venues”的值要是数字"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_box_and_nothing_is_lost(draft, sign_in, part, code, told, said):
    client, address = sign_in("city"), at("part", draft.pk, part, code)
    response = client.post(address, typed(client, address) | told)
    text = response.content.decode()
    assert (response.status_code, said in text.replace("&gt;", ">")) == (200, True)
    name, value = next(iter(told.items()))
    assert response.context["form"][name].value() == value
    assert SchemeVersion.objects.get(pk=draft.pk).version == 1


def test_two_people_at_one_draft(draft, sign_in):
    client = sign_in("city")
    form = at("part", draft.pk, "threshold", "least_members")
    mine = typed(client, form)
    client.post(at("part", draft.pk, "threshold", "least_activities"), {**NEW_PARTS["threshold"], "version": "1"})
    clash = client.post(form, mine | {"value": "5"})
    assert clash.status_code == 409
    assert "由 3 人 改为 5 人" in clash.content.decode()
    assert client.post(form, mine | {"value": "5", "version": "2"}).status_code == 302
    draft.refresh_from_db()
    assert [each["value"] for each in draft.content["parameters"]] == [0, 5, 2]


def test_a_form_sent_twice_is_carried_out_once(draft, sign_in):
    client = sign_in("city")
    form = at("part", draft.pk, "stage", "new")
    told = NEW_PARTS["stage"] | {"version": "1", "once": "one-key"}
    assert client.post(form, told).url == client.post(form, told).url
    draft.refresh_from_db()
    assert [each["title"] for each in draft.content["stages"]] == ["先建立", "后完善", "再提高", "做示范"]
    assert verbs() == ["version.drafted", "version.revised"]


@pytest.mark.parametrize(
    "address",
    [
        ("part", "paragraph", "new"), ("part", "criterion", "nowhere"), ("remove", "criterion", "new"),
        ("part", "example", "99"),
    ],
)  # fmt: skip
def test_parts_that_there_are_not(draft, sign_in, address):
    name, *rest = address
    assert sign_in("city").get(at(name, draft.pk, *rest)).status_code == 404


def test_a_published_version_is_not_changed_by_any_form(small, sign_in):
    client, row = sign_in("city"), first()
    for address in (
        at("part", row.pk, "stage", "raise"),
        at("remove", row.pk, "stage", "raise"),
        at("discard", row.pk),
    ):
        assert client.post(address, NEW_PARTS["stage"]).status_code in (200, 422)
    assert first().content == row.content
    assert verbs() == []


def test_what_is_no_more_to_be_done_leads_to_the_version_s_page(draft, sign_in):
    client = sign_in("city")
    for address, row in (
        (at("discard", first().pk), first()),
        (at("publish", first().pk), first()),
        (at("retire", draft.pk), draft),
    ):
        assert client.get(address).url == at("version", row.pk)


def test_faults_stand_on_the_page_with_the_way_to_each(draft, sign_in):
    client = sign_in("city")
    client.post(at("remove", draft.pk, "threshold", "least_members"), {"version": "1"})
    text = page(client, at("version", draft.pk))
    found = re.findall(r'<li><a href="(/assessment/versions[^"]+)">([^<]+)</a></li>', text)
    assert [(href, "least_members" in line) for href, line in found] == [
        (at("part", draft.pk, "criterion", "roll"), True)
    ]
    assert filled(page(client, at("publish", draft.pk))) == ["返回修改"]
    assert "不能试算" in page(client, at("trial", draft.pk))


def test_a_trial_names_the_groups_in_a_fixed_order(draft, sign_in):
    client = sign_in("city")
    client.post(
        at("part", draft.pk, "threshold", "least_activities"),
        {"label": "每年最少活动次数", "unit": "times", "value": "7", "basis": "章程", "version": "1"},
    )
    text = page(client, at("trial", draft.pk))
    names = re.findall(r'<th role="rowheader"[^>]*><a href="[^"]*">([^<]+)</a>', text)
    assert names == [world.GOOD, world.GOOD, world.NO_VENUE]
    assert "试算了 11 个组织，结果有变化的 2 个" in text
    assert "试算了 1 个组织" in page(client, at("trial", draft.pk), office=str(make.unit_named(world.HUIZE).pk))


def test_a_retired_standard_leaves_pages_that_say_so(small, sign_in):
    client = sign_in("city")
    for code in (CODE, "five_haves_attained"):
        told = {"effective_until": small.today.isoformat(), "version": "1"}
        assert client.post(at("retire", first(code).pk), told).status_code == 302
    none = "2025年11月20日没有在用的标准"
    for address in (UNITS, at("unit", small.unit(world.GOOD).pk), at("standards")):
        assert none in page(client, address)
    yesterday = (small.today - timedelta(days=1)).isoformat()
    assert "各项都达到的" in page(client, UNITS, on=yesterday)
    assert sign_in("leader").get(reverse("shell:home")).status_code == 200
    assert "没有在用的版本" in page(client, SCHEMES)


def test_deciding_about_a_rubric_item_by_item(rubric, sign_in):
    client = sign_in("city")
    text = page(client, at("version", rubric.pk))
    assert text.count('<span class="tag warning">待定</span>') == 2
    assert "评分标准：6次及以上得12分" in text
    form = at("item", rubric.pk, 4)
    told = {"name": "开展活动", "points": "12", "decision": "formula", "formula": "", "fact": "", "version": "1"}
    assert "请写得分公式" in client.post(form, told).content.decode()
    assert client.post(form, told | {"fact": "activities_in_year"}).url == at("version", rubric.pk)
    rubric.refresh_from_db()
    assert rubric.content["blocks"][0]["items"][0]["formula"] == "12 if activities_in_year >= 6 else 0"
    assert "如果 本年活动次数 ≥ 6 次 则 12，否则 0" in page(client, at("version", rubric.pk))
    assert client.post(at("rest", rubric.pk), {"version": "2"}).url == at("version", rubric.pk)
    publish = {"effective_from": "2025-12-01", "document": "曲侨〔2025〕10号", "version": "3"}
    assert client.post(at("publish", rubric.pk), publish).status_code == 302
    rubric.refresh_from_db()
    assert (rubric.state, rubric.content["blocks"][0]["items"][1]["decision"]) == ("published", "panel")
    assert client.post(at("item", rubric.pk, 5), told | {"decision": "panel"}).status_code == 200
    assert verbs() == ["rubric.stored", "version.revised", "version.revised", "version.published"]


def test_rubrics_and_standards_have_each_their_own_forms(rubric, draft, sign_in):
    client = sign_in("city")
    missing = (
        at("item", draft.pk, 4),
        at("part", rubric.pk, "stage", "new"),
        at("trial", rubric.pk),
        at("item", rubric.pk, 6),
    )
    assert [client.get(address).status_code for address in missing] == [404] * 4


def test_a_draft_is_deleted(draft, rubric, sign_in):
    client = sign_in("city")
    assert client.post(at("discard", draft.pk), {"version": "1"}).url == at("version", first().pk)
    assert client.post(at("discard", rubric.pk), {"version": "1"}).url == SCHEMES
    assert SchemeVersion.objects.filter(state="draft").count() == 0


def test_a_standard_s_name_stands_as_a_title_with_its_quotes_in_it(draft, sign_in):
    client = sign_in("city")
    assert "停用以后，《“五有”建设标准》没有在用的版本" in page(client, at("retire", first().pk))
    assert "将删除《“五有”建设标准》第 2 版的草稿" in page(client, at("discard", draft.pk))
    assert "起草《“五有”建设标准》第 2 版" in page(sign_in("auditor"), reverse("platform:audit"))


def test_a_new_standard_begins_like_another(small, sign_in):
    client = sign_in("city")
    told = {"title": "“六有”建设标准", "issued_by": "曲侨〔2025〕8号", "like": str(first().pk)}
    made = client.post(at("new_standard"), told)
    row = SchemeVersion.objects.get(scheme__title="“六有”建设标准")
    assert (made.url, row.content) == (at("version", row.pk), first().content)
    assert "已经有同名的标准" in client.post(at("new_standard"), told).content.decode()


@pytest.mark.parametrize("schemes", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(small, sign_in, schemes):
    client = sign_in("county")
    for n in range(schemes):
        scheme = Scheme.objects.create(code=f"s{n}", kind="rubric", title=f"表{n}")
        SchemeVersion.objects.create(scheme=scheme, number=1, content=RUBRIC, content_hash="0" * 64)
    page(client, SCHEMES)
    with CaptureQueriesContext(connection) as asked:
        page(client, SCHEMES)
    assert len(asked) == 7


def test_the_catalogue_shows_every_fact(small, sign_in):
    text = page(sign_in("leader"), FACTS)
    assert filled(text) == ["看标准和评分表"]
    assert "activities_with_leaders_in_12_months" in text
