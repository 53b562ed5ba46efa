"""What is decided about seats and terms: plain values in, a decision or an answer out."""

from wuyou.leadership.rules.composition import SMALL, Answer, Sight, is_minority, is_new, is_young, protected, said
from wuyou.leadership.rules.contacts import contact_again, contact_allowed, contact_over
from wuyou.leadership.rules.seats import leaving_allowed, post_for, seat_again, seat_allowed, taker_allowed
from wuyou.leadership.rules.staffing import (
    Requirement,
    Span,
    holders_on,
    required_of,
    tenure_begins,
    terms_in_row,
    vacant_since,
)
from wuyou.leadership.rules.terms import (
    Reminder,
    end_proposed,
    extended_term_kept,
    extension_allowed,
    is_over,
    months_later,
    reminder,
    term_allowed,
)

__all__ = [
    "SMALL",
    "Answer",
    "Reminder",
    "Requirement",
    "Sight",
    "Span",
    "contact_again",
    "contact_allowed",
    "contact_over",
    "end_proposed",
    "extended_term_kept",
    "extension_allowed",
    "holders_on",
    "is_minority",
    "is_new",
    "is_over",
    "is_young",
    "leaving_allowed",
    "months_later",
    "post_for",
    "protected",
    "reminder",
    "required_of",
    "said",
    "seat_again",
    "seat_allowed",
    "taker_allowed",
    "tenure_begins",
    "term_allowed",
    "terms_in_row",
    "vacant_since",
]
