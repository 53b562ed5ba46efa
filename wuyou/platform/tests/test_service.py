"""A service is one transaction, and while tests run it may not write a row without telling the audit trail."""

from typing import Any

import pytest
from django.db import connection, transaction

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Refused
from wuyou.orgs.models import HostUnit, UnitKind
from wuyou.platform import audit
from wuyou.platform.models import AuditHead, OnceKey
from wuyou.platform.service import UnauditedError, service, written_table
from wuyou.platform.space import NO_SPACE

CLERK = Actor(7, "段正清")


def hosts() -> list[str]:
    return sorted(HostUnit.objects.values_list("name", flat=True))


def tell() -> None:
    audit.record(CLERK, "test.thing.done")


@service
def enter(name: str, *, told: bool, refused: bool = False) -> HostUnit:
    """Enter a host unit."""
    host = HostUnit.objects.create(name=name)
    if told:
        tell()
    if refused:
        raise Refused("没有办成。")
    return host


def test_while_room_is_short_every_service_says_so_and_writes_nothing(db: None, settings: Any) -> None:
    settings.WUYOU_MIN_FREE_BYTES = 1 << 60
    before = (hosts(), AuditHead.objects.get(pk=1).seq)
    with pytest.raises(Refused) as refused:
        enter("甲", told=True)
    assert (str(refused.value), (hosts(), AuditHead.objects.get(pk=1).seq)) == (NO_SPACE, before)


def test_while_room_is_short_pages_are_read_and_forms_keep_what_was_typed(
    small: Any, sign_in: Any, settings: Any
) -> None:
    settings.WUYOU_MIN_FREE_BYTES = 1 << 60
    client = sign_in("city")
    typed = {"name": "试验单位", "username": "shiyan", "password": "一句新的长密码-2026"}
    page = sign_in("admin").post("/users/add/", typed)
    assert (client.get("/").status_code, client.get("/people/").status_code, page.status_code) == (200, 200, 200)
    assert [NO_SPACE in page.content.decode(), 'value="试验单位"' in page.content.decode()] == [True, True]


@service
def enter_two(first: bool, second: bool, own: bool | None) -> None:
    """Enter two through another service, and one by itself if `own` is not None."""
    enter("甲", told=first)
    if own is not None:
        HostUnit.objects.create(name="丙")
        if own:
            tell()
    enter("乙", told=second)


@service
def by_bulk() -> None:
    """Enter several at once."""
    HostUnit.objects.bulk_create([HostUnit(name="甲"), HostUnit(name="乙")])


@service
def by_update() -> None:
    """Change all rows at once."""
    UnitKind.objects.update(is_active=True)


@service
def by_bulk_update() -> None:
    """Change several rows at once."""
    UnitKind.objects.bulk_update(list(UnitKind.objects.all()[:2]), ["order"])


@service
def by_removal() -> None:
    """Remove what is there."""
    HostUnit.objects.filter(name="甲").delete()


@service
def by_words(sql: str) -> None:
    """Write by raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@service
def by_many_words() -> None:
    """Write by raw SQL, many rows."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE orgs_unitkind SET is_active = is_active WHERE id = %s", [(1,), (2,)])


@service
def only_reads() -> list[str]:
    """Read, also with a lock."""
    list(UnitKind.objects.select_for_update())
    return hosts()


@service
def keeps_own_books() -> None:
    """Write only the machine's own tables."""
    OnceKey.objects.create(pk="k", created_at="2026-01-01T00:00:00Z")


def test_writing_with_an_event_passes(db: None) -> None:
    assert enter("甲", told=True).name == "甲"
    assert hosts() == ["甲"]


SILENT = (
    ("save", lambda: enter("甲", told=False), "orgs_hostunit"),
    ("bulk create", by_bulk, "orgs_hostunit"),
    ("update", by_update, "orgs_unitkind"),
    ("bulk update", by_bulk_update, "orgs_unitkind"),
    ("raw update", lambda: by_words("UPDATE orgs_unitkind SET is_active = is_active"), "orgs_unitkind"),
    ("raw delete in small letters", lambda: by_words('delete  from "orgs_venue"'), "orgs_venue"),
    ("raw insert behind a common table",
     lambda: by_words("WITH x AS (SELECT 1 AS n) INSERT INTO orgs_hostunit (name, pinyin) SELECT 'x', 'x' FROM x"),
     "orgs_hostunit"),
    ("many at once", by_many_words, "orgs_unitkind"),
    ("inner silent, outer telling", lambda: enter_two(False, True, own=True), "orgs_hostunit"),
    ("outer silent, inner telling", lambda: enter_two(True, True, own=False), "orgs_hostunit"),
)  # fmt: skip


