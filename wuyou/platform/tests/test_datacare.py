"""Every table says of every field whether it is personal, what it serves, how long it is kept; gaps are named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist

from wuyou.orgs.models import Placement, Unit, Venue
from wuyou.people.models import Affiliation, Person
from wuyou.platform import checks, permissions
from wuyou.platform.datacare import Basis, Care, Months, OnMerge, gaps, own_models
from wuyou.platform.sealing import SealedField


@pytest.mark.parametrize("model", list(own_models()), ids=lambda m: m._meta.label)
def test_no_table_has_a_gap(model: Any) -> None:
    assert gaps(model) == []


def test_the_start_up_check_agrees() -> None:
    assert checks.every_table_cares(None) == []


def cared(model: Any) -> list[tuple[str, Care]]:
    return [(f"{model._meta.label}.{name}", care) for name, care in model.DataCare.personal.items()]


ALL = [item for model in own_models() for item in cared(model)]


def test_who_may_see_a_field_is_a_permission() -> None:
    assert [name for name, care in ALL if care.seen_by and care.seen_by not in permissions.labels()] == []


def test_what_needs_separate_consent_is_shown_to_few() -> None:
    """Source: 个人信息保护法 arts. 28, 29."""
    assert [name for name, care in ALL if care.basis is Basis.SEPARATE_CONSENT and not care.seen_by] == []


def test_what_is_sealed_is_personal_and_shown_to_few() -> None:
    found = [(m, f.name) for m in own_models() for f in m._meta.local_fields if isinstance(f, SealedField)]
    assert [str(m) for m, name in found if not m.DataCare.personal[name].seen_by] == []
    assert {"id_number", "other_phone", "phone"} - {name for m, name in found if m is Person} == set()


def test_personal_data_are_never_kept_for_ever() -> None:
    """Source: 个人信息保护法 art. 19. A work summary is a document of the office, a venue's address its office address."""
    forever = [m._meta.label for m in own_models() if m.DataCare.personal and m.DataCare.keep.number is None]
    assert sorted(forever) == ["orgs.Venue", "summaries.Summary"]


def declared(monkeypatch: pytest.MonkeyPatch, model: Any, **changes: Any) -> list[str]:
    """Return the gaps of a model whose declaration is changed; None takes a part away."""
    parts = {name: value for name, value in vars(model.DataCare).items() if not name.startswith("__")}
    parts.update(changes)
    care = type("DataCare", (), {name: value for name, value in parts.items() if value is not None})
    monkeypatch.setattr(model, "DataCare", care)
    return gaps(model)


def without(model: Any, name: str) -> set[str]:
    return set(model.DataCare.plain) - {name}


GAPS: tuple[tuple[str, Any, Callable[[], dict[str, Any]], list[str]], ...] = (
    ("field forgotten", Venue, lambda: {"plain": without(Venue, "hours")}, ["orgs.Venue.hours is in neither set"]),
    ("field in both", Venue, lambda: {"plain": Venue.DataCare.plain | {"address"}}, ["orgs.Venue.address is in both sets"]),
    ("field unknown", Venue, lambda: {"plain": Venue.DataCare.plain | {"colour"}}, ["orgs.Venue.colour is no field"]),
    ("purpose empty", Venue, lambda: {"personal": {"address": Care(" ")}}, ["orgs.Venue.address says no purpose"]),
    ("retention missing", Venue, lambda: {"keep": None}, ["orgs.Venue says not how long it is kept"]),
    ("retention not in months", Venue, lambda: {"keep": 36}, ["orgs.Venue says not how long it is kept"]),
    ("merger of units", Venue, lambda: {"on_unit_merged": None},
     ["orgs.Venue.unit links to orgs.Unit without on_unit_merged"]),
    ("merger of units, two links", Placement, lambda: {"on_unit_merged": None},
     ["orgs.Placement.unit links to orgs.Unit without on_unit_merged",
      "orgs.Placement.parent links to orgs.Unit without on_unit_merged"]),
    ("merger of persons", Affiliation, lambda: {"on_person_merged": None},
     ["people.Affiliation.person links to people.Person without on_person_merged"]),
    ("merger by a word", Venue, lambda: {"on_unit_merged": "keep"},
     ["orgs.Venue.unit links to orgs.Unit without on_unit_merged"]),
)  # fmt: skip


@pytest.mark.parametrize(("what", "model", "changes", "expected"), GAPS, ids=[g[0] for g in GAPS])
def test_a_gap_is_named(
    monkeypatch: pytest.MonkeyPatch, what: str, model: Any, changes: Callable[[], dict[str, Any]], expected: list[str]
) -> None:
    assert declared(monkeypatch, model, **changes()) == expected


def test_a_table_without_a_declaration_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Unit, "DataCare")
    assert gaps(Unit) == ["orgs.Unit has no DataCare"]
    assert [(e.id, e.msg) for e in checks.every_table_cares(None)] == [("wuyou.E001", "orgs.Unit has no DataCare")]


def test_a_declaration_is_not_inherited() -> None:
    """Each table speaks for itself: a base's declaration knows nothing of the fields of its heirs."""
    assert ["DataCare" in vars(model) for model in own_models()] == [True for _ in own_models()]


def test_words_of_the_declarations() -> None:
    assert (Months(36).number, OnMerge.MOVE.value, Care("x").basis) == (36, "move", Basis.CONSENT)
    with pytest.raises(FieldDoesNotExist):
        Person._meta.get_field("religion")
