"""Standards as an office handles them: installed, drafted, revised, published once and for all; imported rubrics kept."""

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from wuyou.assessment import queries, services
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.rules import Standard, content_hash
from wuyou.assessment.standards import SHIPPED, TARGET
from wuyou.demo import factories as make
from wuyou.kernel import clock
from wuyou.kernel.actor import machine
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.platform.models import AuditEvent, AuditPayload

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 20)
CODE = TARGET.standard.code


@pytest.fixture(autouse=True)
def _today():
    with clock.held_at(TODAY):
        yield


@pytest.fixture
def office():
    return make.anybody()


def verbs():
    """Return the verbs of this package in the audit trail, oldest first."""
    return list(
        AuditEvent.objects.filter(verb__startswith="assessment.").order_by("seq").values_list("verb", flat=True)
    )


def raised(content, **values):
    """Return the content with other thresholds."""
    changed = [p | {"value": values.get(p["name"], p["value"])} for p in content["parameters"]]
    return dict(content, parameters=changed)


def test_both_standards_are_there_from_the_start(office):
    books = queries.rulebooks(office, date(1980, 1, 1))
    assert [book.code for book in books] == [version.standard.code for version in SHIPPED]
    assert [content_hash(book.version) for book in books] == [content_hash(version) for version in SHIPPED]


def test_installing_again_changes_nothing(office):
    assert services.install_standards(actor=office) == []
    assert verbs() == []


def test_another_shipped_standard_is_installed_once(office):
    six = replace(TARGET, standard=Standard("six_haves", "“六有”建设标准", "The six haves", "样例"))
    first = services.install_standards(actor=office, shipped=[*SHIPPED, six])
    assert [(row.scheme.code, row.number, row.state) for row in first] == [("six_haves", 1, "published")]
    assert services.install_standards(actor=office, shipped=[six]) == []
    assert verbs() == ["assessment.standard.installed"]


def test_a_standard_with_faults_is_not_installed(office):
    bad = replace(TARGET, standard=Standard("bad", "不行的标准", "Bad", "样例"), examples=())
    with pytest.raises(Refused, match="至少要有 3 个样例"):
        services.install_standards(actor=office, shipped=[bad])
    assert not Scheme.objects.filter(code="bad").exists()


def test_from_draft_to_publication(office):
    draft = services.draft_version(actor=office, code=CODE)
    assert (draft.number, draft.state, services.draft_version(actor=office, code=CODE).pk) == (2, "draft", draft.pk)
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, term_grace_days=30))
    services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)
    assert [queries.rulebook(office, day).version.number for day in (TODAY - timedelta(days=1), TODAY)] == [1, 2]
    assert verbs() == [
        "assessment.version.drafted", "assessment.version.revised", "assessment.version.published",
    ]  # fmt: skip


def test_faults_are_named_and_nothing_is_published(office):
    draft = services.draft_version(actor=office, code=CODE)
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, least_members=100))
    with pytest.raises(Refused) as refused:
        services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)
    assert {reason.code for reason in refused.value.reasons} == {"fault"}
    assert "样例“五项齐全的小组”里“有队伍”应为达到" in str(refused.value.reasons[0])
    assert SchemeVersion.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize(
    ("effective_from", "said"), [(TODAY - timedelta(days=1), "施行日期已经过去"), (TODAY, "已有更晚施行的版本")]
)
def test_days_that_would_change_earlier_results_are_refused(office, effective_from, said):
    first = services.draft_version(actor=office, code=CODE)
    services.publish_version(actor=office, version_id=first.pk, effective_from=TODAY + timedelta(days=30))
    second = services.draft_version(actor=office, code=CODE)
    with pytest.raises(Refused, match=said):
        services.publish_version(actor=office, version_id=second.pk, effective_from=effective_from)


def test_a_published_version_is_refused_to_every_service(office):
    row = SchemeVersion.objects.get(scheme__code=CODE, number=1)
    with pytest.raises(Refused, match="已经发布"):
        services.revise_draft(actor=office, version_id=row.pk, stored=row.content)
    with pytest.raises(Refused, match="已经发布"):
        services.publish_version(actor=office, version_id=row.pk, effective_from=TODAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(content={}),
        lambda rows: rows.update(state="draft"),
        lambda rows: rows.update(effective_until=TODAY),
        lambda rows: rows.delete(),
        lambda rows: Scheme.objects.filter(code=CODE).delete(),
    ],
    ids=["content", "state", "end", "delete", "delete the scheme"],
)
def test_the_database_itself_keeps_a_published_version(act):
    with pytest.raises(DatabaseError, match="a published version never changes"), transaction.atomic():
        act(SchemeVersion.objects.filter(scheme__code=CODE, number=1))
    assert SchemeVersion.objects.filter(scheme__code=CODE, number=1, state="published").exists()


