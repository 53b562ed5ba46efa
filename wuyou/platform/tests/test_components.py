"""The components: what each puts on a page, and that nothing typed by people becomes markup."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from wuyou.kernel.refusals import Difference
from wuyou.platform import frame, widgets
from wuyou.platform.presentation import Pages, Progress
from wuyou.platform.tables import Cell, Column, Empty, Table
from wuyou.platform.tests import gallery
from wuyou.platform.tests.gallery.samples import FOUND, EveryForm, OrgQuery, org_table, wrong_form

NASTY = "<b onclick=x>\"'&"
ESCAPED = "&lt;b onclick=x&gt;&quot;&#x27;&amp;"
TEMPLATES = sorted(Path(__file__).parents[2].glob("**/templates/**/*.html"))


def shown(source, request=None, **context):
    """Return what a piece of template shows, spaces between tags removed."""
    text = engines["django"].from_string("{% load ui %}" + source).render(context, request)
    return re.sub(r">\s+<", "><", text.strip())


def get(query=""):
    return RequestFactory().get(f"/orgs/{query}")


# ---- single tags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('{% tag "停滞" %}', '<span class="tag danger">停滞</span>'),
        ('{% tag "特别" "info" %}', '<span class="tag info">特别</span>'),
        ("{% tag nasty %}", f'<span class="tag neutral">{ESCAPED}</span>'),
        ('{% button "保存" "primary" %}', '<button class="btn primary">保存</button>'),
        ('{% button "存草稿" name="draft" %}', '<button class="btn secondary" name="draft" value="1">存草稿</button>'),
        ('{% button "看" href=address %}', '<a class="btn secondary" href="/x?a=1&amp;b=2">看</a>'),
        ('{% button "放弃" "link" href="/x" %}', '<a class="plain" href="/x">放弃</a>'),
        ('{% button nasty css="full" %}', f'<button class="btn secondary full">{ESCAPED}</button>'),
        ('{% card "甲" %}<p>乙</p>{% endcard %}', '<section class="card"><h2>甲</h2><p>乙</p></section>'),
        ("{% notice %}{{ nasty }}{% endnotice %}", f'<div class="notice info">{ESCAPED}</div>'),
        (
            '{% task "核对" "/a" "约 3 分钟" "待办" %}',
            '<li><div><a href="/a">核对</a><small>约 3 分钟</small></div><span class="tag warning">待办</span></li>',
        ),
        ('{% summary_row "批准文号" "" %}', '<div><dt>批准文号</dt><dd><span class="quiet">未填</span></dd></div>'),
        (
            '{% summary_row "全称" nasty "/e" %}',
            f'<div><dt>全称</dt><dd>{ESCAPED}</dd><dd><a href="/e">更改<span class="sr">全称</span></a></dd></div>',
        ),
        (
            '{% stat "小组" 1234 "/orgs/" "个" "截至今天" %}',
            '<div class="stat"><span>小组</span><b><a href="/orgs/" aria-label="小组 1,234 个">1,234</a><i>个</i></b>'
            "<small>截至今天</small></div>",
        ),
        (
            '{% empty "没有" href="/n" label="新建" %}',
            '<div class="empty"><h2>没有</h2><a class="btn" href="/n">新建</a></div>',
        ),
        ("{{ 123456|yuan }} {{ when|day }} {{ when|prose_day }}", "1,234.56 元 2026-07-02 2026年7月2日"),
    ],
)
def test_a_component_shows(source, html):
    assert shown(source, nasty=NASTY, address="/x?a=1&b=2", when=date(2026, 7, 2)) == html


def test_a_figure_that_leads_nowhere_is_refused():
    with pytest.raises(TemplateSyntaxError, match="every figure opens"):
        shown('{% stat "小组" 3 "" %}')


def test_the_title_of_a_page_holds_its_actions():
    assert shown('{% page_title "组织" count="共 3 个" state="正常" %}{% button "新建" %}{% endpage_title %}') == (
        '<div class="head"><h1>组织</h1><span class="tag success">正常</span><span class="count">共 3 个</span>'
        '<div class="acts"><button class="btn secondary">新建</button></div></div>'
    )
    assert shown('{% page_title "组织" %}{% endpage_title %}') == '<div class="head"><h1>组织</h1></div>'


def test_steps_say_where_one_is():
    html = shown('{% steps 2 "上传" "各列" "预览" %}')
    assert re.findall(r'<li class="(\w*)"( aria-current="step")?>(\d\. \w+)', html) == [
        ("past", "", "1. 上传"),
        ("now", ' aria-current="step"', "2. 各列"),
        ("", "", "3. 预览"),
    ]


def test_a_conflict_shows_both_versions_and_marks_what_differs():
    html = shown(
        "{% diff rows %}", rows=[("姓名", "张", "张"), ("地址", "", NASTY), Difference("a", "面积", "60", "45")]
    )
    cells = re.findall(r'<tr role="row"( class="changed")?>.*?<td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', html)
    assert cells == [
        ("", "张", "张"),
        (' class="changed"', "<del>（空）</del>", f"<ins>{ESCAPED}</ins>"),
        (' class="changed"', "<del>60</del>", "<ins>45</ins>"),
    ]


def test_what_was_posted_is_offered_again_with_the_newer_version():
    request = RequestFactory().post(
        "/x", {"a": ["1", "2"], "b": NASTY, "version": "3", "once": "k", "csrfmiddlewaretoken": "t"}
    )
    assert shown("{% typed_again 4 %}", request) == (
        '<input type="hidden" name="a" value="1"><input type="hidden" name="a" value="2">'
        f'<input type="hidden" name="b" value="{ESCAPED}"><input type="hidden" name="version" value="4">'
    )
    assert shown("{% typed_again 4 %}", get()) == ""


def test_a_job_asks_for_itself_until_it_ends():
    running = shown('{% progress job "/jobs/1/" %}', job=Progress("导入", 42, 420, 1000, "行", 125))
    assert ('hx-get="/jobs/1/"' in running, "已处理 420 / 1,000 行，还要约 2 分钟" in running) == (True, True)
    ended = shown('{% progress job "/jobs/1/" %}', job=Progress("导入", finished=True, sentence="新增 3 行。"))
    assert ("hx-get" in ended, "<progress" in ended, '<p role="status">新增 3 行。</p>' in ended) == (
        False,
        False,
        True,
    )


def test_an_unknown_end_shows_no_percent():
    html = shown('{% progress job "/jobs/1/" %}', job=Progress("导入"))
    assert ("%" in html, '<progress max="100" aria-label="导入"></progress>' in html) == (False, True)


# ---- lists -------------------------------------------------------------------------------------------------------


def rows_of(html):
    """Return the texts of a shown table's body, row by row."""
    body = re.search(r"<tbody[^>]*>(.*?)</tbody>", html, re.S)[1]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>", row)]
        for row in body.split("</tr>")[:-1]
    ]


