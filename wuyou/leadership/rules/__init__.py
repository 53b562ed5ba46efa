"""What is decided about seats and terms: plain values in, a decision or an answer out."""

from wuyou.leadership.rules.seats import leaving_allowed, post_for, seat_again, seat_allowed
from wuyou.leadership.rules.staffing import Requirement, required_of
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
    "Reminder",
    "Requirement",
    "end_proposed",
    "extended_term_kept",
    "extension_allowed",
    "is_over",
    "leaving_allowed",
    "months_later",
    "post_for",
    "reminder",
    "required_of",
    "seat_again",
    "seat_allowed",
    "term_allowed",
]
