"""What rests on a change that was carried out, so that it cannot be taken back before that is dealt with."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from wuyou.orgs.models import Unit
from wuyou.platform.datacare import own_models
from wuyou.platform.handover import Derived, policy_of
from wuyou.succession.models import Party, Step, Succession
from wuyou.succession.steps.journal import no_longer

SHOWN = 3


def later_things(change: Succession) -> list[str]:
    """Return what rests on a change, each as half a sentence for a person to read; nothing when it can be taken back.

    Later changes of the same units come first: what they wrote goes with them, and is not named beside them.
    """
    return _later_changes(change) or [*_drafts(change), *_rows_changed(change), *_rows_that_refer(change)]


def _later_changes(change: Succession) -> list[str]:
    """Name the changes carried out afterwards in which one of the same units takes part."""
    units = change.parties.values_list("unit_id", flat=True)
    others = Succession.objects.filter(state=Succession.State.CARRIED_OUT, parties__unit__in=list(units))
    after = Q(done_at__gt=change.done_at) | Q(done_at=change.done_at, pk__gt=change.pk)
    later = others.filter(after).distinct().select_related("unit")
    return [
        _("此后又办理了“%(unit)s”的%(kind)s（%(day)s）")
        % {"unit": one.unit, "kind": one.get_kind_display(), "day": one.on}
        for one in later.order_by("pk")[:SHOWN]
    ]


def _drafts(change: Succession) -> list[str]:
    """Name the changes being worked on in which a unit takes part that would no longer be there."""
    founded = _rows_written(change, Step.Action.MADE).get(Unit._meta.label, set())
    if not founded:
        return []
    drafts = Succession.objects.filter(state=Succession.State.DRAFT, parties__unit__in=founded).distinct()
    return [
        _("“%(unit)s”有一项没有办完的%(kind)s") % {"unit": one.unit, "kind": one.get_kind_display()}
        for one in drafts.select_related("unit").order_by("pk")[:SHOWN]
    ]


def _rows_changed(change: Succession) -> list[str]:
    """Name the tables in which rows are no longer as the change left them; rows left alike are asked for together."""
    left: dict[tuple[str, str], list[Any]] = {}
    for step in change.steps.exclude(action=Step.Action.REMOVED).order_by("number"):
        left.setdefault((step.table, json.dumps(step.after or {}, sort_keys=True)), []).extend(step.ids)
    found: dict[str, int] = {}
    for (table, after), ids in left.items():
        number = no_longer(table, ids, json.loads(after))
        if number:
            found[table] = found.get(table, 0) + number
    return [_("此后修改了%(what)s（%(n)d 条）") % {"what": _called(table), "n": n} for table, n in found.items()]


def _rows_that_refer(change: Succession) -> list[str]:
    """Name the tables with rows that refer to what the change made and were not made by it: they would hang in the air."""
    written = _rows_written(change)
    found = []
    for table, ids in _rows_written(change, Step.Action.MADE).items():
        for model, link in _tables_that_refer(table):
            rows = model._base_manager.filter(**{f"{link}__in": list(ids)}).values_list("pk", flat=True)
            number = len(set(rows) - written.get(model._meta.label, set()))
            if number:
                found.append(_("此后登记了%(what)s（%(n)d 条）") % {"what": _called(model._meta.label), "n": number})
    return found


def _rows_written(change: Succession, *actions: Step.Action) -> dict[str, set[Any]]:
    """Return the rows that the change made and changed, or only those of some actions, as table -> ids."""
    written: dict[str, set[Any]] = {}
    for step in change.steps.filter(action__in=actions or (Step.Action.MADE, Step.Action.CHANGED)):
        written.setdefault(step.table, set()).update(step.ids)
    return written


def _tables_that_refer(table: str) -> Iterator[tuple[Any, str]]:
    """Yield the tables that refer to another and the name of the link: those whose rows are facts of their own."""
    for relation in apps.get_model(table)._meta.related_objects:
        model: Any = relation.related_model
        link = str(relation.field.name)
        is_derived = isinstance(policy_of(model.__dict__.get("DataCare"), link), Derived)
        if model in _COUNTED and model is not Party and not is_derived:
            yield model, link


_COUNTED = frozenset(own_models())


def _called(table: str) -> str:
    return str(apps.get_model(table)._meta.verbose_name)
