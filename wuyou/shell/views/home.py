"""The first page of each role, and the small things of the frame."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from wuyou.orgs import queries as orgs
from wuyou.platform.frame import set_preference
from wuyou.platform.permissions import public, signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page of the person's role."""
    return render(request, "shell/home.html")


@public("tells the operator's monitor, and `wuyou up`, that pages are answered")
def health(request: HttpRequest) -> JsonResponse:
    """Answer that the site is up, with the database asked once."""
    return JsonResponse({"ok": True, "kinds": len(orgs.kinds())})


preference = public("the large-text edition must be there before signing in")(set_preference)


@public("anybody may say what is wrong with the site")
def feedback(request: HttpRequest) -> HttpResponse:
    """Show how to reach the office with suggestions."""
    return render(request, "shell/feedback.html", {"phone": settings.WUYOU_OFFICE_PHONE})
