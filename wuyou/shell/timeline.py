"""How a unit came to be what it is: its events and the changes of its ties, as lines of one history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.actor import Actor
from wuyou.kernel.partialdate import PartialDate
from wuyou.leadership.chronicle import Happening
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import UnitEvent
from wuyou.orgs.rules import EVENT_STATE
from wuyou.platform.asof import AsOf
from wuyou.platform.presentation import Text, day, day_in_prose

BEGUN: dict[str, Text] = {
    "guided": gettext_lazy("改由%(name)s指导"),
    "led_by": gettext_lazy("由%(name)s领导"),
    "hosts": gettext_lazy("挂靠%(name)s"),
    "areas": gettext_lazy("服务%(name)s"),
}
OVER: dict[str, Text] = {
    "led_by": gettext_lazy("不再由%(name)s领导"),
    "hosts": gettext_lazy("不再挂靠%(name)s"),
    "areas": gettext_lazy("不再服务%(name)s"),
}

Line = dict[str, str]
NO_CHANGES: Mapping[str, int] = {}


def lines(
    events: Iterable[UnitEvent],
    ties: Sequence[orgs.Tie],
    founded: str,
    happenings: Iterable[Happening] = (),
    changes: Mapping[str, int] = NO_CHANGES,
    *,
    until: date | None = None,
) -> list[Line]:
    """Return the lines of a unit's history, newest first: events, what befell its leadership, what was tied and untied.

    Ties that are as old as the unit, or of which nobody knows since when, tell nothing new. `changes` are those carried
    out with the unit, as ISO day -> id: an event of such a day leads to its change. What befell it after `until` is left out
    (None = nothing is).
    """
    found = [(event.on, _of_event(event, changes)) for event in events]
    found += [(on.isoformat(), line) for on, line in _of_ties(ties, _first_day(founded))]
    found += [(one.on.isoformat(), _of_leadership(one)) for one in happenings]
    last = until.isoformat() if until is not None else "~"
    return [line for on, line in sorted(found, key=lambda pair: pair[0], reverse=True) if on <= last]


@dataclass(frozen=True, slots=True)
class Way:
    """A sentence of how a unit came to be or what became of it; the units it names, as (name, address or "")."""

    sentence: str
    units: tuple[tuple[str, str], ...]


_CAME: dict[str, Text] = {
    "merge": gettext_lazy("%(day)s合并而成，承接了："),
    "split": gettext_lazy("%(day)s从原组织拆分而来，原组织是："),
    "reorganise": gettext_lazy("%(day)s重组，前身是："),
    "dissolve": gettext_lazy("%(day)s承接了撤销的："),
}
_WENT: dict[str, Text] = {
    "merge": gettext_lazy("%(day)s合并，由以下组织承接："),
    "split": gettext_lazy("%(day)s拆分为："),
    "reorganise": gettext_lazy("%(day)s重组为："),
    "dissolve": gettext_lazy("%(day)s撤销，由以下组织承接："),
}
_ENDED: dict[str, Text] = {
    "merge": gettext_lazy("%(day)s合并，没有登记由哪个组织承接。"),
    "split": gettext_lazy("%(day)s拆分，没有登记由哪个组织承接。"),
    "dissolve": gettext_lazy("%(day)s撤销，没有登记由哪个组织承接。"),
}
_ALONE = frozenset({"establish", "lapse", "restore", "rename"})


def ways_on(actor: Actor, unit_id: int, events: Sequence[UnitEvent], then: AsOf) -> list[Way]:
    """Return, a sentence each, what a unit came of, what it is called no longer, and what it went on as or how it ended."""
    known = [event for event in events if event.on <= then.day.isoformat()]
    former = _formerly(unit_id, then) if any(event.kind != "establish" for event in known) else []
    if all(event.kind in _ALONE for event in known):  # both sides of a way on have an event: nothing to be asked for
        return former
    came, went = orgs.kin(actor, unit_id, until=then.day)
    found = [*_sentences(_CAME, came, then), *former, *_sentences(_WENT, went, then)]
    newest = max((event for event in known if event.kind in EVENT_STATE), key=lambda e: (e.on, e.pk), default=None)
    if newest is not None and newest.kind in _ENDED and not went:
        found.append(Way(str(_ENDED[newest.kind]) % {"day": day_in_prose(newest.on)}, ()))
    return found


def _formerly(unit_id: int, then: AsOf) -> list[Way]:
    names = orgs.former_names([unit_id], until=then.day).get(unit_id, [])
    told = _("、").join(dict.fromkeys(full for full, _short in names))
    return [Way(_("原名：%(names)s。") % {"names": told}, ())] if told else []


def _sentences(words: dict[str, Text], kin: Sequence[orgs.Kin], then: AsOf) -> list[Way]:
    together: dict[tuple[date, str], list[tuple[str, str]]] = {}
    for one in kin:
        page = then.at(reverse("shell:unit", args=[one.unit_id])) if one.in_sight else ""
        together.setdefault((one.on, one.kind), []).append((one.name, page))
    return [Way(str(words[kind]) % {"day": day_in_prose(on)}, tuple(units)) for (on, kind), units in together.items()]


def _of_event(event: UnitEvent, changes: Mapping[str, int]) -> Line:
    text = _("，").join(part for part in (event.document, event.note) if part)
    line = {"when": day(event.on), "title": event.get_kind_display(), "text": text}
    if event.on in changes and event.kind != UnitEvent.Kind.ESTABLISH:
        line["href"] = reverse("succession:result", args=[changes[event.on]])
    return line


def _of_leadership(one: Happening) -> Line:
    return {"when": day(one.on), "title": one.title, "text": one.document}


def _of_ties(ties: Sequence[orgs.Tie], first: date | None) -> list[tuple[date, Line]]:
    told: dict[date, list[str]] = {}
    documents: dict[date, str] = {}
    oldest = next((tie for tie in ties if tie.kind == "guided"), None)
    for tie in ties:
        if tie.end is not None and tie.kind in OVER:
            told.setdefault(tie.end, []).append(str(OVER[tie.kind]) % {"name": tie.name})
        if tie.start is not None and tie.start != first and tie is not oldest:
            told.setdefault(tie.start, []).append(str(BEGUN[tie.kind]) % {"name": tie.name})
            documents[tie.start] = documents.get(tie.start) or tie.document
    return [
        (on, {"when": day(on), "title": _("；").join(said), "text": documents.get(on, "")}) for on, said in told.items()
    ]


def _first_day(founded: str) -> date | None:
    return PartialDate.parse(founded).first_day() if founded else None
