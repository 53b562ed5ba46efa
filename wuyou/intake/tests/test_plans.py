"""What was previewed is what is written, by the kept plan; when something changed in between, the rows are planned anew."""

import pytest
from django.conf import settings

from wuyou.accounts import services as accounts
from wuyou.demo import small as world
from wuyou.intake import committing, keeping, queries, services, tasks
from wuyou.intake.plans import standing_plan
from wuyou.intake.tests.test_persons import ASKED, everything_of
from wuyou.kernel.refusals import Refused
from wuyou.people import services as people
from wuyou.people.models import Person
from wuyou.platform import sealing
from wuyou.platform.jobs import Progress
from wuyou.platform.models import ImportedRecord, StoredFile

pytestmark = pytest.mark.django_db

NUMBER, PHONE = "530399195205030022", "19900001234"
HEADER = "姓名,性别,出生年月,身份证号,现住址,联系电话,侨情类别,所属侨联组织,本人是否同意登记\n"
ROLL = (
    f"普玉仙,女,1952-05-03,{NUMBER},麒麟区南宁街道5号,{PHONE},侨眷,{world.GOOD},是\n"
    "段丽,女,1960-01-01,,麒麟区南宁街道,,归侨,,是\n段丽,女,1960-01-01,,麒麟区南宁街道,19900005555,,,是\n"
    "角文,男,1970-02-02,,麒麟区益宁街道,19900004444,侨属,,否\n"
)


@pytest.fixture
def data(settings, tmp_path):
    settings.WUYOU_DATA = tmp_path
    return tmp_path


def received(small, text=ROLL, *, name="名单.csv", **choices):
    actor, unit = small.actor("county"), small.unit(world.QILIN)
    batch = services.receive(actor=actor, uploads=[(name, [(HEADER + text).encode()])], unit_id=unit.pk, kind="persons")
    told = {"unit_id": unit.pk, "ground": "separate_consent", "purpose": "侨情调查", "kept": sorted(ASKED), **choices}
    services.choose(actor=actor, batch_id=batch.pk, edits={}, choices=told)
    return actor, batch


def stepped(actor, batch, *steps, **more):
    for step in steps:
        step(actor, Progress(batch.pk), batch_id=str(batch.pk), **more)
    return queries.batch(actor, batch.pk)


def stands(actor, batch):
    plan = standing_plan(actor, queries.batch(actor, batch.pk))
    if plan is not None:
        plan.close()
    return plan is not None


def register():
    own = ("id", "uid", "registered_at", "source_batch", "version", "basis_id", "phone", "other_phone", "id_number")
    return [
        ({n: v for n, v in everything_of(p).items() if n not in own}, p.phone, p.id_number)
        for p in Person.objects.filter(name__in=["普玉仙", "段丽", "角文"]).order_by("pk")
    ]


def test_a_kept_plan_writes_what_a_fresh_run_writes(small, data):
    actor, batch = received(small)
    checked = stepped(actor, batch, tasks.read, tasks.check)
    assert (stands(actor, batch), checked.counts["persons"]) == (
        True, {"new": 2, "changed": 1, "unchanged": 0, "rejected": 1},
    )  # fmt: skip
    done = stepped(actor, batch, tasks.commit, all_or_nothing=False)
    by_plan, records = register(), list(batch.records.order_by("pk").values_list("row", "action", "before"))
    assert (done.state, done.counts, done.report["shown"]) == ("committed", checked.counts, checked.report["shown"])
    services.undo(actor=actor, batch_id=batch.pk)
    assert register() == []
    actor, fresh = received(small)
    outcome = services.commit(actor=actor, batch_id=fresh.pk)
    assert (register(), outcome.stored) == (by_plan, 3)
    assert list(fresh.records.order_by("pk").values_list("row", "action", "before")) == records


def test_an_edit_between_preview_and_import_leads_to_a_fresh_plan(small, data):
    unit = small.unit(world.QILIN)
    basis = people.note_basis(actor=small.actor("county"), ground="consent", purpose="侨情调查")
    facts = {"name": "普玉仙", "birth": "1952-05-03", "sex": "female"}
    actor, batch = received(small)
    stepped(actor, batch, tasks.read, tasks.check)
    new = people.NewPerson(keeper_id=unit.pk, basis_id=basis.pk, facts={**facts, "phone": PHONE})
    known = people.register_person(actor=actor, new=new)
    assert not stands(actor, batch)
    done = stepped(actor, batch, tasks.commit, all_or_nothing=False)
    assert done.counts["persons"] == {"new": 1, "changed": 2, "unchanged": 0, "rejected": 1}
    assert Person.objects.get(name="普玉仙").pk == known.pk
    assert Person.objects.get(pk=known.pk).id_number == NUMBER


