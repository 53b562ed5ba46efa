"""The standard that was reported as attained: 健全班子、固定场所、学习制度、稳定经费、宽松氛围 (each "一")."""

from wuyou.assessment.rules.scheme import (
    Criterion,
    Dimension,
    Example,
    Missing,
    Parameter,
    Standard,
    StandardVersion,
    Verdict,
)
from wuyou.assessment.standards.shared import (
    HAS_LEADER,
    IN_OPERATION,
    LEDGER,
    OWN,
    RECEIVED_FUNDS,
    RESULTS,
    SUMMARY,
    TERM_GRACE,
    VENUE_WITH_ADDRESS,
    VENUE_WITH_RIGHT,
    WITHIN_TERM,
)
from wuyou.kernel.expressions import Unit, Value

_MET, _PARTLY, _NOT, _OPEN = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NO_DATA

LEAST_STUDIES = Parameter("least_studies", "每年最少学习次数", "Fewest study sessions a year", Unit.TIMES, 2, OWN)
SETTLED_DAYS = Parameter(
    "settled_days", "看前后两年经费的成立天数", "Days founded before two years are compared", Unit.DAYS, 730, OWN
)

ATTAINED_STANDARD = Standard("five_haves_attained", "“五个一”达标情况", "The five haves (attained)", RESULTS)

_ATTAINED_DIMENSIONS = (
    Dimension(
        "leading_group",
        "健全的组织班子",
        "A sound leading group",
        RESULTS,
        (
            IN_OPERATION,
            HAS_LEADER,
            Criterion(
                "seats",
                "班子职数配齐",
                "The seats are filled",
                f"{LEDGER}（班子成员）",
                met="seats_filled >= seats_required",
                partly="seats_filled * 2 >= seats_required",
                mend="leadership.seats",
            ),
            WITHIN_TERM,
        ),
    ),
    Dimension(
        "place",
        "固定的活动场所",
        "A fixed place",
        RESULTS,
        (
            VENUE_WITH_ADDRESS,
            VENUE_WITH_RIGHT,
            Criterion(
                "opening_hours",
                "公布开放时间",
                "Opening hours are known",
                f"{LEDGER}（开放时间）",
                met="venues_with_hours >= 1",
                mend="orgs.venue",
            ),
        ),
    ),
    Dimension(
        "study",
        "完善的学习制度",
        "A study system",
        RESULTS,
        (
            Criterion(
                "study_rules",
                "有学习制度",
                "There are study rules",
                f"{LEDGER}（学习制度上墙）",
                met="has_study_rules",
                mend="orgs.study_rules",
            ),
            Criterion(
                "enough_studies",
                "近12个月学习次数达到要求",
                "Enough study sessions in the last 12 months",
                f"{LEDGER}（学习记录）",
                met="studies_in_12_months >= least_studies",
                partly="studies_in_12_months >= 1",
                mend="activities.study",
            ),
        ),
    ),
    Dimension(
        "steady_funds",
        "稳定的活动经费",
        "Steady funds",
        RESULTS,
        (
            RECEIVED_FUNDS,
            Criterion(
                "funds_two_years",
                "上一个12个月也有经费收入",
                "Funds were received in the 12 months before, too",
                f"{OWN}；“稳定”指连续两年有收入",
                met="funds_received_in_prior_12_months > 0",
                mend="funds.entry",
                applies_if="coalesce(days_since_founding, settled_days) >= settled_days",
                missing=Missing.EXCLUDE,
            ),
        ),
    ),
    Dimension(
        "atmosphere",
        "宽松的工作氛围",
        "An easy atmosphere",
        f"{RESULTS}；只看做过的事，不收集个人看法",
        (
            Criterion(
                "leaders_take_part",
                "领导参加过小组活动",
                "Leaders took part in an activity",
                f"{SUMMARY}·一（主要领导、分管领导主动参与小组活动）",
                met="activities_with_leaders_in_12_months >= 1",
                mend="activities.record",
            ),
            Criterion(
                "talks_held",
                "开过座谈",
                "A symposium was held",
                f"{SUMMARY}·二（与小组负责人座谈）",
                met="symposia_in_12_months >= 1",
                mend="activities.symposium",
            ),
            Criterion(
                "people_visited",
                "走访过侨界群众",
                "People were visited",
                f"{SUMMARY}·二（走访部分归侨侨眷）",
                met="visits_in_12_months >= 1",
                mend="activities.visit",
            ),
        ),
    ),
)