COLUMNS = [
    Column("小组", phone="name", sort="name"),
    Column("成员", "number"),
    Column("补助", "money", phone="hide"),
    Column("成立", "date"),
    Column("状态", "tag", phone="tag"),
]


def test_a_table_writes_each_kind_of_value():
    table = Table(
        "组织",
        COLUMNS,
        [[Cell(NASTY, "/o/1", "备注"), 1234, 5, date(2026, 7, 2), "停滞"], ["乙", None, None, "1952-05", None]],
    )
    html = shown("{% table table %}", get(), table=table)
    assert rows_of(html) == [
        [f"{ESCAPED}备注", "1,234", "0.05 元", "2026-07-02", "停滞"],
        ["乙", "", "", "1952-05", ""],
    ]
    assert re.findall(r'<th role="rowheader" scope="row" class="([^"]+)"', html) == ["p-name", "p-name nowrap"]
    assert re.findall(r'<td role="cell" class="([^"]+)"( data-l="成员")?>', html)[:4] == [
        ("p-line num", ' data-l="成员"'),
        ("p-hide num", ""),
        ("p-line nowrap", ""),
        ("p-tag nowrap", ""),
    ]
    assert html.count('<span class="tag danger">停滞</span>') == 1


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="does not have 5 cells"):
        Table("组织", COLUMNS, [["甲", 1]])


