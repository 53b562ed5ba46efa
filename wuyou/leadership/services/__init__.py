"""What is done with seats and terms, and by whom; the only writers of their tables."""

from wuyou.leadership.services.contacts import assign_contact, end_contact, take_back_contact
from wuyou.leadership.services.seats import (
    correct_seat,
    fill_seat,
    leave_seat,
    seat_named,
    seats_from_ledger,
    take_back_seat,
)
from wuyou.leadership.services.terms import (
    correct_term,
    extend_term,
    note_term,
    set_measures,
    take_back_extension,
    take_back_term,
)

__all__ = [
    "assign_contact",
    "correct_seat",
    "correct_term",
    "end_contact",
    "extend_term",
    "fill_seat",
    "leave_seat",
    "note_term",
    "seat_named",
    "seats_from_ledger",
    "set_measures",
    "take_back_contact",
    "take_back_extension",
    "take_back_seat",
    "take_back_term",
]
