"""More stranger files: two languages, two persons in a row, ends without a word, rows that say how to fill in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.offices import (
    CATEGORIES,
    COUNTRIES,
    RELATIONS,
    TOWNS,
    Expected,
    Office,
    People,
    letters,
    person,
    sheet_file,
    words,
)


def two_languages() -> Office:
    """Each header in Chinese and in English, under each other, behind a stroke, or one after the other."""
    people = People(41)
    rows: list[list[Any]] = [
        ["海外鄉親眷屬名冊"],
        ["Contact List of Relatives"],
        [None, "編號\nNo.", "姓名 Name", "Sex/性別", "出生年份\nYear of Birth", "電話\nTel.", "僑居地\nCountry/Region",
         "關係\nRelation", "備註\nRemarks"],
    ]  # fmt: skip
    for number in range(1, 16):
        name, sex, phone = person(people, words("name sex phone"), number)
        rows.append([None, number, name, sex, 1940 + number, phone, people.pick(COUNTRIES), people.pick(RELATIONS)])
    rows.append([None, "共15戶"])
    fields = words("seq name sex birth phone country relation remark")
    table = Expected("persons", "List", (3, 3), 4, 18, 15, {19: "note"}, letters(fields, 1))
    return Office("two.xlsx", sheet_file(("List", rows, [])), [table])


def two_persons_in_a_row() -> Office:
    """Who is listed under one word, kin abroad under another, with the same words below; signed with office and day."""
    people = People(42)
    below = words("姓名 性别 出生年月 电话")
    rows: list[list[Any]] = [
        ["侨眷及海外亲属登记表"],
        ["序号", "侨眷情况", None, None, None, "旅外亲人情况", None, None, None, "在外职业", "包保干部电话"],
        [None, *below, *below, None, None],
    ]
    for number in range(1, 13):
        own, kin = (person(people, words("name sex birth_text phone"), number) for _ in range(2))
        rows.append([number, *own, *kin, people.pick(words("务工 经商 教师")), people.phone()])
    rows += [[None] * 4 + ["陆良县侨联"], [None] * 4 + ["2025年12月1日"]]
    fields = [*words("seq name sex birth phone relative_name"), "", "", "overseas_phone", "rel_job|", ""]
    merged = ["A1:K1", "A2:A3", "B2:E2", "F2:I2", "J2:J3", "K2:K3"]
    table = Expected("persons", "表", (2, 3), 4, 15, 12, {16: "note", 17: "signature"}, letters(fields))
    return Office("kin.xlsx", sheet_file(("表", rows, merged)), [table])


def how_to_fill_in() -> Office:
    """A row of 必填 and 选填 and an example under the header; names to sign in cells of their own under the list."""
    people = People(43)
    rows: list[list[Any]] = [
        ["姓名（必填）", "性别", "身份证号（18位）", "教工号", "类别", "归国年月", "归国前侨居国家"],
        words("必填 选填 必填 选填 下拉选择 选填 选填"),
        ["张××", "男", "530399××××××××××××", "20160001", "归侨", "1978.6", "缅甸", "（示例）"],
    ]
    for _ in range(14):
        day = people.day()
        rows.append(
            [people.name(), people.pick("男女"), people.number(day), f"20{people.random.randrange(10**5, 10**6)}",
             people.pick(CATEGORIES), f"{people.pick((1978, 1979))}.{people.pick((5, 6))}", people.pick(COUNTRIES)]
        )  # fmt: skip
    rows.append(["单位负责人：", people.name(), "财务：", people.name(), "经办人：", people.name()])
    fields = ["name", "sex", "id_no", "", "category", "returned", "from_country"]
    skipped = {2: "note", 3: "note", 18: "signature"}
    table = Expected("persons", "Sheet1", (1, 1), 4, 17, 14, skipped, letters(fields))
    return Office("fill.xlsx", sheet_file(("Sheet1", rows, [])), [table])


def leaders_and_others() -> Office:
    """Who leads a group and its secretary, each with post and telephone."""
    people = People(44)
    rows: list[list[Any]] = [
        ["序号", "组织名称", "组长", None, None, "秘书长", None, None],
        [None, None, "姓名", "职务", "电话", "姓名", "职务", "电话"],
    ]
    for number in range(1, 11):
        leader, other = ([people.name(), post, people.phone()] for post in ("党委书记", "办公室主任"))
        rows.append([number, people.group(), *leader, *other])
    fields = [*words("seq name leader post phone"), "", "", ""]
    table = Expected("organisations", "班子", (1, 2), 3, 12, 10, {}, letters(fields))
    return Office("leaders.xlsx", sheet_file(("班子", rows, ["A1:A2", "B1:B2", "C1:E1", "F1:H1"])), [table])


def sums_without_a_word() -> Office:
    """Money received and paid, identity numbers of who was paid, and under it the two sums with no word beside them."""
    people = People(45)
    rows: list[list[Any]] = [words("日期 使用单位 摘要 收入金额 支出金额 结余 领款人身份证号 身份证号码")]
    for number in range(1, 15):
        amount = people.random.randrange(1, 30) * 100
        number_of = people.number(people.day())
        rows.append(
            [date(2025, 1 + number % 10, number), people.group(), "走访慰问", amount if number % 4 == 0 else None,
             None if number % 4 == 0 else amount, people.random.randrange(100, 9000), number_of, number_of]
        )  # fmt: skip
    rows.append([None, None, None, sum(row[3] or 0 for row in rows[1:]), sum(row[4] or 0 for row in rows[1:])])
    fields = [*words("date group purpose income outlay"), "", "", ""]
    table = Expected("funds", "账", (1, 1), 2, 15, 14, {16: "total"}, letters(fields))
    return Office("sums.xlsx", sheet_file(("账", rows, [])), [table])


def kin_in_plain_words() -> Office:
    """Kin abroad beside who is listed without a group over them; a column of one county's name, and who wrote it down."""
    people = People(46)
    rows: list[list[Any]] = [
        words("县 乡 姓名 证件号码 侨胞姓名 侨胞职业 侨胞所在国别 亲属出生年月 户主身份证号 回乡时间")
    ]
    for _ in range(20):
        own, head = people.number(people.day()), people.number(people.day())
        rows.append(
            ["宣威市", people.pick(TOWNS), people.name(), own, people.name(), people.pick(words("经商 务工")),
             people.pick(COUNTRIES), f"{people.day():%Y.%m}", head, people.random.randrange(1990, 2020)]
        )  # fmt: skip
    fields = ["county", *words("town name id_no relative_name rel_job country"), "", "", ""]
    table = Expected("persons", "表", (1, 1), 2, 21, 20, {}, letters(fields))
    return Office("plain.xlsx", sheet_file(("表", rows, [])), [table])


