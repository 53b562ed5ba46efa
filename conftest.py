"""What every test has: no network, and on request the small world of `wuyou/demo/small.py`."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from wuyou.accounts.models import User
from wuyou.config.installation import compile_catalogues
from wuyou.demo import factories
from wuyou.demo.small import SMALL_TODAY, build_small
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs.models import Unit
from wuyou.people.models import Person
from wuyou.platform.tests.beside import require_samples, require_villages

pytest_plugins = ["wuyou.platform.tests.databases"]

# How long a case takes is the machine's affair; what is promised is measured by tools/bench.py.
hypothesis_settings.register_profile("wuyou", parent=hypothesis_settings.default, deadline=None)
hypothesis_settings.load_profile("wuyou")

HERE = ("127.0.0.1", "::1", "localhost")


class NetworkError(AssertionError):
    """A test tried to reach another machine."""


class SmallWorld:
    """The small world as a test sees it: units and persons by name, users by user name, its day."""

    today = SMALL_TODAY

    def unit(self, name: str) -> Unit:
        """Return the unit of that short name, one of the constants of `wuyou.demo.small`."""
        return factories.unit_named(name)

    def person(self, name: str) -> Person:
        """Return the person of that name."""
        return factories.person_named(name)

    def actor(self, username: str) -> Actor:
        """Return a user as actor: city, county, leader, auditor, admin, luliang, huize."""
        return factories.actor_for(username)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what uses the small world last: until then the database holds the rows of the migrations and nothing else."""
    items.sort(key=lambda item: "_small_built" in getattr(item, "fixturenames", ()))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Ask for the files beside the code that a test is marked to read."""
    if item.get_closest_marker("samples"):
        require_samples()
    if item.get_closest_marker("villages"):
        require_villages()


@pytest.fixture(scope="session")
def _small_built(migrated_database: None, django_db_blocker: Any) -> None:
    """Build the small world once; each test then runs in a transaction on it that is rolled back."""
    with django_db_blocker.unblock():
        build_small()


@pytest.fixture
def small(_small_built: None, request: pytest.FixtureRequest) -> Iterator[SmallWorld]:
    """Give the test the small world, on its day. Together with `own_database` it is a copy that may be committed to."""
    request.getfixturevalue("own_database" if "own_database" in request.fixturenames else "db")
    with clock.held_at(SMALL_TODAY):
        yield SmallWorld()


@pytest.fixture
def sign_in() -> Callable[[str], Client]:
    """Return a function that gives a web client signed in as the user of that name."""

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username), settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in


@pytest.fixture(autouse=True, scope="session")
def _catalogues() -> None:
    """Compile the languages before the first page asks for one."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Begin each test in the source language: a page asked for in English leaves its thread in English."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine: the product must work without any."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))
    yield
    patch.undo()


def _only_here(connect: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in HERE:
            raise NetworkError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return checked
