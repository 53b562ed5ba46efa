"""Keeps the English catalogue: `update` writes new words of the code into it, `check` fails on a missing translation.

usage: catalogue.py update | check

Chinese is the source language: what stands in the code is what a Chinese reader sees, English is the one translation.
What plain Python says is translated where it is shown: the reasons of rules, sayings, the names of a workbook's columns.
Their constant words belong to the catalogue too. A sentence with a value written into it (an f-string) could never be found
there, so `check` also fails on each one outside the places where Chinese is what is meant (`IN_CHINESE`).
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parents[1]
PO = HERE / "wuyou/locale/en/LC_MESSAGES/django.po"
WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_IN_TEMPLATE = re.compile(
    r"""(?:\b|\s)(ngettext|gettext|_)\(u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))?)"""
)
PLAIN = {"Reason": {0}, "Refused": {0}, "Saying": {0}, "reason_of": {2}, "Column": {1, 6}, "Planned": set()}
"""Calls outside gettext whose arguments at these places are words too, and so are those named `why` or `purpose`."""
IN_CHINESE = {
    "wuyou/assessment/rubric_notes.py": "what a rubric says of itself, kept in its words",
    "wuyou/assessment/standards/": "the basis of a criterion names a Chinese document",
    "wuyou/config/": "the command line speaks Chinese",
    "wuyou/intake/queries.py:marked_name": "the name of a file that goes back to a Chinese office",
    "wuyou/kernel/calendars.py": "a date as Chinese calendars write it",
    "wuyou/kernel/docnumber.py": "a document number as the rules on documents write it",
    "wuyou/kernel/phone.py": "an extension as workbooks write it",
    "wuyou/orgs/services/units.py:found_county_office": "the name of a federation",
    "wuyou/people/words.py": "the name of a people",
    "wuyou/places/services.py:_division": "the name of a source",
    "wuyou/places/sources.py": "said on the command line",
    "wuyou/platform/documents/": "a document is Chinese",
    "wuyou/platform/exports/workbook.py:sheet_name": "the number of a sheet",
    "wuyou/platform/imports/annotate.py:annotate_text": "nothing but a colon",
    "wuyou/platform/imports/ticks.py": "two words of one cell",
    "wuyou/platform/imports/marks.py": "a mark in a workbook, which reading it again looks for",
    "wuyou/succession/papers/": "a document is Chinese",
    "wuyou/summaries/figures.py": "how the summary, a Chinese document, writes a day",
    "wuyou/summaries/paper.py": "the appendix of the summary, a Chinese document",
    "wuyou/summaries/rules.py:_paragraphs": "a sentence of the summary, a Chinese document",
    "wuyou/summaries/rules.py:scope_word": "a word of the summary, a Chinese document",
}
"""Where f-strings are Chinese in every language, each with its reason: a folder, a file, or one function of a file."""
PASSING = (
    "POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To"
    "|Project-Id-Version"
)
_CHINESE = re.compile(r"[\u3001-\u301f\uff00-\uffef\u4e00-\u9fff]")

Message = str | tuple[str, str]


def main(argv: list[str]) -> int:
    """Run the command; `check` returns 1 and prints what is missing."""
    if argv[1:] == ["update"]:
        return update()
    if argv[1:] == ["check"]:
        return check()
    print(__doc__)
    return 2


def wanted() -> dict[Message, str]:
    """Return every message of the code with the file in which it was first met."""
    found: dict[Message, str] = {}
    for path in sorted((HERE / "wuyou").rglob("*.py")):
        if "/tests/" in str(path) or "/migrations/" in str(path):
            continue
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=WORDS):
            found.setdefault(_shape(message), str(path.relative_to(HERE)))
        for sentence in plain_words(path.read_text(encoding="utf-8")):
            found.setdefault(sentence, str(path.relative_to(HERE)))
    for path in sorted((HERE / "wuyou").rglob("templates/**/*.html")):
        for message in template_messages(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(HERE)))
    return {message: place for message, place in found.items() if _CHINESE.search(_first(message))}


def plain_words(source: str) -> Iterator[str]:
    """Yield the constant words of a module's calls in `PLAIN`, also those given a name in it."""
    tree = ast.parse(source)
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value.value)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLAIN):
            continue
        said = [argument for place, argument in enumerate(node.args) if place in PLAIN[node.func.id]]
        said += [keyword.value for keyword in node.keywords if keyword.arg in ("why", "purpose")]
        for word in said:
            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                yield word.value
            elif isinstance(word, ast.Name):
                yield from named.get(word.id, ())


