"""What succession tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.platform.plugs import Task
from wuyou.succession import exporting, tasks
from wuyou.succession.steps import made

JOBS = [
    Task("succession.carry_out", _("办理组织变更"), tasks.carry_out),
    Task("succession.take_back", _("撤回组织变更"), tasks.take_back),
]
EXPORTS = exporting.EXPORTS
HOLDS = [made.held]
AUDIT = {
    "succession.change.begun": _("开始办理组织变更"),
    "succession.change.drafted": _("保存组织变更草稿"),
    "succession.change.discarded": _("删除组织变更草稿"),
    "succession.change.started": _("在后台办理或撤回组织变更"),
    "succession.change.carried_out": _("办理组织变更"),
    "succession.change.taken_back": _("撤回组织变更"),
    "succession.change.gone": _("组织不再成立，它撤回过的变更一并删除"),
    "succession.unit.merge": _("办理合并（{on}）"),
    "succession.unit.split": _("办理拆分（{on}）"),
    "succession.unit.split_off": _("办理分出（{on}）"),
    "succession.unit.succeed": _("承接其他组织（{on}）"),
    "succession.unit.reorganise": _("办理重组（{on}）"),
    "succession.unit.dissolve": _("办理撤销（{on}）"),
    "succession.unit.restore": _("办理恢复（{on}）"),
    "succession.unit.lapse": _("办理停滞（{on}）"),
    "succession.unit.rename": _("办理更名（{on}）"),
    "succession.unit.upgrade": _("办理升格（{on}）"),
    "succession.unit.downgrade": _("办理降格（{on}）"),
    "succession.unit.change_host": _("办理改挂（{on}）"),
    "succession.unit.convert": _("办理转制（{on}）"),
    "succession.unit.taken_back": _("撤回组织变更"),
}
