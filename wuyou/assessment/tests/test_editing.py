"""Parts of a version put in, exchanged, moved and taken out."""

from dataclasses import replace

import pytest

from wuyou.assessment.rules import Criterion, Dimension, Example, Parameter, Stage, Verdict
from wuyou.assessment.rules.editing import (
    Part,
    dimension_of,
    free_code,
    piece,
    pieces,
    place_of,
    with_piece,
    without_piece,
)
from wuyou.assessment.standards import TARGET
from wuyou.kernel.expressions import Unit

NEW = {
    Part.DIMENSION: Dimension("system", "有制度", "Rules", "章程", ()),
    Part.CRITERION: Criterion("hosted", "有挂靠单位", "", "章程", met="has_host", mend="orgs.details"),
    Part.THRESHOLD: Parameter("least_venues", "最少阵地", "", Unit.ITEMS, 1, "章程"),
    Part.STAGE: Stage("model", "示范", "", "dimensions_met == dimensions_total"),
    Part.EXAMPLE: Example("空的小组", {}, {}),
}
FIRST = {
    Part.DIMENSION: "organisation", Part.CRITERION: "in_operation", Part.THRESHOLD: "term_grace_days",
    Part.STAGE: "establish", Part.EXAMPLE: "1",
}  # fmt: skip


def codes(version, part):
    """Return the codes of a sort of part in order, of examples their titles."""
    return [getattr(each, "code", "") or getattr(each, "name", "") or each.title for each in pieces(version, part)]


def named(new):
    """Return what `codes` says of one part."""
    return getattr(new, "code", "") or getattr(new, "name", "") or new.title


@pytest.mark.parametrize("part", list(Part))
def test_a_new_part_comes_last_or_where_it_is_told_to(part):
    within = "venue" if part is Part.CRITERION else ""
    before, new = codes(TARGET, part), NEW[part]
    at_end = codes(with_piece(TARGET, part, "", new, within=within), part)
    assert [each for each in at_end if each != named(new)] == before
    first = with_piece(TARGET, part, "", new, within=within or "", place=1)
    assert place_of(first, part, "1" if part is Part.EXAMPLE else named(new)) == 1
    far = with_piece(TARGET, part, "", new, within=within or "", place=99)
    assert codes(far, part) == at_end


@pytest.mark.parametrize("part", list(Part))
def test_a_part_is_exchanged_in_its_place_and_taken_out(part):
    code, new = FIRST[part], NEW[part]
    changed = with_piece(TARGET, part, code, new)
    assert codes(changed, part) == [named(new), *codes(TARGET, part)[1:]]
    assert codes(without_piece(TARGET, part, code), part) == codes(TARGET, part)[1:]


def test_a_criterion_moves_to_another_item():
    old = piece(TARGET, Part.CRITERION, "roll")
    moved = with_piece(TARGET, Part.CRITERION, "roll", old, within="venue")
    assert dimension_of(moved, "roll").code == "venue"
    assert [c.code for c in piece(moved, Part.DIMENSION, "venue").criteria][-1] == "roll"
    assert "roll" not in [c.code for c in piece(moved, Part.DIMENSION, "team").criteria]


def test_examples_keep_step_with_the_items():
    grown = with_piece(TARGET, Part.DIMENSION, "", NEW[Part.DIMENSION])
    assert {each.verdicts["system"] for each in grown.examples} == {Verdict.NO_DATA}
    shrunk = without_piece(grown, Part.DIMENSION, "system")
    assert shrunk == TARGET
    renamed = with_piece(TARGET, Part.DIMENSION, "venue", replace(TARGET.dimensions[3], title="有场所"))
    assert renamed.examples == TARGET.examples


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Part.DIMENSION, "nowhere"), (Part.CRITERION, ""), (Part.EXAMPLE, "0"), (Part.EXAMPLE, "99"),
        (Part.EXAMPLE, "x"), (Part.EXAMPLE, "²"), (Part.STAGE, "venue"),
    ],
)  # fmt: skip
def test_there_is_no_such_part(part, code):
    assert piece(TARGET, part, code) is None


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        ("you zhi du", "you_zhi_du"), ("venue", "venue_2"), ("Least Members", "least_members_2"),
        ("6 you", "c_6_you"), ("", "c"), ("侨胞之家", "c"), ("a" * 50, "a" * 30),
    ],
)  # fmt: skip
def test_codes_are_made_from_words_and_never_twice(wished, code):
    assert free_code(TARGET, Part.CRITERION, wished) == code
