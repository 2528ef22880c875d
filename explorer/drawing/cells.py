"""Table cells painted column by column, on screen and in pictures alike: words, bars, swatches and sparklines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil, isnan
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEngine, QPainter, QPen, QPixmap, QPolygonF, QStaticText

from explorer.domain import units
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.table import Column, Kind
from explorer.domain.wording import day_words
from explorer.drawing import bands, text
from explorer.drawing.translate import tr
from explorer.style import BODY, GRID, SMALL, Style, mix
from explorer.words import say

_DIM_INK = 0.4
_DIM_FILL_LIGHT, _DIM_FILL_DARK = 0.65, 0.4
"""How far the cells of rows that are not marked fade into the background: words less, as they must stay legible."""
_REMEMBERED = 8192
_SPARKS_REMEMBERED = 512

Pens = tuple[QPen, QPen]
Fills = tuple[QColor, QColor]


class Look:
    """Fonts, metrics, pens and sizes of a table in one style, made once; each colour comes plain and dimmed.

    `large` is for pictures: column heads as large as the rows, which are `airy` times as high as they need to be.
    """

    def __init__(self, style: Style, *, large: bool = False, airy: float = 1.0) -> None:
        self.style, self.large = style, large
        theme = style.theme
        self.font = text.font(style, BODY)
        self.head_font = text.font(style, BODY if large else SMALL, bold=True)
        self.row = round(style.px(26 if large else 24) * airy)
        self.head = round(style.px(28 if large else 26))
        self.pad = style.px(GRID * 0.75)
        self._metrics = QFontMetricsF(self.font)
        self._head_metrics = QFontMetricsF(self.head_font)
        self._ascent = round(self._metrics.ascent())
        self.lead = round((self.row - self._metrics.height()) / 2)
        self.ink = self._pens(theme.text)
        self.faint = self._pens(theme.muted)
        self.spark = tuple(_line(c, style.px(1)) for c in self.fills(theme.muted))
        self.accent = self.fills(theme.accent)
        self.background = QColor(theme.background)
        self.surface = QColor(theme.surface)
        self.selection = QColor(theme.selection)
        self.hairline = QColor(theme.line)
        self.thin = max(1, round(style.px(1)))
        self.rule = _line(QColor(theme.strong_line), style.px(1))
        self.focus = _line(QColor(theme.accent), style.px(1.5))
        self.sparks: dict[tuple[bytes, float, bool, float], QPixmap] = {}
        self._widths: dict[str, float] = {}
        self._static: dict[str, QStaticText | str] = {}
        self._tints: dict[str, Fills] = {}

    def _pens(self, ink: str) -> Pens:
        return QPen(QColor(ink)), QPen(QColor(mix(ink, self.style.theme.background, _DIM_INK)))

    def fills(self, shade: str) -> Fills:
        """Return a colour plain and dimmed."""
        theme = self.style.theme
        return QColor(shade), QColor(mix(shade, theme.background, _DIM_FILL_DARK if theme.dark else _DIM_FILL_LIGHT))

    def tint(self, key: str) -> Fills:
        """Return the fixed colour of a country or author, plain and dimmed."""
        if key not in self._tints:
            self._tints[key] = self.fills(self.style.band(key))
        return self._tints[key]

    def width(self, words: str) -> float:
        """Return how wide words are in the font of the rows, in pixels."""
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) > _REMEMBERED:
                self._widths.clear()
            found = self._widths[words] = self._metrics.horizontalAdvance(words)
        return found

    def put(self, painter: QPainter, x: int, top: int, words: str, align: float = text.LEFT) -> None:
        """Paint words, laid out once for all paintings, with the top of the line at `top`.

        `x` is where they begin; they stay `align`ed where another program sets them in another font.
        """
        device = painter.device()
        if isinstance(device, text.TextDevice):
            at = QPointF(x + self.width(words) * align, top + self._ascent)
            device.take(painter, at, words, self.font, painter.pen().color().name(), align)
            return
        static = self._static.get(words)
        if static is None:
            if len(self._static) > _REMEMBERED:
                self._static.clear()
            static = self._static[words] = text.laid_out(words, self.font) or words
        if isinstance(static, str):
            painter.drawText(x, top + self._ascent, static)
        else:
            painter.drawStaticText(x, top, static)

    def head_width(self, words: str) -> float:
        """Return how wide words are in the font of the column heads, in pixels."""
        return self._head_metrics.horizontalAdvance(words)

    def fit(self, words: str, room: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
        """Return words as they are, or elided where they don't fit into `room` pixels."""
        return words if self.width(words) <= room else self._metrics.elidedText(words, mode, room)

    def fit_model(self, model: str, room: float) -> str:
        """Return a model id for `room` pixels: its author goes first, its middle next, its variant never."""
        if self.width(model) <= room:
            return model
        author, _, name = model.partition("/")
        return self.fit(f"…/{name}" if name else author, room, Qt.TextElideMode.ElideMiddle)


