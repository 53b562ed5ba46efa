"""The keys of sealed fields: a file beside the data, never in the database.

The file is JSON: `{"active": "k1", "seal": {"k1": key}, "index": key}`, the keys as `ciphers` writes them. A rotation
adds a sealing key, makes it active and seals again (`sealing.reseal`); the old one goes when no row uses it. The key of the
blind indexes stays, and with it their algorithm: that of the suite with which the data directory was begun.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from wuyou.platform import ciphers
from wuyou.platform.ciphers import Aead


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in use: which is active, the ciphers of all by their id, and the keyed hash of the blind indexes."""

    active: str
    seal: dict[str, Aead]
    index: Callable[[bytes], bytes]


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Keys:
    found = json.loads(path.read_text())
    return Keys(
        active=found["active"],
        seal={key_id: ciphers.sealing(key) for key_id, key in found["seal"].items()},
        index=ciphers.indexing(found["index"]),
    )


def keys() -> Keys:
    """Return the keys in use, reading the file again only when it changed. Raises FileNotFoundError without one."""
    path: Path = settings.WUYOU_KEYS
    return _read(path, path.stat().st_mtime_ns)


def create(path: Path) -> None:
    """Write a new key file of the chosen suite, readable by its owner only; an existing one is left alone."""
    if not path.exists():
        suite = settings.WUYOU_CIPHERS
        first, index = ciphers.fresh_sealing_key(suite), ciphers.fresh_index_key(suite)
        _write(path, {"active": "k1", "seal": {"k1": first}, "index": index})


def add(path: Path) -> str:
    """Add a sealing key of the chosen suite, make it the active one, and return its id."""
    found = json.loads(path.read_text())
    key_id = f"k{max(int(name[1:]) for name in found['seal']) + 1}"
    found["seal"][key_id], found["active"] = ciphers.fresh_sealing_key(settings.WUYOU_CIPHERS), key_id
    _write(path, found)
    return key_id


def forget(path: Path, key_id: str) -> None:
    """Take a key that no row uses any more (`sealing.keys_in_use`) out of the file. Raises ValueError for the active one."""
    found = json.loads(path.read_text())
    if key_id == found["active"]:
        raise ValueError(f"{key_id} is the active key")
    del found["seal"][key_id]
    _write(path, found)


def _write(path: Path, found: dict[str, object]) -> None:
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        json.dump(found, handle)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)
