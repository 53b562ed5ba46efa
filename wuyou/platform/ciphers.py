"""The two suites of algorithms under which data are sealed and found again: the international and the Chinese one.

A key says itself to which it belongs: 64 hexadecimal digits are a key of AES-256-GCM or HMAC-SHA-256, "gm:" before the
digits one of SM4-GCM or HMAC-SM3. So data of both may stand side by side while a rotation goes from one to the other.
Source: GB/T 39786-2021 8.4 d), e); GB/T 32907-2016 (SM4), GB/T 32905-2016 (SM3).
"""

import secrets
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

_TAG = 16
_GM = "gm:"


class Suite(StrEnum):
    """What an operator may choose, before the first start or before a rotation."""

    INTERNATIONAL = "intl"
    CHINESE = "gm"


class Aead(Protocol):
    """Encryption that also proves where the data belong."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return the sealed bytes with their tag at the end."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return the clear bytes. Raises InvalidTag when key, nonce, data or place are not those of the sealing."""


def fresh_sealing_key(suite: str) -> str:
    """Return a new key for sealing, 32 bytes for AES-256 or 16 for SM4, as it is kept."""
    return _GM + secrets.token_hex(16) if suite == Suite.CHINESE else secrets.token_hex(32)


def fresh_index_key(suite: str) -> str:
    """Return a new key of 32 bytes for blind indexes, as it is kept."""
    return (_GM if suite == Suite.CHINESE else "") + secrets.token_hex(32)


def sealing(key: str) -> Aead:
    """Return the cipher of a kept key. Raises ValueError for what is no key."""
    digits = key.removeprefix(_GM)
    return _Sm4Gcm(bytes.fromhex(digits)) if key.startswith(_GM) else AESGCM(bytes.fromhex(digits))


def indexing(key: str) -> Callable[[bytes], bytes]:
    """Return the keyed hash (32 bytes) of a kept key. Raises ValueError for what is no key."""
    algorithm: HashAlgorithm = SM3() if key.startswith(_GM) else SHA256()
    return partial(_hashed, bytes.fromhex(key.removeprefix(_GM)), algorithm)


def _hashed(key: bytes, algorithm: HashAlgorithm, data: bytes) -> bytes:
    hashing = HMAC(key, algorithm)
    hashing.update(data)
    return hashing.finalize()


class _Sm4Gcm:
    """SM4 in Galois counter mode, called as the library's own AESGCM is."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        if len(data) < _TAG:
            raise ValueError("shorter than its tag")
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-_TAG]) + decryptor.finalize()
