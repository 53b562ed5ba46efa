"""Numbers found under numbers, by the hundred thousand, in little memory."""

from array import array
from collections.abc import Iterator


class NumberIndex:
    """Finds what was put under a number, several under one; about 22 bytes each, where a dict needs more than 100."""

    def __init__(self) -> None:
        """Start empty."""
        self._keys, self._held, self._next = array("Q"), array("i"), array("i")
        self._heads = array("i", [-1]) * 1024

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: int, held: int) -> None:
        """Put a number under another; under 0 nothing is put."""
        if not key:
            return
        if len(self._keys) >= len(self._heads):
            self._widen()
        slot = key % len(self._heads)
        self._next.append(self._heads[slot])
        self._heads[slot] = len(self._keys)
        self._keys.append(key)
        self._held.append(held)

    def find(self, key: int) -> Iterator[int]:
        """Yield what was put under the number, the newest first."""
        if not key:
            return
        at = self._heads[key % len(self._heads)]
        while at >= 0:
            if self._keys[at] == key:
                yield self._held[at]
            at = self._next[at]

    def _widen(self) -> None:
        size = 4 * len(self._heads)
        heads = array("i", [-1]) * size
        for at, key in enumerate(self._keys):
            slot = key % size
            self._next[at] = heads[slot]
            heads[slot] = at
        self._heads = heads
