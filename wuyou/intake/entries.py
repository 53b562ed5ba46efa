"""Activity records, visits and payments: rows that name a group and a day, each becoming one entry or none."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wuyou.activities import queries as activities
from wuyou.activities import services as activity_services
from wuyou.activities.words import KIND_CODES
from wuyou.funds import queries as funds
from wuyou.funds import services as fund_services
from wuyou.intake.planning import Action, Choices, Planned, RowRef, Stored, reason_of, text, value
from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading
from wuyou.kernel.sayings import Saying
from wuyou.orgs.words import SOURCE_CODES

Readings = Mapping[str, Reading[Any]]
Key = tuple[Any, ...]


class _EntryIntake(ABC):
    """What the three have in common: an entry is the same again when its key is known, then nothing is written."""

    object_kind = ""

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        self.actor, self.choices, self.batch = actor, choices, batch_id
        self.known: dict[Key, int] = self.entries_known()
        self.planned: set[Key] = set()
        self.by_title: dict[str, str] = {}

    def plan(self, ref: RowRef, readings: Readings) -> Planned:
        """Return what the row would become; the same entry a second time in the batch is not taken."""
        group, on = value(readings, "group"), value(readings, "date")
        if group is None or group.id is None:
            return Planned(
                ref, Action.REJECTED, "", why=reason_of(readings, "group", "没有写是哪个组织；请补上组织名称。")
            )
        if on is None or on.day is None:
            why = reason_of(readings, "date", "没有写到日的日期；请补上年、月、日。")
            return Planned(ref, Action.REJECTED, group.full, why=why)
        if any(finding.code == "group_from_title" for finding in readings["group"].findings):
            self.by_title[ref.sheet] = group.full
        label = f"{on} {group.full}"
        reason = self.refusal(readings)
        if reason:
            return Planned(ref, Action.REJECTED, label, why=reason)
        key = self.key(group.id, on.first_day(), readings)
        if key in self.planned:
            return Planned(ref, Action.REJECTED, label, why="同一批表格中已有这一条，没有重复导入。")
        self.planned.add(key)
        if key in self.known:
            return Planned(ref, Action.UNCHANGED, label, self.known[key])
        return Planned(ref, Action.NEW, label, data=(group.id, on.first_day(), dict(readings)))

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write the new entries."""
        return [
            Stored(item.ref, self.object_kind, self.write(*item.data), Action.NEW)
            for item in planned
            if item.action is Action.NEW
        ]

    def remarks(self) -> list[Saying]:
        """Say which tables without a column for the group were taken as one group's."""
        text = (
            "{sheet}没有组织一列，按标题、工作表名或文件名把各行都记在“{name}”名下；不对的，请加一列“组织名称”再导入。"
        )
        return [Saying(text, {"sheet": sheet, "name": name}) for sheet, name in self.by_title.items()]

    def close(self) -> None:
        """Let go of what was known; nothing else is left to do."""
        self.known.clear()

    @abstractmethod
    def entries_known(self) -> dict[Key, int]:
        """Return what is recorded already, by key."""

    @abstractmethod
    def key(self, unit_id: int, on: date, readings: Readings) -> Key:
        """Return what makes two rows the same entry."""

    def refusal(self, readings: Readings) -> str | Saying:
        """Return why a row cannot be taken; "" when it can."""
        return ""

    @abstractmethod
    def write(self, unit_id: int, on: date, readings: Readings) -> int:
        """Write one entry and return its id."""


class ActivityIntake(_EntryIntake):
    """Records of meetings and activities."""

    object_kind = "activities.activity"

    def entries_known(self) -> dict[Key, int]:
        """Return the records by unit, day, kind and topic."""
        return dict(activities.entries_known(self.actor))

    def key(self, unit_id: int, on: date, readings: Readings) -> Key:
        """Return unit, day, kind and topic."""
        return unit_id, on, KIND_CODES.get(text(readings, "kind"), "activity"), text(readings, "topic", 120)

    def write(self, unit_id: int, on: date, readings: Readings) -> int:
        """Record the activity."""
        new = activity_services.NewActivity(
            unit_id=unit_id,
            kind=KIND_CODES.get(text(readings, "kind"), "activity"),
            on=on,
            topic=text(readings, "topic", 120),
            present=value(readings, "present"),
            leaders_present=bool(value(readings, "leader")),
            cost_fen=value(readings, "cost"),
            note=text(readings, "note", 500),
        )
        return activity_services.record_activity(actor=self.actor, new=new, source_batch=self.batch).pk


class VisitIntake(_EntryIntake):
    """Calls on persons with the needs heard; the need is kept only where its purpose was confirmed."""

    object_kind = "activities.visit"

    def entries_known(self) -> dict[Key, int]:
        """Return the visits by unit, day, person and occasion."""
        return dict(activities.visits_known(self.actor))

    def key(self, unit_id: int, on: date, readings: Readings) -> Key:
        """Return unit, day, person and occasion."""
        return unit_id, on, text(readings, "person", 60), text(readings, "occasion", 60)

    def refusal(self, readings: Readings) -> str | Saying:
        """Say that the person's name is missing."""
        return "" if value(readings, "person") else Saying("没有走访对象的姓名，这一行没有导入。")

    def write(self, unit_id: int, on: date, readings: Readings) -> int:
        """Record the visit."""
        new = activity_services.NewVisit(
            unit_id=unit_id,
            on=on,
            person_name=text(readings, "person", 60),
            occasion=text(readings, "occasion", 60),
            need=text(readings, "need", 300) if "need" in self.choices.kept else "",
            cost_fen=value(readings, "money"),
            gift=text(readings, "gift", 100),
            handler=text(readings, "handler", 40),
            state=text(readings, "state", 20),
            closed=text(readings, "closed", 10),
            note=text(readings, "note", 300),
        )
        return activity_services.record_visit(actor=self.actor, new=new, source_batch=self.batch).pk


class FundIntake(_EntryIntake):
    """Payments to groups: received by the group, or spent where the ledger says so or the sum is given back."""

    object_kind = "funds.entry"

    def entries_known(self) -> dict[Key, int]:
        """Return the entries by unit, day, direction, fen, source, purpose and voucher."""
        return dict(funds.entries_known(self.actor))

    def key(self, unit_id: int, on: date, readings: Readings) -> Key:
        """Return unit, day, direction, fen, source, purpose and voucher."""
        spent = (value(readings, "amount") or 0) < 0 or text(readings, "direction") == "支出"
        source = SOURCE_CODES.get(text(readings, "source"), "other") if text(readings, "source") else ""
        return (
            unit_id,
            on,
            "spent" if spent else "received",
            abs(value(readings, "amount") or 0),
            source,
            text(readings, "purpose", 60),
            text(readings, "voucher", 40),
        )

    def refusal(self, readings: Readings) -> str | Saying:
        """Say that the sum is missing or nothing."""
        return "" if value(readings, "amount") else reason_of(readings, "amount", "没有写金额；请补上。")

    def write(self, unit_id: int, on: date, readings: Readings) -> int:
        """Enter the sum."""
        _unit, _on, direction, fen, source, purpose, voucher = self.key(unit_id, on, readings)
        new = fund_services.NewEntry(
            unit_id=unit_id,
            on=on,
            amount_fen=fen,
            direction=direction,
            source=source,
            purpose=purpose,
            voucher=voucher,
            handler=text(readings, "handler", 40),
            note=text(readings, "note", 300),
        )
        return fund_services.record_entry(actor=self.actor, new=new, source_batch=self.batch).pk
