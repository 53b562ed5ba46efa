"""Large invented rolls of persons, written quickly: what the speed of an import is measured with.

python -m wuyou.intake.tests.rolls 100000 OUT.xlsx [SEED]
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from wuyou.demo.names import FEMALE, MALE, Names
from wuyou.kernel.idnumber import check_digit
from wuyou.people.words import CATEGORIES, RELATIONS
from wuyou.places.rules import Level
from wuyou.places.sources import national_divisions

HEADERS = (
    "序号", "户编号", "姓名", "性别", "民族", "出生年月", "身份证号", "籍贯", "文化程度", "侨情类别", "回国时间", "原侨居国",
    "与海外亲属关系", "亲属居住国", "国籍", "户籍地址", "现住址", "工作单位", "职业", "联系电话", "特长", "需求",
    "是否同意登记", "摸底日期", "备注",
)  # fmt: skip
_COUNTRIES = ("缅甸", "泰国", "越南", "老挝", "美国", "加拿大", "澳大利亚", "新加坡", "马来西亚", "法国")
_JOBS = ("务农", "退休", "教师", "医生", "个体户", "职员", "工人", "学生")
_SCHOOLS = ("小学", "初中", "高中", "中专", "大专", "本科")


def rows(number: int, *, seed: int = 1, county: str = "5303") -> Iterator[list[str]]:
    """Yield rows of `HEADERS`: each another person with a valid number of a county that does not exist."""
    chance = random.Random(seed)
    names = Names(chance)
    townships = _townships(county)
    for serial in range(1, number + 1):
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
        sex = chance.choice((FEMALE, MALE))
        first = f"530399{born:%Y%m%d}{serial // 2 % 500 * 2 + (sex == MALE):03d}"
        town, door = chance.choice(townships), chance.randrange(1, 900)
        abroad = chance.choice(_COUNTRIES)
        yield [
            str(serial), str(serial // 3 + 1), names.of(sex, born.year, "汉族"), "女" if sex == FEMALE else "男", "汉族",
            f"{born:%Y-%m-%d}", first + check_digit(first), "云南陆良", chance.choice(_SCHOOLS),
            chance.choice(CATEGORIES[:8]), "1978" if serial % 9 == 0 else "", abroad if serial % 9 == 0 else "",
            chance.choice(RELATIONS), abroad, "中国", f"{town}{door}号", f"{town}{door}号", f"滇源机械厂{serial % 300}车间",
            chance.choice(_JOBS), f"1990000{serial % 10_000:04d}" if serial % 4 else "", "书法" if serial % 20 == 0 else "",
            f"希望了解第 {serial % 500} 项政策" if serial % 6 == 0 else "", "是", "2025-06-18", f"第 {serial} 户走访",
        ]  # fmt: skip


def write_roll(path: Path, number: int, *, seed: int = 1) -> None:
    """Write a workbook with one roll of `number` persons and 25 columns, in little memory."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("摸底表")
    sheet.write_row(0, 0, HEADERS)
    for at, row in enumerate(rows(number, seed=seed), 1):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(at, column, text)
    book.close()


def _townships(county: str) -> list[str]:
    """Return the townships of a city as an address begins with them."""
    divisions = national_divisions()
    names = {row.code: row.name for row in divisions if row.level is Level.COUNTY}
    return [
        f"{names[row.parent]}{row.name}"
        for row in divisions
        if row.level is Level.TOWNSHIP and row.code.startswith(county)
    ]


if __name__ == "__main__":
    write_roll(Path(sys.argv[2]), int(sys.argv[1]), seed=int(sys.argv[3]) if len(sys.argv) > 3 else 1)
