"""A chart of models on screen: caption, drawing, tooltips; a click marks a model, a drag brushes days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span, periods_in
from explorer.domain.selection import Grouping, Selection
from explorer.domain.table import Table
from explorer.drawing import frame
from explorer.drawing.explaining import ExplainingWidget
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.words import Message, say


class Chart(Protocol):
    """A table laid out in a rectangle."""

    keys: tuple[str, ...]
    """The model ids in the order in which the keyboard goes through them."""

    def paint(self, painter: QPainter, current: str = "") -> None:
        """Paint all; `current` is the model that the keyboard is at."""
        ...

    def hit(self, point: QPointF) -> str:
        """Return the model at a point, "" for none."""
        ...

    def anchor(self, key: str) -> QRectF:
        """Return the place of a model."""
        ...

    def day_at(self, x: float) -> int | None:
        """Return the day number at a pixel, None where the chart has no days there."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What is different from chart to chart.

    `derive` makes the table, `lay_out` the chart in a rectangle, `explain` words all that is known of a model in it.
    """

    name: Message
    derive: Callable[[Dataset, Selection], Table]
    lay_out: Callable[[Table, QRectF, Style], Chart]
    explain: Callable[[Table, str], tuple[Message, ...]]


class ChartWidget(ExplainingWidget):
    """A chart that follows the session."""

    derived = Signal()
    """Another table is on screen."""

    def __init__(self, session: Session, style: Style, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._style, self._profile = session, style, profile
        self._chart: Chart | None = None
        self._caption = frame.Around()
        self._current = ""
        self._pressed: QPointF | None = None
        self._dragging, self._marked = False, False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(profile.name))
        self.setMinimumSize(320, 144)
        session.changed.connect(self.refresh)
        self.refresh()

    def table(self) -> Table:
        """Return the table the chart is drawn from."""
        return self._table

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        self._arrange()

    def refresh(self) -> None:
        """Derive the table from the session and draw it."""
        self._table = self._profile.derive(self._session.dataset, self._session.selection)
        self._arrange()
        self.derived.emit()

    def chart(self) -> Chart | None:
        """Return the chart on screen, in the widget's pixels; None where there is nothing to draw."""
        return self._chart

    def _arrange(self) -> None:
        side, gap = self._style.px(GRID * 1.5), self._style.px(GRID)
        self._inner = QRectF(self.rect()).adjusted(side, gap, -side, -gap)
        asked = (self._session.dataset, self._session.selection.without("brush"))
        size = QSizeF(self._inner.width(), self.height())
        self._caption.fit(self._table.caption, self._style, size, 4 * gap, asked)
        rect = self._inner.adjusted(0, self._caption.above + gap, 0, -self._caption.below - gap)
        drawn = self._table.empty is None and rect.height() >= self._style.px(_LEAST)
        self._chart = self._profile.lay_out(self._table, rect, self._style) if drawn else None
        if self._current not in (self._chart.keys if self._chart else ()):
            self._current = ""
        self.update()

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.theme.background)
        frame.paint_lines(painter, self._inner, self._caption.header, self._style)
        foot = QRectF(self._inner)
        foot.setTop(foot.bottom() - frame.height(self._caption.footer, self._style))
        frame.paint_lines(painter, foot, self._caption.footer, self._style)
        if self._table.empty is not None:
            frame.paint_sentence(painter, self._inner, self._table.empty, self._style)
        elif self._chart is not None:
            self._chart.paint(painter, self._current if self.hasFocus() else "")
        else:
            between = self._inner.adjusted(0, self._caption.above, 0, -foot.height())
            frame.paint_sentence(painter, between, say("Too small to draw."), self._style)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def tip(self, point: QPointF) -> tuple[Sequence[str], QRect]:
        key = self._hit(point)
        return self._explained(key) if key else (), QRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position() if left else None
        self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._chart is None:
            return
        far = abs(event.position().x() - self._pressed.x())
        if far < self._style.px(_DRAG) and not self._dragging:
            return
        days = [self._chart.day_at(at.x()) for at in (self._pressed, event.position())]
        found = self._periods(*days) if None not in days else None
        if found is None:
            return
        before = self._session.selection
        self._session.select(before.but(brush=found), continued=self._dragging)
        self._dragging = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self._marked = False
        if pressed is None or self._dragging:
            return
        key = self._hit(event.position())
        if key and key == self._hit(pressed):
            self._current = key
            self._mark(key, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            self._marked = True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the brush away where days are brushed, and back what the first click marked."""
        if self._chart is None or self._chart.day_at(event.position().x()) is None:
            return
        if self._marked:
            self._session.undo()
        self._marked = False
        self._session.select(self._session.selection.but(brush=None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = Qt.Key(event.key()), self._chart.keys if self._chart else ()
        if key in _STEPS and keys:
            before = keys.index(self._current) if self._current else -1 if _STEPS[key] > 0 else len(keys)
            self._current = keys[min(max(before + _STEPS[key], 0), len(keys) - 1)]
            self.setAccessibleDescription("\n".join(self._explained(self._current)))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current:
            self._mark(self._current, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    # --- what they come to

    def _hit(self, point: QPointF) -> str:
        return self._chart.hit(point) if self._chart is not None else ""

    def _explained(self, key: str) -> list[str]:
        return [tr(line) for line in self._profile.explain(self._table, key)]

    def _mark(self, key: str, *, add: bool) -> None:
        self._session.select(self._session.selection.mark(Grouping.MODEL, key, add=add))

    def _periods(self, one: int | None, other: int | None) -> Span | None:
        """Return the periods under study that two days and those between them lie in."""
        selection = self._session.selection
        span = self._session.dataset.span(selection)
        if span is None or one is None or other is None:
            return None
        asked = Span(min(one, other), max(one, other))
        touched = [period for period in periods_in(span, selection.grain) if period.within(asked)]
        return Span(touched[0].first, touched[-1].last).within(span) if touched else None


_LEAST = 72
"""A chart of fewer pixels in height is not drawn."""
_DRAG = 4
_ALL = 10**6
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -_ALL,
    Qt.Key.Key_End: _ALL,
}
