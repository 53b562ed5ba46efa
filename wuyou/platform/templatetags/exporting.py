"""The button under which a list leaves the house as a table."""

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wuyou.platform.plugs import announced

register = template.Library()


@register.simple_tag(takes_context=True)
def export_button(context: Context, name: str, **more: str) -> SafeString:
    """Return the link to the export of that name with the list's own filter; "" for who may not.

    `more` adds to the filter what stands in the path of the list's address and not behind it.
    """
    request, export = context["request"], announced.exports[name]
    if not request.actor.can(export.needs):
        return SafeString("")
    asked = request.GET.copy()
    asked.pop("page", None)
    for key, value in more.items():
        asked[key] = value
    address = reverse(f"exports:{name}") + (f"?{asked.urlencode()}" if asked else "")
    return format_html('<a class="btn" href="{}">{}</a>', address, _("导出表格"))
