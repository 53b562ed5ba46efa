"""Who reads what of the audit trail."""

from typing import Any

from wuyou.accounts import services as accounts
from wuyou.assessment import services as standards
from wuyou.assessment.models import SchemeVersion
from wuyou.demo import factories as make
from wuyou.demo.small import QILIN
from wuyou.kernel.roles import Role
from wuyou.platform.auditing import event_page


def test_what_is_done_to_no_one_unit_is_read_by_who_audits_the_whole_tree(small: Any) -> None:
    """Users and standards belong to no unit."""
    below = make.make_user("below", Role.AUDITOR, small.unit(QILIN))
    standard = SchemeVersion.objects.select_related("scheme").earliest("pk")
    standards.draft_version(actor=small.actor("city"), version_id=standard.pk)
    accounts.add_user(actor=small.actor("admin"), username="new", name="新人", password="a-long-pass-phrase-2025")
    seen = [line.text for line in event_page(small.actor("auditor"))[1][:2]]
    assert sorted(seen) == ["新增用户 new", f"起草《{standard.scheme.title}》第 2 版"]
    found = list(event_page(below)[0].paginator.object_list)
    assert [event.verb for event in found if not event.path.startswith(small.unit(QILIN).path)] == []
    assert found != []
