"""Required posts by form, by kind and by both: which row decides, what is refused, and what a unit then lacks."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import BARE, GOOD, HUIZE
from wuyou.kernel.refusals import Refused
from wuyou.leadership import queries
from wuyou.leadership.models import Post, RequiredPost
from wuyou.leadership.rules import Requirement, required_of
from wuyou.leadership.tables import REQUIRED
from wuyou.orgs import services as orgs
from wuyou.orgs.models import UnitForm, UnitKind

GROUP, COMMITTEE, FARM, SCHOOL = 1, 3, 10, 31
BY_FORM = Requirement(GROUP, None, "leader", 1)
BY_KIND = Requirement(None, FARM, "leader", 2)
BY_BOTH = Requirement(GROUP, FARM, "leader", 3)
OTHER_POST = Requirement(None, FARM, "deputy_leader", 1)
NONE_ASKED = Requirement(None, SCHOOL, "leader", 0)
CASES = (
    ([], GROUP, FARM, None),
    ([BY_FORM], GROUP, FARM, {"leader": 1}),
    ([BY_FORM], COMMITTEE, FARM, None),
    ([BY_FORM], None, FARM, None),
    ([BY_KIND], None, FARM, {"leader": 2}),
    ([BY_KIND], GROUP, SCHOOL, None),
    ([BY_FORM, BY_KIND], GROUP, FARM, {"leader": 2}),
    ([BY_KIND, BY_FORM], GROUP, FARM, {"leader": 2}),
    ([BY_BOTH, BY_KIND, BY_FORM], GROUP, FARM, {"leader": 3}),
    ([BY_BOTH, BY_KIND, BY_FORM], COMMITTEE, FARM, {"leader": 2}),
    ([BY_BOTH, BY_FORM], GROUP, SCHOOL, {"leader": 1}),
    ([BY_FORM, OTHER_POST], GROUP, FARM, {"leader": 1, "deputy_leader": 1}),
    ([BY_FORM, NONE_ASKED], GROUP, SCHOOL, {"leader": 0}),
)


@pytest.mark.parametrize(("rows", "form_id", "kind_id", "wanted"), CASES)
def test_the_most_exact_row_decides_for_its_post(rows: Any, form_id: Any, kind_id: int, wanted: Any) -> None:
    assert required_of(rows, form_id=form_id, kind_id=kind_id) == wanted


def required(form: str, kind: str, post: str, number: int = 1) -> RequiredPost:
    facts = {
        "form": UnitForm.objects.get(code=form) if form else None,
        "kind": UnitKind.objects.get(code=kind) if kind else None,
        "post": Post.objects.get(code=post),
        "number": number,
    }
    return orgs.add_row(actor=anybody(), table=REQUIRED, facts=facts)


def test_what_a_kind_asks_for_adds_to_what_its_form_asks_for(small: Any) -> None:
    group, other = small.unit(GOOD), make_unit(parent=small.unit(HUIZE), kind="school", form="group")
    required("", "community", "liaison_officer")
    required("group", "community", "leader", 2)
    told = queries.staffing_by_unit(anybody(), on=small.today)
    assert [(told[unit.pk].required, told[unit.pk].vacant) for unit in (group, other)] == [(3, 1), (1, 1)]


def test_a_kind_s_requirement_holds_for_a_unit_without_a_form(small: Any) -> None:
    unit = make_unit(parent=small.unit(HUIZE), kind="school")
    assert queries.staffing_by_unit(anybody(), on=small.today)[unit.pk].required is None
    required("", "school", "leader")
    assert queries.staffing_by_unit(anybody(), on=small.today)[unit.pk].required == 1


def test_nought_frees_a_kind_of_a_post(small: Any) -> None:
    unit = small.unit(BARE)
    assert queries.staffing_by_unit(anybody(), on=small.today)[unit.pk].vacant == 1
    required("", "township", "leader", 0)
    told = queries.staffing_by_unit(anybody(), on=small.today)[unit.pk]
    assert (told.required, told.vacant) == (0, 0)


@pytest.mark.parametrize(("form", "kind"), [("group", ""), ("", "farm"), ("group", "farm")])
def test_a_requirement_stands_once_in_the_rule_and_in_the_database(db: Any, form: str, kind: str) -> None:
    first = required(form, kind, "adviser")
    with pytest.raises(Refused, match="这类组织已经列了这个职务"):
        required(form, kind, "adviser", 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequiredPost.objects.create(form=first.form, kind=first.kind, post=first.post)


def test_a_requirement_of_no_units_is_refused(small: Any, sign_in: Any) -> None:
    post, client = Post.objects.get(code="adviser"), sign_in("city")
    with pytest.raises(IntegrityError), transaction.atomic():
        RequiredPost.objects.create(post=post)
    answer = client.post(reverse("leadership:required_new"), {"kind": "", "form": "", "post": post.pk, "number": 1})
    assert answer.context["form"].errors == {"kind": ["请至少选择组织类型或组织形式中的一项。"]}


def test_the_page_says_which_row_decides(small: Any, sign_in: Any) -> None:
    text = sign_in("city").get(reverse("leadership:required")).content.decode()
    assert "两样都写的在先，只写类型的其次，只写形式的最后" in text
    assert "县（市、区）侨联 秘书长" in text
