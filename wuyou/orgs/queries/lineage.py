"""Which unit went on as which other, and what units were called before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wuyou.kernel.actor import Actor
from wuyou.orgs.models import FormerIdentity, Lineage
from wuyou.orgs.permissions import P
from wuyou.platform.scoping import scope


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit that another went on as, or came of, on a day. `kind` is a `Lineage.Kind`; `in_sight`: the actor may open it."""

    unit_id: int
    name: str
    on: date
    kind: str
    in_sight: bool


def kin(actor: Actor, unit_id: int, *, until: date) -> tuple[list[Kin], list[Kin]]:
    """Return what a unit came of and what it went on as until a day, oldest first; none for a unit that is not the actor's.

    The others are told by today's names, also those out of his sight: who took over is no secret of the unit.
    """
    came: list[Kin] = []
    went: list[Kin] = []
    edges = Lineage.objects.filter(Q(predecessor=unit_id) | Q(successor=unit_id), on__lte=until).order_by("on", "pk")
    for edge in edges.select_related("predecessor", "successor"):
        is_origin = edge.predecessor_id == unit_id
        unit, other = (edge.predecessor, edge.successor) if is_origin else (edge.successor, edge.predecessor)
        if actor.can(P.VIEW, unit.path):
            told = Kin(other.pk, other.short_name, edge.on, edge.kind, actor.can(P.VIEW, other.path))
            (went if is_origin else came).append(told)
    return came, went


def successions(actor: Actor, *, until: date) -> list[tuple[int, int, date, str]]:
    """Return every way on from a unit, as (predecessor's id, successor's id, day, kind), oldest first, until a day.

    Told when one of the two is the actor's to see.
    """
    mine = scope(actor, P.VIEW, "predecessor__path") | scope(actor, P.VIEW, "successor__path")
    edges = Lineage.objects.filter(mine, on__lte=until).order_by("on", "pk")
    return list(edges.values_list("predecessor_id", "successor_id", "on", "kind"))


def former_names(unit_ids: Iterable[int], *, until: date) -> dict[int, list[tuple[str, str]]]:
    """Return what units were called until a day or earlier, as unit id -> (full name, short name), the newest first."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = FormerIdentity.objects.filter(unit__in=list(unit_ids), until__lte=until).order_by("-until")
    for unit_id, *told in rows.values_list("unit_id", "full_name", "short_name"):
        found.setdefault(unit_id, []).append((told[0], told[1]))
    return found


def once_called(actor: Actor, word: str, *, until: date) -> dict[int, str]:
    """Return the actor's units that were called by a name with a word in it until a day, as unit id -> that name.

    The newest such name; the short one where it holds the word, else the full one. No word finds nothing.
    """
    wanted = word.strip()
    if not wanted:
        return {}
    rows = FormerIdentity.objects.filter(scope(actor, P.VIEW, "unit__path"), called(wanted), until__lte=until)
    return {
        unit_id: short if wanted.lower() in short.lower() else full
        for unit_id, full, short in rows.order_by("until").values_list("unit_id", "full_name", "short_name")
    }


def called(word: str) -> Q:
    """Return the condition that a row's full or short name holds a word."""
    return Q(full_name__icontains=word) | Q(short_name__icontains=word)
