"""What keeps a version from being published."""

from dataclasses import replace

import pytest
from django.utils import translation

from wuyou.assessment.facts import FACTS
from wuyou.assessment.rules import Dimension, Missing, Parameter, Stage, Verdict, faults
from wuyou.assessment.standards import SHIPPED, TARGET
from wuyou.kernel.expressions import ENGLISH, Unit
from wuyou.platform.presentation import said

FUNDS = TARGET.dimensions[2]
RECEIVED = FUNDS.criteria[0]


def with_funds(**changed):
    """Return the target standard with its one criterion of 有经费 changed."""
    funds = replace(FUNDS, criteria=(replace(RECEIVED, **changed),))
    return replace(TARGET, dimensions=(*TARGET.dimensions[:2], funds, *TARGET.dimensions[3:]))


def with_item(**changed):
    return replace(TARGET, dimensions=(*TARGET.dimensions[:2], replace(FUNDS, **changed), *TARGET.dimensions[3:]))


def with_threshold(name, unit=Unit.TIMES):
    return replace(TARGET, parameters=(*TARGET.parameters, Parameter(name, "限", "Limit", unit, 1, "例")))


def with_example(**changed):
    return replace(TARGET, examples=(*TARGET.examples[:3], replace(TARGET.examples[0], title="例", **changed)))


SOUND = TARGET.examples[0]


@pytest.mark.parametrize("version", SHIPPED, ids=lambda version: version.standard.code)
def test_shipped_standards_may_be_published(version):
    assert faults(version, FACTS) == ()


@pytest.mark.parametrize(
    ("version", "found"),
    [
        (replace(TARGET, dimensions=(), parameters=(), stages=()), [("", "标准里还没有项目，请至少加一项。")]),
        (with_item(title=" "), [("funds", "项目“funds”没有名称，请填写。")]),
        (with_item(criteria=()), [("funds", "项目“有经费”里没有标准条，请至少加一条。")]),
        (
            with_item(code="有经费"),
            [("有经费", "项目代码“有经费”只能用小写字母、数字和下划线，并以字母开头，请改写。")],
        ),
        (
            with_item(criteria=tuple(replace(RECEIVED, code=f"c{number}") for number in range(13))),
            [("funds", "项目“有经费”的标准条太多，最多 12 条，请合并。")],
        ),
        (
            with_item(criteria=(RECEIVED, RECEIVED)),
            [("funds_received", "标准条代码“funds_received”用了 2 次，请改成不同的代码。")],
        ),
        (with_funds(title=""), [("funds_received", "标准条“funds_received”没有名称，请填写。")]),
        (
            with_funds(basis=""),
            [("funds_received", "标准条“近12个月有经费收入”没有写依据，请填写出自哪个文件的哪一条。")],
        ),
        (
            with_funds(mend=""),
            [("funds_received", "标准条“近12个月有经费收入”没有写明缺了怎么补，请选一个补办事项。")],
        ),
        (
            with_funds(met="money > 0"),
            [
                (
                    "funds_received",
                    "标准条“近12个月有经费收入”的公式第 1 个字处：没有名叫“money”的数据，请从数据目录里选。",
                )
            ],
        ),
        (
            with_funds(partly="declared_budget > members_registered"),
            [
                (
                    "funds_received",
                    "标准条“近12个月有经费收入”的公式第 1 个字处：金额和人数不是同一种量，不能放在一起算或比。",
                )
            ],
        ),
        (
            with_funds(met="True"),
            [("funds_received", "标准条“近12个月有经费收入”没有用到任何数据，请写明看哪项数据。")],
        ),
        (
            with_funds(missing=Missing.EXCLUDE),
            [("funds", "项目“有经费”里至少要有一条对所有组织都适用的标准。")],
        ),
        (
            with_funds(applies_if="in_operation"),
            [("funds", "项目“有经费”里至少要有一条对所有组织都适用的标准。")],
        ),
        (
            with_threshold("venues"),
            [
                ("venues", "阈值“venues”和数据目录里的名称相同，请换一个名称。"),
            ],
        ),
        (with_threshold("limit"), [("limit", "阈值“限”没有用在任何公式里，请删去或用上。")]),
        (
            with_threshold("limit", Unit.BOOLEAN),
            [
                ("limit", "阈值“限”没有用在任何公式里，请删去或用上。"),
                ("limit", "阈值“限”要是一个数量，请另选单位。"),
            ],
        ),
        (
            replace(TARGET, stages=(Stage("a", "先", "A", "organisation_met"), Stage("b", "后", "B", "venues > 1"))),
            [
                ("a", "第一个阶段“先”人人都在，条件要写成 True。"),
                ("b", "阶段“后”的公式第 1 个字处：没有名叫“venues”的数据，是不是“venue_met”？"),
            ],
        ),
        (
            replace(TARGET, examples=TARGET.examples[:2]),
            [("", "至少要有 3 个样例来验证标准，现在有 2 个。")],
        ),
        (
            with_example(facts=SOUND.facts | {"money": 1, "venues": True}),
            [
                ("例", "样例“例”：“活动阵地”的值不对，请改写。"),
                ("例", "样例“例”：数据目录里没有“money”，请改写。"),
            ],
        ),
        (
            with_example(verdicts=SOUND.verdicts | {"funds": Verdict.NOT_MET}),
            [
                (
                    "例",
                    "样例“例”里“有经费”应为未达到，算出来是达到：近12个月收到经费 5,000 元（应多于 0 元）。",
                )
            ],
        ),
        (
            with_example(verdicts={code: SOUND.verdicts[code] for code in SOUND.verdicts if code != "funds"}),
            [
                (
                    "例",
                    "样例“例”里“有经费”应为没有写，算出来是达到：近12个月收到经费 5,000 元（应多于 0 元）。",
                )
            ],
        ),
        (
            with_example(verdicts=SOUND.verdicts | {"wisdom": Verdict.MET}),
            [("例", "样例“例”提到的项目“wisdom”不在标准里，请改写。")],
        ),
        (
            with_example(stage="complete"),
            [("例", "样例“例”的阶段应为“后完善”，算出来是“再提高”，请核对。")],
        ),
    ],
)
def test_what_keeps_a_version_from_being_published(version, found):
    assert [(fault.where, str(fault.saying)) for fault in faults(version, FACTS)] == found


def test_an_empty_item_hides_no_other_fault():
    version = replace(TARGET, dimensions=(Dimension("a", "项", "A", "例", ()),), parameters=(), stages=())
    assert [fault.where for fault in faults(version, FACTS)] == ["a"]


def test_what_an_example_gives_is_said_in_the_reader_s_language():
    version = with_example(verdicts=SOUND.verdicts | {"funds": Verdict.NOT_MET}, stage="")
    with translation.override("en"):
        assert [said(fault.saying) for fault in faults(version, FACTS, ENGLISH)] == [
            "In example “例” “Funds” should be: Not met. It comes out as: "
            "Met: Funds received in 12 months 5,000 yuan (should be more than 0 yuan).",
            "The stage of example “例” should be “No stage”, but comes out as “Raise”; please check.",
        ]
