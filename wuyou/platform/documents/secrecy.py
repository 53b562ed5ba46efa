"""State secrets do not belong here: a document that carries a mark of secrecy is refused.

The levels of the law on guarding state secrets are 绝密, 机密 and 秘密, written "机密★5年" or alone. The same two
characters also stand in harmless words (秘密写票处, 商业秘密, 手机密码), so a title is searched for a level that no such
word explains. A title that merely *speaks of* marked papers (机密文件清退) is refused too: the cost of that is one
sentence said differently, the cost of the other slip is a secret in a system that may not hold one.

Not refused: 内部资料 and 工作秘密 in running words, which are no levels of state secrets.
"""

import re
import unicodedata

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.kernel.sayings import Saying
from wuyou.platform.documents.content import Appendix, Block, Heading, OfficialDocument, Paragraph, Run

_TRADITIONAL = str.maketrans("絕機祕", "绝机秘")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_LEVEL = r"(?:绝|机|秘)\s*密"
# A star after the level is the mark itself, whatever stands around it.
_STARRED = re.compile(rf"(?P<level>{_LEVEL})\s*[★☆✩✪✭✮⭐⋆*※]")
# A level that fills a pair of brackets, or the whole text, is a mark even as 国家秘密.
_ALONE = re.compile(
    rf"(?:^|[(\[{{<【〔〖《「『])\s*(?:国家|工作)?(?P<level>{_LEVEL})\s*(?:级|件)?\s*(?:$|[)\]}}>】〕〗》」』])"
)
_HARMLESS = re.compile(
    # what is kept secret by somebody, and what is done to it
    r"(?:国家|工作|商业|企业|技术|科技|科学技术|行业|军事|个人|他人|客户|当事人|通信|通讯|通信自由和通信|家庭|内心|众所周知的)"
    r"(?:秘密|机密)"
    r"|(?:保守|严守|保护|泄露|泄漏|窃取|刺探|侵犯|出卖|揭开|揭秘)(?:党和国家的?|党的|国家的?|企业的?|他人的?)?(?:秘密|机密)"
    # how a vote is cast, and the words of local history
    r"|秘密(?:写票|划票|填票|写选票|投票|表决|选举|填写|书写)"
    r"|秘密(?:战线|交通|联络|党员|党组织|印刷|据点|转移|护送|性)|机密性"
    # characters that only happen to meet: 手机密码, 计算机密钥, 飞机密集, 发动机密封圈, 杜绝密切接触
    r"|机密(?:码|钥|匙|集|封(?:条|圈|性|垫|胶))|绝密切"
)


def mark_in_text(text: str) -> str:
    """Return the mark of secrecy that running text carries (a level with a star), "" when there is none."""
    found = _STARRED.search(_plain(text))
    return _level(found) if found else ""


def mark_in_title(text: str) -> str:
    """Return the level of secrecy that a title, heading or document number carries, "" when there is none.

    Source: the law on guarding state secrets, the three levels; GB/T 9704-2012, secrecy level and term.
    """
    plain = _plain(text)
    if found := _STARRED.search(plain) or _ALONE.search(plain):
        return _level(found)
    found = re.search(rf"(?P<level>{_LEVEL})", _HARMLESS.sub("·", plain))
    return _level(found) if found else ""


def may_be_written(document: OfficialDocument) -> Decision:
    """Say whether the document carries no mark of secrecy; each reason names the part and the mark.

    Titles, headings and numbers are searched for any level, running text and tables only for a level with a star.
    """
    reasons = [_reason(part, text, mark) for part, text in _titles(document) if (mark := mark_in_title(text))]
    reasons += [_reason(Saying("正文"), text[:20], mark) for text in _texts(document) if (mark := mark_in_text(text))]
    return decide(*reasons)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_TRADITIONAL).strip()


def _level(found: re.Match[str]) -> str:
    return re.sub(r"\s", "", found["level"])


def _reason(part: Saying, text: str, mark: str) -> Reason:
    return Reason(
        "{part}“{text}”带有密级字样“{mark}”。本系统不处理国家秘密，文稿没有生成，已录入的内容没有丢失。"
        "如确属国家秘密，请立即从本系统删除并按保密规定办理；如只是一般提到，请换一种说法。",
        code="secrecy",
        words={"part": part, "text": text, "mark": mark},
    )


def _titles(document: OfficialDocument) -> list[tuple[Saying, str]]:
    parts = [(Saying("发文字号"), document.number), (Saying("发文机关标志"), document.letterhead)]
    parts += [(Saying("标题"), "".join(document.title))]
    parts += [(Saying("副标题"), document.subtitle)]
    parts += [(Saying("小标题"), block.text) for block in _blocks(document) if isinstance(block, Heading)]
    parts += [(Saying("附件标题"), appendix.title) for appendix in document.appendices]
    return parts


def _texts(document: OfficialDocument) -> list[str]:
    texts = []
    for block in _blocks(document):
        if isinstance(block, Paragraph | Heading):
            texts.append("".join(map(_text_of, block.runs)))
        else:
            texts += [cell for row in block.rows for cell in row.cells]
    return texts


def _text_of(run: Run) -> str:
    return run if isinstance(run, str) else run.text


def _blocks(document: OfficialDocument) -> list[Block]:
    parts: list[OfficialDocument | Appendix] = [document, *document.appendices]
    return [block for part in parts for block in part.blocks]
