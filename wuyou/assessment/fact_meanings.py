"""What each fact of the catalogue means, where it comes from and over which days: for whoever writes a formula."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.assessment.facts import Over

SOURCES: dict[str, Any] = {
    "orgs": _("组织登记"), "leadership": _("班子和届期登记"), "people": _("成员和人数登记"), "funds": _("经费登记"),
    "activities": _("活动记录"),
}  # fmt: skip
"""The registers by the package that keeps them."""

DAYS: dict[Over, Any] = {
    Over.AS_OF: _("截至当天"), Over.YEAR: _("当年1月1日至当天"), Over.TWELVE_MONTHS: _("截至当天的12个月"),
    Over.TWELVE_MONTHS_BEFORE: _("再往前的12个月"),
}  # fmt: skip
"""The days that a fact looks at, seen from the as-of day."""

NOW = _("现在的登记（没有起止日期）")
"""What an undated fact looks at, whatever the day."""

MEANINGS: dict[str, Any] = {
    "in_operation": _("组织处于“正常”状态：没有停滞、撤销，也不是待重组"),
    "lapsed": _("按沿革登记，组织当天处于停滞状态"),
    "awaiting_reorganisation": _("组织当天处于待重组状态"),
    "dissolved": _("按沿革登记，组织当天已经撤销"),
    "has_founding_date": _("登记了成立时间，只知道年份也算"),
    "days_since_founding": _("从成立那天算起的天数；只知道年月的，从当年或当月第一天算"),
    "has_approval_number": _("登记了批复文号"),
    "has_host": _("当天登记有挂靠单位，一个或几个都算"),
    "has_study_rules": _("登记为有学习制度；没有填的算无数据"),
    "venues": _("当天在用的阵地个数，与其他组织共用的也算"),
    "venues_with_address": _("当天在用、登记了地址的阵地个数"),
    "venues_with_right": _("当天在用、登记了使用权（自有、无偿使用、租用）的阵地个数"),
    "venues_with_hours": _("当天在用、登记了开放时间的阵地个数"),
    "venues_shared": _("当天在用、与其他组织共用的阵地个数"),
    "venue_area": _("当天在用的阵地面积之和，没有登记面积的不计"),
    "days_to_term_end": _("离本届届满还有多少天，已经届满的是 0"),
    "days_past_term_end": _("本届届满后过了多少天，没有届满的是 0；没有登记届期的算无数据"),
    "seats_filled": _("当天有人在任的职数"),
    "seats_required": _("按组织形式应当配备的职数"),
    "leader_present": _("当天有负责人在任（组长、主席等牵头的职务）"),
    "deputy_present": _("当天有副组长或副主席在任"),
    "liaison_present": _("当天有联络员在任"),
    "members_registered": _("当天编入本组织的登记成员人数，已迁出的不计"),
    "people_declared": _("本组织最近一次被采用的填报人数"),
    "funds_received_in_year": _("登记的收入金额之和，公式里按元写"),
    "funds_received_in_12_months": _("登记的收入金额之和，公式里按元写"),
    "funds_received_in_prior_12_months": _("登记的收入金额之和，用来看经费是不是每年都有"),
    "fund_entries_in_year": _("登记的经费笔数，收入和支出都算"),
    "fund_entries_in_12_months": _("登记的经费笔数，收入和支出都算"),
    "fund_sources_in_12_months": _("收入来自几种资金来源"),
    "declared_budget": _("本组织自己填报的全年经费，没有凭证，只作参考"),
    "activities_in_year": _("登记的活动记录次数，活动、学习、走访、座谈都算"),
    "activities_in_12_months": _("登记的活动记录次数，活动、学习、走访、座谈都算"),
    "studies_in_year": _("类型为学习的活动记录次数"),
    "studies_in_12_months": _("类型为学习的活动记录次数"),
    "visits_in_year": _("类型为走访的活动记录次数"),
    "visits_in_12_months": _("类型为走访的活动记录次数"),
    "symposia_in_year": _("类型为座谈的活动记录次数"),
    "symposia_in_12_months": _("类型为座谈的活动记录次数"),
    "activities_with_leaders_in_year": _("登记为有领导参加的活动记录次数"),
    "activities_with_leaders_in_12_months": _("登记为有领导参加的活动记录次数"),
    "attendances_in_12_months": _("各次活动参加人数之和，没有登记人数的不计"),
    "days_since_last_activity": _("离最近一次活动记录过了多少天；从来没有记录的算无数据"),
}
"""One sentence a fact; a test holds it to the catalogue."""

WRITING: tuple[tuple[str, Any], ...] = (
    ("activities_in_12_months >= 4", _("近12个月活动不少于 4 次。比较有六种写法：>=、>、<=、<、==（等于）、!=（不等于）")),
    ("funds_received_in_12_months > 0", _("近12个月有经费收入。和金额相比的数字按元写")),
    ("has_approval_number", _("是否一类的数据直接写名称，不用比较")),
    ("leader_present and (deputy_present or liaison_present)", _("and 是“并且”，or 是“或者”，not 是“没有”；括号里的先算")),
    ("activities_in_12_months >= least_activities", _("阈值用代号写进公式；以后只改数值，不用改公式")),
    ("seats_filled * 2 >= seats_required", _("可以加减乘除；人数和金额不能放在一起算")),
    ("coalesce(declared_budget, 0) > 0", _("没有数据时当作 0；不写 coalesce 时，没有数据就算无数据，不会算未达到")),
    ("min(venues, 2) >= 1", _("还可以用 min（最小）、max（最大）、round（四舍五入）、abs（绝对值）、clamp（限定在两数之间）")),
    ("12 if activities_in_year >= 6 else 9 if activities_in_year >= 4 else 0",
     _("评分表里按档给分：6 次以上 12 分，4 次以上 9 分，不到 4 次 0 分")),
)  # fmt: skip
"""Formulas as they are written, each with what it says; a test reads every one of them."""
