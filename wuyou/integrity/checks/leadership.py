"""班子: who leads, until when, and days of office that cannot be."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import (
    NORMAL,
    SeatFacts,
    all_seats,
    all_terms,
    all_units,
    closed_units,
    closing_days,
    in_order,
    living_groups,
    living_units,
    open_seats,
)
from wuyou.leadership import queries as leadership
from wuyou.leadership.permissions import P
from wuyou.leadership.rules import is_over
from wuyou.platform.presentation import day

EARLY_DAYS = 183
"""An election brought forward by half a year is nothing odd."""


def no_leader(seen: Inspection) -> Iterator[Offender]:
    """Yield the working groups in which nobody holds a post that leads."""
    held = seen.read(open_seats)
    for unit in seen.read(living_groups):
        if unit.state == NORMAL and not any(seat.leads for seat in held.get(unit.id, ())):
            yield unit.found(_("没有登记负责人"))


def term_over(seen: Inspection) -> Iterator[Offender]:
    """Yield the working units whose newest term is over."""
    terms = leadership.current_terms(seen.actor, on=seen.day)
    for unit in seen.read(living_units):
        term = terms.get(unit.id)
        if unit.state == NORMAL and term is not None and term.end is not None and is_over(term.end, seen.day):
            yield unit.found(_("任期 %(day)s 届满，还没有换届") % {"day": day(term.end)})


def departed_in_office(seen: Inspection) -> Iterator[Offender]:
    """Yield the units in which somebody holds a post who moved away or died: once for each post."""
    held = seen.read(open_seats)
    for unit in in_order(seen, held):
        for seat in held[unit.id]:
            if seat.left_on is not None and seat.left_on <= seen.day:
                told = {"post": seat.post, "day": day(seat.left_on)}
                yield unit.found(_("%(post)s已于 %(day)s 迁出或去世，仍登记在任") % told, seat.id)


def closed_with_seats(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units in which somebody still holds a post."""
    held = seen.read(open_seats)
    for unit in seen.read(closed_units):
        if unit.id in held:
            posts = _("、").join(dict.fromkeys(seat.post for seat in held[unit.id]))
            yield unit.found(_("已撤销，仍登记在任：%(posts)s") % {"posts": posts})


