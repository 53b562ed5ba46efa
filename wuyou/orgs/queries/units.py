"""Which units there are for an actor: one, a list, the tree. What lies outside his units does not exist for him."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs.models import FormerIdentity, Unit
from wuyou.orgs.permissions import P
from wuyou.platform.scoping import scope, within

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """What a list of units is narrowed to; "" and None narrow nothing. `under` is a unit's path.

    `groups_only` leaves the offices out.
    """

    text: str = ""
    kind: str = ""
    state: str = ""
    county: str = ""
    under: str = ""
    include_dissolved: bool = False
    only: tuple[int, ...] | None = None
    groups_only: bool = False


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Unit]:
    """Return the units on which the actor holds the permission."""
    return Unit.objects.filter(scope(actor, permission))


def unit(actor: Actor, unit_id: int, *, needs: str = P.VIEW) -> Unit:
    """Return one unit with kind, form, county and parent. Raises NotFound, or Forbidden when only the right lacks."""
    return _one(visible(actor).select_related("kind", "form", "county", "parent"), actor, unit_id, needs)


def unit_alone(actor: Actor, unit_id: int, *, needs: str = P.VIEW) -> Unit:
    """Return one unit without what it refers to, five times as quick: for a service that needs its place and state.

    Raises as `unit` does.
    """
    return _one(visible(actor), actor, unit_id, needs)


def unit_for_update(actor: Actor, unit_id: int, *, needs: str) -> Unit:
    """Return one unit, locked until the transaction ends. Raises as `unit` does."""
    unit_alone(actor, unit_id, needs=needs)
    return Unit.objects.select_for_update(of=("self",)).select_related("kind", "county").get(pk=unit_id)


def _one(units: QuerySet[Unit], actor: Actor, unit_id: int, needs: str) -> Unit:
    try:
        found = units.get(pk=unit_id)
    except Unit.DoesNotExist:
        raise NotFound from None
    if not actor.can(needs, found.path):
        raise Forbidden(needs)
    return found


def narrowed(units: QuerySet[Unit], by: UnitFilter) -> QuerySet[Unit]:
    """Return the units that the filter leaves; a text also finds what was called so before."""
    if by.text:
        word = by.text.strip()
        named = Q(full_name__icontains=word) | Q(short_name__icontains=word)
        found = named | Q(pk__in=FormerIdentity.objects.filter(named).values("unit"))
        if word.isascii():
            found |= Q(initials__startswith=word.lower()) | Q(pinyin__startswith=word.lower())
        units = units.filter(found)
    if by.kind:
        units = units.filter(kind__code=by.kind)
    if by.state:
        units = units.filter(state=by.state)
    elif not by.include_dissolved:
        units = units.exclude(state=Unit.State.DISSOLVED)
    if by.county:
        units = units.filter(county__code=by.county)
    if by.under:
        units = units.filter(within((by.under,)))
    if by.only is not None:
        units = units.filter(pk__in=by.only)
    if by.groups_only:
        units = units.filter(kind__is_federation=False)
    return units


def unit_page(actor: Actor, by: UnitFilter, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of units (a Django page of `Unit` with kind, form, county), federations first, then by pinyin."""
    units = narrowed(visible(actor), by).select_related("kind", "form", "county")
    return Paginator(units.order_by("-kind__is_federation", "pinyin", "id"), size).get_page(page)


def unit_rows(actor: Actor, by: UnitFilter) -> Iterator[Unit]:
    """Yield every unit that the filter leaves, in the order of `unit_page`, with kind, form, county and parent."""
    units = narrowed(visible(actor), by).select_related("kind", "form", "county", "parent")
    return units.order_by("-kind__is_federation", "pinyin", "id").iterator(chunk_size=2000)


def living(actor: Actor, *, under: str = "", permission: str = P.VIEW) -> QuerySet[Unit]:
    """Return the living units that the actor may see, offices and groups, under a path if one is given."""
    found = visible(actor, permission).exclude(state=Unit.State.DISSOLVED)
    return found.filter(within((under,))) if under else found


