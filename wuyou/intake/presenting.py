"""A batch as its pages show it: tables with their columns, what would become of the rows, what was said of the cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.intake.findings import general
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import Action
from wuyou.intake.reading import WHOLE
from wuyou.platform.imports.columns import Column as ImportColumn
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import How
from wuyou.platform.imports.sentences import SKIPS, reason_sentence
from wuyou.platform.imports.tables import Skip
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


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a group of equal tables: what stands in it, what it is taken for and why, what else it could be."""

    letters: str
    header: str
    samples: str
    chosen: str
    proposed: str
    state: str
    tone: str
    reason: str
    name: str
    hidden: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def needs_a_look(self) -> bool:
        """Whether the clerk should look at it before going on."""
        return self.tone == "warning"


@dataclass(slots=True)
class TableGroup:
    """Tables with the same columns, shown and changed together."""

    number: int
    kind: str
    kind_label: str
    keys: list[str]
    places: list[str]
    rows: int
    details: list[str]
    columns: list[ColumnLine]
    missing: list[str]
    sentence: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def located(self) -> list[tuple[str, str]]:
        """Where each table is, and which of its rows are what."""
        return list(zip(self.places, self.details, strict=True))

    @property
    def doubtful(self) -> list[ColumnLine]:
        """The columns to look at."""
        return [column for column in self.columns if column.needs_a_look]

    @property
    def settled(self) -> list[ColumnLine]:
        """The others."""
        return [column for column in self.columns if not column.needs_a_look]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What the tables may be said to be."""
        return [*((name, str(kind.label)) for name, kind in KINDS.items()), ("", _("不导入这张表"))]


def table_groups(tables: Sequence[Mapping[str, Any]], mapping: Mapping[str, Mapping[str, str]]) -> list[TableGroup]:
    """Return the tables of a batch, those with the same kind and columns as one group, in the order of the files."""
    groups: dict[Any, TableGroup] = {}
    for table in tables:
        if table["form"] == "text":
            continue
        signature = (table["kind"], tuple((c["column"], c["header"], c["field"]) for c in table["columns"]))
        group = groups.get(signature)
        if group is None:
            group = groups[signature] = _group(len(groups), table, mapping)
        group.keys.append(table["key"])
        group.places.append(_place(table))
        group.rows += table["data_rows"]
        group.details.append(_detail(table))
    return sorted(groups.values(), key=lambda group: not group.kind)


def _group(number: int, table: Mapping[str, Any], mapping: Mapping[str, Mapping[str, str]]) -> TableGroup:
    kind = KINDS.get(table["kind"])
    changed = mapping.get(table["key"], {})
    lines = [_column(number, c, kind.columns.columns, changed) for c in table["columns"]] if kind else []
    labels = {c.field: _(c.label) for c in kind.columns.columns} if kind else {}
    sentence = said(table.get("sentence", ""))
    if not sentence and table["kind"] == "summary":
        sentence = _("这是汇总表，只用来核对合计，不逐行导入。")
    elif not sentence and kind is None:
        sentence = _("没有认出这是什么表，不会导入；如果需要导入，请在下面选择它的类型。")
    missing = [labels.get(name, name) for name in table["missing"]]
    return TableGroup(
        number, table["kind"] if kind else "", str(kind.label) if kind else _("不导入"), [], [], 0, [], lines,
        missing, sentence,
    )  # fmt: skip


def _column(
    number: int, column: Mapping[str, Any], known: Sequence[ImportColumn], changed: Mapping[str, str]
) -> ColumnLine:
    letters, proposed = column["column"], column["field"]
    chosen = changed.get(letters, proposed)
    found = next((one for one in known if one.field == chosen), None)
    sure = bool(column.get("sure")) or letters in changed
    state, tone = _standing(found, sure, bool(column.get("samples")))
    options = [("", _("不保存")), *((one.field, f"{_(one.label)}{_remark(one)}") for one in known)]
    return ColumnLine(
        letters, column["header"] or _("（没有表头）"), "、".join(column.get("samples", ())), chosen, proposed, state, tone,
        _("由您选定") if letters in changed else _reason(column), f"c{number}-{letters}", column["hidden"], tuple(options),
    )  # fmt: skip


def _reason(column: Mapping[str, Any]) -> str:
    """Return why a column is taken for what it is, in the reader's language; as it was written of an older batch."""
    if "word" not in column:
        return str(column["reason"])
    return reason_sentence(How(column["how"]), column["word"], column["likeness"], column["label"])


def _standing(found: ImportColumn | None, sure: bool, filled: bool) -> tuple[str, str]:
    if found is None:
        return _("不保存"), "warning" if filled and not sure else "neutral"
    if found.policy is Policy.REFUSE or (found.policy is Policy.ASK_PURPOSE and not found.purpose):
        return _("不保存，没有登记用途"), "neutral"
    if found.policy is Policy.IGNORE:
        return _("不保存，不需要"), "neutral"
    if not sure:
        return _("请核对"), "warning"
    return (_("需要用途"), "special") if found.policy is Policy.ASK_PURPOSE else (_("保存"), "success")


