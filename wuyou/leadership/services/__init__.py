"""What is done with seats and terms, and by whom; the only writers of their tables."""

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
    "correct_seat",
    "correct_term",
    "extend_term",
    "fill_seat",
    "leave_seat",
    "note_term",
    "seat_named",
    "seats_from_ledger",
    "set_measures",
    "take_back_extension",
    "take_back_seat",
    "take_back_term",
]
