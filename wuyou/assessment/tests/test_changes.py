"""The readable difference of two versions."""

from dataclasses import replace

import pytest
from django.utils import translation

from wuyou.assessment.facts import FACTS
from wuyou.assessment.rules import (
    Missing,
    Parameter,
    Stage,
    changes,
    judge_dimensions,
    maturity,
    read_stages,
    read_version,
)
from wuyou.assessment.rules.maturity import stage_symbols
from wuyou.assessment.standards import TARGET
from wuyou.kernel.expressions import ENGLISH, Unit
from wuyou.platform.presentation import said

ORGANISATION = TARGET.dimensions[0]
FUNDS = TARGET.dimensions[2]
RECEIVED = FUNDS.criteria[0]
LIMIT = Parameter("limit", "限", "Limit", Unit.FEN, 500_000, "例")
TERM, MEMBERS, ACTIVITIES = TARGET.parameters
FIRST, SECOND, THIRD = TARGET.stages


def with_funds(*criteria, **changed):
    funds = replace(FUNDS, criteria=criteria or FUNDS.criteria, **changed)
    return replace(TARGET, dimensions=(*TARGET.dimensions[:2], funds, *TARGET.dimensions[3:]))


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        (replace(TARGET, number=2), []),
        (replace(TARGET, examples=()), ["样例有改动。"]),
        (
            replace(TARGET, parameters=(TERM, MEMBERS, replace(ACTIVITIES, value=3))),
            ["阈值“每年最少活动次数”：由 4 次 改为 3 次。"],
        ),
        (
            replace(TARGET, parameters=(TERM, LIMIT, replace(ACTIVITIES, label="次数", basis="市侨联〔2026〕1号"))),
            [
                "阈值“每年最少活动次数”改称“次数”。",
                "阈值“次数”的依据或英文名称有改动。",
                "新增阈值“限”：5,000 元。",
                "删去阈值“名册最少人数”（原为 3 人）。",
                "标准条“有侨界群众名册”的达到条件：由“登记的侨界群众 ≥ 名册最少人数”"
                "改为“members_registered >= least_members”。",
                "标准条“有侨界群众名册”的部分达到条件：由“填报的侨界群众人数（没有数据按 0 人算） ≥ 名册最少人数”"
                "改为“coalesce(people_declared, 0) >= least_members”。",
                "标准条“近12个月活动次数达到要求”的达到条件：由“近12个月活动次数 ≥ 每年最少活动次数”"
                "改为“近12个月活动次数 ≥ 次数”。",
            ],
        ),
        (
            with_funds(replace(RECEIVED, met="funds_received_in_12_months >= 5000", missing=Missing.NOT_MET)),
            [
                "标准条“近12个月有经费收入”的达到条件：由“近12个月收到经费 > 0 元”改为“近12个月收到经费 ≥ 5,000 元”。",
                "标准条“近12个月有经费收入”的缺数据时：由“算无数据”改为“算未达到”。",
            ],
        ),
        (
            with_funds(
                replace(
                    RECEIVED,
                    title="有收入",
                    partly="",
                    applies_if="in_operation",
                    mandatory=True,
                    mend="",
                    proposed=False,
                )
            ),
            [
                "标准条“有收入”的名称：由“近12个月有经费收入”改为“有收入”。",
                f"标准条“有收入”的依据：由“{RECEIVED.basis}（建议）”改为“{RECEIVED.basis}”。",
                "标准条“有收入”的部分达到条件：由“填报的本年经费（没有数据按 0 元算） > 0 元”改为“无”。",
                "标准条“有收入”的适用条件：由“无”改为“组织在正常运转”。",
                "标准条“有收入”的必备：由“否”改为“是”。",
                "标准条“有收入”的补办事项：由“登记一笔经费”改为“无”。",
            ],
        ),
        (with_funds(replace(RECEIVED, met=" funds_received_in_12_months>0 ")), []),
        (
            with_funds(replace(RECEIVED, code="other")),
            [
                "“有经费”新增标准条“近12个月有经费收入”：近12个月收到经费 > 0 元。",
                "“有经费”删去标准条“近12个月有经费收入”。",
            ],
        ),
        (
            replace(
                TARGET, dimensions=(replace(ORGANISATION, criteria=ORGANISATION.criteria[::-1]), *TARGET.dimensions[1:])
            ),
            ["“有组织”里标准条的先后改为：班子在届期内、有批复文号、组织没有停滞、撤销或待重组。"],
        ),
        (
            with_funds(title="经费", basis="例"),
            ["项目“有经费”改称“经费”。", "项目“经费”的依据或英文名称有改动。"],
        ),
        (
            replace(TARGET, dimensions=(*TARGET.dimensions[:4], replace(FUNDS, code="more", title="有网络"))),
            ["新增项目“有网络”，含 1 条标准。", "删去项目“有活动”。"],
        ),
        (
            replace(TARGET, dimensions=TARGET.dimensions[::-1]),
            ["项目的先后改为：有活动、有阵地、有经费、有队伍、有组织。"],
        ),
        (
            replace(
                TARGET, stages=(FIRST, replace(SECOND, title="完善", title_en="Fill", entry="organisation_partly"))
            ),
            [
                "阶段“后完善”改称“完善”。",
                "阶段“完善”的条件：由“‘有组织’达到 且 ‘有队伍’达到”改为“‘有组织’至少部分达到”。",
                "阶段“完善”的英文名称有改动。",
                "删去阶段“再提高”。",
            ],
        ),
        (
            replace(TARGET, stages=(FIRST, SECOND, THIRD, Stage("more", "示范", "Model", "dimensions_met >= 5"))),
            ["新增阶段“示范”：达到的项数 ≥ 5 个。"],
        ),
        (replace(TARGET, stages=(FIRST, THIRD, SECOND)), ["阶段的先后改为：先建立、再提高、后完善。"]),
        (
            replace(TARGET, stages=(FIRST, replace(SECOND, entry="unread("), THIRD)),
            ["阶段“后完善”的条件：由“‘有组织’达到 且 ‘有队伍’达到”改为“unread(”。"],
        ),
    ],
)
def test_changes_in_lines(new, lines):
    assert [str(each) for each in changes(TARGET, new, FACTS)] == lines


