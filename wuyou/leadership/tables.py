"""The two tables of posts that an office edits: posts, and how many of each units of a form or kind should have."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wuyou.kernel.refusals import Reason
from wuyou.leadership.forms import PostRowForm, RequiredRowForm
from wuyou.leadership.models import Post, RequiredPost
from wuyou.leadership.seeds import POSTS as BUILT_IN
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.tables import SAME_NAME
from wuyou.platform.tables import Cell, Column


def _required_somewhere(post: Post) -> Iterable[Reason]:
    if RequiredPost.objects.filter(post=post).exists():
        yield Reason("这个职务还列在应配职务里，没有停用；请先修改应配职务。")


POSTS = OfficeTable(
    namespace="leadership",
    key="posts",
    word="post_id",
    title=_("职务"),
    about=_("登记任职时从这张表里选。“主持工作”的职务有人担任，才算有负责人。"),
    model=Post,
    form=PostRowForm,
    fields=("name", "name_en", "leads", "order"),
    columns=(Column(_("主持工作"), phone="line"), Column(_("排列"), "number", phone="hide")),
    cells=lambda post: [Cell(_("主持工作")) if post.leads else "", post.order],
    unique=((("name",), SAME_NAME),),
    counted=("seat", _("任职记录")),
    built_in=frozenset(code for code, *_told in BUILT_IN),
    against_retiring=_required_somewhere,
)
REQUIRED = OfficeTable(
    namespace="leadership",
    key="required",
    word="required_id",
    title=_("应配职务"),
    about=_(
        "哪类组织应当配哪些职务、各几人。可以按组织类型、按组织形式，也可以两样都写；同一职务有几条都适用的，以写得最具体的为准："
        "两样都写的在先，只写类型的其次，只写形式的最后。五有里的“有队伍”和班子配备情况按这张表计算，改了马上生效。"
    ),
    model=RequiredPost,
    form=RequiredRowForm,
    fields=("kind", "form", "post", "number"),
    columns=(Column(_("人数"), "number"),),
    cells=lambda required: [required.number],
    unique=((("form", "kind", "post"), gettext_noop("这类组织已经列了这个职务，没有保存；请直接修改那一项的人数。")),),
    related=("form", "kind", "post"),
)
