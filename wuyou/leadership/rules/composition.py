"""Of whom leaderships consist: who counts as what, and which numbers are hidden so that nobody can be made out."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from wuyou.kernel.partialdate import PartialDate

SMALL = 5
"""Numbers of persons below this are not told (design 3 §11, 22)."""
NEW_SINCE = "1978"
"""Who went abroad from this year on is 新侨: since the reform and opening."""
_NEW_CATEGORIES = ("留学人员", "留学人员家属")
_LUNAR_SLACK = timedelta(days=60)


class Answer(StrEnum):
    """Whether something is true of a person."""

    YES = "yes"
    NO = "no"
    UNKNOWN = ""


def said(value: str, yes: bool) -> Answer:
    """Return the answer that a registered word gives; an empty one tells nothing."""
    return Answer.UNKNOWN if not value.strip() else Answer.YES if yes else Answer.NO


def is_minority(ethnicity: str) -> Answer:
    """Say whether somebody belongs to a minority people: any but the Han."""
    return said(ethnicity, ethnicity.strip() not in ("汉", "汉族"))


def is_young(birth: str, on: date, *, limit: int, lunar: bool = False) -> Answer:
    """Say whether somebody is at most `limit` years old on a day.

    `birth` is ISO text as precise as known: where the day decides and is not known, the answer is not known either. A date
    of the lunar calendar lies up to two months later in the solar one.
    """
    try:
        born = PartialDate.parse(birth)
    except ValueError:
        return Answer.UNKNOWN
    last = born.last_day() + (_LUNAR_SLACK if lunar else timedelta())
    oldest, youngest = _age(born.first_day(), on), _age(last, on)
    if oldest <= limit:
        return Answer.YES
    return Answer.NO if youngest > limit else Answer.UNKNOWN


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_new(category: str, statuses: Sequence[str], went_abroad: str) -> Answer:
    """Say whether somebody is 新侨: a student abroad or of such a family, named so, or gone abroad since 1978.

    Nothing registered of category, status and going abroad: not known.
    """
    told = [category, *statuses]
    yes = category in _NEW_CATEGORIES or any("新侨" in word for word in told) or went_abroad >= NEW_SINCE
    return said("".join([*told, went_abroad]), yes)


class Sight(StrEnum):
    """What is told of a number: itself, that it is small, or nothing, as it would give a small one away."""

    SHOWN = "shown"
    SMALL = "small"
    WITHHELD = "withheld"


Place = tuple[int, int]


def protected(counts: Sequence[Sequence[int]]) -> list[list[Sight]]:
    """Return what is told of each number of a table of persons, and, as the last row, of each column's total.

    A row is a level with the number of persons for each answer; its sum is told in any case. Numbers from 1 to 4 are
    small; of a level with fewer than five persons every number is. As many others are withheld as it takes that no small
    number follows from what is told. Where that does not suffice, nothing is told but of levels without anybody.
    """
    table = [list(row) for row in counts]
    table.append([sum(column) for column in zip(*table, strict=True)])
    sights = [[_first_sight(number, sum(row)) for number in row] for row in table]
    while given_away := _given_away(table, sights):
        following = _to_withhold(table, sights)
        if following is not None:
            sights[following[0]][following[1]] = Sight.WITHHELD
            continue
        labelled = [at for at in given_away if sights[at[0]][at[1]] is Sight.SMALL]
        if not labelled:
            return [[Sight.WITHHELD if sum(row) else Sight.SHOWN] * len(row) for row in table]
        for row, column in labelled:  # that it is small gives it away
            sights[row][column] = Sight.WITHHELD
    for row, column in _places(table):  # what need not be withheld, now that the others are
        if sights[row][column] is Sight.WITHHELD and table[row][column] >= SMALL:
            sights[row][column] = Sight.SHOWN
            if _given_away(table, sights):
                sights[row][column] = Sight.WITHHELD
    return sights


def _given_away(table: list[list[int]], sights: list[list[Sight]]) -> list[Place]:
    """Return the hidden small numbers that follow from what is told."""
    hidden = [at for at in _places(table) if sights[at[0]][at[1]] is not Sight.SHOWN and table[at[0]][at[1]] < SMALL]
    return [at for at in hidden if not _free(table, sights, at)]


def _first_sight(number: int, of: int) -> Sight:
    return Sight.SMALL if 0 < number < SMALL or 0 < of < SMALL else Sight.SHOWN


def _places(table: Sequence[Sequence[int]]) -> list[Place]:
    return [(row, column) for row, numbers in enumerate(table) for column in range(len(numbers))]


def _to_withhold(table: list[list[int]], sights: list[list[Sight]]) -> Place | None:
    """Return the number to withhold next, in line with a hidden one; None when none is left.

    First comes what helps most, then a level's number before a total, then the smallest.
    """
    hidden = [at for at in _places(table) if sights[at[0]][at[1]] is not Sight.SHOWN]
    left = [at for at in _places(table) if at not in hidden and table[at[0]][at[1]] >= SMALL]
    in_line = [at for at in left if any(at[0] == other[0] or at[1] == other[1] for other in hidden)]

    def worth(at: Place) -> tuple[int, bool, int, Place]:
        tried = [list(row) for row in sights]
        tried[at[0]][at[1]] = Sight.WITHHELD
        return len(_given_away(table, tried)), at[0] == len(table) - 1, table[at[0]][at[1]], at

    return min(in_line, key=worth, default=None)


def _free(table: list[list[int]], sights: list[list[Sight]], at: Place) -> bool:
    """Say whether a hidden number could be another one, with all that is told staying as it is.

    The numbers that can be one more or one less are ways between the rows and the columns of the table; a number is free
    when such ways lead around it and back, so that every sum stays.
    """
    ups: set[Place] = set()
    downs: set[Place] = set()
    for place in _places(table):
        up, down = _moves(table, sights, place)
        if place[0] == len(table) - 1:  # a total weighs against its column
            up, down = down, up
        ups |= {place} if up else set()
        downs |= {place} if down else set()
    return (at in ups and _leads(at, ups, downs - {at}, from_column=True)) or (
        at in downs and _leads(at, ups - {at}, downs, from_column=False)
    )


def _moves(table: list[list[int]], sights: list[list[Sight]], at: Place) -> tuple[bool, bool]:
    """Return whether a number could be one more, and one less, for all that a reader knows of it."""
    number, sight = table[at[0]][at[1]], sights[at[0]][at[1]]
    if sight is Sight.SMALL:
        lowest = 0 if sum(table[at[0]]) < SMALL else 1
        return number < SMALL - 1, number > lowest
    if sight is Sight.WITHHELD:
        return (
            True,
            number != SMALL and number > 0,
        )  # to below five: a reader may know that this was none of the small ones
    return False, False


def _leads(at: Place, ups: set[Place], downs: set[Place], *, from_column: bool) -> bool:
    """Say whether ways lead from the column of a place to its row (or from its row to its column)."""
    row, column = ("row", at[0]), ("column", at[1])
    start, goal = (column, row) if from_column else (row, column)
    reached, waiting = {start}, [start]
    while waiting:
        kind, number = waiting.pop()
        if kind == "row":
            following = [("column", c) for r, c in ups if r == number]
        else:
            following = [("row", r) for r, c in downs if c == number]
        waiting += [node for node in following if node not in reached]
        reached |= set(following)
    return goal in reached
