"""What places tells the platform."""

from django.utils.translation import gettext_lazy as _

AUDIT = {
    "places.divisions.loaded": _("载入行政区划 {number} 条"),
    "places.villages.loaded": _("载入村级区划 {number} 条"),
}
