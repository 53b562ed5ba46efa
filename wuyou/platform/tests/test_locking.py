"""Two people edit the same thing: nobody's words are overwritten without his knowing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from wuyou.activities import services as activities
from wuyou.activities.models import Activity
from wuyou.config import urls as site
from wuyou.demo.factories import anybody, make_activity, make_person, make_unit, make_venue
from wuyou.kernel.refusals import Conflict, Difference
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Unit, Venue
from wuyou.people import services as people
from wuyou.people.models import Person
from wuyou.platform import audit
from wuyou.platform.permissions import public
from wuyou.platform.tests.databases import OwnDatabase, at_once


def revise_unit(pk: int, seen: int | None, **changes: Any) -> Any:
    return orgs.revise_unit(actor=anybody(), unit_id=pk, seen=seen, changes=changes)


def revise_person(pk: int, seen: int | None, **changes: Any) -> Any:
    return people.revise_person(actor=anybody(), person_id=pk, seen=seen, changes=changes)


def revise_activity(pk: int, seen: int | None, **changes: Any) -> Any:
    return activities.revise_activity(actor=anybody(), activity_id=pk, seen=seen, changes=changes)


def correct_venue(pk: int, seen: int | None, **changes: Any) -> Any:
    unit_id = Venue.objects.get(pk=pk).unit_id
    return orgs.correct_venue(actor=anybody(), unit_id=unit_id, venue_id=pk, seen=seen, changes=changes)


EDITED: tuple[tuple[str, Callable[[], Any], Callable[..., Any], type, str], ...] = (
    ("unit", make_unit, revise_unit, Unit, "remark"),
    ("person", lambda: make_person(make_unit()), revise_person, Person, "occupation"),
    ("activity", lambda: make_activity(make_unit()), revise_activity, Activity, "note"),
    ("venue", lambda: make_venue(make_unit()), correct_venue, Venue, "hours"),
)
each = pytest.mark.parametrize(
    ("make", "revise", "model", "field"), [e[1:] for e in EDITED], ids=[e[0] for e in EDITED]
)


@each
def test_a_save_from_the_newest_version_passes(db: None, make: Any, revise: Any, model: Any, field: str) -> None:
    pk = make().pk
    assert revise(pk, 1, **{field: "甲"}).version == 2
    assert (model.objects.get(pk=pk).version, getattr(model.objects.get(pk=pk), field)) == (2, "甲")


@each
def test_a_save_from_an_older_version_carries_both_back(
    db: None, make: Any, revise: Any, model: Any, field: str
) -> None:
    thing = make()
    revise(thing.pk, 1, **{field: "甲写的"})
    with pytest.raises(Conflict) as caught:
        revise(thing.pk, 1, **{field: "乙写的"})
    label = str(model._meta.get_field(field).verbose_name)
    assert caught.value.differences == (Difference(field, label, "甲写的", "乙写的"),)
    assert caught.value.current_version == 2
    assert getattr(model.objects.get(pk=thing.pk), field) == "甲写的"
    assert revise(thing.pk, caught.value.current_version, **{field: "乙写的"}).version == 3


@each
def test_who_holds_no_older_copy_saves_on_top(db: None, make: Any, revise: Any, model: Any, field: str) -> None:
    pk = make().pk
    revise(pk, 1, **{field: "甲"})
    assert revise(pk, None, **{field: "导入"}).version == 3


@each
def test_of_many_at_once_one_saves(own_database: OwnDatabase, make: Any, revise: Any, model: Any, field: str) -> None:
    pk = make().pk
    found = at_once(6, lambda i: revise(pk, 1, **{field: f"第{i}人"}))
    saved = [thing for thing in found if not isinstance(thing, Conflict)]
    assert [type(thing) for thing in saved] == [model]
    assert (model.objects.get(pk=pk).version, getattr(model.objects.get(pk=pk), field)) == (2, getattr(saved[0], field))
    assert list(audit.verify()) == []


@each
def test_many_at_once_without_a_copy_lose_no_version(
    own_database: OwnDatabase, make: Any, revise: Any, model: Any, field: str
) -> None:
    pk = make().pk
    assert sorted(thing.version for thing in at_once(5, lambda i: revise(pk, None, **{field: f"第{i}人"}))) == [
        2,
        3,
        4,
        5,
        6,
    ]


FIELDS = ("short_name", "remark", "approval_number")


class Editors(RuleBasedStateMachine):
    """Two editors open a unit, change fields and save in any order; the model remembers what each had seen."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.pk = make_unit(short_name="小组").pk
        self.truth = dict.fromkeys(FIELDS, "") | {"short_name": "小组"}
        self.version = 1
        self.seen: dict[int, int] = {}

    @rule(editor=st.integers(0, 1))
    def open(self, editor: int) -> None:
        self.seen[editor] = Unit.objects.get(pk=self.pk).version

    @precondition(lambda self: self.seen)
    @rule(
        data=st.data(),
        changes=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["甲", "乙", "丙"]), min_size=1),
    )
    def save(self, data: st.DataObject, changes: dict[str, str]) -> None:
        editor = data.draw(st.sampled_from(sorted(self.seen)))
        try:
            revise_unit(self.pk, self.seen[editor], **changes)
        except Conflict as conflict:
            assert self.seen[editor] < self.version
            wanted = {(d.field, d.theirs, d.yours) for d in conflict.differences}
            assert wanted == {(f, self.truth[f], v) for f, v in changes.items() if self.truth[f] != v}
            return
        assert self.seen[editor] == self.version  # nobody saved what the editor had not seen
        self.truth |= changes
        self.version += 1

    @invariant()
    def nothing_is_lost(self) -> None:
        unit = Unit.objects.get(pk=self.pk)
        assert ({f: getattr(unit, f) for f in FIELDS}, unit.version) == (self.truth, self.version)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)


def test_two_editors_in_any_order_overwrite_nothing(db: None) -> None:
    run_state_machine_as_test(
        Editors, settings=hypothesis_settings(max_examples=30, stateful_step_count=20, deadline=None)
    )


@public("a form for this test")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    revise_unit(pk, int(request.POST["version"]), remark=request.POST["remark"])
    return HttpResponse("saved")


urlpatterns = [path("edit/<int:pk>/", edit), *site.urlpatterns]


def test_the_conflict_page_shows_both_and_keeps_what_was_typed(db: None, client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    unit = make_unit()
    address = f"/edit/{unit.pk}/"
    assert client.post(address, {"version": 1, "remark": "先保存的说明"}).content == b"saved"
    page = client.post(address, {"version": 1, "remark": "后来写的说明"})
    assert page.status_code == 409
    text = page.content.decode()
    assert [word in text for word in ("先保存的说明", "后来写的说明", 'name="version" value="2"')] == [True, True, True]
    assert client.post(address, {"version": 2, "remark": "后来写的说明"}).content == b"saved"
