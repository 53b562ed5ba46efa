"""A subtree is a range of paths: the same rows as `startswith`, found by the index on both engines."""

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuyou.demo.factories import make_basis, make_unit
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor, Holding
from wuyou.kernel.roles import Role
from wuyou.orgs.models import Unit, UnitKind
from wuyou.people.models import Person
from wuyou.places.models import Division
from wuyou.platform.scoping import scope, within
from wuyou.platform.tests.databases import on_postgresql

steps = st.lists(st.integers(1, 120), max_size=4)
paths = st.builds(lambda ids: "".join(f"/{i}" for i in ids) + "/", steps)
# what sorts oddly: digits beside the slash, dots, dashes, letters of other alphabets
names = st.text(alphabet="0/1-.: aAbzZ张弡一鿿퟿\ue000\U0010ffff", max_size=6)


def store(texts: list[str]) -> None:
    """Enter a division for each text as path, and a person for each as name."""
    for number, text in enumerate(texts):
        Division.objects.create(code=f"t{number}", level=5, name="村", short_name="村", path=text, source="试验")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=st.lists(paths, max_size=12), asked=paths)
def test_under_is_startswith(db: None, stored: list[str], asked: str) -> None:
    with transaction.atomic():
        store(stored)
        found = Division.objects.filter(path__under=asked, code__startswith="t").values_list("path", flat=True)
        assert sorted(found) == sorted(path for path in stored if path.startswith(asked))
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=st.lists(names.filter(bool), max_size=12), asked=names)
def test_begins_is_startswith(db: None, stored: list[str], asked: str) -> None:
    with transaction.atomic():
        keeper, basis = make_unit(), make_basis()
        Person.objects.bulk_create(
            Person(keeper=keeper, basis=basis, name=name, registered_at=clock.now()) for name in stored
        )
        found = Person.objects.filter(name__begins=asked).values_list("name", flat=True)
        assert sorted(found) == sorted(name for name in stored if name.startswith(asked))
        transaction.set_rollback(True)


@pytest.mark.parametrize("text", ["", "1", "/1", "1/", "abc", "%", "/1/%"])
def test_what_is_no_path_is_refused_instead_of_hiding_rows(text: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        str(Unit.objects.filter(path__under=text).query)


PATHS = ["/1/", "/1/2/", "/1/2/3/", "/1/20/", "/1/9/", "/10/", "/2/"]
WITHIN = (
    ((), []),
    (("/",), PATHS),
    (("/1/2/",), ["/1/2/", "/1/2/3/"]),
    (("/1/2/", "/2/"), ["/1/2/", "/1/2/3/", "/2/"]),
    (("/1/2/", "/"), PATHS),
    (("/3/",), []),
)


@pytest.mark.parametrize(("asked", "found"), WITHIN)
def test_within(db: None, asked: tuple[str, ...], found: list[str]) -> None:
    store(PATHS)
    rows = Division.objects.filter(within(asked), code__startswith="t")
    assert sorted(rows.values_list("path", flat=True)) == sorted(found)


def test_scope_is_where_the_permission_is_held(db: None) -> None:
    store(PATHS)
    holdings = (
        Holding(Role.COUNTY_OFFICER, 2, "/1/2/", frozenset({"see", "edit"})),
        Holding(Role.GROUP_LEADER, 9, "/1/9/", frozenset({"see"})),
    )
    actor = Actor(1, "甲", holdings)
    rows = Division.objects.filter(code__startswith="t")
    assert [
        sorted(rows.filter(scope(actor, permission)).values_list("path", flat=True))
        for permission in ("see", "edit", "rule")
    ] == [["/1/2/", "/1/2/3/", "/1/9/"], ["/1/2/", "/1/2/3/"], []]


def plan(rows: Any) -> str:
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows.explain())


def test_the_index_answers(db: None) -> None:
    top = make_unit()
    kind = UnitKind.objects.get(code="community")
    Unit.objects.bulk_create(
        Unit(full_name=f"组{i}", short_name=f"组{i}", kind=kind, parent=top, path=f"{top.path}{i + 1000}/")
        for i in range(300)
    )
    found = plan(Unit.objects.filter(path__under=f"{top.path}1200/").values("id", "full_name"))
    assert ("INDEX" in found.upper(), "path>?" in found or "Index Cond" in found) == (True, True)


def test_the_index_answers_for_names(db: None) -> None:
    keeper, basis = make_unit(), make_basis()
    Person.objects.bulk_create(
        Person(keeper=keeper, basis=basis, name=f"张{i}", registered_at=clock.now()) for i in range(300)
    )
    found = plan(Person.objects.filter(name__begins="张1").values("id", "name"))
    assert ("person_by_name" in found, "name>?" in found or "Index Cond" in found) == (True, True)
