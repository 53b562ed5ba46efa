"""Settings of the test run: a data directory of its own, the audit watch on, faults not hidden behind pages."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="wuyou-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ.update(WUYOU_DATA=_data, WUYOU_WATCH_AUDIT="1", WUYOU_MIN_FREE_MB="1", WUYOU_SECRET_KEY="only-for-tests" * 4)

from wuyou.config.settings import *  # noqa: E402, F403 -- the environment has to be set first
from wuyou.config.settings import WUYOU_KEYS  # noqa: E402 -- as above
from wuyou.platform import keys  # noqa: E402 -- as above

tempfile.tempdir = None  # what tests make stays apart from the data: a socket's path must be short
keys.create(Path(WUYOU_KEYS))
Path(_data, "static").mkdir()
WUYOU_RAISE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING_CONFIG = None
ACCOUNT_RATE_LIMITS = False
