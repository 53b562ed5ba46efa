"""A province to measure on: 5,000 groups under 16 cities, persons by the hundred thousand, a year of work.

Written below the services, as the history of a province is not what is measured. Everything is invented.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from wuyou.accounts.models import Grant, User
from wuyou.activities.models import Activity
from wuyou.config import installation
from wuyou.funds.models import Entry, Source
from wuyou.kernel import clock, personname
from wuyou.kernel.roles import Role
from wuyou.leadership.models import Post, Seat, Term
from wuyou.orgs.models import (
    AreaServed,
    FormerIdentity,
    Hosting,
    HostUnit,
    Lineage,
    Placement,
    Unit,
    UnitEvent,
    UnitForm,
    UnitKind,
    Venue,
)
from wuyou.people import counting
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, Person
from wuyou.places.models import Division

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌海燕"
CITIES, COUNTIES_EACH, GROUPS = 16, 8, 5000
TODAY = date(2026, 11, 20)


def build(persons: int, groups: int = GROUPS) -> dict[str, Any]:
    """Build the province and return what the measurements need: the users by role, one county's path, a group's id."""
    draw = random.Random(7)
    installation.prepare(lambda said: None)
    with transaction.atomic():
        tree = _tree(draw, groups)
        _work(draw, tree["groups"])
        _history(draw, tree)
        people = persons_into(draw, persons, tree)
        _belonging(draw, tree["groups"], people)
        _counts(draw, tree)
        users = _users(tree)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {**tree, "users": users}


def rows_into(model: type[models.Model], rows: Iterator[dict[str, Any]], size: int = 20_000) -> int:
    """Write rows of a model by executemany, defaults filled in; return how many."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 -- names of our own columns
    number = 0
    with connection.cursor() as cursor:
        while chunk := list(itertools.islice(rows, size)):
            cursor.executemany(sql, [[_value(field, row) for field in fields] for row in chunk])
            number += len(chunk)
    return number


def _value(field: Any, row: dict[str, Any]) -> Any:
    value = row.get(field.attname, field.get_default() if field.has_default() or not field.null else None)
    return field.get_db_prep_save(value, connection) if not isinstance(value, UUID) else value.hex


