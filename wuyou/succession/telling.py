"""What a change does, sentence by sentence, before it is done; and the tables of what the units hold before and after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuyou.accounts import queries as accounts
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.quotes import inner
from wuyou.orgs.models import Unit
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform.figures import Asked, figure_named
from wuyou.platform.presentation import day_in_prose, quantity, thousands, yuan
from wuyou.platform.tables import Column, Empty, Table, Written
from wuyou.succession import rules
from wuyou.succession.drafts import Draft, facts
from wuyou.succession.handover.inventory import Preview
from wuyou.succession.handover.links import links
from wuyou.succession.plan import OVER
from wuyou.succession.rules import Sums
from wuyou.succession.words import quoted, shortened

SHOWN = 20
"""So many old units a table shows one by one."""


def of_one(draft: Draft) -> list[str]:
    """Return what a change of one unit does."""
    kind, unit = draft.change.kind, draft.change.unit
    words = {"unit": inner(unit.short_name), "day": day_in_prose(draft.change.on), "year": _year(draft)}
    first = {
        "lapse": _("从%(day)s起，“%(unit)s”停滞。班子、成员、经费和阵地的登记都保留，以后可以恢复或重组。"),
        "restore": _("从%(day)s起，“%(unit)s”恢复，计入%(year)s年恢复。"),
        "reorganise": _("从%(day)s起，“%(unit)s”重组，计入%(year)s年重组。"),
        "rename": _("从%(day)s起，“%(unit)s”更名；沿革里留有原来的名称。"),
        "upgrade": _("从%(day)s起，“%(unit)s”升格；还是原来的组织，沿革不断。"),
        "downgrade": _("从%(day)s起，“%(unit)s”降格；还是原来的组织，沿革不断。"),
        "change_host": _("从%(day)s起，“%(unit)s”改挂；原来的关系保留在沿革里。"),
        "convert": _("从%(day)s起，“%(unit)s”转制；还是原来的组织，沿革不断。"),
    }
    kept = [] if kind in ("lapse",) else [_("班子、成员、活动、经费和阵地的登记都不变。")]
    return [first[kind] % words, *_basis(draft), *kept]


def of_several(actor: Actor, draft: Draft, held: Preview) -> list[str]:
    """Return what a change in which units close or give away does."""
    return [_first(draft), *_basis(draft), *_closing(draft), *_persons(draft, held), *_money(draft, held),
            *_counted(draft), *_sight(draft)]  # fmt: skip


def _year(draft: Draft) -> int:
    return (draft.change.on or clock.today()).year


def _first(draft: Draft) -> str:
    kind, plan = draft.change.kind, draft.plan
    old = quoted([unit.short_name for unit in draft.old_units])
    closing = quoted([unit.short_name for unit in draft.closing])
    new = quoted([name for word, name in draft.heir_names.items() if word.startswith("n")])
    words = {
        "day": day_in_prose(draft.change.on), "old": old, "new": new, "closing": closing,
        "heirs": quoted(list(draft.heir_names.values())), "office": draft.office.short_name if draft.office else "",
    }  # fmt: skip
    if not plan.heirs:
        return _("从%(day)s起，%(old)s撤销，没有承接的组织。") % words
    if kind == "merge" and new:
        return _("从%(day)s起，%(old)s合并成新的组织%(new)s。") % words
    if kind == "merge":
        return _("从%(day)s起，%(closing)s并入%(heirs)s。") % words
    if kind == "split" and not closing:
        return _("从%(day)s起，%(old)s分出一部分，以后是%(heirs)s。") % words
    if kind == "split":
        return _("从%(day)s起，%(old)s分成%(heirs)s。") % words
    if kind == "dissolve":
        return _("从%(day)s起，%(old)s撤销，由%(heirs)s承接。") % words
    return _("从%(day)s起，%(closing)s重组，由%(heirs)s承接。") % words


def _basis(draft: Draft) -> list[str]:
    return [_("依据：%(source)s。") % {"source": draft.change.document}] if draft.change.document else []


def _closing(draft: Draft) -> list[str]:
    found = []
    if draft.closing:
        names = quoted([unit.short_name for unit in draft.closing])
        found.append(_("%(names)s不再活动，页面、沿革和以往的记录都保留，按原来的名称仍能查到。") % {"names": names})
    for heir in draft.plan.founded:
        words = {"name": inner(heir.full_name)}
        found.append(_("登记新组织“%(name)s”；它是承接来的，不计入当年新建。") % words)
    return found


def _persons(draft: Draft, held: Preview) -> list[str]:
    found = []
    for word, after in held.after.items():
        before = held.before.get(word, Sums())
        gained = after.members - before.members
        if word != OVER and gained > 0:
            text = ngettext("“%(heir)s”转入成员 %(n)d 人。", "“%(heir)s”转入成员 %(n)d 人。", gained)
            found.append(text % {"heir": inner(draft.name(word)), "n": gained})
    ending = held.after.get(OVER, Sums()).members
    if ending:
        text = ngettext("%(n)d 人不再编入基层组织，资料保留。", "%(n)d 人不再编入基层组织，资料保留。", ending)
        found.append(text % {"n": ending})
    if any(held.before.get(word, Sums()).kept < sums.kept for word, sums in held.after.items()):
        found.append(_("个人资料改由承接的组织保管，请把这件事告诉本人。"))
    return found


def _money(draft: Draft, held: Preview) -> list[str]:
    found = []
    for word, after in held.after.items():
        gained = after.balance_fen - held.before.get(word, Sums()).balance_fen
        if gained > 0 and word != OVER:
            found.append(_("“%(heir)s”转入经费 %(sum)s。") % {"heir": inner(draft.name(word)), "sum": yuan(gained)})
    return found


def _counted(draft: Draft) -> list[str]:
    if draft.change.kind == "reorganise" and draft.plan.heirs:
        text = ngettext("计入%(year)s年重组 %(n)d 个。", "计入%(year)s年重组 %(n)d 个。", len(draft.plan.heirs))
        return [text % {"year": _year(draft), "n": len(draft.plan.heirs)}]
    return []


def _sight(draft: Draft) -> list[str]:
    """Return who would no longer see what the closing units held, and who would then see it.

    Asked once for each office above them: a thousand groups that merge sit under some few.
    """
    lost: dict[str, None] = {}
    gained: dict[str, None] = {}
    heirs = _heir_paths(draft)
    for above in dict.fromkeys(unit.path.removesuffix(f"{unit.pk}/") for unit in draft.closing):
        for path in heirs:
            less, more = accounts.sight_changes(above, path, OrgsP.VIEW)
            lost |= dict.fromkeys(map(_who, less))
            gained |= dict.fromkeys(map(_who, more))
    found = []
    if lost:
        found.append(_("不再看到这些组织今后情况的：%(who)s。") % {"who": _("、").join(lost)})
    if gained:
        found.append(_("以后可以看到转来的人员和记录的：%(who)s。") % {"who": _("、").join(gained)})
    return found


def _heir_paths(draft: Draft) -> list[str]:
    """Return the paths of the heirs, of those that are yet to be founded the path of the office above."""
    paths = [draft.units[pk].path for pk in draft.plan.existing_heirs if pk in draft.units]
    offices = {heir.parent_id for heir in draft.plan.founded if heir.parent_id is not None}
    return [*paths, *Unit.objects.filter(pk__in=offices).values_list("path", flat=True)]


def _who(grant: Any) -> str:
    return _("%(office)s的%(names)s") % {"office": grant.unit.short_name, "names": str(grant.user)}


def warnings(draft: Draft) -> list[str]:
    """Return what somebody should look at before he goes on; none of it hinders."""
    told = draft.change
    found = []
    if not told.document and told.kind in rules.PAPERS_ASKED:
        found.append(_("还没有填写批复文号。"))
    if told.on is not None and told.on.year < clock.today().year:
        found.append(_("生效日期在以前的年度，以前年度的数字会重新计算；哪些数字变了，办理后逐项列出。"))
    without = [unit.short_name for unit in draft.closing if unit.pk not in draft.plan.seals]
    if without and not draft.is_alone:
        found.append(_("还没有登记旧印章交回：%(names)s。") % {"names": shortened(without)})
    return found


def held_table(draft: Draft, held: Preview) -> Table:
    """Return what each unit holds now and would hold, and all of them together."""
    words = [word for word in held.after if word in held.before or held.after[word] != Sums()]
    shown, rest = folded(draft, words)
    rows: list[list[Written]] = [
        [draft.name(word), *_pairs(held.before.get(word, Sums()), held.after[word])] for word in shown
    ]
    if rest:
        sides = [added(side.get(word, Sums()) for word in rest) for side in (held.before, held.after)]
        rows.append([others(rest), *_pairs(*sides)])
    total = [_("合计"), *_pairs(held.together_before, held.together_after)]
    return _sums_table(rows, total)


def folded(draft: Draft, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return of some destinations those that a table shows one by one, and those that it adds up in one row.

    Only old units that do not go on are added up, and only where they are many.
    """
    giving = [word for word in words if word not in draft.plan.heirs and word != OVER][SHOWN:]
    hidden = set(giving) if len(giving) > 1 else set()
    return [word for word in words if word not in hidden], [word for word in words if word in hidden]


