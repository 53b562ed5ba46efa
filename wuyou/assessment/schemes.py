"""Reading standards and rubrics as an office keeps them: their versions, what a draft changes, what keeps it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from wuyou.assessment import queries
from wuyou.assessment.facts import FACTS
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.permissions import P
from wuyou.assessment.rules import Fault, changes, faults, rubric
from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import Words
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.kernel.sayings import Saying

State = SchemeVersion.State
STANDARD, RUBRIC = Scheme.Kind.STANDARD, Scheme.Kind.RUBRIC


@dataclass(frozen=True, slots=True)
class Kept:
    """A standard or rubric with its versions, newest first, and which of them is in force on the day asked for."""

    scheme: Scheme
    versions: tuple[SchemeVersion, ...]
    in_force: SchemeVersion | None

    @property
    def draft(self) -> SchemeVersion | None:
        """The open draft; None when there is none."""
        return next((row for row in self.versions if row.state == State.DRAFT), None)


def all_kept(actor: Actor, on: date) -> list[Kept]:
    """Return every standard, then every rubric, oldest first, with their versions. Four queries. Raises: Forbidden."""
    _may_read(actor)
    newest_first = SchemeVersion.objects.order_by("-number").defer("content")
    schemes = Scheme.objects.prefetch_related(Prefetch("versions", newest_first)).order_by("-kind", "pk")
    held = {row.scheme_id: row for kind in Scheme.Kind.values for row in queries.in_force(on, kind)}
    return [Kept(each, tuple(each.versions.all()), held.get(each.pk)) for each in schemes]


def version(actor: Actor, version_id: int, *, kind: str = "") -> SchemeVersion:
    """Return one version with its scheme; of that kind of scheme when one is given. Raises: NotFound, Forbidden."""
    _may_read(actor)
    found = SchemeVersion.objects.select_related("scheme").filter(pk=version_id).first()
    if found is None or (kind and found.scheme.kind != kind):
        raise NotFound
    return found


def draft(actor: Actor, version_id: int, *, kind: str) -> SchemeVersion:
    """Return a draft for its edit form; a published version is returned too, the service will refuse to change it.

    Raises: NotFound, Forbidden.
    """
    check_may_edit(actor)
    return version(actor, version_id, kind=kind)


def may_edit(actor: Actor) -> bool:
    """Say whether the actor may edit standards and rubrics: they hold for all units, so he answers for the whole tree."""
    return actor.can_everywhere(P.EDIT_STANDARD)


def check_may_edit(actor: Actor) -> None:
    """Raise Forbidden unless the actor may edit standards and rubrics."""
    if not may_edit(actor):
        raise Forbidden(P.EDIT_STANDARD)


def siblings(row: SchemeVersion) -> list[SchemeVersion]:
    """Return all versions of the same scheme, newest first, without their contents."""
    return list(SchemeVersion.objects.filter(scheme=row.scheme_id).order_by("-number").defer("content"))


def replacing(row: SchemeVersion, versions: Iterable[SchemeVersion]) -> SchemeVersion | None:
    """Return the version that takes a version's place; None while none of the later ones has days in force."""
    later = [
        each
        for each in versions
        if each.number > row.number
        and each.effective_from is not None
        and (each.effective_until is None or each.effective_until > each.effective_from)
    ]
    return min(later, key=lambda each: each.number, default=None)


def may_retire(row: SchemeVersion, versions: Iterable[SchemeVersion], on: date) -> bool:
    """Say whether a version can be retired on a day: it is published, and no other has taken its place by then."""
    following = replacing(row, versions)
    is_replaced = following is not None and following.effective_from is not None and following.effective_from <= on
    return row.state == State.PUBLISHED and not is_replaced


def before(row: SchemeVersion) -> SchemeVersion | None:
    """Return the newest published or retired version below this one, which it is compared with; None for the first."""
    older = SchemeVersion.objects.filter(scheme=row.scheme_id, number__lt=row.number).exclude(state=State.DRAFT)
    return older.select_related("scheme").order_by("-number").first()


def changed(old: SchemeVersion, new: SchemeVersion, words: Words) -> tuple[Saying, ...]:
    """Return what differs between two versions of a scheme, as sentences; empty when both demand the same."""
    if new.scheme.kind == Scheme.Kind.RUBRIC:
        return rubric.changes(old.content, new.content, FACTS, words)
    return changes(queries.stored_version(old), queries.stored_version(new), FACTS, words)


def faults_of(row: SchemeVersion, words: Words) -> tuple[Fault, ...]:
    """Return what keeps a version from being published, `words` saying what an example gives; empty: it may be."""
    if row.scheme.kind == Scheme.Kind.RUBRIC:
        return rubric.faults(row.content, FACTS)
    return faults(queries.stored_version(row), FACTS, words)


def _may_read(actor: Actor) -> None:
    if not actor.can(P.VIEW_STANDARD):
        raise Forbidden(P.VIEW_STANDARD)
