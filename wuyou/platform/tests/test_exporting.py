"""Lists as tables: the filter of the page, who may, what is told, what is never in them."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import CITY, LULIANG, QILIN
from wuyou.kernel.refusals import Refused
from wuyou.platform.exports import making
from wuyou.platform.exports.making import Form, make_export
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.plugs import announced

pytestmark = pytest.mark.django_db

TABLES = {"form": "xlsx"}
PERSONS = {"form": "xlsx", "purpose": "visit"}
LISTS = [
    # export, filter, number of rows
    ("orgs.units", {}, 15),
    ("orgs.units", {"state": "lapsed"}, 1),
    ("orgs.units", {"behind": "orgs.without_venue", "year": "2025", "on": "2025-11-20"}, 4),
    ("activities.activities", {"kind": "study"}, 8),
    ("activities.activities", {"leaders": "1"}, 5),
    ("activities.activities", {"start": "2025-06-01", "until": "2025-12-31", "page": "7"}, 9),
    ("funds.entries", {"source": "none"}, 1),
    ("funds.entries", {"direction": "received", "start": "2025-03-01", "until": "2025-12-31"}, 2),
    ("coverage.counties", {}, 9),
    ("coverage.townships", {"show": "gap"}, 3),
]


def address(name: str, asked: dict[str, str]) -> str:
    return reverse(f"exports:{name}", query=asked)


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of(response) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(content(response)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def told() -> dict:
    event = AuditEvent.objects.latest("seq")
    assert event.verb == "platform.export.made"
    return json.loads(AuditPayload.objects.get(event_id=event.seq).body)


@pytest.mark.parametrize(("name", "asked", "number"), LISTS)
def test_table_has_the_rows_of_the_list_as_it_was_narrowed(small, sign_in, name, asked, number):
    response = sign_in("city").post(address(name, asked), TABLES)
    heads, *rows = rows_of(response)
    assert heads == [str(column.label) for column in announced.exports[name].columns]
    assert len(rows) == told()["rows"] == number


def test_list_page_offers_the_table_with_its_filter(small, sign_in):
    page = sign_in("city").get(reverse("activities:list"), {"kind": "study", "page": "1"}).content.decode()
    assert f'href="{address("activities.activities", {"kind": "study"})}"' in page


def test_county_takes_its_own_rows_only(small, sign_in):
    assert len(rows_of(sign_in("luliang").post(address("orgs.units", {}), TABLES))) == 1 + 4
    office = {"office": str(small.unit(LULIANG).pk)}
    assert len(rows_of(sign_in("city").post(address("orgs.units", office), TABLES))) == 1 + 4
    assert (
        sign_in("luliang").post(address("orgs.units", {"office": str(small.unit(QILIN).pk)}), TABLES).status_code == 404
    )


def test_csv_says_the_same(small, sign_in):
    response = sign_in("city").post(address("funds.entries", {}), {"form": "csv"})
    heads, *rows = csv.reader(io.StringIO(content(response).decode("utf-8-sig")))
    assert (heads[3], len(rows)) == ("金额（元）", 6)
    assert {row[3] for row in rows} == {"3000.00", "2000.00", "1500.00", "8000.00", "6000.00"}


@pytest.mark.parametrize(
    "posted", [{"form": "xlsx"}, {"form": "xlsx", "purpose": "other"}, {"form": "xlsx", "purpose": "x"}]
)
def test_persons_are_not_taken_without_a_purpose(small, sign_in, posted):
    before = AuditEvent.objects.count()
    response = sign_in("county").post(address("people.persons", {}), posted)
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    assert AuditEvent.objects.count() == before


def test_persons_are_taken_with_purpose_watermark_and_a_line_in_the_trail(small, sign_in):
    heads, first, *rows = rows_of(sign_in("county").post(address("people.persons", {"category": "归侨"}), PERSONS))
    said = told()
    assert (said["export"], said["purpose"], said["rows"]) == ("people.persons", "走访慰问", len(rows))
    assert said["number"] in heads[0]
    assert "麒麟区侨联　念朝阳　" in heads[0]
    assert "用途：走访慰问" in heads[0]
    assert [*first[:3], *first[-2:]] == ["姓名", "性别", "侨情类别", "电话", "住址"]
    assert {row[2] for row in rows} == {"归侨"}
    assert AuditEvent.objects.latest("seq").path == small.unit(QILIN).path


def test_city_takes_no_telephones_and_nobody_takes_identity_numbers(small, sign_in):
    make.make_person(small.unit(CITY), name="市里登记", phone="19900009999")
    for user in ("city", "county"):
        rows = rows_of(sign_in(user).post(address("people.persons", {}), PERSONS))
        text = json.dumps(rows, ensure_ascii=False, default=str)
        assert ("1990000" in text) == (user == "county")
        assert "530399194612010059" not in text
        assert "1946" not in text


@pytest.mark.parametrize(("user", "status"), [("leader", 403), ("auditor", 403), ("admin", 403)])
def test_who_may_not_export_persons_is_refused(small, sign_in, user, status):
    assert sign_in(user).get(address("people.persons", {})).status_code == status
    assert sign_in(user).post(address("people.persons", {}), PERSONS).status_code == status


def test_leader_sees_no_button_for_persons(small, sign_in):
    page = sign_in("leader").get(reverse("people:list")).content.decode()
    assert "导出表格" not in page


def test_too_many_rows_are_refused_and_told_of_nowhere(small, monkeypatch):
    monkeypatch.setattr(making, "MOST_ROWS", 3)
    before = AuditEvent.objects.count()
    with pytest.raises(Refused, match="超过 3 行"):
        make_export(small.actor("city"), announced.exports["orgs.units"], {}, form=Form.XLSX)
    assert AuditEvent.objects.count() == before


def test_persons_without_a_purpose_are_refused_whoever_calls(small):
    with pytest.raises(Refused, match="用途"):
        make_export(small.actor("county"), announced.exports["people.persons"], {}, form=Form.CSV, purpose=" ")


def test_every_export_has_a_page_and_columns_for_everybody(small):
    for export in announced.exports.values():
        assert reverse(export.page)
        assert len(export.columns_for(small.actor("city"))) > 5
        rows = export.rows(small.actor("county"), {})
        assert {len(list(row)) for row in rows} <= {len(export.columns_for(small.actor("county")))}
