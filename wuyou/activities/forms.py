"""What a leader types about something the group did: five boxes, less than a minute."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wuyou.activities.permissions import P
from wuyou.activities.queries import ActivityFilter
from wuyou.activities.services import NewActivity
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.period import Period
from wuyou.orgs import queries as orgs
from wuyou.orgs.forms import offer_units
from wuyou.platform.widgets import DayField, PickerField, PlainForm

KINDS = (("activity", _("活动")), ("study", _("学习")), ("visit", _("走访")), ("symposium", _("座谈")))


class ActivityForm(PlainForm):
    """The short form: what, when, how many, and one line. A leader of one group is not asked which."""

    unit = PickerField(label=_("哪个组织"))
    kind = forms.ChoiceField(label=_("做了什么"), choices=KINDS, widget=forms.RadioSelect, initial="activity")
    on = DayField(label=_("日期"))
    topic = forms.CharField(label=_("主题"), max_length=120, help_text=_("一句话，例如：中秋茶话会"))
    present = forms.IntegerField(label=_("参加人数"), required=False, min_value=0, max_value=100_000)
    leaders_present = forms.BooleanField(label=_("有侨联或所在单位的领导参加"), required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["on"].initial = clock.today()
        offer_units(self.fields["unit"], actor, orgs.recording(actor, P.RECORD))

    def command(self) -> NewActivity:
        """Return what is told of the activity."""
        told = dict(self.cleaned_data)
        return NewActivity(unit_id=int(told.pop("unit")), **told)


class ReviseForm(PlainForm):
    """Everything that can be said of a record, for later."""

    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, widget=forms.RadioSelect)
    on = DayField(label=_("日期"))
    topic = forms.CharField(label=_("主题"), max_length=120)
    present = forms.IntegerField(label=_("参加人数"), required=False, min_value=0, max_value=100_000)
    leaders_present = forms.BooleanField(label=_("有侨联或所在单位的领导参加"), required=False)
    leaders = forms.CharField(label=_("参加的领导"), max_length=120, required=False)
    cost_yuan = forms.DecimalField(label=_("费用（元）"), required=False, min_value=0, max_digits=10, decimal_places=2)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=500, widget=forms.Textarea({"rows": 3, "maxlength": 500})
    )

    def changes(self) -> dict[str, Any]:
        """Return the fields to change, money in fen."""
        told = dict(self.cleaned_data)
        yuan: Decimal | None = told.pop("cost_yuan")
        return {**told, "cost_fen": int(yuan * 100) if yuan is not None else None}


class VisitQueryForm(PlainForm):
    """Of which days the calls on persons are listed."""

    start = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def during(self) -> Period:
        """Return the days asked for, the last one included; what is no day narrows nothing."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        until = told.get("until")
        return Period(told.get("start"), until.fromordinal(until.toordinal() + 1) if until else None)


class ActivityQueryForm(PlainForm):
    """How a list of activities is narrowed."""

    q = forms.CharField(label=_("主题或组织"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[("", _("全部")), *KINDS])
    start = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def narrowed(self, unit: str, leaders: str) -> ActivityFilter:
        """Return the filter asked for; what is no valid choice narrows nothing. The last day is included."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        until = told.get("until")
        end = until.fromordinal(until.toordinal() + 1) if until else None
        return ActivityFilter(
            kind=told.get("kind", ""),
            text=told.get("q", ""),
            unit=whole(unit),
            during=Period(told.get("start"), end),
            leaders_only=leaders == "1",
        )
