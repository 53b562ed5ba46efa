"""Cases of 班子."""

from datetime import date

from wuyou.demo import factories as make
from wuyou.demo.small import GOOD, LAPSED
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.leadership.models import Post, Seat, Term, TermExtension
from wuyou.people.models import Person


def seated(unit, post="leader", **told):
    """Let somebody new take a post of a unit, and return who it is."""
    person = make.make_person(unit, unit)
    make.make_seat(unit, person, post, **told)
    return person


@case("leadership.departed_in_office")
def _departed_in_office(small):
    for name, left_on in (("人走了小组", date(2025, 11, 1)), ("人还在小组", None)):
        person = seated(group(small, name))
        Person.objects.filter(pk=person.pk).update(left_on=left_on)
    over = group(small, "离任了小组")
    person = seated(over)
    Seat.objects.filter(unit=over).update(end=date(2025, 1, 1))
    Person.objects.filter(pk=person.pk).update(left_on=date(2025, 2, 1))
    return Case(("人走了小组",), ("人还在小组", "离任了小组"))


@case("leadership.closed_with_seats")
def _closed_with_seats(small):
    for name, end in (("撤了在任小组", None), ("撤了离任小组", date(2024, 1, 1))):
        unit = group(small, name)
        seated(unit)
        Seat.objects.filter(unit=unit).update(end=end)
        befell(unit, "dissolve", "2024-01-01")
    return Case(("撤了在任小组",), ("撤了离任小组", GOOD))


@case("leadership.no_leader")
def _no_leader(small):
    seated(group(small, "只有副组长小组"), "deputy_leader")
    seated(group(small, "有组长小组"))
    group(small, "停滞无人小组", state="lapsed")
    return Case(("只有副组长小组",), ("有组长小组", "停滞无人小组"))


@case("leadership.term_over")
def _term_over(small):
    make.make_term(group(small, "届满小组"), date(2019, 6, 1), date(2024, 6, 1))
    again = group(small, "换届了小组")
    make.make_term(again, date(2019, 6, 1), date(2024, 6, 1))
    make.make_term(again, date(2024, 6, 1), date(2029, 6, 1), number=2)
    return Case(("届满小组",), ("换届了小组", LAPSED))


@case("leadership.two_leaders")
def _two_leaders(small):
    double = group(small, "两组长小组")
    seated(double)
    seated(double)
    two_posts = group(small, "两副组长小组")
    seated(two_posts, "deputy_leader")
    seated(two_posts, "deputy_leader")
    return Case(("两组长小组",), ("两副组长小组",))


@case("leadership.seat_outside_life")
def _seat_outside_life(small):
    seated(group(small, "早任小组", founded="2022"), start=date(2021, 12, 31))
    seated(group(small, "当年任小组", founded="2022"), start=date(2022, 1, 1))
    late = group(small, "晚任小组")
    befell(late, "dissolve", "2024-01")
    seated(late, start=date(2024, 3, 1))
    seated(group(small, "不知何时任小组"), start=None)
    return Case(("早任小组", "晚任小组"), ("当年任小组", "不知何时任小组"))


@case("leadership.seat_outside_terms")
def _seat_outside_terms(small):
    for name, start in (
        ("届外小组", date(2023, 3, 1)),
        ("届内小组", date(2022, 12, 31)),
        ("届前小组", date(2017, 1, 1)),
    ):
        unit = group(small, name)
        make.make_term(unit, date(2018, 1, 1), date(2023, 1, 1))
        seated(unit, start=start)
    seated(group(small, "没有届期小组"), start=date(2023, 3, 1))
    extended = group(small, "延期小组")
    term = make.make_term(extended, date(2018, 1, 1), date(2023, 1, 1))
    told = {"document": "麒侨发〔2022〕30号", "approved_on": date(2022, 12, 1)}
    TermExtension.objects.create(term=term, before=term.end, until=date(2023, 6, 1), **told)
    seated(extended, start=date(2023, 3, 1))
    return Case(("届外小组",), ("届内小组", "届前小组", "没有届期小组", "延期小组"))


@case("leadership.terms_overlap")
def _terms_overlap(small):
    for name, start in (
        ("重届小组", date(2022, 6, 1)),
        ("提前换届小组", date(2022, 9, 1)),
        ("接届小组", date(2023, 1, 1)),
    ):
        unit = group(small, name)
        make.make_term(unit, date(2018, 1, 1), date(2023, 1, 1))
        make.make_term(unit, start, date(2028, 1, 1), number=2)
    return Case(("重届小组",), ("提前换届小组", "接届小组"))


@case("leadership.number_out_of_order")
def _number_out_of_order(small):
    for name, number in (("同届次小组", 1), ("递增小组", 2)):
        unit = group(small, name)
        make.make_term(unit, date(2018, 1, 1), date(2023, 1, 1))
        make.make_term(unit, date(2023, 1, 1), date(2028, 1, 1), number=number)
    Term.objects.create(unit=group(small, "不知届次小组"), start=date(2018, 1, 1), end=date(2023, 1, 1))
    return Case(("同届次小组",), ("递增小组", "不知届次小组"))


@case("leadership.post_retired")
def _post_retired(small):
    Post.objects.create(code="old_post", name="老职务", is_active=False)
    seated(group(small, "老职务小组"), "old_post")
    seated(group(small, "新职务小组"))
    return Case(("老职务小组",), ("新职务小组",))
