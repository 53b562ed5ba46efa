"""A sentence as it is kept: its constant Chinese words and the values named in them, put together when somebody reads it.

Whoever says it does not know who will read it, when, and in which language. So nothing is translated, and no value written
into a sentence, before it is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wuyou.kernel.quotes import nested


@dataclass(frozen=True, slots=True)
class Saying:
    """A constant text with {names}, and what stands for each: a value shown as it is, or a saying of its own."""

    text: str
    words: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return it in Chinese."""
        return said(self)


Translate = Callable[[str], str]


def said(what: Any, translate: Translate = str) -> str:
    """Return a saying in the language that `translate` puts constant texts into; Chinese without it.

    `what` is a saying, one as `kept` wrote it down, a constant text (all that was kept before there were sayings), or several
    of these one after the other; "" for None.
    """
    if isinstance(what, Saying):
        return _filled(what.text, what.words, translate)
    if isinstance(what, Mapping):
        return _filled(str(what["text"]), what["words"], translate)
    if isinstance(what, list | tuple):
        parts = [part for each in what if (part := said(each, translate))]
        return "".join(part if part.endswith(_CLOSING) or part is parts[-1] else f"{part} " for part in parts)
    return translate(str(what)) if what else ""


def kept(what: Any) -> Any:
    """Return a saying, a text or several of them as plain values that JSON can hold; `said` reads them again."""
    if isinstance(what, list | tuple):
        return [kept(each) for each in what]
    if not isinstance(what, Saying):
        return what
    return {"text": what.text, "words": {name: _plain(value) for name, value in what.words.items()}}


def spoken(value: Any) -> Any:
    """Return plain values in which every kept saying, however deep, is said in Chinese."""
    if isinstance(value, Mapping):
        return said(value) if set(value) == {"text", "words"} else {name: spoken(each) for name, each in value.items()}
    return [spoken(each) for each in value] if isinstance(value, list) else value


_CLOSING = ("。", "；", "：", "！", "？")


def _filled(text: str, words: Mapping[str, Any], translate: Translate) -> str:
    known = translate(text) if text else ""
    return nested(known.format_map(_Words((name, _shown(value, translate)) for name, value in words.items())))


class _Words(dict[str, str]):
    """Words for a text; one that is missing leaves nothing behind."""

    def __missing__(self, name: str) -> str:
        return ""


def _shown(value: Any, translate: Translate) -> str:
    """Return a word put into a text. A bare text is somebody's own (a name, a number) and is never translated."""
    if isinstance(value, list | tuple):
        return translate("、").join(_shown(each, translate) for each in value)
    return said(value, translate) if isinstance(value, Saying | Mapping) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Saying):
        return kept(value)
    return value if isinstance(value, int | float) else str(value)
