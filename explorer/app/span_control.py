"""The control of the span under study: its dates, a popup to change them, and a step back and forth."""

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.app import spans
from explorer.app.controls import IconButton, label, name
from explorer.domain.periods import Span
from explorer.domain.schema import to_day
from explorer.domain.wording import span_words
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import Message, say

_WIDEST = say("{span}", span="26 Nov 2025 – 26 May 2026")


class SpanPopup(QFrame):
    """Two dates and a few quick picks; closes once a span is picked. Emits a Span, or None for all the data."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._picks = QVBoxLayout()
        self._picks.setSpacing(GRID // 2)
        column.addLayout(self._picks)
        form = QFormLayout()
        self.first = self._date(form, say("From"), say("First day of the span"))
        self.last = self._date(form, say("To"), say("Last day of the span"))
        column.addLayout(form)
        self.apply = QPushButton(tr(say("Show this span")), self)
        self.apply.setDefault(True)
        self.apply.clicked.connect(self._apply)
        column.addWidget(self.apply)

    def _date(self, form: QFormLayout, title: Message, tip: Message) -> QDateEdit:
        edit = QDateEdit(self)
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.setCalendarPopup(True)
        name(edit, tip)
        heading = label(title, self)
        heading.setBuddy(edit)
        form.addRow(heading, edit)
        return edit

    def open_at(self, place: QPoint, current: Span, data: Span) -> None:
        """Open with `current` in the dates, which may be any within `data`."""
        while taken := self._picks.takeAt(0):
            if widget := taken.widget():
                widget.deleteLater()
        for title, span in spans.quick_picks(data):
            self._add_pick(title, span)
        for edit, day in ((self.first, current.start), (self.last, current.end)):
            edit.setDateRange(QDate(data.start), QDate(data.end))  # pyright: ignore[reportCallIssue, reportArgumentType]
            edit.setDate(QDate(day))  # pyright: ignore[reportCallIssue, reportArgumentType]
        self.adjustSize()
        self.move(place)
        self.show()
        self.first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _add_pick(self, title: Message, span: Span | None) -> None:
        button = QPushButton(tr(title), self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._pick(span))
        self._picks.addWidget(button)

    def _pick(self, span: Span | None) -> None:
        self.close()
        self.picked.emit(span)

    def _apply(self) -> None:
        first, last = (to_day(edit.date().toPython()) for edit in (self.first, self.last))  # pyright: ignore[reportArgumentType]
        self._pick(Span(min(first, last), max(first, last)))


class SpanControl(QWidget):
    """◂ dates ▸. Emits a Span, or None for all the data, when another one is asked for."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: Span | None = None
        self._data: Span | None = None
        self._shown = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.earlier = IconButton("previous", say("Earlier"), self)
        self.dates = QToolButton(self)
        self.dates.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dates.setText(tr(_WIDEST))
        self.dates.setMinimumWidth(self.dates.sizeHint().width())
        self.later = IconButton("next", say("Later"), self)
        for widget in (self.earlier, self.dates, self.later):
            row.addWidget(widget)
        self.popup = SpanPopup(self)
        self.popup.picked.connect(self.picked)
        self.earlier.clicked.connect(lambda: self._step(forward=False))
        self.later.clicked.connect(lambda: self._step(forward=True))
        self.dates.clicked.connect(self._open)

    def show_span(self, current: Span | None, data: Span | None) -> None:
        """Show the span under study out of all the data."""
        if self._shown and (current, data) == (self._current, self._data):
            return
        self._current, self._data, self._shown = current, data, True
        words = say("{span}", span=span_words(current)) if current else say("No data")
        self.dates.setText(tr(words))
        self.dates.setEnabled(data is not None)
        name(self.dates, say("Span: {span}", span=words), say("The days under study. Click to choose others"))
        for button, forward, title in (
            (self.earlier, False, say("Earlier: {span}", span=self._target(forward=False))),
            (self.later, True, say("Later: {span}", span=self._target(forward=True))),
        ):
            button.setEnabled(self._stepped(forward) is not None)
            name(button, title)

    def _stepped(self, forward: bool) -> Span | None:
        if self._current is None or self._data is None:
            return None
        return spans.stepped(self._current, forward, self._data)

    def _target(self, *, forward: bool) -> Message:
        found = self._stepped(forward)
        return say("{span}", span=span_words(found)) if found else say("no data there")

    def _step(self, *, forward: bool) -> None:
        if found := self._stepped(forward):
            self.picked.emit(found)

    def _open(self) -> None:
        if self._current and self._data:
            below = self.dates.mapToGlobal(self.dates.rect().bottomLeft())
            self.popup.open_at(below, self._current, self._data)
