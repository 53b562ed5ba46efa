"""Who acts where: rights do not grow by looking from a place, and end at its edge."""

import pytest

from wuyou.kernel.actor import ROOT, Actor, Holding, machine
from wuyou.kernel.roles import Role

SEE, EDIT = "see", "edit"
CITY = Holding(Role.CITY_OFFICER, 1, "/1/", frozenset({SEE, EDIT}), "市侨联")
COUNTY = Holding(Role.AUDITOR, 3, "/1/3/", frozenset({SEE}), "县侨联")

LOOKING = [
    # holdings, from where, paths on which he may see, paths on which he may edit
    ((CITY,), "/1/3/", ("/1/3/",), ("/1/3/",)),
    ((CITY, COUNTY), "/1/3/", ("/1/3/",), ("/1/3/",)),
    ((COUNTY,), "/1/3/", ("/1/3/",), ()),
    ((COUNTY,), "/1/", ("/1/3/",), ()),
    ((COUNTY,), "/1/4/", (), ()),
    ((COUNTY,), "/1/3/9/", ("/1/3/9/",), ()),
    ((), "/1/", (), ()),
]


@pytest.mark.parametrize(("holdings", "path", "sees", "edits"), LOOKING)
def test_looking_from_a_place_keeps_the_rights_and_ends_at_its_edge(holdings, path, sees, edits):
    here = Actor(7, "甲", holdings).at(path)
    assert (here.user_id, here.paths(SEE), here.paths(EDIT)) == (7, sees, edits)


def test_the_machine_looks_from_a_place_like_anybody():
    assert machine("nightly", SEE).at("/1/3/").paths(SEE) == ("/1/3/",)
    assert machine("nightly", SEE).paths(SEE) == (ROOT,)
