"""Whole numbers as an address or a form brings them: somebody's machine wrote them, so they are plain digits or nothing."""


def whole(typed: object, *, longest: int = 11) -> int | None:
    """Return the number that at most `longest` plain digits write; None for every other text.

    Not `isdigit`: to it ² and ٣ are digits as well, and what is too long for a column is a number too.
    """
    text = str(typed)
    return int(text) if 0 < len(text) <= longest and text.isascii() and text.isdigit() else None
