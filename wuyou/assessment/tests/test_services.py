"""Standards as an office handles them: installed, drafted, revised, published once and for all; imported rubrics kept."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from wuyou.assessment import queries, services
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.rules import content_hash, rubric
from wuyou.assessment.standards import SHIPPED, TARGET
from wuyou.demo import factories as make
from wuyou.kernel import clock
from wuyou.kernel.actor import machine
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
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


def drafted(office, code=CODE):
    """Return the open draft of a standard, begun from its first version."""
    first = SchemeVersion.objects.get(scheme__code=code, number=1)
    return services.draft_version(actor=office, version_id=first.pk)


def test_both_standards_are_there_from_the_start(office):
    books = queries.rulebooks(office, date(1980, 1, 1))
    assert [book.code for book in books] == [version.standard.code for version in SHIPPED]
    assert [content_hash(book.version) for book in books] == [content_hash(version) for version in SHIPPED]


def test_from_draft_to_publication(office):
    draft = drafted(office)
    assert (draft.number, draft.state, drafted(office).pk) == (2, "draft", draft.pk)
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, term_grace_days=30))
    services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)
    assert [queries.rulebook(office, day).version.number for day in (TODAY - timedelta(days=1), TODAY)] == [1, 2]
    assert verbs() == [
        "assessment.version.drafted", "assessment.version.revised", "assessment.version.published",
    ]  # fmt: skip


def test_faults_are_named_and_nothing_is_published(office):
    draft = drafted(office)
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
    first = drafted(office)
    services.publish_version(actor=office, version_id=first.pk, effective_from=TODAY + timedelta(days=30))
    second = drafted(office)
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
    draft = drafted(office)
    with pytest.raises(Refused, match="标准的内容不完整"):
        services.revise_draft(actor=office, version_id=draft.pk, stored={})
    raise_members = raised(draft.content, least_members=2)
    saved = services.revise_draft(actor=office, version_id=draft.pk, stored=raise_members, seen=1)
    assert saved.version == 2
    with pytest.raises(Conflict) as conflict:
        services.revise_draft(actor=office, version_id=draft.pk, stored=draft.content, seen=1)
    assert [each.yours for each in conflict.value.differences] == ["阈值“名册最少人数”：由 2 人 改为 3 人。"]
    again = services.revise_draft(actor=office, version_id=draft.pk, stored=raise_members, seen=2)
    assert (again.version, SchemeVersion.objects.get(pk=draft.pk).version) == (3, 2)
    assert verbs() == ["assessment.version.drafted", "assessment.version.revised"]


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: services.draft_version(actor=actor, version_id=1),
        lambda actor: services.revise_draft(actor=actor, version_id=1, stored={}),
        lambda actor: services.publish_version(actor=actor, version_id=1, effective_from=TODAY),
        lambda actor: services.retire_version(actor=actor, version_id=1, effective_until=TODAY),
        lambda actor: services.discard_draft(actor=actor, version_id=1),
        lambda actor: services.new_standard(actor=actor, title="六有", issued_by="", like=1),
        lambda actor: services.store_rubric_draft(actor=actor, content={"title": "表"}),
    ],
)
def test_only_who_may_edit_standards_does(act):
    with pytest.raises(Forbidden):
        act(machine("reader", "assessment.verdict.view"))


def test_unknown_ones_are_not_found(office):
    with pytest.raises(NotFound):
        services.draft_version(actor=office, version_id=0)
    with pytest.raises(NotFound):
        services.publish_version(actor=office, version_id=0, effective_from=TODAY)
    with pytest.raises(NotFound):
        services.retire_version(actor=office, version_id=0, effective_until=TODAY)
    with pytest.raises(NotFound):
        services.discard_draft(actor=office, version_id=0)
    with pytest.raises(NotFound):
        services.new_standard(actor=office, title="六有", issued_by="", like=0)


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
    kept = dict(draft.content, imported="")
    assert (kept, draft.source_batch) == ({"file": RUBRIC["file"], "total": 100, "blocks": [], "imported": ""}, batch)
    assert [row.pk for row in SchemeVersion.objects.filter(scheme__kind="rubric")] == [draft.pk]
    assert [book.code for book in queries.rulebooks(office, TODAY)] == [v.standard.code for v in SHIPPED]


def test_the_same_rubric_again_is_no_second_draft_and_a_changed_one_is_the_next(office):
    first = services.store_rubric_draft(actor=office, content=RUBRIC, batch=uuid.uuid4())
    assert services.store_rubric_draft(actor=office, content=RUBRIC, batch=uuid.uuid4()).pk == first.pk
    batch = uuid.uuid4()
    second = services.store_rubric_draft(actor=office, content=RUBRIC | {"total": 110}, batch=batch)
    assert (second.scheme_id, second.number) == (first.scheme_id, 2)
    assert str(second) == "《2025年考核评分表》第 2 版"
    assert verbs() == ["assessment.rubric.stored"] * 2


def item(row, **told):
    """Return an item of a rubric as a table gives it."""
    plain = {"sub": "", "marks": "", "points": 6, "mandatory": False, "shape": "manual", "params": {}, "method": ""}
    return {"row": row, "name": f"第{row}项", "standard": "酌情给分", **plain, **told}


def table(*items, points=None):
    """Return the content of a rubric of one block."""
    total = sum(each["points"] or 0 for each in items)
    block = {"name": "工作实绩", "points": points or total, "role": "scored", "sum_of_items": total, "items": [*items]}
    return {"file": "表.xlsx", "total": total, "blocks": [block]}


def test_a_rubric_needs_a_name_and_every_item_decided_before_it_is_published(office):
    with pytest.raises(Refused, match="没有名称"):
        services.store_rubric_draft(actor=office, content={"total": 100})
    draft = services.store_rubric_draft(actor=office, content=table(item(4), item(5)), title="考核表")
    with pytest.raises(Refused, match="还没有定怎么计分"):
        services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)
    decided = rubric.with_item(draft.content, 4, decision="formula", formula="activities_in_year")
    services.revise_draft(actor=office, version_id=draft.pk, stored=rubric.rest_to_panel(decided))
    with pytest.raises(Refused, match="这里要得到比例"):
        services.publish_version(actor=office, version_id=draft.pk, effective_from=TODAY)
    mended = rubric.with_item(decided, 4, formula="6 if activities_in_year >= 4 else 0")
    services.revise_draft(actor=office, version_id=draft.pk, stored=rubric.rest_to_panel(mended))
    published = services.publish_version(
        actor=office, version_id=draft.pk, effective_from=TODAY, document="曲侨〔2025〕9号"
    )
    assert (published.state, published.document) == ("published", "曲侨〔2025〕9号")
    assert [book.code for book in queries.rulebooks(office, TODAY)] == [v.standard.code for v in SHIPPED]


def test_the_same_table_again_is_known_after_the_office_decided_about_its_items(office):
    content = table(item(4))
    draft = services.store_rubric_draft(actor=office, content=content, title="考核表")
    services.revise_draft(actor=office, version_id=draft.pk, stored=rubric.rest_to_panel(draft.content))
    assert services.store_rubric_draft(actor=office, content=content, title="考核表").pk == draft.pk


DAYS = [TODAY, TODAY + timedelta(days=29), TODAY + timedelta(days=30), TODAY + timedelta(days=400)]


def numbers(office):
    """Return the number of the target standard's version in force on each of the days; 0 for none."""
    return [next((b.version.number for b in queries.rulebooks(office, day) if b.code == CODE), 0) for day in DAYS]


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (None, [1, 1, 2, 2]),
        ((1, TODAY), [0, 0, 2, 2]),
        ((1, DAYS[1]), [1, 0, 2, 2]),
        ((2, DAYS[2]), [1, 1, 1, 1]),
        ((2, DAYS[3]), [1, 1, 2, 0]),
    ],
    ids=["as published", "the first at once", "the first later", "the second before it began", "the second later"],
)
def test_which_version_holds_when_one_is_retired(office, ends, found):
    second = services.publish_version(actor=office, version_id=drafted(office).pk, effective_from=DAYS[2])
    rows = {1: SchemeVersion.objects.get(scheme__code=CODE, number=1), 2: second}
    if ends:
        services.retire_version(actor=office, version_id=rows[ends[0]].pk, effective_until=ends[1])
    assert numbers(office) == found


