"""A batch at each step of the wizard, of workbooks with much to say: what the pages of the import show when they are full."""

import csv
import io
from typing import Any

from wuyou.demo.factories import actor_for
from wuyou.demo.small import GOOD, QILIN
from wuyou.intake import services, tasks
from wuyou.orgs.models import Unit
from wuyou.platform.jobs import Progress
from wuyou.platform.models import ImportBatch, Job

USER = "city"
CENSUS = (
    ("2025年侨情摸底表",),
    ("姓名", "性别", "出生年月", "身份证号", "侨情类别", "现住址", "联系电话", "所属侨联组织", "宗教信仰", "资产情况", "说不清"),
    ("罗秀琼", "女", "1961-03-04", "530399196103047522", "侨眷", "麒麟区南宁街道", "19900001234", GOOD, "佛教", "有房两套", "甲"),
    ("罗秀琼", "女", "1961-03-04", "", "侨眷", "麒麟区南宁街道", "19900001234", "", "", "", "乙"),
    ("角文", "男", "1970年13月", "530399197001010000", "侨亲", "麒麟区没有的街道", "1990000123", "没有登记的小组", "", "", "丙"),
    ("", "女", "1955", "", "归侨", "", "", "", "", "", ""),
    ("一个很长很长的名字" * 4, "不详", "同上", "", "侨眷", "麒麟区益宁街道" * 6, "0874-1234567、19900005678", "", "", "", "丁"),
    ("合计", "", "", "", "5", "", "", "", "", "", ""),
    ("注：红色为需要核对的人员",),
)  # fmt: skip
LEDGER = (
    ("组织全称", "组织类型", "批准文号", "成立时间", "负责人", "联系电话", "活动场所", "面积（㎡）", "侨界人数"),
    (
        "麒麟区新光社区侨联小组",
        "社区",
        "曲侨发[2020]3号",
        "2020.5",
        "尹学梅",
        "19900004567",
        "新光社区活动室",
        "60",
        "35",
    ),
    (GOOD, "社区", "", "很久以前", "", "", "", "六十", "多人"),
)


def table(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """Return rows as a table with commas."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def at_every_step() -> list[tuple[str, str]]:
    """Return (state, address) of a batch at each step, as `USER` meets it."""
    found = []
    for state, steps in (
        ("queued", ()), ("read", (tasks.read,)), ("checked", (tasks.read, tasks.check)),
        ("committed", (tasks.read, tasks.check, _commit)), ("undone", (tasks.read, tasks.check, _commit, tasks.undo)),
    ):  # fmt: skip
        batch = _received(("2025年侨情摸底表.csv", table(CENSUS)), ("组织台账.csv", table(LEDGER)))
        for step in steps:
            step(actor_for(USER), Progress(batch.pk), batch_id=str(batch.pk))
        if not steps:
            services.start(actor=actor_for(USER), batch_id=batch.pk, task="intake.read")
        found.append((state, _page(ImportBatch.objects.get(pk=batch.pk))))
    broken = _received(("照片.xlsx", b"\xff\xd8\xff\xe0 this is no workbook"))
    tasks.read(actor_for(USER), Progress(broken.pk), batch_id=str(broken.pk))
    return [*found, ("refused", f"/imports/new/?refused={broken.pk}"), ("failed", _failed())]


def _received(*files: tuple[str, bytes]) -> ImportBatch:
    actor, unit = actor_for(USER), Unit.objects.filter(short_name=QILIN).earliest("pk")
    batch = services.receive(actor=actor, uploads=[(name, [told]) for name, told in files], unit_id=unit.pk)
    choices = {"unit_id": unit.pk, "ground": "separate_consent", "purpose": "侨情统计和联系服务", "kept": ["birth"]}
    services.choose(actor=actor, batch_id=batch.pk, edits={}, choices=choices)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UPLOADED)
    return batch


def _commit(actor: Any, progress: Progress, *, batch_id: str) -> None:
    tasks.commit(actor, progress, batch_id=batch_id, all_or_nothing=False)


def _page(batch: ImportBatch) -> str:
    step = {"uploaded": "", "read": "columns/", "checked": "preview/", "committed": "result/", "undone": "result/"}
    return f"/imports/{batch.pk}/{step[batch.state]}"


def _failed() -> str:
    batch = _received(("侨情.csv", table(CENSUS)))
    job = services.start(actor=actor_for(USER), batch_id=batch.pk, task="intake.read")
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error="磁盘空间不足，没有读取；什么都没有导入。")
    return _page(batch)
