"""减负自查: searches the running program for what must not exist in it, and lists what exists.

Source: national rules on 指尖上的形式主义 and the 2026 measures on government apps, which name 群团组织 (principle P3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from wuyou.platform import datacare, permissions


@dataclass(frozen=True, slots=True)
class Absent:
    """Something that must not exist: its name, the words searched for, and where one was found (empty = proved absent)."""

    name: Any
    words: tuple[str, ...]
    found: tuple[str, ...] = ()


FORBIDDEN = (
    Absent(_("打卡、签到"), ("checkin", "check_in", "clock_in", "attendance_time")),
    Absent(_("积分、打分到人"), ("credit_point", "bonus_point", "person_score", "user_score")),
    Absent(_("排名、排行榜"), ("rank", "leaderboard", "ranking")),
    Absent(_("在线时长、登录次数考核"), ("online_time", "online_minutes", "login_count", "streak")),
    Absent(_("定位、轨迹"), ("latitude", "longitude", "geolocation", "track_point")),
    Absent(_("强制拍照、截屏留痕"), ("required_photo", "screenshot")),
    Absent(_("点赞、转发任务"), ("like_count", "share_count", "repost")),
    Absent(_("宗教信仰、思想倾向"), ("religion", "belief", "opinion_of_person")),
    Absent(_("财产、影响力、“重点人士”"), ("wealth", "assets", "influence", "key_person")),
)


def negative_list() -> list[Absent]:
    """Return each forbidden thing with the fields and addresses in which one of its words occurs."""
    places = [*_fields(), *_addresses()]
    return [
        Absent(
            item.name, item.words, tuple(place for place in places if any(word in place.lower() for word in item.words))
        )
        for item in FORBIDDEN
    ]


def functions() -> list[Any]:
    """Return the names of all functions (permissions) of this installation, for filing with the regulator (备案)."""
    return list(permissions.labels().values())


def _fields() -> Iterator[str]:
    for model in datacare.own_models():
        for field in model._meta.get_fields():
            yield f"{model._meta.label}.{field.name}"


def _addresses() -> Iterator[str]:
    waiting: list[tuple[str, Any]] = [("/", p) for p in get_resolver().url_patterns]
    while waiting:
        before, pattern = waiting.pop()
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            waiting.extend((here, inner) for inner in pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield here