def added(sums: Iterable[Sums]) -> Sums:
    """Return what some units hold, added up."""
    told = list(sums)
    return Sums(*(sum(getattr(one, name) for one in told) for name in Sums.__slots__))


def others(words: Sequence[str]) -> str:
    """Return what the row of the units that are added up is called."""
    return _("其余 %(n)s 个组织") % {"n": thousands(len(words))}


def outcome_table(outcome: Mapping[str, Any]) -> Table | None:
    """Return what the units held together before and after a change that was carried out; None where it moved nothing."""
    if "before" not in outcome:
        return None
    before, after = Sums(**outcome["before"]), Sums(**outcome["after"])
    return _sums_table([[_("各组织合计"), *_pairs(before, after)]], [])


def _pairs(before: Sums, after: Sums) -> list[str]:
    return [
        f"{thousands(before.members)} → {thousands(after.members)}",
        f"{thousands(before.kept)} → {thousands(after.kept)}",
        f"{yuan(before.balance_fen)} → {yuan(after.balance_fen)}",
        f"{thousands(before.open_matters)} → {thousands(after.open_matters)}",
    ]


def _sums_table(rows: list[list[Written]], total: Sequence[Written]) -> Table:
    columns = (
        Column(_("组织"), phone="name"),
        Column(_("成员"), phone="line", short=_("成员")),
        Column(_("登记的人员"), phone="line", short=_("登记的人员")),
        Column(_("经费结余"), phone="line", short=_("结余")),
        Column(_("未办结事项"), phone="line", short=_("未办结")),
    )
    return Table(_("变更前 → 变更后"), columns, rows, total=total)


