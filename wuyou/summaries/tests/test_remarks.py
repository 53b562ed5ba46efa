"""What is pointed out in a text: numbers by hand, other units, what has become untrue."""

import pytest

from wuyou.summaries.remarks import About, remarks_on
from wuyou.summaries.rules import drafted
from wuyou.summaries.tests.samples import SETTING, make_figures, some_figures

BY_HAND = [
    ("全市共有12个小组。", ["12个"]),
    ("完成新建、重组、恢复侨联基层组织十个。", ["十个"]),
    ("慰问困难归侨二十三户、发放慰问金一万元。", ["二十三户", "一万元"]),
    ("收入3.5万元，增长12%。", ["3.5万元", "12%"]),
    ("参加1,200余人次", ["1,200余人次"]),
    ("覆盖率达百分之八十", ["百分之八十"]),
    ("共１２个", ["１２个"]),
    ("走访两户、座谈三次", ["两户", "三次"]),
    ("共⟦orgs.total⟧个，另有5个在筹备", ["5个"]),
    ("增加了8", ["8"]),
    ("", []),
    ("2025年12月31日", []),
    ("2025年度工作，9:30开会", []),
    ("第十次全国归侨侨眷代表大会", []),
    ("七届三次常委（扩大）会议，五届二次全委会", []),
    ("某侨联发〔2025〕17号", []),
    ("《关于做好2026年12项工作的意见》", []),
    ("“五有”“五个一”“三个代表”“四个意识”", []),
    ("五有建设、五个一标准", []),
    ("力争用三到五年时间，用3至5年", []),
    ("一是抓组建，二是抓队伍，三是抓活动", []),
    ("一批组织、一个新局面、一项制度", []),
    ("1.指导思想。", []),
    ("（1）摸底。", []),
    ("从三个方面入手，分两个阶段推进", []),
    ("做到两个维护，走进千家万户", []),
    ("一、基本情况", []),
    ("截至⟦as_of⟧，共⟦orgs.total⟧个", []),
]


@pytest.mark.parametrize(("text", "words"), BY_HAND)
def test_numbers_typed_by_hand_are_pointed_out(text, words):
    found = remarks_on(text, make_figures())
    assert [remark.words for remark in found] == words
    assert {remark.about for remark in found} <= {About.UNTRACEABLE}
    assert not any(remark.blocks for remark in found)


UNITS = [
    ("共⟦orgs.total⟧个", []),
    ("共⟦orgs.total⟧家", []),
    ("共⟦orgs.total⟧人", ["基层组织总数"]),
    ("参加⟦activities.attendance⟧人次", []),
    ("参加⟦activities.attendance⟧人", ["年内参加活动人次"]),
    ("登记⟦people.registered⟧名", []),
    ("登记⟦people.registered⟧人次", ["登记的侨界群众人数"]),
    ("收入⟦funds.received⟧元", []),
    ("收入⟦funds.received⟧个", ["年内经费收入"]),
    ("活动⟦activities.total⟧场", []),
    ("共⟦orgs.total⟧，其中", []),
    ("截至⟦as_of⟧人", []),
]


@pytest.mark.parametrize(("text", "labels"), UNITS)
def test_other_sort_of_unit_is_pointed_out(text, labels):
    found = remarks_on(text, make_figures())
    assert [remark.words for remark in found] == labels
    assert {remark.about for remark in found} <= {About.UNIT_DIFFERS}


@pytest.mark.parametrize("value", [0, 1, 7])
def test_draft_itself_has_nothing_typed_by_hand_and_no_other_unit(value):
    figures = make_figures(value)
    found = remarks_on(drafted(SETTING, figures), figures)
    assert {remark.about for remark in found} <= {About.UNFINISHED}


def test_sentence_about_nothing_is_pointed_out_once_it_is_untrue():
    body = drafted(SETTING, make_figures(0))
    later = make_figures(0, orgs__events__founding_in_year=2)
    assert [(remark.about, remark.words) for remark in remarks_on(body, later) if remark.blocks][1:] == [
        (About.NO_LONGER_ZERO, "本年度未新建、重组、恢复侨联基层组织。")
    ]


def test_same_remark_is_made_once():
    assert len(remarks_on("共12个。\n共12个。", {})) == 1


def test_number_without_data_is_pointed_out_by_its_label_and_blocks():
    (remark,) = remarks_on("共⟦orgs.total⟧个", some_figures(orgs__total=None))
    assert (remark.about, remark.words, remark.blocks) == (About.NO_DATA, "基层组织总数", True)
