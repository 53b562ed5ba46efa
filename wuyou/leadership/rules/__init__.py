"""What is decided about seats and terms: plain values in, a decision or an answer out."""

from wuyou.leadership.rules.seats import leaving_allowed, post_for, seat_again, seat_allowed
from wuyou.leadership.rules.staffing import Requirement, required_of
from wuyou.leadership.rules.terms import is_over, term_allowed

__all__ = [
    "Requirement",
    "is_over",
    "leaving_allowed",
    "post_for",
    "required_of",
    "seat_again",
    "seat_allowed",
    "term_allowed",
]
