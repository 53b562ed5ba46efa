"""Sealed fields: bound to their row, of no use without the key, found again by a blind index, sealed anew by rotation."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from wuyou.demo.factories import make_basis, make_person, make_unit
from wuyou.kernel import clock
from wuyou.people.models import ConsentBasis, Person
from wuyou.platform import keys, sealing
from wuyou.platform.sealing import Ciphertext, SealBrokenError, blind, seal, unseal
from wuyou.platform.tests.databases import OwnDatabase

PLACE = "people_person.phone"
PHONE, OTHER, ID_NUMBER = "19900001234", "19900005678", "530399196405120021"
texts = st.text(min_size=1, max_size=60)


@pytest.fixture(params=["intl", "gm"])
def own_keys(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Path:
    """Give the test a key file of its own, of each suite in turn."""
    settings.WUYOU_CIPHERS = request.param
    path = tmp_path / "own-keys.json"
    keys.create(path)
    settings.WUYOU_KEYS = path
    return path


@given(plain=texts, uid=st.uuids())
def test_what_is_sealed_opens_in_its_place(plain: str, uid: Any) -> None:
    sealed = seal(PLACE, uid, plain)
    assert unseal(PLACE, uid, sealed) == plain
    assert (plain.isascii() and len(plain) < 4) or plain not in sealed


@given(plain=texts, uid=st.uuids(), other=st.uuids())
def test_moved_to_another_row_or_column_it_does_not_open(plain: str, uid: Any, other: Any) -> None:
    sealed = seal(PLACE, uid, plain)
    for place, row in ((PLACE, other), ("people_person.id_number", uid)):
        if (place, row) != (PLACE, uid):
            with pytest.raises(SealBrokenError):
                unseal(place, row, sealed)


@given(plain=texts, at=st.integers(0, 500), by=st.characters(min_codepoint=33, max_codepoint=126))
def test_changed_in_any_character_it_does_not_open(plain: str, at: int, by: str) -> None:
    sealed = seal(PLACE, "u", plain)
    at %= len(sealed)
    changed = sealed[:at] + by + sealed[at + 1 :]
    try:
        opened = unseal(PLACE, "u", changed)
    except SealBrokenError:
        return
    # the last letter of base64 may carry bits that mean nothing
    assert opened == plain


@pytest.mark.parametrize(
    "torn", ["x", "1.k1", "1.k1.%%%", "1.k1.", "2.k1.AAAA", "1.k9.AAAA", "1.k1.AAAA", "19900001234"]
)
def test_what_is_no_sealed_value_is_refused(torn: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(PLACE, "u", torn)


def test_equal_texts_are_sealed_differently() -> None:
    assert seal(PLACE, "u", PHONE) != seal(PLACE, "u", PHONE)
    assert seal(PLACE, "u", "") == unseal(PLACE, "u", "") == ""


def test_without_the_key_nothing_opens(own_keys: Path) -> None:
    sealed, index = seal(PLACE, "u", PHONE), blind(PLACE, PHONE)
    own_keys.unlink()
    keys.create(own_keys)
    with pytest.raises(SealBrokenError):
        unseal(PLACE, "u", sealed)
    assert blind(PLACE, PHONE) != index


def test_key_file_is_its_owner_s_alone_and_never_overwritten(own_keys: Path) -> None:
    before = own_keys.read_bytes()
    keys.create(own_keys)
    assert (own_keys.stat().st_mode & 0o777, own_keys.read_bytes()) == (0o600, before)


SAME = (
    (ID_NUMBER, "５３０３９９１９６４０５１２００２１"),
    ("53039919640512002X", "53039919640512002x"),
    ("53039919640512002X", " 530399 19640512 002Ｘ "),
    (PHONE, "199-0000-1234"),
    (PHONE, "(199) 0000 1234"),
)
DIFFERENT = ((PHONE, OTHER), (PHONE, "1990000123"), (ID_NUMBER, "530399196405120020"), ("+8619900001234", PHONE))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_blind_index_is_equal_for_equal_normal_forms(one: str, other: str) -> None:
    assert blind(PLACE, one) == blind(PLACE, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_blind_index_differs_for_different_values(one: str, other: str) -> None:
    assert blind(PLACE, one) != blind(PLACE, other)


def test_blind_index_differs_between_columns_and_is_empty_for_nothing() -> None:
    assert blind("people_person.phone", PHONE) != blind("people_person.other_phone", PHONE)
    assert (blind(PLACE, ""), blind(PLACE, " - ")) == ("", "")
    assert len(blind(PLACE, PHONE)) == 40


def person(**facts: Any) -> Person:
    basis = make_basis(ConsentBasis.Ground.SEPARATE)
    return make_person(make_unit(), basis=basis, **({"phone": PHONE, "id_number": ID_NUMBER} | facts))


def raw(pk: int) -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, other_phone, id_number FROM people_person WHERE id = %s", [pk])
        return cursor.fetchone()


def test_fields_stand_sealed_and_open_when_read(db: None) -> None:
    pk = person(other_phone="").pk
    phone, other, id_number = raw(pk)
    assert (phone[:5], id_number[:5], other) == ("1.k1.", "1.k1.", "")
    read = Person.objects.get(pk=pk)
    assert (read.phone, read.other_phone, read.id_number) == (PHONE, "", ID_NUMBER)
    assert Person.objects.filter(pk=pk).values_list("phone", flat=True).get() == phone


def test_a_row_is_found_by_its_blind_index_in_any_writing(db: None) -> None:
    pk = person().pk
    index = Person._meta.get_field("phone_index").index("199 0000 1234")
    assert list(Person.objects.filter(phone_index=index).values_list("pk", flat=True)) == [pk]


def test_changing_the_value_changes_seal_and_index(db: None) -> None:
    found = Person.objects.get(pk=person().pk)
    before, index = raw(found.pk), found.phone_index
    found.phone = OTHER
    found.save()
    assert (raw(found.pk)[0] != before[0], found.phone_index != index) == (True, True)
    assert raw(found.pk)[2] == before[2]  # what was not opened is not sealed again
    assert Person.objects.get(pk=found.pk).phone == OTHER


def test_values_swapped_in_the_database_do_not_open(db: None) -> None:
    one, two = person(), person(phone=OTHER)
    with connection.cursor() as cursor:
        for pk, phone in ((one.pk, raw(two.pk)[0]), (two.pk, raw(two.pk)[2])):
            cursor.execute("UPDATE people_person SET phone = %s WHERE id = %s", [phone, pk])
    for pk in (one.pk, two.pk):
        with pytest.raises(SealBrokenError):
            _ = Person.objects.get(pk=pk).phone


def test_the_roads_that_cannot_seal_are_closed(db: None) -> None:
    pk = person().pk
    with pytest.raises(ValueError, match="written by save"), transaction.atomic():
        Person.objects.filter(pk=pk).update(phone=OTHER)
    found = Person.objects.get(pk=pk)
    found.phone = OTHER
    with pytest.raises(ValueError, match="written by save"), transaction.atomic():
        Person.objects.bulk_update([found], ["phone"])
    Person.objects.filter(pk=pk).update(phone="")
    assert Person.objects.get(pk=pk).phone == ""


def canaries(number: int, keeper: Any = None) -> None:
    """Put persons into the database in bulk, as the import does."""
    keeper, basis = keeper or make_unit(), make_basis(ConsentBasis.Ground.SEPARATE)
    Person.objects.bulk_create(
        Person(keeper=keeper, basis=basis, name=f"侨友{i}", phone=f"1990000{i:04}", id_number=f"5303991964{i:08}",
               registered_at=clock.now())
        for i in range(number)
    )  # fmt: skip


def test_a_stolen_database_tells_no_number(own_database: OwnDatabase) -> None:
    canaries(200)
    seen = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            seen += repr(cursor.fetchall()).encode()
    for file in own_database.data.glob("wuyou.sqlite3*"):  # the write-ahead log too
        seen += file.read_bytes()
    assert ("侨友7".encode() in seen, b"1990000" in seen, b"5303991964" in seen) == (True, False, False)


def state() -> list[tuple[str, str]]:
    """Return what every person's sealed fields hold, opened."""
    return [(p.phone, p.id_number) for p in Person.objects.order_by("pk")]