def _tree(draw: random.Random, number: int) -> dict[str, Any]:
    kinds, forms = {k.code: k for k in UnitKind.objects.all()}, list(UnitForm.objects.all())
    counties = list(Division.objects.filter(level=3, path__under="/530000/").order_by("code"))[: CITIES * COUNTIES_EACH]
    home = list(Division.objects.filter(parent__code=settings.WUYOU_HOME_DIVISION))
    counties = [*home, *(c for c in counties if c not in home)][: CITIES * COUNTIES_EACH]
    root = _unit(kinds["city_federation"], None, "云南省归国华侨联合会", None)
    cities = [_unit(kinds["city_federation"], root, f"第{n + 1}市侨联", None) for n in range(CITIES)]
    per_city = max(1, len(counties) // CITIES)
    offices = [
        _unit(kinds["county_federation"], cities[min(n // per_city, CITIES - 1)], f"{county.name}侨联", county)
        for n, county in enumerate(counties)
    ]
    grass = [k for k in kinds.values() if not k.is_federation]
    fresh = []
    for n in range(number):
        office = offices[n % len(offices)]
        name = f"{office.county.short_name}{draw.choice(SURNAMES)}{draw.choice(GIVEN)}第{n}小组"
        state = draw.choices(["normal", "lapsed", "to_reorganise"], [90, 6, 4])[0]
        fresh.append(
            Unit(kind=draw.choice(grass), form=draw.choice(forms), full_name=f"{name}侨联小组", short_name=name,
                 pinyin=personname.pinyin_key(name)[:300], initials=personname.initials(name)[:60], state=state,
                 approval_number=f"侨发〔2019〕{n}号" if n % 9 else "", founded=f"20{n % 15:02d}-03", county=office.county,
                 parent=office, path=f"~{n}", has_study_rules=bool(n % 3))
        )  # fmt: skip
    Unit.objects.bulk_create(fresh, batch_size=500)
    for unit in fresh:
        unit.path = f"{unit.parent.path}{unit.pk}/"
    Unit.objects.bulk_update(fresh, ["path"], batch_size=500)
    Placement.objects.bulk_create(
        [Placement(unit=u, parent=u.parent, start=date(2015, 1, 1)) for u in fresh], batch_size=900
    )
    hosts = HostUnit.objects.bulk_create(
        [HostUnit(name=f"{u.short_name}单位", county=u.county) for u in fresh], batch_size=900
    )
    Hosting.objects.bulk_create([Hosting(unit=u, host=h) for u, h in zip(fresh, hosts, strict=True)], batch_size=900)
    return {"root": root, "cities": cities, "offices": offices, "groups": fresh, "home": home}


def _unit(kind: UnitKind, parent: Unit | None, name: str, county: Division | None) -> Unit:
    unit = Unit(kind=kind, parent=parent, full_name=name, short_name=name, county=county)
    unit.path = f"~{unit.uid}"
    unit.pinyin = personname.pinyin_key(name)[:300]
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save()
    return unit


def _work(draw: random.Random, groups: list[Unit]) -> None:
    now, sources = clock.now(), list(Source.objects.all())
    day = lambda: TODAY - timedelta(days=draw.randrange(700))  # noqa: E731 -- one draw, said often
    rows_into(Activity, (
        {"unit_id": u.pk, "kind": draw.choice(["activity", "study", "visit", "symposium"]), "on": day(), "topic": "茶话会",
         "present": draw.randrange(5, 60), "leaders_present": draw.random() < 0.3, "recorded_at": now}
        for u in groups for _n in range(12)
    ))  # fmt: skip
    rows_into(Entry, (
        {"unit_id": u.pk, "on": day(), "direction": "received", "amount_fen": draw.randrange(10, 90) * 10_000,
         "source_id": draw.choice(sources).pk, "purpose": "活动补助", "voucher": "记-1", "recorded_at": now}
        for u in groups for _n in range(3)
    ))  # fmt: skip
    rows_into(
        Venue, ({"unit_id": u.pk, "name": "侨胞之家", "right": "free", "area_m2": 60} for u in groups if u.pk % 4)
    )
    rows_into(Term, (
        {"unit_id": u.pk, "number": 2, "start": date(2022, 1, 1), "end": TODAY + timedelta(days=draw.randrange(-400, 900))}
        for u in groups
    ))  # fmt: skip
    rows_into(UnitEvent, (
        {"unit_id": u.pk, "kind": "establish", "on": u.founded, "recorded_at": now} for u in groups
    ))  # fmt: skip


def _history(draw: random.Random, tree: dict[str, Any]) -> None:
    """Ten years: half of the groups stalled and were restored, a quarter came from another office, a quarter was renamed."""
    now, groups, offices = clock.now(), tree["groups"], tree["offices"]
    day = lambda: TODAY - timedelta(days=draw.randrange(30, 3650))  # noqa: E731 -- one draw, said often
    rows_into(UnitEvent, (
        {"unit_id": u.pk, "kind": kind, "on": f"{2015 + 3 * turn + after}-0{1 + u.pk % 9}-1{u.pk % 9}", "recorded_at": now}
        for u in groups if u.pk % 2 for turn in range(3) for kind, after in (("lapse", 0), ("restore", 1))
    ))  # fmt: skip
    moved = {u.pk: day() for u in groups if u.pk % 4 == 0}
    Placement.objects.filter(unit__in=moved).update(start=TODAY - timedelta(days=20))
    rows_into(Placement, (
        {"unit_id": pk, "parent_id": draw.choice(offices).pk, "start": None, "end": TODAY - timedelta(days=20)}
        for pk in moved
    ))  # fmt: skip
    rows_into(FormerIdentity, (
        {"unit_id": u.pk, "until": day(), "full_name": f"原{u.full_name}", "short_name": f"原{u.short_name}",
         "kind_id": u.kind_id, "county_id": u.county_id}
        for u in groups if u.pk % 4 == 1
    ))  # fmt: skip
    rows_into(Lineage, (
        {"predecessor_id": one.pk, "successor_id": other.pk, "on": day(), "kind": "split"}
        for one, other in itertools.pairwise(groups) if one.pk % 50 == 0
    ))  # fmt: skip


def persons_into(draw: random.Random, number: int, tree: dict[str, Any]) -> tuple[int, int]:
    """Write the persons; return the first and the last primary key."""
    basis = ConsentBasis.objects.create(ground="consent", purpose="联系服务", since=TODAY)
    offices = [office.pk for office in tree["offices"]]
    villages = list(Division.objects.filter(level=4, path__under="/530000/530300/").values_list("pk", flat=True))
    categories, now = ["归侨", "侨眷", "侨眷", "侨属", "港澳眷属"], clock.now()
    names = [s + a + b for s in SURNAMES for a in GIVEN for b in GIVEN]
    keyed = {name: (personname.pinyin_key(name)[:120], personname.initials(name)[:30]) for name in names}
    first = (Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def rows() -> Iterator[dict[str, Any]]:
        for n in range(number):
            name = draw.choice(names)
            key, short = keyed[name]
            yield {
                "uid": UUID(int=draw.getrandbits(128)), "name": name, "pinyin": key, "initials": short, "sex": "female",
                "birth": f"{1930 + n % 80}-0{1 + n % 9}", "category": categories[n % 5], "keeper_id": offices[n % len(offices)],
                "division_id": villages[n % len(villages)], "basis_id": basis.pk, "registered_at": now, "agreed": True,
            }  # fmt: skip

    rows_into(Person, rows())
    return first, first + number - 1


def _belonging(draw: random.Random, groups: list[Unit], people: tuple[int, int]) -> None:
    first, last = people
    now = date(2024, 1, 1)
    rows_into(Affiliation, (
        {"person_id": pk, "unit_id": groups[pk % len(groups)].pk, "start": now} for pk in range(first, last + 1) if pk % 3 == 0
    ))  # fmt: skip
    posts = {p.code: p.pk for p in Post.objects.all()}
    rows_into(Seat, (
        {"unit_id": u.pk, "post_id": posts["leader" if n == 0 else "deputy_leader"],
         "person_id": first + (2 * i + n) % (last - first), "start": date(2022, 1, 1)}
        for i, u in enumerate(groups) for n in range(2) if u.pk % 11
    ))  # fmt: skip


def _counts(draw: random.Random, tree: dict[str, Any]) -> None:
    towns = list(Division.objects.filter(level=4, path__under="/530000/530300/"))
    rows_into(HeadCount, (
        {"unit_id": u.pk, "people": draw.randrange(8, 90), "counted_on": TODAY, "source": "台账"} for u in tree["groups"]
    ))  # fmt: skip
    AreaServed.objects.bulk_create(
        AreaServed(unit=u, division=towns[n % len(towns)]) for n, u in enumerate(tree["groups"][:90])
    )
    counting.snapshot({t.pk for t in towns}, TODAY, source="侨情调查", batch=None)
    counting.recount({t.pk for t in towns})


def _users(tree: dict[str, Any]) -> dict[str, User]:
    places = {
        "province": (Role.CITY_OFFICER, tree["root"]),
        "city": (Role.CITY_OFFICER, tree["cities"][0]),
        "county": (Role.COUNTY_OFFICER, tree["offices"][0]),
        "leader": (Role.GROUP_LEADER, tree["groups"][0]),
    }
    found = {}
    for name, (role, unit) in places.items():
        user = User.objects.create(username=name, name=name)
        Grant.objects.create(user=user, role=role, unit=unit, start=date(2020, 1, 1))
        found[name] = user
    return found
