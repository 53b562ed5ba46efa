"""A list of persons: what each column is, what may be kept of it, and what the row says together."""

from datetime import date

import pytest

from wuyou.kernel.idnumber import check_digit
from wuyou.people.columns import PERSONS
from wuyou.places.index import PlaceIndex
from wuyou.places.rules import Level, PlaceRow
from wuyou.platform.imports.columns import Around, Cell, Policy
from wuyou.platform.imports.headerscore import header_score

COLUMNS = {column.field: column for column in PERSONS.columns}
PLACES = PlaceIndex(
    [
        PlaceRow("530000", Level.PROVINCE, "云南省", ""),
        PlaceRow("530300", Level.CITY, "曲靖市", "530000"),
        PlaceRow("530322", Level.COUNTY, "陆良县", "530300"),
        PlaceRow("530322001", Level.TOWNSHIP, "中枢街道", "530322"),
        PlaceRow("530322001001", Level.VILLAGE, "真理社区居民委员会", "530322001"),
    ],
    home="530300",
)
NUMBER = "53039919651129002"


def around(**row):
    cells = {field: Cell("A1", text) for field, text in row.items()}
    settings = {"today": date(2025, 11, 20), "area_code": "0874", "places": PLACES}
    return Around(
        "", title="陆良县侨情摸底登记表", sheet="中枢街道", file="摸底.xlsx", year=2025, row=cells, settings=settings
    )


def read_row(**texts):
    place = around(**texts)
    readings = {field: COLUMNS[field].read(place.row[field], place) for field in texts}
    assert PERSONS.check_row is not None
    return {
        field: (reading.text, [f.code for f in reading.findings if f.severity != "ok"])
        for field, reading in PERSONS.check_row(readings, place).items()
    }


def best_field(header):
    return max(PERSONS.columns, key=lambda column: header_score(header, column)[0]).field


def test_fields_are_unique_and_only_a_name_is_required():
    assert len(COLUMNS) == len(PERSONS.columns)
    assert [column.field for column in PERSONS.columns if column.required] == ["name"]


def test_no_header_word_belongs_to_two_columns():
    words = [word for column in PERSONS.columns for word in {column.label, *column.headers}]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_what_is_asked_of_a_person_decides_what_may_be_kept():
    by_policy = {policy: {c.field for c in PERSONS.columns if c.policy is policy} for policy in Policy}
    assert by_policy[Policy.REFUSE] == {"assets", "influence", "key_person"}
    assert by_policy[Policy.ASK_PURPOSE] == {
        "birth",
        "id_no",
        "relative_name",
        "overseas_phone",
        "hardship",
        "health",
        "religion",
        "political",
        "bank",
    }
    assert {c.field for c in PERSONS.columns if c.policy is Policy.ASK_PURPOSE and not c.purpose} == {
        "religion",
        "political",
        "bank",
    }


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("侨眷姓名", "name"),
        ("出生日期(公历)", "birth"),
        ("公民身份号码", "id_no"),
        ("户籍地址", "address"),
        ("家庭现住址", "residence"),
        ("本人联系电话", "phone"),
        ("在外亲属居住国家", "country"),
        ("与归侨关系", "relation"),
        ("归国日期", "returned"),
        ("就业单位", "unit"),
        ("涉侨类别", "category"),
        ("个人资产情况", "assets"),
        ("家庭年收入(万元)", "assets"),
        ("社会影响力评价", "influence"),
        ("信教情况", "religion"),
        ("是否列为重点人员", "key_person"),
        ("重点关注等级", "key_person"),
        ("患病情况说明", "health"),
        ("困难归侨侨眷类型", "hardship"),
        ("所在村(居)", "village"),
        ("乡镇(街道)", "town"),
        ("海外亲属联系电话", "overseas_phone"),
        ("党派", "political"),
        ("文化程度", "edu"),
    ],
)
def test_headers_of_other_offices(header, field):
    assert best_field(header) == field


