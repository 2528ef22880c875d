"""The strip below the views: what the current one shows, in one plain sentence, ready to paste."""

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolBar, QWidget

from explorer.app.controls import explain, name
from explorer.app.docks import Docks
from explorer.domain.table import Caption
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.words import Message, say

_LINES = 2
_WAIT = 50  # milliseconds
_SLACK = 2
"""Pixels a line stays short of the label's width, so that the label breaks no line anew."""


class SentenceLabel(QLabel):
    """Text that can be selected, in two lines at most, the second one cut with … where there is more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._high = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text, whether or not there is room for all of it."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show another text; the tooltip has all of it."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            explain(self, text)
            self._wrap()

    def sizeHint(self) -> QSize:
        return QSize(0, max(self._high, _LINES * self.fontMetrics().lineSpacing()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._wrap()

    def event(self, event: QEvent, /) -> bool:
        # What is selected here goes before the window's Ctrl+C.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Copy)
            and self.hasSelectedText()
        ):
            event.accept()
            return True
        return super().event(event)

    def _wrap(self) -> None:
        lines = wrapped(self._whole, self, self.contentsRect().width() - _SLACK)
        if (shown := "\n".join(lines)) != self.text():
            self.setText(shown)
        # A line is as high as its tallest font, and what a font lacks comes from a taller one.
        high = ceil(sum(line_heights(lines, self)))
        if high > self._high:
            self._high = high
            self.updateGeometry()


def line_heights(lines: Sequence[str], widget: QWidget) -> list[float]:
    """Return how high each line is with the fonts that its characters come from, in pixels."""
    found: list[float] = []
    for words in lines:
        layout = QTextLayout(words, widget.font())
        layout.beginLayout()
        line = layout.createLine()
        line.setLeadingIncluded(True)
        layout.endLayout()
        found.append(line.height())
    return found


def wrapped(text: str, widget: QWidget, width: int) -> list[str]:
    """Break a text into lines of so many pixels, two at most: what is left over is cut from the last one with …."""
    layout = QTextLayout(text, widget.font())
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        starts.append(line.textStart())
    layout.endLayout()
    last = starts[_LINES - 1] if len(starts) > _LINES else len(text)
    kept = [
        text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if start < last
    ]
    if last == len(text):
        return kept
    return [*kept, widget.fontMetrics().elidedText(text[last:], Qt.TextElideMode.ElideRight, width)]


class SentenceBar(QToolBar):
    """Shows the sentence of the current view; follows the session once an event has been dealt with, not within it."""

    def __init__(self, session: Session, docks: Docks, tell: Callable[[Message], object], parent: QWidget) -> None:
        super().__init__(tr(say("Sentence")), parent)
        self._docks, self._tell = docks, tell
        self._caption: Caption | None = None
        self.setObjectName("sentence")
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        content = QWidget(self)
        row = QHBoxLayout(content)
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(2 * GRID)
        self.label = SentenceLabel(content)
        self.button = QPushButton(tr(say("Copy")), content)
        self.button.setAutoDefault(False)
        name(self.button, say("Copy the sentence"), say("Copy the sentence and its source"))
        self.button.clicked.connect(self.copy)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.addWidget(content)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self.refresh)
        session.changed.connect(self.refresh_later)
        docks.current_changed.connect(self.refresh_later)
        for dock in docks:
            dock.visibilityChanged.connect(self._seen)
        self.refresh_later()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint nothing: the style shades a tool bar by a gradient, for which the painter wakes other threads."""

    def refresh_later(self) -> None:
        """Refresh in the next turn of the event loop, once however often it is asked for."""
        if not self._turn.isActive():
            self._turn.start(0)

    def refresh(self) -> None:
        """Show the sentence of the current view, nothing while that is not there yet."""
        if self._docks.current.is_busy:
            self._turn.start(_WAIT)
            return
        try:
            self._caption = self._docks.current.table().caption
        except RuntimeError:
            self._caption = None
        self.label.show_text(tr(self._caption.sentence) if self._caption else "")
        self.button.setEnabled(bool(self.label.whole))

    def copy(self) -> None:
        """Put the sentence and the source line of the current view on the clipboard, as plain text."""
        self._turn.stop()
        self.refresh()
        if self._caption is None or not self.label.whole:
            self._tell(say("There is no sentence to copy."))
            return
        lines = (self.label.whole, tr(self._caption.source))
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
        self._tell(say("{view}: sentence copied", view=self._docks.current.view.title))

    def _seen(self, _visible: bool) -> None:
        self.refresh_later()