def numbers_table(outcome: Mapping[str, Any]) -> Table:
    """Return how many rows of each table went over or ended."""
    labels = {link.name: link.policy.label for link in links() if hasattr(link.policy, "label")}
    rows: list[list[Written]] = [
        [str(labels[name]), (told.get("moved", 0) + told.get("begun", 0) + told.get("made", 0)) or None,
         max(told.get("ended", 0) - told.get("begun", 0), 0) or None]
        for name, told in outcome.get("numbers", {}).items()
        if name in labels and any(told.values())
    ]  # fmt: skip
    columns = (
        Column(_("内容"), phone="name"),
        Column(_("转到承接组织"), "number", phone="line", short=_("转到承接组织")),
        Column(_("终止"), "number", phone="line", short=_("终止")),
    )
    return Table(_("移交的内容"), columns, rows, Empty(_("没有需要移交的内容")))


def figures_table(actor: Actor, outcome: Mapping[str, Any]) -> Table | None:
    """Return the figures of past year-ends that a change moved, as far as the reader may read them; None for none."""
    rows: list[list[Written]] = []
    for told in outcome.get("figures", ()):
        asked = Asked(actor, told["year"], date.fromisoformat(told["day"]))
        figure = figure_named(told["name"], asked)
        if figure is None or not actor.can(figure.reads):
            continue
        said = [_figure(told[when], figure.unit) for when in ("before", "after")]
        rows.append([told["day"], str(figure.label), *said])
    columns = (
        Column(_("截至"), "date", phone="line"),
        Column(_("数字"), phone="name"),
        Column(_("原来"), phone="line", short=_("原来")),
        Column(_("现在"), phone="line", short=_("现在")),
    )
    return Table(_("以前年度变化的数字"), columns, rows) if rows else None


def _figure(number: int | None, unit: Any) -> str:
    if number is None:
        return ""
    return yuan(number) if str(unit) == "元" else quantity(number, unit)


def changed_rows(draft: Draft) -> list[tuple[str, str, str]]:
    """Return what becomes other about a unit that stays itself, for the table of two versions."""
    return facts.shown(draft)
