"""A checked or imported batch as its pages show it: what becomes of the rows, what was said of the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.intake.findings import general
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import Action
from wuyou.platform.presentation import quantity, said
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

WORDS = {
    Action.NEW: gettext_lazy("新增"), Action.CHANGED: gettext_lazy("修改"), Action.UNCHANGED: gettext_lazy("不变"),
    Action.REJECTED: gettext_lazy("不导入"),
}  # fmt: skip
WEIGHTS = {"error": gettext_lazy("错误"), "warn": gettext_lazy("需核对")}
RECORDS = {
    "organisations": "shell:units", "persons": "people:list", "activities": "activities:list",
    "visits": "activities:list", "funds": "funds:list", "rubric": "assessment:schemes",
}  # fmt: skip
STEPS = (gettext_lazy("上传"), gettext_lazy("列的对应"), gettext_lazy("预览"), gettext_lazy("结果"))
SUMS = "sum_mismatch"
MOST_AT_ONCE = 3


def counts_table(counts: Mapping[str, Mapping[str, int]]) -> Table:
    """Return how many rows of each kind are new, changed, unchanged and not taken."""
    columns = (
        Column(_("内容"), phone="name"),
        *(Column(word, "number", phone="line", short=word) for word in WORDS.values()),
    )
    rows: list[list[Written]] = [
        [Cell(KINDS[kind].label, f"#{kind}"), *(numbers.get(action.value, 0) for action in WORDS)]
        for kind, numbers in counts.items()
    ]
    return Table(_("各类数量"), columns, rows, Empty(_("没有可以导入的内容")))


@dataclass(frozen=True, slots=True)
class KindPart:
    """What would become of the rows of one kind: tables of those not taken, changed and new, with how many are not shown."""

    kind: str
    label: str
    refused: int
    rejected: Table | None
    doubtful: Table | None
    changed: Table | None
    fresh: Table | None
    unseen: str


def kind_parts(report: Mapping[str, Any]) -> Iterator[KindPart]:
    """Yield each kind of a checked batch with its rows."""
    for kind, numbers in report.get("counts", {}).items():
        rows = [row for row in report["shown"] if row["kind"] == kind]
        by = {action: [row for row in rows if row["action"] == action] for action in WORDS}
        unseen = [
            f"{WORDS[action]} {quantity(numbers[action] - len(by[action]), _('条'))}"
            for action in (Action.REJECTED, Action.CHANGED, Action.NEW)
            if numbers.get(action, 0) > len(by[action])
        ]
        yield KindPart(
            kind, str(KINDS[kind].label), numbers.get(Action.REJECTED, 0), _rejected(by[Action.REJECTED]), _doubtful(rows),
            _changed(by[Action.CHANGED]), _fresh(by[Action.NEW]), "、".join(unseen),
        )  # fmt: skip


def _where(row: Mapping[str, Any]) -> str:
    return _("%(sheet)s 第 %(row)s 行") % {"sheet": row["sheet"] or row["file"], "row": row["row"]}


def _rejected(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    columns = (Column(_("位置"), phone="line"), Column(_("名称"), phone="name"), Column(_("原因"), phone="line"))
    found: list[list[Written]] = [[_where(row), row["label"] or _("（空）"), said(row["why"])] for row in rows]
    return Table(_("不导入的行"), columns, found) if rows else None


def _doubtful(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    """Return the rows that are taken although somebody should look at them, with the reason."""
    columns = (
        Column(_("位置"), phone="line"), Column(_("名称"), phone="name"), Column(_("处理"), phone="line"),
        Column(_("需要核对的原因"), phone="line"),
    )  # fmt: skip
    found: list[list[Written]] = [
        [_where(row), row["label"] or _("（空）"), str(WORDS[Action(row["action"])]), said(row["doubt"])]
        for row in rows
        if row.get("doubt")
    ]
    return Table(_("需要核对的行"), columns, found) if found else None


def _changed(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    columns = (
        Column(_("位置"), phone="hide"), Column(_("名称"), phone="name"), Column(_("项目"), phone="line"),
        Column(_("原来"), phone="line", short=_("原来")), Column(_("改为"), phone="line", short=_("改为")),
    )  # fmt: skip
    found: list[list[Written]] = [
        [_where(row), row["label"], said(label), _text(was), _text(now)]
        for row in rows
        for label, was, now in row["differences"]
    ]
    return Table(_("修改的内容"), columns, found) if found else None


def _fresh(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    columns = (Column(_("位置"), phone="line"), Column(_("名称"), phone="name"))
    found: list[list[Written]] = [[_where(row), row["label"]] for row in rows]
    return Table(_("新增的内容"), columns, found) if rows else None


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One sentence with how many cells it is said of, and some of them."""

    text: str
    label: str
    count: int
    state: str
    tone: str
    examples: tuple[tuple[str, str], ...]