def two_leaders(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units in which a post that leads is held by two at once."""
    held = seen.read(open_seats)
    for unit in seen.read(living_units):
        leading = [seat.post for seat in held.get(unit.id, ()) if seat.leads]
        double = [post for post in dict.fromkeys(leading) if leading.count(post) > 1]
        if double:
            yield unit.found(_("“%(post)s”同时有 %(n)s 人在任") % {"post": double[0], "n": leading.count(double[0])})


def seat_outside_life(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with a seat that began before their founding or after their end."""
    seats, closed = seen.read(all_seats), seen.read(closing_days)
    for unit in seen.read(all_units).values():
        for seat in seats.get(unit.id, ()):
            begun = seat.start.isoformat() if seat.start else ""
            told = {"post": seat.post, "start": day(begun)}
            if rules.is_before(begun, unit.founded):
                words = _("%(post)s %(start)s 任职，早于成立时间 %(founded)s")
                yield unit.found(words % {**told, "founded": day(unit.founded)}, seat.id)
                break
            if rules.is_before(closed.get(unit.id, ""), begun):
                words = _("%(post)s %(start)s 任职，晚于撤销时间 %(closed)s")
                yield unit.found(words % {**told, "closed": day(closed[unit.id])}, seat.id)
                break


def seat_outside_terms(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units with a holder of a post whose first day lies in none of the terms, once terms are on record."""
    held, terms = seen.read(open_seats), seen.read(all_terms)
    for unit in seen.read(living_units):
        stretches = [(term.start, term.end) for term in terms.get(unit.id, ())]
        odd = next((seat for seat in held.get(unit.id, ()) if _is_outside(seat, stretches)), None)
        if odd is not None:
            told = {"post": odd.post, "start": day(odd.start)}
            yield unit.found(_("%(post)s %(start)s 任职，不在任何一届之内") % told, odd.id)


def _is_outside(seat: SeatFacts, terms: list[rules.Stretch]) -> bool:
    """Say whether a seat began in no term, though after the first of them: what came before was never put down."""
    first = min((start for start, _end in terms if start is not None), default=None)
    if seat.start is None or first is None or seat.start < first:
        return False
    return not rules.covers(terms, seat.start)


def terms_overlap(seen: Inspection) -> Iterator[Offender]:
    """Yield the units of which a term began long before the one before it was to end, extensions left aside.

    An election may be brought forward a little (design 3 §2.4).
    """
    terms = seen.read(all_terms)
    for unit in in_order(seen, terms):
        days = [(term.start, term.first_end) for term in terms[unit.id] if term.start is not None]
        for (_start, end), (begun, _end) in pairwise(days):
            if begun is not None and end is not None and (end - begun).days > EARLY_DAYS:
                told = {"day": day(begun), "end": day(end)}
                yield unit.found(_("后一届 %(day)s 开始，前一届 %(end)s 才届满") % told)
                break


def number_out_of_order(seen: Inspection) -> Iterator[Offender]:
    """Yield the units whose terms are not numbered upwards: a number twice, or a later term with a smaller one."""
    terms = seen.read(all_terms)
    for unit in in_order(seen, terms):
        numbers = [term.number for term in terms[unit.id] if term.number is not None and term.start is not None]
        if any(one >= other for one, other in pairwise(numbers)):
            told = _("、").join(_("第%(n)s届") % {"n": number} for number in numbers)
            yield unit.found(_("届次不是依次增加：%(numbers)s") % {"numbers": told})


def post_retired(seen: Inspection) -> Iterator[Offender]:
    """Yield the units in which somebody holds a post that the office no longer uses."""
    held = seen.read(open_seats)
    for unit in in_order(seen, held):
        retired = next((seat for seat in held[unit.id] if not seat.post_in_use), None)
        if retired is not None:
            yield unit.found(_("职务“%(post)s”已经停用，仍有人在任") % {"post": retired.post}, retired.id)


CHECKS = (
    Check(
        "leadership.departed_in_office", gettext_lazy("已离开的人仍在任"), Severity.MEND,
        gettext_lazy("迁出或去世的人仍登记在任，班子看起来齐全，其实缺人。"),
        gettext_lazy("请登记离任，再登记接任的人。"), departed_in_office, "leadership:leave", P.EDIT, reads=P.VIEW,
    ),
    Check(
        "leadership.closed_with_seats", gettext_lazy("撤销后仍有人在任"), Severity.MEND,
        gettext_lazy("组织已经撤销，班子还登记在任，任职名单和班子统计会多出这些人。"),
        gettext_lazy("请按撤销的日期逐个登记离任。"), closed_with_seats, "leadership:ever", P.VIEW, reads=P.VIEW,
    ),
    Check(
        "leadership.no_leader", gettext_lazy("没有负责人"), Severity.LOOK,
        gettext_lazy("没有负责人的组织没有人联系，“有队伍”也不具备。"),
        gettext_lazy("请登记组长、主席等主持工作的人。"), no_leader, "leadership:seat", P.EDIT, reads=P.VIEW,
    ),
    Check(
        "leadership.term_over", gettext_lazy("任期已满未换届"), Severity.LOOK,
        gettext_lazy("任期届满还没有换届，班子的产生就缺少依据。"),
        gettext_lazy("已经换届的，请登记新的一届；经批准延期的，请登记延期换届。"),
        term_over, "leadership:term", P.EDIT, reads=P.VIEW,
    ),
    Check(
        "leadership.two_leaders", gettext_lazy("同一负责职务有两人"), Severity.LOOK,
        gettext_lazy("主持工作的职务一般只有一人，两人同时在任，多半是前任没有登记离任。"),
        gettext_lazy("请给前任登记离任；确实两人共同主持的，不用改。"), two_leaders, "leadership:ever", P.VIEW, reads=P.VIEW,
    ),
    Check(
        "leadership.seat_outside_life", gettext_lazy("任职早于成立或晚于撤销"), Severity.LOOK,
        gettext_lazy("组织成立以前、撤销以后不会有人任职，两个日期至少有一个不对。"),
        gettext_lazy("请核对任职日期和组织的成立、撤销日期，改正登记错的一个。"),
        seat_outside_life, "leadership:correct_seat", P.EDIT, reads=P.VIEW,
    ),
    Check(
        "leadership.seat_outside_terms", gettext_lazy("任职不在任何一届"), Severity.LOOK,
        gettext_lazy("任职日期落在两届之间，说明漏登记了一届，或者任职日期不对。"),
        gettext_lazy("请补登这一届，或更正任职日期。"), seat_outside_terms, "leadership:correct_seat", P.EDIT, reads=P.VIEW,
    ),
    Check(
        "leadership.terms_overlap", gettext_lazy("两届时间重叠"), Severity.LOOK,
        gettext_lazy("后一届比前一届届满早半年以上就开始了，换届日期可能有一个不对。"),
        gettext_lazy("请核对两届的起止日期，改正登记错的一个。"), terms_overlap, "leadership:ever", P.VIEW, reads=P.VIEW,
    ),
    Check(
        "leadership.number_out_of_order", gettext_lazy("届次不连续增加"), Severity.LOOK,
        gettext_lazy("届次重复或倒退，会议名称和任职表上的“第几届”就会写错。"),
        gettext_lazy("请按换届文件改正届次。"), number_out_of_order, "leadership:ever", P.VIEW, reads=P.VIEW,
    ),
    Check(
        "leadership.post_retired", gettext_lazy("职务已停用仍有人任"), Severity.LOOK,
        gettext_lazy("停用的职务不算应配职务，任这个职务的人不计入配备。"),
        gettext_lazy("请把职务更正为现在使用的职务。"), post_retired, "leadership:correct_seat", P.EDIT, reads=P.VIEW,
    ),
)  # fmt: skip
