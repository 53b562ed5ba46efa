"""What pages call the changes, what each means, and what its parts are called."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.quotes import inner
from wuyou.platform.presentation import Text, thousands

NAMED = 5
"""So many names a sentence tells; of more it says how many they are."""


def shortened(names: Sequence[str]) -> str:
    """Return names one after the other; of many the first few, and how many they are."""
    return _with_number(gettext("、").join(names[:NAMED]), len(names))


def quoted(names: Sequence[str]) -> str:
    """Return names in quotes, one after the other; of many the first few, and how many they are."""
    return _with_number("".join(f"“{inner(name)}”" for name in names[:NAMED]), len(names))


def _with_number(told: str, number: int) -> str:
    words = {"names": told, "n": thousands(number)}
    return told if number <= NAMED else gettext("%(names)s等 %(n)s 个组织") % words


KINDS: dict[str, tuple[Text, Text]] = {
    "merge": (_("合并"), _("几个组织合成一个：并入其中一个，或合成一个新的组织。")),
    "split": (_("拆分"), _("一个组织分成几个，人员、经费、班子和阵地分到各个组织。")),
    "reorganise": (_("重组"), _("重新组建：原组织自己重组，或由别的组织承接。计入当年重组。")),
    "restore": (_("恢复"), _("停滞或撤销过的组织重新开展工作，还是原来的组织。计入当年恢复。")),
    "lapse": (_("停滞"), _("组织还在，已经不开展工作；以后可以恢复或重组。")),
    "upgrade": (_("升格"), _("例如小组升为联络组、联合会；还是原来的组织。")),
    "downgrade": (_("降格"), _("例如联合会改为联络组、小组；还是原来的组织。")),
    "rename": (_("更名"), _("只改名称；沿革里留有原来的名称。")),
    "change_host": (_("改挂"), _("改到别的单位挂靠，或改由别的单位领导。")),
    "convert": (_("转制"), _("改变类型，例如华侨农场改为乡镇、社区；还是原来的组织，沿革不断。")),
    "dissolve": (_("撤销"), _("组织不再存在，页面和沿革保留；人员、经费等交给别的组织或上级侨联。")),
}
"""Kinds of change, in the order in which a page offers them: what each is called, and in a sentence what it is."""

STATES: dict[str, Text] = {"draft": _("草稿"), "carried_out": _("已办理"), "taken_back": _("已撤回")}

LATER_NAMED: dict[str, Text] = {
    "full_name": _("全称"), "short_name": _("简称"), "kind": _("类型"), "form": _("形式"), "county_id": _("所在县区"),
    "hosts": _("挂靠单位"), "led_by": _("领导单位"),
}  # fmt: skip
"""What may become other about a unit that stays itself, by its name in a plan's `facts`."""
