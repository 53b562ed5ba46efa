"""More files of offices nobody tuned the import to: ledgers, activities, payments, visits, rubrics, forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.offices import (
    COUNTIES,
    TOWNS,
    VILLAGES,
    Expected,
    Office,
    People,
    letters,
    person,
    sheet_file,
    text_file,
    words,
)


def form_and_cover() -> Office:
    people = People(11)
    form: list[list[Any]] = [
        ["归侨侨眷登记表"],
        ["姓名", people.name(), "性别", "男"],
        words("民族 汉族 出生年月 1950.03"),
        ["身份证号", people.number(date(1950, 3, 1)), "联系电话", people.phone()],
        words("政治面貌 群众 文化程度 初中"),
        ["现住址", people.address(), "备注", None],
        words("侨居国 缅甸 亲属称谓 兄弟姐妹"),
    ]
    cover: list[list[Any]] = [
        [],
        [None, "全市侨情调查资料"],
        [None, "二〇二五年八月"],
        [],
        [None, "请按说明填写，于月底前报送。"],
    ]
    wanted = words("name sex phone category")
    rows = [words("姓名 性别 电话 身份")] + [person(people, wanted, n) for n in range(8)]
    return Office(
        "form.xlsx",
        sheet_file(("封面", cover, []), ("登记表", form, ["A1:D1"]), ("名单", rows, []), ("空", [], [])),
        [
            Expected("unknown", "封面", form="text"),
            Expected("persons", "登记表", rows=1, form="form"),
            Expected("persons", "名单", (1, 1), 2, 9, 8, {}, letters(wanted)),
        ],
    )


def ledger() -> Office:
    people = People(12)
    forms = ("侨联小组", "侨联联络组", "归国华侨联合会")
    header = words(
        "号 侨联组织全称 建在哪个单位 建立年份 组长（主席） 组长电话"
        "  归侨侨眷总数(人) 有没有活动室 全年搞了几次活动 一年经费（元） 钱从哪里来 目前运转情况"
    )
    fields = [
        "seq",
        "name",
        "hosts",
        "founded",
        "leader",
        "phone",
        "people",
        "venue",
        "activities|",
        "funds",
        "sources",
        "status",
    ]
    rows: list[list[Any]] = [["基层侨联组织一览（截至2025年10月）"], header]
    for number in range(1, 19):
        host = f"{people.pick(COUNTIES)}{people.pick(TOWNS)}{people.pick(VILLAGES)}"
        rows.append(
            [
                number,
                host + people.pick(forms),
                host,
                people.random.randrange(1986, 2024),
                people.name(),
                people.phone(),
                people.random.randrange(8, 200),
                people.pick(("有", "无", "与村委会共用")),
                people.random.randrange(0, 12),
                people.random.randrange(1, 30) * 500,
                people.pick(("财政", "捐赠", "挂靠单位")),
                people.pick(("正常", "正常", "停滞")),
            ]
        )
    total = [
        "总计",
        None,
        None,
        None,
        None,
        None,
        sum(row[6] for row in rows[2:]),
        None,
        sum(row[8] for row in rows[2:]),
        sum(row[9] for row in rows[2:]),
    ]
    rows.append(total)
    summary: list[list[Any]] = [words("县区 组织数 小组数 人数 经费")]
    summary += [[county, *(people.random.randrange(1, 40) for _ in range(4))] for county in COUNTIES]
    summary.append(["总计", *(sum(row[n] for row in summary[1:]) for n in range(1, 5))])
    return Office(
        "ledger.xlsx",
        sheet_file(("一览", rows, []), ("各县区", summary, [])),
        [
            Expected("organisations", "一览", (2, 2), 3, 20, 18, {21: "total"}, letters(fields)),
            Expected("summary", "各县区", (1, 1), 2, 10, 9, {11: "total"}),
        ],
    )


def activities() -> Office:
    people = People(13)
    rows: list[list[Any]] = [words("举办日期 所属小组 活动类别 主要内容 到场人数 有无领导出席 花费（元）")]
    for _ in range(30):
        rows.append(
            [
                people.day(2024, 2025),
                people.group(),
                people.pick(("座谈", "学习", "走访", "培训", "文体活动")),
                people.pick(("学习归侨侨眷权益保护法", "中秋座谈", "走访困难侨眷", "听取意见建议")),
                people.random.randrange(5, 60),
                people.pick(("有", "无")),
                people.random.randrange(1, 20) * 100,
            ]
        )
    fields = words("date group kind topic present leader cost")
    return Office(
        "activities.xlsx",
        sheet_file(("活动", rows, [])),
        [Expected("activities", "活动", (1, 1), 2, 31, 30, {}, letters(fields))],
    )


def payments() -> Office:
    people = People(14)
    rows: list[list[Any]] = [words("拨付日期 收款小组 资金渠道 款项用途 拨付金额（元） 凭证编号 经办人")]
    for number in range(25):
        rows.append(
            [
                f"2025-{people.random.randrange(1, 12):02d}-{people.random.randrange(1, 28):02d}",
                people.group(),
                people.pick(("市侨联补助", "财政", "捐赠")),
                people.pick(("活动补助", "走访慰问", "培训")),
                people.random.randrange(1, 20) * 500,
                f"记-{number:03d}",
                people.name(),
            ]
        )
    fields = words("date group source purpose amount voucher handler")
    data = text_file(rows, encoding="gb18030")
    return Office("payments.csv", data, [Expected("funds", "", (1, 1), 2, 26, 25, {}, letters(fields))])


def visits() -> Office:
    people = People(15)
    rows: list[list[Any]] = [
        ["走访慰问台账"],
        [
            "慰问时间",
            "所属侨联小组",
            "慰问对象",
            "走访缘由",
            "反映的困难",
            "慰问金额(元)",
            "慰问物资",
            "走访人",
            "办理结果",
        ],
    ]
    for _ in range(20):
        rows.append(
            [
                people.day(2024, 2025),
                people.group(),
                people.name(),
                people.pick(("春节", "中秋", "重病", "丧事")),
                people.pick(("大病救助", "就业培训", "子女就学", None)),
                people.random.randrange(1, 10) * 100,
                people.pick(("米油", "棉被", None)),
                people.name(),
                people.pick(("已办结", "办理中", "未办")),
            ]
        )
    fields = words("date group person occasion need money gift handler state")
    return Office(
        "visits.xlsx",
        sheet_file(("慰问", rows, [])),
        [Expected("visits", "慰问", (2, 2), 3, 22, 20, {}, letters(fields))],
    )


def rubric() -> Office:
    rows: list[list[Any]] = [["基层组织考评细则"], words("考核内容 考核项目 分值 评分标准 自评得分 考核得分")]
    items = [
        ("组织建设（40分）", "班子健全", 20, "班子齐全得20分，缺1人扣5分。"),
        (None, "按期换届", 20, "按期换届得20分，否则不得分。"),
        ("活动（60分）", "开展活动", 40, "全年6次以上得40分，每少1次扣5分，扣完为止。"),
        (None, "走访慰问", 20, "走访率达到100%得20分。"),
    ]
    rows += [[block, item, points, rule, None, None] for block, item, points, rule in items]
    rows.append(["合计", None, 100, None, None, None])
    return Office(
        "rubric.xlsx",
        sheet_file(("细则", rows, ["A3:A4", "A5:A6"])),
        [
            Expected("rubric", "细则", (2, 2), 3, 6, 4, {7: "total"}),
        ],
    )


RECORDS: tuple[Callable[[], Office], ...] = (form_and_cover, ledger, activities, payments, visits, rubric)
