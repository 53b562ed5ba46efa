"""How sign-in differs from allauth's own: nobody registers by himself, an administrator adds users."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wuyou.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Sign-in by user name for those whom an administrator has added.

    What is said to who fails tells neither whether there is such a user nor whether he is closed.
    Source: OWASP ASVS 5.0 6.3.1, 6.3.8.
    """

    _WRONG = _("登录名或密码不对，没有登录；请核对后再试。连续输错 5 次，要过 15 分钟才能再试。")
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "too_many_login_attempts": _("输错的次数太多，暂时不能登录；请过 15 分钟再试，或请管理员帮助。"),
        "incorrect_password": _("密码不对；请核对后再输一次。"),
        "enter_current_password": _("现在的密码不对，没有修改；请核对后再输一次。"),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user of these credentials; a closed account is as good as none."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are given, not taken."""
        return False
