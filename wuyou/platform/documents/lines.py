"""How wide text is in characters of the body, and where a long title breaks."""

import unicodedata

_NO_LINE_BEGINS_WITH = "，。、；：？！）》”’】〕%"
_NO_LINE_ENDS_WITH = "（《“‘【〔"
# By how many characters a line may be longer or shorter than its share for the sake of such a break.
_BREAK_AFTER = {**dict.fromkeys("，、；： ", 8), **dict.fromkeys("的和与及暨", 6)}


def width(text: str) -> float:
    """Return the width in full characters: a Chinese character counts 1, a half-width sign 1/2."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def balanced(title: str, longest: int) -> tuple[str, ...]:
    """Return the title in lines of nearly equal length, none longer than `longest` characters.

    A line never begins with a closing sign. Near the middle a break after a comma, a blank or 的 is preferred; where
    words end is otherwise not known, so an office that minds gives its own lines.
    Source: GB/T 9704-2012, title: complete in meaning, symmetrical, of fitting length.
    """
    title = title.strip()
    lines_needed = -(-width(title) // longest)
    if lines_needed <= 1:
        return (title,)
    at = _best_break(title, width(title) / lines_needed, longest)
    return (title[:at].strip(), *balanced(title[at:], longest))


def _best_break(title: str, ideal: float, longest: int) -> int:
    """Return after how many signs the first line ends."""
    best, least = 1, float("inf")
    for at in range(1, len(title)):
        before, after = title[at - 1], title[at]
        reach = width(title[:at].strip())
        if reach > longest or after in _NO_LINE_BEGINS_WITH or before in _NO_LINE_ENDS_WITH:
            continue
        splits_a_number = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        cost = abs(reach - ideal) - _BREAK_AFTER.get(before, 0) + (100 if splits_a_number else 0)
        if cost < least:
            best, least = at, cost
    return best
