"""Files sealed at rest: bytes of any length in pieces, each sealed and bound to its file and its place in it.

Every file has a key of its own (`fresh_key`), which its row keeps as a sealed field: a rotation seals these few bytes
anew and leaves the file alone, and a file whose row is gone opens never again. A piece is 64 KiB; its
nonce says which piece it is and whether it is the last, so that pieces cannot be exchanged, repeated or left off.
Source: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015); design of file encryption in ADR 0013.
"""

import io
import struct
import tempfile
from collections.abc import Iterable
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from django.conf import settings

from wuyou.platform import ciphers

PIECE = 1 << 16
_TAG = 16
_SEALED = PIECE + _TAG


class SealBrokenError(ValueError):
    """What is sealed does not open: wrong key, or it was moved, changed or cut off."""


def fresh_key() -> str:
    """Return a key for one file, of the chosen suite."""
    return ciphers.fresh_sealing_key(settings.WUYOU_CIPHERS)


class Sealing:
    """Seals bytes into a file as they come, in the memory of one piece; `bound` names the file to which they belong."""

    def __init__(self, handle: IO[bytes], key: str, bound: str) -> None:
        self._handle, self._cipher, self._bound = handle, ciphers.sealing(key), bound.encode()
        self._held, self._number = bytearray(), 0

    def write(self, chunk: bytes) -> None:
        """Add bytes at the end."""
        self._held += chunk
        # a full piece waits until more comes: only then is it known that it is not the last
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def finish(self) -> None:
        """Seal what is left as the last piece; without it the file does not open."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._handle.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._bound))
        self._number += 1


def opened(handle: IO[bytes], key: str, bound: str) -> io.BufferedReader:
    """Return the clear bytes of a sealed file, to be read from any place. Closing it closes the file.

    Raises: SealBrokenError when it was shortened, or is another file; reading raises it for a piece that was changed.
    """
    return io.BufferedReader(_Opened(handle, key, bound), PIECE)


class SealedAside:
    """Bytes that are held for a while in a nameless file, sealed with a key that is only in memory."""

    def __init__(self) -> None:
        """Open the file; `reader` or `close` ends it."""
        self._key, self._handle = fresh_key(), tempfile.TemporaryFile("w+b")  # noqa: SIM115 -- the reader closes it
        self._sealing = Sealing(self._handle, self._key, "")
        self.write = self._sealing.write

    def reader(self) -> io.BufferedReader:
        """Return what was written, to be read from any place; closing it lets the bytes go."""
        self._sealing.finish()
        return opened(self._handle, self._key, "")

    def close(self) -> None:
        """Let the bytes go unread."""
        self._handle.close()


def sealed_aside(chunks: Iterable[bytes]) -> io.BufferedReader:
    """Return the chunks to be read from any place, held meanwhile as `SealedAside` does."""
    aside = SealedAside()
    try:
        for chunk in chunks:
            aside.write(chunk)
        return aside.reader()
    except BaseException:
        aside.close()
        raise


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, last)


class _Opened(io.RawIOBase):
    """The clear bytes of a sealed file; holds one piece of them in memory."""

    def __init__(self, handle: IO[bytes], key: str, bound: str) -> None:
        super().__init__()
        self._handle, self._cipher, self._bound = handle, ciphers.sealing(key), bound.encode()
        size = handle.seek(0, io.SEEK_END)
        self._pieces = max(1, -(-size // _SEALED))
        self._size, self._at = size - self._pieces * _TAG, 0
        self._number, self._piece = -1, b""
        self._take(self._pieces - 1)

    def _take(self, number: int) -> None:
        """Open a piece into memory."""
        if number == self._number:
            return
        self._handle.seek(number * _SEALED)
        sealed = self._handle.read(_SEALED)
        try:
            nonce = _nonce(number, last=number == self._pieces - 1)
            self._piece, self._number = self._cipher.decrypt(nonce, sealed, self._bound), number
        except (InvalidTag, ValueError) as broken:
            raise SealBrokenError(
                f"piece {number} of file {self._bound.decode()}: moved, changed or cut off"
            ) from broken

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        self._take(number)
        part = self._piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._handle.close()
        super().close()
