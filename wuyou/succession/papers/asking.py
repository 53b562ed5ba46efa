"""The request for a change to the office above 请示, and the draft of that office's answer 批复."""

from collections.abc import Callable, Sequence

from wuyou.platform.documents.content import Block, Heading, OfficialDocument, Paragraph
from wuyou.succession.papers.case import (
    BLANK,
    DAY_BLANK,
    NUMBER_BLANK,
    Case,
    Handed,
    Side,
    brief,
    in_words,
    listed,
    yuan,
)


def asked(told: Case, named: Callable[[tuple[Side, ...]], str] = listed) -> str:
    """Return in half a sentence what is asked for: 将甲、乙合并组建丙. A blank stands for who or what is not known yet.

    `named` names several units: each of them, or in a title the first few of many.
    """
    old, closing, heirs, new = (named(sides) for sides in (told.old, told.closing, told.heirs, told.going_on))
    if told.kind == "merge":
        founds = not told.heirs or told.heirs[0].is_new
        return f"将{old}合并组建{heirs}" if founds else f"将{closing}并入{heirs}"
    if told.kind == "split":
        return f"将{old}拆分为{heirs}" if told.closing else f"从{old}分设{new}"
    if told.kind in ("reorganise", "dissolve"):
        verb = "重组" if told.kind == "reorganise" else "撤销"
        return f"{verb}{closing}并由{heirs}承接" if told.heirs else f"{verb}{old}"
    if told.kind == "restore":
        return f"恢复{old}"
    verb = {"rename": "更名", "upgrade": "升格", "downgrade": "降格", "convert": "转制"}[told.kind]
    return f"将{old}{verb}为{told.new_name or _other_kind(told) or BLANK}"


def _other_kind(told: Case) -> str:
    """Return the new kind or form of a unit that keeps its name."""
    return next((after for label, _before, after in told.becoming if label in ("类型", "形式")), "")


def request(told: Case) -> OfficialDocument:
    """Return the request: what is asked, who takes part, what each holds, what is handed over. Reasons are left to fill in.

    Source: GB/T 9704-2012, an upward document names its signer; 党政机关公文处理工作条例, 请示 gives a person to ask.
    """
    reason = f"因{BLANK}{BLANK}（请填写理由），拟{asked(told)}，自{in_words(told.on)}起施行。现将有关情况请示如下。"
    blocks: list[Block] = [Paragraph((reason,)), Heading(1, "组织现状")]
    blocks += [Paragraph((_present(side),)) for side in (*told.old, *_standing(told))]
    blocks += _becoming(told)
    blocks += _handing(told)
    blocks += [Heading(1, "征求意见情况"), Paragraph((f"挂靠单位党组织的意见：{BLANK}{BLANK}。",)),
               Paragraph((f"有关成员的意见：{BLANK}{BLANK}。",)), Paragraph(("以上请示妥否，请批复。",))]  # fmt: skip
    return OfficialDocument(
        title=(f"关于{asked(told, brief)}的请示",),
        blocks=tuple(blocks),
        number=NUMBER_BLANK,
        signer=BLANK,
        addressee=told.office or BLANK,
        signed_by=brief(told.old),
        undated=DAY_BLANK,
        note=f"联系人：{BLANK}，联系电话：{BLANK}",
    )


def _standing(told: Case) -> list[Side]:
    """Return the heirs that stand already and are not among the old units."""
    return [side for side in told.going_on if not side.is_new]


def _present(side: Side) -> str:
    parts = [f"{_precise(side.founded)}成立" if side.founded else f"成立时间{BLANK}"]
    parts.append(f"批准文号{side.document or BLANK}")
    if side.hosts:
        parts.append(f"挂靠单位：{'、'.join(side.hosts)}")
    held = side.before
    if held is not None:
        parts.append(
            f"现有成员{held.members}人，登记的人员{held.kept}人，经费结余{yuan(held.balance_fen)}，"
            f"未办结事项{held.open_matters}项"
        )
    return f"{side.name}：{'，'.join(parts)}。"


