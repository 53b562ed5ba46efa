"""Files as a browser sends them: sealed while they come in, so that nothing of them ever stands in clear on a disk.

Django's own would keep what is larger than a megabyte in the system's temporary folder, readable until it is read.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from wuyou.platform.sealedbytes import SealedAside
from wuyou.platform.space import room_or_refuse


class SealedUploadHandler(FileUploadHandler):
    """Takes every file of a form; the form gets it as an `UploadedFile` whose bytes are opened as they are read."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803 -- Django's
        """Refuse what is too much before any of it is read."""
        if content_length > settings.WUYOU_MOST_UPLOADED_BYTES:
            raise RequestDataTooBig

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file, if the disk has room for it."""
        room_or_refuse()
        super().new_file(*given, **named)
        self._aside = SealedAside()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal some bytes; none are left for another handler."""
        self._aside.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """Return the file."""
        return UploadedFile(self._aside.reader(), self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Let go what came of a file that was broken off."""
        if hasattr(self, "_aside"):
            self._aside.close()
