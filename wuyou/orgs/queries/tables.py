"""The tables that an office edits: kinds of unit, and the forms that a unit takes by its size."""

from wuyou.orgs import rules
from wuyou.orgs.models import UnitForm, UnitKind


def kinds() -> list[UnitKind]:
    """Return the kinds in use, in the office's order."""
    return list(UnitKind.objects.filter(is_active=True))


def grassroots_kinds() -> list[UnitKind]:
    """Return every kind of group, in use or not, in the office's order."""
    return list(UnitKind.objects.filter(is_federation=False))


def forms() -> list[UnitForm]:
    """Return the threshold table, smallest first."""
    return list(UnitForm.objects.all())


def advised_form(people: int | None) -> rules.FormAdvice | None:
    """Return the form that the threshold table advises for a number of people; None when it is not known."""
    return rules.advised_form(people, [rules.FormAdvice(f.code, f.name, f.min_people) for f in forms()])
