"""`wuyou import` and `wuyou undo-import`: the same steps as the wizard's pages, from files on this machine.

`docs/commands.md` documents what is printed and the forms of the report and of the list of cells.
"""

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from wuyou.config import installation
from wuyou.intake import committing, queries, services
from wuyou.intake.annotating import annotated, written
from wuyou.intake.batches import Outcome, Wanted, choices_from, run
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import Action
from wuyou.intake.tasks import refusal_saying
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Refused
from wuyou.kernel.sayings import said, spoken
from wuyou.orgs import queries as orgs
from wuyou.platform.imports.annotate import problem_lines
from wuyou.platform.imports.reader import CellLine
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.report import CellsFile

WORST_SHOWN = 12
_CHUNK = 1 << 20
_WORDS = {Action.NEW: "新增", Action.CHANGED: "修改", Action.UNCHANGED: "不变", Action.REJECTED: "未导入"}
_WEIGHTS = {"error": "错误", "warn": "提醒"}


def bring(arguments: argparse.Namespace) -> int:
    """Read workbooks and say what would come of them; with --yes, store them. A refusal stores nothing."""
    installation.prepare(print)
    for path in arguments.files:
        if not path.is_file():
            raise Refused(f"没有找到文件 {path}，什么都没有导入；请核对路径。")
    actor = installation.operator()
    try:
        return _Bringing(actor, _office(actor, arguments.unit), arguments).run()
    except FileRefused as refusal:
        raise Refused(str(refusal_saying(refusal))) from refusal


def undo(arguments: argparse.Namespace) -> int:
    """Take a batch back and say what stays."""
    try:
        batch_id = UUID(arguments.batch)
    except ValueError as wrong:
        raise Refused("批次编号不对，什么都没有改动；请使用导入时打印的编号。") from wrong
    number, left = services.undo(actor=installation.operator(), batch_id=batch_id)
    print(f"已撤销，收回 {number} 条记录。")
    for sentence in left:
        print(f"  {said(sentence)}")
    return 0


def _office(actor: Actor, name: str) -> Any:
    """Return the office of that name, the widest when none is named."""
    offices = orgs.federations(actor)
    if not offices:
        raise Refused("还没有单位，什么都没有导入；请先执行 wuyou createadmin --office 单位全称。")
    if not name:
        return min(offices, key=lambda office: len(office.path))
    found = [office for office in offices if name in (office.full_name, office.short_name)]
    if len(found) != 1:
        raise Refused(f"没有名为“{name}”的侨联，什么都没有导入；请写单位全称。")
    return found[0]


