"""What leadership tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.leadership import exporting, figures

AUDIT = {
    "leadership.seat.filled": _("登记任职"),
    "leadership.seats.noted": _("按台账登记任职 {number} 人"),
    "leadership.seat.left": _("登记离任"),
    "leadership.seat.corrected": _("更正任职"),
    "leadership.seat.taken_back": _("撤回任职登记"),
    "leadership.term.noted": _("登记届期"),
    "leadership.term.corrected": _("更正届期登记"),
    "leadership.term.taken_back": _("撤回届期"),
    "leadership.term.extended": _("登记延期换届，延长到 {until}，批复文号 {document}"),
    "leadership.term.extension_taken_back": _("撤回延期换届登记"),
    "leadership.contact.assigned": _("登记联系领导，从 {start} 起"),
    "leadership.contact.ended": _("登记联系领导到 {on} 为止"),
    "leadership.contact.taken_back": _("撤回联系领导登记"),
    "leadership.measures.set": _("修改班子口径"),
}
EXPORTS = exporting.EXPORTS
FIGURES = figures.FIGURES
