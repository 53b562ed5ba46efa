"""Pages of seats and terms."""

from wuyou.leadership.views.composition import composition
from wuyou.leadership.views.contacts import assign, contact
from wuyou.leadership.views.ever import ever
from wuyou.leadership.views.lists import appointed, staffing
from wuyou.leadership.views.outlook import outlook
from wuyou.leadership.views.seats import candidates, correct_seat, leave, seat
from wuyou.leadership.views.terms import correct_term, extend, extension, measures, term

__all__ = [
    "appointed",
    "assign",
    "candidates",
    "composition",
    "contact",
    "correct_seat",
    "correct_term",
    "ever",
    "extend",
    "extension",
    "leave",
    "measures",
    "outlook",
    "seat",
    "staffing",
    "term",
]
