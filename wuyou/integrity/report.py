"""What the checks found, for the command line and for other programs."""

from datetime import date
from typing import Any

from wuyou.integrity import queries
from wuyou.integrity.definition import SUBJECTS
from wuyou.kernel.actor import Actor


def integrity_report(actor: Actor, *, on: date) -> dict[str, Any]:
    """Return what every check found on a day, in the order of the page, ready to be written as JSON.

    `must_mend` tells whether some check found what must be mended. Raises Forbidden.
    """
    found = list(queries.findings(actor, on=on))
    told = [
        {
            "code": one.check.code,
            "subject": str(SUBJECTS[one.check.subject]),
            "name": str(one.check.name),
            "severity": str(one.check.severity),
            "reason": str(one.check.reason),
            "remedy": str(one.check.remedy),
            "number": len(one.offenders),
            "offenders": [
                {"county": o.county, "name": o.label, "what": o.what, "unit_id": o.unit_id} for o in one.offenders
            ],
        }
        for one in found
    ]
    return {"on": on.isoformat(), "must_mend": queries.must_mend(found), "checks": told}
