"""Reading the audit trail as sentences. Only those who hold the permission; an auditor sees what lies under his units."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.quotes import nested
from wuyou.kernel.refusals import Forbidden
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.permissions import P
from wuyou.platform.plugs import announced
from wuyou.platform.scoping import scope

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One event as people read it."""

    seq: int
    at: datetime
    who: str
    text: str
    object_kind: str
    object_id: str


def event_page(actor: Actor, *, verb: str = "", who: str = "", page: int = 1) -> tuple[Any, list[Line]]:
    """Return a page of events, newest first, with their sentences. Raises Forbidden.

    What is done to no one unit (users, standards, the places' head counts) is seen by who audits the whole tree.
    """
    if not actor.can(P.VIEW_AUDIT):
        raise Forbidden(P.VIEW_AUDIT)
    shared = Q(path=ROOT) if actor.can_everywhere(P.VIEW_AUDIT) else Q(pk__in=())
    events = AuditEvent.objects.filter(scope(actor, P.VIEW_AUDIT) | shared)
    if verb:
        events = events.filter(verb=verb)
    if who:
        events = events.filter(actor_name__icontains=who)
    found = Paginator(events.order_by("-seq"), PAGE_SIZE).get_page(page)
    rows = list(found.object_list)
    payloads = dict(AuditPayload.objects.filter(pk__in=[e.seq for e in rows]).values_list("event_id", "body"))
    return found, [_line(event, payloads.get(event.seq, "")) for event in rows]


def verbs() -> dict[str, str]:
    """Return every announced verb with its sentence, by verb."""
    return {verb: str(sentence) for verb, sentence in sorted(announced.audit.items())}


def _line(event: AuditEvent, body: str) -> Line:
    said = json.loads(body) if body else {}
    template = str(announced.audit.get(event.verb, event.verb))
    try:
        text = nested(template.format_map(_Words(said)))
    except (ValueError, IndexError):
        text = template
    return Line(event.seq, event.at, event.actor_name, text, event.object_kind, event.object_id)


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
