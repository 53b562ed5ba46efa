"""How a unit is judged by a standard: pure decisions over facts, with every step kept.

`scheme` is the standard as data, `verdicts` judges the items, `maturity` finds the stage and the next step, `checking`
says what keeps a version from being published, `changes` tells two versions apart in words, `editing` puts parts in and
takes them out, `rubric` is the same for the table of a yearly assessment.
"""

from wuyou.assessment.rules import editing, rubric
from wuyou.assessment.rules.changes import changes
from wuyou.assessment.rules.checking import Fault, faults
from wuyou.assessment.rules.maturity import Maturity, NextStep, ReadStages, maturity, read_stages, stage_columns
from wuyou.assessment.rules.scheme import (
    ContentError,
    Criterion,
    Dimension,
    Example,
    Missing,
    Parameter,
    Stage,
    Standard,
    StandardVersion,
    State,
    Verdict,
    content,
    content_hash,
    version_of,
)
from wuyou.assessment.rules.verdicts import (
    CriterionResult,
    DimensionResult,
    Input,
    ReadVersion,
    criterion_verdict,
    dimension_verdict,
    judge_dimensions,
    read_version,
    verdict_columns,
    verdict_word,
)

__all__ = [
    "ContentError",
    "Criterion",
    "CriterionResult",
    "Dimension",
    "DimensionResult",
    "Example",
    "Fault",
    "Input",
    "Maturity",
    "Missing",
    "NextStep",
    "Parameter",
    "ReadStages",
    "ReadVersion",
    "Stage",
    "Standard",
    "StandardVersion",
    "State",
    "Verdict",
    "changes",
    "content",
    "content_hash",
    "criterion_verdict",
    "dimension_verdict",
    "editing",
    "faults",
    "judge_dimensions",
    "maturity",
    "read_stages",
    "read_version",
    "rubric",
    "stage_columns",
    "verdict_columns",
    "verdict_word",
    "version_of",
]
