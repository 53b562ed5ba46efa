"""How the list of what befell units is narrowed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.platform.widgets import DayField, PlainForm

HEADLINE = _("新建、重组、恢复")


class EventQueryForm(PlainForm):
    """Which events are wanted: this year's 新建、重组、恢复 unless the address says otherwise."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1900, max_value=2199)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    guided = forms.TypedChoiceField(label=_("当时指导的侨联"), required=False, coerce=int, empty_value=None)
    unit_kind = forms.ChoiceField(label=_("组织类型"), required=False)
    since = forms.IntegerField(label=_("起始年度"), required=False, min_value=1900, max_value=2199)
    on = DayField(label=_("截至日期"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, actor: Actor, **named: Any) -> None:
        super().__init__(asked, **named)
        offices = [(office.pk, office.short_name) for office in queries.federations(actor)]
        kinds = [(kind.code, kind.name) for kind in queries.grassroots_kinds()]
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", HEADLINE), *queries.event_words().items()]
        fields["unit_kind"].choices = [("", _("全部")), *kinds]
        fields["guided"].choices = [("", _("全部")), *offices]
        if len(offices) < 2:
            del fields["guided"]
        self.data = {**{name: asked[name] for name in asked}, "year": str(self.year_asked())}

    def year_asked(self) -> int:
        """Return the year asked for, the present one when the address names none."""
        told: int | None = self._told("year")
        return told or clock.today().year

    def narrowed(self) -> queries.EventFilter:
        """Return the filter asked for; what is no valid choice narrows nothing."""
        kind, on, year = self._told("kind"), self._told("on"), self.year_asked()
        since: int | None = self._told("since")
        return queries.EventFilter(
            year=year,
            last=on if on is not None and on.year == year else date(year, 12, 31),
            kinds=(kind,) if kind else HEADLINE_KINDS,
            guided=self._told("guided"),
            unit_kind=self._told("unit_kind") or "",
            since=since if since is not None and since < year else None,
        )

    def _told(self, name: str) -> Any:
        if name not in self.fields:
            return None
        try:
            return self.fields[name].clean(self[name].data)
        except ValidationError:
            return None
