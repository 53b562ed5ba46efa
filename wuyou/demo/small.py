"""The small world of the tests: one city, three counties, twelve groups in every state, some forty persons.

Everything has a fixed name and a fixed day; a test refers to units by the constants below. The world's day is
`SMALL_TODAY`. What is missing, is missing on purpose: each group says in its line what it is there for.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from wuyou.activities.models import Activity
from wuyou.demo import factories as make
from wuyou.demo.accounts import LEADER_GROUP, LEADER_NAME, SignIn, let_sign_in, office_users
from wuyou.funds import services as funds
from wuyou.kernel import clock
from wuyou.kernel.refusals import Refused
from wuyou.kernel.roles import Role
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Unit
from wuyou.people.models import ConsentBasis
from wuyou.places import queries as places
from wuyou.places import services as place_services
from wuyou.places.models import Division

SMALL_TODAY = date(2025, 11, 20)
REGISTERED = date(2025, 1, 6)

CITY, QILIN, LULIANG, HUIZE = "曲靖市侨联", "麒麟区侨联", "陆良县侨联", "会泽县侨联"
GOOD = "文昌社区侨联小组"
NO_VENUE = LEADER_GROUP
TERM_OVER = "麒麟卫生健康局联络组"
JOINT = "滇源机械联合联络组"
LAPSED = "锦纶纺织侨联小组"
NEW = "益宁街道侨联小组"
UNIVERSITY = "曲靖云岭学院侨联"
FARM = "青坝华侨农场侨联"
REORGANISED = "陆良云坪中学侨联小组"
AWAITING = "大莫古镇侨联小组"
BARE = "者海镇侨联小组"
DISSOLVED = "会泽铅锌矿侨联小组"


@dataclass(frozen=True, slots=True)
class _Group:
    """A line of the table: where it sits, and what it has. `events` are (kind, day) after its founding."""

    short: str
    full: str
    under: str
    kind: str
    form: str = "group"
    county: str = "530302"
    township: str = ""
    founded: str = ""
    hosts: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    term: tuple[date, date] | None = (date(2023, 6, 1), date(2028, 6, 1))
    members: int = 3
    declared: int | None = None
    venue: bool = True
    study_rules: bool | None = True
    activities: tuple[tuple[str, int, int | None], ...] = ()
    received: tuple[tuple[int, int, str], ...] = ()


_ACTIVE = (("visit", 22, 15), ("study", 66, 18), ("activity", 128, 30), ("symposium", 190, 12), ("study", 255, 20),
           ("activity", 301, None))  # fmt: skip
_TABLE = (
    _Group(GOOD, "曲靖市麒麟区南宁街道文昌社区侨联小组", QILIN, "community", township="南宁街道", founded="2016-04-12",
           hosts=("南宁街道文昌社区居委会",), members=6, declared=26, activities=_ACTIVE,
           received=((40, 3_000_00, "city_federation"), (75, 2_000_00, "host"))),
    _Group(NO_VENUE, "曲靖市麒麟区文华街道学府社区侨联小组", QILIN, "community", township="文华街道", founded="2018-09-03",
           hosts=("文华街道学府社区居委会",), members=5, declared=22, venue=False, activities=_ACTIVE,
           received=((52, 2_000_00, "city_federation"),)),
    _Group(TERM_OVER, "曲靖市麒麟区卫生健康局侨联联络组", QILIN, "office", form="liaison_group", founded="2009-05",
           hosts=("麒麟区卫生健康局",), term=(date(2019, 5, 31), date(2024, 5, 31)), members=4, declared=34,
           activities=_ACTIVE[:2], received=((33, 1_500_00, ""),)),
    _Group(JOINT, "滇源机械有限公司等单位联合侨联联络组", QILIN, "joint", form="liaison_group", founded="2014",
           hosts=("滇源机械有限公司", "麒麟区云坪农机站", "滇源物流有限公司"), members=5, declared=38, study_rules=False,
           activities=_ACTIVE[1:4]),
    _Group(LAPSED, "锦纶纺织有限公司侨联小组", QILIN, "enterprise", founded="2003-11-20", hosts=("锦纶纺织有限公司",),
           events=(("lapse", "2023-08-31"),), term=(date(2015, 1, 1), date(2020, 1, 1)), members=2, declared=9,
           venue=False, study_rules=False),
    _Group(NEW, "曲靖市麒麟区益宁街道侨联小组", QILIN, "community", township="益宁街道", founded="2025-03-18",
           hosts=("益宁街道办事处",), term=(date(2025, 3, 18), date(2030, 3, 18)), declared=15,
           activities=(("symposium", 80, 9),)),
    _Group(UNIVERSITY, "曲靖云岭学院归国华侨联合会", CITY, "university", form="committee", founded="1998-10-16",
           hosts=("曲靖云岭学院",), members=4, declared=86, activities=_ACTIVE[:3],
           received=((20, 8_000_00, "host"),)),
    _Group(FARM, "陆良县青坝华侨农场归国华侨联合会", LULIANG, "farm", form="committee", county="530322",
           township="中枢街道", founded="1978-12", hosts=("青坝华侨农场",), members=4, declared=142,
           events=(("lapse", "2019-03"), ("restore", "2025-06-10")), activities=_ACTIVE[3:5],
           received=((180, 6_000_00, "city_federation"),)),
    _Group(REORGANISED, "曲靖市陆良县云坪中学侨联小组", LULIANG, "school", county="530322", founded="2006",
           hosts=("陆良县云坪中学",), events=(("lapse", "2021"), ("reorganise", "2025-09-09")), declared=18,
           study_rules=None),
    _Group(AWAITING, "曲靖市陆良县大莫古镇侨联小组", LULIANG, "township", county="530322", township="大莫古镇",
           founded="2012-07-01", hosts=("大莫古镇人民政府",), term=None, members=2, venue=False, study_rules=False),
    _Group(BARE, "曲靖市会泽县者海镇侨联小组", HUIZE, "township", county="530326", township="者海镇", term=None, members=0,
           venue=False, study_rules=None),
    _Group(DISSOLVED, "会泽铅锌矿侨联小组", HUIZE, "central_enterprise", county="530326", founded="1985-02-09",
           hosts=("会泽铅锌矿",), events=(("dissolve", "2022-12-30"),), term=None, members=0, venue=False),
)  # fmt: skip
_COUNTIES = ((QILIN, "曲靖市麒麟区归国华侨联合会", "530302"), (LULIANG, "曲靖市陆良县归国华侨联合会", "530322"),
             (HUIZE, "曲靖市会泽县归国华侨联合会", "530326"))  # fmt: skip
_TOWNSHIP_COUNTS = (("530302", "南宁街道", 120), ("530302", "益宁街道", 45), ("530302", "越州镇", 31),
                    ("530322", "芳华镇", 80), ("530322", "中枢街道", 150), ("530326", "者海镇", 64),
                    ("530326", "娜姑镇", 52))  # fmt: skip
_NAMES = (
    LEADER_NAME, "陶金保", "普光荣", "龙艳芳", "瞿庆丰", "沙吉昌", "侬文英", "海正德", "王建明", "李桂芬", "张琼仙",
    "陈卫国", "赵丽珍", "周体康", "吴秀英", "孔令宽", "何凤仙", "高石生", "段云川", "钱永惠", "晏家福", "尹德昌", "施慧",
    "木·阿珍", "缪春梅", "太光亮", "蒋文俊", "黎氏明", "保兰英", "耿志远", "窦小燕", "代学良", "Maung Aung", "冯月秋",
    "者文才", "卯昌菊", "邓启华", "费树清", "秦玉昆", "卢竹君",
)  # fmt: skip


@dataclass(slots=True)
class _World:
    units: dict[str, Unit] = field(default_factory=dict)
    townships: dict[tuple[str, str], Division] = field(default_factory=dict)
    names: list[str] = field(default_factory=lambda: list(_NAMES))


def build_small() -> None:
    """Fill an empty database with the small world, through the services. Raises Refused when units are there already."""
    if Unit.objects.exists():
        raise Refused("数据库中已有组织，没有生成测试用的小城市；请使用空的数据库。")
    world = _World()
    with clock.held_at(REGISTERED):
        _places(world)
        _offices(world)
        for group in _TABLE:
            if group.short != NEW:
                _register(world, group)
    with clock.held_at(date(2025, 3, 20)):
        _register(world, next(group for group in _TABLE if group.short == NEW))
    for group in _TABLE:
        _year(world, group)
    _users(world)


def _places(world: _World) -> None:
    if places.division("530300") is None:
        place_services.load_divisions(actor=make.anybody(), home="530300")
    wanted = {name for _, name, _ in _TOWNSHIP_COUNTS} | {group.township for group in _TABLE}
    found = Division.objects.filter(parent__code__in=[code for _, _, code in _COUNTIES], name__in=wanted)
    for division in found.select_related("parent"):
        parent = division.parent
        assert parent is not None
        world.townships[parent.code, division.name] = division
    for code, name, people in _TOWNSHIP_COUNTS:
        make.make_count(people, division=world.townships[code, name], source="各县（市、区）侨联上报")


def _offices(world: _World) -> None:
    world.units[CITY] = city = make.make_unit(
        full_name="曲靖市归国华侨联合会", short_name=CITY, kind="city_federation", founded="1983-05-10", county=""
    )
    for short, full, code in _COUNTIES:
        world.units[short] = make.make_unit(
            parent=city, full_name=full, short_name=short, kind="county_federation", founded="1987", county=code
        )


def _register(world: _World, group: _Group) -> None:
    area = world.townships.get((group.county, group.township))
    office = "" if group.founded == "" else f"侨发〔{group.founded[:4]}〕3号"
    unit = make.make_unit(
        parent=world.units[group.under], county=group.county, full_name=group.full, short_name=group.short,
        kind=group.kind, form=group.form, founded=group.founded, hosts=group.hosts, approval_number=office,
        led_by=tuple(f"{host}党组织" for host in group.hosts[:1]), area_ids=(area.pk,) if area else (),
        has_study_rules=group.study_rules,
        state=Unit.State.TO_REORGANISE if group.short == AWAITING else Unit.State.NORMAL,
    )  # fmt: skip
    world.units[group.short] = unit
    for kind, on in group.events:
        if on < clock.today().isoformat():
            orgs.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=on)
    _members(world, group, unit, area)
    if group.venue:
        make.make_venue(unit, name=f"{group.short.removesuffix('侨联小组')}侨胞之家", is_shared=group.short == GOOD)
    if group.declared is not None:
        make.make_count(group.declared, unit=unit)


def _members(world: _World, group: _Group, unit: Unit, area: Division | None) -> None:
    posts = ("chair", "vice_chair") if group.form == "committee" else ("leader", "deputy_leader", "liaison_officer")
    term = make.make_term(unit, *group.term) if group.term else None
    consent, separate = make.make_basis(), make.make_basis(ConsentBasis.Ground.SEPARATE, "发放慰问款时核对身份")
    for place in range(group.members):
        name = LEADER_NAME if (group.short, place) == (NO_VENUE, 0) else _next_name(world)
        number = len(_NAMES) - len(world.names)
        sensitive = {"id_number": _ID_NUMBERS[0]} if (group.short, place) == (GOOD, 0) else {}
        person = make.make_person(
            unit, unit, name=name, sex=("female", "male")[number % 2], birth="1946-12-01" if sensitive else f"{1945 + number}",
            category=("侨眷", "归侨", "侨属")[number % 3], phone=f"1990000{number:04}", basis=separate if sensitive else consent,
            division_id=area.pk if area else None, relative_country=("缅甸", "泰国", "越南", "老挝")[number % 4], **sensitive,
        )  # fmt: skip
        if term and place < len(posts) - (group.short == JOINT):
            make.make_seat(
                unit, person, posts[place], start=max(term.start or REGISTERED, date(2019, 1, 1)), term_id=term.pk
            )


def _next_name(world: _World) -> str:
    world.names.pop(0) if world.names[0] == LEADER_NAME else None
    return world.names.pop(0)


def _year(world: _World, group: _Group) -> None:
    unit, first = world.units[group.short], date(2025, 1, 1)
    for kind, day in group.events:
        if day > REGISTERED.isoformat():
            with clock.held_at(date.fromisoformat(day) + timedelta(days=3)):
                orgs.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=day, document="侨发〔2025〕8号",
                                  shares_document=True)  # fmt: skip
    for kind, after, present in group.activities:
        on = first + timedelta(days=after)
        with clock.held_at(on + timedelta(days=1)):
            make.make_activity(unit, kind=kind, on=on, present=present, topic=_TOPICS[kind],
                               leaders_present=kind == Activity.Kind.SYMPOSIUM)  # fmt: skip
    for after, fen, source in group.received:
        on = first + timedelta(days=after)
        with clock.held_at(on):
            make.make_entry(unit, on=on, amount_fen=fen, source=source, voucher=f"2025-{after:03}" if source else "")
            funds.declare_budget(actor=make.anybody(), unit_id=unit.pk, year=2025, amount_fen=fen,
                                 sources=(source,) if source else ())  # fmt: skip


def _users(world: _World) -> None:
    machine = make.anybody()
    for somebody in (
        *office_users(world.units[CITY].pk),
        SignIn("county", "念朝阳", Role.COUNTY_OFFICER, world.units[QILIN].pk),
        SignIn("leader", LEADER_NAME, Role.GROUP_LEADER, world.units[NO_VENUE].pk),
        SignIn("luliang", "资文静", Role.COUNTY_OFFICER, world.units[LULIANG].pk),
        SignIn("huize", "铁成林", Role.COUNTY_OFFICER, world.units[HUIZE].pk),
    ):
        with clock.held_at(REGISTERED):
            let_sign_in(machine, somebody, start=REGISTERED)


_TOPICS = {"activity": "侨界联欢", "study": "侨法学习", "visit": "走访归侨侨眷", "symposium": "侨情座谈会"}
_ID_NUMBERS = ("530399194612010059",)
