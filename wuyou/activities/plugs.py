"""What activities tells the platform."""

from django.utils.translation import gettext_lazy as _

AUDIT = {
    "activities.activity.recorded": _("记录了 {on} 的一次活动"),
    "activities.activity.revised": _("修改了活动记录"),
}
