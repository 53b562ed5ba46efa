"""What accounts tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.accounts import queries

ACTOR_OF = queries.actor_of
AUDIT = {
    "accounts.user.added": _("新增用户 {username}"),
    "accounts.user.chose_text": _("切换大字版"),
    "accounts.grant.given": _("授予角色 {role}"),
    "accounts.grant.ended": _("停用角色 {role}"),
}
