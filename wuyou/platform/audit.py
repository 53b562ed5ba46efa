"""The audit chain: who did what to which thing, append-only, each event bound to the one before.

An event's hash covers its own fields, the hash of its payload and the hash of the event before. Personal data stand only
in the payload, a row apart with its own salt: erasing it (个人信息保护法 art. 47) leaves the chain whole. Events carry plain
ids and the unit's path, no foreign keys, so they outlive what they tell of.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Protocol

from django.db import connection, transaction

from wuyou.kernel import clock
from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.sayings import Saying
from wuyou.platform import service
from wuyou.platform.models import AuditEvent, AuditHead, AuditPayload

GENESIS = "0" * 64
ERASED = "platform.audit.erased"


class Placed(Protocol):
    """A thing that has a primary key; most also stand somewhere in the tree."""

    pk: Any


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold: the event's number and what is wrong with it."""

    seq: int
    saying: Saying


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, real characters."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def event_hash(event: AuditEvent) -> str:
    """Return the SHA-256 of an event's fields and the hash before it, as 64 hexadecimal digits."""
    fields = {
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "verb": event.verb,
        "object_kind": event.object_kind,
        "object_id": event.object_id,
        "path": event.path,
        "payload_hash": event.payload_hash,
        "prev": event.prev,
    }
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def payload_hash(salt: str, body: str) -> str:
    """Return the salted SHA-256 of a payload's text."""
    return hashlib.sha256(f"{salt}:{body}".encode()).hexdigest()


