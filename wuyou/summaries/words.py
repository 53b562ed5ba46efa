"""What a figure of a summary means: its Chinese words, its unit, and exactly what is counted.

The package that keeps a register announces its figures with these words (`platform.figures`); a summary takes them along,
so that the draft, the page behind the number and the appendix of the document say the same, and a frozen summary keeps the
words of its day. Sums of money are counted in fen and printed in yuan; their unit is 元. All else is whole numbers.
"""

from dataclasses import dataclass

from wuyou.kernel.period import Span


@dataclass(frozen=True, slots=True)
class FigureWord:
    """What a figure means. `item` is a family member's own word ("" for a figure that is no member)."""

    name: str
    label: str
    unit: str
    definition: str
    span: Span = Span.DAY
    item: str = ""


__all__ = ["FigureWord", "Span"]
