"""What there is to fill in for a change, task by task: what was said already, what is still to say, what is not asked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wuyou.kernel import clock
from wuyou.platform.presentation import Text, day_in_prose, yuan
from wuyou.succession import rules
from wuyou.succession.drafts import Draft, facts
from wuyou.succession.handover import inventory
from wuyou.succession.words import shortened

DONE, TO_DO, NOT_ASKED = "done", "to_do", "not_asked"
WORDS: dict[str, Text] = {DONE: gettext_lazy("已填"), TO_DO: gettext_lazy("未填"), NOT_ASKED: gettext_lazy("不需要")}
TONES = {DONE: "neutral", TO_DO: "info", NOT_ASKED: "neutral"}
BASICS, FACTS, PARTIES, PAPERS = "basics", "facts", "parties", "papers"
PEOPLE, MONEY, COUNTS, TRANSFERS = "people", "money", "counts", "transfers"
LATER: dict[str, Text] = {
    PEOPLE: gettext_lazy("人员"), MONEY: gettext_lazy("经费"), COUNTS: gettext_lazy("侨界群众人数"),
    TRANSFERS: gettext_lazy("班子和其他移交"),
}  # fmt: skip
"""What can be said only when it is known who goes on."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `code` is the page's name among the addresses; `state` one of the three, "" where nothing
    is filled in; `note` what was said.

    `opens`: there is something to look at on its page.
    """

    code: str
    label: Text
    state: str
    note: str = ""
    opens: bool = True

    @property
    def word(self) -> Text:
        """The state's word."""
        return WORDS.get(self.state, "")

    @property
    def shade(self) -> str:
        """The tone of the state: only what is left to do stands out."""
        return TONES.get(self.state, "")


def tasks_of(draft: Draft) -> list[Task]:
    """Return the tasks of a change, in the order in which they are done."""
    return [*_to_fill_in(draft), Task(PAPERS, _("文书"), "", _("请示、批复、登记表等的草稿，可随时下载"))]


def _to_fill_in(draft: Draft) -> list[Task]:
    if draft.is_alone and draft.change.kind in rules.ALONE:
        return [_basics(draft), *_facts(draft)]
    asked = [_basics(draft), parties := _parties(draft)]
    if draft.is_alone:
        return [*asked, *_facts(draft)]
    if draft.change.kind in ("merge", "split") and parties.state == TO_DO:
        first = _("先选齐参加的组织") if draft.plan.heirs else _("先选承接的组织")
        return [*asked, *(Task(code, label, TO_DO, first, opens=False) for code, label in LATER.items())]
    return [*asked, _people(draft), _money(draft), _counts(draft), _transfers(draft)]


def _basics(draft: Draft) -> Task:
    told = draft.change
    number = told.document or (_("批复文号未填") if told.kind in rules.PAPERS_ASKED else "")
    note = _("，").join(part for part in (day_in_prose(told.on), number) if part) if told.on else ""
    return Task(BASICS, _("基本情况"), DONE if told.on else TO_DO, note)


def _facts(draft: Draft) -> list[Task]:
    kind = draft.change.kind
    if kind == "lapse":
        return []
    label = _("名称、类型和挂靠") if kind in ("restore", "reorganise") else _("改成什么")
    if draft.plan.facts:
        return [Task(FACTS, label, DONE, _becoming(draft))]
    if kind in ("restore", "reorganise"):
        return [Task(FACTS, label, NOT_ASKED, _("有变化的才填"))]
    return [Task(FACTS, label, TO_DO)]


def _becoming(draft: Draft) -> str:
    pairs = ({"name": name, "value": after} for name, _before, after in facts.shown(draft))
    return _("；").join(_("%(name)s：%(value)s") % pair for pair in pairs)


