"""Quotation marks within quotation marks, as Chinese punctuation wants them."""

_PAIRS = (("“", "”", "‘", "’"), ("《", "》", "〈", "〉"))
"""Outer opening and closing, inner opening and closing."""


def nested(text: str) -> str:
    """Return a text in which what stands within “ ” is quoted by ‘ ’, and within 《 》 by 〈 〉; unpaired marks stay.

    A sentence is written with “{name}” before anybody knows whether the name has quotes of its own.

    Source: GB/T 15834-2011 4.8.3, 4.15.3.
    """
    for outer, closing, *inner in _PAIRS:
        if text.count(outer) > 1 and text.count(outer) == text.count(closing):
            text = _alternating(text, outer + closing, "".join(inner))
    return text


def inner(text: str) -> str:
    """Return a text as it is written between “ ”, for a sentence that is put together by a page."""
    return nested(f"“{text}”")[1:-1]


def _alternating(text: str, outer: str, inner: str) -> str:
    found, depth = [], 0
    for sign in text:
        if sign == outer[0]:
            found.append((outer, inner)[depth % 2][0])
            depth += 1
        elif sign == outer[1] and depth:
            depth -= 1
            found.append((outer, inner)[depth % 2][1])
        else:
            found.append(sign)
    return "".join(found)
