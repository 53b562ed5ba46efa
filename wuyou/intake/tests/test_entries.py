"""Activities and payments without a column for the group: the sheet's name, the title or the file's name tells it, or nothing."""

import pytest

from wuyou.intake.tests.offices import brought, city_office, counts, previewed, workbook
from wuyou.kernel.sayings import said, spoken

LEDGER = (
    "台账.xlsx",
    workbook(
        ("组织名称", "类型", "负责人"),
        ("曲靖市麒麟区春晖小学侨联小组", "学校", "罗明"),
        ("曲靖市麒麟区朝阳小学侨联小组", "学校", "段丽"),
        sheet="麒麟区",
    ),
)
ACTIVITIES = (
    ("日期", "活动类型", "活动内容", "参加人数"),
    ("2025-03-08", "学习", "学习侨法", 12),
    ("2025-05-06", "座谈", "听取意见", 9),
    ("2025-06-07", "走访", "看望老归侨", 4),
)


@pytest.mark.parametrize(
    ("file", "title", "sheet", "taken"),
    [
        ("活动.xlsx", "", "春晖小学侨联小组", 3),
        ("活动.xlsx", "春晖小学侨联小组2025年活动记录", "Sheet1", 3),
        ("春晖小学侨联小组活动.xlsx", "", "Sheet1", 3),
        ("活动.xlsx", "2025年活动记录", "Sheet1", 0),
        ("活动.xlsx", "春晖小学侨联小组、朝阳小学侨联小组活动记录", "Sheet1", 0),
    ],
)
def test_the_group_of_a_list_without_a_column_for_it(db, file, title, sheet, taken):
    office = city_office()
    brought(office, LEDGER)
    rows = [(title,), *ACTIVITIES] if title else ACTIVITIES
    outcome = previewed(office, (file, workbook(*rows, sheet=sheet)))
    assert counts(outcome) == {"activities": (taken, 0, 0, 3 - taken)}
    told = [said(text) for text in outcome.remarks]
    if taken:
        assert told == [
            f"{sheet}没有组织一列，按标题、工作表名或文件名把各行都记在“曲靖市麒麟区春晖小学侨联小组”名下；"
            "不对的，请加一列“组织名称”再导入。"
        ]
    else:
        reasons = {spoken(row["why"]) for row in outcome.shown}
        ask = (
            "表里没有写是哪个组织：请加一列“组织名称”，或者在标题、工作表名、文件名里写明一个已登记的组织，再导入一次。"
        )
        several = "“{}”可能是几个组织（曲靖市麒麟区春晖小学侨联小组、曲靖市麒麟区朝阳小学侨联小组）；请写全称。"
        assert reasons == ({several.format(title)} if "、" in title else {ask})


def test_the_same_sum_in_and_out_on_one_day_are_two_entries(db):
    office = city_office()
    brought(office, LEDGER)
    book = ("收支.xlsx", workbook(
        ("日期", "组织名称", "摘要", "收入", "支出"),
        ("2025-03-08", "曲靖市麒麟区春晖小学侨联小组", "活动补助", 500, None),
        ("2025-03-08", "曲靖市麒麟区春晖小学侨联小组", "活动补助", None, 500),
    ))  # fmt: skip
    assert counts(previewed(office, book)) == {"funds": (2, 0, 0, 0)}
    brought(office, book)
    assert counts(previewed(office, book)) == {"funds": (0, 0, 2, 0)}