@pytest.mark.parametrize(("what", "act", "table"), SILENT, ids=[s[0] for s in SILENT])
def test_writing_without_an_event_fails_and_leaves_nothing(db: None, what: str, act: object, table: str) -> None:
    assert callable(act)
    with pytest.raises(UnauditedError, match=f"wrote {table} without an audit event"):
        act()
    assert (hosts(), AuditHead.objects.get(pk=1).seq) == ([], 0)


def test_removing_without_an_event_fails(db: None) -> None:
    enter("甲", told=True)
    with pytest.raises(UnauditedError):
        by_removal()
    assert hosts() == ["甲"]


@pytest.mark.parametrize("act", [only_reads, keeps_own_books, lambda: enter_two(True, True, own=None)])
def test_what_needs_no_event_of_its_own(db: None, act: object) -> None:
    assert callable(act)
    act()


def test_a_refusal_takes_everything_back(db: None) -> None:
    with pytest.raises(Refused):
        enter("甲", told=True, refused=True)
    assert (hosts(), AuditHead.objects.get(pk=1).seq, list(audit.verify())) == ([], 0, [])


def test_a_refusal_inside_takes_the_outer_back_too(db: None) -> None:
    @service
    def outer() -> None:
        enter("甲", told=True)
        enter("乙", told=True, refused=True)

    with pytest.raises(Refused):
        outer()
    assert hosts() == []


def test_a_caller_may_go_on_after_an_inner_refusal(db: None) -> None:
    @service
    def outer() -> None:
        with pytest.raises(Refused):
            enter("甲", told=True, refused=True)
        enter("乙", told=True)

    outer()
    assert (hosts(), AuditHead.objects.get(pk=1).seq) == (["乙"], 1)


def test_without_the_watch_nothing_is_counted(db: None, settings: object) -> None:
    settings.WUYOU_WATCH_AUDIT = False  # type: ignore[attr-defined] # pytest-django's own object
    with transaction.atomic():
        enter("甲", told=False)
    assert hosts() == ["甲"]


STATEMENTS = (
    ('INSERT INTO "orgs_unit" ("id") VALUES (%s)', "orgs_unit"),
    ("INSERT OR REPLACE INTO orgs_unit VALUES (1)", "orgs_unit"),
    ("REPLACE INTO orgs_unit VALUES (1)", "orgs_unit"),
    ('UPDATE "orgs_unit" SET "name" = %s', "orgs_unit"),
    ('UPDATE ONLY "public"."orgs_unit" SET a = 1', "orgs_unit"),
    ("  delete\n from orgs_unit", "orgs_unit"),
    ("TRUNCATE orgs_unit", "orgs_unit"),
    ("TRUNCATE TABLE ONLY orgs_unit", "orgs_unit"),
    ("MERGE INTO orgs_unit USING x ON true WHEN MATCHED THEN DELETE", "orgs_unit"),
    ("COPY orgs_unit FROM STDIN", "orgs_unit"),
    ("WITH x AS (DELETE FROM orgs_unit RETURNING id) SELECT * FROM x", "orgs_unit"),
    ("WITH x AS (SELECT 1) SELECT * FROM x FOR UPDATE", None),
    ('SELECT "orgs_unit"."id" FROM "orgs_unit" WHERE "name" = \'UPDATE orgs_unit\'', None),
    ('(SELECT 1) UNION (SELECT 2)', None),
    ('SELECT 1 FROM "orgs_unit" FOR UPDATE OF "orgs_unit"', None),
    ('UPDATE "platform_audithead" SET "seq" = 1', None),
    ('INSERT INTO "django_session" VALUES (1)', None),
    ('UPDATE "accounts_user" SET "last_login" = 1', "accounts_user"),
    ("SAVEPOINT s1", None),
    ("RELEASE SAVEPOINT s1", None),
    ("BEGIN IMMEDIATE", None),
)  # fmt: skip


@pytest.mark.parametrize(("sql", "table"), STATEMENTS)
def test_written_table(sql: str, table: str | None) -> None:
    assert written_table(sql) == table
