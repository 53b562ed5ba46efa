"""Cases of users and grants."""

from datetime import date

from wuyou.accounts.models import Grant, User
from wuyou.demo import factories as make
from wuyou.demo.small import CITY, LULIANG
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.kernel.roles import Role


@case("accounts.closed_with_grants")
def _closed_with_grants(small):
    for name, end in (("还授权小组", None), ("停授权小组", date(2025, 11, 20))):
        unit = group(small, name)
        make.make_user(f"u{unit.pk}", Role.GROUP_LEADER, unit)
        Grant.objects.filter(unit=unit).update(end=end)
        befell(unit, "dissolve", "2025-11-20")
    return Case(("还授权小组",), ("停授权小组",))


@case("accounts.user_without_grant")
def _user_without_grant(small):
    make.make_user("guoqi", Role.COUNTY_OFFICER, small.unit(LULIANG))
    Grant.objects.filter(user__username="guoqi").update(end=date(2025, 11, 20))
    make.make_user("zaigang", Role.COUNTY_OFFICER, small.unit(LULIANG))
    User.objects.create(username="tingyong", is_active=False)
    return Case(("guoqi",), ("zaigang", "tingyong"))


@case("accounts.office_without_officer")
def _office_without_officer(small):
    office = {"parent": small.unit(CITY), "kind": "county_federation"}
    make.make_unit(full_name="富源县归国华侨联合会", short_name="富源县侨联", county="530325", **office)
    manned = make.make_unit(full_name="罗平县归国华侨联合会", short_name="罗平县侨联", county="530324", **office)
    make.make_user("luoping", Role.COUNTY_OFFICER, manned)
    return Case(("富源县侨联",), ("罗平县侨联", CITY))
