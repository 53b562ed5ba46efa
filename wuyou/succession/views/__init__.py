"""Pages of changes: what there was, one that is being drafted task by task, carried out, taken back."""

from wuyou.succession.views.done import discard, result, take_back
from wuyou.succession.views.entry import begin, change, changes
from wuyou.succession.views.gathering import gather
from wuyou.succession.views.going import confirm
from wuyou.succession.views.handing import counts, money, transfers
from wuyou.succession.views.papers import notice_paper, renaming_paper, reply_paper, request_paper, sheet_paper
from wuyou.succession.views.papers import overview as papers
from wuyou.succession.views.parties import heir, parties
from wuyou.succession.views.people import by_hand, by_list, people
from wuyou.succession.views.single import basics, facts

__all__ = [
    "basics",
    "begin",
    "by_hand",
    "by_list",
    "change",
    "changes",
    "confirm",
    "counts",
    "discard",
    "facts",
    "gather",
    "heir",
    "money",
    "notice_paper",
    "papers",
    "parties",
    "people",
    "renaming_paper",
    "reply_paper",
    "request_paper",
    "result",
    "sheet_paper",
    "take_back",
    "transfers",
]
