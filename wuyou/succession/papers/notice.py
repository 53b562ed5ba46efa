"""The notices to persons whose data another unit keeps from now on, or one that is called otherwise.

No name of a person stands in them: they are put up in public.
"""

from wuyou.platform.documents.content import Block, Heading, OfficialDocument, Paragraph, Table, TableColumn, TableRow
from wuyou.succession.papers.asking import asked
from wuyou.succession.papers.case import BLANK, DAY_BLANK, Case, brief, in_words, listed

_HOLDERS = (TableColumn("保管组织", 60), TableColumn("联系人", 30), TableColumn("联系电话和地址", 60))
_LAW = "《中华人民共和国个人信息保护法》第二十二条"
_LAW_OF_NAMES = "《中华人民共和国个人信息保护法》第十七条第二款"


def notice(told: Case) -> OfficialDocument:
    """Return the notice: who keeps the data now and how to reach him, what goes over, what one may do about it.

    Source: 个人信息保护法 art. 22 (name and contact of who receives the data; he goes on with the duties; another purpose
    or way needs a new consent), art. 44 to 47 (to know, copy, correct, object, have erased), art. 15 (withdrawal).
    """
    holders = [side.name or BLANK for side in told.heirs] or [told.office or BLANK]
    basis = f"（依据：{told.document}）" if told.document else ""
    opening = (
        f"因{asked(told)}{basis}，自{in_words(told.on)}起，"
        f"原由{listed(told.closing or told.old)}保管的个人信息改由下列组织保管。依照{_LAW}，现告知如下。"
    )
    labels = list(dict.fromkeys(one.label for one in told.handed if one.by_person and one.taker))
    over = f"您在原组织登记的资料（本系统中的“{'”“'.join(labels)}”）。" if labels else f"{BLANK}{BLANK}。"
    blocks: list[Block] = [
        Paragraph((opening,)),
        Heading(1, "新的保管组织和联系方式"),
        Table(_HOLDERS, tuple(TableRow((name, BLANK, BLANK)) for name in holders)),
        Heading(1, "转移的内容"),
        Paragraph((over,)),
        Heading(1, "处理的目的和方式"),
        Paragraph(
            (
                "承接组织按原来告知您的目的和方式处理，继续履行保护个人信息的义务；改变目的或者方式的，重新征得您的同意。",
            )
        ),
        Heading(1, "您的权利"),
        Paragraph(("您可以查阅、复制、更正、补充本人的信息，可以撤回同意、要求删除。",)),
        Paragraph(
            (
                f"对这次转移有异议的，请在{DAY_BLANK}前向{told.office or BLANK}提出。联系人：{BLANK}，联系电话：{BLANK}。",
            )
        ),
    ]
    return OfficialDocument(
        title=("个人信息转移告知书",),
        blocks=tuple(blocks),
        addressee="各位侨界群众",
        signed_by=brief(told.closing or told.old),
        undated=DAY_BLANK,
    )


def renaming(told: Case) -> OfficialDocument:
    """Return the notice of a unit that keeps its data under another name: the old name, the new one, and that all else stays.

    Source: 个人信息保护法 art. 17 para. 1 no. 1 and para. 2 (a change of the keeper's name or contact is told to the person).
    """
    old, basis = listed(told.old), f"（依据：{told.document}）" if told.document else ""
    opening = (
        f"{old}自{in_words(told.on)}起更名为{told.new_name or BLANK}{basis}。依照{_LAW_OF_NAMES}，现将保管您个人信息的组织"
        "名称变更告知如下。"
    )
    return OfficialDocument(
        title=("个人信息保管组织更名告知书",),
        blocks=(
            Paragraph((opening,)),
            Heading(1, "名称和联系方式"),
            Table(_HOLDERS, (TableRow((told.new_name or BLANK, BLANK, BLANK)),)),
            Heading(1, "不变的事项"),
            Paragraph(
                ("保管您资料的仍是同一个组织，处理的目的、方式，资料的种类和保存期限都不变，您不需要重新登记。",)
            ),
            Heading(1, "您的权利"),
            Paragraph(("您可以查阅、复制、更正、补充本人的信息，可以撤回同意、要求删除。",)),
        ),
        addressee="各位侨界群众",
        signed_by=told.new_name or BLANK,
        undated=DAY_BLANK,
    )
