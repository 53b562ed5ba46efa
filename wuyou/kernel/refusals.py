"""The four ways in which a service says no, so that web, sheet and command line can say it in their own manner.

`NotFound` covers both "there is none" and "not yours to know of"; the two are never told apart.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wuyou.kernel.sayings import Saying


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused: a plain Chinese sentence that says what to do, and the field it belongs to ("" = all).

    `text` is constant, with {names} for what is put into it; `words` says what that is. Both meet when it is shown.
    """

    text: str
    field: str = ""
    code: str = ""
    words: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def saying(self) -> Saying:
        """The sentence, to be shown in the reader's language."""
        return Saying(self.text, self.words)

    def __str__(self) -> str:
        """Return the sentence in Chinese."""
        return str(self.saying)


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """The parent of all refusals; never raised itself."""


class NotFound(Refusal):
    """The thing does not exist, or lies outside the actor's units."""


class Forbidden(Refusal):
    """The thing lies inside the actor's units, but the actor lacks the right."""


class Refused(Refusal):
    """A rule says no; `reasons` say why and what to do."""

    def __init__(self, *reasons: Reason | str) -> None:
        self.reasons = tuple(r if isinstance(r, Reason) else Reason(r) for r in reasons)
        super().__init__("；".join(map(str, self.reasons)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which two people's edits differ; texts are as shown to people."""

    field: str
    label: str
    theirs: str
    yours: str


class Conflict(Refusal):
    """Somebody else saved the same thing meanwhile; carries both versions so that nothing typed is lost."""

    def __init__(self, label: str, differences: tuple[Difference, ...], current_version: int) -> None:
        self.label = label
        self.differences = differences
        self.current_version = current_version
        super().__init__(label)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decided: allowed when there is no reason against."""

    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons

    def or_refuse(self) -> None:
        """Raise `Refused` with the reasons, if there are any."""
        if self.reasons:
            raise Refused(*self.reasons)


def decide(*checks: Any) -> Decision:
    """Return the decision of several checks: each is a falsy value, a `Reason` or a sentence."""
    return Decision(tuple(c if isinstance(c, Reason) else Reason(c) for c in checks if c))