def _precise(founded: str) -> str:
    """Return a day of founding as precise as it is known: 2019年, 2019年3月, 2019年3月5日."""
    units = ("年", "月", "日")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(founded.split("-"), units, strict=False))


def _becoming(told: Case) -> list[Block]:
    if not told.is_alone:
        return []
    lines = [f"{label}由{before or '（无）'}改为{after or '（无）'}。" for label, before, after in told.becoming]
    kept = "班子、成员、活动、经费和阵地都不变，仍为原来的组织。"
    return [Heading(1, "变更方案"), *(Paragraph((line,)) for line in (*lines, kept))]


def _handing(told: Case) -> list[Block]:
    """Return how things are handed over: persons, money, the rest, seals."""
    if told.is_alone:
        return []
    blocks: list[Block] = [Heading(1, "移交安排")]
    if told.together:
        before, after = told.together
        ending = f"，不再编入基层组织{before.members - after.members}人" if before.members > after.members else ""
        total = f"合计成员{before.members}人，登记的人员{before.kept}人，经费结余{yuan(before.balance_fen)}，"
        blocks.append(Paragraph((f"{total}未办结事项{before.open_matters}项{ending}。",)))
    blocks += [Paragraph((line,)) for line in _by_giver(told.handed) or ["没有需要移交的事项。"]]
    return [*blocks, *(Paragraph((line,)) for line in seal_lines(told))]


def _by_giver(handed: Sequence[Handed]) -> list[str]:
    """Return for each unit that gives away, in a sentence, what goes to whom and what ends with it."""
    told: dict[str, dict[str, list[str]]] = {}
    for one in handed:
        told.setdefault(one.giver or "原组织", {}).setdefault(one.taker, []).append(f"{one.label}{one.number}")
    return [
        f"{giver}："
        + "；".join(
            f"{'、'.join(things)}{f'转入{taker}' if taker else '随原组织终止'}" for taker, things in takers.items()
        )
        + "。"
        for giver, takers in told.items()
    ]


def seal_lines(told: Case) -> list[str]:
    """Return of each unit that closes or is renamed when its old seal is handed back; a blank day where it is not known.

    Source: regulations on seals of social organisations, abolition and renaming (design 3 §2.2).
    """
    giving = told.closing if not told.is_alone else told.old if told.new_name else ()
    return [f"{side.name}的旧印章于{in_words(told.seals.get(side.word))}交回。" for side in giving]


def reply(told: Case) -> OfficialDocument:
    """Return the draft of the answer to a request, which the office above may send under its own number and day."""
    opening = f"你们报送的《关于{asked(told, brief)}的请示》（{NUMBER_BLANK}）收悉。经研究，现批复如下。"
    blocks: list[Block] = [
        Paragraph((opening,)),
        Heading(1, f"同意{asked(told, brief)}，自{in_words(told.on)}起施行。"),
    ]
    if brief(told.old) != listed(told.old):
        blocks.append(Paragraph((f"原组织：{listed(told.old)}。",)))
    if not told.is_alone:
        who = listed(told.heirs) if told.heirs else told.office or BLANK
        text = f"原组织的成员、经费、阵地和未办结事项由{who}承接，请按组织变更登记表办理交接，做到人员、账目、事项前后相符。"
        blocks.append(Heading(1, text))
        blocks.append(
            Heading(1, "请依照《中华人民共和国个人信息保护法》第二十二条，将承接组织的名称和联系方式告知本人。")
        )
    seals = seal_lines(told)
    if seals:
        blocks.append(Heading(1, "".join(seals)))
    blocks.append(Paragraph(("此复。",)))
    return OfficialDocument(
        title=(f"关于同意{asked(told, brief)}的批复",),
        blocks=tuple(_plain(block) for block in blocks),
        number=told.document or NUMBER_BLANK,
        addressee=brief(told.old),
        signed_by=told.office or BLANK,
        undated=DAY_BLANK,
    )


def _plain(block: Block) -> Block:
    """Return a point of the answer as a run-in heading without a bold face: its number, then the sentence."""
    return Heading(block.level, "", (block.text,)) if isinstance(block, Heading) else block