def listed_under_their_own_word() -> Office:
    """A list of 侨胞 in which each word says so: their names and numbers are those of who is listed."""
    people = People(47)
    rows: list[list[Any]] = [words("序号 侨胞姓名 侨胞手机号 侨胞居住国 联系人姓名 联系人电话")]
    for number in range(1, 16):
        rows.append(
            [number, people.name(), people.phone(), people.pick(COUNTRIES), people.name(), people.phone()]
        )  # fmt: skip
    fields = [*words("seq name phone country"), "", ""]
    table = Expected("persons", "表", (1, 1), 2, 16, 15, {}, letters(fields))
    return Office("listed.xlsx", sheet_file(("表", rows, [])), [table])


def visits_in_short_words() -> Office:
    """Visits whose needs are told in two characters, which are no occasions."""
    people = People(48)
    rows: list[list[Any]] = [words("序号 慰问对象 困难情况 慰问金（元） 慰问品 慰问日期 所属侨联 签字")]
    for number in range(1, 13):
        need = people.pick(words("患病 低保 独居 残疾"))
        rows.append([number, people.name(), need, 500, "米、油", date(2025, 9, number), people.group()])
    fields = [*words("seq person need money gift date group"), ""]
    table = Expected("visits", "表", (1, 1), 2, 13, 12, {}, letters(fields))
    return Office("short.xlsx", sheet_file(("表", rows, [])), [table])


