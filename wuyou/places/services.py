"""Loading divisions: province to township from the package, villages from the operator's file."""

from collections.abc import Iterable
from pathlib import Path

from wuyou.kernel import clock, pinyin
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, Refused
from wuyou.places import queries
from wuyou.places.models import Division
from wuyou.places.permissions import P
from wuyou.places.rules import PlaceRow, stem
from wuyou.places.sources import VillageFileError, national_divisions, villages_from_csv
from wuyou.platform import audit
from wuyou.platform.service import service


@service
def load_divisions(*, actor: Actor, home: str = "") -> int:
    """Load the nation's divisions from province to township; what is there already is left alone. Return how many are new.

    `home` narrows the townships to one city (its code); provinces, cities and counties are always those of the nation.
    Raises: Forbidden.
    """
    _may(actor)
    rows = [row for row in national_divisions() if not home or row.level < Division.Level.TOWNSHIP or _in(row, home)]
    number = _store(rows, "民政部行政区划")
    audit.record(actor, "places.divisions.loaded", None, number=number, home=home)
    return number


@service
def load_villages(*, actor: Actor, path: Path) -> int:
    """Load the villages of the counties that are here from a CSV file, joined by names. Return how many are new.

    Raises: Forbidden, Refused (the file has another header; what to do is said).
    """
    _may(actor)
    try:
        found = villages_from_csv(path, queries.rows())
    except VillageFileError as wrong:
        raise Refused(str(wrong)) from wrong
    number = _store(found.rows, "统计用区划代码（村级）")
    audit.record(actor, "places.villages.loaded", None, number=number, unplaced=len(found.unplaced))
    return number


def _may(actor: Actor) -> None:
    if not actor.can(P.LOAD):
        raise Forbidden(P.LOAD)


def _in(row: PlaceRow, home: str) -> bool:
    return row.code.startswith(home.rstrip("0")[:4])


def _store(rows: Iterable[PlaceRow], source: str) -> int:
    known = {code: (pk, path) for pk, code, path in Division.objects.values_list("pk", "code", "path")}
    number = 0
    for level in Division.Level:
        fresh = [
            _division(row, known, source) for row in rows if int(row.level) == int(level) and row.code not in known
        ]
        Division.objects.bulk_create(fresh, batch_size=2000)
        known.update({division.code: (division.pk, division.path) for division in fresh})
        number += len(fresh)
    return number


def _division(row: PlaceRow, known: dict[str, tuple[int, str]], source: str) -> Division:
    parent_pk, parent_path = known.get(row.parent, (None, "/"))
    return Division(
        code=row.code,
        level=int(row.level),
        name=row.name,
        short_name=stem(row.name, row.level),
        parent_id=parent_pk,
        path=f"{parent_path}{row.code}/",
        pinyin=pinyin.sort_key(row.name)[:200] if row.level >= Division.Level.COUNTY else "",
        source=f"{source}，{clock.today().year}年载入",
    )
