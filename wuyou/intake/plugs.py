"""What intake tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.intake import tasks
from wuyou.platform.plugs import Task

AUDIT = {
    "intake.batch.received": _("上传了 {files} 个表格"),
    "intake.batch.read": _("识别表格"),
    "intake.batch.refused": _("表格未能读取"),
    "intake.batch.checked": _("核对表格"),
    "intake.batch.annotated": _("生成标注问题的表格 {files} 个"),
    "intake.batch.chosen": _("确定列的对应和登记依据"),
    "intake.batch.committed": _("导入 {rows} 条记录"),
    "intake.batch.undone": _("撤销导入，收回 {taken_back} 条记录"),
}
JOBS = [
    Task("intake.read", _("识别表格"), tasks.read),
    Task("intake.check", _("核对表格"), tasks.check),
    Task("intake.commit", _("导入表格"), tasks.commit),
    Task("intake.undo", _("撤销导入"), tasks.undo),
    Task("intake.annotate", _("标注问题"), tasks.annotate),
]
