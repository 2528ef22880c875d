"""A calendar of covered days: one square a UTC day, one row a month, as many columns of months as the room asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.snapshot_days import DayCover, State
from explorer.domain.wording import day_words
from explorer.drawing import text
from explorer.drawing.translate import tr
from explorer.style import GRID, SMALL, Style, mix
from explorer.words import Message, say

_LONGEST = 31
_NATURAL, _LARGEST, _WHOLE, _LEAST = 13, 20, 6, 3
"""Pixels from one square to the next at scale 1: as they like to be, at most, at least as whole pixels, at least."""

_NUMBERED = (1, 5, 10, 15, 20, 25, 30)
"""The days of a month whose numbers stand above their squares."""

STATE_NAMES: Mapping[State, Message] = {
    State.ONE: say("one snapshot"),
    State.SEVERAL: say("several, not restated"),
    State.RESTATED: say("several, restated"),
    State.LIVE: say("day not over"),
    State.GAP: say("no data"),
}


@dataclass(frozen=True, slots=True)
class _Month:
    """A row: the days of a month, what stands before it, and where its first day is."""

    days: Span
    label: str
    at: QPointF


def months(days: Sequence[DayCover]) -> tuple[Span, ...]:
    """Return the calendar months from the first to the last of some days."""
    found: list[Span] = []
    day = days[0].day if days else 1
    while days and day <= days[-1].day:
        found.append(period_of(day, Grain.MONTH))
        day = found[-1].last + 1
    return tuple(found)


def natural_height(days: Sequence[DayCover], width: float, style: Style) -> float:
    """Return how high a calendar likes to be that is `width` pixels wide, with numbers and legend; 0 without days."""
    if not days:
        return 0.0
    pitch = style.px(_NATURAL)
    used = text.font(style, SMALL)
    across = max(int((width + style.px(2 * GRID)) // (_label(style) + _LONGEST * pitch + style.px(2 * GRID))), 1)
    pitch = min(pitch, (width - _label(style)) / _LONGEST)
    legend = _lay_legend(days, QRectF(0, 0, width, 0), style)
    return ceil(len(months(days)) / across) * pitch + style.px(GRID / 2) + (1 + len(legend)) * text.line_height(used)


def _label(style: Style) -> float:
    """Return the room for the name of a month."""
    return text.width("May 2026", text.font(style, SMALL)) + style.px(GRID)


class DayCalendar:
    """A calendar laid out in a rectangle; `pitch` is how far its squares are apart, 0 where there is no room."""

    def __init__(self, days: Sequence[DayCover], rect: QRectF, style: Style, brush: Span | None = None) -> None:
        self.rect, self.style, self.brush = rect, style, brush
        self.days = {each.day: each for each in days}
        self.font = text.font(style, SMALL)
        self.line = text.line_height(self.font)
        self.legend = _lay_legend(days, rect, style)
        room = rect.adjusted(0, 0, 0, -len(self.legend) * self.line - style.px(GRID / 2))
        for head in (self.line, 0.0):  # the numbers of days go first where room is short
            self.head = head
            self.pitch, self.rows = self._arrange(months(days), room.adjusted(0, head, 0, 0))
            if self.pitch:
                break

    def _arrange(self, found: Sequence[Span], room: QRectF) -> tuple[float, tuple[_Month, ...]]:
        """Return the pitch and the rows in as many columns of months as give the largest squares."""
        px, label = self.style.px, _label(self.style)
        gap, best, columns = px(2 * GRID), 0.0, 1
        for n in range(1, len(found) + 1):
            wide = (room.width() - (n - 1) * gap) / n - label
            pitch = min(wide / _LONGEST, room.height() / ceil(len(found) / n), px(_LARGEST))
            if pitch > best + 0.01:
                best, columns = pitch, n
        if best < px(_LEAST):
            return 0.0, ()
        # Whole pixels at scale 1, so that squares are alike and a picture of twice the size is the same picture.
        plain = best / px(1)
        pitch = px(int(plain)) if plain >= _WHOLE else best
        high = ceil(len(found) / columns)
        apart = label + _LONGEST * pitch + gap
        step = max(1, ceil(self.line * 0.95 / pitch))
        rows: list[_Month] = []
        for i, days in enumerate(found):
            column, row = divmod(i, high)
            words = day_words(days.start).split(" ", 1)[1] if row % step == 0 else ""
            at = QPointF(room.left() + column * apart + label, room.top() + row * pitch)
            rows.append(_Month(days, words, at))
        return pitch, tuple(rows)

    def numbers(self) -> Iterator[tuple[QRectF, str]]:
        """Yield where the numbers of days stand, above the squares of each column of months, and the numbers."""
        top = min((row.at.y() for row in self.rows), default=0.0)
        for row in self.rows:
            for day in _NUMBERED if self.head and row.at.y() == top else ():
                words = str(day)
                wide = text.width(words, self.font) + 1
                middle = row.at.x() + (day - 0.5) * self.pitch + self._gap / 2
                yield QRectF(middle - wide / 2, top - self.head, wide, self.line), words

    @property
    def bottom(self) -> float:
        """Where the squares end."""
        return max((row.at.y() + self.pitch for row in self.rows), default=self.rect.top())

    # --- asking

    def hit(self, point: QPointF) -> int | None:
        """Return the day number of the square at a point, None beside the calendar."""
        for row in self.rows:
            within = point - row.at
            if 0 <= within.y() < self.pitch and 0 <= within.x() < len(row.days) * self.pitch:
                day = row.days.first + int(within.x() / self.pitch)
                return day if day in self.days else None
        return None

    def box(self, day: int) -> QRectF:
        """Return the cell of a day; KeyError for one that is not in the calendar."""
        for row in self.rows:
            if day in self.days and row.days.first <= day <= row.days.last:
                left = row.at.x() + (day - row.days.first) * self.pitch
                return QRectF(left, row.at.y(), self.pitch, self.pitch)
        raise KeyError(day)

    # --- painting

    def paint(self, painter: QPainter, current: int | None = None) -> None:
        """Paint all; `current` is the day that the keyboard is at."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        theme = self.style.theme
        for row in self.rows:
            if row.label:
                middle = row.at.y() + self.pitch / 2
                place = QRectF(self._left(row), middle - self.line / 2, _label(self.style), self.line)
                text.put(painter, place, row.label, self.font, theme.muted)
        for place, words in self.numbers():
            text.put(painter, place, words, self.font, theme.muted, text.CENTRE)
        if self.rows:
            self._paint_brush(painter)
            for day, each in self.days.items():
                self._paint_day(painter, self._square(self.box(day)), each.state)
            if current in self.days:
                self._outline(painter, self.box(current or 0), theme.accent, 2)
        self._paint_legend(painter)
        painter.restore()

    def _left(self, row: _Month) -> float:
        return row.at.x() - _label(self.style)

    def _square(self, box: QRectF) -> QRectF:
        return box.adjusted(self._gap, self._gap, 0, 0)

    @property
    def _gap(self) -> float:
        """How far squares are from each other."""
        one = self.style.px(1)
        return max(round(self.pitch / one * 0.16), 1) * one if self.pitch / one >= _WHOLE else self.pitch * 0.16

    def _paint_brush(self, painter: QPainter) -> None:
        """Lay a ground under the brushed days, so far as there are squares."""
        if self.brush is None:
            return
        covered = Span(min(self.days), max(self.days))
        for row in self.rows:
            part = row.days.within(covered)
            part = part.within(self.brush) if part else None
            if part is not None:
                left = row.at.x() + (part.first - row.days.first) * self.pitch
                ground = QRectF(left, row.at.y(), len(part) * self.pitch + self._gap, self.pitch + self._gap)
                painter.fillRect(ground, QColor(self.style.theme.text))

    def _outline(self, painter: QPainter, box: QRectF, ink: str, wide: float) -> None:
        pen = QPen(QColor(ink), self.style.px(wide))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_day(self, painter: QPainter, square: QRectF, state: State) -> None:
        theme = self.style.theme
        strong, pale = QColor(theme.accent), QColor(mix(theme.accent, theme.background, 0.62))
        ground, line = QColor(theme.background), QColor(theme.muted)
        thin = min(self.style.px(1), square.width() * 0.2)
        if state is State.GAP:
            painter.fillRect(square, line)
            painter.fillRect(square.adjusted(thin, thin, -thin, -thin), ground)
        elif state is State.LIVE:
            painter.fillRect(square, strong)
            painter.fillRect(square.adjusted(thin, thin, -thin, -thin), ground)
            corners = [square.topLeft(), square.bottomLeft(), square.bottomRight()]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(strong)
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.fillRect(square, pale if state is State.ONE else strong)
            if state is State.RESTATED:
                inner = square.width() * 0.32
                painter.fillRect(square.adjusted(inner, inner, -inner, -inner), ground)

    def _paint_legend(self, painter: QPainter) -> None:
        theme, side = self.style.theme, self.style.px(9)
        top = self.bottom + self.style.px(GRID / 2)
        for i, line in enumerate(self.legend):
            for left, wide, state, words in line:
                place = QRectF(left, top + i * self.line, wide, self.line)
                swatch = QRectF(round(left), round(place.center().y() - side / 2), side, side)
                self._paint_day(painter, swatch, state)
                text.put(painter, place.adjusted(side * 1.5, 0, 1, 0), words, self.font, theme.muted)


_Item = tuple[float, float, State, str]
"""Where an entry of the legend begins, how wide it is, its state and its words."""


def _lay_legend(days: Sequence[DayCover], rect: QRectF, style: Style) -> tuple[tuple[_Item, ...], ...]:
    """Return the lines of the legend: only the states that there are, with how many days each."""
    used, side, apart = text.font(style, SMALL), style.px(9), style.px(2 * GRID)
    lines: list[list[_Item]] = [[]]
    left = rect.left()
    for state, name in STATE_NAMES.items():
        count = sum(each.state is state for each in days)
        if not count:
            continue
        words = tr(say("{name}: {count}", name=name, count=count))
        wide = text.width(words, used) + side * 1.5 + 1
        if lines[-1] and left + wide > rect.right():
            lines.append([])
            left = rect.left()
        lines[-1].append((left, wide, state, words))
        left += wide + apart
    return tuple(tuple(line) for line in lines if line)
