"""Coverage as plain data, for the command line and for other programs."""

from datetime import date
from typing import Any

from wuyou.coverage import queries
from wuyou.kernel.actor import Actor


def coverage_report(actor: Actor, home: str, *, as_of: date) -> dict[str, Any]:
    """Return counties with their townships, and host units: people, reached, not reached, groups.

    Places and host units with most people not reached come first.
    """
    counties = queries.county_rows(actor, home, as_of=as_of, names=queries.ALL)
    return {
        "as_of": as_of.isoformat(),
        "total": _reach(queries.totals(counties)),
        "counties": [
            {
                **_place(row),
                "places": [
                    _place(r) for r in queries.place_rows(actor, row.division.code, as_of=as_of, names=queries.ALL)
                ],
            }
            for row in counties
        ],
        "hosts": [
            {"name": h.name, "people": h.people, "not_reached": h.not_reached, "groups": len(h.groups)}
            for h in queries.host_rows(actor, as_of=as_of)
        ],
    }


def _place(row: queries.PlaceRow) -> dict[str, Any]:
    names = [name for _pk, name in row.groups]
    return {"code": row.division.code, "name": row.division.name, **_reach(row.reach), "group_names": names}


def _reach(reach: Any) -> dict[str, Any]:
    return {
        "people": reach.people,
        "reached": reach.reached,
        "not_reached": reach.not_reached,
        "groups": len(reach.groups),
        "counted": reach.counted,
        "counted_on": reach.counted_on.isoformat() if reach.counted_on else None,
    }