@pytest.mark.parametrize(
    ("ordered", "link", "aria"),
    [("", "name", []), ("name", "-name", ["ascending"]), ("-name", "name", ["descending"])],
)
def test_a_head_orders_the_list_and_goes_back_to_page_one(ordered, link, aria):
    table = Table("组织", COLUMNS[:1], [["甲"]], ordered=ordered)
    html = shown("{% table table %}", get("?page=3&kind=2&sort=x"), table=table)
    assert re.findall(r'<a href="([^"]+)">小组', html) == [f"?kind=2&amp;sort={link}"]
    assert re.findall(r'aria-sort="(\w+)"', html) == aria


def test_a_list_without_rows_offers_the_first_step():
    html = shown("{% table table %}", get(), table=Table("组织", COLUMNS, [], Empty("还没有", "为了…", "/new", "新建")))
    assert html == '<div class="empty"><h2>还没有</h2><p>为了…</p><a class="btn" href="/new">新建</a></div>'
    assert (
        shown("{% table table %}", get(), table=Table("组织", COLUMNS, []))
        == '<p class="quiet">没有符合条件的记录。</p>'
    )


def test_totals_stand_under_the_table():
    table = Table("经费", COLUMNS[:3], [["甲", 1, 100]], total=["合计", 1, Cell(100, "/funds/")])
    foot = re.search(r"<tfoot.*</tfoot>", shown("{% table table %}", get(), table=table))[0]
    assert re.findall(r">([^<>]+)<", foot) == ["合计", "1", "1.00 元"]


def test_pages_keep_what_was_asked():
    html = shown("{% pagination pages %}", get("?kind=2&page=2"), pages=Pages(2, 3, 101, "个小组"))
    assert re.findall(r'href="([^"]+)"', html) == [f"?kind=2&amp;page={number}" for number in (1, 1, 3, 3)]
    assert "共 101 个小组，3 页" in html
    assert shown("{% pagination pages %}", get(), pages=Pages()) == ""


def test_the_query_bar_shows_three_conditions_and_opens_the_rest_when_used():
    closed = shown("{% query_bar form %}{% endquery_bar %}", get(), form=OrgQuery({"name": "北关"}))
    before, after = closed.split("<details>")
    assert (before.count('<div class="f">'), after.count('<div class="f">')) == (3, 2)
    assert (
        shown("{% query_bar form %}{% endquery_bar %}", get(), form=OrgQuery({"leader": "李"})).count("<details open>")
        == 1
    )


def test_fifty_rows_are_shown_quickly_enough():
    html = shown("{% table table %}", get(), table=org_table(50))
    assert len(rows_of(html)) == 50


# ---- forms -------------------------------------------------------------------------------------------------------


def test_each_complaint_stands_above_and_at_its_box_in_the_same_words():
    form = wrong_form()
    summary = re.findall(r'<a href="#([^"]+)">(.*?)</a>', shown("{% error_summary form %}", form=form))
    assert summary == [
        ("id_name", "请填写组织全称。"),
        ("id_unit", "有 2 个名称与“北关”相近，请在下面选定一个。"),
        ("id_founded_0", "请用四位数字填写年份，例如 1952。"),
        ("id_kind", "请选择类型。"),
        ("id_serves_0", "请选择服务哪些人。"),
        ("id_share_0", "请选择阵地是否与别的单位合用。"),
        ("id_sure", "请先勾选“以上内容与纸质批复一致”。"),
        ("id_consent", "请先勾选“本人同意上述用途”。"),
    ]
    html = shown("{% fields form %}", form=form)
    assert re.findall(r'<div class="em" id="[^"]+"><div>(.*?)</div></div>', html) == [text for _target, text in summary]
    assert [target for target, _text in summary if f'id="{target}"' not in html] == []


def test_an_untouched_form_complains_of_nothing():
    assert shown("{% error_summary form %}", form=EveryForm()) == ""
    html = shown("{% fields form %}", form=EveryForm())
    assert ('class="em"' in html, "*" in re.sub(r"<[^>]+>", "", html), html.count("（选填）")) == (False, False, 3)


