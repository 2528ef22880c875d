"""A native table on a slide: the first rows of a table that is no chart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from explorer.domain import units
from explorer.domain.table import NUMERIC, Column, Kind, Table
from explorer.domain.wording import day_words
from explorer.export import deck_text
from explorer.export.deck_chart import Box, element, rgb
from explorer.export.exhibit import Exhibit, plain
from explorer.words import Message, say

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "leads": (
        "period_start",
        "period_end",
        "scope",
        "leader",
        "former",
        "margin_tokens",
        "margin",
        "certain",
        "lasted",
        "coverage",
    ),
    "snapshots": ("name", "format", "as_of", "basis", "first_day", "last_day", "days", "days_alone", "rows", "licence"),
    "claims": ("claim", "printed", "verdict", "conditions", "value", "publisher", "published"),
}
"""The columns that a slide has room for, the least important last; of other views as many as fit."""

_SIZES = (12.0, 11.0, 10.0)
_PAD = 0.08
_ROW = 1.75
"""The height of a row over the size of its type."""
_NARROWEST = 1.3
"""Inches that a column of words has at least."""
_FOREIGN = 1.15
"""How much wider than measured the font of a user's template may be."""
_BARE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name for the table style without fills and lines."""


def _signed(value: float) -> str:
    return f"+{units.tokens(value)}" if value > 0 else units.tokens(value)


def _moved(value: float) -> str:
    return "–" if not value else (f"▲{value:.0f}" if value > 0 else f"▼{-value:.0f}")


_WORDS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.RANK: units.exact,
    Kind.RANK_CHANGE: _moved,
    Kind.TOKENS: units.tokens,
    Kind.TOKENS_CHANGE: _signed,
    Kind.SHARE: units.percent,
    Kind.PART: units.percent,
    Kind.CHANGE: units.change,
    Kind.PRICE: units.price,
    Kind.MONEY: units.money,
    Kind.RATIO: units.ratio,
    Kind.NUMBER: units.number,
    Kind.DATE: day_words,
    Kind.FLAG: lambda value: "yes" if value else "no",
}


def words(value: Any, kind: Kind) -> str:
    """Return a cell as a person reads it, "" for nothing."""
    known = plain(value)
    return "" if known is None else _WORDS.get(kind, str)(known)


def add(slide: Any, box: Box, exhibit: Exhibit, *, own: bool = True, ink: str | None = None) -> Message | None:
    """Put the first rows that fit a box on a slide, and return how many more there are, None for none.

    On a slide that is not the program's `own` the font may be a wider one: a line that wraps is a higher row.
    Words are in `ink`, if given.
    """
    slack = 1.0 if own else _FOREIGN
    table, theme = exhibit.table, exhibit.style.theme
    size = next((size for size in _SIZES if (len(table) + 1) * _height(size) <= box.height), _SIZES[-1])
    count = min(len(table), max(1, int(box.height / _height(size)) - 1))
    columns, widths = _columns(exhibit, count, size * slack, box.width)
    frame = slide.shapes.add_table(count + 1, len(columns), *box.emu)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", exhibit.spoken)
    made = frame.table
    made._tbl.tblPr.find("{*}tableStyleId").text = _BARE
    made.horz_banding = False
    for at, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        made.columns[at].width = Inches(wide)
        right = column.kind in NUMERIC
        texts = (str(column.label), *(_cell(table, column, row) for row in range(count)))
        for row, text in enumerate(texts):
            bold = row == 0 or table.ids[row - 1] in table.marked
            cut = deck_text.line(text, size * slack, wide - 2 * _PAD, bold)
            _write(made.cell(row, at), cut, size, ink, bold=bold, right=right)
            _underline(made.cell(row, at), theme.strong_line if row == 0 else theme.line)
    for row in range(count + 1):
        made.rows[row].height = Inches(_height(size))
    frame.height = Inches(_height(size) * (count + 1))
    more = len(table) - count
    return say("… and {n} more rows.", n=more) if more else None


def _height(size: float) -> float:
    return size * _ROW / deck_text.POINTS


def _cell(table: Table, column: Column, row: int) -> str:
    if table.names and column.key in ("model", "group"):
        return table.names[row]
    return words(table.values[column.key][row], column.kind)


def _columns(exhibit: Exhibit, count: int, size: float, room: float) -> tuple[list[Column], list[float]]:
    """Return the columns that find room and their widths, which fill it; numbers and dates are never cut."""
    table = exhibit.table
    asked = COLUMNS.get(exhibit.view)
    chosen = list(table.exported) if asked is None else [table.column(k) for k in asked if k in table.values]
    need = [_need(table, column, count, size) for column in chosen]
    pairs = list(zip(chosen, need, strict=True))
    least = [min(wide, _NARROWEST) if column.kind is Kind.TEXT else wide for column, wide in pairs]
    while len(chosen) > 1 and sum(least) > room:
        for each in (chosen, need, least):
            each.pop()
    return chosen, _shared(chosen, need, least, room)


def _need(table: Table, column: Column, count: int, size: float) -> float:
    texts = (_cell(table, column, row) for row in range(count))
    widest = max((deck_text.width(text, size, bold=bool(table.marked)) for text in texts), default=0.0)
    return max(widest, deck_text.width(str(column.label), size, bold=True)) + 2 * _PAD + 0.02


def _shared(chosen: Sequence[Column], need: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room: what is short comes off the widest columns of words."""
    widths = list(need)
    elastic = [i for i, column in enumerate(chosen) if column.kind is Kind.TEXT]
    if sum(widths) > room:
        low, high = 0.0, max(need)
        for _ in range(40):
            cap = (low + high) / 2
            trial = [max(min(need[i], cap), least[i]) if i in elastic else need[i] for i in range(len(need))]
            low, high = (cap, high) if sum(trial) <= room else (low, cap)
        widths = [max(min(need[i], low), least[i]) if i in elastic else need[i] for i in range(len(need))]
    spare = max(0.0, room - sum(widths)) / max(len(widths), 1)
    return [wide + min(spare, 0.6) for wide in widths]


def _write(cell: Any, text: str, size: float, ink: str | None, *, bold: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_PAD)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.word_wrap = False
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if not text:
        # Without it, an empty cell is as high as a line of the template's own size.
        paragraph._p.append(element("a:endParaRPr", sz=str(round(size * 100))))
        return
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    if ink is not None:
        run.font.color.rgb = rgb(ink)


def _underline(cell: Any, ink: str) -> None:
    border, fill = element("a:lnB", w="9525"), element("a:solidFill")
    fill.append(element("a:srgbClr", val=str(rgb(ink))))
    border.append(fill)
    cell._tc.get_or_add_tcPr().insert(0, border)
