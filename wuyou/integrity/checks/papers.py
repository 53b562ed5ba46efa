"""Names by which units are told apart, the documents that founded them, and the words of the office's tables."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import (
    HostFacts,
    UnitFacts,
    all_events,
    all_units,
    declared_numbers,
    host_rows,
    living_groups,
    living_units,
    open_areas,
    open_hosts,
)
from wuyou.kernel.docnumber import read_document_number
from wuyou.orgs import queries as orgs
from wuyou.orgs import rules as org_rules
from wuyou.orgs.naming import compared
from wuyou.orgs.permissions import P as Orgs
from wuyou.people.permissions import P as People
from wuyou.platform.presentation import day

WITH_DOCUMENT = ("reorganise", "restore", "dissolve")
"""Events that the office above approves by a document (design 3 §2.3: 请示, 批复); that of 新建 is the unit's own number."""


def same_full_name(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units of one county whose full names differ in nothing but signs, blanks or brackets."""
    known: dict[tuple[str | None, str], list[UnitFacts]] = {}
    for unit in seen.read(living_units):
        known.setdefault((unit.county_path, _bare(unit.full_name)), []).append(unit)
    for unit in seen.read(living_units):
        others = [other for other in known[unit.county_path, _bare(unit.full_name)] if other is not unit]
        if others:
            yield unit.found(_("全称与“%(other)s”相同") % {"other": others[0].full_name})


def _bare(name: str) -> str:
    """Return a name without the signs in which two spellings of one name differ."""
    return "".join(sign for sign in compared(name) if sign.isalnum())


def twin_groups(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups that sit at the same host units and serve the same areas as another one."""
    hosts, areas = seen.read(open_hosts), seen.read(open_areas)
    known: dict[tuple[tuple[int, ...], tuple[int, ...]], list[UnitFacts]] = {}
    for unit in seen.read(living_groups):
        place = tuple(row[0] for row in hosts.get(unit.id, ())), tuple(row[0] for row in areas.get(unit.id, ()))
        if place[0]:
            known.setdefault(place, []).append(unit)
    twin = {
        one.id: other.short_name for group in known.values() for one in group for other in group if other is not one
    }
    for unit in seen.read(living_groups):
        if unit.id in twin:
            yield unit.found(_("与“%(other)s”挂靠同一单位、服务同一区域") % {"other": twin[unit.id]})


def hosts_alike(seen: Inspection) -> Iterator[Offender]:
    """Yield the host units whose names differ in nothing but signs, blanks or brackets, by a unit that sits there.

    Units of one name in two counties are two.
    """
    units, known = seen.read(all_units), dict[str, dict[int, HostFacts]]()
    rows = [row for row in seen.read(host_rows) if row.unit_id in units]
    for row in rows:
        known.setdefault(_bare(row.name), {}).setdefault(row.host_id, row)
    for row in known_first(rows):
        alike = [other for pk, other in known[_bare(row.name)].items() if pk != row.host_id]
        others = [
            other for other in alike if None in (row.county_id, other.county_id) or row.county_id == other.county_id
        ]
        if others:
            unit, what = (
                units[row.unit_id],
                _("与“%(other)s”只差符号或空格，可能是同一个单位") % {"other": others[0].name},
            )
            yield Offender(row.name, what, unit.county_name or "", unit.id, unit.path, unit.id)


def known_first(rows: Iterable[HostFacts]) -> Iterator[HostFacts]:
    """Yield the first row of each host unit."""
    told = set[int]()
    for row in rows:
        if row.host_id not in told:
            told.add(row.host_id)
            yield row


def approval_missing(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups without the number of the document that approved them."""
    return (unit.found(_("没有批复文号")) for unit in seen.read(living_groups) if not unit.approval_number.strip())


def number_odd(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units with a document number, their own or an event's, that is not written as GB/T 9704 has it."""
    events = seen.read(all_events)
    for unit in seen.read(living_units):
        numbers = [unit.approval_number, *(event.document for event in events.get(unit.id, ()))]
        odd = [number for number in numbers if number and _is_odd(number)]
        if odd:
            yield unit.found(_("文号“%(number)s”的写法不规范") % {"number": odd[0]})


def _is_odd(number: str) -> bool:
    told = read_document_number(number)
    return told.value != number or any(finding.code == "document_number_unusual" for finding in told.findings)


def event_without_document(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with an event that needs an approval and names none."""
    events = seen.read(all_events)
    for unit in seen.read(all_units).values():
        bare = [
            event for event in events.get(unit.id, ()) if event.kind in WITH_DOCUMENT and not event.document.strip()
        ]
        if bare and not unit.is_federation:
            told = {"on": day(bare[-1].on), "event": bare[-1].word}
            query = (("kind", bare[-1].kind), ("on", bare[-1].on))
            yield unit.found(_("%(on)s 的“%(event)s”没有文号") % told, query=query)


def number_repeated(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with an event whose document number stands also on an event of another day."""
    days: dict[str, set[str]] = {}
    units = seen.read(all_units)
    for unit_id, events in seen.read(all_events).items():
        for event in events:
            if event.document.strip() and unit_id in units:
                days.setdefault(compared(event.document), set()).add(event.on)
    repeated = {number for number, told in days.items() if rules.distinct_days(told)}
    for unit in units.values():
        for event in seen.read(all_events).get(unit.id, ()):
            if compared(event.document) in repeated:
                told = {"on": day(event.on), "event": event.word, "number": event.document}
                yield unit.found(_("%(on)s 的“%(event)s”用的 %(number)s，别的日期也用了") % told)
                break


def kind_retired(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units whose kind or form the office no longer uses."""
    for unit in seen.read(living_units):
        if not unit.kind_in_use:
            yield unit.found(_("类型“%(kind)s”已经停用") % {"kind": unit.kind_name})
        elif unit.form_in_use is False:
            yield unit.found(_("形式“%(form)s”已经停用") % {"form": unit.form_name})


def form_missing(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups of which nobody said what form they have."""
    return (unit.found(_("没有组织形式")) for unit in seen.read(living_groups) if unit.form_code is None)


def form_unfit(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups whose form is not the one that the threshold table advises for the people they declared."""
    declared = seen.read(declared_numbers)
    sizes = [org_rules.FormAdvice(form.code, form.name, form.min_people) for form in orgs.offered_forms()]
    for unit in seen.read(living_groups):
        people = declared[unit.id].people if unit.id in declared else None
        advised = org_rules.advised_form(people, sizes)
        if unit.form_code is not None and advised is not None and advised.code != unit.form_code:
            told = {"form": unit.form_name, "people": people, "advised": advised.name}
            yield unit.found(_("是%(form)s，填报 %(people)s 人，按标准建%(advised)s") % told)


def study_rules_unknown(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups of which nobody said whether they have rules of study."""
    groups = seen.read(living_groups)
    return (unit.found(_("没有登记有没有学习制度")) for unit in groups if unit.has_study_rules is None)


CHECKS = (
    Check(
        "papers.same_full_name", gettext_lazy("组织同名"), Severity.MEND,
        gettext_lazy("同一县区有两个同名的组织，导入活动、经费和名单时分不清是哪一个。"),
        gettext_lazy("如果是同一个组织登记了两次，请合并；如果是两个组织，请改成不同的全称。"),
        same_full_name, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "papers.twin_groups", gettext_lazy("可能重复的组织"), Severity.LOOK,
        gettext_lazy("挂靠单位和服务区域都相同的两个组织，可能是同一个组织登记了两次。"),
        gettext_lazy("请核对；登记了两次的请合并，确实是两个组织的不用改。"), twin_groups, "shell:unit", Orgs.VIEW,
    ),
    Check(
        "papers.hosts_alike", gettext_lazy("挂靠单位名称相近"), Severity.LOOK,
        gettext_lazy("同一个单位写成两种名称，会当成两个单位，按单位看覆盖时人数分散。"),
        gettext_lazy("请把挂靠单位改成同一种写法；确实是两个单位的不用改。"), hosts_alike, "orgs:links", Orgs.EDIT,
    ),
    Check(
        "papers.approval_missing", gettext_lazy("没有批复文号"), Severity.LOOK,
        gettext_lazy("批复文号是组织成立的依据，“有组织”也看它。"),
        gettext_lazy("请找到批复文件，填写文号；没有批复的，请向上级侨联补办。"), approval_missing, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "papers.number_odd", gettext_lazy("文号写法不规范"), Severity.LOOK,
        gettext_lazy("文号应写成“机关代字〔年份〕序号号”，括号写法不同就查不到同一份文件。"),
        gettext_lazy("请改成六角括号〔〕，年份写全，序号不加“第”字。"), number_odd, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "papers.event_without_document", gettext_lazy("沿革没有文号"), Severity.LOOK,
        gettext_lazy("重组、恢复、撤销都要有批复，没有文号的年度数经不起查。"),
        gettext_lazy("请找到批复文件，按同一事项、同一日期再登记一次，补上文号。"),
        event_without_document, "orgs:event", Orgs.EDIT,
    ),
    Check(
        "papers.number_repeated", gettext_lazy("同一文号不同日期"), Severity.LOOK,
        gettext_lazy("一份文件只有一个日期，同一文号用在不同日期的事项上，至少有一处不对。"),
        gettext_lazy("请拿文件核对这些事项的日期和文号，更正填错的。"), number_repeated, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "papers.kind_retired", gettext_lazy("类型或形式已停用"), Severity.LOOK,
        gettext_lazy("停用的类型和形式不再提供选择，还在使用的组织会在分类统计里单独成一行。"),
        gettext_lazy("请改选现在使用的类型或形式。"), kind_retired, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "papers.form_missing", gettext_lazy("没有组织形式"), Severity.LOOK,
        gettext_lazy("不知道是小组、联络组还是联合会，就算不出应当配哪些职务。"),
        gettext_lazy("请按批复文件选择组织形式。"), form_missing, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "papers.form_unfit", gettext_lazy("形式与人数不符"), Severity.LOOK,
        gettext_lazy("组织形式按人数确定，人数变了，形式可能要跟着变。"),
        gettext_lazy("请核对人数；确需变更形式的，按程序报批后修改，按实际情况保留的不用改。"),
        form_unfit, "orgs:edit", Orgs.EDIT, reads=People.COUNT,
    ),
    Check(
        "papers.study_rules_unknown", gettext_lazy("没说有无学习制度"), Severity.LOOK,
        gettext_lazy("有没有学习制度没有登记，“有活动”里的学习一项就判断不了。"),
        gettext_lazy("请问明后选择“有”或“没有”。"), study_rules_unknown, "orgs:edit", Orgs.EDIT,
    ),
)  # fmt: skip
