"""Which unit went on as which other, and what units were called before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wuyou.kernel.actor import Actor
from wuyou.orgs.models import FormerIdentity, Lineage
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.units import unit_alone
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
    """Return what a unit came of and what it went on as until a day, oldest first. Raises NotFound.

    The others are told by today's names, also those out of the actor's sight: who took over is no secret of the unit.
    """
    unit = unit_alone(actor, unit_id)
    came: list[Kin] = []
    went: list[Kin] = []
    edges = Lineage.objects.filter(Q(predecessor=unit) | Q(successor=unit), on__lte=until).order_by("on", "pk")
    for edge in edges.select_related("predecessor", "successor"):
        is_origin = edge.predecessor_id == unit.pk
        other = edge.successor if is_origin else edge.predecessor
        (went if is_origin else came).append(
            Kin(other.pk, other.short_name, edge.on, edge.kind, actor.can(P.VIEW, other.path))
        )
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


def once_called(unit_ids: Iterable[int], word: str, *, until: date) -> dict[int, str]:
    """Return the former name by which each of some units is found under a word, where its name of the day does not tell it.

    As unit id -> the newest former short name, or the full one where that alone holds the word.
    """
    found: dict[int, str] = {}
    wanted = word.strip().lower()
    for unit_id, names in former_names(unit_ids, until=until).items() if wanted else ():
        hit = next(((full, short) for full, short in names if wanted in full.lower() or wanted in short.lower()), None)
        if hit is not None:
            full, short = hit
            found[unit_id] = short if wanted in short.lower() else full
    return found
