"""Of what an outline is made: sentences that know what they need to be said, paragraphs, points, sections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """One part for each member of a family of figures; the part may use {item} and the member's {token}."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is said when its figures are known and not all zero.

    `{parts}` in the text is where `parts` go, joined by 、 behind `before_parts`; of these each is shown only when its
    own figures are known and not zero. The figures `given` must be more than zero, where the sentence presupposes a
    register in use: groups "without any activity" are not counted up where no activity at all is recorded.
    """

    text: str
    parts: tuple[str | Family, ...] = ()
    before_parts: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroSentence:
    """A sentence that is said when all figures `of` are known and zero: 本年度未新建……

    The figures `given` must be more than zero, where the sentence presupposes something: "all townships where people
    are" is not said where there are no people.
    """

    of: tuple[str, ...]
    text: str
    given: tuple[str, ...] = ()


Said = Sentence | ZeroSentence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that follow each other; a paragraph of which nothing can be said is left out."""

    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Paragraphs counted 一是, 二是, …: each a theme and its sentences, left out together when nothing can be said."""

    points: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section; level 0 is the lead without heading. `otherwise` stands there when nothing else can be said."""

    level: int
    heading: str
    body: tuple[Paragraph | Points, ...] = ()
    otherwise: str = ""