def test_what_is_no_standard_is_refused_and_what_changed_meanwhile_is_kept(office):
    draft = services.draft_version(actor=office, code=CODE)
    with pytest.raises(Refused, match="标准的内容不完整"):
        services.revise_draft(actor=office, version_id=draft.pk, stored={})
    seen = draft.content_hash
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, least_members=2), seen=seen)
    with pytest.raises(Refused, match="别人刚刚修改了这份草稿"):
        services.revise_draft(actor=office, version_id=draft.pk, stored=draft.content, seen=seen)


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: services.install_standards(actor=actor),
        lambda actor: services.draft_version(actor=actor, code=CODE),
        lambda actor: services.revise_draft(actor=actor, version_id=1, stored={}),
        lambda actor: services.publish_version(actor=actor, version_id=1, effective_from=TODAY),
        lambda actor: services.store_rubric_draft(actor=actor, content={"title": "表"}),
        lambda actor: services.discard_rubric_drafts(actor=actor, batch=uuid.uuid4()),
    ],
)
def test_only_who_may_edit_standards_does(act):
    with pytest.raises(Forbidden):
        act(machine("reader", "assessment.verdict.view"))


def test_unknown_ones_are_not_found(office):
    with pytest.raises(NotFound):
        services.draft_version(actor=office, code="six_haves")
    with pytest.raises(NotFound):
        services.publish_version(actor=office, version_id=0, effective_from=TODAY)


RUBRIC = {"file": "2025年考核评分表.xlsx", "total": 100, "blocks": [], "filled": [{"name_full": "某小组"}]}


def test_a_rubric_is_kept_as_draft_without_anybodys_scores(office):
    batch = uuid.uuid4()
    draft = services.store_rubric_draft(actor=office, content=RUBRIC, batch=batch)
    assert (draft.scheme.title, draft.scheme.kind, draft.number, draft.state) == (
        "2025年考核评分表",
        "rubric",
        1,
        "draft",
    )
    assert (draft.content, draft.source_batch) == ({"file": RUBRIC["file"], "total": 100, "blocks": []}, batch)
    assert [row.pk for row in queries.versions(office, Scheme.Kind.RUBRIC)] == [draft.pk]
    assert [book.code for book in queries.rulebooks(office, TODAY)] == [v.standard.code for v in SHIPPED]


def test_the_same_rubric_again_is_no_second_draft_and_a_changed_one_is_the_next(office):
    first = services.store_rubric_draft(actor=office, content=RUBRIC, batch=uuid.uuid4())
    assert services.store_rubric_draft(actor=office, content=RUBRIC, batch=uuid.uuid4()).pk == first.pk
    batch = uuid.uuid4()
    second = services.store_rubric_draft(actor=office, content=RUBRIC | {"total": 110}, batch=batch)
    assert (second.scheme_id, second.number) == (first.scheme_id, 2)
    assert services.discard_rubric_drafts(actor=office, batch=batch) == 1
    assert services.discard_rubric_drafts(actor=office, batch=batch) == 0
    assert services.discard_rubric_drafts(actor=office, batch=first.source_batch) == 1
    assert not Scheme.objects.filter(kind="rubric").exists()
    assert verbs() == ["assessment.rubric.stored"] * 2 + ["assessment.rubric.discarded"] * 2


def test_a_rubric_needs_a_name_and_is_not_published(office):
    with pytest.raises(Refused, match="没有名称"):
        services.store_rubric_draft(actor=office, content={"total": 100})
    draft = services.store_rubric_draft(actor=office, content={"total": 100}, title="考核表")
    with pytest.raises(Refused, match="只能保存为草稿"):
        services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)


def test_the_trail_says_what_a_revision_changed(office):
    draft = services.draft_version(actor=office, code=CODE)
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, term_grace_days=30))
    event = AuditEvent.objects.get(verb="assessment.version.revised")
    told = json.loads(AuditPayload.objects.get(event_id=event.seq).body)
    assert told == {"title": "“五有”建设标准", "changes": ["阈值“换届可延期天数”：由 0 天 改为 30 天。"]}
