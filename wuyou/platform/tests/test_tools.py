"""A missing tool is a skip that names it, and a failure where every tool is required."""

import pytest

from wuyou.platform.tests.tools import require


def test_missing_tool_is_skipped_with_its_name(monkeypatch):
    monkeypatch.delenv("WUYOU_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program is not installed"):
        require("no-such-program")


def test_missing_tool_fails_where_tools_are_required(monkeypatch):
    monkeypatch.setenv("WUYOU_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match="required here: no-such-program is not installed"):
        require("no-such-program")


def test_present_tool_is_given_by_its_path():
    assert require("sh").endswith("/sh")