def finding_groups(report: Mapping[str, Any]) -> list[FindingGroup]:
    """Return what was said of the cells, errors first; the printed totals have their own table (`sums_table`)."""
    found = []
    for group in report.get("findings", ()):
        if group["severity"] not in WEIGHTS or group["code"] == SUMS:
            continue
        tone = "danger" if group["severity"] == "error" else "warning"
        examples = tuple((_cell(example), _said(example, group)) for example in group["examples"])
        found.append(
            FindingGroup(
                said(general(group["code"])),
                _(group["label"]),
                group["count"],
                str(WEIGHTS[group["severity"]]),
                tone,
                examples,
            )
        )
    return found


def sums_table(report: Mapping[str, Any]) -> Table | None:
    """Return the printed totals that are wrong, each with what it should be; None when all are right."""
    columns = (Column(_("位置"), phone="name"), Column(_("栏目"), phone="line"), Column(_("说明"), phone="line"))
    rows: list[list[Written]] = [
        [_cell(example), _(group["label"]), said(example["text"])]
        for group in report.get("findings", ())
        if group["code"] == SUMS
        for example in group["examples"]
    ]
    return Table(_("表上印的合计不对"), columns, rows) if rows else None


def _cell(example: Mapping[str, Any]) -> str:
    return f"{example['sheet'] or example['file']} {example['cell']}"


def _said(example: Mapping[str, Any], group: Mapping[str, Any]) -> str:
    if not example["raw"] and not example["value"]:
        return "" if example["text"] == group["text"] else said(example["text"])
    return f"{example['raw']} → {example['value']}" if example["value"] else example["raw"]


def _text(kept: Any) -> str:
    """Return what a difference shows of one side: a text of the workbook or the register, or a word of ours."""
    return (said(kept) if isinstance(kept, Mapping) else kept) or _("（空）")


def remark_parts(remarks: Sequence[Any]) -> list[tuple[str, list[str]]]:
    """Return each remark as its sentence and, where it lists many things, the things: these open on request."""
    found: list[tuple[str, list[str]]] = []
    for remark in remarks:
        things = remark["words"].get("things", ()) if isinstance(remark, Mapping) else ()
        if len(things) > MOST_AT_ONCE:
            head = said({**remark, "words": {**remark["words"], "things": ""}}).rstrip("：: ")
            found.append((head, [said(thing) for thing in things]))
        else:
            found.append((said(remark), []))
    return found


def record_links(counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Return (address, label) of the lists in which what was imported now stands."""
    found: dict[str, str] = {}
    for kind, numbers in counts.items():
        if numbers.get(Action.NEW, 0) + numbers.get(Action.CHANGED, 0):
            found.setdefault(reverse(RECORDS[kind]), _("查看%(kind)s") % {"kind": KINDS[kind].label})
    return list(found.items())


def taken(counts: Mapping[str, Mapping[str, int]], *actions: Action) -> int:
    """Return how many rows of a batch would do, or did, one of the actions."""
    return sum(numbers.get(action.value, 0) for numbers in counts.values() for action in actions)
