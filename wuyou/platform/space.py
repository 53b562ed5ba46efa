"""Room on the disk: the site goes on being read and stops being written before the disk is full, not after.

On a full disk not even deleting works: SQLite needs room for that too.
"""

import shutil

from django.conf import settings
from django.utils.translation import gettext_noop

from wuyou.kernel.refusals import Refused

NO_SPACE = gettext_noop("服务器的存储空间不足，这次没有保存，原有数据都在；请联系管理员清理空间后再试。")


def room_or_refuse() -> None:
    """Raise `Refused` while less than the guarded space is left, before anything is written."""
    if shutil.disk_usage(settings.WUYOU_DATA).free < settings.WUYOU_MIN_FREE_BYTES:
        raise Refused(NO_SPACE)