def words_cut_in_two() -> Office:
    """Header words written over two rows without a merged cell: 姓 over 名; and where they came back from."""
    people = People(49)
    rows: list[list[Any]] = [
        ["归侨登记簿"],
        words("序 姓 性 出生 身份证 侨眷 从哪国 联系 传真 备"),
        words("号 名 别 年月 号码 类别 回来 电话 号码 注"),
    ]
    for number in range(1, 13):
        found = person(people, words("seq name sex birth_text id_no category"), number)
        rows.append([*found, people.pick(COUNTRIES), people.phone(), f"0874-000{number:04d}"])
    fields = [*words("seq name sex birth id_no category from_country phone"), "|fax", "remark"]
    table = Expected("persons", "簿", (2, 3), 4, 15, 12, {}, letters(fields))
    return Office("cut.xlsx", sheet_file(("簿", rows, ["A1:J1"])), [table])


def codes_of_a_form() -> Office:
    """Answers by the code list that the header gives, and header words behind the codes of a form."""
    people = People(50)
    rows: list[list[Any]] = [
        words("单位代码 A01组织名称 A02挂靠单位 B01组长姓名 B02组长电话 D01有无活动场所（1有2无） E01活动次数（次）")
    ]
    for number in range(1, 13):
        rows.append([f"0{number}", people.group(), "环城中学", people.name(), people.phone(), 1 + number % 2, number])
    fields = ["|seq", *words("name hosts leader phone venue activities")]
    table = Expected("organisations", "年报", (1, 1), 2, 13, 12, {}, letters(fields))
    return Office("codes.xlsx", sheet_file(("年报", rows, [])), [table])


def sides_of_a_balance() -> Office:
    """An account book whose 方向 tells on which side the balance stands, not which way the money went."""
    people = People(51)
    rows: list[list[Any]] = [words("日期 凭证字号 拨往组织 摘要 借方（收入） 贷方（支出） 方向 余额")]
    for number in range(1, 13):
        rows.append([date(2025, 1 + number % 10, number), f"记-{number}", people.group(), "走访慰问", None, 500, "借",
                     20000 - 500 * number])  # fmt: skip
    fields = [*words("date voucher group purpose income outlay"), "", ""]
    table = Expected("funds", "账", (1, 1), 2, 13, 12, {}, letters(fields))
    return Office("side.xlsx", sheet_file(("账", rows, [])), [table])


def pupils_and_parents() -> Office:
    """A school's list: the pupil under a word of his own, a parent's 姓名 under another."""
    people = People(52)
    rows: list[list[Any]] = [
        ["序号", "学生基本信息", None, None, "家长", None, "侨属类别"],
        [None, "学生姓名", "性别", "出生日期", "姓名", "手机", None],
    ]
    for number in range(1, 13):
        name, sex, birth = person(people, words("name sex birth_text"), number)
        rows.append([number, name, sex, birth, people.name(), people.phone(), people.pick(CATEGORIES)])
    fields = [*words("seq name sex birth"), "", "", "category"]
    table = Expected("persons", "表", (1, 2), 3, 14, 12, {}, letters(fields))
    return Office("pupils.xlsx", sheet_file(("表", rows, ["A1:A2", "B1:D1", "E1:F1", "G1:G2"])), [table])


def pages_of_a_book() -> Office:
    """An account book with what came from the year before, a page's end and the next one's beginning, signed in cells."""
    people = People(53)
    rows: list[list[Any]] = [
        words("日期 凭证字号 拨往组织 摘要 收入 支出 余额"),
        [None, None, None, "上年结转", None, None, 8600],
    ]
    for number in range(1, 13):
        rows.append([date(2025, 1 + number % 10, number), f"记-{number}", people.group(), "走访慰问", None, 500, 8600])
        if number == 6:
            rows += [[None, None, None, "过次页", None, 3000, 5600], [None, None, None, "承前页", None, 3000, 5600]]
    rows += [[None, None, None, "本年累计", None, 6000, 2600], ["会计：", "资某", None, None, None, "出纳：", "平某"]]
    fields = [*words("date voucher group purpose income outlay"), ""]
    skipped = {2: "note", 9: "note", 10: "note", 17: "total", 18: "signature"}
    table = Expected("funds", "账", (1, 1), 3, 16, 12, skipped, letters(fields))
    return Office("pages.xlsx", sheet_file(("账", rows, [])), [table])


