"""The papers of a change: what each kind's papers say, what is left blank, who may take them."""

import io
from datetime import date
from urllib.parse import unquote

import docx
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from wuyou.demo.factories import make_count, make_entry, make_person, make_seat, make_unit, make_venue
from wuyou.demo.small import GOOD, QILIN
from wuyou.people.models import Affiliation, Person
from wuyou.platform.models import AuditEvent
from wuyou.succession import drafts, papers, services
from wuyou.succession.plan import NewHeir, Sorting, unit_word
from wuyou.succession.tests.changing import changed, drafted, into

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 1)
KINDS = ("request", "reply", "sheet", "notice", "renaming")


@pytest.fixture
def two(small):
    """Two groups of one county, each with three persons, a leader, a venue and some money."""
    office = small.unit(QILIN)
    units = [make_unit(parent=office, full_name=f"{name}厂侨联小组", hosts=(f"{name}厂",), approval_number="麒侨发〔2020〕3号")
             for name in "甲乙"]  # fmt: skip
    for number, unit in enumerate(units):
        persons = [
            make_person(unit, unit, name=f"{unit.short_name[0]}友{n}", phone=f"1990000000{number}") for n in "一二三"
        ]
        make_seat(unit, persons[0])
        make_venue(unit)
        make_entry(unit, amount_fen=100_50 * (number + 1), on=date(2025, 3, 1))
    Affiliation.objects.filter(unit__in=units).update(start=date(2022, 1, 1))
    return units


def text_of(content: bytes) -> list[str]:
    """Return the lines of a document in their order, the cells of a table's row with bars between them."""
    body = docx.Document(io.BytesIO(content))
    found = []
    for part in body.iter_inner_content():
        if isinstance(part, docx.table.Table):
            found += ["|".join(cell.text for cell in row.cells) for row in part.rows]
        elif part.text:
            found.append(part.text)
    return found


def written(small, change, code, user="county"):
    draft = drafts.draft(small.actor(user), change.pk)
    paper = next(one for one in papers.PAPERS if one.code == code)
    return text_of(papers.written(paper, draft)[1])


NEW = (NewHeir(full_name="甲乙厂侨联小组"),)
ASKED = [
    ("merge", {"heirs": ("n0",), "founded": NEW}, 2, "将甲厂侨联小组、乙厂侨联小组合并组建甲乙厂侨联小组"),
    ("merge", {"heirs": "second"}, 2, "将甲厂侨联小组并入乙厂侨联小组"),
    ("merge", {}, 2, "将甲厂侨联小组、乙厂侨联小组合并组建______"),
    ("split", {"heirs": ("n0", "n1"), "founded": (NewHeir(full_name="丙厂侨联小组"), NewHeir(full_name="丁厂侨联小组"))}, 1,
     "将甲厂侨联小组拆分为丙厂侨联小组、丁厂侨联小组"),
    ("split", {"heirs": "self"}, 1, "从甲厂侨联小组分设甲乙厂侨联小组"),
    ("reorganise", {}, 1, "重组甲厂侨联小组"),
    ("reorganise", {"heirs": ("n0",), "founded": NEW}, 1, "重组甲厂侨联小组并由甲乙厂侨联小组承接"),
    ("dissolve", {}, 1, "撤销甲厂侨联小组"),
    ("dissolve", {"heirs": "second"}, 1, "撤销甲厂侨联小组并由乙厂侨联小组承接"),
    ("restore", {}, 1, "恢复甲厂侨联小组"),
    ("rename", {"facts": {"full_name": "戊厂侨联小组"}}, 1, "将甲厂侨联小组更名为戊厂侨联小组"),
    ("rename", {}, 1, "将甲厂侨联小组更名为______"),
    ("upgrade", {"facts": {"full_name": "甲厂侨联", "form": "committee"}}, 1, "将甲厂侨联小组升格为甲厂侨联"),
    ("downgrade", {"facts": {"form": "liaison_group"}}, 1, "将甲厂侨联小组降格为侨联联络组"),
    ("convert", {"facts": {"full_name": "甲厂社区侨联小组", "kind": "community"}}, 1, "将甲厂侨联小组转制为甲厂社区侨联小组"),
]  # fmt: skip


