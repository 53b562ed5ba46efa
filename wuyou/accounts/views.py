"""Pages of users and grants: who may see what, why, until when."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.accounts import queries, services
from wuyou.accounts.forms import GrantForm, UserForm
from wuyou.accounts.permissions import P
from wuyou.kernel import clock
from wuyou.platform.forming import carried_out
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.tables import Cell, Column, Empty, Table


@needs(P.MANAGE)
def users(request: HttpRequest) -> HttpResponse:
    """List who may sign in, with the roles in force; when somebody last signed in is nobody's business here."""
    held: dict[int, list[str]] = {}
    for grant in queries.grants(request.actor):
        if grant.is_in_force(clock.today()):
            held.setdefault(grant.user_id, []).append(
                _("%(role)s（%(unit)s）") % {"role": grant.get_role_display(), "unit": grant.unit.short_name}
            )
    columns = (Column(_("姓名"), phone="name"), Column(_("登录名"), phone="line"), Column(_("角色"), phone="line"))
    rows = [
        [Cell(str(u), reverse("accounts:user", args=[u.pk])), u.username, _("、").join(held.get(u.pk, []))]
        for u in queries.users(request.actor)
    ]
    table = Table(_("用户列表"), columns, rows, Empty(_("还没有用户")))
    return render(request, "accounts/users.html", {"table": table})


@needs(P.MANAGE)
@once
def add(request: HttpRequest) -> HttpResponse:
    """Add a user."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = carried_out(form, partial(services.add_user, actor=request.actor, **form.cleaned_data))
        if user is not None:
            messages.success(request, _("已新增用户。请接着授予角色，没有角色的用户看不到任何内容。"))
            return redirect("accounts:grant", user.pk)
    return render(request, "accounts/add.html", {"form": form, "once": new_key()})


@needs(P.MANAGE)
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one user with all grants, past ones too."""
    found = queries.user(request.actor, user_id)
    grants = [(grant, *_state(grant)) for grant in queries.grants_of(request.actor, user_id)]
    return render(request, "accounts/user.html", {"person": found, "grants": grants})


def _state(grant: Any) -> tuple[str, bool]:
    """Return the state of a grant today in a word, and whether it can be ended."""
    if grant.is_over(clock.today()):
        return _("已停用"), False
    return _("正常") if grant.is_in_force(clock.today()) else _("还没有开始"), True


@needs(P.MANAGE)
@once
def grant(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a user a role."""
    found = queries.user(request.actor, user_id)
    form = GrantForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        act = partial(services.give_grant, actor=request.actor, user_id=user_id, unit_id=int(told.pop("unit")), **told)
        if carried_out(form, act) is not None:
            messages.success(request, _("已授权，下一次打开页面时生效。"))
            return redirect("accounts:user", user_id)
    return render(request, "accounts/grant.html", {"form": form, "person": found, "once": new_key()})


@needs(P.MANAGE)
@require_POST
@once
def end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a grant from today on."""
    ended = services.end_grant(actor=request.actor, grant_id=grant_id)
    messages.success(request, _("已停用这项授权，立即生效。"))
    return redirect("accounts:user", ended.user_id)
