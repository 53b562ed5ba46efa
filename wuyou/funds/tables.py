"""The table of sources of money that an office edits."""

from django.utils.translation import gettext_lazy as _

from wuyou.funds import queries
from wuyou.funds.models import Source
from wuyou.funds.seeds import SOURCES as BUILT_IN
from wuyou.orgs.forms import OrderedRowForm
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.tables import SAME_NAME
from wuyou.platform.tables import Column

SOURCES = OfficeTable(
    namespace="funds",
    key="sources",
    word="source_id",
    title=_("资金来源"),
    about=_("登记经费时从这张表里选。有几种来源、各有多少，都按这张表统计。"),
    model=Source,
    form=OrderedRowForm,
    fields=("name", "name_en", "order"),
    columns=(Column(_("排列"), "number", phone="hide"),),
    cells=lambda source: [source.order],
    unique=((("name",), SAME_NAME),),
    counted=("entry", _("经费记录")),
    built_in=frozenset(code for code, *_told in BUILT_IN),
    used_elsewhere=lambda source: queries.is_declared(source.code),
)