def planned(two, kind, plan, number):
    first, second = two
    heirs = {"second": into(second), "self": (*into(first), "n0")}.get(str(plan.get("heirs")))
    told = {**plan, "heirs": heirs} if heirs else plan
    told |= {"founded": NEW} if plan.get("heirs") == "self" else {}
    return drafted(kind, two[:number], on=ON, **told)


@pytest.mark.parametrize(("kind", "plan", "number", "asked"), ASKED)
def test_request_and_reply_say_what_is_asked(small, two, kind, plan, number, asked):
    change = planned(two, kind, plan, number)
    request, reply = written(small, change, "request"), written(small, change, "reply")
    old = "、".join(unit.full_name for unit in two[:number])
    title = "".join(request[1 : request.index("曲靖市麒麟区归国华侨联合会：")])
    assert (request[0], title) == ("____〔____〕____号\t签发人：______", f"关于{asked}的请示")
    assert request[-5:] == [
        "有关成员的意见：____________。", "以上请示妥否，请批复。", old, "____年__月__日", "（联系人：______，联系电话：______）",
    ]  # fmt: skip
    assert f"因____________（请填写理由），拟{asked}，自2025年9月1日起施行。现将有关情况请示如下。" in request
    assert f"一、同意{asked}，自2025年9月1日起施行。" in reply
    assert (reply[0], reply[-3:]) == ("____〔____〕____号", ["此复。", "曲靖市麒麟区归国华侨联合会", "____年__月__日"])


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("merge", KINDS[:4]), ("split", KINDS[:4]), ("dissolve", KINDS[:4]), ("reorganise", KINDS[:3]), ("restore", KINDS[:3]),
        ("rename", KINDS[:3]), ("upgrade", KINDS[:3]), ("downgrade", KINDS[:3]), ("convert", KINDS[:3]),
        ("lapse", ("sheet",)), ("change_host", ("sheet",)),
    ],
)  # fmt: skip
def test_which_papers_a_change_needs(small, two, sign_in, kind, codes):
    change = drafted(kind, two[: 2 if kind == "merge" else 1], on=None)
    client = sign_in("county")
    answers = {code: client.get(reverse(f"succession:{code}", args=[change.pk])).status_code for code in KINDS}
    assert answers == {code: 200 if code in codes else 302 for code in KINDS}
    page = client.get(reverse("succession:papers", args=[change.pk])).content.decode()
    assert [code for code in KINDS if reverse(f"succession:{code}", args=[change.pk]) in page] == list(codes)


def test_request_of_a_merger_tells_what_each_holds_and_hands_over(small, two):
    change = drafted("merge", two, on=ON, heirs=into(two[1]), seals={two[0].pk: date(2025, 9, 10)})
    assert written(small, change, "request")[3:16] == [
        "因____________（请填写理由），拟将甲厂侨联小组并入乙厂侨联小组，自2025年9月1日起施行。现将有关情况请示如下。",
        "一、组织现状",
        "甲厂侨联小组：2020年5月6日成立，批准文号麒侨发〔2020〕3号，挂靠单位：甲厂，现有成员3人，登记的人员3人，"
        "经费结余100.50元，未办结事项0项。",
        "乙厂侨联小组：2020年5月6日成立，批准文号麒侨发〔2020〕3号，挂靠单位：乙厂，现有成员3人，登记的人员3人，"
        "经费结余201元，未办结事项0项。",
        "二、移交安排",
        "合计成员6人，登记的人员6人，经费结余301.50元，未办结事项0项。",
        "甲厂侨联小组：班子职务1项随原组织终止；登记的人员3人、成员3人、挂靠单位1项、阵地1项、经费结余100.50元转入乙厂侨联小组。",
        "甲厂侨联小组的旧印章于2025年9月10日交回。",
        "三、征求意见情况",
        "挂靠单位党组织的意见：____________。",
        "有关成员的意见：____________。",
        "以上请示妥否，请批复。",
        "甲厂侨联小组、乙厂侨联小组",
    ]  # fmt: skip


