"""Workbooks of offices that nobody tuned the import to: other layouts, other words, other mess. Invented people only.

Each `Office` gives a file and what a careful reader would say of it: for each table its kind, header rows, data rows,
skipped rows, and the field of each column ("" = not stored). The offices are made anew from a fixed seed.
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from wuyou.kernel.idnumber import check_digit


def words(text: str) -> list[str]:
    """Return the blank-separated words of a running text."""
    return text.split()


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力晓燕春梅海波宁贵福生世宝凤荣"
COUNTIES = words("麒麟区 沾益区 马龙区 陆良县 师宗县 罗平县 富源县 会泽县 宣威市")
TOWNS = words("龙泉街道 青石镇 白水乡 太平街道 三元镇 和平乡 松林街道 大坡乡")
VILLAGES = words("东门社区 西河村委会 新村社区 大寨村委会 小街社区 石桥村委会 北山社区")
COUNTRIES = words("缅甸 越南 泰国 老挝 美国 新加坡 马来西亚 澳大利亚 中国香港")
CATEGORIES = words("侨眷 侨眷 侨眷 归侨 侨属 港澳眷属 台属 留学人员")
RELATIONS = words("配偶 父母 子女 兄弟姐妹 叔伯姑 堂表亲")


@dataclass
class Expected:
    """What is true of one table. `fields` by column letters; `near` allows other fields that are as good."""

    kind: str
    sheet: str = ""
    header: tuple[int, int] = (0, 0)
    first: int = 0
    last: int = 0
    rows: int = 0
    skipped: dict[int, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    form: str = "list"


@dataclass
class Office:
    """A file of an office and the truth of it."""

    name: str
    data: bytes
    tables: list[Expected]


class People:
    """Invented people, activities and payments."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, words: Sequence[str]) -> str:
        return self.random.choice(words)

    def name(self) -> str:
        return self.pick(SURNAMES) + "".join(self.random.sample(GIVEN, self.random.choice((1, 2, 2, 2))))

    def day(self, first: int = 1935, last: int = 2010) -> date:
        return date(first, 1, 1) + timedelta(days=self.random.randrange((last - first) * 365))

    def number(self, born: date) -> str:
        body = f"530399{born:%Y%m%d}{self.random.randrange(1, 999):03d}"
        return body + check_digit(body)

    def phone(self) -> str:
        return f"1990000{self.random.randrange(10_000):04d}"

    def address(self) -> str:
        return f"{self.pick(COUNTIES)}{self.pick(TOWNS)}{self.pick(VILLAGES)}{self.random.randrange(1, 300)}号"

    def group(self) -> str:
        return f"{self.pick(COUNTIES)}{self.pick(TOWNS)}{self.pick(VILLAGES)}侨联小组"


def sheet_file(*sheets: tuple[str, list[list[Any]], list[str]]) -> bytes:
    """Return an .xlsx of (name, rows, merged areas); None is an empty cell, dates get a date format."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    for name, rows, merged in sheets:
        sheet = book.add_worksheet(name)
        for area in merged:
            sheet.merge_range(area, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, value)
    book.close()
    return out.getvalue()


def text_file(rows: list[list[Any]], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["" if v is None else str(v) for v in row] for row in rows])
    return out.getvalue().encode(encoding)


def person(people: People, wanted: Sequence[str], number: int) -> list[Any]:
    """Return one person's row with the wanted fields in order."""
    born = people.day()
    values: dict[str, Callable[[], Any]] = {
        "seq": lambda: number,
        "name": people.name,
        "sex": lambda: people.pick("男女"),
        "ethnicity": lambda: people.pick(("汉族", "汉族", "汉族", "彝族", "回族", "苗族")),
        "birth": lambda: born,
        "birth_text": lambda: f"{born:%Y.%m}",
        "lunar": lambda: "农历" + people.pick(("正月初三", "八月十五", "腊月廿一")),
        "id_no": lambda: people.number(born),
        "phone": people.phone,
        "address": people.address,
        "residence": people.address,
        "category": lambda: people.pick(CATEGORIES),
        "country": lambda: people.pick(COUNTRIES),
        "relation": lambda: people.pick(RELATIONS),
        "relative_name": people.name,
        "edu": lambda: people.pick(("小学", "初中", "高中", "大专", "本科")),
        "assets": lambda: people.pick(("约50万", "100万以上", "一般", "")),
        "religion": lambda: people.pick(("无", "佛教", "基督教")),
        "influence": lambda: people.pick(("一般", "较大", "")),
        "key_person": lambda: people.pick(("是", "否")),
        "political": lambda: people.pick(("群众", "中共党员", "共青团员")),
        "returned": lambda: people.random.randrange(1950, 2015),
        "health": lambda: people.pick(("健康", "健康", "一般", "慢性病")),
        "town": lambda: people.pick(TOWNS),
        "village": lambda: people.pick(VILLAGES),
        "unit": lambda: people.pick(("务农", "县第一中学", "青石水泥有限公司", "退休")),
        "remark": lambda: people.pick((None, None, None, "已核对")),
        "": lambda: None,
        "group": people.group,
    }
    return [values[name]() for name in wanted]


