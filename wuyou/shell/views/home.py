"""The first page of each role, and the small things of the frame."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from wuyou.activities.permissions import P
from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.platform.frame import set_preference
from wuyou.platform.permissions import public, signed_in
from wuyou.shell import workbench
from wuyou.shell.context import is_leader_only


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page of the person's role."""
    if not request.actor.holdings:
        return render(request, "shell/no_role.html")
    if is_leader_only(request):
        return leader_home(request)
    if not request.actor.can(P.RECORD):
        return redirect("shell:settings")
    units = workbench.living(request.actor)
    todos, number = workbench.to_do(request.actor, units)
    year = clock.today().year
    events, plan = orgs.units_by_event(request.actor, year), orgs.year_plan(request.actor, year)
    context = {
        "todos": todos,
        "todo_number": number,
        "first": todos[0] if todos else None,
        "gaps": workbench.gaps(request.actor),
        "numbers": workbench.numbers(request.actor, units.groups, events, plan),
        "headline": workbench.headline(events, plan),
    }
    return render(request, "shell/office_home.html", context)


def leader_home(request: HttpRequest) -> HttpResponse:
    """Show a leader what is to do, the one button, and how his group stands by 五有."""
    mine = workbench.own_groups(request.actor)
    todos = [*workbench.leader_terms(request.actor, mine), *workbench.leader_to_do(mine)]
    return render(request, "shell/leader_home.html", {"groups": mine, "todos": todos})


@public("tells the operator's monitor, and `wuyou up`, that pages are answered")
def health(request: HttpRequest) -> JsonResponse:
    """Answer that the site is up, with the database asked once."""
    return JsonResponse({"ok": True, "kinds": len(orgs.kinds())})


preference = public("the large-text edition must be there before signing in")(set_preference)


@public("anybody may say what is wrong with the site")
def feedback(request: HttpRequest) -> HttpResponse:
    """Show how to reach the office with suggestions."""
    return render(request, "shell/feedback.html", {"phone": settings.WUYOU_OFFICE_PHONE})