def test_reply_carries_the_number_in_proper_brackets(small, two):
    change = drafted("dissolve", two[:1], on=ON, document="麒侨发[2025]第08号")
    assert written(small, change, "reply")[0] == "麒侨发〔2025〕8号"


SHEET = [
    "组织变更登记表", "一、变更事项", "项目|内容", "事项|合并", "生效日期|2025年9月1日", "批复文号|麒侨发〔2025〕8号",
    "批准机关|曲靖市麒麟区归国华侨联合会", "原组织|甲厂侨联小组、乙厂侨联小组", "承接组织|甲乙厂侨联小组",
    "旧印章交回|甲厂侨联小组：2025年9月10日", "旧印章交回|乙厂侨联小组：____年__月__日",
    "二、变更前后的数目（变更前 → 变更后）", "组织|成员|登记的人员|经费结余|未办结事项",
]  # fmt: skip


def test_sheet_tells_sums_before_and_after_and_who_takes_what(small, two):
    told = {"heirs": ("n0",), "founded": NEW, "seals": {two[0].pk: date(2025, 9, 10)}, "document": "麒侨发[2025]8号"}
    change = drafted("merge", two, on=ON, **told)
    before = written(small, change, "sheet")
    assert before[:17] == [
        *SHEET, "甲厂侨联小组|3 → 0|3 → 0|100.50元 → 0元|0 → 0", "乙厂侨联小组|3 → 0|3 → 0|201元 → 0元|0 → 0",
        "甲乙厂侨联小组|0 → 6|0 → 6|0元 → 301.50元|0 → 0", "合计|6 → 6|6 → 6|301.50元 → 301.50元|0 → 0",
    ]  # fmt: skip
    services.carry_out(actor=small.actor("county"), succession_id=change.pk)
    assert written(small, change, "sheet") == [
        *SHEET, "合计|6 → 6|6 → 6|301.50元 → 301.50元|0 → 0", "三、移交和承接", "事项|移出|承接|数量",
        "登记的人员|甲厂侨联小组|甲乙厂侨联小组|3人", "登记的人员|乙厂侨联小组|甲乙厂侨联小组|3人",
        "成员|甲厂侨联小组|甲乙厂侨联小组|3人", "成员|乙厂侨联小组|甲乙厂侨联小组|3人",
        "挂靠单位|甲厂侨联小组|甲乙厂侨联小组|1项", "挂靠单位|乙厂侨联小组|甲乙厂侨联小组|1项",
        "阵地|甲厂侨联小组|甲乙厂侨联小组|1项", "阵地|乙厂侨联小组|甲乙厂侨联小组|1项",
        "经费结余|甲厂侨联小组|甲乙厂侨联小组|100.50元", "经费结余|乙厂侨联小组|甲乙厂侨联小组|201元",
        "班子职务|原组织|随原组织终止|2项",
        "填表人：______　　审核人：______　　填表日期：____年__月__日", "移交人：______　　接收人：______　　监交人：______",
    ]  # fmt: skip


def test_sheet_of_a_renaming_keeps_the_old_name_after_it_is_done(small):
    unit = small.unit(GOOD)
    old = (unit.full_name, unit.short_name)
    change = drafted("rename", [unit], on=ON, facts={"full_name": "新名社区侨联小组", "short_name": "新名小组"})
    before = written(small, change, "sheet")
    services.carry_out(actor=small.actor("county"), succession_id=change.pk)
    assert written(small, change, "sheet") == before
    assert before[before.index("项目|变更前|变更后") :][1:3] == [
        f"全称|{old[0]}|新名社区侨联小组", f"简称|{old[1]}|新名小组",
    ]  # fmt: skip


