"""Users and grants: only the administrator gives, nobody gives to himself, what is ended ends at once."""

from datetime import timedelta
from typing import Any

import pytest

from wuyou.accounts import queries, services
from wuyou.accounts.forms import GrantForm
from wuyou.accounts.models import Grant, User
from wuyou.demo.small import BARE, CITY, GOOD, QILIN
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.kernel.roles import Role
from wuyou.platform.models import AuditEvent, AuditPayload

PASSWORD = "a-long-pass-phrase-2025"


def user_of(username: str) -> User:
    return User.objects.get(username=username)


def add(actor: Actor, **facts: Any) -> User:
    return services.add_user(actor=actor, **({"username": "new", "name": "新人", "password": PASSWORD} | facts))


@pytest.mark.parametrize("username", ["city", "county", "leader", "auditor"])
def test_nobody_but_the_administrator_manages_users(small: Any, username: str) -> None:
    actor, grant = small.actor(username), Grant.objects.get(user__username="leader")
    before = AuditEvent.objects.count(), User.objects.count(), Grant.objects.count()
    for act, answers in (
        (lambda: add(actor), (Forbidden,)),
        (lambda: services.give_grant(
            actor=actor, user_id=user_of("huize").pk, role=Role.GROUP_LEADER, unit_id=small.unit(GOOD).pk
        ), (Forbidden, NotFound)),
        (lambda: services.end_grant(actor=actor, grant_id=grant.pk), (Forbidden, NotFound)),
    ):  # fmt: skip
        with pytest.raises(answers):
            act()
    assert (AuditEvent.objects.count(), User.objects.count(), Grant.objects.count()) == before


def test_an_added_user_signs_in_and_sees_nothing(small: Any, client: Any) -> None:
    user = add(small.actor("admin"), username=" new ")
    assert (user.username, user.check_password(PASSWORD), user.is_staff, user.is_superuser) == (
        "new",
        True,
        False,
        False,
    )
    assert queries.actor_of(user.pk).holdings == ()
    assert PASSWORD not in " ".join(AuditPayload.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"username": " "}, "请填写登录名和姓名"),
        ({"name": ""}, "请填写登录名和姓名"),
        ({"username": "COUNTY"}, "这个登录名已有人使用"),
        ({"password": "short"}, "密码太短，没有保存；请至少用 12 个字符"),
        ({"password": "password1234"}, "这个密码太常见了"),
    ],
)
def test_what_is_refused(small: Any, facts: dict[str, str], sentence: str) -> None:
    before = User.objects.count()
    with pytest.raises(Refused, match=sentence):
        add(small.actor("admin"), **facts)
    assert User.objects.count() == before


def give(small: Any, user: str, role: str, unit: str, **more: Any) -> Grant:
    return services.give_grant(
        actor=small.actor("admin"), user_id=user_of(user).pk, role=role, unit_id=small.unit(unit).pk, **more
    )


def test_a_grant_counts_at_once_and_is_given_once(small: Any) -> None:
    first = give(small, "huize", Role.COUNTY_OFFICER, QILIN)
    assert (give(small, "huize", Role.COUNTY_OFFICER, QILIN), first.start) == (first, small.today)
    assert small.actor("huize").can("orgs.unit.edit", small.unit(GOOD).path)


def test_an_ended_grant_counts_no_more_from_now_on(small: Any) -> None:
    grant = Grant.objects.get(user__username="county")
    services.end_grant(actor=small.actor("admin"), grant_id=grant.pk)
    assert (small.actor("county").holdings, Grant.objects.get(pk=grant.pk).end) == ((), small.today)
    told = AuditEvent.objects.count()
    services.end_grant(actor=small.actor("admin"), grant_id=grant.pk)
    assert AuditEvent.objects.count() == told


def test_a_grant_of_tomorrow_does_not_count_today(small: Any) -> None:
    give(small, "huize", Role.GROUP_LEADER, GOOD, start=small.today + timedelta(days=1))
    assert not small.actor("huize").can("orgs.unit.view", small.unit(GOOD).path)


@pytest.mark.parametrize(
    ("user", "role", "unit", "sentence"),
    [
        ("admin", Role.CITY_OFFICER, CITY, "不能给自己授权"),
        ("huize", Role.COUNTY_OFFICER, GOOD, "只能授予侨联机关"),
        ("huize", Role.CITY_OFFICER, QILIN, "不能授予县侨联"),
        ("huize", Role.COUNTY_OFFICER, CITY, "不能授予市侨联"),
        ("huize", Role.GROUP_LEADER, QILIN, "不能授予县侨联"),
        ("auditor", Role.GROUP_LEADER, GOOD, "此人是审计员"),
        ("city", Role.AUDITOR, CITY, "审计员不能兼任其他角色"),
        ("huize", "emperor", CITY, "请从列表中选择角色"),
    ],
)
def test_what_is_not_granted(small: Any, user: str, role: str, unit: str, sentence: str) -> None:
    before = Grant.objects.count()
    with pytest.raises(Refused, match=sentence):
        give(small, user, role, unit)
    assert Grant.objects.count() == before


