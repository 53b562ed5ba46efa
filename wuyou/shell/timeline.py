"""How a unit came to be what it is: its events and the changes of its ties, as lines of one history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.partialdate import PartialDate
from wuyou.leadership.chronicle import Happening
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import UnitEvent
from wuyou.platform.presentation import Text, day

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
) -> list[Line]:
    """Return the lines of a unit's history, newest first: events, what befell its leadership, what was tied and untied.

    Ties that are as old as the unit, or of which nobody knows since when, tell nothing new. `changes` are those carried
    out with the unit, as ISO day -> id: an event of such a day leads to its change.
    """
    found = [(event.on, _of_event(event, changes)) for event in events]
    found += [(on.isoformat(), line) for on, line in _of_ties(ties, _first_day(founded))]
    found += [(one.on.isoformat(), _of_leadership(one)) for one in happenings]
    return [line for _on, line in sorted(found, key=lambda pair: pair[0], reverse=True)]


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