def test_notice_names_the_new_keeper_and_no_person(small, two):
    change = drafted("merge", two, on=ON, heirs=into(two[1]), document="麒侨发[2025]8号")
    lines = written(small, change, "notice")
    assert lines[:9] == [
        "个人信息转移告知书",
        "各位侨界群众：",
        "因将甲厂侨联小组并入乙厂侨联小组（依据：麒侨发〔2025〕8号），自2025年9月1日起，原由甲厂侨联小组保管的个人信息"
        "改由下列组织保管。依照《中华人民共和国个人信息保护法》第二十二条，现告知如下。",
        "一、新的保管组织和联系方式",
        "保管组织|联系人|联系电话和地址",
        "乙厂侨联小组|______|______",
        "二、转移的内容",
        "您在原组织登记的资料（本系统中的“登记的人员”“成员”）。",
        "三、处理的目的和方式",
    ]
    assert lines[-3:] == [
        "对这次转移有异议的，请在____年__月__日前向曲靖市麒麟区归国华侨联合会提出。联系人：______，联系电话：______。",
        "甲厂侨联小组", "____年__月__日",
    ]  # fmt: skip
    assert "友" not in "".join(lines)


@pytest.mark.parametrize("done", [False, True])
def test_notice_of_a_renaming_names_the_old_name_and_the_new_one(small, sign_in, done):
    unit = small.unit(GOOD)
    old, new = unit.full_name, "麒麟区学府社区归侨侨眷小组"
    facts = {"full_name": new, "short_name": "学府社区归侨小组"}
    change = drafted("rename", [unit], on=ON, document="麒侨发[2025]9号", facts=facts)
    if done:
        services.carry_out(actor=small.actor("county"), succession_id=change.pk)
        change.refresh_from_db()
    assert sign_in("county").get(reverse("succession:renaming", args=[change.pk])).status_code == 200
    lines = written(small, change, "renaming")
    assert lines[:5] == [
        "个人信息保管组织更名告知书",
        "各位侨界群众：",
        f"{old}自2025年9月1日起更名为{new}（依据：麒侨发〔2025〕9号）。依照《中华人民共和国个人信息保护法》第十七条第二款，"
        "现将保管您个人信息的组织名称变更告知如下。",
        "一、名称和联系方式",
        "保管组织|联系人|联系电话和地址",
    ]
    assert lines[-2:] == [new, "____年__月__日"]


# ---- the persons to tell ------------------------------------------------------------------------------------------


def persons_of(client, change):
    form = client.get(reverse("exports:succession.persons")).context["form"]
    purpose = next(value for value, _label in form.fields["purpose"].choices if value)
    answer = client.post(
        f"{reverse('exports:succession.persons')}?change={change.pk}", {"form": "xlsx", "purpose": purpose}
    )
    assert answer.status_code == 200, answer.status_code
    table = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [list(row) for row in table.iter_rows(values_only=True)]
    heads = next(place for place, row in enumerate(rows) if row[0] == "姓名")
    return rows[heads:]


@pytest.mark.parametrize("done", [False, True])
def test_list_of_persons_has_names_and_units_only_and_its_taking_is_on_record(small, two, sign_in, done):
    split = {"heirs": (*into(two[0]), "n0"), "founded": NEW}
    leaving = list(Person.objects.filter(keeper=two[0]).order_by("pk").values_list("pk", flat=True)[:2])
    change = drafted("split", two[:1], on=ON, people=Sorting(hand=dict.fromkeys(leaving, "n0")), **split)
    if done:
        services.carry_out(actor=small.actor("county"), succession_id=change.pk)
    assert persons_of(sign_in("county"), change) == [
        ["姓名", "原组织", "承接组织", "告知方式", "告知日期", "备注"],
        ["甲友二", "甲厂侨联小组", "甲乙厂侨联小组", None, None, None],
        ["甲友一", "甲厂侨联小组", "甲乙厂侨联小组", None, None, None],
    ]
    assert AuditEvent.objects.latest("seq").verb == "platform.export.made"