def written_in(source: str) -> Iterator[tuple[str, int, str]]:
    """Yield the function, line and text of each f-string with Chinese in it, patterns (r"…") left out."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        written = ast.get_source_segment(source, node) or ""
        said = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if _CHINESE.search(said) and not re.match(r"(?i)r|fr", written):
            around = [f.name for f in functions if f.lineno <= node.lineno <= (f.end_lineno or 0)]
            yield around[-1] if around else "", node.lineno, written


def untranslatable() -> list[str]:
    """Return each f-string with Chinese that a person would meet in Chinese whatever his language."""
    found = []
    for path in _sources():
        place = str(path.relative_to(HERE))
        for function, line, written in written_in(path.read_text(encoding="utf-8")):
            known = (f"{place}:{function}", place, *(f"{folder}/" for folder in map(str, Path(place).parents)))
            if not any(name in IN_CHINESE for name in known):
                found.append(f"{place}:{line}: {written}")
    return found


def _sources() -> Iterator[Path]:
    """Yield the Python files whose words a person may meet; invented worlds, tests and migrations are not among them."""
    for path in sorted((HERE / "wuyou").rglob("*.py")):
        if not {"tests", "migrations", "demo"} & set(path.relative_to(HERE).parts):
            yield path


def template_messages(text: str) -> Iterator[Message]:
    """Yield the messages of a template: trans, blocktranslate, and the _("…") of tags."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    for kind, written in _IN_TEMPLATE.findall(templatize(text)):
        strings = ast.literal_eval(f"({written},)")
        yield (strings[0], strings[1]) if kind == "ngettext" else strings[0]


def _shape(message: object) -> Message:
    if isinstance(message, tuple):
        return (str(message[0]), str(message[1]))
    return str(message)


def _first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", domain="django", fuzzy=False)
    with PO.open("rb") as handle:
        return read_po(handle, locale="en", domain="django")


def update() -> int:
    """Write the catalogue anew with every message of the code; translations are kept, unused ones dropped."""
    old, fresh = _read(), Catalog(locale="en", domain="django", charset="utf-8", fuzzy=False)
    for message, place in sorted(wanted().items(), key=lambda pair: (pair[1], str(pair[0]))):
        known = old.get(_first(message))
        fresh.add(
            message,
            known.string if known else None,
            locations=[(place, None)],  # type: ignore[list-item] # babel takes a place without a line
        )
    _write(fresh)
    print(f"{len(fresh)} messages, {len(missing())} without a translation")
    return 0


def _write(catalogue: Catalog) -> None:
    """Write the catalogue without dates and names of programs, which would differ each time."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=False, ignore_obsolete=True)
    text = re.sub(rf'"({PASSING}): [^"]*"\n', "", buffer.getvalue().decode())
    text = re.sub(r"\A(?:#[^\n]*\n)+", "# English words for the pages; the source language is Chinese.\n", text)
    PO.write_text(text, encoding="utf-8")


def missing() -> list[str]:
    """Return the messages of the code that have no English words, or whose placeholders differ."""
    catalogue = _read()
    return [_first(message) for message in wanted() if not _good(catalogue.get(_first(message)))]


def _good(entry: Entry | None) -> bool:
    if entry is None:
        return False
    texts = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
    source = entry.id if isinstance(entry.id, str) else entry.id[0]
    return all(text and _placeholders(source) == _placeholders(text) for text in texts)


def _placeholders(text: str) -> set[str]:
    """Return the names put into a text with the sort of each; a width, as in %(month)02d, is the translation's own."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", re.sub(r"(%\(\w+\))\d+", r"\1", text)))


def check() -> int:
    """Print what has no translation, and what could have none."""
    written = untranslatable()
    for line in written:
        print(f"a value is written into the sentence (use Saying or words=): {line}")
    lacking = missing()
    for message in lacking[:20]:
        print(f"no English for: {message}")
    if lacking:
        print(f"{len(lacking)} messages without a translation")
    return int(bool(lacking or written))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
