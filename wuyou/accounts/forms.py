"""What an administrator types about users and grants."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wuyou.accounts import queries
from wuyou.accounts.models import Grant
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.platform.widgets import Candidate, DayField, PickerField, PlainForm


class UserForm(PlainForm):
    """Somebody who may sign in."""

    username = forms.CharField(label=_("登录名"), max_length=60, help_text=_("可以用手机号或姓名拼音"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    password = forms.CharField(
        label=_("初始密码"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("至少 12 位；请本人首次登录后修改"),
    )


class GrantForm(PlainForm):
    """A role on a unit from a day until a day; only roles that are made for some unit of the actor's are offered."""

    role = forms.ChoiceField(label=_("角色"), choices=Grant.ROLES, widget=forms.RadioSelect)
    unit = PickerField(label=_("组织"), help_text=_("权限包括这个组织和它下面的全部组织"))
    start = DayField(label=_("起"))
    end = DayField(label=_("止"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=120, required=False)

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["start"].initial = clock.today()
        offered = queries.roles_to_give(actor)
        self.fields["role"].choices = [(role, label) for role, label in Grant.ROLES if role in offered]

        def find(typed: str) -> list[Candidate]:
            page = orgs.unit_page(actor, orgs.UnitFilter(text=typed), size=8)
            once = orgs.once_called(actor, typed, until=clock.today())
            former = {pk: gettext("原名 %(name)s") % {"name": name} for pk, name in once.items()}
            return [Candidate(str(u.pk), u.short_name, former.get(u.pk, u.kind.name)) for u in page.object_list]

        def name_of(code: str) -> str | None:
            number = whole(code)
            return orgs.name_of(actor, number) or None if number else None

        self.fields["unit"].offer(find, name_of)
