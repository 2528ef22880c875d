"""The small controls that the filter bar and its chips are made of, named for everybody and plain in text."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from explorer.app.icons import icon
from explorer.drawing.translate import tr
from explorer.words import Message

SEARCH_DELAY = 120
"""Milliseconds of silence after which a search is looked up."""


def label(message: Message, parent: QWidget | None = None) -> QLabel:
    """Return a label that shows its text as it is: a model's name is no HTML."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(tr(message))
    return made


def name(widget: QWidget, title: Message, tip: Message | None = None) -> None:
    """Give a control its accessible name, and a tooltip that says more where there is more to say."""
    widget.setAccessibleName(tr(title))
    explain(widget, tr(tip or title))


def explain(widget: QWidget, text: str) -> None:
    """Give a control a tooltip that is shown as it is, even where it looks like HTML."""
    widget.setToolTip(f"<span>{escape(text)}</span>" if "<" in text else text)


def with_button(field: QWidget, title: Message, spoken: Message, ask: Callable[[], object]) -> QWidget:
    """Return a field of a dialog with the button beside it that fills it in."""
    both = QWidget(field.parentWidget())
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    button = QPushButton(tr(title), both)
    button.setAutoDefault(False)
    name(button, spoken)
    button.clicked.connect(ask)
    row.addWidget(field)
    row.addWidget(button)
    both.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return both


class IconButton(QToolButton):
    """A flat button with an icon in the colours of the palette, and a text for whoever can't see it."""

    def __init__(self, picture: str, title: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(tr(title))
        name(self, title)
        self._paint_icon()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        role, group = QPalette.ColorRole.ButtonText, QPalette.ColorGroup
        palette = self.palette()
        self.setIcon(icon(self._picture, palette.color(group.Active, role), palette.color(group.Disabled, role)))


class SearchBox(QLineEdit):
    """A search that speaks once the typing pauses; Esc empties it; undo is left to the window."""

    searched = Signal(str)
    _lens: QAction | None = None

    def __init__(self, placeholder: Message, title: Message, tip: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr(placeholder))
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name(self, title, tip)
        self._lens = self.addAction(self._lens_icon(), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY)
        self._pause.timeout.connect(self._speak)
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show what is searched for, unless it is being typed at this moment."""
        if not self._pause.isActive() and text != self.text().strip():
            self.setText(text)

    def flush(self) -> None:
        """Look up now what was typed and not yet looked up."""
        if self._pause.isActive():
            self._pause.stop()
            self._speak()

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _speak(self) -> None:
        self.searched.emit(self.text().strip())

    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape and self.text():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._pause.stop()
            self.clear()
            self._speak()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._lens is not None:
            self._lens.setIcon(self._lens_icon())

    def _lens_icon(self) -> QIcon:
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        return icon("search", quiet, quiet)
