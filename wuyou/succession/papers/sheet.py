"""The sheet on which a change is put on record 组织变更登记表: what changed, what was held before and after, who took what."""

from wuyou.platform.documents.content import (
    Align,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from wuyou.succession.papers.case import BLANK, DAY_BLANK, Case, Side, in_words, listed, yuan
from wuyou.succession.rules import Sums

_FACTS = (TableColumn("项目", 30), TableColumn("内容", 100))
_BECOMING = (TableColumn("项目", 26), TableColumn("变更前", 52), TableColumn("变更后", 52))
_SUMS = (
    TableColumn("组织", 46), TableColumn("成员", 26, Align.RIGHT), TableColumn("登记的人员", 26, Align.RIGHT),
    TableColumn("经费结余", 42, Align.RIGHT), TableColumn("未办结事项", 26, Align.RIGHT),
)  # fmt: skip
_HANDED = (
    TableColumn("事项", 32), TableColumn("移出", 46), TableColumn("承接", 46), TableColumn("数量", 26, Align.RIGHT),
)  # fmt: skip


def sheet(told: Case) -> OfficialDocument:
    """Return the sheet of a change, drafted or carried out, with the places for those who sign."""
    blocks: list[Block] = [Heading(1, "变更事项"), Table(_FACTS, tuple(map(TableRow, _facts(told))))]
    if told.becoming:
        rows = tuple(TableRow((what, before or "（无）", after or "（无）")) for what, before, after in told.becoming)
        blocks += [Heading(1, "变更内容"), Table(_BECOMING, rows)]
    if told.together:
        blocks += [Heading(1, "变更前后的数目（变更前 → 变更后）"), Table(_SUMS, _sums(told))]
    if told.handed:
        rows = tuple(
            TableRow((one.label, one.giver or "原组织", one.taker or "随原组织终止", one.number)) for one in told.handed
        )
        blocks += [Heading(1, "移交和承接"), Table(_HANDED, rows)]
    blocks += [
        Paragraph((f"填表人：{BLANK}　　审核人：{BLANK}　　填表日期：{DAY_BLANK}",)),
        Paragraph((f"移交人：{BLANK}　　接收人：{BLANK}　　监交人：{BLANK}",)),
    ]
    return OfficialDocument(title=("组织变更登记表",), blocks=tuple(blocks))


def _facts(told: Case) -> list[tuple[str, str]]:
    found = [
        ("事项", told.kind_word), ("生效日期", in_words(told.on)), ("批复文号", told.document or BLANK),
        ("批准机关", told.office or BLANK), ("原组织", listed(told.old)),
    ]  # fmt: skip
    if told.heirs:
        found.append(("承接组织", listed(told.heirs)))
    giving = told.closing if not told.is_alone else told.old if told.new_name else ()
    found += [("旧印章交回", f"{side.name}：{in_words(told.seals.get(side.word))}") for side in giving]
    return [*found, ("说明", told.note)] if told.note else found


def _sums(told: Case) -> tuple[TableRow, ...]:
    """Return what each unit holds before and after, as far as that is known of each, and all of them together."""
    assert told.together is not None  # asked before
    sides: dict[str, Side] = {side.word: side for side in (*told.old, *told.heirs)}
    rows = [
        TableRow((side.name, *_pairs(side.before or Sums(), side.after or Sums())))
        for side in sides.values()
        if side.before is not None or side.after is not None
    ]
    return (*rows, TableRow(("合计", *_pairs(*told.together))))


def _pairs(before: Sums, after: Sums) -> tuple[str, ...]:
    return (
        f"{before.members} → {after.members}", f"{before.kept} → {after.kept}",
        f"{yuan(before.balance_fen)} → {yuan(after.balance_fen)}", f"{before.open_matters} → {after.open_matters}",
    )  # fmt: skip
