"""Who is the same person: the tiers as tables, the index against a dict, and the sample rolls against their truth."""

import csv
import random
from itertools import combinations

import pytest

from wuyou.intake.facts import Listener, sign_of
from wuyou.intake.matching import Births, Crowd, Verdict, births, judge
from wuyou.kernel.numberindex import NumberIndex
from wuyou.kernel.personname import pinyin_key
from wuyou.places.sources import national_divisions, villages_from_csv
from wuyou.platform.imports.analysis import analyse
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.reader import TableReader
from wuyou.platform.tests.beside import SAMPLES, VILLAGES

SAME, DOUBT, OTHER = Verdict.SAME, Verdict.DOUBT, Verdict.OTHER
HERE, BESIDE, NEXT_TOWN, NEXT_COUNTY = (1, 11, 111), (1, 11, 112), (1, 12, 121), (2, 21, 211)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (19520503, 19520503, Births.DAY),
        (19520503, 19520500, Births.MONTH),
        (19520503, 19520000, Births.YEAR),
        (19520503, 19520504, Births.NEAR),
        (19520503, 19530503, Births.NEAR),
        (19520500, 19520600, Births.NEAR),
        (19520503, 19540503, Births.DIFFER),
        (19520503, 0, Births.UNKNOWN),
    ],
)
def test_births(one, other, expected):
    assert (births(one, other), births(other, one)) == (expected, expected)


def person(name="王秀英", birth="1952-05-03", number="", phone="", place=HERE, sex="女", other_phone=""):
    indexes = tuple(text and f"{int(text):040x}"[::-1] for text in (number, phone, other_phone))
    return sign_of(name, pinyin_key(name), {"女": "female", "男": "male", "": ""}[sex], birth, indexes, place)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # the identity number decides, unless the name speaks clearly against it
        (person(number="7"), SAME),
        (person("王绣英", number="7", birth="", place=NEXT_COUNTY), SAME),
        (person("王秀花", number="7", birth="1952-05"), SAME),
        (person("王秀花", number="7", birth="1975-01-01"), DOUBT),
        (person("李大明", number="7", sex="男"), DOUBT),
        (person(number="8"), DOUBT),
        (person(number="8", birth="1975-01-01"), OTHER),
        # name, birth and place
        (person(), SAME),
        (person(birth="1952-05"), SAME),
        (person(birth="1952-05", place=NEXT_TOWN), DOUBT),
        (person(birth="1952"), SAME),
        (person(birth="1952", place=BESIDE), DOUBT),
        (person(place=NEXT_TOWN), SAME),
        (person(place=NEXT_TOWN, phone="2"), DOUBT),
        (person(place=NEXT_COUNTY), DOUBT),
        (person(place=(0, 0, 0)), DOUBT),
        (person(birth=""), DOUBT),
        (person(birth="", place=NEXT_TOWN), OTHER),
        (person(birth="1953-05-03"), DOUBT),
        (person(birth="1961-01-01"), OTHER),
        (person(sex="男"), DOUBT),
        # name and telephone
        (person(phone="1", birth="", place=NEXT_COUNTY), SAME),
        (person(phone="3", other_phone="1", birth="1953-05-03", place=NEXT_COUNTY), SAME),
        (person(phone="1", birth="1990-01-01"), DOUBT),
        # alike, never merged
        (person("王绣英"), DOUBT),
        (person("王绣英", birth="1952-05", place=NEXT_COUNTY), DOUBT),
        (person("王绣英", birth="1952", place=NEXT_TOWN), OTHER),
        (person("王秀花", phone="1"), DOUBT),
        (person("王秀花"), OTHER),
        (person("王秀花", phone="1", birth="1980-01-01"), OTHER),
    ],
)
def test_judge(other, expected):
    known = person(number="7" if other.id else "", phone="1")
    assert (judge(other, known), judge(known, other)) == (expected, expected)


def test_traditional_characters_and_dots_are_the_same_name():
    assert (person("徐小峯").name, person("木阿珍").name) == (person("徐小峰").name, person("木·阿珍").name)


