"""A widget that paints itself, and explains in a tooltip what the pointer is over."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRect
from PySide6.QtGui import QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget


class ExplainingWidget(QWidget):
    """Paints itself anew when the focus comes or goes; a tooltip has the lines of `tip`, as plain text."""

    def tip(self, point: QPointF) -> tuple[Sequence[str], QRect]:
        """Return the lines that explain what is at a point, none where there is nothing, and how far that reaches."""
        raise NotImplementedError

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().event(event)
        lines, where = self.tip(QPointF(event.pos()))
        if lines:
            words = "<br>".join(map(escape, lines))
            QToolTip.showText(event.globalPos(), f"<div style='white-space: pre'>{words}</div>", self, where)
        else:
            QToolTip.hideText()
            event.ignore()
        return True