def letters(fields: Sequence[str], start: int = 0) -> dict[str, str]:
    """Return the fields by column letters, from column `start` on."""
    return {chr(65 + start + place): name for place, name in enumerate(fields)}


def persons_office(
    name: str,
    headers: Sequence[str],
    wanted: Sequence[str],
    fields: Sequence[str],
    *,
    count: int = 40,
    seed: int = 1,
    pack: Callable[[list[list[Any]]], bytes] | None = None,
) -> Office:
    """Return a plain list of persons with the given header words."""
    people = People(seed)
    rows = [list(headers)] + [person(people, wanted, number) for number in range(1, count + 1)]
    data = pack(rows) if pack else sheet_file(("Sheet1", rows, []))
    sheet = "" if pack else "Sheet1"
    table = Expected("persons", sheet, (1, 1), 2, count + 1, count, {}, letters(fields))
    return Office(name, data, [table])


def english() -> Office:
    return persons_office(
        "english.csv",
        [
            "No.",
            "Full name",
            "Gender",
            "Ethnic group",
            "Date of birth",
            "ID number",
            "Mobile phone",
            "Country",
            "Home address",
            "Notes",
        ],
        words("seq name sex ethnicity birth id_no phone country address remark"),
        words("seq name sex ethnicity birth id_no phone country address|residence remark|"),
        pack=lambda rows: text_file(rows, separator=";"),
    )


def traditional() -> Office:
    return persons_office(
        "traditional.csv",
        words("編號 姓名 性別 出生日期 身份證號碼 歸僑僑眷類別 旅居國家 聯繫電話 現居住地址 備註"),
        words("seq name sex birth id_no category country phone residence remark"),
        words("seq name sex birth id_no category country phone residence remark"),
        pack=lambda rows: text_file(rows, separator="\t", encoding="utf-16"),
    )


def other_words() -> Office:
    return persons_office(
        "other words.xlsx",
        words(
            "序 侨眷姓名 男/女 身份证号码（18位） 联系方式(手机) 属于哪一类侨"
            "  海外亲人在哪个国家 和海外亲人是什么关系 海外亲人叫什么 何时回国 住在哪里 上学情况"
        ),
        words("seq name sex id_no phone category country relation relative_name returned residence edu"),
        words("seq name sex id_no phone category country relation relative_name returned residence|address edu"),
    )


def meaningless_headers() -> Office:
    return persons_office(
        "fields.xlsx",
        [f"字段{number}" for number in "一二三四五六七八"],
        words("name sex ethnicity birth id_no phone category country"),
        words("name sex ethnicity birth id_no phone category country|from_country|nationality"),
        seed=3,
    )


def must_not_keep() -> Office:
    return persons_office(
        "sensitive.xlsx",
        words("姓名 身份证 电话 身份 家庭财产状况 信奉何教 是否列为重点关注 在当地影响如何 党派情况"),
        words("name id_no phone category assets religion key_person influence political"),
        words("name id_no phone category assets religion key_person influence political"),
        seed=4,
    )


def swapped_headers() -> Office:
    return persons_office(
        "swapped.xlsx",
        words("序号 姓名 性别 联系电话 身份证号 类别"),
        words("seq name sex id_no phone category"),
        words("seq name sex id_no phone category"),
        seed=5,
    )


def without_header() -> Office:
    people = People(6)
    wanted = words("seq name sex ethnicity id_no phone category country address")
    rows = [person(people, wanted, number) for number in range(1, 31)]
    fields = letters([*wanted[:7], "country|from_country|nationality", "address|residence"])
    return Office(
        "no header.xlsx", sheet_file(("名单", rows, [])), [Expected("persons", "名单", (0, 0), 1, 30, 30, {}, fields)]
    )


