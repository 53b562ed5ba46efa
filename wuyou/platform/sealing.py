"""Sealed fields: what a stolen database must not tell (telephone, identity number).

A sealed value is `1.<key id>.<base64 of nonce + ciphertext>`, with table, column and the row's uid as bound data, so that
a value moved to another row or column does not open; its key says by which cipher (`ciphers`). A blind index (keyed hash
of the normalised value, own key, bound to its column) finds a whole value again without opening any.
Source: design of field encryption in ADR 0009; 个人信息保护法 art. 51.
"""

import base64
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from wuyou.platform import datacare, sealedbytes
from wuyou.platform import keys as keyring
from wuyou.platform.keys import Keys, keys

_FORM = "1"
SealBrokenError = sealedbytes.SealBrokenError


class Ciphertext(str):
    """A sealed value as it stands in the database."""

    __slots__ = ()


def seal(place: str, uid: Any, plain: str, *, ring: Keys | None = None) -> Ciphertext:
    """Return the sealed form of a text for the row `uid` of `place` ("table.column"); "" stays "".

    `ring` is given by who seals many rows at once, so that the key file is not looked at for each.
    """
    if not plain:
        return Ciphertext()
    ring = ring or keys()
    nonce = secrets.token_bytes(12)
    secret = ring.seal[ring.active].encrypt(nonce, plain.encode(), _bound(place, uid))
    return Ciphertext(f"{_FORM}.{ring.active}.{base64.b64encode(nonce + secret).decode()}")


def unseal(place: str, uid: Any, sealed: str) -> str:
    """Return the text of a sealed value. Raises SealBrokenError when it was not sealed for this place and row."""
    if not sealed:
        return ""
    try:
        form, key_id, body = sealed.split(".", 2)
        raw = base64.b64decode(body, validate=True)
    except ValueError as torn:
        raise SealBrokenError(f"{place}: not a sealed value") from torn
    cipher = keys().seal.get(key_id)
    if form != _FORM or cipher is None:
        raise SealBrokenError(f"{place}: unknown form or key {form}.{key_id}")
    try:
        return cipher.decrypt(raw[:12], raw[12:], _bound(place, uid)).decode()
    except (InvalidTag, ValueError) as broken:
        raise SealBrokenError(f"{place}: moved or changed") from broken


def blind(place: str, plain: str, *, ring: Keys | None = None) -> str:
    """Return the blind index of a value: equal for equal normal forms in one column, of no use without the key."""
    normal = plain.upper()
    if not (normal.isascii() and normal.isalnum()):
        normal = "".join(c for c in unicodedata.normalize("NFKC", plain).upper() if c.isalnum() or c == "+")
    return (ring or keys()).index(f"{place}\0{normal}".encode()).hex()[:40] if normal else ""


def _bound(place: str, uid: Any) -> bytes:
    return f"{place}\0{uid}".encode()


class SealedField(models.TextField[Any, Any]):
    """A text that stands sealed in the database and opens when it is read; its model has a `uid` (see `row`)."""

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the opening descriptor on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    @property
    def row(self) -> str:
        """Name of the field that says to which row values are bound: `uid`, or a primary key that is one."""
        return "uid" if any(field.name == "uid" for field in self.model._meta.local_fields) else "pk"

    @property
    def place(self) -> str:
        """Table and column, to which values are bound."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Mark what comes from the database as sealed."""
        return Ciphertext(value) if value is not None else None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal the text for its row on the way to the database."""
        value = model_instance.__dict__.get(self.attname) or ""
        if isinstance(value, Ciphertext):
            return value
        return seal(self.place, model_instance.uid, value)  # type: ignore[attr-defined] # every sealed row has a uid

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Let only sealed text pass: `update()` and `bulk_update()` know no row to bind to and would store it open."""
        if value and not isinstance(value, Ciphertext):
            raise ValueError(f"{self.place} is written by save() or bulk_create(), which seal it for its row")
        return super().get_db_prep_save(value, connection)


