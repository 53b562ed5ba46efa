"""Members and numbers: who is left with a closed unit, numbers that are old or contradict each other.

No person is named: a finding is of the unit that answers for them.
"""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import closed_units, declared_numbers, in_order, living_groups, members
from wuyou.orgs.models import Unit
from wuyou.orgs.permissions import P as Orgs
from wuyou.people.models import MemberCount, Person
from wuyou.people.permissions import P
from wuyou.platform.presentation import day
from wuyou.platform.scoping import scope

OLD_YEARS = 3
"""Numbers are surveyed anew at the beginning of a year (design 3 §2.3); older than three years nobody can rely on them."""


def kept_by_closed(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units that still answer for the data of persons."""
    closed = Unit.objects.filter(scope(seen.actor, P.COUNT), state=Unit.State.DISSOLVED)
    rows = Person.objects.filter(keeper__in=closed.order_by().values("pk"), left_on=None).order_by()
    kept = dict(rows.values_list("keeper_id").annotate(n=Count("pk")))
    for unit in in_order(seen, kept):
        yield unit.found(_("已撤销，还有 %(n)s 人的资料由它登记") % {"n": kept[unit.id]})


def members_of_closed(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units to which persons still belong."""
    belonging = seen.read(members)
    for unit in seen.read(closed_units):
        if unit.id in belonging:
            words = _("已撤销，还有 %(n)s 名成员没有转到别的组织")
            yield unit.found(words % {"n": belonging[unit.id]}, query=(("unit", unit.id),))


def number_old(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups whose newest declared number is older than three years."""
    declared, limit = seen.read(declared_numbers), rules.years_before(seen.day, OLD_YEARS)
    for unit in seen.read(living_groups):
        told = declared.get(unit.id)
        if told is not None and told.on < limit:
            yield unit.found(_("人数是 %(day)s 填报的") % {"day": day(told.on)})


def number_missing(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups that never declared a number and have no registered member either."""
    declared, belonging = seen.read(declared_numbers), seen.read(members)
    for unit in seen.read(living_groups):
        if unit.id not in declared and unit.id not in belonging:
            yield unit.found(_("没有填报人数，也没有登记成员"))


def declared_too_few(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups that declared fewer people than are registered as their members."""
    declared, belonging = seen.read(declared_numbers), seen.read(members)
    for unit in seen.read(living_groups):
        told, registered = declared.get(unit.id), belonging.get(unit.id, 0)
        if told is not None and told.people < registered:
            words = _("填报 %(declared)s 人，已登记成员 %(registered)s 人")
            yield unit.found(words % {"declared": told.people, "registered": registered})


def members_elsewhere(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups of a county all of whose members live in other ones."""
    rows = MemberCount.objects.filter(scope(seen.actor, P.COUNT, "unit__path"), people__gt=0)
    lived: dict[int, set[str]] = {}
    for unit_id, path in rows.values_list("unit_id", "division__path"):
        lived.setdefault(unit_id, set()).add(path)
    for unit in seen.read(living_groups):
        paths = lived.get(unit.id, set())
        if paths and unit.county_path is not None and not any(path.startswith(unit.county_path) for path in paths):
            words = _("在%(county)s，成员登记的住处都在别的县区")
            yield unit.found(words % {"county": unit.county_name}, query=(("unit", unit.id),))


CHECKS = (
    Check(
        "people.kept_by_closed", gettext_lazy("撤销的组织登记着人"), Severity.MEND,
        gettext_lazy("登记单位对这些人的资料负责，组织撤销后没有人负责，本人要查询、更正也找不到人。"),
        gettext_lazy("请把这些人转给接续的组织；漏了移交的，请先登记“恢复”，移交以后再撤销。"),
        kept_by_closed, "shell:unit", Orgs.VIEW, reads=P.COUNT,
    ),
    Check(
        "people.members_of_closed", gettext_lazy("撤销的组织还有成员"), Severity.MEND,
        gettext_lazy("成员还挂在撤销的组织名下，实际没有组织联系他们。"),
        gettext_lazy("请登记他们退出，再加入接续的组织。"), members_of_closed, "people:list", P.VIEW, reads=P.COUNT, keyed=False,
    ),
    Check(
        "people.number_missing", gettext_lazy("没有人数"), Severity.LOOK,
        gettext_lazy("不知道这个组织联系多少侨界群众，覆盖情况和组织形式都算不出来。"),
        gettext_lazy("请填报侨界群众人数，或登记成员。"), number_missing, "people:count", P.DECLARE, reads=P.COUNT,
    ),
    Check(
        "people.number_old", gettext_lazy("人数三年没有更新"), Severity.LOOK,
        gettext_lazy("人数每年初摸底一次，三年前的人数已经不能反映实际。"),
        gettext_lazy("请摸底后重新填报人数。"), number_old, "people:count", P.DECLARE, reads=P.COUNT,
    ),
    Check(
        "people.declared_too_few", gettext_lazy("填报人数少于成员"), Severity.LOOK,
        gettext_lazy("填报的是全部侨界群众，不会比已登记的成员还少，两个数至少有一个不对。"),
        gettext_lazy("请重新填报人数；成员已经离开的，请登记退出。"), declared_too_few, "people:count", P.DECLARE, reads=P.COUNT,
    ),
    Check(
        "people.members_elsewhere", gettext_lazy("成员都在别的县区"), Severity.LOOK,
        gettext_lazy("成员都住在别的县区，可能是组织的所在县区或成员的所在地登记错了。"),
        gettext_lazy("请核对组织的所在县区和成员的所在地；确实如此的，不用改。"),
        members_elsewhere, "people:list", P.VIEW, reads=P.COUNT, keyed=False,
    ),
)  # fmt: skip
