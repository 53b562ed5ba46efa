"""Posts, terms and who holds which seat on a date."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import Dated, OfficeRow, Unit, UnitForm, UnitKind
from wuyou.people.models import Person
from wuyou.platform.datacare import FOREVER, Basis, Care, Months, OnMerge
from wuyou.platform.handover import Carry, Fate, Keep
from wuyou.platform.locking import Versioned


class Post(OfficeRow):
    """A post that an office edits: 组长, 副组长, 联络员, 主席, 副主席, 秘书长, 委员 … `leads`: its holder heads the unit."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "version", "code", "name", "name_en", "leads", "order", "is_active"}
        keep = FOREVER

    code = models.CharField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    leads = models.BooleanField(_("主持工作"), default=False)
    order = models.PositiveSmallIntegerField(_("排列"), default=100)

    class Meta:
        verbose_name = _("职务")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class RequiredPost(Versioned):
    """How many holders of a post units of a form, of a kind, or of both should have; the most exact row for a post decides.

    None as `form` or `kind`: whatever the form, whatever the kind. Which row decides says `rules.required_of`.
    """

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "version", "form", "kind", "post", "number"}
        keep = FOREVER

    form = models.ForeignKey(
        UnitForm, models.CASCADE, null=True, related_name="required_posts", verbose_name=_("组织形式")
    )
    kind = models.ForeignKey(
        UnitKind, models.CASCADE, null=True, related_name="required_posts", verbose_name=_("组织类型")
    )
    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("职务"))
    number = models.PositiveSmallIntegerField(_("人数"), default=1)

    class Meta:
        verbose_name = _("应配职务")
        ordering = [
            F("kind__order").asc(nulls_first=True), F("form").asc(nulls_first=True), "post__order", "id",
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=~Q(form=None, kind=None), name="required_post_of_some_units"),
            models.UniqueConstraint(fields=["form", "kind", "post"], name="required_post_once"),
            models.UniqueConstraint(fields=["form", "post"], condition=Q(kind=None), name="required_post_once_a_form"),
            models.UniqueConstraint(fields=["kind", "post"], condition=Q(form=None), name="required_post_once_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.post.name}"

    @property
    def of(self) -> str:
        """Of which units it speaks: 侨联小组, 企业, 企业 · 侨联小组."""
        return " · ".join(row.name for row in (self.kind, self.form) if row is not None)


class Term(Versioned):
    """A 届 of a unit's leadership: its number (None = not known), first day, and the day on which it ends."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "version", "unit", "number", "start", "end", "source_batch"}
        keep = FOREVER
        on_unit_merged = Keep()

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(_("届次"), null=True)
    start = models.DateField(_("起"), null=True)
    end = models.DateField(_("换届日期"), null=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("届期")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name="term_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.start} - {self.end}"


class TermExtension(Versioned):
    """A 延期换届: a term lasts until a later day, as a document approves; from `approved_on` on that day is its end.

    `before` is the end that was moved: two extensions never begin at the same end, so that they follow each other.
    One document may extend the terms of several units (`shares_document`), of one unit only once.
    """

    class DataCare:
        personal = {"reason": Care("说明为什么延期，可能提到姓名", Basis.OFFICE)}
        plain = {"id", "version", "term", "before", "until", "document", "shares_document", "approved_on"}
        keep = Months(120)

    term = models.ForeignKey(Term, models.PROTECT, related_name="extensions")
    before = models.DateField(_("原换届日期"))
    until = models.DateField(_("延长到"))
    document = models.CharField(_("批复文号"), max_length=60)
    shares_document = models.BooleanField(_("同一份批复还批准了别的组织"), default=False)
    approved_on = models.DateField(_("批复日期"))
    reason = models.CharField(_("延期原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("延期换届")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("before")), name="extension_makes_longer"),
            models.CheckConstraint(condition=~Q(document=""), name="extension_has_document"),
            models.UniqueConstraint(fields=["term", "before"], name="extension_once_from_an_end"),
            models.UniqueConstraint(fields=["term", "document"], name="extension_document_once_a_term"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(shares_document=False), name="extension_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.until}"


class Measures(Versioned):
    """The 班子口径 that an office sets, one row: how long a term lasts, how many in a row are many, who counts as young."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "version", "term_years", "most_terms", "youth_age"}
        keep = FOREVER

    term_years = models.PositiveSmallIntegerField(_("一届年限"), default=5)
    most_terms = models.PositiveSmallIntegerField(_("连任届数"), default=2)
    youth_age = models.PositiveSmallIntegerField(_("青年年龄上限"), default=45)

    class Meta:
        verbose_name = _("班子口径")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="measures_one_row"),
            models.CheckConstraint(condition=Q(term_years__gte=1, term_years__lte=10), name="measures_term_years"),
            models.CheckConstraint(condition=Q(most_terms__gte=1, most_terms__lte=9), name="measures_most_terms"),
            models.CheckConstraint(condition=Q(youth_age__gte=18, youth_age__lte=60), name="measures_youth_age"),
        ]

    def __str__(self) -> str:
        return str(_("班子口径"))