def test_list_of_persons_of_a_change_elsewhere_is_not_there(small, two, sign_in):
    change = drafted("merge", two, on=ON, heirs=into(two[1]))
    asked = f"{reverse('exports:succession.persons')}?change={change.pk}"
    purpose = sign_in("luliang").get(asked).context["form"].fields["purpose"].choices[1][0]
    assert sign_in("luliang").post(asked, {"form": "xlsx", "purpose": purpose}).status_code == 404


# ---- the page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "status"), [("county", 200), ("city", 200), ("leader", 403), ("auditor", 403), ("luliang", 404)]
)
def test_who_may_take_papers(small, two, sign_in, user, status):
    change = drafted("merge", two, on=ON, heirs=into(two[1]))
    names = ("papers", *KINDS[:4])
    found = {name: sign_in(user).get(reverse(f"succession:{name}", args=[change.pk])).status_code for name in names}
    assert found == dict.fromkeys(names, status)


def test_papers_stay_chinese_where_pages_are_english(small, two, sign_in):
    change = drafted("rename", two[:1], on=ON, facts={"full_name": "戊厂侨联小组"})
    client = sign_in("county")
    client.cookies["django_language"] = "en"
    page = client.get(reverse("succession:papers", args=[change.pk])).content.decode()
    assert "Request for approval" in page
    answer = client.get(reverse("succession:sheet", args=[change.pk]))
    assert unquote(answer["Content-Disposition"]).endswith("组织变更登记表（草稿）.docx")
    lines = text_of(b"".join(answer.streaming_content))
    assert (lines[3], lines[4]) == ("事项|更名", "生效日期|2025年9月1日")
    assert "全称|甲厂侨联小组|戊厂侨联小组" in lines


def test_page_leads_from_the_tasks_and_from_the_result(small, two, sign_in):
    client = sign_in("county")
    draft = drafted("rename", two[:1], on=ON, facts={"full_name": "戊厂侨联小组"})
    here = reverse("succession:papers", args=[draft.pk])
    assert here in client.get(reverse("succession:change", args=[draft.pk])).content.decode()
    services.carry_out(actor=small.actor("county"), succession_id=draft.pk)
    assert here in client.get(reverse("succession:result", args=[draft.pk])).content.decode()
    services.take_back(actor=small.actor("county"), succession_id=draft.pk)
    assert client.get(here).status_code == 302
    assert client.get(reverse("succession:sheet", args=[draft.pk])).status_code == 302


def test_sheet_names_who_gave_the_people_that_were_counted(small, two):
    for unit, number in ((two[0], 30), (two[1], 45)):
        make_count(number, unit=unit, counted_on=date(2025, 1, 1))
    change = changed("merge", two, on=ON, heirs=("n0",), founded=NEW)
    assert [line for line in written(small, change, "sheet") if line.startswith("人数统计")] == [
        "人数统计|甲厂侨联小组|甲乙厂侨联小组|30人", "人数统计|乙厂侨联小组|甲乙厂侨联小组|45人",
    ]  # fmt: skip


def test_sheet_of_a_split_names_what_went_to_the_new_unit(small, two):
    make_count(30, unit=two[0], counted_on=date(2025, 1, 1))
    counts = {"people.headcount.unit": {unit_word(two[0].pk): {"": 10}, "n0": {"": 20}}}
    money = {two[0].pk: {unit_word(two[0].pk): 60_50, "n0": 40_00}}
    heirs = (unit_word(two[0].pk), "n0")
    change = changed("split", two[:1], on=ON, heirs=heirs, founded=NEW, counts=counts, money=money)
    told = [line for line in written(small, change, "sheet") if line.startswith(("人数统计", "经费结余"))]
    assert told == ["经费结余|甲厂侨联小组|甲乙厂侨联小组|40元", "人数统计|甲厂侨联小组|甲乙厂侨联小组|20人"]