def test_rotation_seals_everything_anew_and_the_old_key_goes(own_database: OwnDatabase, own_keys: Path) -> None:
    canaries(150)
    before, told = state(), []
    assert (sealing.keys_in_use(), keys.add(own_keys)) == ({"k1"}, "k2")
    assert sealing.reseal(batch=40, told=told.append) == 300
    assert (told, sealing.keys_in_use(), sealing.reseal()) == ([40, 80, 120, 150, 190, 230, 270, 300], {"k2"}, 0)
    keys.forget(own_keys, "k1")
    assert (state(), sorted(keys.keys().seal)) == (before, ["k2"])
    canaries(1)
    assert raw(Person.objects.latest("pk").pk)[0].startswith("1.k2.")


def test_a_rotation_is_one_call_and_goes_on_with_the_key_it_began(own_database: OwnDatabase, own_keys: Path) -> None:
    canaries(60)
    before = state()
    assert (sealing.rotate(), sorted(keys.keys().seal), state()) == (("k2", 120), ["k2"], before)
    keys.add(own_keys)
    last = Person.objects.latest("pk")
    last.phone = OTHER
    last.save()  # as if a run had been killed after a few rows
    assert sealing.keys_in_use() == {"k2", "k3"}
    assert (sealing.rotate(), sorted(keys.keys().seal)) == (("k3", 119), ["k3"])


