"""The growth translator: two values, a multiple, a rate a year or a doubling time, each said as the others."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.app.controls import label, name
from explorer.app.growth_asked import Asked
from explorer.domain.growth import Unit
from explorer.domain.growth_words import CONFUSION, Saying
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.style import GRID
from explorer.words import Message, say

_WIDTH = 84 * GRID
_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class _Known:
    """A way to say growth: the fields of `Asked` it fills, each with its label and an example."""

    title: Message
    fields: tuple[tuple[str, Message, str], ...]


_KNOWN = (
    _Known(say("Two values"), (("start", say("From"), "2.27T"), ("end", say("To"), "5.16T"))),
    _Known(say("Multiple"), (("multiple", say("Times as much"), "370"),)),
    _Known(say("Growth a year"), (("per_year", say("Percent a year"), "226%"),)),
    _Known(say("Doubling time"), (("doubling", say("Doubles every"), "7m"),)),
)
_UNITS = {Unit.DAYS: say("days"), Unit.WEEKS: say("weeks"), Unit.MONTHS: say("months"), Unit.YEARS: say("years")}
_EMPTY = say("Fill in what is known: the other ways to say it appear here.")


class _Sentence:
    """One line of the answer: a heading, a sentence that can be selected, and a button that copies it."""

    def __init__(self, grid: QGridLayout, row: int, parent: QWidget) -> None:
        self.heading, self.text = label(say(""), parent), label(say(""), parent)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = QPushButton(tr(say("Copy")), parent)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(partial(_copy, self.text))
        for place, widget in enumerate((self.heading, self.text, self.copy)):
            grid.addWidget(widget, row, place)
        self.show(None)

    def show(self, saying: Saying | None) -> None:
        """Show a sentence, or nothing."""
        for widget in (self.heading, self.text, self.copy):
            widget.setVisible(saying is not None)
        if saying is not None:
            self.heading.setText(tr(saying.heading))
            self.text.setText(tr(saying.sentence))
            self.text.setAccessibleName(tr(saying.heading))
            name(self.copy, say("Copy: {heading}", heading=saying.heading))


def _such_as(example: str) -> Message:
    return say("such as {example}", example=example)


def _copy(text: QLabel, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(text.text())


class GrowthDialog(QDialog):
    """Says growth in every other way while it is typed; each sentence can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(say("Growth translator")))
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addLayout(self._make_form())
        self.trouble = label(_EMPTY, self)
        self.trouble.setWordWrap(True)
        column.addWidget(self.trouble)
        column.addLayout(self._make_sentences())
        column.addStretch()
        hint = label(CONFUSION, self)
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(self._make_buttons())
        self._column = column
        self.setMinimumWidth(_WIDTH)
        self._ask(0)
        self.fields[0].setFocus()

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(GRID)
        self.known = QComboBox(self)
        self.known.addItems([tr(known.title) for known in _KNOWN])
        self._row(form, say("Known"), self.known)
        self.labels = (label(say(""), self), label(say(""), self))
        self.fields = (QLineEdit(self), QLineEdit(self))
        for title, field in zip(self.labels, self.fields, strict=True):
            title.setBuddy(field)
            form.addRow(title, field)
        self.count, self.unit = QLineEdit(self), QComboBox(self)
        self.count.setPlaceholderText(tr(_such_as("5")))
        self.unit.addItems([tr(title) for title in _UNITS.values()])
        self.unit.setCurrentIndex(list(_UNITS).index(Unit.YEARS))
        name(self.unit, say("Unit of time"))
        both = QHBoxLayout()
        both.addWidget(self.count, 1)
        both.addWidget(self.unit)
        over = label(say("Over"), self)
        over.setBuddy(self.count)
        name(self.count, say("Over how long"), say("The time that the growth took"))
        form.addRow(over, both)
        self.known.currentIndexChanged.connect(self._ask)
        self.unit.currentIndexChanged.connect(self._answer)
        for field in (*self.fields, self.count):
            field.textChanged.connect(self._answer)
        return form

    def _row(self, form: QFormLayout, title: Message, widget: QWidget) -> None:
        heading = label(title, self)
        heading.setBuddy(widget)
        name(widget, title)
        form.addRow(heading, widget)

    def _make_sentences(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        self.sentences = tuple(_Sentence(grid, row, self) for row in range(_SENTENCES))
        return grid

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(tr(say("Close")), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        buttons.accepted.connect(self.accept)
        return buttons

    def _ask(self, index: int) -> None:
        """Show the fields of another way to say growth, empty."""
        asked = _KNOWN[index].fields
        for place, (title, field) in enumerate(zip(self.labels, self.fields, strict=True)):
            for widget in (title, field):
                widget.setVisible(place < len(asked))
            field.clear()
            if place < len(asked):
                _, text, example = asked[place]
                title.setText(tr(text))
                name(field, text)
                field.setPlaceholderText(tr(_such_as(example)))
        self._answer()

    def _answer(self) -> None:
        sayings: tuple[Saying, ...] = ()
        trouble = _EMPTY
        if all(field.text().strip() for field in self._asked()):
            try:
                sayings = self._written().sayings()
            except ExplorerError as error:
                trouble = error.sentence
        self.trouble.setVisible(not sayings)
        self.trouble.setText(tr(trouble))
        for place, sentence in enumerate(self.sentences):
            sentence.show(sayings[place] if place < len(sayings) else None)
        # A window asks its wrapped labels for no height of their own accord: the last lines would be cut off.
        self.setMinimumHeight(self._column.totalHeightForWidth(_WIDTH))

    def _asked(self) -> tuple[QLineEdit, ...]:
        return self.fields[: len(_KNOWN[self.known.currentIndex()].fields)]

    def _written(self) -> Asked:
        names = [field for field, _, _ in _KNOWN[self.known.currentIndex()].fields]
        values = dict(zip(names, (field.text().strip() for field in self._asked()), strict=True))
        count = self.count.text().strip()
        return Asked(**values, over=f"{count}{list(_UNITS)[self.unit.currentIndex()]}" if count else "")
