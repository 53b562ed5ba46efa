"""Cases of founding and what befell units."""

from datetime import date

from wuyou.demo import factories as make
from wuyou.demo.small import AWAITING, GOOD, HUIZE, LAPSED, QILIN
from wuyou.integrity.tests.cases import Case, case
from wuyou.kernel import clock
from wuyou.orgs import services as orgs
from wuyou.orgs.models import FormerIdentity, Lineage, Unit, UnitEvent
from wuyou.places.models import Division


def group(small, name, **told):
    """Found a group of a county that has nothing but what is said."""
    return make.make_unit(parent=small.unit(QILIN), county="530302", full_name=name, **told)


def befell(unit, kind, on, document=""):
    return orgs.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=on, document=document,
                             shares_document=True)  # fmt: skip


@case("life.event_before_founding")
def _event_before_founding(small):
    wrong, right = (group(small, name, founded="2018-03-01") for name in ("倒置小组", "顺序小组"))
    befell(wrong, "lapse", "2019-05")
    befell(right, "lapse", "2019-05")
    Unit.objects.filter(pk=wrong.pk).update(founded="2020")
    return Case(("倒置小组",), ("顺序小组",))


@case("life.state_differs")
def _state_differs(small):
    wrong, right = (group(small, name) for name in ("说正常小组", "说停滞小组"))
    for unit in (wrong, right):
        befell(unit, "lapse", "2022-05-01")
        befell(unit, "rename", "2023-01-01")
    Unit.objects.filter(pk=wrong.pk).update(state="normal")
    waiting = group(small, "待重组小组")
    Unit.objects.filter(pk=waiting.pk).update(state="to_reorganise")
    return Case(("说正常小组",), ("说停滞小组", "待重组小组", AWAITING))


@case("life.founding_missing")
def _founding_missing(small):
    group(small, "不知何年小组", founded="")
    group(small, "只知年份小组", founded="1999")
    return Case(("不知何年小组",), ("只知年份小组",))


@case("life.founding_uncounted")
def _founding_uncounted(small):
    for name, founded in (("没登记小组", "2025-02-01"), ("老小组", "2010")):
        UnitEvent.objects.filter(unit=group(small, name, founded=founded)).delete()
    group(small, "登记了小组", founded="2025-02-01")
    return Case(("没登记小组",), ("登记了小组", "老小组"))


@case("life.founding_differs")
def _founding_differs(small):
    wrong, rough = (group(small, name, founded="2018-03-01") for name in ("两个日子小组", "大致相同小组"))
    Unit.objects.filter(pk=wrong.pk).update(founded="2018-05-01")
    Unit.objects.filter(pk=rough.pk).update(founded="2018")
    return Case(("两个日子小组",), ("大致相同小组",))


@case("life.state_unexplained")
def _state_unexplained(small):
    group(small, "何时停的小组", state="lapsed")
    befell(group(small, "停得清楚小组"), "lapse", "2024-05-01")
    return Case(("何时停的小组",), ("停得清楚小组", LAPSED, GOOD))


@case("life.stalled_long")
def _stalled_long(small):
    befell(group(small, "久停小组"), "lapse", "2022-10")
    befell(group(small, "新停小组"), "lapse", "2022-12")
    again = group(small, "又起小组")
    befell(again, "lapse", "2021-01-01")
    befell(again, "restore", "2024-01-01")
    return Case(("久停小组",), ("新停小组", "又起小组"))


@case("life.stalled_but_active")
def _stalled_but_active(small):
    for name, on in (("又活动小组", date(2024, 6, 2)), ("停前活动小组", date(2024, 4, 1))):
        unit = group(small, name)
        make.make_activity(unit, on=on)
        befell(unit, "lapse", "2024-05-01")
    return Case(("又活动小组",), ("停前活动小组",))


@case("life.closed_with_ties")
def _closed_with_ties(small):
    tied, free = (group(small, name, hosts=(f"{name}单位",)) for name in ("挂着小组", "解脱小组"))
    for unit in (tied, free):
        befell(unit, "dissolve", "2024-05-01")
    free.hostings.update(end=date(2024, 5, 1))
    group(small, "活着小组", hosts=("活着单位",))
    return Case(("挂着小组",), ("解脱小组", "活着小组"))


def closed_by(small, name, kind):
    """Found a group and let it be closed by an event that closes into others, with nothing said of them."""
    unit = group(small, name)
    UnitEvent.objects.create(unit=unit, kind=kind, on="2024-05-01", recorded_at=clock.now())
    Unit.objects.filter(pk=unit.pk).update(state="dissolved")
    return unit


@case("life.without_successor")
def _without_successor(small):
    closed_by(small, "无人承接小组", "merge")
    heir = closed_by(small, "有人承接小组", "split")
    Lineage.objects.create(predecessor=heir, successor=small.unit(GOOD), on=date(2024, 5, 1), kind="split")
    befell(group(small, "撤了小组"), "dissolve", "2024-05-01")
    return Case(("无人承接小组",), ("有人承接小组", "撤了小组"))


@case("life.renamed_before_founding")
def _renamed_before_founding(small):
    for name, until in (("早更名小组", date(2019, 12, 31)), ("后更名小组", date(2021, 1, 1))):
        unit = group(small, name, founded="2020")
        told = {"full_name": f"原{name}", "short_name": f"原{name}", "kind": unit.kind}
        FormerIdentity.objects.create(unit=unit, until=until, **told)
    return Case(("早更名小组",), ("后更名小组",))


@case("life.area_ceased")
def _area_ceased(small):
    gone, kept = Division.objects.filter(parent__code="530326", level=4).order_by("code")[:2]
    Division.objects.filter(pk=gone.pk).update(valid_until=date(2024, 1, 1))
    for name, division in (("旧区小组", gone), ("现区小组", kept)):
        make.make_unit(parent=small.unit(HUIZE), county="530326", full_name=name, area_ids=(division.pk,))
    return Case(("旧区小组",), ("现区小组",))
