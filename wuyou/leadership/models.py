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


class Seat(Dated, Versioned):
    """Who holds which post of a unit from a day until a day."""

    class DataCare:
        personal = {"person": Care("说明谁担任什么职务", Basis.OFFICE)}
        plain = {"id", "version", "unit", "post", "term", "start", "end", "position", "source_batch"}
        keep = Months(60)
        on_unit_merged = Carry(
            _("班子职务"),
            shown=("post__name", "person__name"),
            key=("post", "person"),
            fate=Fate.SAME,
            fresh={"term": None},
        )
        on_person_merged = OnMerge.MOVE

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("职务"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name=_("姓名"))
    term = models.ForeignKey(Term, models.SET_NULL, null=True, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name="seat_ends_after_start"
            ),
            models.UniqueConstraint(fields=["unit", "post", "person"], condition=Q(end=None), name="seat_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post_id}"
