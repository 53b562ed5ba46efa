"""Which change of the organisation made or changed a row, so that nobody sets the row right behind the change's back."""

from collections.abc import Sequence
from typing import Any

from wuyou.kernel.refusals import Reason
from wuyou.succession.models import Step, Succession


def changes_of(rows: Sequence[Any]) -> dict[Any, int]:
    """Return which changes carried out made rows of one table or changed them, as row's key -> id; of several the last."""
    if not rows:
        return {}
    steps = Step.objects.filter(table=rows[0]._meta.label, succession__state=Succession.State.CARRIED_OUT)
    told = steps.exclude(action=Step.Action.REMOVED).order_by("pk").values_list("succession", "ids")
    wanted = {row.pk for row in rows}
    return {pk: change for change, ids in told for pk in wanted.intersection(ids)}


def held(row: Any) -> Reason | None:
    """Return why a row is not set right by itself: a change of the organisation made it; None when none did."""
    pk = changes_of([row]).get(row.pk)
    if pk is None:
        return None
    change = Succession.objects.select_related("unit").get(pk=pk)
    words = {"unit": str(change.unit), "kind": change.get_kind_display(), "day": change.on}
    return Reason("这一条是办理“{unit}”的{kind}（{day}）时记下的，没有改动；要改，请先撤回那项变更。", words=words)