def test_number_index_finds_what_a_dict_finds():
    chance, index, plain = random.Random(1), NumberIndex(), {}
    for held in range(20_000):
        key = chance.choice((chance.getrandbits(60), chance.randrange(500)))
        index.add(key, held)
        if key:
            plain.setdefault(key, []).append(held)
    assert {key: sorted(index.find(key)) for key in plain} == plain
    assert list(index.find(0)) == []


def test_of_several_that_fit_the_one_most_alike_is_meant_and_later_knowledge_counts():
    crowd = Crowd({111: HERE, 121: NEXT_TOWN})
    first = crowd.add(person(place=NEXT_TOWN), 121)
    second = crowd.add(person(), 111)
    assert crowd.find(person()) == (second, [])
    assert crowd.find(person(place=NEXT_TOWN)) == (first, [])
    assert crowd.find(person("王绣英")) == (None, [first, second])
    assert crowd.find(person(phone="5", birth="", place=NEXT_COUNTY)) == (None, [])
    crowd.learn(second, person(phone="5"), 111)
    assert crowd.find(person(phone="5", birth="", place=NEXT_COUNTY)) == (second, [])


@pytest.mark.samples
@pytest.mark.villages
def test_sample_rolls_nobody_is_merged_with_a_lookalike():
    found, doubtful, true = sample_pairs()
    merged_right = len(found & true) / len(found)
    assert merged_right == 1.0
    assert (len(found & true) / len(true) > 0.69, len((found | doubtful) & true) / len(true) > 0.9) == (True, True)
    assert len(doubtful - true) < 10


def sample_pairs():
    """Return the pairs of rows taken for one person, those called likely, and those that truly are one."""
    from wuyou.people.columns import PERSONS  # noqa: PLC0415 -- only here

    listener, crowd, settings = _listening()
    owners, doubts, truth = [], set(), []
    clusters = {(r["file"], r["sheet"], int(r["row"])): r["cluster"] for r in _truth()}
    first = {}
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in (".csv", ".xlsx") or ("侨情" not in path.name and "侨眷" not in path.name):
            continue
        with open_book(path) as book:
            for part in analyse(book, [PERSONS]):
                for row in TableReader(book, part.sheet, part.table, part.mapping, settings=settings).rows():
                    said = listener.hear(row.readings)
                    truth.append(clusters[path.name, part.sheet.name, row.number])
                    if not said.facts.get("name"):
                        owners.append(None)
                        continue
                    at, likely = crowd.find(said.sign)
                    at = crowd.add(said.sign, said.facts.get("division_id", 0)) if at is None else at
                    first.setdefault(at, len(owners))
                    doubts.update((first[other], len(owners)) for other in likely)
                    owners.append(at)
    return _pairs(owners), doubts, _pairs(truth)


def _listening():
    from wuyou.places.index import PlaceIndex  # noqa: PLC0415 -- only here

    divisions = national_divisions()
    near = [row for row in divisions if row.code.startswith("5303") or row.level == 1]
    rows = [*near, *villages_from_csv(VILLAGES, near).rows]
    keys = {row.code: key for key, row in enumerate(rows, 1)}
    parents = {row.code: row.parent for row in rows}
    lineage = {}
    for code, key in keys.items():
        line = [code]
        while parents[line[-1]] in keys and parents[line[-1]] not in ("530300", "530000"):
            line.append(parents[line[-1]])
        lineage[key] = tuple([keys[c] for c in reversed(line)] + [0, 0])[:3]
    index = PlaceIndex(rows, home="530300", elsewhere=[row for row in divisions if row.level <= 3])
    listener = Listener(frozenset({"birth", "id_no"}), "separate_consent", keys, lineage)
    return listener, Crowd(lineage), {"places": index, "area_code": "0874"}


def _truth():
    with (SAMPLES / "truth_duplicates.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _pairs(labels):
    groups = {}
    for at, label in enumerate(labels):
        if label is not None:
            groups.setdefault(label, []).append(at)
    return {pair for group in groups.values() for pair in combinations(group, 2)}
