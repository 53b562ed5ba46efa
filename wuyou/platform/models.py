"""The platform's own tables: audit chain, jobs, files, form keys."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wuyou.platform.datacare import FOREVER, Basis, Care, Months
from wuyou.platform.locking import Versioned
from wuyou.platform.scoping import PathField
from wuyou.platform.sealing import SealedField

AUDITOR = "platform.audit.view"


class AuditEvent(models.Model):
    """One thing that was done. Written once, by `audit.record`; triggers refuse change and removal on both engines."""

    class DataCare:
        personal = {"actor_name": Care("说明是谁办理的", Basis.OFFICE, AUDITOR)}
        plain = {"seq", "at", "actor_id", "verb", "object_kind", "object_id", "path", "payload_hash", "prev", "hash"}
        keep = Months(36)

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    verb = models.CharField(max_length=80, db_index=True)
    object_kind = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    path = PathField()
    payload_hash = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["path", "seq"], name="audit_path"),
        ]
        verbose_name = _("审计记录")

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class AuditPayload(models.Model):
    """What an event said in detail; may be erased when the law asks for it, the chain stays whole."""

    class DataCare:
        personal = {"body": Care("说明办理了什么，可能含姓名", Basis.OFFICE, AUDITOR)}
        plain = {"event_id", "salt"}
        keep = Months(36)

    event_id = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    body = models.TextField()

    def __str__(self) -> str:
        return str(self.event_id)


class AuditHead(models.Model):
    """The end of the chain: one row, locked while an event is appended."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "seq", "hash"}
        keep = FOREVER

    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.seq)


class Job(models.Model):
    """A piece of work done by the worker; its progress is shown while it runs and survives a reload of the page."""

    class DataCare:
        personal = {"error": Care("说明为何没有办成，可能含姓名", Basis.OFFICE)}
        plain = {
            "id",
            "task",
            "actor_id",
            "arguments",
            "state",
            "queued_at",
            "started_at",
            "finished_at",
            "label",
            "result",
            "attempts",
        }
        keep = Months(6)

    class State(models.TextChoices):
        QUEUED = "queued", _("等待中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    actor_id = models.BigIntegerField(null=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed"]), name="job_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"


class StoredFile(models.Model):
    """A file that somebody gave or the system made; kept sealed under its uuid outside the web root.

    `key` opens it and is itself sealed; without a key the bytes are gone, and only the row says what there was. The bytes
    go before the row: `expires_at` says when (`files.KEPT_DAYS`), the row stays so that the same file is known again.
    """

    class DataCare:
        personal = {
            "name": Care("让上传的人认得自己的文件，可能含姓名", Basis.OFFICE),
            "key": Care("打开加密保存的文件；文件到期后先删除，名称和校验值留存", Basis.OFFICE, "platform.imports.run"),
        }
        plain = {"id", "sha256", "size", "media_type", "purpose", "owner_id", "path", "created_at", "expires_at"}
        keep = Months(36)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    purpose = models.CharField(max_length=40, db_index=True)
    owner_id = models.BigIntegerField(null=True)
    path = PathField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, db_index=True)
    key = SealedField(blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def uid(self) -> uuid.UUID:
        """By what the key is bound to this row."""
        return self.id

    @property
    def location(self) -> Any:
        """Where the bytes are on this machine."""
        return settings.WUYOU_DATA / "files" / self.id.hex[:2] / self.id.hex


class OnceKey(models.Model):
    """The key of one form as it was handed out: the second sending of it gets the first one's answer."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"key", "user_id", "location", "created_at"}
        keep = Months(1)

    key = models.CharField(primary_key=True, max_length=64)
    user_id = models.BigIntegerField(null=True)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ImportBatch(Versioned):
    """One bringing-in of an office's workbooks: what was read, how columns were understood, what came of it.

    Its version grows each time somebody chooses columns or purpose.
    """

    class DataCare:
        personal = {"report": Care("说明各行的处理结果，可能含单元格内容", Basis.OFFICE)}
        plain = {
            "id", "kind", "state", "actor_id", "path", "unit_id", "created_at", "committed_at", "undone_at", "mapping",
            "choices", "counts", "job_id", "continues", "version",
        }  # fmt: skip
        keep = Months(36)

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("已上传")
        READ = "read", _("已识别")
        CHECKED = "checked", _("已核对")
        COMMITTED = "committed", _("已导入")
        UNDONE = "undone", _("已撤销")
        REFUSED = "refused", _("未能读取")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    actor_id = models.BigIntegerField(null=True)
    path = PathField()
    unit_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    mapping = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    job_id = models.UUIDField(null=True)
    continues = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("导入批次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["uploaded", "read", "checked", "committed", "undone", "refused"]),
                name="batch_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class ImportFile(models.Model):
    """One file of a batch, in the order given."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "batch", "file", "position"}
        keep = Months(36)

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.file_id)


class ImportedRecord(models.Model):
    """What one row of a batch became: which record, new or changed, and what it was before, for the way back.

    `before` holds the previous values of changed fields; sealed fields stand in it as sealed.
    """

    class DataCare:
        personal = {"before": Care("撤销导入时恢复原值", Basis.OFFICE)}
        plain = {"id", "batch", "file", "sheet", "row", "object_kind", "object_id", "action", "after_version"}
        keep = Months(3)

    class Action(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("修改")
        UNCHANGED = "unchanged", _("不变")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="records")
    file = models.PositiveSmallIntegerField(default=0)
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=10, choices=Action)
    after_version = models.PositiveIntegerField(default=1)
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="imported_object")]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id}"


class RememberedColumn(models.Model):
    """How an office's own header words were understood last time, offered again next time."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "path", "kind", "header", "field", "used_at"}
        keep = Months(60)

    path = PathField()
    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=120)
    field = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "kind", "header"], name="header_remembered_once")]

    def __str__(self) -> str:
        return f"{self.header} = {self.field}"