@pytest.mark.parametrize(
    "told",
    [{"start": 1}, {"end": 10}, {"start": 0, "end": 31}, {"start": 0, "reason": "代管一个月"}],
)
def test_a_grant_told_again_otherwise_is_refused_and_stays(small: Any, told: dict[str, Any]) -> None:
    days = {name: small.today + timedelta(days=value) if name != "reason" else value for name, value in told.items()}
    first = give(small, "huize", Role.COUNTY_OFFICER, QILIN, end=small.today + timedelta(days=30), reason="代管")
    with pytest.raises(Refused, match="已经有这项授权，起止日期或理由与您填写的不同"):
        give(small, "huize", Role.COUNTY_OFFICER, QILIN, **{"end": first.end, **days})
    held = Grant.objects.filter(user__username="huize", unit=small.unit(QILIN))
    assert list(held.values_list("end", "reason")) == [(first.end, "代管")]


def test_a_grant_of_tomorrow_is_given_once_too(small: Any) -> None:
    tomorrow = small.today + timedelta(days=1)
    first = give(small, "huize", Role.GROUP_LEADER, GOOD, start=tomorrow)
    assert give(small, "huize", Role.GROUP_LEADER, GOOD, start=tomorrow) == first


def test_who_will_audit_handles_nothing_from_that_day_on(small: Any) -> None:
    tomorrow, user = small.today + timedelta(days=1), add(small.actor("admin")).username
    give(small, user, Role.AUDITOR, CITY, start=tomorrow)
    with pytest.raises(Refused, match="此人是审计员"):
        give(small, user, Role.CITY_OFFICER, CITY)
    assert give(small, user, Role.CITY_OFFICER, CITY, end=tomorrow).end == tomorrow


def test_a_grant_that_was_ended_before_it_began_can_be_given_anew(small: Any) -> None:
    tomorrow = small.today + timedelta(days=1)
    first = give(small, "huize", Role.GROUP_LEADER, GOOD, start=tomorrow)
    ended = services.end_grant(actor=small.actor("admin"), grant_id=first.pk)
    again = give(small, "huize", Role.GROUP_LEADER, GOOD, start=tomorrow)
    assert (ended.end, again.end, again.pk == first.pk) == (tomorrow, None, False)


def test_the_page_says_that_a_grant_has_not_begun_and_lets_it_be_ended(small: Any, sign_in: Any) -> None:
    grant = give(small, "huize", Role.GROUP_LEADER, GOOD, start=small.today + timedelta(days=1))
    page = sign_in("admin").get(f"/users/{grant.user_id}/").content.decode()
    assert ("还没有开始" in page, f"/users/grants/{grant.pk}/end/" in page) == (True, True)


def test_the_form_names_no_unit_that_is_not_the_administrators(small: Any) -> None:
    """Source: a county's administrator who sends the number of another county's group."""
    grant = give(small, "huize", Role.ADMINISTRATOR, QILIN)
    services.end_grant(
        actor=small.actor("admin"), grant_id=Grant.objects.get(user=grant.user, role="county_officer").pk
    )
    form = GrantForm(actor=queries.actor_of(grant.user_id))
    name_of = form.fields["unit"].widget.name_of
    assert (name_of(str(small.unit(GOOD).pk)), name_of(str(small.unit(BARE).pk))) == (GOOD, None)


def test_unknown_users_and_grants_are_not_found(small: Any) -> None:
    admin = small.actor("admin")
    with pytest.raises(NotFound):
        services.give_grant(actor=admin, user_id=999_999, role=Role.GROUP_LEADER, unit_id=small.unit(GOOD).pk)
    with pytest.raises(NotFound):
        services.end_grant(actor=admin, grant_id=999_999)


def below(small: Any) -> Actor:
    """Return the administrator of one county."""
    user = User.objects.create(username="county-admin", name="区管理员")
    Grant.objects.create(user=user, role=Role.ADMINISTRATOR, unit=small.unit(QILIN), start=small.today)
    return queries.actor_of(user.pk)


def test_a_county_s_administrator_gives_roles_to_those_whom_he_sees(small: Any) -> None:
    actor, group, fresh = below(small), small.unit(GOOD).pk, User.objects.create(username="zz", name="新人")
    with pytest.raises(NotFound):
        services.give_grant(actor=actor, user_id=user_of("huize").pk, role=Role.GROUP_LEADER, unit_id=group)
    grant = services.give_grant(actor=actor, user_id=fresh.pk, role=Role.GROUP_LEADER, unit_id=group)
    assert (grant.user, grant.unit_id) == (fresh, group)


def test_only_roles_that_fit_one_of_his_units_are_offered(small: Any) -> None:
    every = {Role.ADMINISTRATOR, Role.AUDITOR, Role.COUNTY_OFFICER, Role.GROUP_LEADER}
    for actor, roles in ((small.actor("admin"), {*every, Role.CITY_OFFICER}), (below(small), every)):
        assert {role for role, _label in GrantForm(actor=actor).fields["role"].choices} == roles


def test_everybody_chooses_his_own_large_text(small: Any) -> None:
    leader, other = user_of("leader"), user_of("county")
    services.choose_large_text(actor=small.actor("leader"), user_id=leader.pk, large=True)
    with pytest.raises(Forbidden):
        services.choose_large_text(actor=small.actor("leader"), user_id=other.pk, large=True)
    assert (user_of("leader").large_text, user_of("county").large_text) == (True, False)