def parts_and_their_sum() -> Office:
    """Activities whose head counts stand under one word as 其中：归侨, 其中：侨眷 and 计; months told beside the office."""
    people = People(54)
    rows: list[list[Any]] = [
        ["县侨联经济联络股", None, None, None, None, None, "1—10月"],
        ["日期", "主办组织", "活动内容", "参加人数（人）", None, None, "开支（元）"],
        [None, None, None, "其中：归侨", "其中：侨眷", "计", None],
    ]
    for number in range(1, 13):
        rows.append([date(2025, 1 + number % 10, number), people.group(), people.pick(("新侨创业沙龙", "民法典宣讲会")),
                     number % 4, 20, 20 + number % 4, 300])  # fmt: skip
    fields = [*words("date group topic"), "", "", *words("present cost")]
    table = Expected("activities", "登记", (2, 3), 4, 15, 12, {}, letters(fields))
    merged = ["A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"]
    return Office("parts.xlsx", sheet_file(("登记", rows, merged)), [table])


def stations() -> Office:
    """Stations that serve 侨胞: each is a group, named as its office names it; where it hangs on is an office too."""
    people = People(55)
    rows: list[list[Any]] = [words("顺号 站点名称 挂靠于 站长 联系电话 成立时间 场所（㎡） 单位拨款（万/年）")]
    for number in range(1, 13):
        town = TOWNS[number % len(TOWNS)]
        rows.append([number, f"{town}侨胞服务站", f"{town}党政综合办公室", people.name(), people.phone(),
                     f"20{10 + number}年", 20 + number, 0.5])  # fmt: skip
    fields = ["seq|", *words("name hosts"), "leader|", *words("phone founded area funds")]
    table = Expected("organisations", "站点", (1, 1), 2, 13, 12, {}, letters(fields))
    return Office("stations.xlsx", sheet_file(("站点", rows, [])), [table])


def drawn_and_paid_out() -> Office:
    """Money drawn against receipts: figures beside words of the same sum, what was planned beside what was paid."""
    people = People(56)
    rows: list[list[Any]] = [words("领据号 领拨日 领款单位 开支项目 小写金额 大写金额 领款人")]
    for number in range(1, 13):
        rows.append([f"No.7100{number:02d}", date(2025, 1 + number % 10, number), people.group(), "临时救助", 3000,
                     "叁仟元整", people.name()])  # fmt: skip
    paid: list[list[Any]] = [words("受助组织 实拨月份 资金渠道 资金用向 预算数（元） 实拨数（元） 未拨数（元）")]
    for number in range(1, 13):
        paid.append([people.group(), f"2025年{1 + number % 9}月", "市侨联补助", "培训", 4000, 3000, 1000])
    drawn_fields = [*words("voucher date group purpose amount"), "", "handler"]
    paid_fields = [*words("group date source purpose"), "", "amount", ""]
    return Office(
        "drawn.xlsx",
        sheet_file(("领拨", rows, []), ("到位", paid, [])),
        [
            Expected("funds", "领拨", (1, 1), 2, 13, 12, {}, letters(drawn_fields)),
            Expected("funds", "到位", (1, 1), 2, 13, 12, {}, letters(paid_fields)),
        ],
    )


def told_in_plain_questions() -> Office:
    """Activities under questions instead of words."""
    people = People(57)
    rows: list[list[Any]] = [words("哪一天 由谁办 办了什么事 事项性质 在哪里办 来人 花费（元）")]
    for number in range(1, 13):
        rows.append([date(2025, 1 + number % 10, number), people.group(), people.pick(("重阳节敬老茶会", "羽毛球友谊赛")),
                     people.pick(("活动", "学习")), people.pick(("侨眷家中", "街道会议室")), 7 + number % 4, 550])  # fmt: skip
    fields = words("date group topic kind place present cost")
    table = Expected("activities", "记要", (1, 1), 2, 13, 12, {}, letters(fields))
    return Office("asked.xlsx", sheet_file(("记要", rows, [])), [table])


STRANGE: tuple[Callable[[], Office], ...] = (
    two_languages,
    two_persons_in_a_row,
    how_to_fill_in,
    leaders_and_others,
    sums_without_a_word,
    kin_in_plain_words,
    listed_under_their_own_word,
    visits_in_short_words,
    words_cut_in_two,
    codes_of_a_form,
    sides_of_a_balance,
    pupils_and_parents,
    pages_of_a_book,
    parts_and_their_sum,
    stations,
    drawn_and_paid_out,
    told_in_plain_questions,
)