def _remark(column: ImportColumn) -> str:
    if column.policy is Policy.REFUSE or (column.policy is Policy.ASK_PURPOSE and not column.purpose):
        return _("（没有用途，不保存）")
    if column.policy is Policy.IGNORE:
        return _("（不保存）")
    return _("（需要用途）") if column.policy is Policy.ASK_PURPOSE else ""


def _place(table: Mapping[str, Any]) -> str:
    return f"{table['file']}　{table['sheet']}".strip()


def _detail(table: Mapping[str, Any]) -> str:
    """Return where a table's header and rows are and which rows are passed over, in one line."""
    heads, skips = table["header_rows"], Counter(row["reason"] for row in table["skipped_rows"])
    parts = [_("表头第 %(first)s–%(last)s 行") % {"first": heads[0], "last": heads[1]} if heads else _("没有表头")]
    if table["data_rows"]:
        words = {"first": table["first_data_row"], "last": table["last_data_row"], "rows": table["data_rows"]}
        parts.append(_("数据第 %(first)s–%(last)s 行，共 %(rows)s 行") % words)
    if skips:
        told = "、".join(f"{_(SKIPS[Skip(reason)])} {number}" for reason, number in skips.items())
        parts.append(_("跳过：%(rows)s") % {"rows": told})
    if table["hidden_rows"]:
        parts.append(_("含隐藏的行 %(rows)s 行，也会导入") % {"rows": table["hidden_rows"]})
    return "；".join(parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sensitive column of the batch: its field, its label and the purpose for which alone it may be kept."""

    field: str
    label: str
    purpose: str
    kept: bool


def asked_columns(groups: Sequence[TableGroup], kept: Sequence[str]) -> list[Asked]:
    """Return the sensitive columns that may be kept for a purpose, each once."""
    found: dict[str, Asked] = {}
    for group in groups:
        kind = KINDS.get(group.kind)
        known = {one.field: one for one in kind.columns.columns} if kind else {}
        for line in group.columns:
            column = known.get(line.chosen)
            if column is not None and column.policy is Policy.ASK_PURPOSE and column.purpose:
                found[column.field] = Asked(column.field, _(column.label), _(column.purpose), column.field in kept)
    return list(found.values())


def is_personal(groups: Sequence[TableGroup]) -> bool:
    """Tell whether persons are among what would be imported."""
    return any(KINDS[group.kind].personal for group in groups if group.kind)


def edited(
    groups: Sequence[TableGroup], mapping: Mapping[str, Mapping[str, str]], posted: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], bool]:
    """Return what was changed of the mapping, and whether a table's kind was: then its columns must be found anew.

    `mapping` is what was changed before. Complaints go to the groups' `errors`.
    """
    edits: dict[str, dict[str, str]] = {}
    anew = False
    for group in groups:
        kind = posted.get(f"k{group.number}", group.kind)
        changed = kind != group.kind and (kind in KINDS or not kind)
        anew = anew or changed
        columns = {} if changed else _chosen(group, posted)
        for key in group.keys:
            before = mapping.get(key, {})
            whole = {WHOLE: kind} if changed else {WHOLE: before[WHOLE]} if WHOLE in before else {}
            if whole or columns:
                edits[key] = whole | columns
    return edits, anew


def with_posted(groups: Sequence[TableGroup], posted: Mapping[str, str]) -> list[TableGroup]:
    """Return the groups with the columns as they were just chosen, so that a complaint loses nothing."""
    for group in groups:
        group.columns = [replace(line, chosen=posted.get(line.name, line.chosen)) for line in group.columns]
    return list(groups)


def _chosen(group: TableGroup, posted: Mapping[str, str]) -> dict[str, str]:
    taken: Counter[str] = Counter()
    found: dict[str, str] = {}
    labels = dict(group.columns[0].options) if group.columns else {}
    for line in group.columns:
        name = posted.get(line.name, line.chosen)
        name = name if name in labels else line.chosen
        taken[name] += 1
        # a doubtful column that was let stand has been looked at: next year it need not be asked again
        if name != line.proposed or (name and line.needs_a_look):
            found[line.letters] = name
    for name, number in taken.items():
        if name and number > 1:
            group.errors.append(
                _("有 %(number)s 列都选成了“%(label)s”；请只留一列，其余选“不保存”。")
                % {"number": number, "label": labels[name]}
            )
    return found


# ---- preview and result ------------------------------------------------------------------------------------------


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
            kind, str(KINDS[kind].label), numbers.get(Action.REJECTED, 0), _rejected(by[Action.REJECTED]),
            _changed(by[Action.CHANGED]), _fresh(by[Action.NEW]), "、".join(unseen),
        )  # fmt: skip


def _where(row: Mapping[str, Any]) -> str:
    return _("%(sheet)s 第 %(row)s 行") % {"sheet": row["sheet"] or row["file"], "row": row["row"]}


def _rejected(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    columns = (Column(_("位置"), phone="line"), Column(_("名称"), phone="name"), Column(_("原因"), phone="line"))
    found: list[list[Written]] = [[_where(row), row["label"] or _("（空）"), said(row["why"])] for row in rows]
    return Table(_("不导入的行"), columns, found) if rows else None


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
