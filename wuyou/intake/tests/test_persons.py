"""A census roll becomes persons: who is new, who is known, what is kept, what the same roll again does, and the way back."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from wuyou.demo import small as world
from wuyou.demo.factories import make_unit
from wuyou.intake import services as intake
from wuyou.intake.facts import LABELS
from wuyou.intake.persons import PersonIntake
from wuyou.intake.planning import Action, Choices, RowRef
from wuyou.kernel import clock
from wuyou.kernel.sayings import said
from wuyou.people import bulk
from wuyou.people import services as people
from wuyou.people.columns import PERSONS
from wuyou.people.models import Affiliation, HeadCount, MemberCount, Person
from wuyou.places import queries as places
from wuyou.places.models import Division
from wuyou.platform.imports.columns import Around, Cell
from wuyou.platform.models import AuditEvent
from wuyou.platform.service import service

NEW, CHANGED, UNCHANGED, REJECTED = Action.NEW, Action.CHANGED, Action.UNCHANGED, Action.REJECTED
ASKED = frozenset({"birth", "id_no", "health", "hardship", "relative_name", "overseas_phone"})
NUMBER, OTHER_NUMBER = "530399195205030022", "530399196001010024"
COLUMNS = {column.field: column for column in PERSONS.columns if column.field}

pytestmark = pytest.mark.django_db


def readings(texts):
    """Return the readings of a row given as texts by field, as the machine gives them."""
    cells = {name: Cell("A2", text, text) for name, text in texts.items()}
    settings = {"places": places.index("530300"), "area_code": "0874", "today": clock.today()}
    around = Around("", sheet="摸底表", file="名单.xlsx", row=cells, settings=settings)
    found = {name: COLUMNS[name].read(cell, around) for name, cell in cells.items()}
    return dict(PERSONS.check_row(found, around))


@service
def brought(actor, rows, *, unit, ground="separate_consent", kept=ASKED, on=None, chunk=2):
    """Plan and store rows as a batch does, in chunks; return its id, what was planned and what was stored."""
    batch = uuid4()
    taking = PersonIntake(actor, Choices(unit.pk, ground, "侨情调查", kept, counted_on=on), batch)
    planned, stored = [], []
    for start in range(0, len(rows), chunk):
        some = [
            taking.plan(RowRef(0, "摸底表", at + 2), readings(rows[at]))
            for at in range(start, min(start + chunk, len(rows)))
        ]
        planned += some
        stored += taking.store(some)
    taking.close()
    return batch, planned, stored


@pytest.fixture
def bring(small):
    """Return a function that brings rows into the register of 麒麟区 as its officer."""
    unit = small.unit(world.QILIN)

    def run(*rows, actor="county", **choices):
        return brought(small.actor(actor), rows, unit=unit, **choices)

    run.unit, run.actor = unit, small.actor("county")
    return run


def row(name="普玉仙", **texts):
    told = {"name": name, "sex": "女", "birth": "1952-05-03", "residence": "麒麟区南宁街道5号", "phone": "19900001234"}
    return {field: text for field, text in {**told, **texts}.items() if text}


def actions(planned):
    return [item.action for item in planned]


def everything_of(person):
    """Return all that is held of a person, sealed values opened."""
    names = [f.attname for f in Person._meta.concrete_fields]
    return {name: getattr(person, name) for name in names}


FULL = row(
    former_name="玉仙", kin="户主", ethnicity="彝", id_no=NUMBER, native="云南陆良", birthplace="泰国清迈", nationality="中国",
    edu="高中", category="侨卷、归侨", certificate="曲侨证001", returned="1978年5月", left="1999", from_country="泰国",
    country="泰国", relation="三叔", relative_name="普阿三", rel_job="经商", overseas_phone="+66 812345678", door="3单元",
    unit="滇源机械", job="退休", phone="19900001234 0000646", wechat="wxid_pyx1", email="pyx@example.org", skills="书法",
    health="良好", hardship="独居", needs="上门看病", house_no="17", surveyor="耿志远", surveyed="2025-06-18",
    consent="是", remark="说缅语", political="群众", religion="佛教", bank="6222", assets="富裕", influence="大",
    key_person="是",
)  # fmt: skip


def test_everything_that_may_be_kept_is_kept_and_nothing_else(bring, small):
    _batch, planned, stored = bring(FULL)
    assert (actions(planned), [(s.object_kind, s.action, s.before, s.after_version) for s in stored]) == (
        [NEW], [("people.person", NEW, {}, 1)],
    )  # fmt: skip
    person = Person.objects.get(pk=stored[0].object_id)
    told = everything_of(person)
    division = Division.objects.get(parent__code="530302", name="南宁街道")
    expected = {
        "name": "普玉仙", "former_name": "玉仙", "kin": "户主", "sex": "female", "ethnicity": "彝族", "birth": "1952-05-03",
        "birth_calendar": "solar", "id_number": NUMBER, "native_place": "云南陆良", "birthplace": "泰国清迈",
        "nationality": "中国", "education": "高中", "category": "侨眷、归侨", "certificate": "曲侨证001",
        "returned": "1978-05", "went_abroad": "1999", "from_country": "泰国", "relative_country": "泰国",
        "relation": "叔伯姑", "relative_name": "普阿三", "relative_job": "经商", "overseas_phone": "+66 812345678",
        "division_id": division.pk, "address": "麒麟区南宁街道5号3单元", "workplace": "滇源机械", "occupation": "退休",
        "phone": "19900001234", "other_phone": "0874-0000646", "wechat": "wxid_pyx1", "email": "pyx@example.org",
        "skills": "书法", "health": "良好", "hardship": "独居", "needs": "上门看病", "house_no": "17",
        "surveyor": "耿志远", "surveyed": "2025-06-18", "agreed": True, "remark": "说缅语", "pinyin": "puyuxian",
        "initials": "pyx", "keeper_id": bring.unit.pk, "claimed_status": "", "certified_status": "", "left_on": None,
        "version": 1,
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    assert set(told) - set(expected) == {
        "id", "uid", "basis_id", "registered_at", "source_batch", "row_marks", "phone_index", "other_phone_index", "id_index",
    }  # fmt: skip
    assert (person.basis.ground, person.basis.purpose) == ("separate_consent", "侨情调查")


def test_a_stored_row_is_what_saving_one_by_one_would_have_stored(bring, small):
    """The road below the ORM leaves nothing out that saving does."""
    _batch, _planned, stored = bring(FULL)
    person = Person.objects.get(pk=stored[0].object_id)
    facts = {name: getattr(person, name) for name in people.FIELDS}
    new = people.NewPerson(
        keeper_id=bring.unit.pk, basis_id=person.basis_id, facts=facts, source_batch=person.source_batch
    )
    single = people.register_person(actor=bring.actor, new=new)
    own = ("id", "uid", "registered_at", "row_marks")
    one, other = everything_of(person), everything_of(Person.objects.get(pk=single.pk))
    assert [{n: v for n, v in told.items() if n not in own} for told in (one, other)] == [
        {n: v for n, v in one.items() if n not in own}
    ] * 2


def test_sealed_values_do_not_stand_open_in_the_database(bring, small):
    _batch, _planned, stored = bring(FULL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person WHERE id = %s", [stored[0].object_id])
        text = repr(cursor.fetchall())
    open_ones = [word for word in (NUMBER, "19900001234", "0000646", "普阿三", "812345678") if word in text]
    assert (open_ones, "普玉仙" in text) == ([], True)


@pytest.mark.parametrize(
    ("ground", "kept", "expected"),
    [
        ("separate_consent", ASKED, ["1952-05-03", NUMBER, "良好", "独居", "普阿三", "+66 812345678"]),
        ("legal_duty", ASKED, ["1952-05-03", NUMBER, "良好", "独居", "普阿三", "+66 812345678"]),
        ("consent", ASKED, ["1952-05-03", "", "", "", "", ""]),
        ("separate_consent", frozenset({"id_no"}), ["", NUMBER, "", "", "", ""]),
        ("separate_consent", frozenset(), ["", "", "", "", "", ""]),
    ],
)
def test_guarded_fields_need_a_confirmed_purpose_and_the_sensitive_ones_a_ground(bring, ground, kept, expected):
    _batch, _planned, stored = bring(FULL, ground=ground, kept=kept)
    person = Person.objects.get(pk=stored[0].object_id)
    assert [
        person.birth,
        person.id_number,
        person.health,
        person.hardship,
        person.relative_name,
        person.overseas_phone,
    ] == (expected)


@pytest.mark.parametrize(
    ("texts", "choices", "why"),
    [
        (row(consent="否"), {}, "本人不同意登记，没有保存；如本人改变意见，可以随时再登记。"),
        (row(), {"ground": ""}, "请先选择登记依据和用途，再登记个人信息。"),
        (row("张?三"), {}, "没有可用的姓名，这一行没有导入；请在表中补正姓名后再导入一次。"),
        ({"sex": "女", "phone": "19900001234"}, {}, "没有可用的姓名，这一行没有导入；请在表中补正姓名后再导入一次。"),
    ],
)
def test_who_may_not_be_kept_is_not_taken(bring, texts, choices, why):
    before = (Person.objects.count(), AuditEvent.objects.count())
    _batch, planned, stored = bring(texts, **choices)
    assert ([(item.action, said(item.why)) for item in planned], stored) == ([(REJECTED, why)], [])
    assert (Person.objects.count(), AuditEvent.objects.count()) == before


def test_who_withdraws_is_not_changed_and_the_office_is_told(bring):
    bring(row())
    _batch, planned, stored = bring(row(consent="否", job="教师"))
    assert (said(planned[0].why), stored, Person.objects.get(name="普玉仙").occupation) == (
        "本人不同意登记，没有保存；如本人改变意见，可以随时再登记。此前登记的资料仍在，请打开该成员的资料，按本人意愿更正或删除。",
        [], "",
    )  # fmt: skip


def test_refused_cells_are_left_out_and_the_row_is_taken(bring):
    _batch, planned, stored = bring(row(birth="去年", phone="123", id_no="530399", sex="不明白", category="好人"))
    person = Person.objects.get(pk=stored[0].object_id)
    assert (actions(planned), [person.birth, person.phone, person.id_number, person.sex, person.category]) == (
        [NEW], [""] * 5,
    )  # fmt: skip


def test_a_lunar_birth_says_so(bring):
    _batch, _planned, stored = bring(row(birth="农历1952年四月初十"))
    person = Person.objects.get(pk=stored[0].object_id)
    assert (person.birth, person.birth_calendar) == ("1952-05-03", "lunar")


KNOWN = row(id_no=NUMBER, category="侨眷")


@pytest.mark.parametrize(
    ("texts", "action", "differences", "is_doubtful"),
    [
        (KNOWN, UNCHANGED, [], False),
        (row(id_no=NUMBER), UNCHANGED, [], False),
        (row("普玉先", id_no=NUMBER, phone="", birth=""), CHANGED, [("姓名", "普玉仙", "普玉先")], False),
        (row(birth="1952-05", phone=""), UNCHANGED, [], False),
        (row(birth="1952-05", phone="", category="归侨"), CHANGED, [("侨情类别", "侨眷", "归侨")], False),
        (row(birth="", residence="会泽县者海镇", ethnicity="彝族"), CHANGED,
         [("民族", "", "彝族"), ("所在地", "南宁街道", "者海镇"), ("住址", "已登记", "表中的新内容")], False),
        (row(phone="19900007777"), CHANGED, [("联系电话", "已登记", "表中的新内容")], False),
        (row(phone="19900001234 19900007777"), CHANGED, [("其他电话", "", "表中的新内容")], False),
        (row(residence="麒麟区"), UNCHANGED, [], False),
        (row(residence="昆明市五华区"), UNCHANGED, [], False),
        (row(surveyed="2025-06-18", needs="看病"), CHANGED,
         [("摸底日期", "", "2025-06-18"), ("需求", "", "表中的新内容")], False),
        (row(id_no=OTHER_NUMBER), NEW, [], True),
        (row("朴玉仙", phone=""), NEW, [], False),
        (row("普玉先", phone=""), NEW, [], True),
        (row(birth="", phone=""), NEW, [], True),
        (row(birth="1980-01-01", phone="", id_no=""), NEW, [], False),
    ],
)  # fmt: skip
def test_a_row_against_a_known_person(bring, texts, action, differences, is_doubtful):
    bring(KNOWN)
    _batch, planned, _stored = bring(texts)
    item = planned[0]
    told = sorted(tuple(map(str, difference)) for difference in item.differences)
    assert (item.action, told, bool(item.doubt)) == (action, sorted(differences), is_doubtful)


def test_a_person_whom_the_actor_may_not_revise_is_not_touched(bring, small):
    bring(KNOWN)
    huize = small.unit(world.HUIZE)
    _batch, planned, _stored = brought(small.actor("huize"), [KNOWN], unit=huize)
    assert (actions(planned), Person.objects.filter(name="普玉仙").count()) == ([NEW], 2)


@pytest.mark.parametrize("chunk", [1, 2, 10])
def test_a_second_row_of_one_person_fills_in_and_never_overwrites(bring, chunk):
    rows = [
        row(birth="1952", ethnicity="汉族"),
        row("段丽"),
        row(birth="1952-05-03", ethnicity="彝族", phone="19900001234 19900007777", job="教师"),
        row(birth="1952", job="医生", edu="高中"),
        row(birth="1952", ethnicity="汉族"),
    ]
    _batch, planned, stored = bring(*rows, chunk=chunk)
    assert actions(planned) == [NEW, NEW, CHANGED, CHANGED, UNCHANGED]
    assert [(s.ref.number, s.action) for s in stored] == [(2, NEW), (3, NEW), (4, UNCHANGED), (5, UNCHANGED)]
    person = Person.objects.get(name="普玉仙")
    assert (person.birth, person.ethnicity, person.other_phone, person.occupation, person.education, person.version) == (
        "1952-05-03", "汉族", "19900007777", "教师", "高中", 1,
    )  # fmt: skip


def test_the_same_roll_again_changes_nothing_whatever_came_between(bring):
    rows = [FULL, row("段丽"), row("段丽", phone="19900005555", category="归侨"), row(birth="1952", job="教师")]
    bring(*rows)
    state = [everything_of(person) for person in Person.objects.order_by("pk")]
    events = AuditEvent.objects.count()
    _batch, planned, stored = bring(*rows)
    assert (actions(planned), stored, AuditEvent.objects.count()) == ([UNCHANGED] * 4, [], events)
    other = row("段丽", phone="19900006666", category="侨属")
    assert actions(bring(other)[1]) == [CHANGED]
    _batch, planned, stored = bring(*rows)
    assert (actions(planned), [bool(item.doubt) for item in planned]) == ([UNCHANGED] * 4, [False, True, False, False])
    assert actions(bring(other)[1]) == [UNCHANGED]
    fields = ("phone", "category", "phone_index", "version", "row_marks")
    assert [
        {name: value for name, value in everything_of(person).items() if name not in fields}
        for person in Person.objects.order_by("pk")
    ] == [{name: value for name, value in told.items() if name not in fields} for told in state]


def test_a_corrected_roll_changes_what_differs_and_an_empty_cell_wipes_nothing(bring):
    bring(FULL, row("段丽", needs="看病"))
    before = {p.name: everything_of(p) for p in Person.objects.filter(name__in=["普玉仙", "段丽"])}
    _batch, planned, stored = bring({**FULL, "job": "教师"}, row("段丽", phone="19900008888", birth="", sex=""))
    assert actions(planned) == [CHANGED, NEW]
    after = everything_of(Person.objects.get(pk=stored[0].object_id))
    changed = {name for name in after if after[name] != before["普玉仙"][name]}
    assert (changed, after["occupation"], after["version"]) == ({"occupation", "version", "row_marks"}, "教师", 2)
    assert (dict(stored[0].before), stored[0].after_version) == (
        {"occupation": "退休", "row_marks": before["普玉仙"]["row_marks"]}, 2,
    )  # fmt: skip


def test_an_older_survey_only_fills_in(bring):
    bring(row(surveyed="2025-06-18", category="归侨"))
    _batch, planned, stored = bring(row(surveyed="2024-05-01", category="侨眷", job="教师"))
    person = Person.objects.get(pk=stored[0].object_id)
    assert (actions(planned), person.category, person.occupation, person.surveyed) == (
        [CHANGED], "归侨", "教师", "2025-06-18",
    )  # fmt: skip


def test_a_sensitive_field_brings_its_own_basis_with_it(bring):
    bring(FULL, ground="consent")
    _batch, planned, stored = bring(FULL)
    person = Person.objects.get(pk=stored[0].object_id)
    assert (actions(planned), person.basis.ground, person.id_number) == ([CHANGED], "separate_consent", NUMBER)
    assert set(stored[0].before) == {
        "basis_id", "birth", "birth_calendar", "id_number", "id_index", "health", "hardship", "relative_name",
        "overseas_phone", "row_marks",
    } - {"birth", "birth_calendar"}  # fmt: skip


def test_former_values_of_sealed_fields_are_kept_sealed(bring):
    bring(KNOWN)
    sealed = Person.objects.filter(name="普玉仙").values("phone", "phone_index").get()
    _batch, _planned, stored = bring({**KNOWN, "phone": "19900007777"})
    assert {name: stored[0].before[name] for name in ("phone", "phone_index")} == sealed
    assert "19900001234" not in repr(stored)


def test_groups_and_counts_are_kept_in_step(bring, small):
    day = date(2025, 6, 30)
    town = Division.objects.get(parent__code="530302", name="南宁街道")
    already = Person.objects.filter(division=town, left_on=None).count()
    batch, _planned, _stored = bring(
        row(group=world.GOOD, category="侨眷"), row("段丽", group="文昌社区侨联", category="归侨"),
        row("角文", group="没有这个组"), on=day,
    )  # fmt: skip
    good = small.unit(world.GOOD)
    joined = Affiliation.objects.filter(source_batch=batch, unit=good, end=None).values_list("person__name", "start")
    assert sorted(joined) == [("普玉仙", clock.today()), ("段丽", clock.today())]
    counts = HeadCount.objects.filter(division=town, counted_on=day, source_batch=batch, origin="registered")
    assert counts.get(category="").people == already + 3
    members = Affiliation.objects.filter(person__division=town, person__left_on=None, end=None, unit=good).count()
    assert MemberCount.objects.get(division=town, unit=good).people == members
    assert actions(bring(row(group=world.GOOD, category="侨眷"))[1]) == [UNCHANGED]


def test_one_event_tells_of_the_whole_batch(bring):
    before = AuditEvent.objects.count()
    bring(*[row(f"段{name}", phone="") for name in "丽艳红梅霞"])
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))[before:]
    assert verbs == ["people.basis.noted", "people.persons.imported"]


def test_a_whole_line_committed_and_undone_leaves_the_register_as_it_was(small):
    """From a file through the batch's services and back."""
    actor, unit = small.actor("county"), small.unit(world.QILIN)
    header = "姓名,性别,出生年月,身份证号,现住址,联系电话,侨情类别,本人是否同意登记\n"
    first = "普玉仙,女,1952-05-03,,麒麟区南宁街道5号,19900001234,侨眷,是\n段丽,女,1960-01-01,,麒麟区南宁街道,,归侨,是\n"
    committed(actor, unit, header + first)
    state = {p.pk: everything_of(p) for p in Person.objects.order_by("pk")}
    second = first.replace("19900001234", "19900007777").replace("1952-05-03,", f"1952-05-03,{NUMBER}")
    batch = committed(actor, unit, header + second + "角文,男,1970-02-02,,麒麟区益宁街道,19900004444,侨属,是\n")
    assert Person.objects.get(name="普玉仙").id_number == NUMBER
    intake.undo(actor=actor, batch_id=batch.pk)
    own = ("version",)
    after = {p.pk: everything_of(p) for p in Person.objects.order_by("pk")}
    assert [{n: v for n, v in told.items() if n not in own} for told in after.values()] == [
        {n: v for n, v in told.items() if n not in own} for told in state.values()
    ]
    found = bulk.INDEXES["phone"].index("19900001234")
    assert Person.objects.get(phone_index=found).name == "普玉仙"


