"""Numbers of addresses and forms."""

import pytest

from wuyou.kernel.digits import whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0), ("42", 42), ("99999999999", 99_999_999_999), (7, 7),
        ("", None), ("-1", None), ("1.5", None), (" 1", None), ("²", None), ("٣", None), ("１２", None),
        ("9" * 12, None), (None, None),
    ],
)  # fmt: skip
def test_whole(typed: object, number: int | None) -> None:
    assert whole(typed) == number


def test_the_longest_is_said() -> None:
    assert (whole("1234", longest=4), whole("12345", longest=4)) == (1234, None)