def _parties(draft: Draft) -> Task:
    kind, plan = draft.change.kind, draft.plan
    label = {"merge": _("参加合并的组织"), "split": _("分成哪些组织")}.get(kind, _("承接组织"))
    missing = rules.enough(kind, len(plan.predecessors), len(plan.heirs), closes=bool(plan.closing))
    optional = kind in ("dissolve", "reorganise") and not plan.heirs
    old = shortened([unit.short_name for unit in draft.old_units])
    new = shortened(list(draft.heir_names.values()))
    if optional:
        note = _("没有承接组织的，不填") if kind == "dissolve" else _("原组织自己重组的，不填")
        return Task(PARTIES, label, NOT_ASKED, note)
    note = _("%(old)s → %(new)s") % {"old": old, "new": new} if new else old if kind == "merge" else ""
    return Task(PARTIES, label, TO_DO if missing else DONE, note)


def _people(draft: Draft) -> Task:
    plan, label = draft.plan, LATER[PEOPLE]
    if not plan.heirs:
        office = draft.office.short_name if draft.office else ""
        note = _("资料由%(office)s保管，不再编入基层组织") % {"office": office} if plan.closing else ""
        return Task(PEOPLE, label, NOT_ASKED, note, opens=False)
    if len(plan.heirs) == 1:
        note = _("全部转到%(heir)s") % {"heir": draft.name(plan.main)}
        return Task(PEOPLE, label, NOT_ASKED, note, opens=False)
    sorting = plan.people
    words = {"area": _("按居住地"), "host": _("按工作单位")}
    parts = [words[sorting.by]] if sorting.by else []
    if sorting.hand:
        parts.append(ngettext("逐人指定 %(n)d 人", "逐人指定 %(n)d 人", len(sorting.hand)) % {"n": len(sorting.hand)})
    if sorting.rest:
        parts.append(_("其余转到%(heir)s") % {"heir": draft.name(sorting.rest)})
    return Task(PEOPLE, label, DONE if parts else TO_DO, _("，").join(parts))


def _money(draft: Draft) -> Task:
    label, plan = LATER[MONEY], draft.plan
    left = inventory.money_left(plan, draft.change.on or clock.today())
    total = sum(one.balance_fen for one in left)
    if not any(one.balance_fen for one in left):
        return Task(MONEY, label, NOT_ASKED, _("没有结余"), opens=False)
    words: dict[str, Any] = {"sum": yuan(total)}
    if len(plan.heirs) < 2:
        word = plan.main or _office(draft)
        note = _("结余 %(sum)s，转到%(heir)s") % {**words, "heir": draft.name(word)}
        return Task(MONEY, label, NOT_ASKED, note, opens=False)
    divided = all(one.unit_id in plan.money for one in left if one.balance_fen)
    return Task(MONEY, label, DONE if divided else TO_DO, _("结余 %(sum)s") % words)


def _counts(draft: Draft) -> Task:
    label, plan = LATER[COUNTS], draft.plan
    if len(plan.heirs) < 2:
        return Task(COUNTS, label, NOT_ASKED, _("合计以后转过去") if plan.heirs else "", opens=False)
    if not inventory.is_counted(plan, draft.change.on or clock.today()):
        return Task(COUNTS, label, NOT_ASKED, _("没有填报过人数"), opens=False)
    if plan.counts:
        return Task(COUNTS, label, DONE)
    return Task(COUNTS, label, NOT_ASKED, _("按各组织成员人数的比例分，可以修改"))


def _transfers(draft: Draft) -> Task:
    label = LATER[TRANSFERS]
    number = sum(len(rows) for rows in draft.plan.rows.values())
    if not draft.plan.heirs:
        return Task(
            TRANSFERS, label, NOT_ASKED, _("随原组织终止，或交%(office)s") % {"office": draft.name(_office(draft))}
        )
    if number:
        text = ngettext("改了 %(n)d 项的去向", "改了 %(n)d 项的去向", number) % {"n": number}
        return Task(TRANSFERS, label, DONE, text)
    return Task(TRANSFERS, label, NOT_ASKED, _("都按默认的去向，可以逐项修改"))


def _office(draft: Draft) -> str:
    return f"u{draft.office.pk}" if draft.office else ""
