"""A standard as data: its JSON form, its hash, and what is refused when it is read back."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from wuyou.assessment.rules import ContentError, Example, State, Verdict, content, content_hash, version_of
from wuyou.assessment.standards import SHIPPED, TARGET


def stored(version=TARGET):
    return json.loads(json.dumps(content(version), ensure_ascii=False))


@pytest.mark.parametrize("version", SHIPPED, ids=lambda version: version.standard.code)
def test_content_comes_back_from_json(version):
    assert version_of(version.standard, 1, stored(version)) == version


def test_fractions_and_missing_come_back_from_json():
    share = replace(TARGET.parameters[0], value=Fraction(3, 5))
    whole = replace(TARGET.parameters[1], value=Fraction(4))
    facts = {"in_operation": True, "venue_area": Fraction(171, 2), "declared_budget": None}
    example = Example("例", facts, {"funds": Verdict.NO_DATA})
    version = replace(TARGET, parameters=(share, whole), examples=(example,))
    assert [each["value"] for each in stored(version)["parameters"]] == ["3/5", 4]
    assert version_of(TARGET.standard, 1, stored(version)) == version


def test_state_and_dates_stand_beside_the_content():
    day = date(2026, 1, 1)
    version = version_of(
        TARGET.standard, 3, stored(), state=State.PUBLISHED, effective_from=day, effective_until=date(2027, 1, 1)
    )
    assert (version.number, version.state, version.effective_from) == (3, State.PUBLISHED, day)
    assert content_hash(version) == content_hash(TARGET)


def test_hash_follows_every_demand():
    eased = replace(TARGET, parameters=tuple(replace(each, value=1) for each in TARGET.parameters))
    assert content_hash(eased) != content_hash(TARGET)
    assert len(content_hash(TARGET)) == 64


def _with(path, value):
    made = stored()
    part = made
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return made


WHOLE = "标准的内容不完整，没有保存，请重新导入标准文件。"


def _unknown(part):
    return f"标准的内容里“{part}”有不认识的部分，没有保存，请重新导入标准文件。"


def _wrong(part):
    return f"标准的内容里“{part}”缺少必要的部分或值不对，没有保存，请重新导入标准文件。"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ([], WHOLE),
        ({"dimensions": []}, WHOLE),
        (_with(["more"], 1), WHOLE),
        (_with(["stages"], {}), "标准的内容里“Stage”应当是一个列表，没有保存，请重新导入标准文件。"),
        (_with(["stages", 0], 7), _unknown("Stage")),
        (_with(["stages", 0, "colour"], "红"), _unknown("Stage")),
        (_with(["stages", 0], {"code": "a"}), _wrong("Stage")),
        (_with(["stages", 0, "title"], 5), _wrong("Stage")),
        (_with(["parameters", 0, "unit"], "miles"), _wrong("Parameter")),
        (_with(["parameters", 0, "value"], True), _wrong("Parameter")),
        (_with(["parameters", 0, "value"], None), _wrong("Parameter")),
        (_with(["parameters", 0, "value"], 1.5), _wrong("Parameter")),
        (_with(["parameters", 0, "value"], "五"), _wrong("Parameter")),
        (_with(["parameters", 0, "proposed"], "yes"), _wrong("Parameter")),
        (_with(["dimensions", 0, "criteria", 0, "missing"], "zero"), _wrong("Criterion")),
        (
            _with(["dimensions", 0, "criteria"], None),
            "标准的内容里“Criterion”应当是一个列表，没有保存，请重新导入标准文件。",
        ),
        (_with(["examples", 0, "verdicts", "funds"], "good"), _wrong("Example")),
        (_with(["examples", 0, "facts"], 3), _wrong("Example")),
    ],
)
def test_wrong_content_is_refused(broken, message):
    with pytest.raises(ContentError) as refused:
        version_of(TARGET.standard, 1, broken)
    assert str(refused.value) == message
