"""Having the records checked, all checks or one, for what an actor may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wuyou.integrity.checks import CHECKS, check_named
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.permissions import P
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Finding:
    """A check with what it found, in the fixed order of counties and names."""

    check: Check
    offenders: tuple[Offender, ...]


def checks(actor: Actor, severity: str = "") -> list[Check]:
    """Return the checks whose registers the actor may read, in their order; of one severity if one is given."""
    return [check for check in CHECKS if actor.can(check.reads) and severity in ("", check.severity)]


def findings(actor: Actor, *, on: date, severity: str = "") -> Iterator[Finding]:
    """Yield every check of the actor's with what it finds on a day; what several need is read once. Raises Forbidden."""
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    seen = Inspection(actor, on)
    for check in checks(actor, severity):
        yield Finding(check, tuple(check.find(seen)))


def finding(actor: Actor, code: str, *, on: date) -> Finding:
    """Return what one check finds on a day. Raises: NotFound (no such check, or not one of the actor's), Forbidden."""
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    check = check_named(code)
    if check is None or not actor.can(check.reads):
        raise NotFound
    return Finding(check, tuple(check.find(Inspection(actor, on))))


def must_mend(found: list[Finding]) -> bool:
    """Say whether some check found what must be mended."""
    return any(one.offenders and one.check.severity is Severity.MEND for one in found)
