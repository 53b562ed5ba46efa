"""The page on which a table leaves the house: one address for each announced export, declared with what it needs."""

from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from wuyou.platform.downloads import attachment
from wuyou.platform.exports.forms import ExportForm
from wuyou.platform.exports.making import Form, make_export
from wuyou.platform.exports.tables import Export
from wuyou.platform.forming import carried_out
from wuyou.platform.permissions import View, needs


def view_of(export: Export) -> View:
    """Return the view of an export: asks for form and purpose, then hands over the table of the list's current filter."""

    @needs(export.needs)
    def run(request: HttpRequest) -> HttpResponseBase:
        form = ExportForm(request.POST or None, personal=export.personal)
        if request.method == "POST" and form.is_valid():
            wanted = Form(form.cleaned_data["form"])
            made = carried_out(
                form,
                partial(make_export, request.actor, export, request.GET, form=wanted, purpose=form.said()),
            )
            if made is not None:
                return attachment(made.file, made.name, made.media_type)
        back = f"{reverse(export.page)}?{request.GET.urlencode()}" if export.page else ""
        columns = [str(column.label) for column in export.columns_for(request.actor)]
        context = {"export": export, "form": form, "columns": columns, "back": back, "narrowed": bool(request.GET)}
        return render(request, "platform/export.html", context)

    run.__name__ = run.__qualname__ = f"export_{export.name.replace('.', '_')}"
    return run