def test_the_key_in_use_is_not_forgotten(own_keys: Path) -> None:
    with pytest.raises(ValueError, match="k1 is the active key"):
        keys.forget(own_keys, "k1")


ROTATE = (
    "import django; django.setup()\n"
    "from wuyou.platform import sealing\n"
    "sealing.reseal(batch=5, told=lambda n: print(n, flush=True))"
)


def test_rotation_killed_in_the_middle_goes_on(own_database: OwnDatabase, own_keys: Path) -> None:
    canaries(300)
    before = state()
    keys.add(own_keys)
    environment = {**own_database.environment, "WUYOU_KEYS": str(own_keys)}
    kills = 0
    while kills < 2:
        running = subprocess.Popen([sys.executable, "-c", ROTATE], env=environment, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(0.03 * kills)
        running.kill()
        running.stdout.close()
        kills += running.wait() < 0
        assert (state(), sealing.keys_in_use()) == (before, {"k1", "k2"})
    sealing.reseal()
    keys.forget(own_keys, "k1")
    assert (state(), sealing.keys_in_use()) == (before, {"k2"})


def test_a_row_saved_during_rotation_keeps_what_was_saved(own_database: OwnDatabase, own_keys: Path) -> None:
    canaries(20)
    keys.add(own_keys)

    def save_meanwhile(done: int) -> None:
        last = Person.objects.latest("pk")
        last.phone = OTHER
        last.save()

    sealing.reseal(batch=5, told=save_meanwhile)
    assert (Person.objects.latest("pk").phone, sealing.keys_in_use()) == (OTHER, {"k2"})


def test_the_keys_are_read_again_when_the_file_changes(own_keys: Path, tmp_path: Path) -> None:
    assert keys.keys().active == "k1"
    keys.add(own_keys)
    assert keys.keys().active == "k2"
    assert sorted(json.loads(own_keys.read_text())["seal"]) == ["k1", "k2"]
    shutil.copy(own_keys, tmp_path / "copy.json")
    assert isinstance(seal(PLACE, "u", PHONE), Ciphertext)