def committed(actor, unit, text):
    batch = intake.receive(actor=actor, uploads=[("名单.csv", [text.encode()])], unit_id=unit.pk, kind="persons")
    choices = {"unit_id": unit.pk, "ground": "separate_consent", "purpose": "侨情调查", "kept": sorted(ASKED)}
    intake.choose(actor=actor, batch_id=batch.pk, edits={}, choices=choices)
    intake.commit(actor=actor, batch_id=batch.pk)
    return batch


def test_names_of_groups_that_lead_to_none_are_told_and_made_good_later(bring, small):
    rows = [
        row(group="北山社区侨联小组"), row("段丽", phone="", group="北山社区侨联小组"),
        row("角文", phone="", group="没有这个组"),
    ]  # fmt: skip
    _batch, planned, _stored = bring(*rows)
    assert actions(planned) == [NEW, NEW, NEW]
    choices = Choices(bring.unit.pk, "separate_consent", "侨情调查", ASKED)
    taking = PersonIntake(bring.actor, choices, uuid4())
    taking.plan(RowRef(0, "摸底表", 2), readings(row("周来", phone="", group="北山社区侨联小组")))
    assert [said(text) for text in taking.remarks()] == [
        "“所属组织”一列里有 1 个名称对应不上名册里的一个组织，这 1 人没有记入组织，其他内容不受影响；"
        "请先登记这些组织或改正名称，再把同一份表格导入一次，就会补上：北山社区侨联小组（1 人）"
    ]
    group = make_unit(full_name="曲靖市麒麟区北山社区侨联小组", parent=bring.unit, county="530302")
    _batch, planned, _stored = bring(*rows)
    assert actions(planned) == [CHANGED, CHANGED, UNCHANGED]
    assert planned[0].differences == ((LABELS["group"], "", "北山社区侨联小组"),)
    assert Affiliation.objects.filter(unit=group, end=None).count() == 2
    assert actions(bring(*rows)[1]) == [UNCHANGED, UNCHANGED, UNCHANGED]
