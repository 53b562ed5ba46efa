"""What every page's frame shows: who is signed in, for which unit, the menu of his rights, his own settings."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role
from wuyou.platform.frame import Entry, Frame, wants_large, wants_shortcuts
from wuyou.platform.plugs import Item, announced

TABS = (
    Item("shell:home", _("首页"), "", 1),
    Item("people:list", _("成员"), "people.person.view", 2),
    Item("activities:list", _("活动"), "activities.activity.view", 3),
    Item("funds:list", _("经费"), "funds.entry.view", 4),
)
"""The group leader's four tabs: a leader never sees the office's menu."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the `frame`, and as `base` the layout of the person's role; worked out only when a page is shown."""
    return {"frame": SimpleLazyObject(lambda: _frame(request)), "base": base_of(request), "demo": settings.WUYOU_DEMO}


def base_of(request: HttpRequest) -> str:
    """Return the template that the person's pages extend: public, the leader's, or the office's."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return "platform/public.html"
    return "platform/leader.html" if is_leader_only(request) else "platform/office.html"


def is_leader_only(request: HttpRequest) -> bool:
    """Say whether the person holds no other role than group leader."""
    holdings = request.actor.holdings  # type: ignore[attr-defined] # set by ActorMiddleware
    return bool(holdings) and all(h.role == Role.GROUP_LEADER for h in holdings)


def _frame(request: HttpRequest) -> Frame:
    shared: dict[str, Any] = {
        "large": wants_large(request),
        "shortcuts": wants_shortcuts(request),
        "preference_url": reverse("shell:preference"),
        "phone": settings.WUYOU_OFFICE_PHONE,
        "feedback_url": reverse("shell:feedback"),
        "home_url": reverse("shell:home"),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(sign_in_url=reverse("account_login"), **shared)
    leader = is_leader_only(request)
    return Frame(
        person_name=str(user),
        account_url=reverse("account_change_password"),
        sign_out_url=reverse("account_logout"),
        unit_name=_unit_name(request),
        entries=() if leader else _entries(request, announced.menu),
        tabs=_entries(request, TABS) if leader else (),
        **shared,
    )


def _unit_name(request: HttpRequest) -> str:
    home = request.actor.home  # type: ignore[attr-defined] # set by ActorMiddleware
    return home.unit_name if home else ""


def _entries(request: HttpRequest, items: Any) -> tuple[Entry, ...]:
    actor = request.actor  # type: ignore[attr-defined] # set by ActorMiddleware
    allowed = [(reverse(item.url), item) for item in items if not item.needs or actor.can(item.needs)]
    inside = (url for url, _item in allowed if request.path.startswith(url) and (url != "/" or request.path == "/"))
    here = max(inside, key=len, default="")
    return tuple(Entry(item.label, url, url == here, item.key) for url, item in allowed)
