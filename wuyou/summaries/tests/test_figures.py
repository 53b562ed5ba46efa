"""How a figure is printed, and that tokens survive every reading."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.summaries.figures import (
    Figure,
    Token,
    from_records,
    joined,
    names_in,
    pieces,
    printed,
    records,
    token,
    used,
)
from wuyou.summaries.tests.samples import AS_OF, make_figures, word_of

PRINTED = [
    ("orgs.total", 120, "120", "120个"),
    ("orgs.total", 0, "0", "0个"),
    ("orgs.total", None, "（暂无数据）", "（暂无数据）"),
    ("people.registered", 1234567, "1234567", "1234567人"),
    ("funds.received", 12850000, "128500", "128500元"),
    ("funds.received", 12850050, "128500.5", "128500.5元"),
    ("funds.received", 5, "0.05", "0.05元"),
    ("funds.received", -12345, "-123.45", "-123.45元"),
    ("activities.attendance", 36, "36", "36人次"),
]


@pytest.mark.parametrize(("name", "value", "number", "with_unit"), PRINTED)
def test_figure_is_printed_exactly_in_arabic_digits(name, value, number, with_unit):
    figure = Figure(word_of(name), value, AS_OF)
    assert (figure.printed, figure.with_unit) == (number, with_unit)


@pytest.mark.parametrize(
    ("name", "as_of", "when"),
    [
        ("orgs.total", date(2025, 12, 31), "截至2025年12月31日"),
        ("activities.total", date(2025, 12, 31), "2025年1月1日至12月31日"),
        ("activities.total", date(2025, 3, 5), "2025年1月1日至3月5日"),
    ],
)
def test_when_says_what_days_were_counted(name, as_of, when):
    assert Figure(word_of(name), 1, as_of).when == when


TEXTS = [
    ("", ()),
    ("无数字", ("无数字",)),
    ("⟦orgs.total⟧", (Token("orgs.total"),)),
    ("共⟦orgs.total⟧个", ("共", Token("orgs.total"), "个")),
    ("⟦ orgs.total ⟧", (Token("orgs.total"),)),
    ("⟦a⟧⟦b⟧", (Token("a"), Token("b"))),
    ("⟦a", ("⟦a",)),
    ("a⟧", ("a⟧",)),
    ("⟦a⟦b⟧", ("⟦a", Token("b"))),
    ("⟦⟧", (Token(""),)),
]


@pytest.mark.parametrize(("text", "cut"), TEXTS)
def test_text_is_cut_at_its_tokens(text, cut):
    assert pieces(text) == cut


@given(st.text(alphabet="⟦⟧ab.个 \n1", max_size=30))
def test_cutting_and_joining_again_changes_nothing_but_blanks_in_tokens(text):
    assert joined(pieces(text)).replace(" ", "") == text.replace(" ", "")
    assert pieces(joined(pieces(text))) == pieces(text)


def test_names_come_in_order_of_first_use_without_the_day():
    assert names_in("⟦b⟧⟦as_of⟧⟦a⟧⟦b⟧") == ("b", "a")


def test_text_is_printed_with_its_numbers_and_day():
    text = f"截至{token('as_of')}，共{token('orgs.total')}个，{token('orgs.gone')}"
    assert printed(text, make_figures(12), AS_OF) == "截至2025年12月31日，共12个，（暂无数据）"


def test_kept_figures_come_back_as_they_were():
    figures = used("⟦funds.received⟧⟦orgs.by_kind.group⟧", make_figures(12345))
    kept = json.loads(json.dumps(records(figures)))
    assert list(from_records(kept).values()) == list(figures)
