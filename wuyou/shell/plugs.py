"""What the shell tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.orgs.permissions import P
from wuyou.platform.plugs import Item

MENU = [
    Item("shell:home", _("工作台"), "", 10, "h"),
    Item("shell:units", _("组织"), P.VIEW, 20, "o"),
    Item("shell:settings", _("设置"), "", 90, "s"),
]