def groups(actor: Actor, *, under: str = "", permission: str = P.VIEW) -> QuerySet[Unit]:
    """Return the living grassroots units that the actor may see, under a path if one is given."""
    return living(actor, under=under, permission=permission).filter(kind__is_federation=False)


def recording(actor: Actor, permission: str) -> dict[str, str]:
    """Return the units for which the actor may record something, offices and living groups, as id -> short name.

    Offices come first, then by pinyin.
    """
    found = visible(actor, permission).exclude(state=Unit.State.DISSOLVED)
    rows = found.order_by("-kind__is_federation", "pinyin", "id").values_list("pk", "short_name")
    return {str(pk): name for pk, name in rows}


def federations(actor: Actor, permission: str = P.VIEW) -> list[Unit]:
    """Return the federation offices the actor may see, the widest first, then by pinyin."""
    found = visible(actor, permission).filter(kind__is_federation=True).select_related("county")
    return list(found.order_by(F("parent_id").asc(nulls_first=True), "pinyin", "id"))


def tree(actor: Actor, *, under: str = "") -> list[Unit]:
    """Return federations with their living groups, parents before children, siblings by pinyin."""
    units = visible(actor).exclude(state=Unit.State.DISSOLVED).select_related("kind")
    units = units.filter(within((under,))) if under else units
    by_parent: dict[int | None, list[Unit]] = {}
    found = list(units.order_by("-kind__is_federation", "pinyin", "id"))
    known = {u.pk for u in found}
    for item in found:
        by_parent.setdefault(item.parent_id if item.parent_id in known else None, []).append(item)
    ordered: list[Unit] = []
    waiting = list(reversed(by_parent.get(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(by_parent.get(item.pk, [])))
    return ordered


def count_by(actor: Actor, field: str, *, under: str = "") -> dict[str, int]:
    """Return how many living groups there are by a field ("state", "kind__name", "form__name"), as text -> count."""
    rows = groups(actor, under=under).values_list(field).annotate(number=Count("pk")).order_by(field)
    return {str(value or ""): number for value, number in rows}


def answers_for(actor: Actor, permission: str, place: str) -> bool:
    """Say whether the actor holds a permission for a place (its path): on the whole tree or on its county's federation."""
    paths = actor.paths(permission)
    held = Unit.objects.filter(path__in=paths, kind__is_federation=True).values_list("parent", "county__path")
    return ROOT in paths or any(
        above is None or (county is not None and place.startswith(county)) for above, county in held
    )


def name_taken(full_name: str, *, besides: Collection[int] = ()) -> bool:
    """Say whether a living unit, whoever may see it, bears exactly this name; `besides` are units that do not count."""
    bearers = Unit.objects.filter(full_name=full_name).exclude(state=Unit.State.DISSOLVED)
    return not set(bearers.values_list("pk", flat=True)) <= set(besides)


def name_of(actor: Actor, unit_id: int) -> str:
    """Return a unit's short name; "" when there is no such unit, or it is not the actor's to see."""
    return visible(actor).filter(pk=unit_id).values_list("short_name", flat=True).first() or ""


def short_names(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the short names of some units, as unit id -> name."""
    return dict(Unit.objects.filter(pk__in=list(unit_ids)).values_list("pk", "short_name"))


def looking_from(actor: Actor, typed: str) -> tuple[Unit | None, Actor]:
    """Return the federation office that an address narrows a list to, by its id as typed, and the actor looking from it.

    (None, the actor as he is) when it names none. Raises: NotFound, when there is no such office or it is not his to see.
    """
    if not typed:
        return None, actor
    office = visible(actor).filter(pk=whole(typed) or 0, kind__is_federation=True).first()
    if office is None:
        raise NotFound
    return office, actor.at(office.path)


def ids_under(actor: Actor, under: str, permission: str) -> Any:
    """Return, as a subquery for `unit__in=`, the ids of the units under a path ("" is all) on which he has the permission.

    Rows of a register are then found by unit: a join with the path lets SQLite go through the days of the whole tree.
    """
    if under and actor.can(permission, under):  # all that lies there is his: one condition instead of two
        units = Unit.objects.filter(within((under,)))
    else:
        units = visible(actor, permission).filter(within((under,))) if under else visible(actor, permission)
    return units.order_by().values("pk")
