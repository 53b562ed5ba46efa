"""Boxes to fill in: what they take, what they refuse, and that each complaint leads to its box."""

import re
from datetime import date

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from wuyou.platform import widgets
from wuyou.platform.tests.gallery import get, shown
from wuyou.platform.tests.gallery.samples import FOUND, EveryForm, OrgQuery, wrong_form
from wuyou.platform.tests.test_components import ESCAPED, NASTY


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
    assert 'name="once" value="k1"' in shown('{% post_form once="k1" %}x{% endpost_form %}', get())


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


class DayForm(widgets.PlainForm):
    day = widgets.DayField(label="日期")


def test_a_date_box_shows_its_date_in_the_form_that_browsers_know():
    assert 'value="2026-07-02"' in str(DayForm(initial={"day": date(2026, 7, 2)})["day"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-07-02", []),
        ("1899-12-31", ["年份不对，请核对日期。"]),
        ("9999-12-31", ["年份不对，请核对日期。"]),
        ("2025-02-30", ["日期的写法不对，请核对。"]),
        ("", ["请填写日期。"]),
    ],
)
def test_a_day_is_one_of_our_time(typed, said):
    assert DayForm({"day": typed}).errors.get("day", []) == said
