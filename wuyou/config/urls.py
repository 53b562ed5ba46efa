"""All addresses of the site. allauth's views are taken one by one, so that nothing is open that nobody declared."""

from allauth.account import views as account
from django.urls import include, path

from wuyou.platform.permissions import public, signed_in

handler400 = "wuyou.platform.middleware.not_readable"
handler404 = "wuyou.platform.middleware.unknown_address"
handler429 = "wuyou.platform.middleware.too_often"
handler500 = "wuyou.platform.middleware.broken_outside_views"

urlpatterns = [
    path("sign-in/", public("sign-in itself")(account.login), name="account_login"),
    path("sign-out/", public("ends whatever session there is")(account.logout), name="account_logout"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("sign-in/again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("", include("wuyou.shell.urls")),
    path("units/changes/", include("wuyou.succession.urls")),
    path("units/", include("wuyou.orgs.urls")),
    path("leadership/", include("wuyou.leadership.urls")),
    path("people/", include("wuyou.people.urls")),
    path("activities/", include("wuyou.activities.urls")),
    path("funds/", include("wuyou.funds.urls")),
    path("users/", include("wuyou.accounts.urls")),
    path("imports/", include("wuyou.intake.urls")),
    path("", include("wuyou.platform.urls")),
    path("coverage/", include("wuyou.coverage.urls")),
    path("assessment/", include("wuyou.assessment.urls")),
    path("summaries/", include("wuyou.summaries.urls")),
    path("integrity/", include("wuyou.integrity.urls")),
    path("exports/", include("wuyou.platform.exports.urls")),
]
