"""What leadership tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.leadership import figures

AUDIT = {
    "leadership.seat.filled": _("登记任职"),
    "leadership.seats.noted": _("按台账登记任职 {number} 人"),
    "leadership.seat.left": _("登记离任"),
    "leadership.term.noted": _("登记届期"),
}
FIGURES = figures.FIGURES
