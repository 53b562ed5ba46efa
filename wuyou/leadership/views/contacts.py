"""Pages on which a leader of an office becomes responsible for a group, and no longer is."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.leadership import queries, services
from wuyou.leadership.forms import ContactForm, ContactOverForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs


@needs(P.EDIT)
@once
def assign(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Note which leader is responsible for a group from a day on."""
    unit = orgs.unit(request.actor, unit_id, needs=P.EDIT)
    holders = queries.office_holders(request.actor, on=clock.today())
    form = ContactForm(request.POST or None, holders=holders, initial={"start": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = {"person_id": int(form.cleaned_data["person"]), "start": form.cleaned_data["start"]}
        act = partial(services.assign_contact, actor=request.actor, unit_id=unit_id, **told)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记联系领导。"))
            return redirect("shell:unit", unit_id)
    return render(
        request, "leadership/contact.html", {"form": form, "unit": unit, "holders": holders, "once": new_key()}
    )


@needs(P.EDIT)
@once
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Note that a leader is no longer responsible for a group, or take back what was noted by mistake."""
    found = queries.contact(request.actor, contact_id, needs=P.EDIT)
    form = ContactOverForm(correction_posted(request), initial={"on": found.end or clock.today()})
    mine = {"actor": request.actor, "contact_id": contact_id}
    way_on = set_right(
        request,
        form,
        correct=lambda: services.end_contact(**mine, on=form.cleaned_data["on"]),
        take_back=lambda: services.take_back_contact(**mine, seen=version_seen(request.POST)),
        told=(_("已登记不再联系，以前的联系关系保留。"), _("已撤回这条联系领导登记。")),
        then=(reverse("shell:unit", args=[found.unit_id]),) * 2,
    )
    context = {"form": form, "row": found, "unit": found.unit, "once": new_key()}
    return way_on or render(request, "leadership/contact_over.html", context)
