"""Reading posts, seats and terms. Every function takes the actor; what lies outside his units does not exist for him."""

from wuyou.leadership.queries.seats import (
    any_seat,
    held,
    holders,
    holders_by_unit,
    leaders_by_unit,
    names_by_unit,
    offered_posts,
    posts,
    seat,
    seat_for_update,
    seats,
    seats_begun,
    seats_ever,
    seats_of,
)
from wuyou.leadership.queries.staffing import Staffing, requirements, staffing_by_unit
from wuyou.leadership.queries.terms import current_terms, term, term_for_update, terms

__all__ = [
    "Staffing",
    "any_seat",
    "current_terms",
    "held",
    "holders",
    "holders_by_unit",
    "leaders_by_unit",
    "names_by_unit",
    "offered_posts",
    "posts",
    "requirements",
    "seat",
    "seat_for_update",
    "seats",
    "seats_begun",
    "seats_ever",
    "seats_of",
    "staffing_by_unit",
    "term",
    "term_for_update",
    "terms",
]
