"""Cases of the tree."""

from datetime import date

from django.db import connection

from wuyou.demo import factories as make
from wuyou.demo.small import GOOD, HUIZE, NO_VENUE, QILIN
from wuyou.integrity.tests.cases import Case, case
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Placement, Unit


@case("tree.parent_closed")
def _parent_closed(small):
    Unit.objects.filter(pk=small.unit(HUIZE).pk).update(state="dissolved")
    dissolved = make.make_unit(parent=small.unit(QILIN), full_name="已撤销的小组")
    Unit.objects.filter(pk=dissolved.pk).update(state="dissolved", parent=small.unit(HUIZE))
    return Case(("者海镇侨联小组",), ("已撤销的小组", GOOD))


@case("tree.no_placement")
def _no_placement(small):
    unit, moved = (
        make.make_unit(parent=small.unit(QILIN), full_name=name) for name in ("无人指导小组", "换过上级小组")
    )
    unit.placements.update(end=date(2024, 1, 1))
    moved.placements.update(end=date(2024, 1, 1))
    Placement.objects.create(unit=moved, parent=small.unit(QILIN), start=date(2024, 1, 1))
    return Case(("无人指导小组",), ("换过上级小组", "曲靖市侨联"))


@case("tree.parent_differs")
def _parent_differs(small):
    unit, moved = (make.make_unit(parent=small.unit(QILIN), full_name=name) for name in ("两说小组", "调整过小组"))
    unit.placements.update(parent=small.unit(HUIZE))
    orgs.place_unit(
        actor=make.anybody(), unit_id=moved.pk, parent_id=small.unit(HUIZE).pk, start=date(2024, 1, 1), seen=None
    )
    return Case(("两说小组",), ("调整过小组",))


@case("tree.path_differs")
def _path_differs(small):
    unit = make.make_unit(parent=small.unit(QILIN), full_name="错位小组")
    Unit.objects.filter(pk=unit.pk).update(path=f"{small.unit(HUIZE).path}{unit.pk}/")
    make.make_unit(parent=small.unit(HUIZE), full_name="在位小组")
    return Case(("错位小组",), ("在位小组",))


def _two_offices(small, name, end, start):
    unit = make.make_unit(parent=small.unit(QILIN), full_name=name, founded="2020-05-06")
    unit.placements.update(end=end, parent=small.unit(HUIZE))
    Placement.objects.create(unit=unit, parent=small.unit(QILIN), start=start)


@case("tree.placements_overlap")
def _placements_overlap(small):
    """The database refuses it by now; a register may hold it from before."""
    with connection.cursor() as cursor:
        table = " ON orgs_placement" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER placement_one_at_a_time{table}")
    _two_offices(small, "重叠小组", date(2022, 3, 1), date(2022, 2, 1))
    _two_offices(small, "相接小组", date(2022, 3, 1), date(2022, 3, 1))
    return Case(("重叠小组",), ("相接小组",))


@case("tree.placements_gap")
def _placements_gap(small):
    _two_offices(small, "空档小组", date(2022, 2, 1), date(2022, 3, 1))
    _two_offices(small, "相接小组", date(2022, 3, 1), date(2022, 3, 1))
    late = make.make_unit(parent=small.unit(QILIN), full_name="迟登记小组", founded="2019-05")
    late.placements.update(start=date(2019, 6, 1))
    return Case(("空档小组", "迟登记小组"), ("相接小组", "麒麟卫生健康局联络组"))


@case("tree.placed_before_founding")
def _placed_before_founding(small):
    early, roughly = (
        make.make_unit(parent=small.unit(QILIN), full_name=n, founded="2021") for n in ("早放小组", "只知年份小组")
    )
    early.placements.update(start=date(2020, 12, 31))
    roughly.placements.update(start=date(2021, 1, 1))
    return Case(("早放小组",), ("只知年份小组",))


@case("tree.county_differs")
def _county_differs(small):
    make.make_unit(parent=small.unit(QILIN), county="530326", full_name="外县小组")
    make.make_unit(parent=small.unit(QILIN), county="530302", full_name="本区小组")
    return Case(("外县小组",), ("本区小组", NO_VENUE))
