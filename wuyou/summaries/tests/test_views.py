"""The pages of summaries as an officer uses them."""

import io
import re
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import CITY, HUIZE, LULIANG, QILIN
from wuyou.places.models import Division
from wuyou.summaries import queries, report, services
from wuyou.summaries.figures import names_in
from wuyou.summaries.models import Summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(small, sign_in):
    return sign_in("city")


@pytest.fixture
def draft(small):
    return services.open_summary(actor=small.actor("city"), unit_id=small.unit(CITY).pk, year=2025)


def url(name, *args):
    return reverse(f"summaries:{name}", args=args)


def text_of(response) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def typed_into(response) -> str:
    return response.context["form"]["typed"].value()


def test_officer_drafts_reads_edits_freezes_and_downloads(small, client):
    posted = client.post(url("new"), {"unit": small.unit(CITY).pk, "year": 2025}, follow=True)
    found = Summary.objects.get()
    assert posted.redirect_chain == [(url("summary", found.pk), 302)]
    form = client.get(url("edit", found.pk))
    changed = typed_into(form).replace("坚持以侨为本、为侨服务", "坚持为侨服务")
    told = {"title": "新 标题", "subtitle": found.subtitle, "as_of": "2025-12-31", "typed": changed, "version": "1"}
    read = client.post(url("edit", found.pk), told, follow=True)
    assert "曲靖市侨联坚持为侨服务" in text_of(read)
    confirm = client.get(url("freeze", found.pk))
    assert "固定为现在的样子" in text_of(confirm)
    frozen = client.post(url("freeze", found.pk), {"version": "2"}, follow=True)
    assert frozen.context["summary"].state == "frozen"
    answer = client.get(url("docx", found.pk))
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    paper = docx.Document(io.BytesIO(answer.getvalue()))
    assert [p.text for p in paper.paragraphs][:2] == ["新", "标题"]
    again = client.post(url("next", found.pk), follow=True)
    assert (again.context["summary"].edition, again.context["is_draft"]) == (2, True)


def test_each_number_in_the_text_leads_to_its_list_and_says_what_it_counts(client, draft):
    response = client.get(url("summary", draft.pk))
    page = response.content.decode()
    linked = re.findall(r'<a href="([^"]+)" data-tip="([^"]+)">([^<]+)</a>', page)
    figures = [
        read for read in response.context["read"].figures.values() if f"⟦{read.name}⟧" in response.context["read"].body
    ]
    assert {text for _href, _tip, text in linked} == {figure.printed for figure in figures}
    assert {tip.partition("（")[0] for _href, tip, _text in linked} == {
        f.word.label.partition("（")[0] for f in figures
    }
    pages = {href.partition("?")[0]: href.replace("&amp;", "&") for href, _tip, _text in linked}
    assert {path: client.get(href).status_code for path, href in pages.items()} == dict.fromkeys(pages, 200)
    assert not re.findall(r"[⟦⟧{}]", text_of(response))


def test_read_page_lists_every_figure_of_the_text_with_its_definition(client, draft):
    response = client.get(url("summary", draft.pk))
    read = response.context["read"]
    assert [row[0] for row in response.context["table"].rows] == [
        read.figures[name].word.label for name in names_in(read.body)
    ]


def test_form_keeps_what_was_typed_and_says_what_to_do(client, draft):
    told = {"title": "甲", "subtitle": "", "as_of": "2025-12-31", "typed": "共⟦没有的数⟧个。", "version": "1"}
    response = client.post(url("edit", draft.pk), told)
    assert response.status_code == 200
    assert typed_into(response) == "共⟦没有的数⟧个。"
    (sentence,) = response.context["form"].non_field_errors()
    assert "没有丢失" in sentence
    assert "插入数字" in sentence
    assert "<title>错误：" in response.content.decode()


def test_secrecy_mark_is_refused_at_the_form(client, draft):
    told = {"title": "机密 总结", "subtitle": "", "as_of": "2025-12-31", "typed": "文。", "version": "1"}
    response = client.post(url("edit", draft.pk), told)
    assert "本系统不处理国家秘密" in str(response.context["form"].non_field_errors())
    assert Summary.objects.get().title == draft.title


def test_document_number_is_printed_with_the_brackets_of_the_standard_and_refused_when_it_names_a_level(client, draft):
    told = {"title": "甲", "subtitle": "", "as_of": "2025-12-31", "typed": "文。", "version": "1"}
    client.post(url("edit", draft.pk), {**told, "number": "曲侨联发[2025]第08号"})
    assert "曲侨联发〔2025〕8号" in text_of(client.get(url("summary", draft.pk)))
    paper = docx.Document(io.BytesIO(client.get(url("docx", draft.pk)).getvalue()))
    assert [p.text for p in paper.paragraphs][:3] == ["曲侨联发〔2025〕8号", "", "甲"]
    refused = client.post(url("edit", draft.pk), {**told, "number": "机密〔2025〕8号", "version": "2"})
    assert "发文字号“机密〔2025〕8号”带有密级字样“机密”" in str(refused.context["form"].non_field_errors())
    assert Summary.objects.get().number == "曲侨联发〔2025〕8号"
    assert client.get(url("edit", draft.pk)).context["form"]["number"].value() == "曲侨联发〔2025〕8号"


