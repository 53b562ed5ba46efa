"""The measures of GB/T 9704-2012, and the faces (font, size, colour) of each part of the page.

Lengths are millimetres or points as named; a Word "twip" is 1/20 point. Sizes: 2号 = 22 pt, 3号 = 16 pt, 4号 = 14 pt,
小四 = 12 pt. Source: GB/T 9704-2012, page, margins, fonts, lines and characters, page number; a line is one 3号
character and 7/8 of its height, for which 28.95 pt gives 22 lines in the 225 mm of the text area.
"""

from dataclasses import dataclass

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_TOP_MM, MARGIN_BOTTOM_MM, MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 37, 35, 28, 26
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM

LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28
LINE_PT = 28.95
GRID_LINE_TWIPS = 579
# 28 characters of 16 pt are 448 pt, the text area is 442.2 pt: each gives up a quarter of a point.
TRACKING_TWIPS = -5
BODY_PT = 16
CHARACTER_PT = BODY_PT + TRACKING_TWIPS / 20
TITLE_CHARACTERS_A_LINE = 20
TABLE_LINE_PT = 18

# The dash of the page number stands 7 mm under the text area; the line that carries it is 14 pt (4.9 mm) high.
FOOTER_FROM_PAGE_END_MM = 25.5
PAGE_NUMBER_PT = 14

# The red line of the issuing office begins 35 mm under the upper edge of the text area.
LETTERHEAD_DROP_MM = 35

RED = "FF0000"
BLACK = "000000"


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look. `tracking_twips` is added to each character's width."""

    font: str
    size_pt: float = BODY_PT
    tracking_twips: int = 0
    colour: str = BLACK


_SONG_TITLE, _FANGSONG, _KAI, _HEI, _SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"

BODY = Face(_FANGSONG, BODY_PT, TRACKING_TWIPS)
TITLE = Face(_SONG_TITLE, 22)
SUBTITLE = Face(_KAI, BODY_PT)
LETTERHEAD = Face(_SONG_TITLE, 48, colour=RED)
SIGNER = Face(_KAI, BODY_PT, TRACKING_TWIPS)
APPENDIX_MARK = Face(_HEI, BODY_PT)
PAGE_NUMBER = Face(_SONG, PAGE_NUMBER_PT)
TABLE_HEAD = Face(_HEI, 12)
TABLE_CELL = Face(_FANGSONG, 12)
HEADINGS = {
    1: Face(_HEI, BODY_PT, TRACKING_TWIPS),
    2: Face(_KAI, BODY_PT, TRACKING_TWIPS),
    3: BODY,
    4: BODY,
}
