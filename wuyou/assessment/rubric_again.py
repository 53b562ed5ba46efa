"""By what an imported rubric is known again: its name, and what it demands, spelled out."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from wuyou.assessment.models import SchemeVersion
from wuyou.platform.audit import canonical


def named(content: Mapping[str, Any], title: str = "") -> str:
    """Return what a rubric is called: `title`, the content's own title, or its file's name; "" when none is there."""
    return (title or str(content.get("title") or "") or PurePath(str(content.get("file") or "")).stem).strip()


def code_of(name: str) -> str:
    """Return the code of the scheme of that name."""
    return f"rubric_{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def demands_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a rubric is kept: filled-in forms are left out, as a scheme holds no group's scores."""
    return {name: value for name, value in content.items() if name != "filled"}


def spelled(demands: Mapping[str, Any]) -> str:
    """Return the hash by which the same demands are known again."""
    return hashlib.sha256(canonical(demands).encode()).hexdigest()


def is_stored(content: Mapping[str, Any]) -> bool:
    """Say whether this very rubric is stored already, whatever the office decided about its items since."""
    same = spelled(demands_of(content))
    kept = SchemeVersion.objects.filter(scheme__code=code_of(named(content))).values_list("content", flat=True)
    return any(demands.get("imported") == same for demands in kept)