def test_changes_are_said_in_the_reader_s_language_names_and_formulas_too():
    """What an office named in Chinese only keeps its name."""
    mine = replace(ORGANISATION.criteria[0], code="own", title="本侨联自定", title_en="", met="venues >= more")
    more = Parameter("more", "阵地数", "", Unit.ITEMS, 2, "例")
    new = replace(
        with_funds(replace(RECEIVED, met="funds_received_in_12_months >= 5000", mend=""), mine),
        parameters=(TERM, MEMBERS, replace(ACTIVITIES, value=3), more),
        stages=(FIRST, replace(SECOND, entry="organisation_met and venue_met"), THIRD),
    )
    with translation.override("en"):
        lines = [said(each) for each in changes(TARGET, new, FACTS, ENGLISH)]
    assert lines == [
        "Threshold “Fewest activities a year”: 4 times became 3 times.",
        "New threshold “阵地数”: 2.",
        "Criterion “Funds were received in the last 12 months”, Condition for met: “Funds received in 12 months > 0 yuan” "
        "became “Funds received in 12 months ≥ 5,000 yuan”.",
        "Criterion “Funds were received in the last 12 months”, What to do about it: “Register funds” became “none”.",
        "“Funds” has a new criterion “本侨联自定”: Venues ≥ 阵地数.",
        "Condition of stage “Complete”: “Organisation met and Team met” became “Organisation met and Venue met”.",
    ]


def test_an_item_without_an_english_name_is_called_by_its_own():
    version = with_funds(title_en="")
    symbols = stage_symbols(version)
    assert (ENGLISH.label(symbols["funds_met"]), ENGLISH.label(symbols["team_met"])) == ("有经费 met", "Team met")
    lacking = judge_dimensions(read_version(version, FACTS), {}, ENGLISH)
    stages = (FIRST, replace(SECOND, entry="funds_met"))
    step = maturity(read_stages(replace(version, stages=stages)), lacking, ENGLISH).next_step
    assert step.text == "有经费: Register funds"
