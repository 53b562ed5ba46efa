"""Putting a unit under another federation: what it does is said first, in words, and carried out when it is confirmed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuyou.accounts import queries as accounts
from wuyou.kernel import clock
from wuyou.kernel.quotes import inner
from wuyou.orgs import queries as orgs
from wuyou.orgs import services
from wuyou.orgs.forms import MoveForm
from wuyou.orgs.permissions import P
from wuyou.people import queries as people
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import day_in_prose


@needs(P.EDIT)
@once
def move(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Ask under which federation a unit comes and from when, say what that does, and do it when that is confirmed."""
    unit = orgs.unit(request.actor, unit_id, needs=P.EDIT)
    form = MoveForm(request.POST or None, initial={"start": clock.today()}, actor=request.actor)
    context = {"unit": unit, "form": form, "once": new_key(), "movable": orgs.may_be_moved(request.actor, unit)}
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        told = {**form.cleaned_data, "parent_id": int(form.cleaned_data["parent"])}
        del told["parent"]
        if "confirmed" in request.POST:
            act = partial(
                services.place_unit, actor=request.actor, unit_id=unit_id, seen=version_seen(request.POST), **told
            )
            if carried_out(form, act) is not None:
                messages.success(request, _("已调整指导关系，原来的关系保留在沿革里。"))
                return redirect("shell:unit", unit_id)
        else:
            there = {name: told[name] for name in ("parent_id", "start")}
            found = carried_out(form, partial(orgs.move, request.actor, unit_id=unit_id, **there))
            if found is not None:
                context |= {"effects": _effects(request, found, told), "told": told}
    return render(request, "shell/move.html", context)


def _effects(request: HttpRequest, move: Any, told: dict[str, Any]) -> list[str]:
    """Return what the move does, sentence by sentence."""
    words = {"unit": inner(move.unit.short_name), "parent": move.parent.short_name, "day": day_in_prose(told["start"])}
    if move.present is not None:
        words["from"] = move.present.parent.short_name
        first = _("从%(day)s起，“%(unit)s”由%(from)s改由%(parent)s指导。") % words
    else:
        first = _("从%(day)s起，“%(unit)s”由%(parent)s指导。") % words
    members = people.person_count(request.actor, people.PersonFilter(under=move.unit.path))
    lost, gained = accounts.sight_changes(move.unit.path, move.path, P.VIEW)
    basis = [_("依据：%(source)s。") % {"source": told["document"]}] if told["document"] else []
    found = [first, *basis, *_along(move.below, members), *_sight(lost, gained)]
    found.append(_("班子、成员、活动、经费和阵地的记录都随组织保留，今后统计计入%(parent)s。") % words)
    if move.unit.county is not None:
        found.append(
            _("所在县区仍是%(county)s；如果也变了，请再到“修改资料”里修改。") % {"county": move.unit.county.name}
        )
    return found


def _along(below: int, members: int) -> list[str]:
    found = []
    if below:
        words = ngettext("它下面的 %(n)d 个组织一起转过去。", "它下面的 %(n)d 个组织一起转过去。", below)
        found.append(words % {"n": below})
    if members:
        words = ngettext("登记在这里的 %(n)d 名成员一起转过去。", "登记在这里的 %(n)d 名成员一起转过去。", members)
        found.append(words % {"n": members})
    return found


def _sight(lost: Sequence[Any], gained: Sequence[Any]) -> list[str]:
    found = []
    if lost:
        found.append(_("以后看不到它的：%(who)s。") % {"who": _who(lost)})
    if gained:
        found.append(_("以后可以看到它的：%(who)s。") % {"who": _who(gained)})
    return found or [_("能看到它的人不变。")]


def _who(grants: Sequence[Any]) -> str:
    """Return who they are, office by office."""
    offices: dict[str, list[str]] = {}
    for grant in grants:
        names = offices.setdefault(grant.unit.short_name, [])
        if str(grant.user) not in names:
            names.append(str(grant.user))
    told = ({"office": office, "names": _("、").join(names)} for office, names in offices.items())
    return _("；").join(_("%(office)s的%(names)s") % one for one in told)
