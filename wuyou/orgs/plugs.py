"""What orgs tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.orgs import exporting, figures, target_figures

AUDIT = {
    "orgs.unit.founded": _("登记组织 {full_name}"),
    "orgs.unit.revised": _("修改组织资料"),
    "orgs.unit.placed": _("调整指导关系"),
    "orgs.unit.establish": _("登记新建（{on}）"),
    "orgs.unit.reorganise": _("登记重组（{on}）"),
    "orgs.unit.restore": _("登记恢复（{on}）"),
    "orgs.unit.lapse": _("登记停滞（{on}）"),
    "orgs.unit.dissolve": _("登记撤销（{on}）"),
    "orgs.unit.rename": _("登记更名（{on}）"),
    "orgs.unit.event_completed": _("补登 {on} 事项的文号或说明"),
    "orgs.unit.event_corrected": _("更正 {on} 登记的事项"),
    "orgs.unit.event_taken_back": _("撤回 {on} 登记的事项"),
    "orgs.unit.placement_corrected": _("更正指导关系的起止日期或文号"),
    "orgs.unit.figures_moved": _("更正后，以前年度的数字有 {number} 处变化"),
    "orgs.table.added": _("在“{table}”中新增“{name}”"),
    "orgs.table.revised": _("修改“{table}”中的“{name}”"),
    "orgs.table.retired": _("停用“{table}”中的“{name}”"),
    "orgs.table.restored": _("恢复使用“{table}”中的“{name}”"),
    "orgs.table.removed": _("删除“{table}”中的“{name}”"),
    "orgs.targets.drawn_up": _("制定目标计划“{name}”（{first_year}—{last_year}年）"),
    "orgs.targets.revised": _("修改目标计划“{name}”"),
    "orgs.targets.set": _("填写目标计划“{name}”的计划数"),
    "orgs.targets.removed": _("删除目标计划“{name}”（{years}年）"),
    "orgs.unit.linked": _("调整领导单位、挂靠单位或服务区域（自 {on}）"),
    "orgs.unit.hosted": _("调整挂靠单位"),
    "orgs.venue.corrected": _("更正阵地资料"),
    "orgs.venue.closed": _("登记阵地停用 {name}（{on}）"),
    "orgs.venue.reopened": _("登记阵地继续使用 {name}（原登记 {ended} 停用）"),
    "orgs.venue.registered": _("登记阵地 {name}"),
}
FIGURES = [*figures.FIGURES, *target_figures.FIGURES]
EXPORTS = exporting.EXPORTS
