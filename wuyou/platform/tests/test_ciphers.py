"""Both suites of algorithms: known answers, one shape, and the way from one to the other."""

import hmac
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from wuyou.demo.factories import make_basis, make_person, make_unit
from wuyou.people.models import ConsentBasis, Person
from wuyou.platform import ciphers, keys, sealing

# RFC 8998, appendix A.1
KEY = "gm:0123456789ABCDEFFEDCBA9876543210"
NONCE = bytes.fromhex("00001234567800000000ABCD")
BOUND = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
PLAIN = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
SEALED = bytes.fromhex(
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    "83DE3541E4C2B58177E065A9BF7B62EC"
)


def test_sm4_seals_as_its_published_example() -> None:
    cipher = ciphers.sealing(KEY)
    assert cipher.encrypt(NONCE, PLAIN, BOUND) == SEALED
    assert cipher.decrypt(NONCE, SEALED, BOUND) == PLAIN


def test_the_keyed_hashes_are_the_standard_ones() -> None:
    international, chinese = ciphers.fresh_index_key("intl"), ciphers.fresh_index_key("gm")
    assert ciphers.indexing(international)(b"a") == hmac.digest(bytes.fromhex(international), b"a", "sha256")
    assert ciphers.indexing(chinese)(b"a") == hmac.digest(bytes.fromhex(chinese[3:]), b"a", "sm3")


@pytest.mark.parametrize("suite", ["intl", "gm"])
@pytest.mark.parametrize("changed", ["nonce", "data", "bound", "short", "key"])
def test_what_was_changed_does_not_open(suite: str, changed: str) -> None:
    cipher = ciphers.sealing(ciphers.fresh_sealing_key(suite))
    nonce, bound, sealed = NONCE, b"place", cipher.encrypt(NONCE, b"19900001234", b"place")
    match changed:
        case "nonce":
            nonce = nonce[:-1] + b"0"
        case "data":
            sealed = bytes([sealed[0] ^ 1]) + sealed[1:]
        case "bound":
            bound = b"another"
        case "short":
            sealed = sealed[:10]
        case "key":
            cipher = ciphers.sealing(ciphers.fresh_sealing_key(suite))
    with pytest.raises((InvalidTag, ValueError)):
        cipher.decrypt(nonce, sealed, bound)


def test_a_rotation_leads_from_one_suite_to_the_other_and_back(db: None, settings: Any, tmp_path: Path) -> None:
    settings.WUYOU_KEYS = tmp_path / "keys.json"
    keys.create(settings.WUYOU_KEYS)
    pk = make_person(make_unit(), basis=make_basis(ConsentBasis.Ground.SEPARATE), phone="19900001234").pk
    index = Person.objects.get(pk=pk).phone_index
    for suite, mark in (("gm", "gm:"), ("intl", "")):
        settings.WUYOU_CIPHERS = suite
        active, _number = sealing.rotate()
        kept = settings.WUYOU_KEYS.read_text()
        assert (f'"{active}": "{mark}' in kept, "gm:" in kept) == (True, bool(mark))
        found = Person.objects.get(pk=pk)
        assert (found.phone, found.phone_index) == ("19900001234", index)
