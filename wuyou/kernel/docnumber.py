"""The number of an official document, 机关代字〔年份〕序号号, and the brackets that people use instead."""

import re
from functools import lru_cache

from wuyou.kernel.hanzi import fold, is_empty, squeeze, tidy
from wuyou.kernel.reading import Reading, empty, note, taken, warn

_OPEN, _CLOSE = r"[(\[{〔【〖「﹝<《]", r"[)\]}〕】〗」﹞>》]"
_NUMBER = re.compile(
    rf"(?P<body>[^\d\W][^\d]*?)(?:{_OPEN}+(?P<year>(?:19|20)\d\d)年?{_CLOSE}*|(?P<bare>(?:19|20)\d\d)(?:年|-|{_CLOSE}|(?=第)))"
    rf"(?:字|-)?第?0*(?P<order>\d+)号?(?:文件?)?"
)
_NOTE = re.compile(r"\(([^()\d]*)\)$")
_LONGEST = 80


@lru_cache(maxsize=4096)
def read_document_number(text: str) -> Reading[str]:
    """Return a document number as 麒侨发〔2016〕25号: hexagonal brackets, no 第, no leading zero.

    What has no such shape is kept as typed with a warning. Source: GB/T 9704-2012, 7.2.5.
    """
    if is_empty(text):
        return empty()
    plain = squeeze(text)
    remark = _NOTE.search(plain)
    findings = (warn("note_in_cell", note=remark[1]),) if remark else ()
    plain = _NOTE.sub("", plain)
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if not found:
        kept = tidy(fold(text))
        return taken(kept, kept, *findings, warn("document_number_unusual"))
    normal = f"{found['body']}〔{found['year'] or found['bare']}〕{found['order']}号"
    return taken(normal, normal, *findings, *(() if normal == text else (note("document_number_marks"),)))