_ATTAINED_GROUP: dict[str, Value] = {
    "in_operation": True,
    "leader_present": True,
    "seats_filled": 3,
    "seats_required": 3,
    "days_past_term_end": 0,
    "venues": 1,
    "venues_with_address": 1,
    "venues_with_right": 1,
    "venues_with_hours": 1,
    "has_study_rules": True,
    "studies_in_12_months": 4,
    "days_since_founding": 4000,
    "funds_received_in_12_months": 300_000,
    "funds_received_in_prior_12_months": 200_000,
    "activities_with_leaders_in_12_months": 2,
    "symposia_in_12_months": 1,
    "visits_in_12_months": 3,
}


def _attained(group: Verdict, place: Verdict, study: Verdict, funds: Verdict, air: Verdict) -> dict[str, Verdict]:
    return {"leading_group": group, "place": place, "study": study, "steady_funds": funds, "atmosphere": air}


_ATTAINED_EXAMPLES = (
    Example("五个一齐全", _ATTAINED_GROUP, _attained(_MET, _MET, _MET, _MET, _MET)),
    Example(
        "班子缺一人，有场所没有开放时间，学习一次",
        _ATTAINED_GROUP | {"seats_filled": 2, "venues_with_hours": 0, "studies_in_12_months": 1},
        _attained(_PARTLY, _PARTLY, _PARTLY, _MET, _MET),
    ),
    Example(
        "停滞、无场所、无制度、无经费、无往来",
        _ATTAINED_GROUP
        | {"in_operation": False, "venues": 0, "venues_with_address": 0, "venues_with_right": 0, "venues_with_hours": 0}
        | {"has_study_rules": False, "studies_in_12_months": 0, "funds_received_in_12_months": 0}
        | {"funds_received_in_prior_12_months": 0, "activities_with_leaders_in_12_months": 0}
        | {"symposia_in_12_months": 0, "visits_in_12_months": 0},
        _attained(_NOT, _NOT, _NOT, _NOT, _NOT),
    ),
    Example(
        "今年新建的小组，不看上一年经费",
        _ATTAINED_GROUP | {"days_since_founding": 120, "funds_received_in_prior_12_months": 0},
        _attained(_MET, _MET, _MET, _MET, _MET),
    ),
    Example(
        "去年有经费，今年没有",
        _ATTAINED_GROUP | {"funds_received_in_12_months": 0},
        _attained(_MET, _MET, _MET, _PARTLY, _MET),
    ),
    Example(
        "上一年还没有用本系统，不因此判没有",
        _ATTAINED_GROUP | {"funds_received_in_prior_12_months": None, "days_since_founding": None},
        _attained(_MET, _MET, _MET, _MET, _MET),
    ),
    Example(
        "学习制度没有登记，活动一项都没有登记",
        _ATTAINED_GROUP
        | {"has_study_rules": None, "activities_with_leaders_in_12_months": None}
        | {"symposia_in_12_months": None, "visits_in_12_months": None},
        _attained(_MET, _MET, _OPEN, _MET, _OPEN),
    ),
    Example(
        "领导来过，没有座谈和走访",
        _ATTAINED_GROUP | {"symposia_in_12_months": 0, "visits_in_12_months": 0},
        _attained(_MET, _MET, _MET, _MET, _PARTLY),
    ),
)

ATTAINED = StandardVersion(
    ATTAINED_STANDARD,
    1,
    parameters=(TERM_GRACE, LEAST_STUDIES, SETTLED_DAYS),
    dimensions=_ATTAINED_DIMENSIONS,
    examples=_ATTAINED_EXAMPLES,
)
