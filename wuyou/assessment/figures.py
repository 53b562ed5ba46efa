"""The figures of the verdicts: how many living groups meet the standards, item by item, and in which stage they are.

A standard that is not in force on the as-of day has no figures: they are without data.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wuyou.assessment import queries
from wuyou.assessment.languages import title
from wuyou.assessment.permissions import P
from wuyou.assessment.queries import PictureRow, Rulebook
from wuyou.assessment.rules import Verdict
from wuyou.orgs.figures import living
from wuyou.platform.figures import Asked, Figure, FigureFamily

TARGET, ATTAINED = "five_haves_target", "five_haves_attained"
_LACKING = frozenset({Verdict.PARTLY, Verdict.NOT_MET})

Test = Callable[[PictureRow], bool]


def _books(asked: Asked) -> dict[str, Rulebook]:
    return {book.code: book for book in queries.rulebooks(asked.actor, asked.as_of)}


def _pictures(asked: Asked) -> list[PictureRow]:
    books = list(asked.read(_books).values())
    return queries.county_pictures(asked.actor, "", asked.as_of, books=books, living=asked.read(living))


def _units(standard: str, test: Test, asked: Asked) -> Collection[int]:
    if standard not in asked.read(_books):
        return ()
    return [row.unit.id for row in asked.read(_pictures) if test(row)]


def _number(standard: str, test: Test, asked: Asked) -> int | None:
    return len(_units(standard, test, asked)) if standard in asked.read(_books) else None


def _list(standard: str, name: str, asked: Asked) -> str:
    on = asked.as_of.isoformat()
    return asked.url("assessment:units", behind=name, year=asked.year, on=on, standard=standard)


def _verdicts(standard: str, row: PictureRow) -> set[Verdict]:
    return set(row.verdicts[standard].values())


def _all_met(standard: str, row: PictureRow) -> bool:
    return queries.is_complete(row, standard)


def _lacks(standard: str, row: PictureRow) -> bool:
    return bool(_verdicts(standard, row) & _LACKING)


def _unknown(standard: str, row: PictureRow) -> bool:
    return not _all_met(standard, row) and not _lacks(standard, row)


def _item(standard: str, among: Collection[Verdict], code: str, row: PictureRow) -> bool:
    return row.verdicts[standard].get(code) in among


def _stage(standard: str, code: str, row: PictureRow) -> bool:
    stage = row.stages[standard]
    return stage is not None and stage.code == code


def _items(standard: str, asked: Asked) -> list[tuple[str, Any]]:
    book = asked.read(_books).get(standard)
    return [(item.code, title(item)) for item in book.version.dimensions] if book else []


def _stages(standard: str, asked: Asked) -> list[tuple[str, Any]]:
    book = asked.read(_books).get(standard)
    return [(stage.code, title(stage)) for stage in book.version.stages] if book else []


def _figure(standard: str, name: str, label: Any, definition: Any, test: Test) -> Figure:
    return Figure(
        name, label, "个", definition, compute=partial(_number, standard, test), link=partial(_list, standard, name),
        reads=P.VIEW, units=partial(_units, standard, test),
    )  # fmt: skip


def _family(
    standard: str,
    name: str,
    words: tuple[Any, Any],
    members: Callable[[str, Asked], list[tuple[str, Any]]],
    test: Callable[[str, PictureRow], bool],
) -> FigureFamily:
    return FigureFamily(
        name, words[0], "个", words[1], members=partial(members, standard),
        compute=lambda asked, code: _number(standard, partial(test, code), asked),
        link=lambda asked, code: _list(standard, f"{name}.{code}", asked), reads=P.VIEW,
        units=lambda asked, code: _units(standard, partial(test, code), asked),
    )  # fmt: skip


def _of_standard(standard: str, short: str, title: Any) -> Iterator[Figure | FigureFamily]:
    name = f"assessment.{short}"

    def said(text: Any) -> Any:
        return format_lazy(text, title=title, item="{item}")

    yield _figure(
        standard, f"{name}.all_met", said(_("“{title}”各项全部达到的基层组织数")),
        said(_("按“{title}”标准、由登记记录计算，各项均为“达到”的未撤销的基层组织数")), partial(_all_met, standard),
    )  # fmt: skip
    yield _figure(
        standard, f"{name}.not_all_met", said(_("“{title}”有未达到项的基层组织数")),
        said(_("按“{title}”标准、由登记记录计算，至少一项为“部分达到”或“未达到”的未撤销的基层组织数")), partial(_lacks, standard),
    )  # fmt: skip
    yield _figure(
        standard, f"{name}.no_data", said(_("“{title}”缺少数据的基层组织数")),
        said(_("按“{title}”标准、由登记记录计算，没有未达到的项、但有的项因缺少登记数据无法判断的未撤销的基层组织数")),
        partial(_unknown, standard),
    )  # fmt: skip
    yield _family(
        standard, f"{name}.met",
        (
            said(_("“{title}”“{item}”达到的基层组织数")),
            said(_("按“{title}”标准、由登记记录计算，“{item}”一项为“达到”的未撤销的基层组织数")),
        ),
        _items, partial(_item, standard, frozenset({Verdict.MET})),
    )  # fmt: skip
    yield _family(
        standard, f"{name}.not_met",
        (
            said(_("“{title}”“{item}”未完全达到的基层组织数")),
            said(_("按“{title}”标准、由登记记录计算，“{item}”一项为“部分达到”或“未达到”的未撤销的基层组织数")),
        ),
        _items, partial(_item, standard, _LACKING),
    )  # fmt: skip


FIGURES = [
    *_of_standard(TARGET, "target", _("五有")),
    *_of_standard(ATTAINED, "attained", _("五个一")),
    _family(
        TARGET, "assessment.stage",
        (
            _("处于{item}阶段的基层组织数"),
            _("按“先建立、后完善、再提高”的划分规则，由登记记录计算为“{item}”的未撤销的基层组织数"),
        ),
        _stages, partial(_stage, TARGET),
    ),
]  # fmt: skip
