"""Making an installation ready: keys, tables, divisions, static files, catalogues. Each step is skipped when done."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from wuyou.kernel.actor import Actor, machine
from wuyou.kernel.refusals import Refused
from wuyou.places import queries as places
from wuyou.places import services as place_services
from wuyou.platform import keys, permissions

Told = Callable[[str], None]


def operator() -> Actor:
    """Return the actor of whoever owns this machine and may run its commands: every permission, on everything."""
    return machine("命令行", *permissions.labels())


def prepare(told: Told) -> None:
    """Bring the data directory to the state this version needs, telling each step that takes time.

    Raises: Refused, when there are tables and the keys of their sealed fields are gone.
    """
    _see_to_keys()
    compile_catalogues()
    if _tables_behind():
        told("建立或更新数据表…")
        call_command("migrate", verbosity=0, interactive=False)
    if not places.division(settings.WUYOU_HOME_DIVISION):
        told("载入行政区划…")
        place_services.load_divisions(actor=operator(), home=settings.WUYOU_HOME_DIVISION)
    _collect_static(told)


def _see_to_keys() -> None:
    if not settings.WUYOU_KEYS.exists() and MigrationRecorder(connection).applied_migrations():
        raise Refused(
            f"没有找到密钥文件 {settings.WUYOU_KEYS}，没有启动，数据没有改动；请把单独保存的密钥文件放回这里，再启动。"
        )
    keys.create(settings.WUYOU_KEYS)


def compile_catalogues() -> None:
    """Compile each language's catalogue that is newer than its compiled form."""
    for source in sorted((Path(__file__).parent.parent / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text)
        unfinished = target.with_suffix(f".{os.getpid()}.mo")  # another process may be reading the old one
        with unfinished.open("wb") as compiled:
            write_mo(compiled, catalogue)
        unfinished.replace(target)


def _tables_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static(told: Told) -> None:
    state = _static_state()
    stamp = settings.STATIC_ROOT / "collected"
    if not stamp.exists() or stamp.read_text() != state:
        told("整理页面文件…")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(state)


def _static_state() -> str:
    found = []
    for finder in get_finders():
        for name, storage in finder.list(["*.map"]):
            found.append([name, storage.size(name), str(storage.get_modified_time(name))])
    return hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest()
