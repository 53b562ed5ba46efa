"""Text that a spreadsheet must not take for a formula.

A name like "=HYPERLINK(…)" typed into a public form would run on the clerk's machine who opens the exported table.
Source: OWASP, CSV injection: a cell that begins with = + - @, a tab or a carriage return. Also taken as dangerous:
the full-width and small forms of these signs (Chinese input methods type them and some programs fold them), and all of
them after blanks, which programs strip.
"""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANKS = " \n\v\f\u0085\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
_DANGEROUS = re.compile(rf"[{_BLANKS}]*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫\u2212]")


def printable(text: str) -> str:
    """Return the text without control characters, of which no file format takes all; tabs and line breaks are kept."""
    return _UNPRINTABLE.sub("", text)


def is_dangerous(text: str) -> bool:
    """Say whether a spreadsheet program may take the text for a formula."""
    return _DANGEROUS.match(text) is not None


def guarded(text: str) -> str:
    """Return the text so that no program takes it for a formula: a dangerous text gets an apostrophe before it.

    So does a text that already is such a text behind apostrophes, so that `unguarded` gives back exactly what was there.
    """
    return f"'{text}" if is_dangerous(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given, for a table that comes back to us."""
    return text[1:] if text.startswith("'") and is_dangerous(text.lstrip("'")) else text
