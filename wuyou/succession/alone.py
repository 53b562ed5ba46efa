"""Changes of one unit that stays itself: what it is called and is from a day on, where it sits, in which state it is.

What it was before stays on record by its last day. A change that is told late falls into its place in the history: what
was told of later days stands.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs import naming
from wuyou.orgs import queries as orgs
from wuyou.orgs import rules as org_rules
from wuyou.orgs.models import FormerIdentity, Hosting, LedBy, Unit, UnitEvent
from wuyou.orgs.services import host_for
from wuyou.succession import queries, rules
from wuyou.succession.models import Succession
from wuyou.succession.steps.journal import Journal

IDENTITY = ("full_name", "short_name", "kind_id", "form_id", "county_id")
CHANGES_IDENTITY = ("rename", "upgrade", "downgrade", "convert")
"""In these changes something of a unit's names, kind or form must become other; in the others of one unit it may."""


def change(journal: Journal, succession: Succession, unit: Unit, facts: Mapping[str, Any]) -> None:
    """Carry out a change of one unit: its identity, its hosts and leading bodies, the event, and the state it leaves.

    `facts` hold what is to be other, by column of the unit, and `hosts` and `led_by` as names. Raises Refused.
    """
    assert succession.on is not None  # decided before
    wanted = {name: facts[name] for name in IDENTITY if name in facts}
    if wanted or succession.kind in CHANGES_IDENTITY:
        change_identity(journal, unit, wanted, on=succession.on, document=succession.document)
    for name in ("hosts", "led_by"):
        if name in facts:
            _relink(journal, unit, name, facts[name], succession.on)
    note_event(journal, unit, succession.kind, succession.on, document=succession.document, note=succession.note)
    if succession.kind == "restore":
        rules.names_allowed(queries.names_twice([unit.pk])).or_refuse()


def change_identity(journal: Journal, unit: Unit, wanted: Mapping[str, Any], *, on: date, document: str) -> None:
    """Let a unit be called and be otherwise from a day on. Raises Refused."""
    following = unit.former_identities.filter(until__gte=on).order_by("until").first()
    then: Any = following or unit
    held = {name: getattr(then, name) for name in IDENTITY}
    fresh = {**held, **wanted}
    fresh["full_name"] = str(fresh["full_name"]).strip()
    if fresh["full_name"] != held["full_name"] and "short_name" not in wanted:
        fresh["short_name"] = fresh["full_name"][:60]
    renamed = fresh["full_name"] != held["full_name"]
    rules.identity_allowed(
        changes=fresh != held,
        taken=renamed and following is None and orgs.name_taken(fresh["full_name"]),
        full_name=fresh["full_name"],
        again=following is not None and following.until == on,
        on=on,
    ).or_refuse()
    journal.make([FormerIdentity(unit=unit, until=on, document=document, **held)], watch=("until", *IDENTITY))
    changed = {name: value for name, value in fresh.items() if value != held[name]}
    if following is not None:
        journal.change(FormerIdentity, [following.pk], **changed)
    else:
        journal.change(Unit, [unit.pk], **changed, **naming.sort_keys(fresh["short_name"] or fresh["full_name"]))
    unit.refresh_from_db()


def note_event(journal: Journal, unit: Unit, kind: str, on: date, *, document: str = "", note: str = "") -> None:
    """Note what befell a unit, as `note_events` does for several."""
    note_events(journal, [unit], kind, on, document=document, note=note)


def note_events(
    journal: Journal, units: Sequence[Unit], kind: str, on: date, *, document: str = "", note: str = ""
) -> None:
    """Note what befell units, and let each be in the state that its newest event leaves. Raises Refused."""
    there = UnitEvent.objects.filter(unit__in=[unit.pk for unit in units])
    again = there.filter(kind=kind, on=on.isoformat()).select_related("unit").first()
    if again is not None:
        text = "“{name}”这一天已经登记过这个事项，没有办理；请核对日期。"
        raise Refused(Reason(text, "on", words={"name": str(again.unit)}))
    told = {"kind": kind, "on": on.isoformat(), "document": document, "note": note, "recorded_at": clock.now()}
    events = journal.make([UnitEvent(unit=unit, **told) for unit in units], watch=("kind", "on"))
    if kind not in org_rules.EVENT_STATE:
        return
    state, ours = org_rules.EVENT_STATE[kind], {event.pk for event in events}
    of_state = there.filter(kind__in=org_rules.EVENT_STATE).order_by("on", "pk")
    newest = dict(of_state.values_list("unit_id", "pk"))  # the last one told of each unit
    become = [unit for unit in units if newest[unit.pk] in ours and unit.state != state]
    journal.change(Unit, [unit.pk for unit in become], state=state)
    for unit in become:
        unit.state = state


_TIES: dict[str, tuple[Any, str]] = {"hosts": (Hosting, "host__name"), "led_by": (LedBy, "body")}


def _relink(journal: Journal, unit: Unit, kind: str, wanted: Any, on: date) -> None:
    """Let a unit sit at these host units, or be led by these bodies, from a day on. Raises Refused."""
    model, name = _TIES[kind]
    rows = model.objects.filter(unit=unit).order_by("pk").values_list("pk", name, "start", "end")
    held = [org_rules.Held(pk, told, told, start, end) for pk, told, start, end in rows]
    org_rules.relinking_allowed(held, wanted, on, kind).or_refuse()
    tied = org_rules.relinked(held, wanted, on)
    journal.remove(list(model.objects.filter(pk__in=tied.void)))
    journal.change(model, tied.over, end=on)
    begun = [
        model(
            unit=unit, start=on, **({"host": host_for(str(key), unit.county_id)} if kind == "hosts" else {"body": key})
        )
        for key in tied.begun
    ]
    journal.make(begun, watch=("unit_id", "start", "end"))
