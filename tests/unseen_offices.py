"""Stranger files: columns to tick, wrong headers, forms, account books, totals in an office's own words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.offices import TOWNS, Expected, Office, People, letters, person, sheet_file, words


def ticks_and_own_totals() -> Office:
    """Three header levels, categories to tick, townships over their rows, sums in the office's own words."""
    people = People(21)
    rows: list[list[Any]] = [
        ["顺序", "个人情况", None, None, "身份（对应栏打√）", None, None, "亲人在哪国"],
        [None, "姓名", "证件和联络", None, "归侨", "侨眷", "是否台属", None],
        [None, None, "身份证件号", "手机号", None, None, None, None],
    ]
    skipped, number = {}, 0
    for town in TOWNS[:3]:
        rows.append([f"{town}（共6人）"])
        skipped[len(rows)] = "section"
        for _ in range(6):
            number += 1
            marks: list[Any] = [None, None, None]
            marks[number % 3] = "√"
            rows.append(
                [number, *person(people, ["name", "id_no", "phone"], number), *marks, people.pick(("缅甸", "泰国"))]
            )
        rows.append(["镇内小结", "6人"])
        skipped[len(rows)] = "subtotal"
    rows.append(["全县总人数", "18人"])
    skipped[len(rows)] = "total"
    merged = ["A1:A3", "B1:D1", "E1:G1", "H1:H3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:G3", "A4:H4", "A12:H12"]
    fields = words("seq name id_no phone category category category country")
    table = Expected("persons", "侨情", (1, 3), 5, len(rows) - 2, 18, skipped, letters(fields))
    return Office("ticks.xlsx", sheet_file(("侨情", rows, merged)), [table])


def wrong_headers() -> Office:
    """姓名 over units, 电话 over identity numbers, one word twice, what must not be kept in words of its own."""
    people = People(22)
    rows: list[list[Any]] = [words("姓名 负责同志 电话 电话 宅电 侨别 信什么教 工资卡")]
    for number in range(24):
        born = people.day()
        unit = people.pick(("珠江源大酒店", "市人民医院", "云峰物流公司", "第三中学"))
        card = f"62178800000{people.random.randrange(10**7, 10**8)}"
        rows.append(
            [unit, people.name(), people.number(born), people.phone(), f"0874-000{number:04d}", "侨眷", "佛教", card]
        )
    fields = words("unit name id_no phone phone category religion bank")
    return Office(
        "wrong.xlsx", sheet_file(("表", rows, [])), [Expected("persons", "表", (1, 1), 2, 25, 24, {}, letters(fields))]
    )


def cards() -> Office:
    """Two forms below each other, and a list turned on its side."""
    people = People(23)
    labels = ("姓　　名：", "性　　别：", "出生日期：", "联系电话：", "侨情类别：", "祖居何处：")
    rows: list[list[Any]] = []
    for _ in range(2):
        values = [people.name(), "女", "1950.03.01", people.phone(), "侨眷", "广东梅县"]
        rows += [
            ["侨情入户调查卡"],
            *([label, value] for label, value in zip(labels, values, strict=True)),
            ["调查员：赵敏"],
            [],
        ]
    turned: list[list[Any]] = [["姓名"], ["性别"], ["民族"], ["联系电话"], ["身份证号"], ["现住址"]]
    for _ in range(4):
        for line, value in zip(turned, person(people, words("name sex ethnicity phone id_no address"), 1), strict=True):
            line.append(value)
    tables = [Expected("persons", "卡", rows=2, form="form"), Expected("persons", "横表", rows=4, form="form")]
    return Office("cards.xlsx", sheet_file(("卡", rows, []), ("横表", turned, [])), tables)


def account_book() -> Office:
    """收入 and 支出 in columns of their own, in thousands by a line above, columns numbered 甲乙丙."""
    people = People(24)
    rows: list[list[Any]] = [
        ["各小组收支流水"],
        ["单位：千元"],
        words("笔数 日子 用钱的小组 收入 支出 单据号码 签收"),
        words("甲 乙 丙 丁 戊 己 庚"),
    ]
    for number in range(1, 19):
        received = number % 3 == 0
        amount = people.random.randrange(1, 30)
        rows.append(
            [number, date(2025, 1 + number % 10, number), people.group(), amount if received else None,
             None if received else amount, f"记-{number:03d}", people.name()]
        )  # fmt: skip
    rows.append(["总合", None, None, sum(r[3] or 0 for r in rows[4:]), sum(r[4] or 0 for r in rows[4:])])
    fields = words("seq date group income outlay voucher handler")
    table = Expected("funds", "流水", (3, 3), 5, 22, 18, {4: "repeat_header", 23: "total"}, letters(fields))
    return Office("book.xlsx", sheet_file(("流水", rows, [])), [table])


