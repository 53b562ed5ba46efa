"""The tree: under whom units are guided, day for day and today."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import DISSOLVED, all_placements, all_units, living_units
from wuyou.orgs.permissions import P as Orgs
from wuyou.platform.presentation import day


def parent_closed(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units whose office above is dissolved."""
    for unit in seen.read(living_units):
        if unit.parent_state == DISSOLVED:
            yield unit.found(_("上级“%(parent)s”已经撤销") % {"parent": unit.parent_name})


def no_placement(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units that nobody guides today, except the topmost one."""
    placed = seen.read(all_placements)
    for unit in seen.read(living_units):
        if unit.parent_id is None and unit.path.count("/") <= 2 and not _is_second_root(seen, unit.id):
            continue
        if unit.parent_id is None or all(row.end is not None for row in placed.get(unit.id, ())):
            yield unit.found(_("今天没有登记由哪个侨联指导"))


def _is_second_root(seen: Inspection, unit_id: int) -> bool:
    """Say whether a unit without one above is another than the first of them that was entered."""
    roots = [unit.id for unit in seen.read(living_units) if unit.parent_id is None]
    return unit_id != min(roots)


def parent_differs(seen: Inspection) -> Iterator[Offender]:
    """Yield the units whose present placement names another office than the one that they stand under."""
    placed = seen.read(all_placements)
    for unit in seen.read(all_units).values():
        now = [row.parent_id for row in placed.get(unit.id, ()) if row.end is None]
        if now and unit.parent_id is not None and now != [unit.parent_id]:
            yield unit.found(_("指导关系登记的上级与组织树中的上级“%(parent)s”不同") % {"parent": unit.parent_name})


def path_differs(seen: Inspection) -> Iterator[Offender]:
    """Yield the units whose place in the tree is not right below their parent: rights would reach the wrong units."""
    for unit in seen.read(all_units).values():
        if unit.path != f"{unit.parent_path or '/'}{unit.id}/":
            yield unit.found(_("在组织树中的位置与上级不符"))


def placements_overlap(seen: Inspection) -> Iterator[Offender]:
    """Yield the units that two offices guide on one day."""
    placed = seen.read(all_placements)
    for unit in seen.read(all_units).values():
        both = rules.overlap([row.stretch for row in placed.get(unit.id, ())])
        if both is not None:
            begun = both[1][0]
            yield unit.found(
                _("从 %(day)s 起同时登记了两个上级") % {"day": day(begun)} if begun else _("同时登记了两个上级")
            )


def placements_gap(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with days since their founding on which nobody guided them."""
    placed = seen.read(all_placements)
    for unit in seen.read(all_units).values():
        stretches = rules.in_order([row.stretch for row in placed.get(unit.id, ())])
        hole = rules.hole(stretches)
        first = stretches[0][0] if stretches else None
        if first is not None and rules.is_before(unit.founded, first.isoformat()):
            words = _("%(founded)s 成立，%(day)s 起才有指导关系")
            yield unit.found(words % {"founded": day(unit.founded), "day": day(first)})
        elif hole is not None:
            words = _("%(day)s 至 %(until)s 没有指导关系")
            yield unit.found(words % {"day": day(hole[0]), "until": day(hole[1])})


def placed_before_founding(seen: Inspection) -> Iterator[Offender]:
    """Yield the units that were guided before they were founded."""
    placed = seen.read(all_placements)
    for unit in seen.read(all_units).values():
        first = min((row.start for row in placed.get(unit.id, ()) if row.start is not None), default=None)
        if first is not None and rules.is_before(first.isoformat(), unit.founded):
            words = _("指导关系从 %(day)s 起，早于成立时间 %(founded)s")
            yield unit.found(words % {"day": day(first), "founded": day(unit.founded)})


def county_differs(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups that lie in another county than the county's office that guides them."""
    for unit in seen.read(living_units):
        if not unit.parent_is_county or unit.is_federation or unit.county_name == unit.parent_county:
            continue
        if unit.county_name is None:
            yield unit.found(_("由“%(parent)s”指导，没有登记所在县区") % {"parent": unit.parent_name})
        else:
            words = _("在%(county)s，由“%(parent)s”指导")
            yield unit.found(words % {"county": unit.county_name, "parent": unit.parent_name})


CHECKS = (
    Check(
        "tree.parent_closed", gettext_lazy("上级已撤销"), Severity.MEND,
        gettext_lazy("上级撤销后，这个组织没有人指导，县区汇总也会漏掉它。"),
        gettext_lazy("请把它调整到现在的上级侨联之下；如果它也已不存在，请登记“撤销”。"),
        parent_closed, "shell:move", Orgs.EDIT,
    ),
    Check(
        "tree.no_placement", gettext_lazy("没有指导关系"), Severity.MEND,
        gettext_lazy("没有指导关系的组织不归任何侨联，谁也看不到、管不到它。"),
        gettext_lazy("请选择指导它的侨联，并填写从哪天起。"), no_placement, "shell:move", Orgs.EDIT,
    ),
    Check(
        "tree.parent_differs", gettext_lazy("上级与指导关系不一致"), Severity.MEND,
        gettext_lazy("组织树和指导关系的记录不同，今天的树和按日期查看的树会不一样。"),
        gettext_lazy("请选定它现在的上级，填写从哪天起，两处就会一致。"), parent_differs, "shell:move", Orgs.EDIT,
    ),
    Check(
        "tree.path_differs", gettext_lazy("在组织树中的位置不对"), Severity.MEND,
        gettext_lazy("权限和汇总都按组织树中的位置计算，位置不对，就会有人看不到或多看到。"),
        gettext_lazy("这不是填写出来的差错，请把这一条告诉系统管理员。"), path_differs, "shell:unit", Orgs.VIEW,
    ),
    Check(
        "tree.placements_overlap", gettext_lazy("同一天有两个上级"), Severity.MEND,
        gettext_lazy("一个组织同一天只能由一个侨联指导，否则按日期统计时会重复计算。"),
        gettext_lazy("请核对各段指导关系的起止日期，更正填错的一段。"), placements_overlap, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "tree.placements_gap", gettext_lazy("指导关系有空档"), Severity.LOOK,
        gettext_lazy("空档期间的组织树缺这个组织，查看过去某天的情况时会漏掉它。"),
        gettext_lazy("请核对成立时间和各段指导关系的日期，更正填错的。"), placements_gap, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "tree.placed_before_founding", gettext_lazy("指导关系早于成立"), Severity.LOOK,
        gettext_lazy("组织成立以前不会有上级，两个日期至少有一个不对。"),
        gettext_lazy("请核对成立时间和指导关系的起始日期，更正填错的一个。"), placed_before_founding, "shell:recorded",
        Orgs.EDIT,
    ),
    Check(
        "tree.county_differs", gettext_lazy("所在县区与上级不同"), Severity.LOOK,
        gettext_lazy("按县区统计和按上级统计会得出不同的数字。"),
        gettext_lazy("请核对所在县区和上级侨联，改正其中一个；确实跨县区的，不用改。"),
        county_differs, "orgs:edit", Orgs.EDIT,
    ),
)  # fmt: skip
