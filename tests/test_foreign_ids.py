"""Ids of what lies outside one's units, put into the fields of one's own forms: nothing of it is changed, used or told.

Source: OWASP ASVS 5.0 8.2.2, 8.4.1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ForeignKey, Q
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.forms import Field, Form, forms_of
from tests.matrix import Page, gaps, pages, read_whole
from tests.samples import GROUPS, SAMPLES
from wuyou.config import urls as site
from wuyou.demo.small import BARE, HUIZE
from wuyou.orgs.models import Unit
from wuyou.people.models import Person
from wuyou.platform import datacare
from wuyou.platform.permissions import signed_in

SITE = [page for page in pages(site.urlpatterns) if not gaps([page])]
KINDS_WITH_IDS = ("hidden", "select", "radio", "checkbox")
THINGS = ("unit_id", "person_id", "seat_id", "term_id", "venue_id", "activity_id", "entry_id")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What the asker must not know of: units, persons, the ids to try, and the words that would tell of them."""

    units: list[int]
    persons: list[int]
    ids: list[str]
    words: list[str]

    def rows(self) -> dict[str, list[Any]]:
        """Return every row that is one of them or points at one, by table."""
        found = {}
        for model in datacare.own_models():
            asked = Q()
            for mine, ids in ((Unit, self.units), (Person, self.persons)):
                if model is mine:
                    asked |= Q(pk__in=ids)
                for field in model._meta.local_fields:
                    if isinstance(field, ForeignKey) and field.related_model is mine:
                        asked |= Q(**{f"{field.name}__in": ids})
            if asked:
                found[model._meta.db_table] = list(model._base_manager.filter(asked).order_by("pk").values_list())
        return found


def foreign_to(username: str) -> Foreign:
    """Return what a user must not reach: for the county all of another county, for a leader the neighbouring group too."""
    county = Unit.objects.get(short_name=HUIZE)
    units = list(Unit.objects.filter(path__startswith=county.path).exclude(short_name=BARE))
    units += [Unit.objects.get(short_name=GROUPS[1])] if username == "leader" else []
    units.append(Unit.objects.get(short_name=BARE))
    persons = list(Person.objects.filter(keeper__in=units))
    samples = [SAMPLES[thing]()[GROUPS.index(BARE)] for thing in THINGS]
    return Foreign(
        [unit.pk for unit in units],
        [person.pk for person in persons],
        list(dict.fromkeys([str(sample.value) for sample in samples] + [str(units[-1].pk)])),
        [unit.full_name for unit in units if unit.short_name == BARE],
    )


@pytest.mark.parametrize("username", ["county", "leader"])
@pytest.mark.parametrize("page", SITE, ids=str)
def test_ids_from_elsewhere_lead_nowhere(
    small: Any, sign_in: Callable[[str], Client], page: Page, username: str
) -> None:
    client = sign_in(username)
    address = page.address([SAMPLES[word]()[0] for word in page.words])
    answer = client.get(address)
    if answer.status_code != 200:
        return
    html = read_whole(answer).decode(errors="replace")
    foreign = foreign_to(username)
    before = foreign.rows()
    assert [
        told
        for form in forms_of(html, address)
        if form.method == "post" and form.address.startswith("/")
        for data in _tried(form, foreign)
        if (told := _reached(client, form, data, foreign, before))
    ] == []


def _tried(form: Form, foreign: Foreign) -> Iterator[dict[str, str]]:
    good = form.filled()
    for field in form.fields:
        chosen = [field.value, *field.options]
        if field.kind in KINDS_WITH_IDS and any(value.isdigit() for value in chosen):
            yield from ({**good, field.name: pk} for pk in foreign.ids if pk not in chosen)
        if field.name.endswith("_typed"):  # who is picked by name
            yield from ({**good, field.name: name} for name in foreign.words)


def _reached(client: Client, form: Form, data: dict[str, str], foreign: Foreign, before: dict[str, list[Any]]) -> str:
    """Send it, undo it, and return what of the foreign it reached; "" when nothing."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.post(form.address, data)
        shown = read_whole(answer).decode(errors="replace")
        after = foreign.rows()
        transaction.set_rollback(True)
    client.cookies = cookies
    touched = [table for table, rows in after.items() if rows != before[table]]
    told = [word for word in foreign.words if word in shown and word not in data.values()]
    return f"POST {form.address} {data}: {touched} {told}" if touched or told else ""


@signed_in
def moving(request: HttpRequest) -> HttpResponse:
    """Rename whatever unit is asked for, without asking whose it is."""
    if request.method == "POST":
        unit = Unit.objects.get(pk=request.POST["unit"])
        Unit.objects.filter(pk=unit.pk).update(short_name="改")
        return HttpResponse(unit.full_name)
    own = Unit.objects.get(short_name=GROUPS[0])
    return HttpResponse(f'<form method="post"><input type="hidden" name="unit" value="{own.pk}"></form>')


urlpatterns = [path("moving/", moving, name="moving"), *site.urlpatterns]


def test_a_form_that_takes_any_id_is_caught(small: Any, sign_in: Callable[[str], Client], settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    foreign = foreign_to("county")
    form = Form("/moving/", "post", [Field("unit", "hidden", str(Unit.objects.get(short_name=GROUPS[0]).pk))])
    tried = [data for data in _tried(form, foreign) if data["unit"] == str(foreign.units[-1])]
    reached = [_reached(sign_in("county"), form, data, foreign, foreign.rows()) for data in tried]
    assert reached == [f"POST /moving/ {tried[0]}: ['orgs_unit'] {foreign.words}"]