def _line(shade: QColor, width: float) -> QPen:
    pen = QPen(shade, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


@dataclass(frozen=True, slots=True)
class Strip:
    """The cells of one column to paint: the first from `top` down, between `left` and `right` (pixels, pads left out).

    `values` one per row; `dim` whether a row is dimmed; `tints` the keys of the rows' colours, empty for none;
    `reach` the values, from at most 0 to at least 0, between which bars have their room.
    """

    values: Sequence[Any]
    dim: Sequence[bool]
    left: float
    right: float
    top: float
    tints: Sequence[str] = field(default=())
    reach: tuple[float, float] = (0.0, 1.0)


def missing(value: object) -> bool:
    """Whether a value says that there is none: None or NaN."""
    return value is None or (isinstance(value, float) and isnan(value))


def _rank(value: int | None) -> str:
    return "" if value is None else str(value)


def rank_change(moved: float | None, change: float | None) -> str:
    """Return places gained as ▲9, ▼2 or – for none; "new" for what was not there; nothing where not comparable."""
    if moved is None or isnan(moved):
        return tr(say("new")) if change == float("inf") else ""
    if moved == 0:
        return units.NONE
    return f"▲{moved:.0f}" if moved > 0 else f"▼{-moved:.0f}"


def _change(value: float | None) -> str:
    return tr(say("new")) if value == float("inf") else units.change(value)


def tokens_change(value: float | None) -> str:
    """Return more or fewer tokens with sign and arrow: ▲ +1.44T, ▼ −320B, 0."""
    if value is None or isnan(value) or value == 0:
        return units.tokens(value)
    return f"▲ +{units.tokens(value)}" if value > 0 else f"▼ {units.tokens(value)}"


def _price(value: float | None, starred: bool) -> str:
    return (tr(say("free")) if value == 0 else units.price(value)) + ("*" if starred and not missing(value) else "")


def _date(value: date | None) -> str:
    return day_words(value) if value else units.NONE


def _flag(value: bool | None) -> str:
    return "" if value is None else tr(say("yes") if value else say("no"))


def _words(value: str | None) -> str:
    return value or units.NONE


FORMATS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _words,
    Kind.DATE: _date,
    Kind.RANK: _rank,
    Kind.RANK_CHANGE: lambda pair: rank_change(*pair),
    Kind.TOKENS: units.tokens,
    Kind.TOKENS_CHANGE: tokens_change,
    Kind.SHARE: units.percent,
    Kind.PART: units.percent,
    Kind.CHANGE: _change,
    Kind.PRICE: lambda pair: _price(*pair),
    Kind.MONEY: units.money,
    Kind.RATIO: units.ratio,
    Kind.NUMBER: units.number,
    Kind.FLAG: _flag,
}
"""How a value is printed.

A change of rank is a pair: places gained, and the change in tokens; so is a price: dollars, and whether it is starred.
"""


