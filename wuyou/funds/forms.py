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
from wuyou.orgs.forms import offer_units
from wuyou.platform.widgets import DayField, PickerField, PlainForm

DIRECTIONS = (("received", _("收入")), ("spent", _("支出")))


class _SumForm(PlainForm):
    """What is told of a sum, old or new."""

    direction = forms.ChoiceField(label=_("收支"), choices=DIRECTIONS, widget=forms.RadioSelect, initial="received")
    on = DayField(label=_("日期"))
    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_digits=12, decimal_places=2)
    source = forms.ChoiceField(label=_("资金来源"), required=False)
    purpose = forms.CharField(
        label=_("用途"), max_length=60, required=False, help_text=_("例如：活动补助、走访慰问、阵地建设")
    )
    voucher = forms.CharField(label=_("凭证号"), max_length=40, required=False)

    def __init__(self, *given: Any, source: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        offered = ((s.code, s.name) for s in queries.offered_sources(source))
        self.fields["source"].choices = [("", _("暂不填写")), *offered]

    def told(self) -> dict[str, Any]:
        """Return what is told, by field of the entry, in fen."""
        told = dict(self.cleaned_data)
        return {"amount_fen": int(told.pop("amount") * 100), **told}


class EntryForm(_SumForm):
    """One sum received or spent."""

    unit = PickerField(label=_("哪个组织"))
    field_order = ("unit",)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        offer_units(self.fields["unit"], actor, orgs.recording(actor, P.RECORD))
        self.fields["on"].initial = clock.today()

    def command(self) -> NewEntry:
        """Return what is told of the sum."""
        told = self.told()
        return NewEntry(unit_id=int(told.pop("unit")), **told)


class CorrectEntryForm(_SumForm):
    """Everything that can be said of a sum that is entered already; whose it is stays."""

    handler = forms.CharField(label=_("经手人"), max_length=40, required=False)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=300, widget=forms.Textarea({"rows": 3, "maxlength": 300})
    )

    def __init__(self, *given: Any, entry: Any, **named: Any) -> None:
        names = ("direction", "on", "purpose", "voucher", "handler", "note")
        source, (yuan, fen) = entry.source.code if entry.source else "", divmod(entry.amount_fen, 100)
        named["initial"] = {
            **{name: getattr(entry, name) for name in names}, "source": source, "amount": f"{yuan}.{fen:02}"
        }  # fmt: skip
        super().__init__(*given, source=source, **named)


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
