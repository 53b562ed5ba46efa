"""The standard that was aimed at: 有组织、有队伍、有经费、有阵地、有活动, with the stages of growth."""

from wuyou.assessment.rules.scheme import (
    Criterion,
    Dimension,
    Example,
    Parameter,
    Stage,
    Standard,
    StandardVersion,
    Verdict,
)
from wuyou.assessment.standards.shared import (
    AIMS,
    HAS_LEADER,
    IN_OPERATION,
    LEDGER,
    OWN,
    RECEIVED_FUNDS,
    TERM_GRACE,
    VENUE_WITH_ADDRESS,
    VENUE_WITH_RIGHT,
    WITHIN_TERM,
)
from wuyou.kernel.expressions import Unit, Value

_MET, _PARTLY, _NOT, _OPEN = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NO_DATA

LEAST_MEMBERS = Parameter("least_members", "名册最少人数", "Fewest people on the roll", Unit.PEOPLE, 3, OWN)
LEAST_ACTIVITIES = Parameter(
    "least_activities", "每年最少活动次数", "Fewest activities a year", Unit.TIMES, 4, f"{OWN}；考核表常以4次为档"
)

TARGET_STANDARD = Standard("five_haves_target", "“五有”建设标准", "The five haves (target)", AIMS)

_TARGET_DIMENSIONS = (
    Dimension(
        "organisation",
        "有组织",
        "Organisation",
        AIMS,
        (
            IN_OPERATION,
            Criterion(
                "approved",
                "有批复文号",
                "There is an approval number",
                f"{LEDGER}（批复文号）",
                met="has_approval_number",
                mend="orgs.details",
            ),
            WITHIN_TERM,
        ),
    ),
    Dimension(
        "team",
        "有队伍",
        "Team",
        AIMS,
        (
            HAS_LEADER,
            Criterion(
                "deputy_or_liaison",
                "有副职或联络员",
                "There is a deputy or a liaison",
                f"{LEDGER}（负责人、副职、联络员）",
                met="deputy_present or liaison_present",
                mend="leadership.seats",
            ),
            Criterion(
                "roll",
                "有侨界群众名册",
                "There is a roll of people",
                f"{LEDGER}（归侨侨眷名册）",
                met="members_registered >= least_members",
                partly="coalesce(people_declared, 0) >= least_members",
                mend="people.register",
            ),
        ),
    ),
    Dimension("funds", "有经费", "Funds", AIMS, (RECEIVED_FUNDS,)),
    Dimension("venue", "有阵地", "Venue", AIMS, (VENUE_WITH_ADDRESS, VENUE_WITH_RIGHT)),
    Dimension(
        "activities",
        "有活动",
        "Activities",
        AIMS,
        (
            Criterion(
                "enough_activities",
                "近12个月活动次数达到要求",
                "Enough activities in the last 12 months",
                f"{LEDGER}（活动记录：活动、学习、走访、座谈）",
                met="activities_in_12_months >= least_activities",
                partly="activities_in_12_months >= 1",
                mend="activities.record",
            ),
        ),
    ),
)

_STAGES = (
    Stage("establish", "先建立", "Establish", "True"),
    Stage("complete", "后完善", "Complete", "organisation_met and team_met"),
    Stage("raise", "再提高", "Raise", "dimensions_met == dimensions_total"),
)

_SOUND_GROUP: dict[str, Value] = {
    "in_operation": True,
    "has_approval_number": True,
    "days_past_term_end": 0,
    "leader_present": True,
    "deputy_present": True,
    "liaison_present": False,
    "members_registered": 18,
    "people_declared": 20,
    "funds_received_in_12_months": 500_000,
    "declared_budget": 800_000,
    "venues": 1,
    "venues_with_address": 1,
    "venues_with_right": 1,
    "activities_in_12_months": 6,
}


def _target(organisation: Verdict, team: Verdict, funds: Verdict, venue: Verdict, work: Verdict) -> dict[str, Verdict]:
    return {"organisation": organisation, "team": team, "funds": funds, "venue": venue, "activities": work}


_TARGET_EXAMPLES = (
    Example("五项齐全的小组", _SOUND_GROUP, _target(_MET, _MET, _MET, _MET, _MET), "raise"),
    Example(
        "届期已过、只有填报经费、活动三次",
        _SOUND_GROUP | {"days_past_term_end": 235, "funds_received_in_12_months": 0, "activities_in_12_months": 3},
        _target(_PARTLY, _MET, _PARTLY, _MET, _PARTLY),
        "establish",
    ),
    Example(
        "停滞的企业小组，人还在、场地没有了",
        _SOUND_GROUP
        | {
            "in_operation": False,
            "deputy_present": False,
            "members_registered": 0,
            "funds_received_in_12_months": 0,
            "declared_budget": None,
            "venues": 0,
            "venues_with_address": 0,
            "venues_with_right": 0,
            "activities_in_12_months": 0,
        },
        _target(_NOT, _PARTLY, _NOT, _NOT, _NOT),
        "establish",
    ),
    Example(
        "刚从台账导入：没有人员、经费、活动的登记",
        {
            "in_operation": True,
            "has_approval_number": True,
            "days_past_term_end": 0,
            "leader_present": True,
            "deputy_present": False,
            "liaison_present": True,
            "people_declared": 13,
            "declared_budget": 2_000_000,
            "venues": 1,
            "venues_with_address": 0,
            "venues_with_right": 0,
        },
        _target(_MET, _OPEN, _OPEN, _PARTLY, _OPEN),
        "establish",
    ),
    Example(
        "与社区共用阵地、已登记使用权，经费还没有",
        _SOUND_GROUP | {"venues_shared": 1, "funds_received_in_12_months": 0, "declared_budget": 0},
        _target(_MET, _MET, _NOT, _MET, _MET),
        "complete",
    ),
    Example(
        "届期没有登记，不能说有还是没有",
        _SOUND_GROUP | {"days_past_term_end": None},
        _target(_OPEN, _MET, _MET, _MET, _MET),
        "establish",
    ),
    Example(
        "没有批复也没有负责人，届期不明",
        _SOUND_GROUP
        | {"has_approval_number": False, "days_past_term_end": None, "leader_present": False, "deputy_present": False}
        | {"members_registered": 1, "people_declared": None},
        _target(_PARTLY, _NOT, _MET, _MET, _MET),
        "establish",
    ),
)

TARGET = StandardVersion(
    TARGET_STANDARD,
    1,
    parameters=(TERM_GRACE, LEAST_MEMBERS, LEAST_ACTIVITIES),
    dimensions=_TARGET_DIMENSIONS,
    stages=_STAGES,
    examples=_TARGET_EXAMPLES,
)
