"""The summary on paper: its text with every number in place, and behind it a list of all figures used."""

from datetime import date

from wuyou.platform.documents.content import (
    Align,
    Appendix,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    TableColumn,
    TableRow,
)
from wuyou.platform.documents.content import Figure as PrintedFigure
from wuyou.summaries.figures import AS_OF, MISSING, Figure, Figures, Token, chinese_date, names_in, pieces
from wuyou.summaries.rules import lines_of

APPENDIX_TITLE = "文中数据和统计口径"
_COLUMNS = (
    TableColumn("序号", 14, Align.CENTRE),
    TableColumn("数据名称", 36),
    TableColumn("数值", 20, Align.RIGHT),
    TableColumn("统计时间", 32),
    TableColumn("统计口径", 54),
)


def document(
    *,
    title: str,
    subtitle: str,
    body: str,
    figures: Figures,
    as_of: date,
    signed_by: str = "",
    dated: date | None = None,
    number: str = "",
) -> OfficialDocument:
    """Return the summary as an official document, ready for `documents.writer.written`.

    A blank in the title begins a new line. Every number leads to its row in the appendix, which lists exactly the
    figures used, in the order of the text. A figure without data is printed as 暂无数据.
    """
    order = {name: place for place, name in enumerate(names_in(body), 1)}
    blocks = tuple(
        Heading(line.level, line.text) if line.level else Paragraph(_runs(line.text, figures, order, as_of))
        for line in lines_of(body)
    )
    return OfficialDocument(
        title=tuple(title.split()),
        subtitle=subtitle,
        blocks=blocks,
        number=number,
        signed_by=signed_by,
        dated=dated,
        appendices=(_appendix(order, figures),) if order else (),
    )


def _runs(text: str, figures: Figures, order: dict[str, int], as_of: date) -> tuple[Run, ...]:
    return tuple(part if isinstance(part, str) else _run(part, figures, order, as_of) for part in pieces(text))


def _run(part: Token, figures: Figures, order: dict[str, int], as_of: date) -> Run:
    if part.name == AS_OF:
        return chinese_date(as_of)
    figure = figures.get(part.name)
    if figure is None:
        return MISSING
    tip = f"{figure.word.label}：{figure.with_unit}（{figure.when}）"
    return PrintedFigure(figure.printed, _anchor(order[part.name]), tip)


def _appendix(order: dict[str, int], figures: Figures) -> Appendix:
    rows = tuple(_row(place, figures[name]) for name, place in order.items() if name in figures)
    return Appendix(APPENDIX_TITLE, (Table(_COLUMNS, rows),))


def _row(place: int, figure: Figure) -> TableRow:
    cells = (str(place), figure.word.label, figure.with_unit, figure.when, figure.word.definition)
    return TableRow(cells, _anchor(place))


def _anchor(place: int) -> str:
    return f"figure_{place}"
