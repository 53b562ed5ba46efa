"""What the office types about seats and terms."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock, docnumber
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.period import Period
from wuyou.leadership import queries, rules
from wuyou.orgs import queries as orgs
from wuyou.orgs.forms import OrderedRowForm
from wuyou.people import queries as people
from wuyou.platform.widgets import Candidate, DayField, PickerField, PlainForm

CAME = (
    ("elected", _("换届选举")), ("co_option", _("增补")), ("by_election", _("补选")), ("appointed", _("任命")),
    ("", _("不清楚")),
)  # fmt: skip
WENT = (
    ("term_over", _("届满")), ("resigned", _("辞职")), ("moved", _("调离")), ("removed", _("免职")), ("died", _("去世")),
    ("", _("不清楚")),
)  # fmt: skip


class DocumentField(forms.CharField):
    """The number of a document, with its brackets as GB/T 9704 writes them."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"max_length": 60, "help_text": _("例如：曲侨发〔2025〕8号"), **named})

    def clean(self, value: Any) -> str:
        """Return the number as it is printed; what is no number stays as it was typed."""
        typed = super().clean(value)
        return docnumber.read_document_number(typed).text or typed


def _came() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("任职方式"), required=False, choices=CAME, widget=forms.RadioSelect)


def _went() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("离任原因"), required=False, choices=WENT, widget=forms.RadioSelect)