def _put(painter: QPainter, look: Look, strip: Strip, words: Sequence[str], align_right: bool) -> None:
    """Paint one line of words per cell; what says that nothing is known is faint, and a dash where room is short."""
    room = strip.right - strip.left
    left, right = round(strip.left), strip.right
    y = round(strip.top) + look.lead
    pen = None
    for line, dim in zip(words, strip.dim, strict=True):
        if line:
            width = look.width(line)
            if width > room:
                line = units.NONE if line == UNATTRIBUTED else look.fit(line, room)  # noqa: PLW2901
                width = look.width(line)
            ink = (look.faint if line in (units.NONE, UNATTRIBUTED) else look.ink)[dim]
            if ink is not pen:
                pen = ink
                painter.setPen(ink)
            if align_right:
                look.put(painter, round(right - width), y, line, text.RIGHT)
            else:
                look.put(painter, left, y, line)
        y += look.row


def _numbers(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    _put(painter, look, strip, [*map(FORMATS[kind], strip.values)], True)


def _texts(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    _put(painter, look, strip, [*map(FORMATS[kind], strip.values)], False)


def _models(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    room = strip.right - strip.left
    _put(painter, look, strip, [look.fit_model(value, room) for value in strip.values], False)


def swatch_width(look: Look) -> float:
    """Return the room that a colour swatch takes before its words."""
    return look.style.px(GRID * 2)


def _swatches(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    side = round(look.style.px(GRID + 1))
    y = strip.top + (look.row - side) // 2
    for value, dim in zip(strip.values, strip.dim, strict=True):
        painter.fillRect(QRectF(round(strip.left), y, side, side), look.tint(value)[dim])
        y += look.row
    after = Strip(strip.values, strip.dim, strip.left + swatch_width(look), strip.right, strip.top)
    _texts(painter, look, after, kind)


SHARE_SAMPLE, CHANGE_SAMPLE = f"88.8{units.THIN}%", "▲ +88.8B"


def _bars(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    """Paint shares: a bar from the left, as long as the share is of `peak`, and the number at the right."""
    _numbers(painter, look, strip, kind)
    number = max(look.width(SHARE_SAMPLE), look.width(FORMATS[kind](strip.reach[1])))
    room = strip.right - strip.left - number - look.pad
    high = round(look.row * 0.42)
    y = strip.top + (look.row - high) // 2
    for i, (value, dim) in enumerate(zip(strip.values, strip.dim, strict=True)):
        if value and value > 0 and room > 0:
            fill = look.tint(strip.tints[i]) if strip.tints else look.accent
            long = max(room * min(value / strip.reach[1], 1.0), look.style.px(1))
            painter.fillRect(QRectF(round(strip.left), y, long, high), fill[dim])
        y += look.row


def _diverging(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    """Paint changes: bars left and right of a zero line that all rows share, and the number at the right."""
    _numbers(painter, look, strip, kind)
    room = strip.right - strip.left - look.width(CHANGE_SAMPLE) - look.pad
    if room <= 0:
        return
    low, high = strip.reach
    scale = room / (high - low)
    zero = round(strip.left - low * scale)
    tall = round(look.row * 0.42)
    y = strip.top + (look.row - tall) // 2
    for i, (value, dim) in enumerate(zip(strip.values, strip.dim, strict=True)):
        if value and not missing(value):
            fill = look.tint(strip.tints[i]) if strip.tints else look.accent
            long = max(abs(value) * scale, look.style.px(1))
            painter.fillRect(QRectF(zero if value > 0 else zero - long, y, long, tall), fill[dim])
        y += look.row
    line = QRectF(zero - look.thin / 2, strip.top, look.thin, look.row * len(strip.values))
    painter.fillRect(line, look.rule.color())


def _bands(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    """Paint bars that float between two ends, each with a line across."""
    box = QRectF(strip.left, strip.top, strip.right - strip.left, look.row)
    for i, (value, dim) in enumerate(zip(strip.values, strip.dim, strict=True)):
        fill = look.tint(strip.tints[i]) if strip.tints else look.accent
        inks = bands.Inks(fill[dim], look.ink[dim].color(), look.background, look.hairline)
        bands.paint(painter, box, value, inks, look.style.px(1))
        box.translate(0, look.row)


def _sparklines(painter: QPainter, look: Look, strip: Strip, kind: Kind) -> None:
    """Paint each row's series on a scale of its own from zero to its peak; what has no data is a gap."""
    box = QRectF(round(strip.left), strip.top, strip.right - strip.left, look.row)
    on_screen = painter.paintEngine().type() is QPaintEngine.Type.Raster
    draw = _kept_spark if on_screen and not look.large else _spark
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for values, dim in zip(strip.values, strip.dim, strict=True):
        draw(painter, look, box, values, dim)
        box.translate(0, look.row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _kept_spark(painter: QPainter, look: Look, box: QRectF, values: np.ndarray, dim: bool) -> None:
    """Paint a sparkline from the pixels kept of it: a brushed window changes the rows, but not their trends."""
    ratio = painter.device().devicePixelRatio()
    key = (values.tobytes(), box.width(), dim, ratio)
    found = look.sparks.get(key)
    if found is None:
        if len(look.sparks) > _SPARKS_REMEMBERED:
            look.sparks.clear()
        found = look.sparks[key] = QPixmap(ceil(box.width() * ratio), ceil(box.height() * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        with QPainter(found) as inner:
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            _spark(inner, look, QRectF(QPointF(), box.size()), values, dim)
    painter.drawPixmap(box.topLeft(), found)


def _spark(painter: QPainter, look: Look, box: QRectF, values: np.ndarray, dim: bool) -> None:
    dot = look.style.px(1.8)
    points = spark_points(values, box.width() - 2 * dot, box.height() * 0.58)
    points += np.array((box.left() + dot, box.top() + box.height() * 0.79))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.spark[dim])
    for run in runs(points):
        if len(run) > 1:
            painter.drawPolyline(polygon(run))
        else:
            painter.drawPoint(QPointF(*run[0]))
    if len(points) and not np.isnan(points[-1, 1]):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent[dim])
        painter.drawEllipse(QPointF(*points[-1]), dot, dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def spark_points(values: np.ndarray, room: float, high: float) -> np.ndarray:
    """Return the points (n, 2) of a series in a box `room` wide and `high` high, y up from 0 as negative pixels.

    A longer series than the box has pixels is thinned to the highest value of each run of equal length; NaN stays
    NaN.
    """
    most = max(2, int(room))
    if len(values) > most:
        values = np.fmax.reduceat(values, np.linspace(0, len(values), most, endpoint=False).astype(np.intp))
    peak = np.fmax.reduce(values, initial=0.0)
    points = np.empty((len(values), 2))
    points[:, 0] = np.linspace(0, room, len(values)) if len(values) > 1 else room
    points[:, 1] = values * (-high / peak if peak > 0 else 0.0)
    return points


def runs(points: np.ndarray) -> list[np.ndarray]:
    """Cut points (n, 2) into the runs between those whose y is NaN."""
    gap = np.isnan(points[:, 1])
    if not gap.any():
        return [points] if len(points) else []
    pieces = np.split(points, np.flatnonzero(gap))
    return [run for piece in pieces if len(run := piece[~np.isnan(piece[:, 1])])]


def polygon(points: np.ndarray) -> QPolygonF:
    """Return points (n, 2) as a polygon, copied in one go."""
    found = QPolygonF()
    found.resize(len(points))
    pointer: Any = shiboken6.VoidPtr
    np.frombuffer(pointer(found.data(), 16 * len(points), True), np.float64)[:] = points.ravel()
    return found


Paint = Callable[[QPainter, Look, Strip, Kind], None]

_BY_KIND: Mapping[Kind, Paint] = {
    Kind.TEXT: _texts,
    Kind.DATE: _texts,
    Kind.FLAG: _texts,
    Kind.SHARE: _bars,
    Kind.TOKENS_CHANGE: _diverging,
    Kind.SERIES: _sparklines,
}
_BY_KEY: Mapping[str, Paint] = {"model": _models, "country": _swatches, "spend_share": _bands}


def paint(painter: QPainter, look: Look, column: Column, strip: Strip) -> None:
    """Paint the cells of a column; the painter's font is the look's from here on."""
    painter.setFont(look.font)
    _BY_KEY.get(column.key, _BY_KIND.get(column.kind, _numbers))(painter, look, strip, column.kind)
