"""What this product never asks and never shows: no field, address, page, permission or message of it exists.

Source: the national rules against formalism at the fingertips (指尖上的形式主义), product principles P3 and P5: no check-ins,
points, rankings, online time, forced photographs or tracks; no beliefs, wealth or influence of persons.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import models

from tests.matrix import pages
from wuyou.config import urls as site
from wuyou.platform import permissions
from wuyou.platform.datacare import own_models

HOME = Path(__file__).parent.parent
CHINESE = (
    "打卡", "签到", "积分", "排名", "排行", "名次", "龙虎榜", "红黑榜", "在线时长", "点赞", "活跃度", "定位", "轨迹", "人脸",
    "截图上传", "拍照上传", "步数", "宗教", "信仰", "资产", "财产", "收入水平", "影响力", "重点人士", "重点人员", "政治面貌",
    "政治倾向", "思想动态",
)  # fmt: skip
ENGLISH = (
    "checkin", "check_in", "signin_streak", "score", "points", "rank", "ranking", "leaderboard", "likes", "online_time",
    "geolocation", "latitude", "longitude", "gps", "track", "face", "religion", "belief", "faith", "wealth", "assets",
    "income", "influence", "key_person", "opinion_of", "political", "party_member", "streak", "badge",
)  # fmt: skip
ENGLISH_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(ENGLISH)})(?![a-z])", re.IGNORECASE)
CHINESE_WORD = re.compile("|".join(CHINESE))

ALLOWED: dict[tuple[str, str], str] = {}
"""(where, word) -> why it may stand there. Each is looked at by a person; a new one needs a reason of its own."""


def words(text: str) -> set[str]:
    return {m[0].lower() for m in ENGLISH_WORD.finditer(text)} | {m[0] for m in CHINESE_WORD.finditer(text)}


def unexplained(found: Iterator[tuple[str, str]]) -> list[str]:
    """Return "where: word" for each word met that no reason allows."""
    return sorted({f"{where}: {w}" for where, text in found for w in words(text) if (where, w) not in ALLOWED})


def fields() -> Iterator[tuple[str, str]]:
    for model in own_models():
        label = model._meta.label
        yield label, f"{model.__name__} {model._meta.verbose_name}"
        for field in model._meta.local_fields:
            choices = " ".join(f"{value} {shown}" for value, shown in (field.flatchoices or ()))
            yield f"{label}.{field.name}", f"{field.name} {field.verbose_name} {field.help_text} {choices}"


def test_no_table_holds_it() -> None:
    assert unexplained(fields()) == []


def test_no_address_leads_to_it() -> None:
    assert unexplained((page.name, f"{page.name} {page.route}") for page in pages(site.urlpatterns)) == []


def test_no_permission_grants_it() -> None:
    assert unexplained((name, f"{name} {label}") for name, label in permissions.labels().items()) == []


REFUSING = ("headers", "words", "columns", "burden", "self_check", "not_stored", "kinds", "cells")
"""Modules that name such words in order to refuse columns of that kind, or to say that nothing of it exists."""


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted((HOME / "wuyou").rglob("*")):
        parts = set(path.parts)
        if path.suffix not in {".html", ".js", ".py"} or {"tests", "migrations", "demo", "locale"} & parts:
            continue
        if path.suffix == ".py" and (path.stem in REFUSING or {"imports", "kernel"} & parts):
            continue
        name = str(path.relative_to(HOME))
        text = path.read_text(encoding="utf-8")
        yield name, " ".join(CHINESE_WORD.findall(text))
        if path.suffix == ".html":
            yield name, " ".join(re.findall(r'name="([^"]+)"', text))


def test_no_page_and_no_message_speaks_of_it() -> None:
    assert unexplained(texts()) == []


PRESSURE = re.compile(r'capture="|navigator\.geolocation|getUserMedia|<input[^>]+type="file"[^>]+required')


def test_no_page_asks_for_place_or_picture() -> None:
    files = [p for p in (HOME / "wuyou").rglob("*") if p.suffix in {".html", ".js"} and "tests" not in p.parts]
    assert [f"{p.name}: {m[0]}" for p in files for m in PRESSURE.finditer(p.read_text(encoding="utf-8"))] == []


def test_no_counter_of_a_person_s_diligence() -> None:
    """A number that grows with each sign-in or record of a user would be a score by another name."""
    user = next(model for model in own_models() if model._meta.label == "accounts.User")
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    assert [f.name for f in user._meta.local_fields if isinstance(f, numbers) and not f.primary_key] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("活动打卡", {"打卡"}),
        ("user_score", {"score"}),
        ("scored", set()),
        ("Ranking", {"ranking"}),
        ("frank", set()),
        ("surface", set()),
        ("face", {"face"}),
        ("check_in_at", {"check_in"}),
        ("资产情况", {"资产"}),
    ],
)
def test_the_words_are_met(text: str, found: set[str]) -> None:
    assert words(text) == found