@pytest.mark.parametrize(
    ("number", "ends", "said"),
    [
        (1, TODAY - timedelta(days=1), "停用日期已经过去"),
        (1, DAYS[2], "已被更新的版本代替"),
        (3, TODAY, "只有已发布的版本才能停用"),
    ],
)
def test_what_cannot_be_retired(office, number, ends, said):
    services.publish_version(actor=office, version_id=drafted(office).pk, effective_from=DAYS[2])
    drafted(office)
    row = SchemeVersion.objects.get(scheme__code=CODE, number=number)
    with pytest.raises(Refused, match=said):
        services.retire_version(actor=office, version_id=row.pk, effective_until=ends)


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(effective_until=TODAY + timedelta(days=9)),
        lambda rows: rows.update(state="published"),
        lambda rows: rows.update(document="另一份"),
        lambda rows: rows.delete(),
    ],
    ids=["another end", "back", "document", "delete"],
)
def test_the_database_itself_keeps_a_retired_version(office, act):
    row = SchemeVersion.objects.get(scheme__code=CODE, number=1)
    services.retire_version(actor=office, version_id=row.pk, effective_until=TODAY)
    with pytest.raises(DatabaseError, match="a published version never changes"), transaction.atomic():
        act(SchemeVersion.objects.filter(pk=row.pk))
    assert verbs() == ["assessment.version.retired"]


