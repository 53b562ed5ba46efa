"""Entering sums received and spent, setting them right, taking them back; and what a unit declares for a year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wuyou.funds import queries, rules
from wuyou.funds.models import DeclaredBudget, Entry, Source
from wuyou.funds.permissions import P
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is told of a sum; `source` is a code or name of the source table, "" when not said."""

    unit_id: int
    on: date
    amount_fen: int
    direction: str = Entry.Direction.RECEIVED
    source: str = ""
    purpose: str = ""
    voucher: str = ""
    handler: str = ""
    note: str = ""


@service
def record_entry(*, actor: Actor, new: NewEntry, source_batch: Any = None) -> Entry:
    """Enter a sum that a unit received or spent.

    Raises: NotFound, Forbidden, Refused (future day, not positive, unknown source).
    Source: 经费 (seed, 积极为基层组织协调工作经费); a register, not the statutory books.
    """
    unit = orgs.unit_alone(actor, new.unit_id, needs=P.RECORD)
    rules.entry_allowed(on=new.on, today=clock.today(), amount_fen=new.amount_fen, direction=new.direction).or_refuse()
    entry = Entry.objects.create(
        unit=unit, on=new.on, direction=new.direction, amount_fen=new.amount_fen, source=source_named(new.source),
        purpose=new.purpose, voucher=new.voucher, handler=new.handler, note=new.note, recorded_at=clock.now(),
        recorded_by=actor.user_id, source_batch=source_batch,
    )  # fmt: skip
    audit.record(actor, "funds.entry.recorded", entry, path=unit.path, amount_fen=new.amount_fen, voucher=new.voucher)
    return entry


_CORRECTABLE = {"on", "amount_fen", "direction", "source", "purpose", "voucher", "handler", "note"}
"""What may be set right; the unit may not, as another unit's money is another's to answer for."""


@service
def correct_entry(*, actor: Actor, entry_id: int, seen: int | None, changes: dict[str, Any]) -> Entry:
    """Set right what is told of a sum, by field; `source` is a code or name, "" when not said.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (as `record_entry`; another field).
    """
    if not set(changes) <= _CORRECTABLE:
        raise Refused("这些项目不能在经费记录上修改，没有保存。")
    entry = queries.entry_for_update(actor, entry_id, needs=P.RECORD)
    wanted = {**changes, **({"source": source_named(changes["source"])} if "source" in changes else {})}
    locking.claim(entry, seen, wanted)
    before = _told(entry)
    for name, value in wanted.items():
        setattr(entry, name, value)
    rules.entry_allowed(
        on=entry.on, today=clock.today(), amount_fen=entry.amount_fen, direction=entry.direction
    ).or_refuse()
    entry.save()
    told = audit.changes(before, _told(entry))
    audit.record(actor, "funds.entry.corrected", entry, path=entry.unit.path, voucher=entry.voucher, changes=told)
    return entry


@service
def take_back_entry(*, actor: Actor, entry_id: int, seen: int | None) -> Unit:
    """Take back a sum that was entered by mistake, twice for instance; return its unit.

    What it said stays in the audit trail. Raises: NotFound, Forbidden, Conflict.
    """
    entry = queries.entry_for_update(actor, entry_id, needs=P.RECORD)
    locking.claim(entry, seen, {})
    audit.record(actor, "funds.entry.taken_back", entry, path=entry.unit.path, **_told(entry))
    entry.delete()
    return entry.unit


def _told(entry: Entry) -> dict[str, Any]:
    source = entry.source.code if entry.source else ""
    kept = {name: getattr(entry, name) for name in _CORRECTABLE - {"source", "on"}}
    return {**kept, "source": source, "on": str(entry.on)}


@service
def declare_budget(*, actor: Actor, unit_id: int, year: int, amount_fen: int | None, sources: tuple[str, ...] = (),
                   source_batch: Any = None) -> DeclaredBudget:  # fmt: skip
    """Note what a unit says its funds for a year are; a later declaration replaces the earlier.

    Raises: NotFound, Forbidden, Refused (negative amount).
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.RECORD)
    if amount_fen is not None and amount_fen < 0:
        raise Refused(Reason("年度经费不能是负数；请核对。", "amount"))
    budget, _new = DeclaredBudget.objects.update_or_create(
        unit=unit, year=year,
        defaults={
            "amount_fen": amount_fen, "sources": ",".join(sources), "declared_on": clock.today(),
            "source_batch": source_batch,
        },
    )  # fmt: skip
    audit.record(actor, "funds.budget.declared", budget, path=unit.path, year=year, amount_fen=amount_fen)
    return budget


def source_named(word: str) -> Source | None:
    """Return the source of that code or name, None for "". Raises Refused for an unknown one."""
    if not word:
        return None
    found = Source.objects.filter(code=word).first() or Source.objects.filter(name=word).first()
    if found is None:
        raise Refused(
            Reason("没有“{word}”这个资金来源；请从列表中选择，或先在设置中新增。", "source", words={"word": word})
        )
    return found
