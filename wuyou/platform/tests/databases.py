"""A database of its own for one test, with real transactions, other threads and other processes.

The audit trail cannot be emptied, so a test that commits never works on the common test database: it gets a copy of it,
a file on SQLite, a database made from a template on PostgreSQL, thrown away afterwards.
"""

import os
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OwnDatabase:
    """Where it is: the data directory, and the environment in which another process finds it."""

    data: Path
    environment: dict[str, str]


_real: dict[str, Any] = {}


def pytest_configure() -> None:
    """Note the database of the settings, before it is exchanged for the test run's."""
    _real["name"] = connection.settings_dict["NAME"]


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the common test database where no test of the run asks for `db`, in which case pytest-django makes none."""
    if connection.settings_dict["NAME"] != _real["name"]:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def own_database(
    migrated_database: None, django_db_blocker: Any, settings: Any, tmp_path: Path
) -> Iterator[OwnDatabase]:
    """Work on a fresh copy of the migrated database, with a data directory beside it; not together with `db`."""
    with django_db_blocker.unblock():
        common, shared = connections["default"], connections.settings["default"]
        make, drop = (_sqlite, _unlink) if common.vendor == "sqlite" else (_postgresql, _drop)
        name, address = make(common, tmp_path)
        connections.settings["default"] = {**shared, "NAME": name}
        connections["default"] = connections.create_connection("default")
        settings.WUYOU_DATA = tmp_path
        environment = {
            **{key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            "WUYOU_DATA": str(tmp_path),
            "WUYOU_KEYS": str(django_settings.WUYOU_KEYS),
            "WUYOU_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "wuyou.config.settings",
        }
        try:
            yield OwnDatabase(tmp_path, environment)
        finally:
            connections["default"].close()
            connections.settings["default"], connections["default"] = shared, common
            drop(common, name)


def _sqlite(common: Any, folder: Path) -> tuple[str, str]:
    file = folder / "wuyou.sqlite3"
    with common.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return str(file), ""


def _unlink(common: Any, name: str) -> None:
    for file in Path(name).parent.glob("wuyou.sqlite3*"):
        file.unlink()


def _postgresql(common: Any, folder: Path) -> tuple[str, str]:
    name = f"own_{uuid.uuid4().hex[:12]}"
    common.close()  # a template must have no visitors
    with common._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{common.settings_dict["NAME"]}"')
    return name, urlsplit(os.environ["WUYOU_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _drop(common: Any, name: str) -> None:
    with common._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def at_once(number: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Let `number` threads call `act(i)` at the same moment, each with its own connection; return what each came to."""
    start = threading.Barrier(number)
    found: list[Any] = [None] * number

    def run(i: int) -> None:
        try:
            start.wait(20)
            found[i] = act(i)
        except Exception as problem:
            found[i] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def on_postgresql() -> bool:
    """Say whether the tests run on PostgreSQL."""
    return connection.vendor == "postgresql"


def rows_of_all_tables() -> dict[str, int]:
    """Return how many rows each table has, by name; sessions are left out, as signing in makes one."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
    return found