def test_a_complaint_about_the_whole_form_leads_nowhere():
    form = OrgQuery({})
    form.add_error(None, NASTY)
    assert f'<b class="em">{ESCAPED}</b>' in shown("{% error_summary form %}", form=form)


def test_a_form_keeps_its_own_words():
    class Named(widgets.PlainForm):
        age = forms.IntegerField(label="年龄", error_messages={"required": "请写上年龄。"})
        other = forms.IntegerField(label="人数")

    assert Named({}).errors == {"age": ["请写上年龄。"], "other": ["请填写人数。"]}
    assert Named({"age": "1", "other": "三"}).errors == {"other": ["请用数字填写人数。"]}


def test_a_posted_form_carries_its_token_and_a_fresh_key():
    html = shown("{% post_form draft=True %}x{% endpost_form %}", get())
    assert re.findall(r'name="(\w+)" value="[^"]{20,}"', html) == ["csrfmiddlewaretoken", "once"]
    assert re.findall(r"<form [^>]+>", html) == ['<form method="post" novalidate data-draft class="page">']
    assert html != shown("{% post_form draft=True %}x{% endpost_form %}", get())


@pytest.mark.parametrize(
    ("boxes", "value"),
    [
        (("1952", "5", "6"), "1952-05-06"),
        (("1952年", "05月", ""), "1952-05"),
        ((" 1952 ", "", ""), "1952"),
        (("", "", ""), ""),
    ],
)
def test_a_date_may_be_known_in_part(boxes, value):
    field = widgets.PartialDateField(required=False)
    data = dict(zip(("d_y", "d_m", "d_d"), boxes, strict=True))
    assert field.clean(field.widget.value_from_datadict(data, {}, "d")) == value
    assert field.clean(field.widget.value_from_datadict({"d": value}, {}, "d")) == value


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        (("52", "", ""), "year"),
        (("1952", "", "3"), "gap"),
        (("1952", "2", "30"), "impossible"),
        (("1952", "x", ""), "impossible"),
        (("", "", ""), "required"),
    ],
)
def test_a_date_that_cannot_be_says_why(boxes, code):
    with pytest.raises(forms.ValidationError) as refusal:
        widgets.PartialDateField().clean(list(boxes))
    assert refusal.value.code == code


NAMES = {"1": "北关社区", "2": "南关社区"}


def picker(found=(), required=True):
    return widgets.PickerField(find=lambda typed: found, name_of=NAMES.get, required=required)


@pytest.mark.parametrize(
    ("sent", "found", "value"),
    [
        ({"u": "1", "u_typed": "北关社区", "u_was": "北关社区"}, (), "1"),
        ({"u": "1", "u_typed": "", "u_was": ""}, (), "1"),
        ({"u_typed": "南关社区"}, (widgets.Candidate("2", "南关社区"), widgets.Candidate("9", "南关社区东")), "2"),
        ({"u": "2", "u_typed": "关", "u_was": "关"}, (), "2"),
        ({"u": "1", "u_typed": "南关社区", "u_was": "北关社区"}, (widgets.Candidate("2", "南关社区"),), "2"),
    ],
)
def test_a_picker_takes_what_is_marked_or_beyond_doubt(sent, found, value):
    field = picker(found)
    assert (
        field.clean(
            field.widget.value_from_datadict(MultiValueDict({key: [text] for key, text in sent.items()}), {}, "u")
        )
        == value
    )


@pytest.mark.parametrize(
    ("sent", "found", "code"),
    [
        ({}, (), "required"),
        ({"u_typed": "北"}, (widgets.Candidate("1", "北关社区"),), "several"),
        ({"u_typed": "北关社区"}, (widgets.Candidate("1", "北关社区"), widgets.Candidate("7", "北关社区")), "several"),
        ({"u_typed": "西关"}, (), "unknown"),
        ({"u": "99", "u_typed": "别处", "u_was": "别处"}, (), "unknown"),
    ],
)
def test_a_picker_never_guesses(sent, found, code):
    field = picker(found)
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(field.widget.value_from_datadict(sent, {}, "u"))
    assert refusal.value.code == code