def deep_corner() -> Office:
    """A table in column C under a long instruction, with two header levels and two columns for the birthday."""
    people = People(7)
    fields = ["seq", "name", "sex", "birth", "", "id_no", "phone", "category", "country", "relation"]
    wanted = words("seq name sex birth lunar id_no phone category country relation")
    rows: list[list[Any]] = [["归侨侨眷情况登记（请认真填写）"], []]
    rows += [[f"说明{number}：请逐户核实，不得漏登，第{number}条要求务必遵守。"] for number in range(1, 41)]
    rows += [
        [],
        [None, None, "序号", "基本信息", None, None, None, None, None, "侨情", None, None],
        [
            None,
            None,
            None,
            "姓名",
            "性别",
            "出生日期（公历）",
            "出生日期（农历）",
            "身份证号",
            "手机",
            "侨界身份",
            "亲属所在国",
            "与亲属关系",
        ],
    ]
    start = len(rows)
    rows += [[None, None, *person(people, wanted, number)] for number in range(1, 26)]
    rows += [[], [None, None, "注：本表一式两份。"]]
    merged = [f"D{start - 1}:I{start - 1}", f"J{start - 1}:L{start - 1}", f"C{start - 1}:C{start}"]
    table = Expected(
        "persons", "登记", (start - 1, start), start + 1, start + 25, 25, {start + 27: "note"}, letters(fields, 2)
    )
    return Office("corner.xlsx", sheet_file(("登记", rows, merged)), [table])


def two_under_each_other() -> Office:
    people = People(8)
    first = words("seq name sex birth returned country phone")
    second = words("name sex category relation country id_no residence phone")
    rows: list[list[Any]] = [["一、归侨名单"], words("序号 姓名 性别 出生年月 回国时间 侨居国 电话")]
    rows += [person(people, first, number) for number in range(1, 13)]
    rows += [
        [],
        ["二、侨眷名单"],
        words("姓名 性别 身份 与侨胞关系 所在国家 身份证号 家庭地址 联系方式"),
    ]
    rows += [person(people, second, number) for number in range(1, 16)]
    rows += [["制表人：办公室", None, None, "审核人："]]
    return Office(
        "two lists.xlsx",
        sheet_file(("名册", rows, ["A1:G1"])),
        [
            Expected("persons", "名册", (2, 2), 3, 14, 12, {}, letters(first)),
            Expected("persons", "名册", (17, 17), 18, 32, 15, {33: "signature"}, letters(second)),
        ],
    )


def side_by_side() -> Office:
    people = People(9)
    wanted = words("seq name sex phone")
    rows: list[list[Any]] = [["侨眷联系表"], ["序号", "姓名", "性别", "电话", None, "序号", "姓名", "性别", "电话"]]
    rows += [[*person(people, wanted, n), None, *person(people, wanted, n + 20)] for n in range(1, 21)]
    return Office(
        "side by side.xlsx",
        sheet_file(("联系表", rows, [])),
        [
            Expected("persons", "联系表", (2, 2), 3, 22, 20, {}, letters(wanted)),
            Expected("persons", "联系表", (2, 2), 3, 22, 20, {}, letters(wanted, 5)),
        ],
    )


def printed_pages() -> Office:
    """A list as it is printed: numbered columns, an example, header and page total again on each page, sections."""
    people = People(10)
    wanted = words("seq name sex ethnicity id_no phone category")
    header: list[Any] = words("序号 姓名 性别 民族 身份证号码 联系电话 人员类别")
    rows: list[list[Any]] = [
        ["侨情普查花名册"],
        header,
        [str(n) for n in range(1, 8)],
        words("例 张三 男 汉族 53039919000101001X 19900000000 侨眷"),
    ]
    skipped = {3: "repeat_header", 4: "note"}
    number, first = 0, 5
    for page in range(3):
        if page:
            rows.append(header)
            skipped[len(rows)] = "repeat_header"
        rows.append([f"{'一二三'[page]}、{TOWNS[page]}"])
        skipped[len(rows)] = "section"
        if page == 0:
            first = len(rows) + 1
        for _ in range(10):
            number += 1
            rows.append(person(people, wanted, number))
        last = len(rows)
        rows.append(["本页小计", None, None, None, "10人"])
        skipped[len(rows)] = "subtotal"
    rows.append(["合计", None, None, None, "30人"])
    skipped[len(rows)] = "total"
    rows += [[n] for n in range(31, 41)]
    table = Expected("persons", "花名册", (2, 2), first, last, 30, skipped, letters(wanted))
    return Office("pages.xlsx", sheet_file(("花名册", rows, ["A1:G1", "A5:G5"])), [table])


LISTS: tuple[Callable[[], Office], ...] = (
    english,
    traditional,
    other_words,
    meaningless_headers,
    must_not_keep,
    swapped_headers,
    without_header,
    deep_corner,
    two_under_each_other,
    side_by_side,
    printed_pages,
)
