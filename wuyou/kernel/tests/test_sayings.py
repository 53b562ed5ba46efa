"""Sayings are kept in parts and put together when shown, in whatever language."""

import json

import pytest

from wuyou.kernel.sayings import Saying, kept, said, spoken

ENGLISH = {
    "没有“{word}”，{hint}": "There is no “{word}”: {hint}", "请核对。": "Please check.", "请看{names}。": "See {names}.",
    "、": ", ", "组织": "unit",
}  # fmt: skip
HINT = Saying("请核对。")
NESTED = Saying("没有“{word}”，{hint}", {"word": "组织", "hint": HINT})


def english(text: str) -> str:
    return ENGLISH.get(text, text)


@pytest.mark.parametrize(
    ("what", "chinese", "in_english"),
    [
        (HINT, "请核对。", "Please check."),
        ("请核对。", "请核对。", "Please check."),
        (NESTED, "没有“组织”，请核对。", "There is no “组织”: Please check."),
        (Saying("请看{names}。", {"names": [1, "组织"]}), "请看1、组织。", "See 1, 组织."),
        ((HINT, NESTED), "请核对。没有“组织”，请核对。", "Please check. There is no “组织”: Please check."),
        (Saying("{thing} 里有 {大括号}", {"thing": "{x}"}), "{x} 里有 ", "{x} 里有 "),
        (Saying("没有“{word}”，{hint}"), "没有“”，", "There is no “”: "),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_what_is_said(what: object, chinese: str, in_english: str) -> None:
    again = json.loads(json.dumps(kept(what)))
    assert (said(what), said(what, english), said(again), said(again, english)) == (chinese, in_english) * 2


def test_what_was_kept_as_a_sentence_before_still_shows() -> None:
    assert said("麒麟区侨联：导入后又被修改过，保留。", english) == "麒麟区侨联：导入后又被修改过，保留。"


def test_a_report_for_scripts_speaks_chinese() -> None:
    report = {"rows": [{"why": kept((HINT, NESTED)), "row": 3}], "text": "x", "remarks": kept([HINT])}
    assert spoken(report) == {
        "rows": [{"why": ["请核对。", "没有“组织”，请核对。"], "row": 3}], "text": "x", "remarks": ["请核对。"]
    }  # fmt: skip


def test_sayings_are_equal_by_all_their_parts() -> None:
    again, other = Saying(NESTED.text, dict(NESTED.words)), Saying(NESTED.text, {"word": "别的"})
    assert (again == NESTED, other == NESTED, len({again, NESTED, other})) == (True, False, 2)