def test_a_picker_shows_the_candidates_and_keeps_what_was_typed():
    html = shown("{% field form.unit %}", form=wrong_form())
    assert re.findall(r'type="radio" name="unit" value="(\w+)"', html) == [one.code for one in FOUND]
    assert ('name="unit_typed" value="北关"' in html, 'name="unit_was" value="北关"' in html) == (True, True)


def test_a_picker_shows_what_is_already_chosen():
    class Moved(widgets.PlainForm):
        unit = widgets.PickerField(label="单位", name_of=NAMES.get)

    html = shown("{% field form.unit %}", form=Moved(initial={"unit": "2"}))
    assert re.findall(r'value="([^"]+)"', html) == ["南关社区", "南关社区", "2"]
    assert html.count(" checked") == 1


def test_the_search_answers_with_candidates_or_says_what_to_do():
    answer = widgets.picker_answer(get("?name=unit&unit_typed=北关"), lambda typed: FOUND).content.decode()
    assert re.findall(r'name="(\w+)" value="([^"]+)"', answer) == [
        ("unit_was", "北关"),
        *(("unit", one.code) for one in FOUND),
    ]
    assert (
        "没有找到“西关”" in widgets.picker_answer(get("?name=unit&unit_typed=西关"), lambda typed: ()).content.decode()
    )
    assert "没有找到" not in widgets.picker_answer(get("?name=unit&unit_typed="), lambda typed: FOUND).content.decode()


# ---- frame -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "cookies", "target"),
    [
        ({"large": "1", "next": "/orgs/?page=2"}, {frame.LARGE_COOKIE: "1"}, "/orgs/?page=2"),
        ({"keys": "0", "next": "https://example.org/"}, {frame.KEYS_COOKIE: "0"}, "/"),
        ({"large": "x"}, {}, "/"),
    ],
)
def test_a_preference_is_kept_by_the_browser(sent, cookies, target):
    response = frame.set_preference(RequestFactory().post("/preference", sent))
    assert {name: cookie.value for name, cookie in response.cookies.items()} == cookies
    assert (response.status_code, response["Location"]) == (302, target)
    assert frame.set_preference(get()).status_code == 405


def test_the_menu_stays_short():
    with pytest.raises(ValueError, match="nine entries at most"):
        frame.Frame(entries=tuple(frame.Entry(str(number), "/") for number in range(10)))


@pytest.mark.parametrize(
    ("large", "html", "offer"),
    [(False, '<html lang="zh-hans">', "大字版"), (True, '<html lang="zh-hans" class="large">', "标准字号")],
)
def test_the_large_mode_comes_from_the_server(large, html, offer):
    page = gallery.page("leader_home", large=large)
    assert re.findall(r"<html[^>]*>", page) == [html]
    assert re.findall(r'name="large" value="(.)"[^>]*>(.*?)</button>', page) == [("0" if large else "1", offer)]


def test_the_title_says_that_there_are_errors():
    titles = [re.search(r"<title>(.*?)</title>", gallery.page(name))[1] for name in ("office_form", "office_wrong")]
    assert titles == ["新建组织 - 五有", "错误：新建组织 - 五有"]


@pytest.mark.parametrize("name", ["403", "csrf", "404", "409", "413", "429", "500", "503", "refused"])
def test_each_error_page_says_what_happened_what_is_kept_and_what_to_do(name):
    main = gallery.page(name).split("<main")[1].split("</main>")[0]
    sentences = re.findall(r"<(?:h1|p)>(.*?)</(?:h1|p)>", main, re.S)
    assert [bool(re.search(r"[。？]$", sentence.strip())) for sentence in sentences] == [True, True, True]
    assert main.count('class="btn primary"') == 1


def test_the_page_of_a_fault_renders_with_nothing_at_hand():
    html = engines["django"].get_template("platform/errors/500.html").render({"reference": "7F3A"})
    assert (html.count("7F3A"), "csrfmiddlewaretoken" in html) == (1, False)


# ---- all templates of the house ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_keeps_the_content_policy_and_the_escaping(path):
    source = path.read_text()
    banned = r"\sstyle=|<style|\son[a-z]+=\"|\|\s*safe\b|autoescape off|javascript:|https?://(?!www\.w3\.org/)"
    assert re.findall(banned, source) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", source) == []
