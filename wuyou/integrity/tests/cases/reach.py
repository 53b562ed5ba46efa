"""Cases of whom units reach."""

from wuyou.demo import factories as make
from wuyou.demo.small import GOOD, JOINT
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.orgs.models import HostUnit
from wuyou.places.models import Division


@case("reach.place_unserved")
def _place_unserved(small):
    counted = set(Division.objects.filter(head_counts__isnull=False).values_list("pk", flat=True))
    alone, served = Division.objects.filter(parent__code="530326", level=4).exclude(pk__in=counted).order_by("code")[:2]
    for division in (alone, served):
        make.make_count(40, division=division)
    group(small, "有区小组", area_ids=(served.pk,))
    return Case((alone.name,), (served.name,))


@case("reach.host_deserted")
def _host_deserted(small):
    for host, people in (("空厂", 30), ("活厂", 30), ("没人厂", 0)):
        befell(group(small, f"{host}小组", hosts=(host,)), "dissolve", "2024-01-01")
        told = {"host_id": HostUnit.objects.get(name=host).pk}
        make.make_count(people, **told)
    group(small, "活厂新小组", hosts=("活厂",))
    return Case(("空厂",), ("活厂", "没人厂"))


@case("reach.nowhere")
def _nowhere(small):
    area = Division.objects.filter(parent__code="530302", level=4).first()
    group(small, "没着落小组")
    group(small, "有单位小组", hosts=("有的单位",))
    group(small, "有区域小组", area_ids=(area.pk,))
    return Case(("没着落小组",), ("有单位小组", "有区域小组", GOOD, JOINT))
