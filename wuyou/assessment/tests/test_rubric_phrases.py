"""Scoring phrases: the shape of the rule and its numbers. T1-T5 are the tables of design 3 §3."""

from decimal import Decimal

import pytest

from wuyou.assessment.rubric_phrases import Shape, read_rule

CASES = [
    # all or none
    (3, "成立联合领导小组并下发文件,定期召开协调会议,得3分,否则不得分", "all_or_none", {}),  # T1
    (6, "协商机制健全,履约满意率90%以上、签约率95%以上得6分", "all_or_none", {}),  # T1
    (15, "连续三年年检合格得15分", "all_or_none", {}),  # T2
    (5, "按时完成得5分,未完成不得分", "all_or_none", {}),
    # parts
    (
        10, "按章程选举产生4分,不兼任其他社团职务2分,负责人兼职经批准2分,符合年龄规定2分", "parts",
        {"parts": [["按章程选举产生", 4], ["不兼任其他社团职务", 2], ["负责人兼职经批准", 2], ["符合年龄规定", 2]]},
    ),  # T2
    (
        10, "自有办公用房4分;标牌悬挂醒目2分;办公自动化4分", "parts",
        {"parts": [["自有办公用房", 4], ["标牌悬挂醒目", 2], ["办公自动化", 4]]},
    ),  # T2
    (6, "计划、总结、报表各2分", "parts", {"parts": [["计划", 2], ["总结", 2], ["报表", 2]]}),
    (
        8, "建立困难户档案(2分);走访全覆盖(4分);有记录(2分)", "parts",
        {"parts": [["建立困难户档案", 2], ["走访全覆盖", 4], ["记录", 2]]},
    ),
    # adding
    (5, "首名专职人员得3分,每增加1名加1分,最高5分", "add_each", {"adds": [["首名专职人员", 3], ["增加1名", 1]], "cap": 5}),  # T2
    (5, "全年上报信息每条1分,满分5分", "add_each", {"adds": [["全年上报信息1条", 1]], "cap": 5}),
    (6, "每开展一次活动得2分,累计不超过6分", "add_each", {"adds": [["开展1次活动", 2]], "cap": 6}),
    (
        5, "在省级以上媒体刊发稿件1篇加1分,市级媒体0.5分,最高不超过5分", "add_each",
        {"adds": [["媒体刊发稿件1篇", 1], ["市级媒体", 0.5]], "cap": 5},
    ),
    (
        5, "获国家级表彰的加5分,省级的加3分,市级的加2分,同一项目不重复加分,按最高级别计分", "add_highest",
        {"adds": [["国家级", 5], ["省级", 3], ["市级", 2]], "cap": 5},
    ),
    # tiers
    (
        3, "会员600人或20个单位得3分;200人或10个单位得2分;50人或5个单位得1分", "tiers",
        {"measure": "会员人数", "tiers": [[600, 3], [200, 2], [50, 1]]},
    ),  # T3
    (
        3, "理事会每年召开5次以上得3分,3次以上得2分,1次以上得1分", "tiers",
        {"measure": "理事会每年次数", "tiers": [[5, 3], [3, 2], [1, 1]]},
    ),  # T3
    (
        5, "参加上级活动好得5分,较好得4分,一般得3分", "tiers",
        {"measure": "参加上级活动情况", "tiers": [["好", 5], ["较好", 4], ["一般", 3]]},
    ),  # T3
    (
        5, "在上级网站发布≥5篇得5分,≥3篇得4分,≥1篇得3分", "tiers",
        {"measure": "在上级网站发布篇数", "tiers": [[5, 5], [3, 4], [1, 3]]},
    ),  # T3
    (
        10, "满意度达到95%(含)以上得10分,90%(含)至95%得8分,80%(含)至90%得5分,低于80%不得分", "tiers",
        {"measure": "满意度(%)", "tiers": [[95, 10], [90, 8], [80, 5], [0, 0]]},
    ),
    (
        10, "年度计划完成得10分,完成80%以上得8分,完成60%以上得6分,60%以下不得分", "tiers",
        {"measure": "年度计划", "tiers": [[100, 10], [80, 8], [60, 6], [0, 0]]},
    ),
    (
        10, "2万元及以上得10分;1-2万元得6分;1万元以下得3分;无经费0分", "tiers",
        {"measure": "经费(元)", "tiers": [[20000, 10], [10000, 6], [1, 3], [0, 0]]},
    ),
    (
        5, "完成得5分,基本完成得3分,未完成不得分", "tiers",
        {"measure": "经费情况", "tiers": [["完成", 5], ["基本完成", 3], ["未完成", 0]]},
    ),
    (
        5, "被评为优秀的5分,良好的3分,合格的1分", "tiers",
        {"measure": "评价等级", "tiers": [["优秀", 5], ["良好", 3], ["合格", 1]]},
    ),
    # deductions
    (
        3, "看现场。标识不清楚扣2分,无固定标语扣1分", "deduct_each",
        {"faults": [["标识不清楚", 2], ["无固定标语", 1]], "floor": 0},
    ),  # T4
    (4, "看现场。每少一室扣0.5-0.8分", "deduct_each", {"step": 0.5, "floor": 0, "per": "每少1室", "step_max": 0.8}),  # T4
    (3, "设备齐全,一方面不达标扣1分,扣完为止", "deduct_each", {"step": 1, "floor": 0, "per": "1方面不达标"}),  # T4
    (3, "图书500册以上、器材3件以上,一项不达标扣1分", "deduct_each", {"step": 1, "floor": 0, "per": "1项不达标"}),  # T4
    (2, "由县乡解决经费,一项未落实扣1分", "deduct_each", {"step": 1, "floor": 0, "per": "1项未落实"}),  # T4
    (10, "按期换届得10分,每延期半年扣2分,扣完为止", "deduct_each", {"step": 2, "floor": 0, "per": "每延期半年"}),
    (6, "每年召开会议不少于2次,每少一次扣3分", "deduct_each", {"step": 3, "floor": 0, "per": "每少1次"}),
    (
        3, "迟报一次扣0.5分,漏报一次扣1分", "deduct_each",
        {"step": 0.5, "floor": 0, "per": "迟报1次", "more": [["漏报1次", 1]]},
    ),
    (4, "票据不全每笔扣0.5分", "deduct_each", {"step": 0.5, "floor": 0, "per": "票据不全1笔"}),
    # shares
    (8, "办结率×8分", "ratio", {"measure": "办结率", "times": 8}),
    (10, "得分=走访率*10", "ratio", {"measure": "走访率", "times": 10}),
    (10, "按走访覆盖率折算得分", "ratio", {"measure": "走访覆盖率", "times": 10}),
    # left to a judge
    (5, "底数清得5分;台账不全的酌情扣1-3分", "manual", {"max": 5}),
    (20, "由考核组综合评定", "manual", {"max": 20}),
    (5, "", "manual", {"max": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("points", "standard", "shape", "params"), CASES)
def test_a_standard_is_read_into_a_rule(points, standard, shape, params):
    name = "经费" if "measure" in params and "经费" in params["measure"] else ""
    rule = read_rule(standard, Decimal(points), name=name, is_bonus="表彰" in standard)
    assert (rule.shape.value, dict(rule.params)) == (shape, params)


def test_a_veto_has_no_points():
    assert read_rule("弄虚作假的,等次定为不合格。", None).shape is Shape.VETO
    assert read_rule("弄虚作假的,等次定为不合格。", Decimal(5), is_veto=True).shape is Shape.VETO
