"""What an office does with standards: draft the next version, publish and retire it; keep imported rubrics."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.assessment import queries, rubric_again, schemes
from wuyou.assessment.facts import FACTS
from wuyou.assessment.languages import words
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.rules import (
    ContentError,
    changes,
    content,
    content_hash,
    rubric,
    version_of,
)
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import CHINESE, Words
from wuyou.kernel.refusals import Conflict, Difference, NotFound, Reason, Refused
from wuyou.kernel.sayings import Saying
from wuyou.platform import audit
from wuyou.platform.audit import canonical
from wuyou.platform.locking import claim
from wuyou.platform.presentation import said
from wuyou.platform.service import service

PUBLISHED = "这个版本已经发布，不能修改；请另起草一个新版本。"
NOT_PUBLISHED = "只有已发布的版本才能停用，没有改动；草稿不用时可以直接删除。"
NO_TITLE = "请填写标准的名称。"
TITLE_TAKEN = "已经有同名的标准，没有重复新建；请换一个名称。"
CHANGES = _("您的修改")
Differing = Callable[[Words], tuple[Saying, ...]]


@service
def new_standard(*, actor: Actor, title: str, issued_by: str, like: int) -> SchemeVersion:
    """Enter a standard of the office's own, its first draft like a version of another one; return the draft.

    Raises: Forbidden, NotFound (no such version of a standard), Refused (no title, or one that is taken).
    """
    schemes.check_may_edit(actor)
    model = schemes.version(actor, like, kind=Scheme.Kind.STANDARD)
    named = title.strip()
    if not named or Scheme.objects.filter(title=named).exists():
        raise Refused(Reason(TITLE_TAKEN if named else NO_TITLE, "title"))
    code = f"standard_{hashlib.sha256(named.encode()).hexdigest()[:16]}"
    scheme = Scheme.objects.create(code=code, kind=Scheme.Kind.STANDARD, title=named, issued_by=issued_by.strip())
    draft = SchemeVersion.objects.create(
        scheme=scheme, number=1, content=model.content, content_hash=model.content_hash
    )
    audit.record(actor, "assessment.standard.begun", draft, title=named, like=model.scheme.title)
    return draft


@service
def draft_version(*, actor: Actor, version_id: int) -> SchemeVersion:
    """Start the next version of a standard or rubric from one of its versions; an open draft is returned instead.

    Raises: Forbidden, NotFound (no such version).
    """
    schemes.check_may_edit(actor)
    model = schemes.version(actor, version_id)
    newest: SchemeVersion = _locked(scheme=model.scheme_id).order_by("-number")[0]
    if newest.state == SchemeVersion.State.DRAFT:
        return newest
    draft = SchemeVersion.objects.create(
        scheme=model.scheme, number=newest.number + 1, content=model.content, content_hash=model.content_hash
    )
    audit.record(
        actor, "assessment.version.drafted", draft, title=draft.scheme.title, number=draft.number, like=model.number
    )
    return draft


@service
def revise_draft(*, actor: Actor, version_id: int, stored: Mapping[str, Any], seen: int | None = None) -> SchemeVersion:
    """Put new content into a draft; it may still have faults. `seen` is the version of the row that was edited.

    Raises: Forbidden, NotFound, Refused (already published, not the shape of a standard), Conflict (changed meanwhile;
    what differs between the draft and this edit is told line by line).
    """
    schemes.check_may_edit(actor)
    draft = _draft(version_id)
    if draft.scheme.kind == Scheme.Kind.RUBRIC:
        held = draft.content
        spelled = hashlib.sha256(canonical(dict(stored)).encode()).hexdigest()
        return _revised(actor, draft, seen, dict(stored), spelled, partial(rubric.changes, held, stored, FACTS))
    before = queries.stored_version(draft)
    try:
        after = version_of(before.standard, draft.number, stored)
    except ContentError as fault:
        raise Refused(Reason(fault.saying.text, "content", words=fault.saying.words)) from fault
    differing = partial(changes, before, after, FACTS)
    return _revised(actor, draft, seen, content(after), content_hash(after), differing)


def _revised(
    actor: Actor, draft: SchemeVersion, seen: int | None, stored: dict[str, Any], spelled: str, differing: Differing
) -> SchemeVersion:
    """Save a draft's new content unless somebody saved it since it was seen. Nothing is saved where nothing changed.

    `differing` tells what changed: to whoever meets another's edit in his language, to the trail in Chinese.
    """
    try:
        claim(draft, seen, {})
    except Conflict as conflict:
        lines = tuple(Difference("content", str(CHANGES), "", said(each)) for each in differing(words()))
        raise Conflict(conflict.label, lines, conflict.current_version) from conflict
    if spelled == draft.content_hash:
        return draft
    draft.content, draft.content_hash = stored, spelled
    draft.save(update_fields=["content", "content_hash", "version"])
    told = [str(each) for each in differing(CHINESE)]
    audit.record(actor, "assessment.version.revised", draft, title=draft.scheme.title, changes=told)
    return draft


@service
def discard_draft(*, actor: Actor, version_id: int, seen: int | None = None) -> Scheme:
    """Throw a draft away, and a standard that never had another version with it; return the scheme it was of.

    Raises: Forbidden, NotFound, Refused (already published), Conflict (changed meanwhile).
    """
    schemes.check_may_edit(actor)
    draft = _draft(version_id)
    claim(draft, seen, {})
    scheme, number = draft.scheme, draft.number
    audit.record(actor, "assessment.version.discarded", draft, title=scheme.title, number=number)
    draft.delete()
    if not scheme.versions.exists():
        scheme.delete()
    return scheme


@service
def publish_version(
    *, actor: Actor, version_id: int, effective_from: date, document: str = "", seen: int | None = None
) -> SchemeVersion:
    """Publish a draft, issued by a document: from that day on it judges, and nothing about it can change any more.

    Raises: Forbidden, NotFound, Refused (published already; faults, one reason each; a day that is past, or before the
    version in force began), Conflict (changed since it was shown).
    """
    schemes.check_may_edit(actor)
    draft = _draft(version_id)
    if found := schemes.faults_of(draft, words()):
        raise Refused(*(Reason(fault.saying.text, fault.where, "fault", fault.saying.words) for fault in found))
    if effective_from < clock.today():
        raise Refused(
            Reason("施行日期已经过去，没有发布；为不改动以前的结果，请填写今天或以后的日期。", "effective_from")
        )
    latest = draft.scheme.versions.filter(state=SchemeVersion.State.PUBLISHED, effective_from__gt=effective_from)
    if latest.exists():
        raise Refused(Reason("已有更晚施行的版本，没有发布；请填写不早于它的施行日期。", "effective_from"))
    claim(draft, seen, {})
    draft.state, draft.effective_from = SchemeVersion.State.PUBLISHED, effective_from
    draft.document, draft.published_at = document.strip()[:200], clock.now()
    draft.save(update_fields=["state", "effective_from", "document", "published_at", "version"])
    audit.record(
        actor, "assessment.version.published", draft, title=draft.scheme.title, number=draft.number,
        effective_from=str(effective_from), document=draft.document, hash=draft.content_hash,
    )  # fmt: skip
    return draft


@service
def retire_version(*, actor: Actor, version_id: int, effective_until: date, seen: int | None = None) -> SchemeVersion:
    """Let a published version end: on that day and after, it judges no more, and no older one comes back for it.

    Days before stay judged as they were. Raises: Forbidden, NotFound, Refused (not published; a day that is past; a version
    that a later one has replaced by then), Conflict (changed since it was shown).
    """
    schemes.check_may_edit(actor)
    row = _locked_version(version_id)
    if row.state != SchemeVersion.State.PUBLISHED:
        raise Refused(Reason(NOT_PUBLISHED, code="not_published"))
    if effective_until < clock.today():
        raise Refused(
            Reason("停用日期已经过去，没有停用；为不改动以前的结果，请填写今天或以后的日期。", "effective_until")
        )
    if not schemes.may_retire(row, schemes.siblings(row), effective_until):
        raise Refused(Reason("到那一天这个版本已被更新的版本代替，不用停用；没有改动。", "effective_until"))
    claim(row, seen, {})
    row.state, row.effective_until = SchemeVersion.State.RETIRED, effective_until
    row.save(update_fields=["state", "effective_until", "version"])
    audit.record(
        actor, "assessment.version.retired", row, title=row.scheme.title, number=row.number,
        effective_until=str(effective_until),
    )  # fmt: skip
    return row


@service
def store_rubric_draft(
    *, actor: Actor, content: Mapping[str, Any], batch: Any = None, title: str = ""
) -> SchemeVersion:
    """Keep an imported rubric as a draft scheme, named by `title`, by the content's own title or by its file.

    The same rubric again is not stored twice; a changed one becomes the next version. Filled-in forms are left out: a
    scheme holds no group's scores. Raises: Forbidden, Refused (no title).
    """
    schemes.check_may_edit(actor)
    demands, named = rubric_again.demands_of(content), rubric_again.named(content, title)
    if not named:
        raise Refused(Reason("考核评分表没有名称，没有保存；请在表格上方写明名称，或给文件起个名字。", "title"))
    code = rubric_again.code_of(named)
    scheme, _is_new = Scheme.objects.get_or_create(
        code=code,
        defaults={"kind": Scheme.Kind.RUBRIC, "title": named[:100], "issued_by": str(content.get("file", ""))[:200]},
    )
    spelled = rubric_again.spelled(demands)
    stored = list(scheme.versions.order_by("-number"))
    same = next((row for row in stored if row.content.get("imported") == spelled), None)
    if same is not None:
        return same
    number = stored[0].number + 1 if stored else 1
    demands["imported"] = spelled  # what the office decides about items later must not make the same table a new one
    draft = SchemeVersion.objects.create(
        scheme=scheme, number=number, content=demands, content_hash=spelled, source_batch=batch
    )
    audit.record(actor, "assessment.rubric.stored", draft, title=named, number=number)
    return draft


def _locked(**which: Any) -> Any:
    """Return versions by their columns, locked until the transaction ends, with their schemes."""
    return SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme").filter(**which)


def _locked_version(version_id: int) -> SchemeVersion:
    found: SchemeVersion | None = _locked(pk=version_id).first()
    if found is None:
        raise NotFound
    return found


def _draft(version_id: int) -> SchemeVersion:
    found = _locked_version(version_id)
    if found.state != SchemeVersion.State.DRAFT:
        raise Refused(Reason(PUBLISHED, code="published"))
    return found
