"""The audit chain: append-only, whole under concurrency, and telling where it was tampered with."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuyou.kernel.actor import Actor
from wuyou.kernel.sayings import Saying
from wuyou.platform import audit
from wuyou.platform.audit import Fault
from wuyou.platform.models import AuditEvent, AuditHead, AuditPayload
from wuyou.platform.tests.databases import OwnDatabase, at_once, on_postgresql

CLERK = Actor(7, "段正清")


def record(number: int = 1, **said: Any) -> list[int]:
    """Append events as services do, each in a transaction of its own; return their numbers."""
    found = []
    for i in range(number):
        with transaction.atomic():
            found.append(audit.record(CLERK, "test.thing.done", None, path="/1/", **(said or {"step": i})).seq)
    return found


def faults() -> list[Fault]:
    return list(audit.verify())


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_chain_of_events_is_whole(db: None) -> None:
    first, second = record(2)
    events = list(AuditEvent.objects.order_by("seq"))
    assert [e.seq for e in events][-2:] == [first, second]
    assert events[-1].prev == events[-2].hash
    assert (AuditHead.objects.get(pk=1).seq, AuditHead.objects.get(pk=1).hash) == (second, events[-1].hash)
    assert faults() == []


def test_event_says_who_what_where_and_the_payload_the_rest(db: None) -> None:
    (seq,) = record(name="杨桂芳", changes={"state": ["正常", "停滞"]})
    event = AuditEvent.objects.get(pk=seq)
    assert (event.actor_id, event.actor_name, event.verb, event.path) == (7, "段正清", "test.thing.done", "/1/")
    assert json.loads(AuditPayload.objects.get(pk=seq).body) == {
        "name": "杨桂芳",
        "changes": {"state": ["正常", "停滞"]},
    }


def test_event_without_details_has_no_payload(db: None) -> None:
    event = audit.record(CLERK, "test.thing.seen")
    assert (event.payload_hash, AuditPayload.objects.filter(pk=event.seq).count()) == ("", 0)
    assert faults() == []


def test_changes_names_only_what_differs() -> None:
    assert audit.changes({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": [2, 3], "c": [None, 4]}


REFUSED = (
    ("event changed", "UPDATE platform_auditevent SET verb = 'x'"),
    ("event removed", "DELETE FROM platform_auditevent"),
    ("event added beside the chain",
     "INSERT INTO platform_auditevent (seq, at, actor_name, verb, object_kind, object_id, path, payload_hash, prev, hash)"
     " SELECT 99, at, actor_name, verb, object_kind, object_id, path, payload_hash, prev, hash FROM platform_auditevent"),
    ("details changed", "UPDATE platform_auditpayload SET body = 'x'"),
    ("details emptied but the salt left", "UPDATE platform_auditpayload SET body = ''"),
    ("details removed", "DELETE FROM platform_auditpayload"),
    ("details added later", "INSERT INTO platform_auditpayload (event_id, salt, body) VALUES (98, '', 'x')"),
    ("head moved back", "UPDATE platform_audithead SET seq = 0, hash = 'x'"),
    ("head moved on without an event", "UPDATE platform_audithead SET seq = seq + 1"),
    ("head removed", "DELETE FROM platform_audithead"),
    ("second head", "INSERT INTO platform_audithead (id, seq, hash) VALUES (2, 0, 'x')"),
)  # fmt: skip
REFUSED_BY_SQLITE = (
    ("event replaced", "INSERT OR REPLACE INTO platform_auditevent SELECT * FROM platform_auditevent"),
    ("event updated or replaced", "UPDATE OR REPLACE platform_auditevent SET verb = 'x'"),
    ("details replaced", "INSERT OR REPLACE INTO platform_auditpayload SELECT event_id, salt, 'x' FROM platform_auditpayload"),
    ("head replaced", "INSERT OR REPLACE INTO platform_audithead (id, seq, hash) VALUES (1, 0, 'x')"),
    ("conflict resolved by update",
     "INSERT INTO platform_audithead (id, seq, hash) VALUES (1, 0, 'x') ON CONFLICT (id) DO UPDATE SET seq = 0"),
)  # fmt: skip
REFUSED_BY_POSTGRESQL = (
    ("events emptied", "TRUNCATE platform_auditevent"),
    ("details emptied", "TRUNCATE platform_auditpayload"),
    ("head emptied", "TRUNCATE platform_audithead"),
    ("conflict resolved by update",
     "INSERT INTO platform_audithead (id, seq, hash) VALUES (1, 0, 'x') ON CONFLICT (id) DO UPDATE SET seq = 0"),
)  # fmt: skip


@pytest.mark.parametrize(("what", "sql"), REFUSED, ids=[what for what, _ in REFUSED])
def test_refused_on_both_engines(db: None, what: str, sql: str) -> None:
    record(2)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql)
    assert faults() == []


def test_refused_in_the_engine_s_own_words(db: None) -> None:
    record(2)
    for _what, sql in REFUSED_BY_POSTGRESQL if on_postgresql() else REFUSED_BY_SQLITE:
        with pytest.raises(DatabaseError), transaction.atomic():
            run(sql)
    assert faults() == []


def test_refused_through_the_models_as_well(db: None) -> None:
    record(2)
    event = AuditEvent.objects.latest("seq")
    event.verb = "test.thing.undone"
    for change in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(verb="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert faults() == []


def unguard() -> None:
    """Do what only the database's owner can: drop the triggers."""
    with connection.cursor() as cursor:
        if on_postgresql():
            for table in ("auditevent", "auditpayload", "audithead"):
                cursor.execute(f"ALTER TABLE platform_{table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def _resalted(seq: int) -> None:
    body = AuditPayload.objects.get(pk=seq).body
    run("UPDATE platform_auditpayload SET salt = %s WHERE event_id = %s", "f" * 32, seq)
    assert AuditPayload.objects.get(pk=seq).body == body


def _swapped(seq: int) -> None:
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        run("UPDATE platform_auditevent SET seq = %s WHERE seq = %s", new, old)


def _forged(seq: int) -> None:
    """Change an event and give it a hash that fits its new content."""
    run("UPDATE platform_auditevent SET actor_name = '别人' WHERE seq = %s", seq)
    event = AuditEvent.objects.get(pk=seq)
    run("UPDATE platform_auditevent SET hash = %s WHERE seq = %s", audit.event_hash(event), seq)


TAMPERINGS: tuple[tuple[str, Callable[[int], Any], list[tuple[int, str]]], ...] = (
    ("verb changed", lambda s: run("UPDATE platform_auditevent SET verb = 'test.thing.other' WHERE seq = %s", s),
     [(0, "记录内容被改动")]),
    ("name changed", lambda s: run("UPDATE platform_auditevent SET actor_name = '别人' WHERE seq = %s", s),
     [(0, "记录内容被改动")]),
    ("moment changed", lambda s: run("UPDATE platform_auditevent SET at = '2020-01-01 00:00:00' WHERE seq = %s", s),
     [(0, "记录内容被改动")]),
    ("changed with a new hash", _forged, [(1, "与上一条记录不相连")]),
    ("event removed", lambda s: run("DELETE FROM platform_auditevent WHERE seq = %s", s),
     [(0, "详细内容没有对应的记录"), (1, "缺少第 {0} 条记录")]),
    ("two events swapped", _swapped, [(0, "与上一条记录不相连"), (0, "记录内容被改动"), (0, "记录的详细内容被改动")]),
    ("details changed", lambda s: run("UPDATE platform_auditpayload SET body = 'x' WHERE event_id = %s", s),
     [(0, "记录的详细内容被改动")]),
    ("details with another salt", _resalted, [(0, "记录的详细内容被改动")]),
    ("details removed", lambda s: run("DELETE FROM platform_auditpayload WHERE event_id = %s", s),
     [(0, "记录的详细内容被删除")]),
    ("end cut off", lambda s: run("DELETE FROM platform_auditevent WHERE seq > %s", s), [(3, "链尾与最后一条记录不符")]),
    ("head moved back", lambda s: run("UPDATE platform_audithead SET seq = %s", s),
     [(0, "链尾与最后一条记录不符"), (1, "链尾之后还有记录")]),
)  # fmt: skip


@pytest.mark.parametrize(("what", "tamper", "expected"), TAMPERINGS, ids=[t[0] for t in TAMPERINGS])
def test_tampering_by_the_owner_is_found_at_its_first_place(
    db: None, what: str, tamper: Callable[[int], Any], expected: list[tuple[int, str]]
) -> None:
    seq = record(5)[1]
    unguard()
    tamper(seq)
    assert [(fault.seq, str(fault.saying)) for fault in faults()[: len(expected)]] == [
        (seq + by, text.format(seq)) for by, text in expected
    ]


def test_details_that_were_emptied_without_an_erasure_are_found(db: None) -> None:
    """The triggers let a detail be emptied, as an erasure does; the record of the erasure is what they cannot ask for."""
    seq = record(3)[1]
    run("UPDATE platform_auditpayload SET body = '', salt = '' WHERE event_id = %s", seq)
    assert faults() == [Fault(seq, Saying("记录的详细内容被清空，却没有清除的记录"))]


def test_what_tells_of_an_erasure_is_never_erased(db: None) -> None:
    audit.erase(CLERK, record(), reason="本人要求删除")
    told = AuditEvent.objects.latest("seq").seq
    assert (audit.erase(CLERK, [told], reason="再删"), faults()) == (0, [])


def test_a_chain_rebuilt_as_a_whole_is_found_by_who_noted_its_end(db: None) -> None:
    seq = record(3)[-1]
    noted = audit.end()
    record(2)
    assert (noted[0], list(audit.verify(noted=noted))) == (seq, [])
    unguard()
    rebuild(seq, "test.thing.forged")
    assert (faults(), list(audit.verify(noted=noted))) == ([], [Fault(seq, Saying("与当时抄下的校验值不符"))])


def test_a_chain_cut_off_with_its_head_is_found_by_who_noted_its_end(db: None) -> None:
    first, _second, third = record(3)
    noted = audit.end()
    unguard()
    for table, column in (("auditpayload", "event_id"), ("auditevent", "seq")):
        run(f"DELETE FROM platform_{table} WHERE {column} > %s", first)
    run("UPDATE platform_audithead SET seq = %s, hash = %s", first, AuditEvent.objects.get(pk=first).hash)
    assert (faults(), list(audit.verify(noted=noted))) == ([], [Fault(third, Saying("当时抄下校验值的记录已经不在"))])


def rebuild(seq: int, verb: str) -> None:
    """Forge an event and make the chain fit again behind it, as who owns the database could."""
    prev = AuditEvent.objects.get(pk=seq - 1).hash
    for event in AuditEvent.objects.filter(seq__gte=seq).order_by("seq"):
        event.verb, event.prev = (verb if event.seq == seq else event.verb), prev
        prev = event.hash = audit.event_hash(event)
        run(
            "UPDATE platform_auditevent SET verb = %s, prev = %s, hash = %s WHERE seq = %s",
            event.verb, event.prev, event.hash, event.seq,
        )  # fmt: skip
    run("UPDATE platform_audithead SET hash = %s", prev)


def test_erased_details_leave_the_chain_whole(db: None) -> None:
    first, second = record(2, name="杨桂芳")
    assert audit.erase(CLERK, [first, 999], reason="本人要求删除") == 1
    gone, kept = AuditPayload.objects.get(pk=first), AuditPayload.objects.get(pk=second)
    assert (gone.body, gone.salt, bool(kept.body)) == ("", "", True)
    last = AuditEvent.objects.latest("seq")
    assert last.verb == "platform.audit.erased"
    assert json.loads(AuditPayload.objects.get(pk=last.pk).body) == {
        "events": [first], "number": 1, "reason": "本人要求删除",
    }  # fmt: skip
    assert faults() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), st.integers(1, 30))
    )
)
def test_any_sequence_of_recording_and_erasing_verifies(db: None, steps: list[Any]) -> None:
    with transaction.atomic():
        for step in steps:
            if isinstance(step, int):
                audit.erase(CLERK, [step], reason="到期")
            else:
                audit.record(CLERK, "test.thing.done", None, details=step)
        assert faults() == []
        transaction.set_rollback(True)


def test_a_rolled_back_event_leaves_no_trace(db: None) -> None:
    before = AuditHead.objects.get(pk=1).seq
    with transaction.atomic():
        audit.record(CLERK, "test.thing.done", None, a=1)
        transaction.set_rollback(True)
    assert (AuditHead.objects.get(pk=1).seq, faults()) == (before, [])


def test_many_writers_at_once_leave_no_gap(own_database: OwnDatabase) -> None:
    before = AuditHead.objects.get(pk=1).seq
    found = at_once(8, lambda i: record(10, writer=i))
    numbers = sorted(seq for seqs in found for seq in seqs)
    assert numbers == list(range(before + 1, before + 81))
    assert faults() == []


def test_the_chain_can_be_verified_while_others_append(own_database: OwnDatabase) -> None:
    record(20)
    assert at_once(3, lambda i: faults() if i else record(20) and []) == [[], [], []]
