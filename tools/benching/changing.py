"""Changes of the organisation at the size of a province: a subtree that is moved, a thousand groups that are merged and back."""

import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count

from wuyou.accounts.queries import actor_of
from wuyou.kernel import clock
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Placement, Unit, UnitKind
from wuyou.people.models import Affiliation, Person
from wuyou.succession import services
from wuyou.succession.handover import inventory
from wuyou.succession.plan import NewHeir, Plan
from wuyou.succession.services.drafting import Told

MOVED = 1000
EACH = 100
"""Members of each group that is merged, all of whom it keeps."""


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds that some work takes, and its answer."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def move(world: dict[str, Any]) -> float:
    """Return the CPU seconds in which an office with a thousand units comes under another city; nothing of it stays."""
    actor = actor_of(world["users"]["province"].pk)
    office, other = world["offices"][0], world["cities"][-1]
    with transaction.atomic():
        kind = UnitKind.objects.get(code="community")
        rows = [
            Unit(kind=kind, parent=office, full_name=f"搬迁{n}", short_name=f"搬迁{n}", path=f"{office.path}~{n}/")
            for n in range(MOVED)
        ]
        Unit.objects.bulk_create(rows, batch_size=500)
        Placement.objects.bulk_create((Placement(unit=row, parent=office) for row in rows), batch_size=900)
        seconds, _unit = spent(
            lambda: orgs.place_unit(actor=actor, unit_id=office.pk, parent_id=other.pk, start=clock.today())
        )
        transaction.set_rollback(True)
    return seconds


def _fill(groups: list[int]) -> None:
    """Let each group have and keep as many members as is measured, of those who are on the register and in no group yet."""
    has = dict(Affiliation.objects.filter(unit__in=groups, end=None).values_list("unit").annotate(n=Count("pk")))
    nowhere = Person.objects.filter(affiliations=None, seats=None).order_by("pk").values_list("pk", flat=True)
    free = iter(list(nowhere[: EACH * len(groups)]))
    for group in groups:
        new = list(islice(free, EACH - has.get(group, 0)))
        Affiliation.objects.bulk_create(Affiliation(person_id=pk, unit_id=group, start=date(2024, 1, 1)) for pk in new)
        Person.objects.filter(affiliations__unit=group).update(keeper=group)


def merge(world: dict[str, Any], groups: int) -> dict[str, float]:
    """Return what merging so many groups into one takes, in CPU seconds, and how many persons they had; taken back again."""
    actor = actor_of(world["users"]["province"].pk)
    chosen = [group.pk for group in world["groups"][:groups]]
    _fill(chosen)
    persons = Affiliation.objects.filter(unit__in=chosen, end=None).count()
    kept = Person.objects.filter(keeper__in=chosen).count()
    draft = services.begin(actor=actor, kind="merge", unit_id=chosen[0])
    plan = Plan(predecessors=tuple(chosen), heirs=("n0",), founded=(NewHeir(full_name="合并后的侨联小组"),))
    told = Told(on=clock.today())
    draft = services.revise(actor=actor, succession_id=draft.pk, seen=draft.version, told=told, plan=plan)
    shown, _preview = spent(lambda: inventory.preview(plan, clock.today()))
    done, change = spent(lambda: services.carry_out(actor=actor, succession_id=draft.pk))
    back, _change = spent(lambda: services.take_back(actor=actor, succession_id=change.pk))
    return {"persons": persons, "kept": kept, "preview": shown, "merge": done, "back": back}
