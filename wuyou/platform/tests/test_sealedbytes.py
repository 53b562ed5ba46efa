"""Sealed files: what goes in comes out, from any place; what was moved, changed or cut off does not open."""

import io
import random
from typing import IO

import pytest

from wuyou.platform.sealedbytes import PIECE, SealBrokenError, Sealing, fresh_key, opened, sealed_aside

KEY, TAG = "ab" * 32, 16
SEALED = PIECE + TAG


def sealed(plain: bytes, *, key: str = KEY, bound: str = "f", step: int = 50_000) -> bytes:
    held = io.BytesIO()
    sealing = Sealing(held, key, bound)
    for start in range(0, len(plain), step):
        sealing.write(plain[start : start + step])
    sealing.finish()
    return held.getvalue()


def plain_of(raw: bytes, *, key: str = KEY, bound: str = "f") -> bytes:
    return opened(io.BytesIO(raw), key, bound).read()


TEXT = random.Random(3).randbytes(3 * PIECE + 5)


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
@pytest.mark.parametrize("step", [1000, PIECE, 10 * PIECE])
def test_what_goes_in_comes_out_and_nothing_of_it_is_seen(length: int, step: int) -> None:
    raw = sealed(TEXT[:length], step=step)
    assert (plain_of(raw), len(raw)) == (TEXT[:length], length + TAG * max(1, -(-length // PIECE)))
    assert length < 100 or TEXT[:40] not in raw


def test_it_is_read_from_any_place() -> None:
    handle, chance = opened(io.BytesIO(sealed(TEXT)), KEY, "f"), random.Random(5)
    for _turn in range(200):
        at, length = chance.randrange(len(TEXT) + 10), chance.randrange(2 * PIECE)
        assert (handle.seek(at), handle.read(length)) == (at, TEXT[at : at + length])
    assert (handle.seek(-3, io.SEEK_END), handle.read()) == (len(TEXT) - 3, TEXT[-3:])


RAW = sealed(TEXT)
PIECES = [RAW[start : start + SEALED] for start in range(0, len(RAW), SEALED)]
BROKEN = {
    "last piece gone": b"".join(PIECES[:3]),
    "cut inside a piece": RAW[:-1],
    "cut to nothing": b"",
    "two pieces exchanged": PIECES[1] + PIECES[0] + PIECES[2] + PIECES[3],
    "a piece twice": PIECES[0] + PIECES[0] + PIECES[2] + PIECES[3],
    "a piece left out": PIECES[0] + PIECES[2] + PIECES[3],
    "something behind": RAW + b"x",
    "a bit changed": bytes([RAW[0] ^ 1]) + RAW[1:],
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_what_was_changed_does_not_open(raw: bytes) -> None:
    with pytest.raises(SealBrokenError):
        plain_of(raw)


def test_another_key_or_another_file_does_not_open() -> None:
    for told in ({"key": fresh_key()}, {"bound": "g"}):
        with pytest.raises(SealBrokenError):
            plain_of(RAW, **told)


def test_what_is_held_aside_has_no_name_and_goes_when_it_cannot_be_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    with sealed_aside(iter([b"abc", b"def"])) as handle:
        assert (handle.read(2), handle.seek(4), handle.read()) == (b"ab", 4, b"ef")
    made: list[IO[bytes]] = []
    monkeypatch.setattr("tempfile.TemporaryFile", lambda mode: made.append(io.BytesIO()) or made[0])
    with pytest.raises(ConnectionError):
        sealed_aside(chunk for chunk in broken())
    assert made[0].closed


def broken():
    yield b"half"
    raise ConnectionError