def test_next_edition_keeps_the_number(small, draft):
    city = small.actor("city")
    edit = services.Edit("甲", "", date(2025, 12, 31), "文。", "曲侨联发〔2025〕8号")
    services.save_body(actor=city, summary_id=draft.pk, seen=None, edit=edit)
    services.freeze(actor=city, summary_id=draft.pk, seen=None)
    assert services.begin_next(actor=city, summary_id=draft.pk).number == "曲侨联发〔2025〕8号"


def test_an_office_of_a_prefecture_speaks_of_its_prefecture(small, draft):
    Division.objects.filter(code="530300").update(name="曲靖自治州")
    assert queries.setting(draft.unit, 2025).scope == "全州"


def test_second_editor_sees_both_texts_and_may_take_his_own(small, client, sign_in, draft):
    told = {"title": "甲", "subtitle": "", "as_of": "2025-12-31", "typed": "甲⟦基层组织总数⟧。", "version": "1"}
    client.post(url("edit", draft.pk), told)
    conflict = client.post(url("edit", draft.pk), {**told, "title": "乙", "typed": "乙⟦基层组织总数⟧。"})
    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert ("甲⟦基层组织总数⟧。" in page, "乙⟦基层组织总数⟧。" in page, 'name="version" value="2"' in page) == (
        True,
        True,
        True,
    )


def test_what_stands_against_freezing_is_said_before(small, client, draft):
    told = {"title": "甲", "subtitle": "", "as_of": "2025-12-31", "typed": "本年度没有登记活动。", "version": "1"}
    client.post(url("edit", draft.pk), told)
    page = text_of(client.get(url("freeze", draft.pk)))
    assert ("还不能定稿" in page, "确认定稿" in page) == (True, False)
    assert client.post(url("freeze", draft.pk), {"version": "2"}).status_code == 422


def test_list_is_narrowed_by_year(small, client, draft):
    other = services.open_summary(actor=small.actor("city"), unit_id=small.unit(CITY).pk, year=2024)
    rows = client.get(url("list"), {"year": 2024}).context["table"].rows
    assert [row[1].href for row in rows] == [url("summary", other.pk)]
    assert len(client.get(url("list"), {"year": "x"}).context["table"].rows) == 2


def test_list_asks_the_same_however_many_summaries_there_are(small, client):
    numbers = []
    for office in (CITY, QILIN, LULIANG, HUIZE):
        services.open_summary(actor=small.actor("city"), unit_id=small.unit(office).pk, year=2025)
        client.get(url("list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("list"))
        numbers.append(len(asked))
    assert numbers == [numbers[0]] * 4
    assert numbers[0] <= 12


@pytest.mark.parametrize("user", ["auditor", "county"])
def test_who_may_not_draft_is_offered_nothing_but_reading(small, sign_in, draft, user):
    client = sign_in(user)
    page = client.get(url("list"))
    assert page.status_code == 200
    assert page.context["can_draft"] == (user == "county")
    assert client.get(url("summary", draft.pk)).status_code == (200 if user == "auditor" else 404)
    assert client.get(url("edit", draft.pk)).status_code == (403 if user == "auditor" else 404)


def test_all_figures_of_a_year_are_listed_with_their_definitions(small, client):
    response = client.get(url("figures"), {"year": 2025, "on": "2025-06-30"})
    assert response.context["on"] == date(2025, 6, 30)
    assert len(response.context["table"].rows) == response.context["number"] > 90
    future = client.get(url("figures"), {"year": 2099})
    assert (future.context["year"], future.context["on"]) == (2025, small.today)


def test_leader_has_no_summaries(small, sign_in):
    assert sign_in("leader").get(url("list")).status_code == 403


# ---- for scripts -------------------------------------------------------------------------------------------------


def test_document_holds_the_figures_that_the_report_tells(small):
    city = small.actor("city")
    figures = report.figures_report(city, 2025)
    paper = docx.Document(io.BytesIO(report.summary_docx(city, None, 2025)))
    (table,) = paper.tables
    told = {one["label"]: one["text"] for one in figures.values()}
    rows = [(row.cells[1].text, row.cells[2].text) for row in table.rows[1:]]
    assert rows == [(label, told[label]) for label, _text in rows]
    assert len(rows) > 40
    body = "\n".join(p.text for p in paper.paragraphs)
    assert "完成新建、重组、恢复侨联基层组织3个，其中新建1个、重组1个、恢复1个。" in body
    assert "曲靖市归国华侨联合会" in body


def test_document_of_a_kept_summary_is_that_summary(small, draft):
    city = small.actor("city")
    edit = services.Edit("我的标题", "", date(2025, 12, 31), "共⟦基层组织总数⟧个。")
    services.save_body(actor=city, summary_id=draft.pk, seen=None, edit=edit)
    make.make_unit(full_name="新增侨联小组", county="530302")
    texts = [p.text for p in docx.Document(io.BytesIO(report.summary_docx(city, draft.unit_id, 2025))).paragraphs]
    assert "共12个。" in texts
    services.freeze(actor=city, summary_id=draft.pk, seen=None)
    with pytest.raises(services.Refused, match="已经定稿"):
        report.summary_docx(city, draft.unit_id, 2025, date(2025, 6, 30))


def test_report_is_plain_values(small):
    one = report.figures_report(small.actor("city"), 2025, date(2025, 6, 29))["funds.received"]
    assert one == {
        "label": "年内经费收入", "value": 1_650_000, "unit": "分", "text": "16500元", "as_of": "2025-06-29",
        "definition": "年内登记的经费收入之和，含县级以上侨联登记的",
    }  # fmt: skip
