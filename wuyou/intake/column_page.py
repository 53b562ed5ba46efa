"""The tables of a batch with their columns, as the page shows them on which an office says what is what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from wuyou.intake.kinds import KINDS
from wuyou.intake.reading import WHOLE
from wuyou.platform.imports.columns import Column as ImportColumn
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import How
from wuyou.platform.imports.sentences import SKIPS, reason_sentence
from wuyou.platform.imports.tables import Skip
from wuyou.platform.presentation import said


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a group of equal tables: what stands in it, what it is taken for and why, what else it could be.

    `shares` says that other columns may be the same field: one of several telephones, or a word to tick.
    """

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
    shares: bool = False
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
        _("由您选定") if letters in changed else _reason(column), f"c{number}-{letters}", column["hidden"],
        bool(found and found.several) or bool(column.get("tick")), tuple(options),
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
        if not (line.shares and name == line.proposed):
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
