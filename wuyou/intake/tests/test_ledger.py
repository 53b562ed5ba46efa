"""A ledger that comes again: what was corrected in it is changed, nothing else; undoing gives the former values back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import anybody
from wuyou.intake import services
from wuyou.intake.tests.offices import brought, city_office, counts, everything, previewed, workbook
from wuyou.kernel.sayings import spoken
from wuyou.orgs import services as org_services
from wuyou.orgs.models import Unit, Venue
from wuyou.people import services as person_services
from wuyou.people.models import Person
from wuyou.platform import audit

ROW: dict[str, Any] = {
    "组织名称": "曲靖市麒麟区春晖小学侨联小组",
    "类型": "学校",
    "挂靠单位": "麒麟区春晖小学",
    "成立时间": "2019-05",
    "批复文号": "麒侨发〔2019〕7号",
    "负责人": "罗明",
    "职务": "组长",
    "联系电话": "19900005551",
    "届期": "2023.05-2028.05",
    "侨界群众人数": 20,
    "活动阵地": "有",
    "阵地面积": 60,
    "地址": "麒麟区文华街道学府路1号",
    "年度经费（元）": 5000,
    "年度活动次数": 4,
}
HEAD = tuple(ROW)
OTHER = ROW | {
    "组织名称": "曲靖市麒麟区朝阳小学侨联小组",
    "挂靠单位": "麒麟区朝阳小学",
    "负责人": "段丽",
    "联系电话": "19900005552",
}
CORRECTIONS: tuple[tuple[dict[str, Any], tuple[str, str, str]], ...] = (
    ({"挂靠单位": "麒麟区春晖第一小学"}, ("挂靠单位", "麒麟区春晖小学", "麒麟区春晖第一小学")),
    ({"批复文号": "麒侨发〔2019〕8号"}, ("批复文号", "麒侨发〔2019〕7号", "麒侨发〔2019〕8号")),
    ({"联系电话": "19900007777"}, ("联系电话", "199****5551", "199****7777")),
    ({"侨界群众人数": 25}, ("侨界群众人数", "20", "25")),
    ({"阵地面积": 80}, ("阵地面积", "60.00", "80")),
    ({"地址": "麒麟区文华街道学府路2号"}, ("阵地地址", ROW["地址"], "麒麟区文华街道学府路2号")),
    ({"年度活动次数": 6}, ("填报活动次数", "4", "6")),
)


def ledger(*rows: dict[str, Any]) -> tuple[str, bytes]:
    table = [tuple(row[head] for head in HEAD) for row in rows]
    return "台账.xlsx", workbook(("麒麟区基层侨联组织台账",), HEAD, *table, sheet="麒麟区")


def plain(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[str]]:
    """Return all rows but for the versions, which only ever grow, and what is sealed anew."""
    versions = {"orgs_unit": Unit, "people_person": Person, "orgs_venue": Venue}
    rest = {table: list(map(repr, rows)) for table, rows in found.items() if table not in versions}
    for table, model in versions.items():
        names = [f.attname for f in model._meta.local_fields if f.attname not in ("version", "phone")]
        rest[table] = list(map(repr, model.objects.order_by("pk").values_list(*names)))
    return rest


@pytest.mark.parametrize(("correction", "difference"), CORRECTIONS, ids=[case[1][0] for case in CORRECTIONS])
def test_a_correction_changes_what_it_corrects_and_undo_takes_it_back(
    db: None, correction: dict[str, Any], difference: tuple[str, str, str]
) -> None:
    office = city_office()
    _batch, outcome = brought(office, ledger(ROW, OTHER))
    assert counts(outcome) == {"organisations": (2, 0, 0, 0)}
    before, phone = plain(everything()), Person.objects.get(name="罗明").phone
    batch, outcome = brought(office, ledger(ROW | correction, OTHER))
    assert counts(outcome) == {"organisations": (0, 1, 1, 0)}
    assert [spoken(row["differences"]) for row in outcome.shown if row["action"] == "changed"] == [[list(difference)]]
    _again, outcome = brought(office, ledger(ROW | correction, OTHER))
    assert counts(outcome) == {"organisations": (0, 0, 2, 0)}
    assert services.undo(actor=anybody(), batch_id=batch.pk)[1] == []
    after = plain(everything())
    assert {table: (rows, after[table]) for table, rows in before.items() if rows != after[table]} == {}
    assert Person.objects.get(name="罗明").phone == phone
    assert list(audit.verify()) == []


def _revised(unit: Unit) -> None:
    org_services.revise_unit(
        actor=anybody(), unit_id=unit.pk, seen=None, changes={"approval_number": "麒侨发〔2020〕1号"}
    )


def _other_venue(unit: Unit) -> None:
    venue = unit.venues.get()
    org_services.correct_venue(actor=anybody(), unit_id=unit.pk, venue_id=venue.pk, changes={"area_m2": 99})


def _other_host(unit: Unit) -> None:
    org_services.set_hosts(actor=anybody(), unit_id=unit.pk, names=("麒麟区实验小学",), on=date(2025, 11, 1))


def _other_phone(unit: Unit) -> None:
    head = Person.objects.get(name="罗明")
    person_services.revise_person(actor=anybody(), person_id=head.pk, seen=None, changes={"phone": "19900009999"})


EDITS: tuple[tuple[Callable[[Unit], None], str], ...] = (
    (_revised, "批复文号"), (_other_venue, "阵地"), (_other_host, "挂靠单位"), (_other_phone, "联系电话"),
)  # fmt: skip


@pytest.mark.parametrize(("edit", "label"), EDITS, ids=[case[1] for case in EDITS])
def test_an_old_ledger_does_not_undo_what_somebody_changed_since(
    db: None, edit: Callable[[Unit], None], label: str
) -> None:
    office = city_office()
    brought(office, ledger(ROW, OTHER))
    edit(Unit.objects.get(full_name=ROW["组织名称"]))
    outcome = previewed(office, ledger(ROW, OTHER))
    assert counts(outcome) == {"organisations": (0, 0, 2, 0)}
    doubts = [spoken(row["doubt"]) for row in outcome.shown if row["doubt"]]
    assert doubts == [f"上次导入之后有人改过{label}，保留现在的内容，没有改回表中的内容。"]
    assert ["有 1 个组织在上次导入之后有人改过内容" in spoken(text) for text in outcome.as_json()["remarks"]] == [True]
    assert counts(previewed(office, ledger(ROW, OTHER), over_edits=True)) == {"organisations": (0, 1, 1, 0)}
    corrected = previewed(office, ledger(ROW | {"侨界群众人数": 31}, OTHER))
    assert counts(corrected) == {"organisations": (0, 1, 1, 0)}


def test_undo_leaves_a_venue_that_somebody_set_right_since(db: None) -> None:
    office = city_office()
    first, _outcome = brought(office, ledger(ROW, OTHER))
    unit = Unit.objects.get(full_name=ROW["组织名称"])
    second, _outcome = brought(office, ledger(ROW | {"阵地面积": 80}, OTHER))
    _other_venue(unit)
    left = unit.venues.get().name
    assert [spoken(text) for text in services.undo(actor=anybody(), batch_id=second.pk)[1]] == [
        f"{left}：导入后又被修改过，没有恢复原值。"
    ]
    assert [spoken(text) for text in services.undo(actor=anybody(), batch_id=first.pk)[1]] == [
        f"{left}：导入后又被修改过，保留。"
    ]
    assert [venue.area_m2 for venue in unit.venues.all()] == [99]


WRITTEN = [
    # the name as the next ledger writes it, its host unit, what becomes of the row, beginning of what is said about it
    ("曲靖市麒麟区春晖小学侨联小组", "麒麟区春晖小学", "unchanged", ""),
    (
        "麒麟区春晖小学侨联小组",
        "麒麟区春晖小学",
        "unchanged",
        "登记的全称是“曲靖市麒麟区春晖小学侨联小组”，按同一个组织更新",
    ),
    ("春晖小学侨联小组", "", "unchanged", ""),
    ("麒麟春晖小学侨联小组", "市教育局", "changed", "登记的全称是“曲靖市麒麟区春晖小学侨联小组”，按同一个组织更新"),
    (
        "曲靖市麒麟区春晖小学侨联联络组",
        "麒麟区春晖小学",
        "new",
        "名称和已登记的“曲靖市麒麟区春晖小学侨联小组”相近，按新组织登记",
    ),
    (
        "曲靖市麒麟区春辉小学侨联小组",
        "麒麟区春辉小学",
        "new",
        "名称和已登记的“曲靖市麒麟区春晖小学侨联小组”相近，按新组织登记",
    ),
    ("曲靖市陆良县春晖小学侨联小组", "陆良县春晖小学", "new", ""),
    ("曲靖市麒麟区长河机械侨联小组", "长河机械公司", "new", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "host", "action", "begins"), WRITTEN, ids=[name for name, *_more in WRITTEN])
def test_a_group_is_known_again_by_the_ways_in_which_its_name_is_written(name, host, action, begins):
    """Who writes it shorter means the same group; what is only alike is a new one and is said: nothing is guessed."""
    office = city_office()
    brought(office, ledger(ROW))
    again = {"组织名称": name, "挂靠单位": host or ROW["挂靠单位"]}
    outcome = previewed(office, ledger(ROW | again))
    (row,) = [row for row in outcome.as_json()["shown"] if row["kind"] == "organisations"]
    assert (row["action"], spoken(row["doubt"])[: len(begins)], bool(row["doubt"])) == (action, begins, bool(begins))


@pytest.mark.django_db
def test_a_shorter_name_changes_the_group_that_bears_it_and_leaves_its_name(tmp_path):
    office = city_office()
    brought(office, ledger(ROW))
    _batch, outcome = brought(office, ledger(ROW | {"组织名称": "春晖小学侨联小组", "批复文号": "麒侨发〔2019〕8号"}))
    assert counts(outcome)["organisations"] == (0, 1, 0, 0)
    (unit,) = Unit.objects.filter(kind__is_federation=False)
    assert (unit.full_name, unit.approval_number) == ("曲靖市麒麟区春晖小学侨联小组", "麒侨发〔2019〕8号")


@pytest.mark.django_db
def test_two_rows_of_one_group_are_one_group():
    office = city_office()
    brought(office, ledger(ROW))
    outcome = previewed(office, ledger(ROW, ROW | {"组织名称": "春晖小学侨联小组"}))
    assert counts(outcome)["organisations"] == (0, 0, 1, 1)


def test_an_event_before_the_founding_is_said_and_left_out(db: None) -> None:
    office, row = city_office(), ROW | {"状态": "2018年恢复"}
    book = ("台账.xlsx", workbook(("麒麟区基层侨联组织台账",), tuple(row), tuple(row.values()), sheet="麒麟区"))
    doubts = [spoken(told["doubt"]) for told in previewed(office, book).shown]
    assert doubts == ["表中事项的年份（2018）早于成立时间（2019-05），没有登记这一事项；请核对。"]
    brought(office, book)
    unit = Unit.objects.get(full_name=ROW["组织名称"])
    assert (unit.state, list(unit.events.values_list("kind", "on"))) == ("normal", [])


def test_a_founding_after_what_is_on_record_is_said_and_left_out(db: None) -> None:
    office = city_office()
    brought(office, ledger(ROW, OTHER))
    unit = Unit.objects.get(full_name=ROW["组织名称"])
    org_services.record_event(actor=anybody(), unit_id=unit.pk, kind="lapse", on="2020-03-01")
    later = previewed(office, ledger(ROW | {"成立时间": "2021-05"}, OTHER))
    doubts = [spoken(told["doubt"]) for told in later.shown if told["doubt"]]
    assert doubts == [
        "沿革里 2020 年已有事项，成立时间不能更晚，没有改成 2021-05；请核对。"
        "上次导入之后有人改过状态，保留现在的内容，没有改回表中的内容。"
    ]
    assert counts(later) == {"organisations": (0, 0, 2, 0)}
