"""What a file is, told by its first bytes and never by its name; and whether its zip folder may be opened at all.

Runs in the child process. Every limit here is checked before any parser sees a byte of the sheets.
Source: design/7 S12; OWASP ASVS 5.0 V5.2.
"""

import re
import zipfile
from enum import StrEnum
from io import SEEK_END
from typing import IO

from wuyou.platform.imports.refusal import FileRefused

MOST_PARTS = 200
MOST_BYTES = 240 * 2**20
"""All parts of a workbook together, unpacked. 100,000 rows of 25 columns are about 90 MB."""
MOST_PART_BYTES = 160 * 2**20
MOST_RATIO = 100
RATIO_FROM_BYTES = 4 * 2**20
"""Below this size a part may be packed as tightly as it likes: sheets of empty bordered cells are."""
MOST_TEXT_BYTES = 120 * 2**20

_HEAD = 8192


class FileForm(StrEnum):
    """The two forms of file that are read."""

    XLSX = "xlsx"
    TEXT = "text"


_BY_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "file_is_pdf"),
    (b"\x89PNG", "file_is_image"),
    (b"\xff\xd8\xff", "file_is_image"),
    (b"GIF8", "file_is_image"),
    (b"BM", "file_is_image"),
    (b"RIFF", "file_is_image"),
    (b"Rar!", "file_is_archive"),
    (b"7z\xbc\xaf", "file_is_archive"),
    (b"\x1f\x8b", "file_is_archive"),
    (b"{\\rtf", "file_is_word"),
)


def sniff(given: IO[bytes]) -> FileForm:
    """Tell which form the file has, or refuse it.

    Raises: FileRefused with the code of what it is instead (an old .xls, a picture, a web page …).
    """
    given.seek(0)
    head = given.read(_HEAD)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise FileRefused("file_empty")
    if head.startswith(b"PK"):
        return FileForm.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(_ole_code(given))
    _refuse_other_magic(head)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileForm.TEXT
    if b"\x00" in head:
        raise FileRefused("file_unknown")
    if given.seek(0, SEEK_END) > MOST_TEXT_BYTES:
        raise FileRefused("file_too_big", most=f"{MOST_TEXT_BYTES // 2**20} MB")
    return FileForm.TEXT


def _refuse_other_magic(head: bytes) -> None:
    """Refuse what is neither a workbook nor plain text, by its first bytes."""
    for magic, code in _BY_MAGIC:
        # "BM" may begin a text ("BMI,..."): a bitmap also has zero bytes near its start
        if head.startswith(magic) and (magic != b"BM" or b"\x00" in head[:32]):
            raise FileRefused(code)
    begin = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1024].lower()
    if begin.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<div", b"<script")):
        raise FileRefused("file_is_html")
    if begin.startswith((b"<?xml", b"<svg")):
        raise FileRefused("file_is_html" if b"html" in begin else "file_is_xml")


def _ole_code(given: IO[bytes]) -> str:
    """Tell the old binary forms apart by the names of their streams (UTF-16 in the directory)."""
    given.seek(0)
    data = given.read(64 * 2**20)
    if _utf16("EncryptedPackage") in data:
        return "file_encrypted"
    if _utf16("WordDocument") in data:
        return "file_is_word"
    return "file_is_old_excel"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def open_workbook_zip(given: IO[bytes]) -> zipfile.ZipFile:
    """Open the zip folder of an .xlsx after looking at its table of contents only.

    Raises: FileRefused when it is broken, too big, packed too tightly, locked, or holds macros, outside links or
    nothing that is a workbook.
    """
    _refuse_many_parts(given)
    try:
        folder = zipfile.ZipFile(given)
        parts = folder.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as fault:
        # NotImplementedError is the library's word for a folder of a later zip version than it knows
        raise FileRefused("file_broken") from fault
    if len(parts) > MOST_PARTS:
        raise FileRefused("file_too_many_parts", most=str(MOST_PARTS))
    for part in parts:
        _refuse_part(part)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise FileRefused("file_too_big", most=f"{MOST_BYTES // 2**20} MB")
    _refuse_other_folder({part.filename.lower().lstrip("/") for part in parts})
    return folder


def _refuse_many_parts(given: IO[bytes]) -> None:
    """Refuse by the number of entries written in the zip's last record, before all of them are listed in memory."""
    size = given.seek(0, SEEK_END)
    given.seek(max(0, size - 65_557))
    tail = given.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise FileRefused("file_broken")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    listed_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > MOST_PARTS or MOST_PARTS * 1024 < listed_bytes < 0xFFFFFFFF:
        raise FileRefused("file_too_many_parts", most=str(MOST_PARTS))


def _refuse_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 0x1:
        raise FileRefused("file_encrypted")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused("file_broken")
    if part.file_size > MOST_PART_BYTES:
        raise FileRefused("file_too_big", most=f"{MOST_PART_BYTES // 2**20} MB")
    if part.file_size > RATIO_FROM_BYTES and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise FileRefused("file_packed_too_tightly")


_MACRO_PARTS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^xl/(activex|macrosheets|dialogsheets)/")


def _refuse_other_folder(names: set[str]) -> None:
    """Refuse a zip that is no workbook, or one that carries macros or reaches into other files."""
    if any(_MACRO_PARTS.search(name) for name in names):
        raise FileRefused("file_has_macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise FileRefused("file_links_outside")
    if any(name.endswith("encryptedpackage") for name in names):
        raise FileRefused("file_encrypted")
    if any(name.startswith("word/") for name in names):
        raise FileRefused("file_is_word")
    if "mimetype" in names and "content.xml" in names:
        raise FileRefused("file_is_ods")
    if "xl/workbook.bin" in names:
        raise FileRefused("file_is_old_excel")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileRefused("file_is_archive")
