"""Broken and hostile files: each is refused quickly, with one plain sentence that says what to do."""

import io
import re
import resource
import struct
import time
import zipfile

import openpyxl
import pytest

from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.child import _refusal_of
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import FILES, file_sentence

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def make_workbook(rows=(("姓名", "性别"), ("张三", "男"))):
    """Return the bytes of an ordinary workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return as_bytes(book)


def as_bytes(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data, *, replace=None, add=None):
    """Return the workbook with parts replaced (by name, text or function) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            change = (replace or {}).get(part)
            new.writestr(part, change(text) if callable(change) else change if change is not None else text)
        for part, text in (add or {}).items():
            new.writestr(part, text)
    return out.getvalue()


def sheet_with(body, head=""):
    return f'<?xml version="1.0"?>{head}<worksheet {NAMESPACE}><sheetData>{body}</sheetData></worksheet>'


def bomb():
    """300 MB of one letter in 300 kB."""
    out = io.BytesIO()
    data = make_workbook()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        with new.open(SHEET, "w") as handle:
            handle.write(
                sheet_with('<row r="1"><c r="A1" t="str"><v>').removesuffix("</sheetData></worksheet>").encode()
            )
            for _ in range(75):
                handle.write(b"a" * 2**22)
    return out.getvalue()


def lying_bomb():
    """A bomb whose table of contents says that the part is small."""
    data = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as folder:
        true_size = folder.getinfo(SHEET).file_size
    for place in [match.start() for match in re.finditer(re.escape(struct.pack("<I", true_size)), bytes(data))]:
        data[place : place + 4] = struct.pack("<I", 5000)
    return bytes(data)


def many_parts():
    return changed(make_workbook(), add={f"xl/media/{number}.txt": "x" for number in range(10_000)})


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def encrypted_zip():
    data = bytearray(make_workbook())
    for place in [m.start() for m in re.finditer(rb"PK\x01\x02", bytes(data))]:
        data[place + 8] |= 1
    return bytes(data)