class _Opening:
    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Ciphertext):
            return unseal(self.field.place, instance.uid, value)  # type: ignore[attr-defined] # as above
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class BlindIndexField(models.CharField[Any, Any]):
    """The blind index of a sealed field of the same model, filled by itself on saving."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Tell migrations which field is indexed."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def index(self, plain: str, *, ring: Keys | None = None) -> str:
        """Return the index to look a whole value up by."""
        return blind(f"{self.model._meta.db_table}.{self.of}", plain, ring=ring)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Compute the index from the text, unless it stayed sealed and so did not change."""
        if isinstance(model_instance.__dict__.get(self.of), Ciphertext):
            return getattr(model_instance, self.attname)
        value = self.index(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


def sealed_fields() -> Iterator[tuple[type[models.Model], SealedField]]:
    """Yield every sealed field of every model."""
    for model in datacare.own_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedField):
                yield model, field


def reseal(*, batch: int = 1000, told: Callable[[int], None] | None = None) -> int:
    """Seal every value that uses an old key with the active one; return how many values that were.

    Each batch is its own transaction, and values under the active key are not touched: a killed run is simply run again.
    """
    done = 0
    prefix = f"{_FORM}.{keys().active}."
    for model, field in sealed_fields():
        last = None
        while rows := _under_old_key(model, field, prefix, after=last, batch=batch):
            with transaction.atomic():
                for pk, uid, sealed in rows:
                    fresh = seal(field.place, uid, unseal(field.place, uid, sealed))
                    # a row that was saved meanwhile is under the active key already
                    model._default_manager.filter(pk=pk, **{field.attname: sealed}).update(**{field.attname: fresh})
            last = rows[-1][0]
            done += len(rows)
            if told:
                told(done)
    for records in _in_batches(_records_with_sealed(), batch):
        with transaction.atomic():
            done += sum(_reseal_record(record, prefix) for record in records)
        if told:
            told(done)
    return done


def _records_with_sealed() -> Iterator[tuple[Any, dict[str, SealedField]]]:
    """Yield the records of imports that hold former values of sealed fields, with those fields by name."""
    fields: dict[str, dict[str, SealedField]] = {}
    for model, field in sealed_fields():
        fields.setdefault(model._meta.label_lower, {})[field.attname] = field
    model = apps.get_model("platform.importedrecord")
    rows = model._base_manager.filter(object_kind__in=fields).exclude(before={})
    for record in rows.order_by("pk").iterator():
        found = {name: field for name, field in fields[record.object_kind].items() if record.before.get(name)}
        if found:
            yield record, found


def _in_batches(things: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while some := list(islice(things, size)):
        yield some


def _reseal_record(found: tuple[Any, dict[str, SealedField]], prefix: str) -> int:
    """Seal former values anew that use an old key; those of a thing that is gone go too, as nothing leads back to it."""
    record, fields = found
    old = {name: field for name, field in fields.items() if not record.before[name].startswith(prefix)}
    if not old:
        return 0
    model = apps.get_model(record.object_kind)
    uid = model._base_manager.filter(pk=record.object_id).values_list(next(iter(old.values())).row, flat=True).first()
    for name, field in old.items():
        plain = unseal(field.place, uid, record.before[name]) if uid is not None else ""
        record.before[name] = seal(field.place, uid, plain)
    record.save(update_fields=["before"])
    return len(old)


def rotate(*, told: Callable[[int], None] | None = None) -> tuple[str, int]:
    """Seal everything with a fresh key and forget the old ones; return the key's id and how many values were sealed anew.

    A killed run is taken up where it stopped, without yet another key. Meanwhile nobody else may write: what another process
    still seals with the old key would keep it in use.
    """
    path = settings.WUYOU_KEYS
    if not keys_in_use() - {keys().active}:
        keyring.add(path)
    number = reseal(told=told)
    for old in sorted(set(keys().seal) - {keys().active} - keys_in_use()):
        keyring.forget(path, old)
    return keys().active, number


def keys_in_use() -> set[str]:
    """Return the ids of the keys under which some value is sealed; only a key outside of these may be forgotten."""
    found: set[str] = set()
    for model, field in sealed_fields():
        values = model._default_manager.exclude(**{field.attname: ""}).values_list(field.attname, flat=True)
        found.update(sealed.split(".", 2)[1] for sealed in values.iterator())
    for record, fields in _records_with_sealed():
        found.update(record.before[name].split(".", 2)[1] for name in fields)
    return found


def _under_old_key(model: type[models.Model], field: SealedField, prefix: str, *, after: Any, batch: int) -> list[Any]:
    rows = model._default_manager.exclude(**{field.attname: ""}).exclude(**{f"{field.attname}__startswith": prefix})
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", field.row, field.attname)[:batch])
