"""What both standards cite and demand: the source's clauses, and the criteria of the items that they share."""

from wuyou.assessment.rules.scheme import Criterion, Parameter
from wuyou.kernel.expressions import Unit

SUMMARY = "曲靖市侨联基层组织建设工作总结"
AIMS = f"{SUMMARY}·二（一）3 目标任务"
WORKING_ORDER = f"{SUMMARY}·二（二）主要做法"
RESULTS = f"{SUMMARY}·二（三）取得的成效"
LEDGER = "基层组织台账通行内容"
OWN = "本系统建议，由侨联自行确定"

TERM_GRACE = Parameter(
    "term_grace_days", "换届可延期天数", "Days of grace after the term", Unit.DAYS, 0, f"{OWN}；经批准延期的可以放宽"
)

IN_OPERATION = Criterion(
    "in_operation",
    "组织没有停滞、撤销或待重组",
    "The unit has not lapsed, been dissolved or left to be reorganised",
    f"{SUMMARY}·一（理顺因单位合并、拆分而停滞的小组）",
    met="in_operation",
    mend="orgs.restore",
    mandatory=True,
)
WITHIN_TERM = Criterion(
    "within_term",
    "班子在届期内",
    "The leadership is within its term",
    f"{LEDGER}（届期、换届时间）",
    met="days_past_term_end <= term_grace_days",
    mend="leadership.term",
)
HAS_LEADER = Criterion(
    "leader",
    "有负责人",
    "There is a leader",
    f"{AIMS}（有好的班子特别是好的带头人）",
    met="leader_present",
    mend="leadership.seats",
)
VENUE_WITH_ADDRESS = Criterion(
    "venue_with_address",
    "有活动阵地，地址明确",
    "There is a venue with a known address",
    f"{LEDGER}（阵地地址、面积）；与其他组织共用同样算有",
    met="venues_with_address >= 1",
    partly="venues >= 1",
    mend="orgs.venue",
)
VENUE_WITH_RIGHT = Criterion(
    "venue_with_right",
    "阵地的使用权已登记",
    "The right to use the venue is registered",
    f"{LEDGER}（自有、无偿使用、租用、共用均可）",
    met="venues_with_right >= 1",
    mend="orgs.venue",
)
RECEIVED_FUNDS = Criterion(
    "funds_received",
    "近12个月有经费收入",
    "Funds were received in the last 12 months",
    f"{WORKING_ORDER} 三（争取所在单位经费，给予一定补助）",
    met="funds_received_in_12_months > 0",
    partly="coalesce(declared_budget, 0) > 0",
    mend="funds.entry",
)