class SeatForm(PlainForm):
    """Who takes a post."""

    post = forms.ChoiceField(label=_("职务"), widget=forms.RadioSelect)
    person = PickerField(
        label=_("姓名"), required=False, help_text=_("从已登记的成员中选；还没有登记的，在下面填写姓名和电话")
    )
    name = forms.CharField(label=_("新登记的姓名"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    start = DayField(label=_("任职日期"), required=False)
    came = _came()
    came_document = DocumentField(label=_("任职文号"), required=False)

    def __init__(self, *given: Any, actor: Actor, unit_id: int, search_url: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["post"].choices = [(p.code, p.name) for p in queries.offered_posts()]

        def find(typed: str) -> list[Candidate]:
            return [Candidate(str(p.pk), p.name, p.keeper.short_name) for p in people.named(actor, typed)]

        def name_of(code: str) -> str | None:
            number = whole(code)
            return people.name_of(actor, number) if number else None

        self.fields["person"].offer(find, name_of, search_url)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two: a registered person, or a new one's name."""
        told = super().clean() or {}
        if not told.get("person") and not told.get("name") and "person" not in self.errors:
            self.add_error("name", _("请选定一位已登记的成员，或填写新登记的姓名。"))
        if told.get("person") and (told.get("name") or told.get("phone")):
            self.add_error(
                "name", _("已选定一位登记过的成员，不必再填姓名和电话；要登记另一个人，请先清空所选的成员。")
            )
        return told


class CorrectSeatForm(PlainForm):
    """Which post a seat is, from when until when it is held, how it came and went."""

    post = forms.ChoiceField(label=_("职务"), widget=forms.RadioSelect)
    start = DayField(label=_("任职日期"), required=False)
    came = _came()
    came_document = DocumentField(label=_("任职文号"), required=False)
    end = DayField(label=_("离任日期"), required=False, help_text=_("还在任的，不填"))
    went = _went()
    went_document = DocumentField(label=_("离任文号"), required=False)

    def __init__(self, *given: Any, seat: Any, **named: Any) -> None:
        held = {name: getattr(seat, name) for name in self.base_fields if name != "post"}
        named["initial"] = {"post": seat.post.code, **held}
        super().__init__(*given, **named)
        self.fields["post"].choices = [(p.code, p.name) for p in queries.offered_posts(seat.post.code)]


class LeaveForm(PlainForm):
    """The day from which somebody no longer holds a post, and why."""

    on = DayField(label=_("离任日期"))
    went = _went()
    went_document = DocumentField(label=_("离任文号"), required=False)


class TermForm(PlainForm):
    """A unit's term; where it ends is worked out from the usual length when only its first day is told."""

    number = forms.IntegerField(label=_("第几届"), required=False, min_value=1, max_value=99)
    start = DayField(label=_("任期起始日期"), required=False)
    end = DayField(label=_("换届日期"), required=False)

    def __init__(self, *given: Any, years: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.years = years
        self.fields["end"].help_text = gettext("本届任期届满的日期；不填的，从任期起始日期起按一届 %(years)d 年算") % {
            "years": years
        }

    def clean(self) -> dict[str, Any]:
        """Propose the end of a term whose first day is told."""
        told = super().clean() or {}
        if "end" not in self.errors and told.get("end") is None:
            told["end"] = rules.end_proposed(told.get("start"), self.years)
        return told


class ExtensionForm(PlainForm):
    """Until when a term may last longer, and by which approval."""

    until = DayField(label=_("延长到"))
    document = DocumentField(label=_("批复文号"))
    shares_document = forms.BooleanField(label=_("同一份批复还批准了别的组织延期"), required=False)
    approved_on = DayField(label=_("批复日期"))
    reason = forms.CharField(
        label=_("延期原因"), max_length=300, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 300})
    )


class MeasuresForm(PlainForm):
    """How long a term lasts, how many in a row are many, until which age somebody counts as young."""

    term_years = forms.IntegerField(
        label=_("一届几年"), min_value=1, max_value=10, help_text=_("登记新一届时，按它推算换届日期")
    )
    most_terms = forms.IntegerField(
        label=_("主持工作的职务连任几届以内不提示"),
        min_value=1,
        max_value=9,
        help_text=_("超过的，在“班子与换届”里列出"),
    )
    youth_age = forms.IntegerField(
        label=_("青年的年龄上限（周岁）"),
        min_value=18,
        max_value=60,
        help_text=_("班子构成统计里，不超过这个年龄的算青年"),
    )


class StaffingForm(PlainForm):
    """The day for which the staffing is read, today when nothing usable is given; and whether only gaps are wanted."""

    on = DayField(label=_("截至日期"), required=False)
    show = forms.ChoiceField(label=_("职数"), required=False, choices=[("", _("全部")), ("vacant", _("有空缺"))])

    def day(self) -> date:
        """Return the day asked for, never in the future."""
        return min(self._told("on") or clock.today(), clock.today())

    def only_vacant(self) -> bool:
        """Say whether only groups with a vacancy are asked for."""
        return bool(self._told("show") == "vacant")

    def _told(self, name: str) -> Any:
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get(name)


class ContactForm(PlainForm):
    """Which leader is responsible for a group from a day on."""

    person = forms.ChoiceField(label=_("联系领导"), help_text=_("从担任侨联机关职务的人里选"))
    start = DayField(label=_("从哪天起联系"))

    def __init__(self, *given: Any, holders: Sequence[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        posts: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for seat in holders:
            names[str(seat.person_id)] = seat.person.name
            posts.setdefault(str(seat.person_id), []).append(f"{seat.unit.short_name}{seat.post.name}")
        told = [(pk, f"{name} {gettext('、').join(posts[pk])}") for pk, name in names.items()]
        self.fields["person"].choices = [("", _("请选择")), *told]


class ContactOverForm(PlainForm):
    """The day from which a leader is no longer responsible for a group."""

    on = DayField(label=_("从哪天起不再联系"))


class OutlookForm(PlainForm):
    """Which units are listed, by what is to be seen of their leadership."""

    show = forms.ChoiceField(
        label=_("查看"),
        required=False,
        choices=[
            ("", _("全部")),
            ("term", _("临近换届或超期")),
            ("no_term", _("没有登记换届日期")),
            ("vacant", _("职务空缺")),
            ("long", _("连任届数多")),
            ("concurrent", _("一人多职")),
        ],
    )
    q = forms.CharField(label=_("名称"), required=False, max_length=60)

    def leaves(self, row: queries.Outlook) -> bool:
        """Say whether a unit is listed; what is no valid choice narrows nothing."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        seen = {
            "term": bool(row.near),
            "no_term": row.term is None or row.term.end is None,
            "vacant": bool(row.vacancies),
            "long": bool(row.long),
            "concurrent": bool(row.concurrent),
        }
        word = wanted.get("q", "")
        return seen.get(wanted.get("show", ""), True) and (word in row.unit.full_name or word in row.unit.short_name)


class AppointedForm(PlainForm):
    """The year whose new holders are listed, and the last day that counts."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1950, max_value=2200)
    on = DayField(label=_("截至日期"), required=False)

    def during(self) -> Period:
        """Return the days asked for, from the first day of the year to the last day that counts."""
        last = self.last_day()
        return Period(date(last.year, 1, 1), last + timedelta(days=1))

    def last_day(self) -> date:
        """Return the day asked for if it lies in the year asked for (this one unless given), else the year's last."""
        self.is_valid()
        told = getattr(self, "cleaned_data", {})
        year = told.get("year") or clock.today().year
        asked: date | None = told.get("on")
        return asked if asked is not None and asked.year == year else date(year, 12, 31)


class PostRowForm(OrderedRowForm):
    """A post."""

    leads = forms.BooleanField(
        label=_("主持工作"), required=False, help_text=_("由这个职务主持本组织的工作，例如主席、组长")
    )


class RequiredRowForm(PlainForm):
    """How many holders of a post units of a kind, of a form, or of both should have."""

    kind = forms.TypedChoiceField(
        label=_("组织类型"), required=False, empty_value=None, help_text=_("只对这一类组织的要求；不分类型的不选")
    )
    form = forms.TypedChoiceField(
        label=_("组织形式"), required=False, empty_value=None, help_text=_("类型和形式至少选一项")
    )
    post = forms.TypedChoiceField(label=_("职务"))
    number = forms.IntegerField(
        label=_("人数"), min_value=0, max_value=99, initial=1, help_text=_("这类组织不需要这个职务的，填 0")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        held = {name: row for name, row in dict(named.get("initial") or {}).items() if row is not None}
        chosen = {name: str(held[name].pk) for name in ("kind", "form", "post") if name in held}
        super().__init__(*given, **{**named, "initial": {**held, **chosen}})
        codes = {name: held[name].code if name in held else "" for name in ("kind", "form", "post")}
        self._offer("kind", orgs.kinds(codes["kind"]), _("不分类型"))
        self._offer("form", orgs.offered_forms(codes["form"]), _("不分形式"))
        self._offer("post", queries.offered_posts(codes["post"]))

    def _offer(self, name: str, rows: Sequence[Any], whatever: Any = "") -> None:
        known = {str(row.pk): row for row in rows}
        none = [("", whatever)] if whatever else []
        self.fields[name].choices = [*none, *((pk, row.name) for pk, row in known.items())]
        self.fields[name].coerce = known.__getitem__

    def clean(self) -> dict[str, Any]:
        """Ask for a kind or a form: a requirement is always one of some units."""
        told = super().clean() or {}
        if not {"kind", "form"} & set(self.errors) and told.get("kind") is None and told.get("form") is None:
            self.add_error("kind", _("请至少选择组织类型或组织形式中的一项。"))
        return told
