"""What the city means to reach in three years, and what its first county has set itself."""

from datetime import timedelta
from functools import partial

from wuyou.demo.diary import Diary
from wuyou.demo.registering import City
from wuyou.demo.terrain import COUNTIES
from wuyou.orgs import services as orgs
from wuyou.orgs.models import UnitKind
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import Spot

_A_YEAR = {
    "530302": (2, 1, 0), "530303": (1, 0, 0), "530304": (1, 0, 0), "530322": (1, 1, 1), "530323": (1, 0, 0),
    "530324": (0, 0, 1), "530325": (0, 0, 0), "530326": (1, 1, 0),
}  # fmt: skip
"""How many to found, reorganise and restore in a year, by county: twelve in all. One county has no numbers yet."""
_OF_A_COUNTY = (("community", 2), ("enterprise", 1), ("school", 0))
"""How many of each kind the first county means to found in a year."""


def note_targets(diary: Diary, city: City) -> None:
    """Note when the city draws up its plan, and the first county one of its own."""
    diary.note(city.begin + timedelta(days=15), partial(_of_the_city, city))
    diary.note(city.begin + timedelta(days=25), partial(_of_a_county, city))


def _of_the_city(city: City) -> None:
    numbers = {
        Spot(city.units[code], None, year, event): number
        for code, told in _A_YEAR.items()
        for year in _years(city)
        for event, number in zip(HEADLINE_KINDS, told, strict=True)
    }
    _draw_up(city, "", "全市侨联基层组织建设三年计划", f"曲侨发〔{_years(city)[0]}〕2号", numbers)


def _of_a_county(city: City) -> None:
    code, kinds = COUNTIES[0].code, dict(UnitKind.objects.values_list("code", "pk"))
    numbers = {
        Spot(city.units[code], kinds[kind], year, "establish"): number
        for kind, number in _OF_A_COUNTY
        for year in _years(city)
    }
    name = f"{COUNTIES[0].name}侨联基层组织建设三年计划"
    _draw_up(city, code, name, f"{COUNTIES[0].mark}〔{_years(city)[0]}〕5号", numbers)


def _draw_up(city: City, code: str, name: str, document: str, numbers: dict[Spot, int]) -> None:
    years = _years(city)
    facts = orgs.PlanFacts(name, years[0], years[-1], document)
    plan = orgs.draw_up_plan(actor=city.actors[code], office_id=city.units[code], facts=facts)
    orgs.set_targets(actor=city.actors[code], plan_id=plan.pk, seen=plan.version, changes=numbers)


def _years(city: City) -> range:
    return range(city.today.year - 1, city.today.year + 2)
