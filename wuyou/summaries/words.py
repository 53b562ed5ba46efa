"""The figures that a summary may state: name, Chinese words, unit, and exactly what is counted.

A figure is announced under its name by the package that can count it (`plugs.FIGURES`); here is what the name means, so
that the draft, the page behind the number and the appendix of the document say the same. A *family* stands for as many
figures as an office has kinds, categories, sources or items: `orgs.by_kind` is told of as `orgs.by_kind.group` and so on,
and `{item}` in its words is the office's own word for the member.

Sums of money are counted in fen and printed in yuan; their unit is 元. Everything else is counted in whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Span(StrEnum):
    """What days a figure looks at: those of the year up to the as-of day, or the as-of day alone."""

    YEAR = "year"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class FigureWord:
    """What a figure means. `item` is a family member's own word ("" for a figure that is no member)."""

    name: str
    label: str
    unit: str
    definition: str
    span: Span = Span.DAY
    family: bool = False
    item: str = ""

    def member(self, code: str, item: str) -> "FigureWord":
        """Return the word of one member of this family, by the code and the word that the office gives it."""
        return replace(
            self,
            name=f"{self.name}.{code}",
            label=self.label.format(item=item),
            definition=self.definition.format(item=item),
            family=False,
            item=item,
        )


def _day(name: str, label: str, unit: str, definition: str) -> FigureWord:
    return FigureWord(name, label, unit, definition)


def _year(name: str, label: str, unit: str, definition: str) -> FigureWord:
    return FigureWord(name, label, unit, definition, Span.YEAR)


def _day_family(name: str, label: str, unit: str, definition: str) -> FigureWord:
    return FigureWord(name, label, unit, definition, family=True)


def _year_family(name: str, label: str, unit: str, definition: str) -> FigureWord:
    return FigureWord(name, label, unit, definition, Span.YEAR, family=True)


_ORGS = (
    _day(
        "orgs.total",
        "基层组织总数",
        "个",
        "截至统计日期登记在册、未撤销的侨联基层组织数，含停滞和待重组的，不含县级以上侨联",
    ),
    _day_family("orgs.by_kind", "{item}数", "个", "基层组织总数中类型为“{item}”的组织数"),
    _day_family("orgs.by_form", "组织形式为{item}的基层组织数", "个", "基层组织总数中组织形式登记为“{item}”的组织数"),
    _day_family("orgs.by_state", "状态为{item}的基层组织数", "个", "截至统计日期状态登记为“{item}”的侨联基层组织数"),
    _day("orgs.cross_unit", "跨单位设置的基层组织数", "个", "基层组织总数中同时挂靠两个以上单位的组织数"),
    _day(
        "orgs.with_venue",
        "有活动场所的基层组织数",
        "个",
        "基层组织总数中登记有在用活动场所的组织数，与其他组织共用的计算在内",
    ),
    _day("orgs.without_venue", "没有活动场所的基层组织数", "个", "基层组织总数中没有登记在用活动场所的组织数"),
    _day("orgs.venue_shared", "与其他组织共用场所的基层组织数", "个", "在用活动场所登记为与其他组织共用的基层组织数"),
    _day("orgs.with_study_rules", "有学习制度的基层组织数", "个", "基层组织总数中登记为有学习制度的组织数"),
    _year(
        "orgs.events.founding_in_year",
        "年内新建、重组、恢复的基层组织数",
        "个",
        "按事项发生日期统计，年内登记的新建、重组、恢复事项数之和",
    ),
    _year("orgs.events.established_in_year", "年内新建的基层组织数", "个", "按事项发生日期统计，年内登记的新建事项数"),
    _year("orgs.events.reorganised_in_year", "年内重组的基层组织数", "个", "按事项发生日期统计，年内登记的重组事项数"),
    _year("orgs.events.restored_in_year", "年内恢复的基层组织数", "个", "按事项发生日期统计，年内登记的恢复事项数"),
    _year("orgs.events.lapsed_in_year", "年内停滞的基层组织数", "个", "按事项发生日期统计，年内登记的停滞事项数"),
    _year("orgs.events.dissolved_in_year", "年内撤销的基层组织数", "个", "按事项发生日期统计，年内登记的撤销事项数"),
    _year("orgs.events.renamed_in_year", "年内更名的基层组织数", "个", "按事项发生日期统计，年内登记的更名事项数"),
)

_PEOPLE = (
    _day("people.registered", "登记的侨界群众人数", "人", "截至统计日期登记在册的人数，同一人只计一次，含各类别"),
    _day_family("people.by_category", "登记的{item}人数", "人", "登记在册的人员中，侨情类别为“{item}”的人数"),
    _day("people.certified", "经认定身份的人数", "人", "登记在册的人员中，登记有侨务部门身份认定材料的人数"),
    _day(
        "people.in_units",
        "编入基层组织的人数",
        "人",
        "登记在册的人员中，截至统计日期归属于某个未撤销的基层组织的人数，同一人只计一次",
    ),
)