class Seat(Dated, Versioned):
    """Who holds which post of a unit from a day until a day, how he came to it and why he left; "" = not known."""

    class DataCare:
        personal = {
            "person": Care("说明谁担任什么职务", Basis.OFFICE),
            "went": Care("说明为什么离任", Basis.OFFICE),
        }
        plain = {
            "id", "version", "unit", "post", "term", "start", "end", "position", "came", "came_document", "went_document",
            "source_batch",
        }  # fmt: skip
        keep = Months(60)
        on_unit_merged = Carry(
            _("班子职务"),
            shown=("post__name", "person__name"),
            key=("post", "person"),
            fate=Fate.SAME,
            fresh={"term": None, "came": "", "came_document": ""},
        )
        on_person_merged = OnMerge.MOVE

    class Came(models.TextChoices):
        ELECTED = "elected", _("换届选举")
        CO_OPTION = "co_option", _("增补")
        BY_ELECTION = "by_election", _("补选")
        APPOINTED = "appointed", _("任命")
        UNKNOWN = "", _("不清楚")

    class Went(models.TextChoices):
        TERM_OVER = "term_over", _("届满")
        RESIGNED = "resigned", _("辞职")
        MOVED = "moved", _("调离")
        REMOVED = "removed", _("免职")
        DIED = "died", _("去世")
        UNKNOWN = "", _("不清楚")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("职务"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name=_("姓名"))
    term = models.ForeignKey(Term, models.SET_NULL, null=True, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)
    came = models.CharField(_("任职方式"), max_length=11, choices=Came, blank=True)
    came_document = models.CharField(_("任职文号"), max_length=60, blank=True)
    went = models.CharField(_("离任原因"), max_length=9, choices=Went, blank=True)
    went_document = models.CharField(_("离任文号"), max_length=60, blank=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name="seat_ends_after_start"
            ),
            models.UniqueConstraint(fields=["unit", "post", "person"], condition=Q(end=None), name="seat_one_open"),
            models.CheckConstraint(
                condition=Q(came__in=["", "elected", "co_option", "by_election", "appointed"]), name="seat_came_known"
            ),
            models.CheckConstraint(
                condition=Q(went__in=["", "term_over", "resigned", "moved", "removed", "died"]), name="seat_went_known"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=False) | Q(went="", went_document=""), name="seat_left_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post_id}"


class ContactLeader(Dated, Versioned):
    """A 联系领导: who holds a post of a federation's office and is responsible for a group, from a day until a day."""

    class DataCare:
        personal = {"person": Care("说明哪位领导联系这个组织", Basis.OFFICE)}
        plain = {"id", "version", "unit", "start", "end"}
        keep = Months(60)
        on_unit_merged = Carry(_("联系领导"), shown=("person__name",), key=("person",))
        on_person_merged = OnMerge.MOVE

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacted", verbose_name=_("姓名"))

    class Meta:
        verbose_name = _("联系领导")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name="contact_ends_after_start"
            ),
            models.UniqueConstraint(fields=["unit", "person"], condition=Q(end=None), name="contact_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.unit_id}"
