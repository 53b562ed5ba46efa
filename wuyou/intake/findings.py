"""What reading said of the cells, gathered by sentence: how often, and some cells as examples. Numbers of people hidden."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wuyou.kernel.reading import Finding, Severity
from wuyou.kernel.sayings import Saying, kept
from wuyou.platform.imports.reader import CellLine
from wuyou.platform.imports.sentences import CELLS, saying

MOST_EXAMPLES = 8
_LONGEST = 40
HIDDEN_FIELDS = frozenset(
    {"birth", "id_no", "phone", "overseas_phone", "bank", "wechat", "health", "hardship", "political", "religion",
     "relative_name", "need", "assets", "influence", "key_person"}
)  # fmt: skip
"""Fields of which a preview shows the cell's address and never its content: the clerk has it in the workbook."""
_NAMES = re.compile(r"\{(\w+)\}")
_WEIGHTS = {Severity.ERROR: 0, Severity.WARN: 1, Severity.OK: 2}


@dataclass(slots=True)
class _Group:
    code: str
    severity: Severity
    count: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)


class Tally:
    """Counts findings by severity, code and field; keeps at most `MOST_EXAMPLES` cells of each."""

    def __init__(self) -> None:
        self._groups: dict[tuple[Severity, str, str], _Group] = {}

    def add(self, lines: Iterable[CellLine]) -> None:
        """Count what these lines say."""
        for line in lines:
            for finding in line.findings:
                key = (finding.severity, finding.code, line.field)
                group = self._groups.setdefault(key, _Group(finding.code, finding.severity))
                group.count += 1
                if len(group.examples) < MOST_EXAMPLES and finding.severity is not Severity.OK:
                    group.examples.append(_example(line, finding))

    def as_json(self, labels: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return the groups as plain values, the weightiest and most frequent first; `labels` names fields."""
        found = [
            {
                "severity": group.severity.value, "code": group.code, "field": name, "label": labels.get(name, ""),
                "count": group.count, "text": kept(general(group.code)), "examples": group.examples,
            }
            for (_severity, _code, name), group in self._groups.items()
        ]  # fmt: skip
        return sorted(found, key=lambda g: (_WEIGHTS[Severity(g["severity"])], -g["count"], g["code"], g["field"]))


def general(code: str) -> Saying:
    """Return what a code says of many cells at once: what differs from cell to cell is an ellipsis."""
    text = CELLS.get(code, code)
    return Saying(text, dict.fromkeys(_NAMES.findall(text), "…"))


def _example(line: CellLine, finding: Finding) -> dict[str, Any]:
    hidden = line.field in HIDDEN_FIELDS
    return {
        "file": line.file,
        "sheet": line.sheet,
        "cell": line.where,
        "raw": "" if hidden else _short(line.raw),
        "value": "" if hidden else _short(line.value),
        "text": kept(general(finding.code) if hidden else saying(finding)),
    }


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
