"""The actor is what the grants in force say; users are seen by who manages them."""

from datetime import timedelta
from typing import Any

import pytest

from wuyou.accounts import queries
from wuyou.accounts.models import Grant, User
from wuyou.demo.small import CITY, GOOD, HUIZE, NO_VENUE, QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import NotFound
from wuyou.kernel.roles import Role

PLACES = (("city", CITY, Role.CITY_OFFICER), ("county", QILIN, Role.COUNTY_OFFICER), ("huize", HUIZE, Role.COUNTY_OFFICER),
          ("leader", NO_VENUE, Role.GROUP_LEADER), ("auditor", CITY, Role.AUDITOR))  # fmt: skip


@pytest.mark.parametrize(("username", "unit", "role"), PLACES)
def test_an_actor_holds_what_was_granted(small: Any, username: str, unit: str, role: Role) -> None:
    actor, place = small.actor(username), small.unit(unit)
    assert [(h.role, h.unit_id, h.path) for h in actor.holdings] == [(role, place.pk, place.path)]
    assert actor.home_unit_id == place.pk


@pytest.mark.parametrize("user_id", [None, 0, 999_999])
def test_an_unknown_user_is_nobody(db: None, user_id: int | None) -> None:
    assert (queries.actor_of(user_id).user_id, queries.actor_of(user_id).holdings) == (None, ())


def test_a_closed_account_is_nobody(small: Any) -> None:
    User.objects.filter(username="county").update(is_active=False)
    assert small.actor("county").holdings == ()


def test_a_grant_counts_from_its_first_day_until_before_its_last(small: Any) -> None:
    user, unit = User.objects.get(username="huize"), small.unit(GOOD)
    start, end = small.today + timedelta(days=10), small.today + timedelta(days=20)
    Grant.objects.create(user=user, role=Role.GROUP_LEADER, unit=unit, start=start, end=end)
    days = (start - timedelta(days=1), start, end - timedelta(days=1), end)
    found = []
    for day in days:
        with clock.held_at(day):
            found.append(queries.actor_of(user.pk).can("orgs.unit.view", unit.path))
    assert found == [False, True, True, False]


@pytest.mark.parametrize("username", ["city", "county", "leader", "auditor"])
def test_users_are_the_administrator_s_to_see(small: Any, username: str) -> None:
    actor, other = small.actor(username), User.objects.get(username="admin")
    assert (queries.users(actor), queries.grants(actor)) == ([], [])
    with pytest.raises(NotFound):
        queries.user(actor, other.pk)


def test_the_administrator_sees_all_users_of_his_units_and_those_without_any(small: Any) -> None:
    User.objects.create(username="zz", name="无授权")
    admin = small.actor("admin")
    assert [u.username for u in queries.users(admin)] == sorted(User.objects.values_list("username", flat=True))
    assert {g.pk for g in queries.grants(admin)} == set(Grant.objects.values_list("pk", flat=True))


def test_a_county_s_administrator_sees_his_county_s(small: Any) -> None:
    user = User.objects.create(username="county-admin", name="区管理员")
    Grant.objects.create(user=user, role=Role.ADMINISTRATOR, unit=small.unit(QILIN), start=small.today)
    actor = queries.actor_of(user.pk)
    assert {u.username for u in queries.users(actor)} == {"county", "leader", "county-admin"}
    with pytest.raises(NotFound):
        queries.user(actor, User.objects.get(username="huize").pk)