@pytest.mark.parametrize(
    ("field", "samples"),
    [
        ("sex", ["男", "女", "女", "男性", "F"]),
        ("ethnicity", ["汉", "彝族", "回族", "汉族"]),
        ("edu", ["小学", "大学", "中专", "文盲"]),
        ("birth", ["1965.3", "1941-08-24", "2003年5月", "1988.12", "1952.07"]),
        ("surveyed", ["2025/7/16", "2025-04-02", "2025.6.30"]),
        ("id_no", [NUMBER + "X", "530399194001010017", "530399********0011"]),
        ("phone", ["19900001234", "0874-0009561", "199-0000-1234"]),
        ("category", ["侨眷", "归侨", "桥眷"]),
        ("relation", ["父母", "三叔", "堂表亲"]),
        ("country", ["缅甸", "美国", "Thailand"]),
        ("name", ["王平", "李小芳", "欧阳娜娜", "赵 小"]),
        ("kin", ["户主", "妻", "长子", "孙女"]),
        ("political", ["群众", "中共党员", "致公党"]),
        ("village", ["真理社区", "小坝村委会"]),
        ("town", ["中枢街道", "板桥镇"]),
        ("unit", ["澄屹纺织有限公司", "桐溪小学", "务农"]),
        ("address", ["陆良县中枢街道真理社区140号", "中枢街道真理社区9号"]),
        ("health", ["健康", "慢性病", "残疾"]),
        ("assets", ["约50万", "300万以上", "1000万以上"]),
        ("wechat", ["wxid_000abc", "abc_00123"]),
    ],
)
def test_content_tells_a_column(field, samples):
    fits = {column.field: column.fits(samples) for column in PERSONS.columns if column.fits}
    assert fits[field] == max(fits.values())
    assert fits[field] > 0.6


def test_yes_and_no_alone_never_become_consent():
    assert COLUMNS["consent"].fits is None


def test_a_plain_row_is_silent():
    assert read_row(
        name="王平",
        sex="女",
        birth="1965.11",
        id_no=NUMBER + check_digit(NUMBER),
        ethnicity="汉",
        category="侨眷",
        country="缅甸",
        relation="父母",
        phone="19900001234",
        address="陆良县中枢街道真理社区140号",
        village="真理社区",
        town="中枢街道",
        consent="是",
        surveyed="7月1日",
        returned="1980年",
        needs="1.就学\r\n2.养老",
        unit="无",
    ) == {
        "name": ("王平", []),
        "sex": ("女", []),
        "birth": ("1965-11", []),
        "id_no": ("53039919651129002X", []),
        "ethnicity": ("汉族", []),
        "category": ("侨眷", []),
        "country": ("缅甸", []),
        "relation": ("父母", []),
        "phone": ("19900001234", []),
        "address": ("陆良县/中枢街道/真理社区居民委员会", []),
        "village": ("陆良县/中枢街道/真理社区居民委员会", []),
        "town": ("陆良县/中枢街道", []),
        "consent": ("是", []),
        "surveyed": ("2025-07-01", []),
        "returned": ("1980", []),
        "needs": ("1.就学\n2.养老", []),
        "unit": ("无", []),
    }


def test_the_identity_number_speaks_against_birth_and_sex():
    told = read_row(birth="1966.11", sex="男", id_no=NUMBER + "X")
    assert told["birth"] == ("1966-11", ["id_birth_mismatch"])
    assert told["sex"] == ("男", ["id_sex_mismatch"])
    assert told["id_no"] == (NUMBER + "X", [])


def test_a_damaged_number_says_nothing_about_the_row():
    assert read_row(birth="1966.11", id_no=NUMBER + "1") == {
        "birth": ("1966-11", []),
        "id_no": ("", ["id_check_digit"]),
    }
    assert read_row(id_no=NUMBER + "X", sex="男")["sex"] == ("男", ["id_sex_mismatch"])


def test_a_passport_beside_its_kind_is_another_document():
    assert read_row(id_kind="护照", id_no="0000028001234")["id_no"] == ("", ["id_is_other_document"])
    assert read_row(id_kind="身份证", id_no="0000028001234")["id_no"] == ("", ["id_length"])


def test_a_text_too_long_for_its_column_is_cut_and_said():
    assert read_row(kin="户主" * 30)["kin"] == ("户主" * 10, ["text_too_long"])


def test_without_an_index_of_places_an_address_stays_text():
    place = Around("")
    assert COLUMNS["address"].read(Cell("A1", " 中枢街道 "), place).text == "中枢街道"
