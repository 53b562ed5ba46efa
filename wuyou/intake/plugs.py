"""What intake tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.intake import tasks
from wuyou.platform.plugs import Task

AUDIT = {
    "intake.batch.received": _("上传了 {files} 个表格"),
    "intake.batch.read": _("识别和核对表格"),
    "intake.batch.chosen": _("确定列的对应和登记依据"),
    "intake.batch.committed": _("导入 {rows} 条记录"),
    "intake.batch.undone": _("撤销导入，收回 {taken_back} 条记录"),
}
JOBS = [
    Task("intake.check", _("核对表格"), tasks.check),
    Task("intake.commit", _("导入表格"), tasks.commit),
    Task("intake.undo", _("撤销导入"), tasks.undo),
]
