"""What goes into the log: where a fault is, never whose data it met.

PostgreSQL tells with a broken constraint the whole row, and with a broken COPY the line that it was reading.
Source: OWASP ASVS 5.0 16.2.5; 个人信息保护法 art. 51.
"""

import logging
import re
from typing import Any

_OF_THE_ROW = re.compile(r"\n(?:DETAIL|CONTEXT|QUERY):.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL)


class WithoutRows(logging.Formatter):
    """Formats as usual, and leaves out what a database tells of the row."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the library's name
        """Return the trace with the message of each exception, without the details of a database's error."""
        return _OF_THE_ROW.sub("", super().formatException(ei))