def test_retiring_may_change_nothing_else(office):
    with pytest.raises(DatabaseError, match="a published version never changes"), transaction.atomic():
        SchemeVersion.objects.filter(scheme__code=CODE, number=1).update(
            state="retired", effective_until=TODAY, content={}
        )


def test_a_draft_is_thrown_away_and_a_standard_of_nothing_but_it(office):
    draft = drafted(office)
    services.discard_draft(actor=office, version_id=draft.pk, seen=draft.version)
    assert [row.number for row in SchemeVersion.objects.filter(scheme__code=CODE)] == [1]
    like = SchemeVersion.objects.get(scheme__code=CODE, number=1)
    begun = services.new_standard(actor=office, title="“六有”建设标准", issued_by="曲侨〔2025〕8号", like=like.pk)
    assert (begun.number, begun.state, begun.content) == (1, "draft", like.content)
    with pytest.raises(Refused, match="已经有同名的标准"):
        services.new_standard(actor=office, title="“六有”建设标准", issued_by="", like=like.pk)
    services.discard_draft(actor=office, version_id=begun.pk)
    assert not Scheme.objects.filter(title="“六有”建设标准").exists()
    with pytest.raises(Refused, match="已经发布"):
        services.discard_draft(actor=office, version_id=like.pk)
    assert verbs() == [
        "assessment.version.drafted", "assessment.version.discarded", "assessment.standard.begun",
        "assessment.version.discarded",
    ]  # fmt: skip


def test_a_standard_is_edited_only_by_who_answers_for_the_whole_tree(office):
    first = SchemeVersion.objects.get(scheme__code=CODE, number=1)
    draft, city = drafted(office), make.make_unit()
    below = machine("甲", "assessment.standard.edit").at(make.make_unit(parent=city).path)
    acts = (
        lambda: services.new_standard(actor=below, title="另一标准", issued_by="", like=first.pk),
        lambda: services.draft_version(actor=below, version_id=first.pk),
        lambda: services.revise_draft(actor=below, version_id=draft.pk, stored=draft.content),
        lambda: services.discard_draft(actor=below, version_id=draft.pk),
        lambda: services.publish_version(actor=below, version_id=draft.pk, effective_from=TODAY),
        lambda: services.retire_version(actor=below, version_id=first.pk, effective_until=TODAY),
        lambda: services.store_rubric_draft(actor=below, content={"blocks": []}, title="评分表"),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert verbs() == ["assessment.version.drafted"]


def test_the_trail_says_what_a_revision_changed(office):
    draft = drafted(office)
    services.revise_draft(actor=office, version_id=draft.pk, stored=raised(draft.content, term_grace_days=30))
    event = AuditEvent.objects.get(verb="assessment.version.revised")
    told = json.loads(AuditPayload.objects.get(event_id=event.seq).body)
    assert told == {"title": "“五有”建设标准", "changes": ["阈值“换届可延期天数”：由 0 天 改为 30 天。"]}
