"""A form shown again is still the form that was filled: what somebody else saved meanwhile is not overwritten unseen."""

from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import make_person
from wuyou.demo.small import GOOD
from wuyou.orgs.models import UnitKind, Venue

pytestmark = pytest.mark.django_db


def rows(small: Any) -> dict[str, Any]:
    unit = small.unit(GOOD)
    return {
        "orgs:edit": unit,
        "orgs:links": unit,
        "orgs:venue_edit": Venue.objects.filter(unit=unit).first() or Venue.objects.create(unit=unit, name="侨胞之家"),
        "orgs:kinds_row": UnitKind.objects.get(code="community"),
        "people:edit": make_person(unit),
    }


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("orgs:edit", {"full_name": ""}), ("orgs:links", {"on": "没有这一天"}), ("orgs:links", {"more": "1"}),
        ("orgs:venue_edit", {"name": ""}), ("orgs:kinds_row", {"name": ""}), ("people:edit", {"name": ""}),
    ],
)  # fmt: skip
def test_a_form_with_a_mistake_keeps_the_version_it_was_filled_from(
    small: Any, sign_in: Any, page: str, wrong: dict[str, str]
) -> None:
    row = rows(small)[page]
    model: Any = type(row)
    client, address = sign_in("city"), reverse(page, args=[row.pk])
    model.objects.filter(pk=row.pk).update(version=row.version + 1)  # somebody else saves
    shown = client.post(address, {"version": row.version, **wrong}).content.decode()
    assert f'name="version" value="{row.version}"' in shown
