"""The list of figures in docs/figures.md is what the packages announce."""

from pathlib import Path

from wuyou.kernel.period import Span
from wuyou.platform.figures import FigureFamily
from wuyou.platform.plugs import announced
from wuyou.summaries.queries import placed

DOC = Path(__file__).parents[3] / "docs" / "figures.md"


def line(one) -> str:
    """One row of the table; the members of a family stand as <code>."""
    name = f"{one.name}.<code>" if isinstance(one, FigureFamily) else one.name
    days = "year" if one.span is Span.YEAR else "day"
    return f"| `{name}` | {one.label} | {one.unit} | {days} | {one.definition} |"


def test_every_figure_is_documented_with_its_definition():
    expected = [line(one) for one in sorted(announced.figures.values(), key=lambda one: placed(one.name))]
    assert [row for row in DOC.read_text().splitlines() if row.startswith("| `")] == expected
