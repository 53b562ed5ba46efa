"""Persons of the community, how they belong, on what ground their data are held; and head counts without names."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import Dated, HostUnit, Unit
from wuyou.places.models import Division
from wuyou.platform.datacare import FOREVER, Basis, Care, Months, OnMerge
from wuyou.platform.handover import Carry, Derived, Move, Total
from wuyou.platform.locking import Versioned
from wuyou.platform.scoping import BytewiseField
from wuyou.platform.sealing import BlindIndexField, SealedField

CONTACT = "people.contact.read"
SENSITIVE = "people.sensitive.read"


class ConsentBasis(models.Model):
    """On what ground, for which purpose and since when a batch of persons, or one person, is registered."""

    class DataCare:
        personal = {"reference": Care("说明同意书或依据文件的出处", Basis.OFFICE)}
        plain = {"id", "ground", "purpose", "since", "keep_until"}
        keep = Months(60)

    class Ground(models.TextChoices):
        CONSENT = "consent", _("本人同意")
        SEPARATE = "separate_consent", _("本人单独同意")
        DUTY = "legal_duty", _("法定职责")
        OFFICE = "office", _("任职需要")

    ground = models.CharField(_("依据"), max_length=20, choices=Ground)
    purpose = models.CharField(_("用途"), max_length=200)
    reference = models.CharField(_("出处"), max_length=200, blank=True)
    since = models.DateField(_("起"))
    keep_until = models.DateField(_("保存至"), null=True)

    class Meta:
        verbose_name = _("登记依据")

    def __str__(self) -> str:
        return self.purpose


class Person(Versioned):
    """A person known to the organisation. Claimed, certified and census category are three different facts.

    `keeper` is the unit that registered the person and answers for the data; `division` is where the person lives.
    `birth`, `returned`, `went_abroad` and `surveyed` are ISO text as precise as known; `birth_calendar` tells whether the
    original was solar or lunar. `row_marks` are the marks of the imported rows that said something of this person, the
    newest last: the same row again says nothing new, whatever was changed since.
    """

    class DataCare:
        personal = {
            "name": Care("称呼和联系本人"),
            "former_name": Care("认出用过别名的同一个人"),
            "pinyin": Care("按拼音查找本人"),
            "initials": Care("按拼音首字母查找本人"),
            "sex": Care("班子构成统计"),
            "birth": Care("区分同名的人，安排适老服务，班子构成统计", Basis.CONSENT, SENSITIVE),
            "ethnicity": Care("班子构成统计"),
            "native_place": Care("侨情统计和寻根联谊"),
            "birthplace": Care("侨情统计和寻根联谊"),
            "nationality": Care("判断侨界身份"),
            "claimed_status": Care("本人申报的侨界身份"),
            "certified_status": Care("侨务部门认定的身份"),
            "category": Care("侨情统计，班子构成统计"),
            "address": Care("上门走访", Basis.CONSENT, CONTACT),
            "division": Care("确定由哪个组织联系服务"),
            "phone": Care("联系本人", Basis.CONSENT, CONTACT),
            "other_phone": Care("联系本人", Basis.CONSENT, CONTACT),
            "wechat": Care("联系本人", Basis.CONSENT, CONTACT),
            "email": Care("联系本人", Basis.CONSENT, CONTACT),
            "id_number": Care("发放慰问款和办理证明时核对身份", Basis.SEPARATE_CONSENT, SENSITIVE),
            "phone_index": Care("按电话查找本人，不能还原成电话", Basis.CONSENT, CONTACT),
            "other_phone_index": Care("按电话查找本人，不能还原成电话", Basis.CONSENT, CONTACT),
            "id_index": Care("避免重复登记，不能还原成号码", Basis.SEPARATE_CONSENT, SENSITIVE),
            "certificate": Care("核对归侨侨眷身份证明", Basis.CONSENT, SENSITIVE),
            "relation": Care("判断侨眷身份"),
            "relative_country": Care("统计海外联系的国家和地区"),
            "relative_name": Care("应本人请求联系海外亲属", Basis.SEPARATE_CONSENT, SENSITIVE),
            "relative_job": Care("统计海外亲属的行业"),
            "overseas_phone": Care("应本人请求联系海外亲属", Basis.SEPARATE_CONSENT, SENSITIVE),
            "from_country": Care("统计归侨的来源国家和地区"),
            "returned": Care("判断归侨身份"),
            "went_abroad": Care("判断侨界身份，班子构成统计"),
            "education": Care("安排学习培训"),
            "workplace": Care("确定由哪个单位的小组联系服务"),
            "occupation": Care("安排学习培训和志愿服务"),
            "skills": Care("志愿服务"),
            "needs": Care("提供帮助", Basis.CONSENT, CONTACT),
            "hardship": Care("提供困难帮扶", Basis.SEPARATE_CONSENT, SENSITIVE),
            "health": Care("提供困难帮扶", Basis.SEPARATE_CONSENT, SENSITIVE),
            "house_no": Care("按户走访"),
            "kin": Care("按户走访"),
            "surveyor": Care("核对调查资料时找到填表的人", Basis.OFFICE),
            "remark": Care("工作中必要的说明", Basis.CONSENT, CONTACT),
            "row_marks": Care("再次导入同一张表时认出已导入的行，不能还原成内容"),
        }
        plain = {
            "id", "uid", "version", "birth_calendar", "keeper", "basis", "agreed", "left_on", "source_batch",
            "registered_at", "surveyed",
        }  # fmt: skip
        keep = Months(60)
        on_unit_merged = Move(_("登记的人员"), person="pk")
        on_person_merged = OnMerge.MOVE

    class Sex(models.TextChoices):
        FEMALE = "female", _("女")
        MALE = "male", _("男")
        UNKNOWN = "", _("未登记")

    class Calendar(models.TextChoices):
        SOLAR = "solar", _("公历")
        LUNAR = "lunar", _("农历")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = BytewiseField(_("姓名"), max_length=60)
    pinyin = BytewiseField(max_length=120, blank=True)
    initials = BytewiseField(max_length=30, blank=True)
    former_name = models.CharField(_("曾用名"), max_length=60, blank=True)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex, blank=True)
    birth = models.CharField(_("出生年月"), max_length=10, blank=True)
    birth_calendar = models.CharField(_("历法"), max_length=5, choices=Calendar, default=Calendar.SOLAR)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    native_place = models.CharField(_("籍贯"), max_length=60, blank=True)
    birthplace = models.CharField(_("出生地"), max_length=60, blank=True)
    nationality = models.CharField(_("国籍"), max_length=40, blank=True)
    claimed_status = models.CharField(_("申报身份"), max_length=20, blank=True)
    certified_status = models.CharField(_("认定身份"), max_length=20, blank=True)
    category = models.CharField(_("侨情类别"), max_length=40, blank=True)
    # keeper and division have no index of their own: those of several columns below begin with them; the people of a
    # place are counted from person_by_place alone
    keeper = models.ForeignKey(
        Unit, models.PROTECT, related_name="kept_persons", db_index=False, verbose_name=_("登记单位")
    )
    division = models.ForeignKey(Division, models.PROTECT, null=True, db_index=False, verbose_name=_("所在地"))
    address = models.CharField(_("住址"), max_length=200, blank=True)
    phone = SealedField(_("电话"), blank=True)
    phone_index = BlindIndexField(of="phone")
    other_phone = SealedField(_("其他电话"), blank=True)
    other_phone_index = BlindIndexField(of="other_phone")
    wechat = models.CharField(_("微信号"), max_length=40, blank=True)
    email = models.CharField(_("电子邮箱"), max_length=80, blank=True)
    id_number = SealedField(_("身份证号"), blank=True)
    id_index = BlindIndexField(of="id_number")
    certificate = models.CharField(_("归侨侨眷身份证明编号"), max_length=60, blank=True)
    relation = models.CharField(_("与海外亲属关系"), max_length=40, blank=True)
    relative_country = models.CharField(_("亲属所在国家（地区）"), max_length=40, blank=True)
    relative_name = SealedField(_("海外亲属姓名"), blank=True)
    relative_job = models.CharField(_("海外亲属职业"), max_length=60, blank=True)
    overseas_phone = SealedField(_("境外电话"), blank=True)
    from_country = models.CharField(_("原侨居国"), max_length=40, blank=True)
    returned = models.CharField(_("回国时间"), max_length=10, blank=True)
    went_abroad = models.CharField(_("出国时间"), max_length=10, blank=True)
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    workplace = models.CharField(_("工作单位"), max_length=100, blank=True)
    occupation = models.CharField(_("职业"), max_length=60, blank=True)
    skills = models.CharField(_("特长"), max_length=100, blank=True)
    needs = models.CharField(_("需求"), max_length=300, blank=True)
    hardship = models.CharField(_("困难情况"), max_length=200, blank=True)
    health = models.CharField(_("健康状况"), max_length=100, blank=True)
    house_no = models.CharField(_("户编号"), max_length=30, blank=True)
    kin = models.CharField(_("与户主关系"), max_length=20, blank=True)
    surveyed = models.CharField(_("摸底日期"), max_length=10, blank=True)
    surveyor = models.CharField(_("摸底人"), max_length=60, blank=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)
    basis = models.ForeignKey(ConsentBasis, models.PROTECT, verbose_name=_("登记依据"))
    agreed = models.BooleanField(_("本人同意登记"), null=True)
    left_on = models.DateField(_("迁出或去世日期"), null=True)
    registered_at = models.DateTimeField()
    row_marks = models.CharField(max_length=120, blank=True, editable=False)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("成员")
        indexes = [
            models.Index(fields=["keeper", "pinyin", "id"], name="person_by_keeper"),
            models.Index(fields=["pinyin", "id"], name="person_by_pinyin"),
            models.Index(fields=["initials", "pinyin", "id"], name="person_by_initials"),
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["division", "left_on", "category"], name="person_by_place"),
            models.Index(fields=["workplace"], name="person_by_workplace"),
            models.Index(fields=["pinyin", "birth", "division"], name="person_by_sound"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(condition=Q(sex__in=["", "female", "male"]), name="person_sex_known"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class RowMark(models.Model):
    """Finds the persons who bear the mark of an imported row. What counts is `Person.row_marks`; here may stand older ones.

    `mark` is the mark's hexadecimal digits as a number.
    """

    class DataCare:
        personal = {"mark": Care("再次导入同一张表时认出已导入的行，不能还原成内容")}
        plain = {"id", "person"}
        keep = Months(60)
        on_person_merged = OnMerge.MOVE

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    mark = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("导入行标记")

    def __str__(self) -> str:
        return f"{self.mark:x}"


class Affiliation(Dated):
    """To which group a person belongs, and since when; a person may belong to several.

    `ended_by_departure` tells that it ended as the person moved away or died: it goes on when that is taken back. One that
    began only after the departure ends on the day it began: it held on no day.
    """

    class DataCare:
        personal = {"person": Care("说明本人参加哪个组织的活动")}
        plain = {"id", "unit", "start", "end", "ended_by_departure", "source_batch"}
        keep = Months(60)
        on_unit_merged = Carry(_("成员"), key=("person",), person="person")
        on_person_merged = OnMerge.MOVE

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="affiliations")
    ended_by_departure = models.BooleanField(default=False)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("所属组织")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None)
                | Q(end=None)
                | Q(end__gt=F("start"))
                | Q(end=F("start"), ended_by_departure=True),
                name="affiliation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_by_departure=False) | Q(end__isnull=False), name="affiliation_departure_has_day"
            ),
            models.UniqueConstraint(fields=["person", "unit"], condition=Q(end=None), name="affiliation_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.unit_id}"


class HeadCount(models.Model):
    """How many people of a category there are at a place or a host unit on a day; no names.

    `origin` tells whether somebody declared it or it was counted from the registered persons (a snapshot that a census
    import takes). Coverage uses the newest accepted one. A place's count covers what lies below it when declared, and
    only those registered at exactly that place when counted. `category` "" is the total.
    """

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {
            "id", "division", "host", "unit", "category", "people", "counted_on", "source", "origin", "is_accepted",
            "source_batch",
        }  # fmt: skip
        keep = FOREVER
        on_unit_merged = Total(
            _("人数统计"), amount="people", day="counted_on", per="category",
            only=Q(is_accepted=True, division=None, host=None), fresh={"source": "组织变更时由原组织人数合计"},
        )  # fmt: skip

    class Origin(models.TextChoices):
        DECLARED = "declared", _("填报")
        REGISTERED = "registered", _("登记")

    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="head_counts")
    host = models.ForeignKey(HostUnit, models.PROTECT, null=True, related_name="head_counts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="head_counts")
    category = models.CharField(_("类别"), max_length=20, blank=True)
    people = models.PositiveIntegerField(_("人数"))
    counted_on = models.DateField(_("统计日期"))
    source = models.CharField(_("来源"), max_length=120)
    origin = models.CharField(_("方式"), max_length=10, choices=Origin, default=Origin.DECLARED)
    is_accepted = models.BooleanField(_("已采用"), default=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("人数统计")
        indexes = [
            models.Index(fields=["counted_on"], name="count_by_day"),
            models.Index(fields=["division", "category", "counted_on"], name="count_by_division"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(division__isnull=False) | Q(host__isnull=False) | Q(unit__isnull=False),
                name="count_is_somewhere",
            ),
            models.CheckConstraint(condition=Q(origin__in=["declared", "registered"]), name="count_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.people} ({self.counted_on})"


class MemberCount(models.Model):
    """How many registered persons of a place belong to a group: kept in step by the services, so that maps are quick.

    A person with several groups counts for the newest.
    """

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "division", "unit", "people"}
        keep = FOREVER
        on_unit_merged = Derived("wuyou.people.counting.recount_units")

    division = models.ForeignKey(Division, models.PROTECT, related_name="member_counts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="member_counts")
    people = models.PositiveIntegerField(_("人数"))

    class Meta:
        verbose_name = _("组织成员数")
        constraints = [models.UniqueConstraint(fields=["division", "unit"], name="member_count_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} @ {self.division_id}: {self.people}"
