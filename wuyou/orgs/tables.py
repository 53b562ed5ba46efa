"""The two tables of units that an office edits: kinds, and the forms that a unit takes by its size."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wuyou.kernel.refusals import Reason
from wuyou.orgs.forms import OrderedRowForm, SizeRowForm
from wuyou.orgs.models import UnitForm, UnitKind
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.seeds import FORMS as BUILT_IN_FORMS
from wuyou.orgs.seeds import KINDS as BUILT_IN_KINDS
from wuyou.platform.tables import Column

SAME_NAME = gettext_noop("已有同名的一项，没有保存；请换一个名称，或恢复使用原来的那一项。")


def _kind_against_retiring(kind: UnitKind) -> Iterable[Reason]:
    if kind.is_federation:
        yield Reason("市侨联和县侨联是系统离不开的类型，没有停用。")


KINDS = OfficeTable(
    namespace="orgs",
    key="kinds",
    word="kind_id",
    title=_("组织类型"),
    about=_("基层组织按所在的地方分类：社区、企业、学校、农场等。各级统计都按这张表分类。"),
    model=UnitKind,
    form=OrderedRowForm,
    fields=("name", "name_en", "order"),
    columns=(Column(_("排列"), "number", phone="hide"),),
    cells=lambda kind: [kind.order],
    unique=((("name",), SAME_NAME),),
    counted=("unit", _("组织数")),
    built_in=frozenset(code for code, *_told in BUILT_IN_KINDS),
    against_retiring=_kind_against_retiring,
)
SIZES = OfficeTable(
    namespace="orgs",
    key="forms",
    word="form_id",
    title=_("组织形式和人数标准"),
    about=_("多少人用什么组织形式，由这张表决定。系统按它给出建议，但不强制；改了以后，建议马上按新的标准给出。"),
    model=UnitForm,
    form=SizeRowForm,
    fields=("name", "name_en", "min_people", "source"),
    columns=(Column(_("最少人数"), "number"), Column(_("依据"), phone="hide")),
    cells=lambda form: [form.min_people, form.source],
    unique=(
        (("name",), SAME_NAME),
        (("min_people",), gettext_noop("已有一种形式从这个人数起，没有保存；请改一个人数，或先停用另一种形式。")),
    ),
    counted=("unit", _("组织数")),
    built_in=frozenset(code for code, *_told in BUILT_IN_FORMS),
)
