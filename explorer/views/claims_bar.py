"""The strip above the claims: find a number, see every condition that fits a figure, go back to all figures."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from explorer.drawing.translate import tr
from explorer.style import GRID, Style
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Question:
    """A number to find as typed, whose it is ("" for anybody's), and whether only the chosen window counts."""

    number: str
    entity: str
    in_window: bool


class ClaimsBar(QWidget):
    """Emits what is asked for; knows nothing of the figures."""

    asked = Signal(object)
    fits_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.number = self._line(
            say("Find a number: 61 % or 9.2T"), say("Find what a number such as 61 %, 9.2T or 1.81x could be")
        )
        self.entity = self._line(say("Whose? (anybody's)"), say("A country, an author or a model; empty for any"))
        self.in_window = QCheckBox(tr(say("near the chosen window")), self)
        self.in_window.setToolTip(tr(say("Only the window chosen above, and those that end near it")))
        self.find_button = self._button(say("Find"), say("Find what the number could be"))
        self.fits = self._button(say("All that fits"), say("Every condition under which the current figure comes out"))
        self.back = self._button(say("All figures"), say("Back to all printed figures"))
        self.back.hide()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        for widget in (self.back, self.number, self.entity, self.in_window, self.find_button, self.fits):
            row.addWidget(widget)
        row.setStretchFactor(self.number, 2)
        row.setStretchFactor(self.entity, 1)
        for line in (self.number, self.entity):
            line.returnPressed.connect(self._ask)
        self.find_button.clicked.connect(self._ask)
        self.fits.clicked.connect(self.fits_wanted)
        self.back.clicked.connect(self.all_wanted)

    def _line(self, title: Message, tip: Message) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(tr(title))
        line.setAccessibleName(tr(title))
        line.setToolTip(tr(tip))
        line.setClearButtonEnabled(True)
        return line

    def _button(self, title: Message, tip: Message) -> QPushButton:
        button = QPushButton(tr(title), self)
        button.setToolTip(tr(tip))
        button.setAutoDefault(False)
        return button

    def set_style(self, style: Style) -> None:
        """Follow another style: the colours come with the application's palette, only the room is set here."""
        self._row.setSpacing(round(style.px(GRID)))

    def show_way_back(self, away: bool) -> None:
        """Offer the way back to all figures, or what can be asked of one of them."""
        self.back.setVisible(away)
        self.fits.setVisible(not away)

    def _ask(self) -> None:
        if self.number.text().strip():
            self.asked.emit(Question(self.number.text(), self.entity.text(), self.in_window.isChecked()))