def record(actor: Actor, verb: str, thing: Placed | None = None, *, path: str = ROOT, **said: Any) -> AuditEvent:
    """Append one event to the chain, in the transaction of the running service.

    `verb` is "package.noun.past_tense", announced in that package's `AUDIT`. `said` is the payload: plain values, and
    before/after pairs as `changes`. The chain is serialised by locking its head row until commit.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_HEAD + (" FOR UPDATE" if connection.features.has_select_for_update else ""))
        seq, prev = cursor.fetchone()
        body, salt = canonical(said) if said else "", secrets.token_hex(16)
        event = AuditEvent(
            seq=seq + 1,
            at=clock.now(),
            actor_id=actor.user_id,
            actor_name=actor.name,
            verb=verb,
            object_kind=_kind(thing),
            object_id=str(thing.pk) if thing is not None else "",
            path=path,
            payload_hash=payload_hash(salt, body) if said else "",
            prev=prev,
        )
        event.hash = event_hash(event)
        _append(cursor, event)
        if said:
            cursor.execute(_PAYLOAD, (event.seq, salt, body))
        cursor.execute(_HEAD_MOVED, (event.seq, event.hash))
    service.recorded(event.seq)
    return event


# Every change in the product passes here, so its four statements are written out: through the ORM they take six times as
# long, a fifth of a whole service.
_HEAD = "SELECT seq, hash FROM platform_audithead WHERE id = 1"
_EVENT = """INSERT INTO platform_auditevent
    (seq, at, actor_id, actor_name, verb, object_kind, object_id, path, payload_hash, prev, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_PAYLOAD = "INSERT INTO platform_auditpayload (event_id, salt, body) VALUES (%s, %s, %s)"
_HEAD_MOVED = "UPDATE platform_audithead SET seq = %s, hash = %s WHERE id = 1"


def _append(cursor: Any, event: AuditEvent) -> None:
    row = (
        event.seq, connection.ops.adapt_datetimefield_value(event.at), event.actor_id, event.actor_name, event.verb,
        event.object_kind, event.object_id, event.path, event.payload_hash, event.prev, event.hash,
    )  # fmt: skip
    cursor.execute(_EVENT, row)


def last_event() -> int:
    """Return the number of the newest event."""
    return AuditHead.objects.values_list("seq", flat=True).get(pk=1)


def anything_since(event: int, *, but: Iterable[str]) -> bool:
    """Say whether an event came after one, other than those whose verb begins with one of `but`."""
    later = AuditEvent.objects.filter(seq__gt=event).values_list("verb", flat=True)
    passed_over = tuple(but)
    return any(not verb.startswith(passed_over) for verb in later.iterator())


def erase(actor: Actor, events: Iterable[int], *, reason: str) -> int:
    """Erase what the given events said in detail, and record that it was done; return how many were erased.

    The events themselves stay, and with them the chain; what tells of an erasure is never erased.
    Part of a running service, which has decided that it may be done.
    Source: 个人信息保护法 art. 47.
    """
    asked = AuditEvent.objects.filter(seq__in=list(events)).exclude(verb=ERASED)
    wanted = AuditPayload.objects.filter(event_id__in=asked.values("seq")).exclude(body="")
    numbers = list(wanted.order_by("event_id").values_list("event_id", flat=True))
    wanted.update(body="", salt="")
    record(actor, "platform.audit.erased", events=numbers, number=len(numbers), reason=reason)
    return len(numbers)


def end() -> tuple[int, str]:
    """Return number and hash of the newest event, to be noted where nobody can change them together with the database."""
    return AuditHead.objects.values_list("seq", "hash").get(pk=1)


def verify(*, noted: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Yield every fault of the chain, in order; an intact chain yields nothing.

    Reads row by row and may run while others append. Somebody who owns the database could rebuild the chain as a whole, or
    cut it off together with its head: that is seen by who noted its `end` earlier and gives it as `noted`.
    """
    head = AuditHead.objects.get(pk=1)
    prev, expected = GENESIS, 1
    erased = _erased()
    payloads = AuditPayload.objects.order_by("event_id").iterator()
    payload = next(payloads, None)
    for event in AuditEvent.objects.filter(seq__lte=head.seq).order_by("seq").iterator():
        while payload is not None and payload.event_id < event.seq:
            yield Fault(payload.event_id, Saying("详细内容没有对应的记录"))
            payload = next(payloads, None)
        own = None
        if payload is not None and payload.event_id == event.seq:
            own, payload = payload, next(payloads, None)
        yield from _event_faults(event, expected, prev, own)
        if own is not None and not own.body and event.seq not in erased:
            yield Fault(event.seq, Saying("记录的详细内容被清空，却没有清除的记录"))
        if noted is not None and event.seq == noted[0] and event.hash != noted[1]:
            yield Fault(event.seq, Saying("与当时抄下的校验值不符"))
        prev, expected = event.hash, event.seq + 1
    if (head.seq, head.hash) != (expected - 1, prev):
        yield Fault(head.seq, Saying("链尾与最后一条记录不符"))
    beyond = AuditEvent.objects.filter(seq__gt=AuditHead.objects.filter(pk=1).values("seq")[:1]).order_by("seq").first()
    if beyond is not None:
        yield Fault(beyond.seq, Saying("链尾之后还有记录"))
    if noted is not None and noted[0] >= expected:
        yield Fault(noted[0], Saying("当时抄下校验值的记录已经不在"))


def _erased() -> set[int]:
    """Return the numbers of the events whose details were erased by `erase`."""
    told = AuditPayload.objects.filter(event_id__in=AuditEvent.objects.filter(verb=ERASED).values("seq"))
    bodies = told.exclude(body="").values_list("body", flat=True)
    return {number for body in bodies for number in json.loads(body)["events"]}


def _event_faults(event: AuditEvent, expected: int, prev: str, payload: AuditPayload | None) -> Iterator[Fault]:
    if event.seq != expected:
        yield Fault(event.seq, Saying("缺少第 {number} 条记录", {"number": expected}))
    elif event.prev != prev:
        yield Fault(event.seq, Saying("与上一条记录不相连"))
    if event.hash != event_hash(event):
        yield Fault(event.seq, Saying("记录内容被改动"))
    if payload is None:
        if event.payload_hash:
            yield Fault(event.seq, Saying("记录的详细内容被删除"))
    elif (payload.body or payload.salt) and payload_hash(payload.salt, payload.body) != event.payload_hash:
        yield Fault(event.seq, Saying("记录的详细内容被改动"))


def _kind(thing: Placed | None) -> str:
    meta = getattr(thing, "_meta", None)
    return meta.label_lower if meta is not None else ""


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return what differs between two states of a row: field -> [before, after]."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
