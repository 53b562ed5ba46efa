"""Reading divisions; they are public, so no actor is needed."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from wuyou.places.index import PlaceIndex
from wuyou.places.models import Division
from wuyou.places.rules import FORMER_NAMES, Level, PlaceRow


def division(code: str) -> Division | None:
    """Return the division of that code; None when there is none."""
    return Division.objects.filter(code=code).first()


def children(code: str) -> list[Division]:
    """Return the living divisions right below one, by pinyin."""
    return list(Division.objects.filter(parent__code=code, valid_until=None).order_by("pinyin", "code"))


def counties(home: str) -> list[Division]:
    """Return the counties of a city in the order of their codes, the fixed order in which they are always shown."""
    return list(
        Division.objects.filter(parent__code=home, level=Division.Level.COUNTY, valid_until=None).order_by("code")
    )


def below(code: str, *levels: int) -> list[Division]:
    """Return the living divisions of some levels anywhere below one, by pinyin."""
    top = division(code)
    if top is None:
        return []
    found = Division.objects.filter(path__under=top.path, level__in=levels, valid_until=None)
    return list(found.select_related("parent").order_by("pinyin", "code"))


def rows(home: str = "") -> list[PlaceRow]:
    """Return divisions as plain rows, parents first: all counties and above, and all below the home city."""
    former: dict[str, list[str]] = {}
    for known in FORMER_NAMES:
        former.setdefault(known.code, []).append(known.name)
    found = Division.objects.filter(valid_until=None).order_by("level", "code")
    if home and (top := division(home)):
        found = found.filter(level__lte=Level.COUNTY) | found.filter(path__under=top.path)
    return [
        PlaceRow(code, Level(level), name, parent or "", former=tuple(former.get(code, ())))
        for code, level, name, parent in found.values_list("code", "level", "name", "parent__code")
    ]


def index(home: str) -> PlaceIndex:
    """Return the name index of a city's divisions, built once until divisions are loaded anew."""
    return _index(home, Division.objects.count())


@lru_cache(maxsize=2)
def _index(home: str, number: int) -> PlaceIndex:
    found = rows(home)
    return PlaceIndex(found, home=home, elsewhere=found)


def ids_by_code() -> dict[str, int]:
    """Return the primary key of every division, by code."""
    return dict(Division.objects.values_list("code", "pk"))


def parents_below(code: str) -> dict[int, int | None]:
    """Return every living division below one, and itself, as primary key -> its parent's."""
    top = division(code)
    if top is None:
        return {}
    return dict(Division.objects.filter(path__under=top.path, valid_until=None).values_list("pk", "parent_id"))


class Place(NamedTuple):
    """A division as plain values, for lists of thousands."""

    pk: int
    parent_id: int | None
    code: str
    level: int
    name: str
    path: str
    pinyin: str


def tree(path: str, *, on: date) -> list[Place]:
    """Return every division below a path that there was on a day, and its own, by pinyin."""
    began, held = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gt=on)
    found = Division.objects.filter(began & held, path__under=path).order_by("pinyin", "code")
    return [Place(*row) for row in found.values_list("pk", "parent_id", "code", "level", "name", "path", "pinyin")]


def paths(division_ids: set[int]) -> list[str]:
    """Return the paths of some divisions."""
    return list(Division.objects.filter(pk__in=division_ids).values_list("path", flat=True))


def codes_of(division_ids: Sequence[int]) -> list[str]:
    """Return the codes of some divisions, in the order given; those that there are not are left out."""
    codes = dict(Division.objects.filter(pk__in=division_ids).values_list("pk", "code"))
    return [codes[pk] for pk in division_ids if pk in codes]


def county_of(place: Division) -> Division | None:
    """Return the county in which a division lies, itself if it is one; None above the counties."""
    codes = [code for code in place.path.split("/") if code]
    return Division.objects.filter(code__in=codes, level=Division.Level.COUNTY).first()


def way_to(code: str) -> str:
    """Return the names of the county and township above a division, joined by blanks, to tell namesakes apart."""
    place = division(code)
    codes = [part for part in place.path.split("/") if part and part != code] if place else []
    found = Division.objects.filter(code__in=codes, level__gte=Division.Level.COUNTY).order_by("level")
    return " ".join(found.values_list("name", flat=True))
