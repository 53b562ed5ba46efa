"""What every page's frame shows: who is signed in, for which unit, and the menu of his rights."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values."""
    return {}
