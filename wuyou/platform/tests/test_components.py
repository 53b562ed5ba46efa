"""The components: what each puts on a page, and that nothing typed by people becomes markup."""

import re
from datetime import date

import pytest
from django.template import TemplateSyntaxError
from django.test import RequestFactory

from wuyou.kernel.refusals import Difference
from wuyou.platform.presentation import Pages, Progress
from wuyou.platform.tables import Cell, Column, Empty, Table
from wuyou.platform.tests.gallery import get, shown
from wuyou.platform.tests.gallery.samples import OrgQuery, org_table

NASTY = "<b onclick=x>\"'&"
ESCAPED = "&lt;b onclick=x&gt;&quot;&#x27;&amp;"


# ---- single tags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('{% tag "停滞" %}', '<span class="tag danger">停滞</span>'),
        ('{% tag "特别" "info" %}', '<span class="tag info">特别</span>'),
        ("{% tag nasty %}", f'<span class="tag neutral">{ESCAPED}</span>'),
        ('{% button "保存" "primary" %}', '<button type="submit" class="btn primary">保存</button>'),
        (
            '{% button "存草稿" name="draft" %}',
            '<button type="submit" class="btn secondary" name="draft" value="1">存草稿</button>',
        ),
        ('{% button "看" href=address %}', '<a class="btn secondary" href="/x?a=1&amp;b=2">看</a>'),
        ('{% button "放弃" "link" href="/x" %}', '<a class="plain" href="/x">放弃</a>'),
        ('{% button nasty css="full" %}', f'<button type="submit" class="btn secondary full">{ESCAPED}</button>'),
        ('{% card "甲" %}<p>乙</p>{% endcard %}', '<section class="card"><h2>甲</h2><p>乙</p></section>'),
        ("{% notice %}<p>{{ nasty }}</p>{% endnotice %}", f'<div class="notice info"><p>{ESCAPED}</p></div>'),
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
        '<div class="acts"><button type="submit" class="btn secondary">新建</button></div></div>'
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


def test_a_page_of_fifty_rows_shows_them_all():
    html = shown("{% table table %}", get(), table=org_table(50))
    assert len(rows_of(html)) == 50
