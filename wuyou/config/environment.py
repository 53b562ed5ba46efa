"""What the operator can set, read from environment variables named WUYOU_...; every one is listed in docs/settings.md."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """Return the variable WUYOU_<name>, or the default."""
    return os.environ.get(f"WUYOU_{name}", default)


def listed(name: str, default: str = "") -> list[str]:
    """Return what WUYOU_<name> lists, comma-separated; blanks around the commas do not count."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def flag(name: str, default: bool = False) -> bool:
    """Return whether WUYOU_<name> is 1, true, yes or on."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def choice(name: str, known: tuple[str, ...]) -> str:
    """Return the variable WUYOU_<name>, the first known value when it is not set. Raises ValueError for an unknown one."""
    found = text(name, known[0])
    if found not in known:
        raise ValueError(f"WUYOU_{name} is {found!r}; it can be {' or '.join(known)}")
    return found


def database(data: Path) -> dict[str, Any]:
    """Return Django's settings of the one database: SQLite in the data directory, or WUYOU_DATABASE_URL."""
    url = text("DATABASE_URL")
    return _postgresql(url) if url else _sqlite(data / "wuyou.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY"
            ),
        },
        "TEST": {"NAME": text("TEST_SQLITE") or None},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
