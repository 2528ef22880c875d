"""One line above the views while they show printed figures: what these are, and how to get the daily data."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from explorer.app.controls import IconButton, label, name
from explorer.app.shortcuts import shown
from explorer.domain.selection import Source
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.words import say

WORDS = say(
    "These are figures as printed in the press, not the daily data. To explore that, open a rankings file from "
    "openrouter.ai or drop it here."
)


class Banner(QWidget):
    """Seen while printed figures are shown and until it is closed."""

    open_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._closed = False
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 3 // 2, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        self.words = label(WORDS, self)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.words.setWordWrap(True)
        row.addWidget(self.words, 1)
        self.open = QPushButton(tr(say("Open a rankings file…")), self)
        name(self.open, say("Open a rankings file"), say("Choose files to import ({keys})", keys=shown("Ctrl+O")))
        self.open.clicked.connect(self.open_asked)
        row.addWidget(self.open)
        self.close_button = IconButton("close", say("Close this note"), self)
        self.close_button.clicked.connect(self._close)
        row.addWidget(self.close_button)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Be there or not, as the session's dataset asks for."""
        self.setVisible(self._session.dataset.source is Source.PUBLISHED and not self._closed)

    def _close(self) -> None:
        self._closed = True
        self.refresh()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        colours = self.palette()
        painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Base))
        accent = colours.color(QPalette.ColorRole.Accent)
        painter.fillRect(0, 0, GRID // 2, self.height(), accent)
