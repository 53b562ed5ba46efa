"""Cases of names and documents."""

from wuyou.demo import factories as make
from wuyou.demo.small import GOOD, HUIZE, QILIN
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.orgs.models import HostUnit, Unit, UnitEvent, UnitForm, UnitKind
from wuyou.places.models import Division


@case("papers.same_full_name")
def _same_full_name(small):
    group(small, "滇东（集团）公司侨联小组", short_name="滇东甲")
    group(small, "滇东(集团) 公司侨联小组", short_name="滇东乙")
    group(small, "滇东集团二公司侨联小组", short_name="滇东丙")
    make.make_unit(parent=small.unit(HUIZE), county="530326", full_name="滇东【集团】公司侨联小组", short_name="滇东丁")
    return Case(("滇东甲", "滇东乙"), ("滇东丙", "滇东丁"))


@case("papers.twin_groups")
def _twin_groups(small):
    here, there = Division.objects.filter(parent__code="530302", level=4).order_by("code")[:2]
    for name, area in (("东区甲小组", here), ("东区乙小组", here), ("西区小组", there)):
        group(small, name, hosts=("滇东大学",), area_ids=(area.pk,))
    return Case(("东区甲小组", "东区乙小组"), ("西区小组", GOOD))


@case("papers.hosts_alike")
def _hosts_alike(small):
    for number, host in enumerate(("滇东（集团）公司", "滇东(集团)公司", "滇东集团二公司")):
        group(small, f"第{number}同单位小组", hosts=(host,))
    elsewhere = HostUnit.objects.create(name="滇东 集团 公司", county=Division.objects.get(code="530326"))
    make.make_unit(parent=small.unit(HUIZE), county="530326", full_name="外县同名单位小组", hosts=(elsewhere.name,))
    return Case(("滇东（集团）公司", "滇东(集团)公司"), ("滇东集团二公司", "滇东 集团 公司"))


@case("papers.approval_missing")
def _approval_missing(small):
    group(small, "无批复小组")
    group(small, "有批复小组", approval_number="麒侨发〔2020〕3号")
    dissolved = group(small, "已撤无批复小组")
    befell(dissolved, "dissolve", "2024-01-01")
    return Case(("无批复小组",), ("有批复小组", "已撤无批复小组"))


@case("papers.number_odd")
def _number_odd(small):
    group(small, "方括号小组", approval_number="麒侨发[2020]3号")
    group(small, "不成文号小组", approval_number="区里同意")
    befell(group(small, "沿革方括号小组"), "lapse", "2024-05-01", "麒侨发(2024)3号")
    group(small, "六角括号小组", approval_number="麒侨发〔2020〕3号")
    return Case(("方括号小组", "不成文号小组", "沿革方括号小组"), ("六角括号小组",))


@case("papers.event_without_document")
def _event_without_document(small):
    for name, document in (("无文号重组小组", ""), ("有文号重组小组", "麒侨发〔2024〕9号")):
        befell(group(small, name, approval_number="麒侨发〔2020〕3号"), "reorganise", "2024-05-01", document)
    befell(group(small, "停滞小组", approval_number="麒侨发〔2020〕3号"), "lapse", "2024-05-01")
    return Case(("无文号重组小组",), ("有文号重组小组", "停滞小组"))


@case("papers.number_repeated")
def _number_repeated(small):
    for name, on, document in (
        ("三月小组", "2024-03-01", "麒侨发〔2024〕11号"), ("四月小组", "2024-04-01", "麒侨发〔2024〕11号"),
        ("同日甲小组", "2024-05-06", "麒侨发〔2024〕12号"), ("同日乙小组", "2024-05", "麒侨发〔2024〕12号"),
    ):  # fmt: skip
        unit = group(small, name)
        UnitEvent.objects.filter(unit=unit).delete()
        befell(unit, "reorganise", on, document)
    return Case(("三月小组", "四月小组"), ("同日甲小组", "同日乙小组"))


@case("papers.kind_retired")
def _kind_retired(small):
    kind = UnitKind.objects.create(code="old_kind", name="老类型", is_active=False)
    form = UnitForm.objects.create(code="old_form", name="老形式", min_people=9999, is_active=False)
    for name, changes in (("老类型小组", {"kind": kind}), ("老形式小组", {"form": form}), ("新类型小组", {})):
        unit = group(small, name)
        Unit.objects.filter(pk=unit.pk).update(short_name=name, **changes)
    return Case(("老类型小组", "老形式小组"), ("新类型小组",))


@case("papers.form_missing")
def _form_missing(small):
    group(small, "无形式小组")
    group(small, "有形式小组", form="group")
    return Case(("无形式小组",), ("有形式小组",))


@case("papers.form_unfit")
def _form_unfit(small):
    for name, people in (("人多小组", 80), ("人少小组", 12)):
        make.make_count(people, unit=group(small, name, form="group"))
    group(small, "没填人数小组", form="group")
    return Case(("人多小组",), ("人少小组", "没填人数小组"))


@case("papers.study_rules_unknown")
def _study_rules_unknown(small):
    make.make_unit(parent=small.unit(QILIN), full_name="没说制度小组")
    make.make_unit(parent=small.unit(QILIN), full_name="没有制度小组", has_study_rules=False)
    return Case(("没说制度小组",), ("没有制度小组",))