class _Bringing:
    """One run of the command."""

    def __init__(self, actor: Actor, office: Any, arguments: argparse.Namespace) -> None:
        self.actor, self.office, self.arguments = actor, office, arguments
        self.kind = "" if arguments.kind == "auto" else arguments.kind
        self.choices = {
            "ground": arguments.ground,
            "purpose": arguments.purpose,
            "kept": [name for name in arguments.keep.split(",") if name],
            "year": arguments.year,
            "all_or_nothing": arguments.all_or_nothing,
            "over_edits": arguments.over_edits,
        }
        self.problems: list[CellLine] = []
        self.batch: Any = None

    def run(self) -> int:
        """Read, say, and store when asked to."""
        if self.arguments.yes or self.arguments.annotated:
            self._receive()
        with ExitStack() as stack:
            said = self._listener(stack)
            if self.arguments.yes:
                print(f"批次 {self.batch.pk}：正在导入……", flush=True)
                outcome = committing.bring_in(self.actor, self.batch.pk, said=said)
            else:
                outcome = run(self.actor, self._wanted(), write=False, said=said)
        self._tell(outcome)
        self._report(outcome)
        self._annotate()
        return 0

    def _receive(self) -> None:
        uploads = [(path.name, _chunks(path)) for path in self.arguments.files]
        self.batch = services.receive(actor=self.actor, uploads=uploads, unit_id=self.office.pk, kind=self.kind)
        services.choose(actor=self.actor, batch_id=self.batch.pk, edits={}, choices=self.choices)
        self.batch = queries.batch(self.actor, self.batch.pk)
        earlier = queries.same_file_before(self.actor, self.batch)
        if earlier is not None:
            print(f"这些文件里有以前导入过的（批次 {earlier.pk}）；相同的内容不会重复登记。")

    def _wanted(self) -> Wanted:
        if self.batch is not None:
            return queries.wanted(self.batch)
        files = [(path.name, path) for path in self.arguments.files]
        choices = choices_from({"unit_id": self.office.pk, **self.choices})
        return Wanted(uuid4(), files, choices, self.kind, remembered=queries.remembered(self.office.path))

    def _listener(self, stack: ExitStack) -> Any:
        cells = None
        if self.arguments.cells:
            handle = stack.enter_context(self.arguments.cells.open("w", encoding="utf-8", newline=""))
            cells = CellsFile(handle)

        def said(lines: list[CellLine]) -> None:
            if cells is not None:
                cells.write(lines)
            if self.arguments.annotated:
                self.problems += problem_lines(lines)

        return said

    def _tell(self, outcome: Outcome) -> None:
        print(_line("", *_WORDS.values()))
        for kind, counts in outcome.counts.items():
            print(_line(str(KINDS[kind].label), *(counts[action] for action in _WORDS)))
        _tell_details(spoken(outcome.as_json()))
        if not outcome.counts:
            print("没有认出可以导入的表格；请核对文件，或在命令里写明类型。")
        elif self.arguments.yes:
            print(f"已导入，批次 {self.batch.pk}。撤销：wuyou undo-import {self.batch.pk}")
        else:
            print("以上是预览，什么都没有写入；确认后加 --yes 再执行一次。")

    def _report(self, outcome: Outcome) -> None:
        if not self.arguments.report:
            return
        found = {
            "batch": str(self.batch.pk) if self.batch is not None else None,
            "committed": bool(self.arguments.yes),
            **spoken(outcome.as_json()),
        }
        self.arguments.report.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")

    def _annotate(self) -> None:
        if not self.arguments.annotated:
            return
        with annotated(self.actor, self._wanted(), lines=self.problems) as files:
            for path in written(files, self.arguments.annotated):
                print(f"已写出标注了问题的 {path}")


def _tell_details(found: dict[str, Any]) -> None:
    for remark in found["remarks"]:
        print(f"注意：{remark}")
    for table in found["tables"]:
        if table["sentence"] or table["kind"] in ("summary", "unknown"):
            why = table["sentence"] or (
                "这是汇总表，不逐行导入。" if table["kind"] == "summary" else "没有认出这是什么表。"
            )
            print(f"未读取：{table['file']} {table['sheet']}　{why}")
    reasons = Counter(row["why"] for row in found["shown"] if row["action"] == Action.REJECTED)
    for why, number in reasons.most_common():
        print(f"未导入 {number} 行：{why}")
    worst = [group for group in found["findings"] if group["severity"] in _WEIGHTS]
    for group in worst[:WORST_SHOWN]:
        first = group["examples"][0]
        where = f"{first['sheet']} {first['cell']}".strip()
        print(f"{_WEIGHTS[group['severity']]} {group['count']} 格（{group['label']}，如 {where}）：{first['text']}")
    if len(worst) > WORST_SHOWN:
        print(f"另有 {len(worst) - WORST_SHOWN} 类问题，请用 --report 或 --annotated 查看。")


def _line(first: str, *rest: Any) -> str:
    """Return a line of the table, Chinese characters counted as two columns."""
    wide = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in first)
    cells = (
        " " * (8 - sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in str(cell))) + str(cell) for cell in rest
    )
    return first + " " * (24 - wide) + "".join(cells)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk
