"""What coverage tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.coverage import exporting, figures
from wuyou.coverage.permissions import P
from wuyou.platform.plugs import Item

MENU = [Item("coverage:counties", _("覆盖情况"), P.VIEW, 30, "f")]
FIGURES = figures.FIGURES
EXPORTS = exporting.EXPORTS
