"""Which sentences a draft has, what an edit may do, when a summary may be frozen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.refusals import Refused
from wuyou.summaries import rules
from wuyou.summaries.figures import names_in, printed, token
from wuyou.summaries.rules import Line, State, body_of, drafted, for_editing, lines_of, read_edit
from wuyou.summaries.sentences import Family, Paragraph, Points, Section, Sentence, ZeroSentence
from wuyou.summaries.tests.samples import AS_OF, SETTING, make_figures, some_figures

TOTAL = "⟦orgs.total⟧"


def said(*sentences, figures) -> str:
    section = Section(0, "", (Paragraph(sentences),))
    return printed(drafted(SETTING, figures, (section,)), figures, AS_OF)


KINDS = (Family("orgs.by_kind", "{item}{token}个"),)
WITH_KINDS = Sentence(f"共{TOTAL}个{{parts}}。", KINDS, "，其中")
TWO = Sentence("新建⟦orgs.events.established_in_year⟧个、重组⟦orgs.events.reorganised_in_year⟧个。")
ONLY_PARTS = Sentence("{parts}。", ("停滞⟦orgs.by_state.lapsed⟧个", "待重组⟦orgs.by_state.to_reorganise⟧个"))
ZERO = ZeroSentence(("orgs.total",), "还没有基层组织。")
PRESUPPOSING = ZeroSentence(("coverage.places_without_group",), "均已联系。", ("coverage.places_with_people",))
WITHOUT = Sentence("未开展活动的⟦activities.units_without⟧个。", given=("activities.total",))

SENTENCES = [
    # sentence, figures, what is said
    (Sentence("{year}年，{unit}在{scope}……"), {}, "2025年，某市侨联在全市……"),
    (Sentence(f"共{TOTAL}个。"), {"orgs__total": 3}, "共3个。"),
    (Sentence(f"共{TOTAL}个。"), {"orgs__total": 0}, ""),
    (Sentence(f"共{TOTAL}个。"), {"orgs__total": None}, ""),
    (Sentence(f"共{TOTAL}个。"), {}, ""),
    (Sentence(f"截至⟦as_of⟧，共{TOTAL}个。"), {"orgs__total": 3}, "截至2025年12月31日，共3个。"),
    (TWO, {"orgs__events__established_in_year": 2, "orgs__events__reorganised_in_year": 0}, "新建2个、重组0个。"),
    (TWO, {"orgs__events__established_in_year": 0, "orgs__events__reorganised_in_year": 0}, ""),
    (TWO, {"orgs__events__established_in_year": 2}, ""),
    (WITH_KINDS, {"orgs__total": 3}, "共3个。"),
    (WITH_KINDS, {"orgs__total": 3, "orgs__by_kind__group": 2, "orgs__by_kind__liaison": 1},
     "共3个，其中侨联小组2个、侨联联络组1个。"),
    (WITH_KINDS, {"orgs__total": 3, "orgs__by_kind__group": 3, "orgs__by_kind__liaison": 0}, "共3个，其中侨联小组3个。"),
    (WITH_KINDS, {"orgs__total": 3, "orgs__by_kind__group": None}, "共3个。"),
    (ONLY_PARTS, {"orgs__by_state__lapsed": 1, "orgs__by_state__to_reorganise": 2}, "停滞1个、待重组2个。"),
    (ONLY_PARTS, {"orgs__by_state__lapsed": 0, "orgs__by_state__to_reorganise": 2}, "待重组2个。"),
    (ONLY_PARTS, {"orgs__by_state__lapsed": 0, "orgs__by_state__to_reorganise": 0}, ""),
    (ONLY_PARTS, {}, ""),
    (ZERO, {"orgs__total": 0}, "还没有基层组织。"),
    (ZERO, {"orgs__total": 1}, ""),
    (ZERO, {"orgs__total": None}, ""),
    (ZERO, {}, ""),
    (PRESUPPOSING, {"coverage__places_without_group": 0, "coverage__places_with_people": 5}, "均已联系。"),
    (PRESUPPOSING, {"coverage__places_without_group": 0, "coverage__places_with_people": 0}, ""),
    (PRESUPPOSING, {"coverage__places_without_group": 0}, ""),
    (WITHOUT, {"activities__units_without": 4, "activities__total": 9}, "未开展活动的4个。"),
    (WITHOUT, {"activities__units_without": 4, "activities__total": 0}, ""),
    (WITHOUT, {"activities__units_without": 4}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "values", "text"), SENTENCES)
def test_sentence_states_only_what_its_figures_say(sentence, values, text):
    assert said(sentence, figures=some_figures(**values)) == text


POINTS = Points(
    (
        ("抓组建。", (Sentence(f"共{TOTAL}个。"),)),
        ("抓活动。", (Sentence("活动⟦activities.total⟧次。"),)),
        ("抓经费。", (Sentence("收入⟦funds.received⟧元。"),)),
    )
)
COUNTED = [
    ({"orgs__total": 1, "activities__total": 2, "funds__received": 300},
     "一是抓组建。共1个。\n二是抓活动。活动2次。\n三是抓经费。收入3元。"),
    ({"orgs__total": 1, "activities__total": 0, "funds__received": 300}, "一是抓组建。共1个。\n二是抓经费。收入3元。"),
    ({"activities__total": 2}, "抓活动。活动2次。"),
    ({}, "暂缺"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "text"), COUNTED)
def test_points_are_counted_anew_when_some_cannot_be_made(values, text):
    figures = some_figures(**values)
    assert printed(drafted(SETTING, figures, (Section(0, "", (POINTS,), "暂缺"),)), figures, AS_OF) == text


def headings(body: str) -> list[str]:
    return [text for line, text in zip(lines_of(body), body.splitlines(), strict=True) if line.level]


OUTLINE_HEADINGS = [
    "一、基本情况及特点", "二、主要做法及成效", "（一）指导思想、工作原则和目标任务", "（二）主要做法", "（三）取得的成效",
    "三、存在问题", "四、下一步打算",
]  # fmt: skip


@pytest.mark.parametrize("value", [0, 1, 7, None])
def test_draft_always_has_the_outline_of_the_source(value):
    assert headings(drafted(SETTING, make_figures(value))) == OUTLINE_HEADINGS
    assert headings(drafted(SETTING, {})) == OUTLINE_HEADINGS


def test_draft_without_figures_claims_nothing():
    body = drafted(SETTING, {})
    assert names_in(body) == ()
    assert "年内" not in body
    assert body.count("（本部分没有可用的登记数据，请补充。）") == 4


def test_draft_of_a_year_without_work_says_so_only_where_that_is_known():
    body = drafted(SETTING, make_figures(0))
    assert "本年度未新建、重组、恢复侨联基层组织。" in body
    assert names_in(body) == ()
    assert "本年度未新建" not in drafted(SETTING, make_figures(None))


def test_full_draft_states_the_headline_figure_with_its_parts():
    figures = make_figures(
        7,
        orgs__events__founding_in_year=10,
        orgs__events__established_in_year=6,
        orgs__events__reorganised_in_year=4,
        orgs__events__restored_in_year=0,
    )
    text = printed(drafted(SETTING, figures), figures, AS_OF)
    assert "一是抓组建，扩大组织覆盖。年内，完成新建、重组、恢复侨联基层组织10个，其中新建6个、重组4个。" in text


def test_draft_has_no_brace_left_and_no_number_but_tokens_and_the_year():
    body = drafted(SETTING, make_figures(7))
    without = "".join(sign for sign in body if sign not in "⟦⟧")
    assert not {"{", "}"} & set(without)
    assert [line.level for line in lines_of(body)].count(1) == 4


def test_subtitle_names_unit_and_year():
    assert rules.subtitle_of(SETTING) == "某市侨联2025年基层组织建设工作总结"


LINES = [
    ("一、基本情况", Line(1, "基本情况")),
    ("十二、其他", Line(1, "其他")),
    ("（三）成效", Line(2, "成效")),
    ("(三) 成效", Line(2, "成效")),
    ("　　一、基本情况　", Line(1, "基本情况")),
    ("一、坚持原则。继续努力。", Line(0, "一、坚持原则。继续努力。")),
    ("一是抓组建。", Line(0, "一是抓组建。")),
    ("1.指导思想。", Line(0, "1.指导思想。")),
    ("（街道）共有", Line(0, "（街道）共有")),
]


@pytest.mark.parametrize(("typed", "line"), LINES)
def test_heading_is_known_by_its_number(typed, line):
    assert lines_of(typed) == (line,)


LINE = st.one_of(
    st.builds(Line, st.sampled_from([1, 2]), st.text(alphabet="甲乙丙（）二", min_size=1, max_size=20)),
    st.builds(Line, st.just(0), st.text(alphabet="甲乙，⟦orgs.total⟧ x", min_size=1).map(lambda t: f"文{t.strip()}。")),
)


@given(st.lists(LINE, max_size=12))
def test_lines_come_back_from_the_text_that_they_make(lines):
    assert lines_of(body_of(lines)) == tuple(lines)


EDITS = [
    # typed, stored
    (f"共{TOTAL}个。", f"共{TOTAL}个。"),
    ("共⟦基层组织总数⟧个。", f"共{TOTAL}个。"),
    ("截至⟦统计日期⟧，共⟦ 基层组织总数 ⟧个。", f"截至⟦as_of⟧，共{TOTAL}个。"),
    ("共有许多组织。", "共有许多组织。"),
    ("三、甲\r\n\r\n　　文\n五、乙", "一、甲\n文\n二、乙"),
    ("", ""),
    (
        f"共{TOTAL}个，其中侨联小组⟦侨联小组类组织数⟧个。",
        f"共{TOTAL}个，其中侨联小组⟦orgs.by_kind.group⟧个。",
    ),
    (f"手写的12个，{TOTAL}个。", f"手写的12个，{TOTAL}个。"),
]


@pytest.mark.parametrize(("typed", "stored"), EDITS)
def test_edit_is_stored_with_names_and_headings_counted_anew(typed, stored):
    read = read_edit(typed, make_figures())
    assert (read.body, read.reasons) == (stored, ())


FAULTS = [
    ("共⟦基层组织总是⟧个。", ["unknown_token"]),
    ("共⟦⟧个。", ["unknown_token"]),
    ("共⟦orgs.total个。", ["broken_token"]),
    ("共orgs.total⟧个。", ["broken_token"]),
    (f"一、共{TOTAL}个", ["token_in_heading"]),
    (f"共1{TOTAL}个。", ["number_touches_token"]),
    (f"共{TOTAL}0个。", ["number_touches_token"]),
    (f"共{TOTAL}.5个。", ["number_touches_token"]),
    (f"共{TOTAL}万个。", ["number_touches_token"]),
    (f"占{TOTAL}％。", ["number_touches_token"]),
    (f"共１{TOTAL}个。", ["number_touches_token"]),
    (f"共二十{TOTAL}个。", ["number_touches_token"]),
    (f"共-{TOTAL}个。", ["number_touches_token"]),
    (f"共{TOTAL}{TOTAL}个。", ["number_touches_token"]),
    (f"甲12，{TOTAL}个。", []),
    (f"——{TOTAL}个。", []),
    (f"共{TOTAL}，3个", []),
    ("\n".join(f"一、甲{'乙' * n}" for n in range(40)) + "\n" + "\n".join(["（一）丙"] * 60), ["too_many_headings"]),
]


@pytest.mark.parametrize(("typed", "codes"), FAULTS)
def test_edit_that_would_change_or_lose_a_number_is_refused(typed, codes):
    read = read_edit(typed, make_figures())
    assert [reason.code for reason in read.reasons] == codes
    assert read.decision.allowed == (not codes)
    assert all("没有丢失" in str(reason) for reason in read.reasons)


def test_unknown_token_is_refused_in_one_plain_sentence():
    assert [str(reason) for reason in read_edit("共⟦组织数⟧个。", make_figures()).reasons] == [
        "“组织数”不是系统里的数字，可能是标记被改动了。请删去这个标记，从“插入数字”中重新选用。"
        "已录入的文字没有丢失，请改好后再保存。"
    ]


NAMES = st.sampled_from([token("orgs.total"), token("funds.received"), token("as_of"), token("orgs.by_kind.group")])


@given(st.lists(st.one_of(NAMES, st.text(alphabet="甲乙，。一二（）、\n 个元", min_size=1, max_size=8)), max_size=12))
def test_editing_and_storing_keeps_every_token_in_its_place(parts):
    figures = make_figures()
    body = read_edit("文".join(parts), figures).body
    again = read_edit(for_editing(body, figures), figures)
    assert again.body == body
    assert names_in(again.body) == names_in("文".join(parts))


def test_draft_survives_being_opened_and_saved():
    figures = make_figures(7)
    body = drafted(SETTING, figures)
    shown = for_editing(body, figures)
    assert "⟦基层组织总数⟧" in shown
    assert "⟦orgs" not in shown
    assert read_edit(shown, figures) == rules.EditReading(body)


def test_two_figures_with_one_label_are_shown_by_name():
    figures = make_figures()
    twin = figures["orgs.by_kind.group"]
    figures["orgs.by_kind.twin"] = type(twin)(
        twin.word.__class__("orgs.by_kind.twin", twin.word.label, "个", "丙"), 1, AS_OF
    )
    assert for_editing("⟦orgs.by_kind.group⟧", figures) == "⟦orgs.by_kind.group⟧"
    assert read_edit("⟦侨联小组类组织数⟧个", figures).decision.allowed is False


FREEZING = [
    (State.DRAFT, f"共{TOTAL}个。", {"orgs__total": 3}, []),
    (State.DRAFT, "共十二个。", {}, []),
    (State.DRAFT, f"共{TOTAL}个。", {"orgs__total": None}, ["no_data"]),
    (State.DRAFT, f"共{TOTAL}个。", {}, ["no_data"]),
    (State.DRAFT, "（本部分没有可用的登记数据，请补充。）", {}, ["unfinished"]),
    (State.DRAFT, "本年度没有登记活动。", {"activities__total": 2}, ["no_longer_zero"]),
    (State.DRAFT, "本年度没有登记活动。", {"activities__total": 0}, []),
    (State.FROZEN, f"共{TOTAL}个。", {"orgs__total": 3}, ["frozen"]),
]


@pytest.mark.parametrize(("state", "body", "values", "codes"), FREEZING)
def test_freezing_needs_data_finished_words_and_true_ones(state, body, values, codes):
    assert [reason.code for reason in rules.may_freeze(state, body, some_figures(**values)).reasons] == codes


def test_states_allow_editing_a_draft_and_a_next_edition_of_what_is_frozen():
    allowed = {state: (rules.may_edit(state).allowed, rules.may_begin_next(state).allowed) for state in State}
    assert allowed == {State.DRAFT: (True, False), State.FROZEN: (False, True)}
    with pytest.raises(Refused, match="已经定稿"):
        rules.may_edit(State.FROZEN).or_refuse()


def test_summary_takes_along_only_the_figures_that_its_text_uses():
    figures = some_figures(orgs__total=3, activities__total=4)
    assert rules.frozen_figures(f"共{TOTAL}个，{TOTAL}个。", figures) == (figures["orgs.total"],)


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ("麒麟区", "全区"),
        ("陆良县", "全县"),
        ("宣威市", "全市"),
        ("西双版纳傣族自治州", "全州"),
        ("", "全市"),
        ("某地", "全市"),
    ],
)
def test_scope_is_called_by_the_name_of_its_place(place, word):
    assert rules.scope_word(place) == word


DAYS = [
    # year, wished, today, last day
    (2025, None, date(2025, 11, 20), date(2025, 11, 20)),
    (2025, None, date(2026, 1, 5), date(2025, 12, 31)),
    (2025, date(2025, 12, 31), date(2025, 11, 20), date(2025, 11, 20)),
    (2025, date(2025, 6, 30), date(2025, 11, 20), date(2025, 6, 30)),
    (2025, None, date(2025, 1, 1), date(2025, 1, 1)),
]


@pytest.mark.parametrize(("year", "wished", "today", "last"), DAYS)
def test_year_is_counted_to_a_day_of_it_that_is_not_ahead(year, wished, today, last):
    assert rules.last_day(year, wished, today) == last


@pytest.mark.parametrize(
    ("year", "wished", "field"),
    [(2026, None, "year"), (2025, date(2024, 12, 31), "as_of"), (2026, date(2025, 1, 1), "year")],
)
def test_day_outside_the_year_is_refused(year, wished, field):
    with pytest.raises(Refused) as refused:
        rules.last_day(year, wished, date(2025, 11, 20))
    assert refused.value.reasons[0].field == field


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({}, ""),
        ({"planned_in_year": 0}, ""),
        ({"planned_in_year": 12, "share_in_year": 83}, "按目标计划，年内应新建、重组、恢复12个，完成计划的百分之83。"),
        ({"planned_in_year": 12, "share_in_year": 0}, "按目标计划，年内应新建、重组、恢复12个。"),
    ],
)
def test_the_plan_of_the_year_is_told_where_there_is_one(told, text):
    figures = some_figures(**{f"orgs__targets__{name}": value for name, value in told.items()})
    found = printed(drafted(SETTING, figures), figures, AS_OF)
    assert "".join(
        part for part in found.replace("是抓组建，扩大组织覆盖。", "\n").splitlines() if "目标计划" in part
    ) == (f"抓组建，扩大组织覆盖。{text}" if text else "")
