"""What an office does with standards: install the shipped ones, draft the next version, publish it; keep imported rubrics."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from wuyou.assessment import queries
from wuyou.assessment.facts import FACTS
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.permissions import P
from wuyou.assessment.rules import (
    ContentError,
    StandardVersion,
    changes,
    content,
    content_hash,
    faults,
    version_of,
)
from wuyou.assessment.standards import SHIPPED
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Reason, Refused
from wuyou.platform import audit
from wuyou.platform.audit import canonical
from wuyou.platform.service import service

PUBLISHED = "这个版本已经发布，不能修改；请另起草一个新版本。"
CHANGED_MEANWHILE = "别人刚刚修改了这份草稿，您的修改没有保存；请刷新页面，在新的草稿上修改。"


@service
def install_standards(*, actor: Actor, shipped: Iterable[StandardVersion] = SHIPPED) -> list[SchemeVersion]:
    """Enter the shipped standards as published version 1, in force for every day; those already there stay as they are.

    Returns the versions that are new. Raises: Forbidden, Refused (a shipped standard has faults).
    """
    _may_edit(actor)
    fresh: list[SchemeVersion] = []
    for version in shipped:
        told = version.standard
        scheme, is_new = Scheme.objects.get_or_create(
            code=told.code,
            defaults={
                "kind": Scheme.Kind.STANDARD, "title": told.title, "title_en": told.title_en,
                "issued_by": told.issued_by,
            },
        )  # fmt: skip
        if not is_new and scheme.versions.exists():
            continue
        _refuse_faults(version)
        row = SchemeVersion.objects.create(
            scheme=scheme, number=1, state=SchemeVersion.State.PUBLISHED, content=content(version),
            content_hash=content_hash(version), published_at=clock.now(),
        )  # fmt: skip
        audit.record(actor, "assessment.standard.installed", row, title=told.title, hash=row.content_hash)
        fresh.append(row)
    return fresh


@service
def draft_version(*, actor: Actor, code: str) -> SchemeVersion:
    """Start the next version of a standard from its newest one; an open draft is returned instead of a second one.

    Raises: Forbidden, NotFound (no such standard).
    """
    _may_edit(actor)
    newest = _newest(code)
    if newest.state == SchemeVersion.State.DRAFT:
        return newest
    draft = SchemeVersion.objects.create(
        scheme=newest.scheme, number=newest.number + 1, content=newest.content, content_hash=newest.content_hash
    )
    audit.record(actor, "assessment.version.drafted", draft, title=newest.scheme.title, number=draft.number)
    return draft


@service
def revise_draft(*, actor: Actor, version_id: int, stored: Mapping[str, Any], seen: str = "") -> SchemeVersion:
    """Put new content into a draft; it may still have faults. `seen` is the hash of the draft that was edited.

    Raises: Forbidden, NotFound, Refused (already published, not the shape of a standard, changed meanwhile).
    """
    _may_edit(actor)
    draft = _draft(version_id)
    if seen not in ("", draft.content_hash):
        raise Refused(Reason(CHANGED_MEANWHILE, code="changed_meanwhile"))
    before = queries.stored_version(draft)
    try:
        after = version_of(before.standard, draft.number, stored)
    except ContentError as fault:
        raise Refused(Reason(fault.saying.text, "content", words=fault.saying.words)) from fault
    draft.content, draft.content_hash = content(after), content_hash(after)
    draft.save(update_fields=["content", "content_hash"])
    told = list(changes(before, after, FACTS))
    audit.record(actor, "assessment.version.revised", draft, title=draft.scheme.title, changes=told)
    return draft


@service
def publish_version(*, actor: Actor, version_id: int, effective_from: date) -> SchemeVersion:
    """Publish a draft: from that day on it judges, and nothing about it can change any more.

    Raises: Forbidden, NotFound, Refused (published already; faults, one reason each; a day that is past, or before the
    version in force began; a rubric).
    """
    _may_edit(actor)
    draft = _draft(version_id)
    if draft.scheme.kind != Scheme.Kind.STANDARD:
        raise Refused("考核评分表目前只能保存为草稿，还不能发布；内容没有改动。")
    _refuse_faults(queries.stored_version(draft))
    if effective_from < clock.today():
        raise Refused(
            Reason("施行日期已经过去，没有发布；为不改动以前的结果，请填写今天或以后的日期。", "effective_from")
        )
    latest = draft.scheme.versions.filter(state=SchemeVersion.State.PUBLISHED, effective_from__gt=effective_from)
    if latest.exists():
        raise Refused(Reason("已有更晚施行的版本，没有发布；请填写不早于它的施行日期。", "effective_from"))
    draft.state, draft.effective_from = SchemeVersion.State.PUBLISHED, effective_from
    draft.published_at = clock.now()
    draft.save(update_fields=["state", "effective_from", "published_at"])
    audit.record(
        actor, "assessment.version.published", draft, title=draft.scheme.title, number=draft.number,
        effective_from=str(effective_from), hash=draft.content_hash,
    )  # fmt: skip
    return draft


@service
def store_rubric_draft(
    *, actor: Actor, content: Mapping[str, Any], batch: Any = None, title: str = ""
) -> SchemeVersion:
    """Keep an imported rubric as a draft scheme, named by `title`, by the content's own title or by its file.

    The same rubric again is not stored twice; a changed one becomes the next version. Filled-in forms are left out: a
    scheme holds no group's scores. Raises: Forbidden, Refused (no title).
    """
    _may_edit(actor)
    demands = {name: value for name, value in content.items() if name != "filled"}
    named = (title or str(content.get("title") or "") or PurePath(str(content.get("file") or "")).stem).strip()
    if not named:
        raise Refused(Reason("考核评分表没有名称，没有保存；请在表格上方写明名称，或给文件起个名字。", "title"))
    code = f"rubric_{hashlib.sha256(named.encode()).hexdigest()[:16]}"
    scheme, _new = Scheme.objects.get_or_create(
        code=code,
        defaults={"kind": Scheme.Kind.RUBRIC, "title": named[:100], "issued_by": str(content.get("file", ""))[:200]},
    )
    spelled = hashlib.sha256(canonical(demands).encode()).hexdigest()
    newest = scheme.versions.order_by("-number").first()
    if newest is not None and newest.content_hash == spelled:
        return newest
    number = newest.number + 1 if newest else 1
    draft = SchemeVersion.objects.create(
        scheme=scheme, number=number, content=demands, content_hash=spelled, source_batch=batch
    )
    audit.record(actor, "assessment.rubric.stored", draft, title=named, number=number)
    return draft


@service
def discard_rubric_drafts(*, actor: Actor, batch: Any) -> int:
    """Take back the rubric drafts of an import batch; return how many there were. Raises Forbidden."""
    _may_edit(actor)
    drafts = SchemeVersion.objects.filter(
        source_batch=batch, state=SchemeVersion.State.DRAFT, scheme__kind=Scheme.Kind.RUBRIC
    )
    scheme_ids, number = list(drafts.values_list("scheme", flat=True)), drafts.count()
    if number:
        drafts.delete()
        Scheme.objects.filter(pk__in=scheme_ids, versions=None).delete()
        audit.record(actor, "assessment.rubric.discarded", batch=str(batch), number=number)
    return number


def _may_edit(actor: Actor) -> None:
    """Standards hold for the whole tree, so the right to edit them counts wherever it is held."""
    if not actor.can(P.EDIT_STANDARD):
        raise Forbidden(P.EDIT_STANDARD)


def _newest(code: str) -> SchemeVersion:
    versions = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme")
    found = versions.filter(scheme__code=code, scheme__kind=Scheme.Kind.STANDARD).order_by("-number").first()
    if found is None:
        raise NotFound
    return found


def _draft(version_id: int) -> SchemeVersion:
    versions = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme")
    found = versions.filter(pk=version_id).first()
    if found is None:
        raise NotFound
    if found.state != SchemeVersion.State.DRAFT:
        raise Refused(Reason(PUBLISHED, code="published"))
    return found


def _refuse_faults(version: StandardVersion) -> None:
    found = faults(version, FACTS)
    if found:
        raise Refused(*(Reason(fault.saying.text, fault.where, "fault", fault.saying.words) for fault in found))
