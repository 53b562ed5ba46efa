"""What is typed about sums, made into commands of the services."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.funds import queries
from wuyou.funds.permissions import P
from wuyou.funds.queries import NOT_SAID, EntryFilter
from wuyou.funds.services import NewEntry
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.period import Period, year
from wuyou.orgs import queries as orgs
from wuyou.platform.widgets import Candidate, DayField, PickerField, PlainForm

DIRECTIONS = (("received", _("收入")), ("spent", _("支出")))


class EntryForm(PlainForm):
    """One sum received or spent."""

    unit = PickerField(label=_("哪个组织"))
    direction = forms.ChoiceField(label=_("收支"), choices=DIRECTIONS, widget=forms.RadioSelect, initial="received")
    on = DayField(label=_("日期"))
    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_digits=12, decimal_places=2)
    source = forms.ChoiceField(label=_("资金来源"), required=False)
    purpose = forms.CharField(
        label=_("用途"), max_length=60, required=False, help_text=_("例如：活动补助、走访慰问、阵地建设")
    )
    voucher = forms.CharField(label=_("凭证号"), max_length=40, required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        units = {str(u.pk): u.short_name for u in orgs.groups(actor, permission=P.RECORD)}
        self.fields["unit"].offer(
            lambda typed: [Candidate(pk, n) for pk, n in units.items() if typed in n][:8], units.get
        )
        if len(units) == 1:
            self.fields["unit"].initial = next(iter(units))
            self.fields["unit"].widget = forms.HiddenInput()
        self.fields["source"].choices = [("", _("暂不填写")), *((s.code, s.name) for s in queries.offered_sources())]
        self.fields["on"].initial = clock.today()

    def command(self) -> NewEntry:
        """Return what is told of the sum, in fen."""
        told = dict(self.cleaned_data)
        unit_id, amount = int(told.pop("unit")), told.pop("amount")
        return NewEntry(unit_id=unit_id, amount_fen=int(amount * 100), **told)


class EntryQueryForm(PlainForm):
    """How a list of entries is narrowed."""

    year = forms.ChoiceField(label=_("年度"), required=False)
    source = forms.ChoiceField(label=_("资金来源"), required=False)
    direction = forms.ChoiceField(label=_("收支"), required=False, choices=[("", _("全部")), *DIRECTIONS])
    start = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        days = queries.first_and_last_day(actor)
        years = range(days[1].year, days[0].year - 1, -1) if days else ()
        self.fields["year"].choices = [("", _("全部")), *((str(y), str(y)) for y in years)]
        known = ((s.code, s.name) for s in queries.sources())
        self.fields["source"].choices = [("", _("全部")), *known, (NOT_SAID, _("未注明来源"))]

    def narrowed(self, unit: str) -> EntryFilter:
        """Return the filter asked for; what is no valid choice narrows nothing."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return EntryFilter(
            unit=whole(unit),
            source=told.get("source", ""),
            direction=told.get("direction", ""),
            during=self._during(told),
        )

    def _during(self, told: dict[str, Any]) -> Period:
        """Return the days asked for: a year, or from a day until a day, both included."""
        if told.get("year"):
            return year(int(told["year"]))
        until = told.get("until")
        return Period(told.get("start"), until + timedelta(days=1) if until else None)