_COVERAGE = (
    _day(
        "coverage.people",
        "各地侨界群众人数",
        "人",
        "各乡镇（街道）最近一次被采用的人数之和，来源为填报或按登记人员统计",
    ),
    _day(
        "coverage.people_reached",
        "已覆盖的侨界群众人数",
        "人",
        "各地侨界群众人数中，所在乡镇（街道）有正常运转的基层组织联系的人数",
    ),
    _day(
        "coverage.people_not_reached",
        "未覆盖的侨界群众人数",
        "人",
        "各地侨界群众人数中，所在乡镇（街道）没有正常运转的基层组织联系的人数",
    ),
    _day(
        "coverage.places_with_people", "有侨界群众的乡镇（街道）数", "个", "最近一次被采用的人数大于零的乡镇（街道）数"
    ),
    _day(
        "coverage.places_reached",
        "已覆盖的乡镇（街道）数",
        "个",
        "有侨界群众的乡镇（街道）中，有正常运转的基层组织联系的数目",
    ),
    _day(
        "coverage.places_without_group",
        "有人无组织的乡镇（街道）数",
        "个",
        "有侨界群众的乡镇（街道）中，没有正常运转的基层组织联系的数目",
    ),
    _day(
        "coverage.hosts_with_people", "有侨界群众的单位数", "个", "最近一次被采用的人数大于零的机关、企业、学校等单位数"
    ),
    _day(
        "coverage.hosts_without_group",
        "有人无组织的单位数",
        "个",
        "有侨界群众的机关、企业、学校等单位中，没有正常运转的基层组织联系的数目",
    ),
)

_LEADERSHIP = (
    _day("leadership.seats", "应配职数", "个", "按组织形式应配备的班子职数之和，只计未撤销的基层组织"),
    _day("leadership.seats_filled", "已配职数", "个", "应配职数中，截至统计日期有人任职的职数"),
    _day("leadership.seats_vacant", "空缺职数", "个", "应配职数中，截至统计日期无人任职的职数"),
    _day(
        "leadership.terms_lapsed",
        "届期已满未换届的基层组织数",
        "个",
        "未撤销的基层组织中，最近一届的换届日期早于统计日期的组织数",
    ),
    _year("leadership.appointed_in_year", "年内新任职人次", "人次", "任职起始日期在年内的班子任职记录数"),
)

_ACTIVITIES = (
    _year("activities.total", "年内各类活动总次数", "次", "年内登记的活动、学习、走访、座谈记录数"),
    _year_family("activities.by_kind", "年内{item}次数", "次", "年内登记的类型为“{item}”的活动记录数"),
    _year("activities.attendance", "年内参加活动人次", "人次", "年内各项活动登记的参加人数之和，未登记人数的活动不计"),
    _year("activities.with_leaders", "领导参加的活动次数", "次", "年内活动记录中登记为有侨联领导参加的次数"),
    _year("activities.units_active", "年内开展活动的基层组织数", "个", "年内登记有至少一次活动的未撤销基层组织数"),
    _year(
        "activities.units_without",
        "年内未开展活动的基层组织数",
        "个",
        "未撤销的基层组织中，年内没有登记任何活动的组织数",
    ),
)

_FUNDS = (
    _year("funds.received", "年内收入的工作经费", "元", "年内登记的经费收入之和"),
    _year_family(
        "funds.by_source", "年内来源为{item}的经费", "元", "年内登记的经费收入中，资金来源为“{item}”的金额之和"
    ),
    _year("funds.spent", "年内支出的工作经费", "元", "年内登记的经费支出之和"),
    _year("funds.units_with", "年内有经费收入的基层组织数", "个", "年内登记有经费收入的未撤销基层组织数"),
    _year(
        "funds.units_without", "年内没有经费收入的基层组织数", "个", "未撤销的基层组织中，年内没有登记经费收入的组织数"
    ),
)


def _standard(code: str, title: str) -> tuple[FigureWord, ...]:
    name, by = f"assessment.{code}", f"按“{title}”标准、由登记记录计算"
    return (
        _day(f"{name}.all_met", f"{title}各项全部达到的基层组织数", "个", f"{by}，各项均为“达到”的基层组织数"),
        _day(
            f"{name}.not_all_met",
            f"{title}有未达到项的基层组织数",
            "个",
            f"{by}，至少一项为“部分达到”或“未达到”的基层组织数",
        ),
        _day(
            f"{name}.no_data",
            f"{title}缺少数据的基层组织数",
            "个",
            f"{by}，没有未达到的项、但有的项因缺少登记数据无法判断的基层组织数",
        ),
        _day_family(
            f"{name}.met", f"{title}“{{item}}”达到的基层组织数", "个", f"{by}，“{{item}}”一项为“达到”的基层组织数"
        ),
        _day_family(
            f"{name}.not_met",
            f"{title}“{{item}}”未完全达到的基层组织数",
            "个",
            f"{by}，“{{item}}”一项为“部分达到”或“未达到”的基层组织数",
        ),
    )


_ASSESSMENT = (
    *_standard("target", "五有"),
    *_standard("attained", "五个一"),
    _day_family(
        "assessment.stage",
        "处于{item}阶段的基层组织数",
        "个",
        "按“先建立、后完善、再提高”的划分规则，由登记记录计算为“{item}”的基层组织数",
    ),
)

WORDS: tuple[FigureWord, ...] = (*_ORGS, *_PEOPLE, *_COVERAGE, *_LEADERSHIP, *_ACTIVITIES, *_FUNDS, *_ASSESSMENT)
BY_NAME: Mapping[str, FigureWord] = {word.name: word for word in WORDS}


def word_of(name: str, item: str = "") -> FigureWord:
    """Return the meaning of a figure; for a family's member, `item` is the office's word for it.

    Raises: KeyError, when the name is neither a figure nor a member of a family.
    """
    if name in BY_NAME and not BY_NAME[name].family:
        return BY_NAME[name]
    family, _, code = name.rpartition(".")
    if not code or family not in BY_NAME or not BY_NAME[family].family:
        raise KeyError(name)
    return BY_NAME[family].member(code, item or code)
