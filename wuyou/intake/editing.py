"""What people changed on the pages after an import had written it: an older table that comes again must not undo that.

Told from the audit chain: events on a unit, its venue or a person that lie behind the commit of the batch which last wrote
the unit were done by hand.
"""

import json
from collections.abc import Iterable
from typing import Any

from wuyou.platform.models import AuditEvent, AuditPayload, ImportBatch, ImportedRecord

ALL = "*"
"""Stands for all fields, where the chain no longer tells which."""
_VERBS = {
    "orgs.venue.corrected": "venue", "orgs.venue.closed": "venue", "orgs.venue.reopened": "venue", "orgs.unit.hosted": "hosts",
    "orgs.unit.linked": "hosts", "orgs.unit.establish": "state", "orgs.unit.reorganise": "state",
    "orgs.unit.restore": "state", "orgs.unit.lapse": "state", "orgs.unit.dissolve": "state",
}  # fmt: skip
_REVISED, _PERSON = "orgs.unit.revised", "people.person.revised"


class Edits:
    """What was changed by hand since the import that last wrote each unit; units that no import wrote are not known."""

    def __init__(self) -> None:
        """Read the chain behind the oldest of these imports."""
        self._since = _last_imports()
        self._units: dict[int, set[str]] = {}
        self._persons: dict[int, int] = {}
        if self._since:
            self._read(min(self._since.values()))

    def fields(self, unit_id: int) -> frozenset[str]:
        """Return which fields of a unit were changed: its own by name, else "venue", "hosts", "state"; ALL for any."""
        return frozenset(self._units.get(unit_id, ()))

    def person(self, unit_id: int, person_id: int) -> bool:
        """Tell whether a person of the unit was revised since the unit's last import."""
        since = self._since.get(unit_id)
        return since is not None and self._persons.get(person_id, 0) > since

    def _read(self, first: int) -> None:
        events = AuditEvent.objects.filter(verb__in=[*_VERBS, _REVISED, _PERSON], seq__gt=first)
        rows = list(events.values_list("seq", "verb", "object_kind", "object_id"))
        told = _payloads(seq for seq, verb, *_ in rows if verb != _PERSON)
        for seq, verb, kind, number in rows:
            if verb == _PERSON:
                self._persons[int(number)] = max(seq, self._persons.get(int(number), 0))
                continue
            unit = int(told[seq].get("unit", 0) if kind == "orgs.venue" else number)
            if seq > self._since.get(unit, seq):
                names = told[seq].get("changes", [ALL]) if verb == _REVISED else [_VERBS[verb]]
                self._units.setdefault(unit, set()).update(names)


def _last_imports() -> dict[int, int]:
    """Return for each unit that a living batch wrote the place in the chain at which the last such batch was committed."""
    living = {str(pk): pk for pk in ImportBatch.objects.filter(state="committed").values_list("pk", flat=True)}
    events = AuditEvent.objects.filter(verb="intake.batch.committed", object_id__in=list(living))
    ends = {living[number]: seq for seq, number in events.values_list("seq", "object_id")}
    records = ImportedRecord.objects.filter(object_kind="orgs.unit", batch__in=list(ends))
    found: dict[int, int] = {}
    for batch, unit in records.values_list("batch_id", "object_id").iterator():
        found[unit] = max(found.get(unit, 0), ends[batch])
    return found


def _payloads(numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what events say in detail; nothing of those whose details were erased."""
    wanted = list(numbers)
    found: dict[int, dict[str, Any]] = {seq: {} for seq in wanted}
    for at in range(0, len(wanted), 500):
        rows = AuditPayload.objects.filter(pk__in=wanted[at : at + 500])
        found.update({seq: json.loads(body) for seq, body in rows.values_list("event_id", "body")})
    return found
