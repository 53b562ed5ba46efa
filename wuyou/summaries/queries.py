"""Reading summaries, and all figures at once.

A figure counts what lies under an office: who reads a county's summary reads the county's numbers, whoever he is.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import override

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.places import queries as places
from wuyou.platform.documents.content import OfficialDocument
from wuyou.platform.figures import Asked, all_figures, may_open
from wuyou.platform.figures import Figure as Announced
from wuyou.platform.scoping import allowed, scope
from wuyou.summaries import paper, rules
from wuyou.summaries.figures import Figure, Figures, from_records
from wuyou.summaries.models import Summary
from wuyou.summaries.permissions import P
from wuyou.summaries.remarks import Remark, remarks_on
from wuyou.summaries.words import FigureWord

PAGE_SIZE = 50
_ORDER = ("orgs", "people", "coverage", "leadership", "activities", "funds", "assessment")


# ---- figures -----------------------------------------------------------------------------------------------------


def figures(actor: Actor, year: int, as_of: date, office: Unit | None = None) -> dict[str, Figure]:
    """Return every figure by name, in a fixed order: of all that the actor may see, or of what lies under an office.

    Counted to the end of the as-of day, which lies in the year. Some forty queries, however many groups there are.
    """
    # a root office's lists need no narrowing
    narrowed = office.pk if office is not None and office.parent_id is not None else None
    asked = Asked(actor.at(office.path) if office is not None else actor, year, as_of, narrowed)
    found = sorted(all_figures(asked), key=lambda figure: placed(figure.name))
    return {one.name: Figure(_word(one), one.value(asked), as_of, one.url(asked)) for one in found}


def _word(one: Announced) -> FigureWord:
    return FigureWord(one.name, str(one.label), str(one.unit), str(one.definition), one.span, str(one.item))


def placed(name: str) -> int:
    """Return the place of a figure among the others: by package, in the order of a summary."""
    package = name.partition(".")[0]
    return _ORDER.index(package) if package in _ORDER else len(_ORDER)


# ---- summaries ---------------------------------------------------------------------------------------------------


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Summary]:
    """Return the summaries of the units on which the actor holds the permission."""
    return Summary.objects.filter(scope(actor, permission, "unit__path"))


def summary(actor: Actor, summary_id: int, *, needs: str = P.VIEW) -> Summary:
    """Return one summary with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    return allowed(visible(actor).select_related("unit", "unit__county").filter(pk=summary_id).first(), actor, needs)


def summary_for_update(actor: Actor, summary_id: int, *, needs: str) -> Summary:
    """Return one summary, locked until the transaction ends. Raises as `summary` does."""
    summary(actor, summary_id, needs=needs)
    found = Summary.objects.select_for_update(of=("self",)).select_related("unit", "unit__county")
    return found.get(pk=summary_id)


def newest(unit: Unit, year: int) -> Summary | None:
    """Return a unit's newest edition for a year; None when there is none."""
    return Summary.objects.filter(unit=unit, year=year).select_related("unit").order_by("-edition").first()


def is_newest(found: Summary) -> bool:
    """Say whether there is no later edition of that year's summary."""
    later = Summary.objects.filter(unit=found.unit_id, year=found.year, edition__gt=found.edition)
    return not later.exists()


def summary_page(actor: Actor, *, year: int | None = None, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of summaries with their units: newest year first, city before counties, newest edition first."""
    found = visible(actor).select_related("unit")
    if year is not None:
        found = found.filter(year=year)
    return Paginator(found.order_by("-year", "unit__path", "-edition"), size).get_page(page)


def years(actor: Actor) -> list[int]:
    """Return the years for which there are summaries, newest first."""
    return list(visible(actor).order_by("-year").values_list("year", flat=True).distinct())


def offices(actor: Actor) -> list[Unit]:
    """Return the federation offices for which the actor may draft, the widest first."""
    return orgs.federations(actor, P.EDIT)


# ---- one summary as it is read -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """A summary as it is read on a day: its text with tokens, the figures in force, what to look at in it."""

    summary: Summary
    body: str
    figures: Figures
    as_of: date

    @property
    def state(self) -> rules.State:
        """Draft or frozen."""
        return rules.State(self.summary.state)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What to look at before it goes out; nothing once it is frozen."""
        return remarks_on(self.body, self.figures) if self.state is rules.State.DRAFT else ()


def reading(actor: Actor, found: Summary) -> Reading:
    """Return a summary as it is read now: a draft with live figures, drafted anew while nobody has edited it.

    Words and labels are Chinese in whatever language the pages are, as the text is.
    """
    if rules.State(found.state) is rules.State.FROZEN:
        kept = from_records(found.figures).items()
        shut = {name: figure if may_open(actor, name) else replace(figure, list_url="") for name, figure in kept}
        return Reading(found, found.body, shut, found.as_of)
    as_of = rules.last_day(found.year, found.as_of, clock.today())
    with override("zh-hans"):
        live = figures(actor, found.year, as_of, found.unit)
    return Reading(found, found.body or rules.drafted(setting(found.unit, found.year), live), live, as_of)


def setting(unit: Unit, year: int) -> rules.Setting:
    """Return whose summary it is, as its text says it."""
    place = unit.county or places.division(settings.WUYOU_HOME_DIVISION)
    return rules.Setting(unit.short_name, rules.scope_word(place.name if place else ""), year)


def document(read: Reading) -> OfficialDocument:
    """Return the summary as it is put on paper, signed by the unit; dated when it was frozen, a draft today."""
    found = read.summary
    at = found.frozen_at.astimezone(clock.CHINA).date() if found.frozen_at else clock.today()
    return paper.document(
        title=found.title, subtitle=found.subtitle, number=found.number, body=read.body, figures=read.figures, as_of=read.as_of,
        signed_by=found.unit.full_name, dated=at,
    )  # fmt: skip