def test_a_plan_falls_with_what_it_hangs_on_and_stands_otherwise(small, data):
    actor, batch = received(small)
    stepped(actor, batch, tasks.read, tasks.check)
    accounts.add_user(actor=small.actor("admin"), username="new", name="新人", password="Qujing-demo-2026")
    assert stands(actor, batch)
    assert not stands(small.actor("city"), batch)
    choices = {**queries.batch(actor, batch.pk).choices, "purpose": "另有用途"}
    services.choose(actor=actor, batch_id=batch.pk, edits={}, choices=choices)
    assert not stands(actor, batch)
    stepped(actor, batch, tasks.check)
    assert stands(actor, batch)
    settings.WUYOU_AREA_CODE, before = "0871", settings.WUYOU_AREA_CODE
    try:
        assert not stands(actor, batch)
    finally:
        settings.WUYOU_AREA_CODE = before


def test_all_or_nothing_is_asked_of_a_plan_too(small, data):
    actor, batch = received(small)
    stepped(actor, batch, tasks.read, tasks.check)
    with pytest.raises(Refused, match="有 1 行不能导入"):
        stepped(actor, batch, tasks.commit, all_or_nothing=True)
    assert register() == []


def test_a_workbook_is_read_once_and_what_was_read_goes_with_the_import(small, data, monkeypatch):
    read = []
    monkeypatch.setattr(keeping, "lines_of", lambda source, real=keeping.lines_of: read.append(1) or real(source))
    actor, batch = received(small)
    stepped(actor, batch, tasks.read, tasks.check)
    assert (len(read), len(keeping.working_files(batch))) == (1, 2)
    stepped(actor, batch, tasks.commit, all_or_nothing=False)
    assert (len(read), keeping.working_files(batch)) == (1, [])
    assert list(StoredFile.objects.filter(purpose="import").values_list("name", flat=True)) == ["名单.csv"]


def test_what_rows_far_apart_changed_of_one_person_is_all_taken_back(small, data, monkeypatch):
    """Each part of the rows is written by itself, and notes what it found there."""
    monkeypatch.setattr("wuyou.intake.batches.CHUNK", 1)
    first = f"普玉仙,女,1952-05-03,,麒麟区南宁街道5号,{PHONE},侨眷,,是\n"
    actor, batch = received(small, first)
    services.commit(actor=actor, batch_id=batch.pk)
    before = register()
    more = (
        f"普玉仙,女,1952-05-03,{NUMBER},,{PHONE},归侨,,是\n段丽,女,1960-01-01,,,,,,是\n"
        "普玉仙,女,1952-05-03,,麒麟区南宁街道5号,19900007777,侨眷,,是\n"
    )
    actor, batch = received(small, more)
    services.commit(actor=actor, batch_id=batch.pk)
    changed = Person.objects.get(name="普玉仙")
    assert (changed.id_number, changed.other_phone, changed.category) == (NUMBER, "19900007777", "归侨")
    assert services.undo(actor=actor, batch_id=batch.pk)[1] == []
    assert register() == before


def test_the_command_plans_before_it_writes(small, data, monkeypatch):
    actor, batch = received(small)
    lines = []
    fresh = []
    monkeypatch.setattr(services, "run", lambda *a, **k: fresh.append(1))
    outcome = committing.bring_in(actor, batch.pk, said=lines.extend)
    assert (outcome.stored, fresh, bool(lines)) == (3, [], True)


def test_nothing_of_a_batch_stands_in_clear_under_the_data_directory(small, data):
    """Upload, what was read, plan and marked workbook: none of them shows a number, a name or a cell."""
    wrong = "角老三,男,去年,530399,麒麟区,123,好人,,是\n"
    actor, batch = received(small, ROLL + wrong, name="名.csv")
    stepped(actor, batch, tasks.read, tasks.check, tasks.annotate)
    purposes = sorted(p.split()[0] for p in StoredFile.objects.values_list("purpose", flat=True))
    assert purposes == ["import", "marked", "plan", "spool"]
    held = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    canaries = (NUMBER, PHONE, "普玉仙", "角老三", "麒麟区南宁街道", "身份证号")
    assert [word for word in canaries if word.encode() in held or word.encode("utf-16-le") in held] == []


def test_after_a_rotation_the_old_key_goes_and_files_open_and_undo_still_works(small, data):
    keys = data / "own-keys.json"
    keys.write_bytes(settings.WUYOU_KEYS.read_bytes())
    settings.WUYOU_KEYS, real = keys, settings.WUYOU_KEYS
    try:
        actor, batch = received(small)
        stepped(actor, batch, tasks.read, tasks.check)
        stepped(actor, batch, tasks.commit, all_or_nothing=False)
        actor, second = received(small, ROLL.replace(PHONE, "19900007777"))
        stepped(actor, second, tasks.read, tasks.check)
        stepped(actor, second, tasks.commit, all_or_nothing=False)
        record = ImportedRecord.objects.get(batch=second, action="changed", before__has_key="phone")
        old = record.before["phone"].split(".")[1]
        fresh, _number = sealing.rotate()
        record.refresh_from_db()
        assert (record.before["phone"].split(".")[1], sealing.keys_in_use(), fresh != old) == (fresh, {fresh}, True)
        assert queries.wanted(queries.batch(actor, second.pk)).files[0][1].open().read().decode().startswith("姓名")
        assert services.undo(actor=actor, batch_id=second.pk)[1] == []
        assert Person.objects.get(name="普玉仙").phone == PHONE
    finally:
        settings.WUYOU_KEYS = real
