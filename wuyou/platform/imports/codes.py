"""Code lists that a header gives, 有无（1有2无） or "1=男 2=女", by which the numbers under it are read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from wuyou.kernel.hanzi import fold, squeeze
from wuyou.platform.imports.columns import Cell

_CODE = re.compile(r"(?<![\d.])(\d{1,2})\s*[=:、.\-—为是]*\s*([^\W\d_]{1,8})")
_COUNTED = re.compile(r"[年月日号天人元万千次届组楼级个寸张份位户岁时点分]")
"""A number before one of these counts or dates something."""
_BETWEEN = re.compile(r"[,、;┋|/]")


@lru_cache(maxsize=1024)
def codes_in(header: str) -> Mapping[int, str]:
    """Return the words by the codes that a header lists: consecutive from 0 or 1, each of its own word; {} for none."""
    runs: list[list[tuple[int, str]]] = []
    for code, word in ((int(found[1]), found[2]) for found in _CODE.finditer(fold(header))):
        follows = bool(runs) and (code == runs[-1][-1][0] + 1 or (runs[-1][-1][0], code) == (1, 0))
        if follows:
            runs[-1].append((code, word))
        else:
            runs.append([(code, word)])
    longest: list[tuple[int, str]] = max(runs, key=len, default=[])
    run = dict(longest)
    is_list = len(run) > 1 and min(run) <= 1 and len(set(run.values())) == len(run)
    return run if is_list and not any(map(_COUNTED.match, run.values())) else {}


def decoded(cell: Cell, codes: Mapping[int, str]) -> Cell | None:
    """Return the cell with the words that its codes stand for, as it is when it holds none; None for an unlisted code."""
    parts = [part.removesuffix(".0") for part in _BETWEEN.split(squeeze(cell.text)) if part]
    if not parts or any(not part.isdecimal() or len(part) > 2 for part in parts):
        return cell
    words = [codes.get(int(part)) for part in parts]
    if None in words:
        return None
    text = "、".join(word for word in words if word)
    return replace(cell, text=text, raw=text)
