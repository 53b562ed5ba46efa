"""Reminders, proposed ends and extensions of terms: boundary days, who may, what is refused, what follows the new end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wuyou.demo.factories import anybody, make_term
from wuyou.demo.small import BARE, GOOD, NO_VENUE, TERM_OVER
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.leadership import queries, rules, services
from wuyou.leadership.chronicle import happenings
from wuyou.leadership.models import Measures, Term, TermExtension
from wuyou.leadership.rules import Reminder
from wuyou.leadership.tests.test_services import WHO
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.acting import answered

TODAY = date(2025, 11, 20)
END = date(2026, 8, 31)
NONE, SIX, THREE, OVER = Reminder.NONE, Reminder.SIX_MONTHS, Reminder.THREE_MONTHS, Reminder.OVERDUE
REMINDERS = (
    (END, date(2026, 2, 27), NONE), (END, date(2026, 2, 28), SIX), (END, date(2026, 5, 30), SIX),
    (END, date(2026, 5, 31), THREE), (END, END, THREE), (END, date(2026, 9, 1), OVER), (END, date(2036, 9, 1), OVER),
    (date(2026, 3, 15), date(2025, 9, 14), NONE), (date(2026, 3, 15), date(2025, 9, 15), SIX),
    (date(2026, 3, 15), date(2025, 12, 14), SIX), (date(2026, 3, 15), date(2025, 12, 15), THREE),
    (date(2026, 3, 15), date(2026, 3, 15), THREE), (date(2026, 3, 15), date(2026, 3, 16), OVER),
    (date(2024, 8, 29), date(2024, 2, 28), NONE), (date(2024, 8, 29), date(2024, 2, 29), SIX), (None, TODAY, NONE),
)  # fmt: skip
ENDS = (
    (None, 5, None), (date(2025, 3, 1), 5, date(2030, 3, 1)), (date(2024, 2, 29), 5, date(2029, 2, 28)),
    (date(2024, 2, 29), 4, date(2028, 2, 29)), (date(2025, 3, 1), 3, date(2028, 3, 1)),
)  # fmt: skip
ELSEWHERE = {"unit": "会泽小组", "day": date(2025, 6, 1)}
LONGER = {
    "until": date(2026, 6, 30), "document": "曲侨发〔2025〕8号", "approved_on": date(2025, 6, 1),
    "start": date(2020, 6, 30), "end": date(2025, 6, 30), "used_by": {}, "used_here": False, "shared": False,
    "today": TODAY,
}  # fmt: skip
EXTENSIONS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, []),
    ({"start": None}, []),
    ({"approved_on": TODAY}, []),
    ({"approved_on": date(2020, 6, 30)}, []),
    ({"until": date(2025, 7, 1)}, []),
    ({"end": None}, ["until"]),
    ({"until": date(2025, 6, 30)}, ["until"]),
    ({"until": date(2025, 6, 29)}, ["until"]),
    ({"document": " "}, ["document"]),
    ({"used_by": ELSEWHERE}, ["document"]),
    ({"used_by": ELSEWHERE, "shared": True}, []),
    ({"used_here": True}, ["document"]),
    ({"used_here": True, "used_by": ELSEWHERE, "shared": True}, ["document"]),
    ({"approved_on": TODAY + timedelta(days=1)}, ["approved_on"]),
    ({"approved_on": date(2020, 6, 29)}, ["approved_on"]),
)


@pytest.mark.parametrize(("end", "on", "wanted"), REMINDERS)
def test_a_term_is_reminded_of_six_and_three_months_before_its_end(end: Any, on: date, wanted: Reminder) -> None:
    assert rules.reminder(end, on) is wanted


@pytest.mark.parametrize(("start", "years", "end"), ENDS)
def test_the_end_of_a_term_is_proposed(start: date | None, years: int, end: date | None) -> None:
    assert rules.end_proposed(start, years) == end


@pytest.mark.parametrize(("told", "fields"), EXTENSIONS)
def test_extension_allowed(told: dict[str, Any], fields: list[str]) -> None:
    assert [r.field for r in rules.extension_allowed(**{**LONGER, **told}).reasons] == fields


@pytest.mark.parametrize(
    ("extended", "end", "allowed"), [(False, END, True), (True, END, False), (True, TODAY, True), (False, TODAY, True)]
)
def test_an_extended_term_keeps_its_own_end(extended: bool, end: date, allowed: bool) -> None:
    assert rules.extended_term_kept(extended=extended, end=end, was=TODAY).allowed is allowed


def extended(term: Term, until: date = date(2029, 6, 1), actor: Any = None, **told: Any) -> TermExtension:
    facts = {"document": "曲侨发〔2025〕8号", "approved_on": date(2025, 10, 9), **told}
    return services.extend_term(actor=actor or anybody(), term_id=term.pk, until=until, **facts)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_extends_terms_and_takes_that_back(small: Any, username: str, unit: str, answer: Any) -> None:
    actor, term = small.actor(username), make_term(small.unit(unit), date(2023, 6, 2), number=7)
    answered(answer, lambda: extended(term, actor=actor))
    made = term.extensions.first() or extended(term)
    answered(answer, lambda: services.take_back_extension(actor=actor, extension_id=made.pk, seen=1))


def test_the_new_end_counts_everywhere_from_its_approval_on(small: Any) -> None:
    unit, actor = small.unit(TERM_OVER), small.actor("county")
    extended(unit.terms.get(), date(2026, 5, 31), approved_on=date(2024, 7, 1))
    for on, end in ((date(2024, 6, 30), date(2024, 5, 31)), (date(2024, 7, 1), date(2026, 5, 31))):
        assert queries.current_terms(actor, on=on)[unit.pk].end == end
        assert queries.staffing_by_unit(actor, on=on)[unit.pk].term_end == end
    told = queries.terms(actor, unit.pk)[0]
    assert (told.end, told.first_end) == (date(2026, 5, 31), date(2024, 5, 31))
    assert ("批准延期换届到 2026-05-31", "曲侨发〔2025〕8号") in [
        (one.title, one.document) for one in happenings(actor, unit.pk, [told], [])
    ]


def test_an_extension_follows_the_one_before(small: Any) -> None:
    term = small.unit(TERM_OVER).terms.get()
    first = extended(term, date(2025, 5, 31))
    second = extended(term, date(2026, 5, 31), document="曲侨发〔2025〕9号")
    assert [(e.before, e.until) for e in (first, second)] == [
        (date(2024, 5, 31), date(2025, 5, 31)), (date(2025, 5, 31), date(2026, 5, 31)),
    ]  # fmt: skip
    with pytest.raises(Refused, match="请先撤回后一次"):
        services.take_back_extension(actor=anybody(), extension_id=first.pk, seen=1)
    services.take_back_extension(actor=anybody(), extension_id=second.pk, seen=1)
    assert queries.end_in_force(term.pk) == date(2025, 5, 31)


def test_a_repeat_returns_the_first_and_what_cannot_be_is_refused(small: Any) -> None:
    term, other = small.unit(GOOD).terms.get(), small.unit(TERM_OVER).terms.get()
    first, told = extended(term), AuditEvent.objects.count()
    assert (extended(term), AuditEvent.objects.count()) == (first, told)
    for act in (
        lambda: extended(term, date(2029, 6, 1), document="曲侨发〔2025〕9号"),
        lambda: extended(other, date(2029, 6, 1)),
        lambda: extended(other, date(2029, 6, 1), document="曲侨发〔2025〕9号", approved_on=date(2025, 11, 21)),
        lambda: services.take_back_term(actor=anybody(), term_id=term.pk, seen=None),
        lambda: services.correct_term(
            actor=anybody(), term_id=term.pk, seen=None, number=1, start=term.start, end=date(2028, 7, 1)
        ),
    ):
        answered(Refused, act)
    with pytest.raises(Conflict):
        services.take_back_extension(actor=anybody(), extension_id=first.pk, seen=7)
    for absent in (lambda: extended(Term(pk=999_999)), lambda: queries.extension(anybody(), 999_999)):
        with pytest.raises(NotFound):
            absent()


@pytest.mark.parametrize(
    "told",
    [
        {"until": date(2028, 6, 1)},
        {"document": ""},
        {"document": "曲侨发〔2025〕8号", "before": date(2029, 6, 1), "until": date(2031, 6, 1)},
        {"document": "曲侨发〔2025〕10号"},
    ],
)
def test_the_database_refuses_what_the_rule_refuses(small: Any, told: dict[str, Any]) -> None:
    term = small.unit(GOOD).terms.get()
    extended(term)
    facts = {"before": term.end, "until": date(2030, 6, 1), "document": "9号", "approved_on": TODAY, **told}
    with pytest.raises(IntegrityError), transaction.atomic():
        TermExtension.objects.create(term=term, **facts)


def test_a_ledger_that_tells_either_end_tells_of_the_same_term(small: Any) -> None:
    unit = small.unit(GOOD)
    term = unit.terms.get()
    extended(term)
    mine = {"actor": anybody(), "unit_id": unit.pk, "number": 1, "start": term.start}
    same = [services.note_term(**mine, end=end) for end in (term.end, date(2029, 6, 1))]
    assert (same, unit.terms.count()) == ([term, term], 1)


def test_a_number_learnt_later_does_not_move_an_extended_end(small: Any) -> None:
    unit = small.unit(BARE)
    term = unit.terms.create(start=date(2020, 6, 1), end=date(2025, 6, 1))
    extended(term, date(2026, 6, 1))
    noted = services.note_term(actor=anybody(), unit_id=unit.pk, number=3, start=term.start, end=date(2026, 6, 1))
    assert (noted.number, noted.end, queries.end_in_force(term.pk)) == (3, date(2025, 6, 1), date(2026, 6, 1))


def test_measures_are_set_by_who_answers_for_the_whole_tree(small: Any, sign_in: Any) -> None:
    wanted = {"term_years": 3, "most_terms": 1, "youth_age": 40}
    for who in ("county", "leader", "auditor"):
        with pytest.raises(Forbidden):
            services.set_measures(actor=small.actor(who), seen=1, **wanted)
    client, at = sign_in("city"), reverse("leadership:measures")
    assert client.post(at, {"term_years": 5, "most_terms": 2, "youth_age": 45, "version": 1}).status_code == 302
    assert Measures.objects.count() == 0
    assert client.post(at, {**wanted, "version": 1}).status_code == 302
    assert client.post(at, {**wanted, "youth_age": 35, "version": 1}).status_code == 409
    held = queries.measures()
    assert (held.term_years, held.most_terms, held.youth_age, held.version) == (3, 1, 40, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measures.objects.create(pk=2)


def test_the_end_of_a_new_term_is_proposed_on_its_page(small: Any, sign_in: Any) -> None:
    services.set_measures(actor=anybody(), seen=None, term_years=3, most_terms=2, youth_age=45)
    unit, client = small.unit(BARE), sign_in("city")
    at = reverse("leadership:term", args=[unit.pk])
    assert client.post(at, {"number": "1", "start": "2025-03-01", "end": ""}).status_code == 302
    assert unit.terms.get().end == date(2028, 3, 1)
    assert client.get(at).context["form"].initial == {"number": 2}
    assert list(client.post(at, {"number": "2", "start": "", "end": ""}).context["form"].errors) == ["end"]


def test_a_clerk_extends_a_term_and_takes_it_back(small: Any, sign_in: Any) -> None:
    unit, client = small.unit(TERM_OVER), sign_in("county")
    term = unit.terms.get()
    at, told = reverse("leadership:extend", args=[term.pk]), {"approved_on": "2024-05-20", "reason": "挂靠单位改制"}
    early = client.post(at, {**told, "until": "2024-05-31", "document": "曲侨发[2024]8号"})
    assert early.context["form"].errors == {
        "until": ["延长到的日期要晚于现在的换届日期（2024-05-31），没有保存；请核对。"]
    }
    assert client.post(at, {**told, "until": "2026-05-31", "document": "曲侨发[2024]8号"}).status_code == 302
    page = client.get(reverse("leadership:ever", args=[unit.pk])).context
    assert [row[0] for row in page["extensions"].rows] == ["曲侨发〔2024〕8号"]
    assert page["terms"].rows[0][0].note == "原定 2024-05-31 换届，已批准延期"
    one = reverse("leadership:extension", args=[term.extensions.get().pk])
    assert "挂靠单位改制" in client.get(one).content.decode()
    assert client.post(one, {"version": 1}).status_code == 302
    assert client.get(reverse("leadership:ever", args=[unit.pk])).context["extensions"] is None


def test_one_document_extends_the_terms_of_several_units_but_of_each_once(small: Any) -> None:
    first, second, third = (small.unit(name).terms.get() for name in (GOOD, TERM_OVER, NO_VENUE))
    extended(first)
    with pytest.raises(Refused) as raised:
        extended(second, date(2029, 6, 2))
    assert [str(reason) for reason in raised.value.reasons] == [
        f"这个文号已经用于“{small.unit(GOOD)}”的延期（2025-10-09 批复），没有保存；"
        "请核对文号，一份批复批准几个组织的，请勾选“同一份批复还批准了别的组织延期”。"
    ]
    for term in (second, third):
        extended(term, date(2029, 6, 2), shares_document=True)
    with pytest.raises(Refused, match="这个文号已经用于这个组织的另一次延期"):
        extended(second, date(2030, 6, 2), shares_document=True)
    assert TermExtension.objects.filter(document="曲侨发〔2025〕8号").count() == 3


@pytest.mark.parametrize("shared", [False, True])
def test_the_database_keeps_a_document_to_one_extension_unless_it_is_shared(small: Any, shared: bool) -> None:
    first, second = (small.unit(name).terms.get() for name in (GOOD, NO_VENUE))
    extended(first)
    told = {"document": "曲侨发〔2025〕8号", "approved_on": date(2025, 10, 9), "shares_document": shared}
    for term in (first, second):
        row = TermExtension(term=term, before=date(2029, 6, 1), until=date(2030, 6, 1), **told)
        if shared and term == second:
            row.save()
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()


def test_a_clerk_says_that_the_document_approved_several(small: Any, sign_in: Any) -> None:
    extended(small.unit(GOOD).terms.get())
    at = reverse("leadership:extend", args=[small.unit(TERM_OVER).terms.get().pk])
    told = {"approved_on": "2025-10-09", "reason": "", "until": "2026-05-31", "document": "曲侨发[2025]8号"}
    client = sign_in("county")
    assert list(client.post(at, told).context["form"].errors) == ["document"]
    assert client.post(at, told | {"shares_document": "on"}).status_code == 302