HOSTILE = [
    ("bomb", "a.xlsx", bomb, "file_too_big"),
    ("lying bomb", "a.xlsx", lying_bomb, "file_broken"),
    ("tight", "a.xlsx", lambda: changed(make_workbook(), add={"xl/media/a.bin": bytes(2**25)}), "file_packed_too_tightly"),
    ("10,000 parts", "a.xlsx", many_parts, "file_too_many_parts"),
    ("far cell", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}), "sheet_too_big"),
    ("far column", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with(
        '<row r="1"><c r="XFD1"><v>1</v></c></row>')}), "sheet_too_big"),
    ("laughs", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with(
        '<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>', LAUGHS)}), "file_xml_forbidden"),
    ("laughs in strings", "a.xlsx", lambda: changed(make_workbook(), add={"xl/sharedStrings.xml":
        f'<?xml version="1.0"?>{LAUGHS}<sst {NAMESPACE}><si><t>&c;</t></si></sst>'}), "file_xml_forbidden"),
    ("outside entity", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with(
        '<row r="1"><c r="A1" t="str"><v>&f;</v></c></row>', OUTSIDE)}), "file_xml_forbidden"),
    ("macros renamed", "a.xlsx", lambda: changed(make_workbook(), add={"xl/vbaProject.bin": OLE}), "file_has_macros"),
    ("outside link", "a.xlsx", lambda: changed(make_workbook(), add={"xl/externalLinks/externalLink1.xml": "<x/>"}),
     "file_links_outside"),
    ("dde", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with(
        "<row r=\"1\"><c r=\"A1\"><f>cmd|'/c calc'!A0</f><v>0</v></c></row>")}), "file_has_dde"),
    ("old excel", "a.xls", lambda: OLE + "Workbook".encode("utf-16-le") + bytes(600), "file_is_old_excel"),
    ("old excel renamed", "a.xlsx", lambda: OLE + "Workbook".encode("utf-16-le") + bytes(600), "file_is_old_excel"),
    ("locked", "a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "file_encrypted"),
    ("locked zip", "a.xlsx", encrypted_zip, "file_encrypted"),
    ("word", "a.doc", lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(600), "file_is_word"),
    ("docx renamed", "a.xlsx", lambda: zip_of({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "file_is_word"),
    ("other zip", "a.xlsx", lambda: zip_of({"readme.txt": "hi"}), "file_is_archive"),
    ("ods", "a.ods", lambda: zip_of({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"}), "file_is_ods"),
    ("cut zip", "a.xlsx", lambda: make_workbook()[:2000], "file_broken"),
    ("cut part", "a.xlsx", lambda: changed(make_workbook(), replace={SHEET: sheet_with("<row r='1'>")[:-30]}), "file_broken"),
    ("damaged deflate", "a.xlsx", lambda: damaged(make_workbook()), "file_broken"),
    ("web page", "a.xls", "<html><table><tr><td>姓名</td></tr></table></html>".encode, "file_is_html"),
    ("web page 2", "a.csv", lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><html></html>", "file_is_html"),
    ("xml table", "a.xls", lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "file_is_xml"),
    ("empty", "a.xlsx", lambda: b"", "file_empty"),
    ("blanks", "a.csv", lambda: b" \r\n \r\n", "file_empty"),
    ("no rows", "a.xlsx", lambda: as_bytes(openpyxl.Workbook()), "file_has_no_rows"),
    ("picture", "a.xlsx", lambda: PNG, "file_is_image"),
    ("picture as csv", "a.csv", lambda: b"\xff\xd8\xff\xe0" + bytes(100), "file_is_image"),
    ("pdf", "a.xlsx", lambda: b"%PDF-1.7\n<html>", "file_is_pdf"),
    ("7z", "a.xlsx", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "file_is_archive"),
    ("binary", "a.csv", lambda: bytes(range(256)), "file_unknown"),
    ("long text", "a.csv", ("a," + "x" * 40_000 + "\n").encode, "cell_too_long"),
    ("wide text", "a.csv", (",".join("x" * 500) + "\n").encode, "sheet_too_big"),
]  # fmt: skip


def zip_of(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for part, text in parts.items():
            folder.writestr(part, text)
    return out.getvalue()


def damaged(data):
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        at = folder.getinfo(SHEET).header_offset + 60
    return data[:at] + bytes(40) + data[at + 40 :]


@pytest.mark.parametrize(("name", "make", "code"), [(n, m, c) for _, n, m, c in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile_file_is_refused(tmp_path, name, make, code):
    path = tmp_path / name
    path.write_bytes(make())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with pytest.raises(FileRefused) as found:
        open_book(path)
    assert found.value.code == code
    assert time.monotonic() - began < 4  # two seconds on a quiet machine
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    sentence = file_sentence(found.value)
    assert re.search(r"请", sentence)
    assert re.search(r"没有|不|已停止|损坏|空", sentence)


def test_every_file_code_has_a_sentence():
    assert {code for *_, code in HOSTILE} <= FILES.keys()


def test_wide_dimension_and_styled_empty_cells_are_no_reason_to_refuse(tmp_path):
    path = tmp_path / "a.xlsx"
    body = ('<row r="1"><c r="A1" t="str"><v>姓名</v></c></row>'
            '<row r="2"><c r="A2" t="str"><v>张三</v></c><c r="XFD2" s="0"/></row>'
            '<row r="1048576"><c r="A1048576" s="0"/></row>')  # fmt: skip
    path.write_bytes(changed(make_workbook(), replace={SHEET: sheet_with(body).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')}))  # fmt: skip
    with open_book(path) as book:
        assert [row.cells for row in book.rows(book.sheets[0])] == [["姓名"], ["张三"]]


@pytest.mark.parametrize(
    ("code", "said", "answer"),
    [
        (3, b'noise\n{"code": "file_needs_too_much_memory", "words": {}}\n', "file_needs_too_much_memory"),
        (-24, b"", "file_takes_too_long"),
        (-9, b"", "file_takes_too_long"),
        (-11, b"", "file_broken"),
        (1, b"Traceback ...", "file_broken"),
    ],
)
def test_end_of_the_child_is_told_in_words(code, said, answer):
    assert _refusal_of(code, said).code == answer