def plain_words() -> Office:
    """Activities under words of everyday speech."""
    people = People(25)
    rows: list[list[Any]] = [words("次 哪一天 哪个小组开展 属于哪一类 干了些啥 到了多少人 花了多少（元）")]
    for number in range(1, 21):
        rows.append(
            [number, people.day(2024, 2025), people.group(), people.pick(("座谈会", "学习培训")),
             people.pick(("学习侨法", "中秋茶话会", "走访困难侨眷户")), people.random.randrange(5, 60),
             people.random.randrange(1, 30) * 100]
        )  # fmt: skip
    fields = words("seq date group kind topic present cost")
    return Office(
        "speech.xlsx",
        sheet_file(("活动", rows, [])),
        [Expected("activities", "活动", (1, 1), 2, 21, 20, {}, letters(fields))],
    )


def words_only() -> Office:
    """A rubric of which no header is known and nearly all cells are words."""
    rows: list[list[Any]] = [
        ["星级评定细则（100分）"],
        words("评定维度 评定要素 分数配置 评判尺度 材料出处 自我测评 上级测评"),
        ["一、班子（50分）", "班子配备齐全", 25, "班子齐全得25分，每缺1人扣3分，扣完为止。", "查名册"],
        [None, "按时换届", 25, "按期换届得25分，超期半年以上不得分。", "查文件"],
        ["二、活动（30分）", "活动次数", 30, "全年开展活动6次以上得30分，少于2次不得分。", "查记录"],
        ["三、服务（20分）", "走访慰问", 20, "走访面达到100%得20分，按比例得分。", "查台账"],
        ["总 分", None, 100],
    ]
    fields = words("block item points standard method self_score review_score")
    table = Expected("rubric", "细则", (2, 2), 3, 6, 4, {7: "total"}, letters(fields))
    return Office("stars.xlsx", sheet_file(("细则", rows, ["A1:G1", "A3:A4"])), [table])


def lists_that_end_apart() -> Office:
    """Two lists of different things side by side, one longer than the other."""
    people = People(26)
    rows: list[list[Any]] = [[*words("组织名称 成立时间 负责人 电话"), None, *words("拨付时间 收款单位 金额（元）")]]
    for number in range(12):
        left = [people.group(), f"20{number:02d}年3月", people.name(), people.phone()]
        right = [date(2025, 1 + number, 5), people.group(), 500 * number + 500] if number < 7 else []
        rows.append([*left, None, *right])
    return Office(
        "apart.xlsx",
        sheet_file(("两表", rows, [])),
        [
            Expected("organisations", "两表", (1, 1), 2, 13, 12, {}, letters(words("name founded leader phone"))),
            Expected("funds", "两表", (1, 1), 2, 8, 7, {}, letters(words("date group amount"), 5)),
        ],
    )


def counties_below_each_other() -> Office:
    """The same header again for each county, under a title of its own: lists of their own."""
    people = People(27)
    header = words("组织全名称 创办年月 牵头负责人 手机号 固定活动场地有 经费/元")
    rows: list[list[Any]] = []
    tables = []
    for county, count in (("师宗县", 4), ("富源县", 3), ("马龙区", 5)):
        rows += [[f"{county}侨联组织情况"], header]
        first = len(rows) + 1
        for number in range(count):
            rows.append(
                [f"{county}{TOWNS[number]}侨联小组", f"20{number:02d}.03", people.name(), people.phone(), "√", 600]
            )
        tables.append(
            Expected("organisations", "各县", (first - 1, first - 1), first, len(rows), count, {},
                     letters(words("name founded leader phone venue funds")))
        )  # fmt: skip
        rows.append([])
    return Office("counties.xlsx", sheet_file(("各县", rows, [])), tables)


UNSEEN: tuple[Callable[[], Office], ...] = (
    ticks_and_own_totals,
    wrong_headers,
    cards,
    account_book,
    plain_words,
    words_only,
    lists_that_end_apart,
    counties_below_each_other,
)
