"""The calendar above the snapshots: hover says who covers a day, a click or a drag brushes days."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.schema import to_date
from explorer.domain.snapshot_days import Cover, State
from explorer.domain.snapshots_table import SnapshotTable
from explorer.domain.wording import day_words
from explorer.drawing.calendar import DayCalendar, natural_height
from explorer.drawing.explaining import ExplainingWidget
from explorer.drawing.translate import tr
from explorer.style import GRID, Style
from explorer.words import Message, say

_LOWEST = 80
"""A calendar that may have less than so many pixels is not shown: its view is low."""
_MOST_NAMED = 6


class CalendarWidget(ExplainingWidget):
    """Shows the days of a table of snapshots; emits the days asked for, and whether that continues a drag."""

    picked = Signal(object, bool)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._table: SnapshotTable | None = None
        self._calendar: DayCalendar | None = None
        self._current: int | None = None
        self._pressed: int | None = None
        self._dragging = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(say("Calendar of covered days")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_table(self, table: SnapshotTable) -> None:
        """Show another table's days."""
        self._table = table
        self._arrange()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        self._arrange()

    def take_room(self, width: float, most: float) -> None:
        """Become as high as a calendar so wide likes to be, at most `most` pixels; hide where that is too low."""
        days = self._table.cover.days if self._table else ()
        if not days or most < self._style.px(_LOWEST):
            self.hide()
            return
        gaps = 2 * self._style.px(GRID)
        high = natural_height(days, width - gaps, self._style) + gaps
        self.setFixedHeight(round(min(high, most)))
        self.show()

    def day_rect(self, day: int) -> QRectF:
        """Return where the square of a day is; KeyError for a day that has none."""
        if self._calendar is None:
            raise KeyError(day)
        return self._calendar.box(day)

    def tip(self, point: QPointF) -> tuple[Sequence[str], QRect]:
        day = self._calendar.hit(point) if self._calendar else None
        words = () if day is None or self._table is None else explained(self._table, day)
        return [tr(line) for line in words], QRect()

    def _arrange(self) -> None:
        if self._table is None:
            return
        side = self._style.px(GRID)
        inner = QRectF(self.rect()).adjusted(side, side, -side, -side)
        self._calendar = DayCalendar(self._table.cover.days, inner, self._style, self._table.brush)
        self.update()

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.theme.background)
        if self._calendar is not None:
            self._calendar.paint(painter, self._current if self.hasFocus() else None)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragging = None, False
        if event.button() is Qt.MouseButton.LeftButton and self._calendar is not None:
            self._pressed = self._current = self._calendar.hit(event.position())
            self._pick(self._pressed, self._pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._calendar.hit(event.position()) if self._calendar else None
        if self._pressed is not None and day is not None and day != self._current:
            self._current, self._dragging = day, True
            self._pick(self._pressed, day, continued=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = self._table.cover.days if self._table else ()
        if key in _STEPS and days:
            first, last = days[0].day, days[-1].day
            start = last if self._current is None else self._current
            now = self._current = min(max(start + _STEPS[key](start), first), last)
            words = explained(self._table, now) if self._table else ()
            self.setAccessibleDescription("\n".join(map(tr, words)))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current is not None:
            self._pick(self._current, self._current)
        else:
            super().keyPressEvent(event)

    def _pick(self, one: int | None, other: int | None, *, continued: bool = False) -> None:
        if one is not None and other is not None:
            self.picked.emit(Span(min(one, other), max(one, other)), continued)


def explained(table: SnapshotTable, day: int) -> tuple[Message, ...]:
    """Return a day, what its snapshots say of it, and which they are, the one that shows first."""
    cover: Cover = table.cover
    found = cover.days[day - cover.days[0].day]
    called = dict(table.called)
    names = [called[sha256] for sha256 in found.snapshots[::-1]]
    lines = [say("{day}", day=day_words(to_date(day), full=True)), _STATES[found.state]]
    lines += [say("{name} shows", name=name) for name in names[:1]]
    lines += [say("{name}", name=name) for name in names[1:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        lines.append(say("… and {n} more", n=len(names) - _MOST_NAMED))
    return tuple(lines)


_STATES = {
    State.GAP: say("No snapshot covers this day."),
    State.ONE: say("One snapshot covers this day."),
    State.SEVERAL: say("Several snapshots cover this day, and it was not restated."),
    State.RESTATED: say("OpenRouter’s snapshots that cover this day differ."),
    State.LIVE: say("This day was not over when the snapshot that shows was taken."),
}
_ALL = 10**6
_STEPS: Mapping[Qt.Key, Callable[[int], int]] = {
    Qt.Key.Key_Left: lambda day: -1,
    Qt.Key.Key_Right: lambda day: 1,
    Qt.Key.Key_Up: lambda day: -len(period_of(period_of(day, Grain.MONTH).first - 1, Grain.MONTH)),
    Qt.Key.Key_Down: lambda day: len(period_of(day, Grain.MONTH)),
    Qt.Key.Key_Home: lambda day: -_ALL,
    Qt.Key.Key_End: lambda day: _ALL,
}
"""By how many days a key goes on from a day: a row up or down is a month."""
