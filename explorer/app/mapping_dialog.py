"""What the columns of an unknown table mean: its first rows, a choice over each column, and what would be imported."""

from collections.abc import Mapping as Dictionary
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.app.controls import label, name
from explorer.domain.column_mapping import Mapping, Yield
from explorer.domain.units import exact
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.sources import any_table
from explorer.sources.any_table import Doubt, Grid, Guess
from explorer.sources.any_table.dates import FORMATS
from explorer.style import GRID
from explorer.tasks import Latest
from explorer.words import Message, say

FIRST_ROWS = 20
MOST_COLUMNS = 100
"""So many columns are shown, and those beyond that the guess maps."""
_SIZE = (960, 700)
_LONGEST = 60
_NARROWEST, _WIDEST = 148, 240

_ROLES: Dictionary[str, Message] = {
    "": say("Not used"),
    "date": say("Date"),
    "model": say("Model"),
    "variant": say("Variant"),
    "tokens": say("Tokens, all"),
    "prompt": say("Prompt tokens"),
    "completion": say("Completion tokens"),
    "reasoning": say("Reasoning tokens"),
    "input_price": say("Input price, $"),
    "output_price": say("Output price, $"),
}
_CHOOSE = say("Choose…")
_FORMATS: Dictionary[str, tuple[Message, Dictionary[str, Message]]] = {
    "date_format": (say("Dates"), {"": _CHOOSE, **{each.key: each.words for each in FORMATS}}),
    "decimal": (say("Numbers"), {"": _CHOOSE, ".": say("1,234.5 (point)"), ",": say("1.234,5 (comma)")}),
    "token_unit": (
        say("Tokens in"),
        {
            "": say("single tokens"),
            "thousand": say("thousands"),
            "million": say("millions"),
            "billion": say("billions"),
            "trillion": say("trillions"),
        },
    ),
    "price_unit": (
        say("Prices for"),
        {"": _CHOOSE, "token": say("one token"), "thousand": say("1,000 tokens"), "million": say("1,000,000 tokens")},
    ),
}
_COUNTING = say("Counting what would be imported…")


class MappingDialog(QDialog):
    """Asks what the columns of `table` mean, the guess preselected; `mapped(Mapping)` is emitted on Import."""

    mapped = Signal(object)

    def __init__(self, table: Grid, guess: Guess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._mapping = table, guess.mapping
        self._open = tuple(each for each in guess.doubts if each.about)
        self._columns = _shown(table, guess.mapping)
        self._said: dict[str, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(say("Import a table")))
        self._trial = Latest(self)
        self._trial.done.connect(self._count)
        self._trial.failed.connect(self._fail)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        for text in self._heads():
            column.addWidget(_wrapped(text, self))
        self.roles: dict[str, QComboBox] = {}
        self.rows = self._make_rows()
        column.addWidget(self.rows, 1)
        self.formats: dict[str, QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        column.addLayout(self._make_formats())
        self.state, self.cited = _wrapped(say(""), self), _wrapped(say(""), self)
        self.state.setAccessibleName(tr(say("What would be imported")))
        for widget in (self.state, self.cited):
            widget.setMinimumHeight(self.fontMetrics().lineSpacing())
            column.addWidget(widget)
        column.addWidget(self._make_buttons())
        self.resize(*_SIZE)
        self._show(guess.mapping)
        self._try()

    # --- what it is made of

    def _heads(self) -> tuple[Message, ...]:
        found = [
            say(
                "{file}: {kind}, {rows} rows, {columns} columns. Say what the columns are; it is remembered for every "
                "table with this heading.",
                file=self._table.name,
                kind=self._table.kind,
                rows=exact(len(self._table.rows)),
                columns=exact(len(self._table.heading)),
            )
        ]
        if len(self._columns) < len(self._table.heading):
            found.append(say("The first {n} columns are shown.", n=len(self._columns)))
        return tuple(found)

    def _make_rows(self) -> QTableWidget:
        first = self._table.rows[:FIRST_ROWS]
        made = QTableWidget(len(first) + 1, len(self._columns), self)
        made.setAccessibleName(tr(say("First rows")))
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setTabKeyNavigation(False)
        made.setWordWrap(False)
        made.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID // 2)
        made.setVerticalHeaderLabels(["", *(str(number) for number, _ in first)])
        for place, heading in enumerate(self._columns):
            made.setHorizontalHeaderItem(place, QTableWidgetItem(_cut(heading)))
            made.setCellWidget(0, place, self._make_role(heading))
            at = self._table.heading.index(heading)
            for row, (_, values) in enumerate(first, 1):
                value = values[at]
                cell = QTableWidgetItem("" if value is None else _cut(str(value)))
                if any_table.is_number(value):
                    cell.setTextAlignment(_RIGHT)
                made.setItem(row, place, cell)
        made.resizeColumnsToContents()
        for place in range(made.columnCount()):
            made.setColumnWidth(place, min(max(made.columnWidth(place) + GRID, _NARROWEST), _WIDEST))
        made.setRowHeight(0, made.cellWidget(0, 0).sizeHint().height() + GRID // 2)
        return made

    def _make_role(self, heading: str) -> QComboBox:
        made = _choice(_ROLES, self)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        made.view().setMinimumWidth(_WIDEST)
        name(made, say("Meaning of the column {column}", column=_cut(heading)))
        made.activated.connect(partial(self._choose, heading))
        self.roles[heading] = made
        return made

    def _make_formats(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for field, (title, options) in _FORMATS.items():
            made, words = _choice(options, self), label(title, self)
            words.setBuddy(made)
            name(made, title)
            made.activated.connect(partial(self._choose_format, field))
            self.formats[field], self._labels[field] = made, words
            row.addWidget(words)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(tr(say("Import")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        cancel = buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- choosing

    @property
    def mapping(self) -> Mapping:
        """What is chosen at this moment."""
        return self._mapping

    def _choose(self, heading: str, index: int) -> None:
        """Give a column its meaning; another column that had it has none any more."""
        role = self.roles[heading].itemData(index)
        changes = {each: "" for each, column in self._mapping.columns.items() if column == heading}
        if role:
            changes[role] = heading
        if role == "date":
            self._said.pop("date_format", None)
        formats = dict.fromkeys(_FORMATS, "") | self._said
        self._mapping, doubts = any_table.filled_in(self._table, replace(self._mapping, **formats, **changes))
        self._open = doubts
        self._show(self._mapping)
        self._try()

    def _choose_format(self, field: str, index: int) -> None:
        self._said[field] = self.formats[field].itemData(index)
        self._mapping = replace(self._mapping, **{field: self._said[field]})
        self._open = tuple(each for each in self._open if each.about != field)
        self._show(self._mapping)
        self._try()

    def _show(self, mapping: Mapping) -> None:
        """Show a mapping; what is in doubt is not preselected."""
        meaning = {column: role for role, column in mapping.columns.items()}
        for heading, choice in self.roles.items():
            choice.setCurrentIndex(choice.findData(meaning.get(heading, "")))
        asked = {each.about for each in self._open}
        needed = {
            "date_format": bool(mapping.date) and (bool(mapping.date_format) or "date_format" in asked),
            "decimal": mapping.counts or mapping.prices,
            "token_unit": mapping.counts,
            "price_unit": mapping.prices,
        }
        for field, choice in self.formats.items():
            choice.setCurrentIndex(choice.findData("" if field in asked else getattr(mapping, field)))
            for widget in (choice, self._labels[field]):
                widget.setVisible(needed[field])

    def _unsettled(self) -> Doubt | None:
        return next((each for each in self._open if each.about in _FORMATS), None)

    def _try(self) -> None:
        """Count what would be imported, in a thread; where something is missing, say what."""
        self.ok.setEnabled(False)
        self.cited.setText("")
        fault, doubt = self._mapping.fault(self._table.heading), self._unsettled()
        if fault is not None or doubt is not None:
            self._trial.stop()
            self.state.setText(tr(fault or (doubt.words if doubt else _COUNTING)))
            return
        self.state.setText(tr(_COUNTING))
        self._trial.start(partial(any_table.rehearse, self._table, self._mapping))

    def _count(self, found: Yield) -> None:
        self.ok.setEnabled(True)
        hint = next((each.words for each in self._open if each.about), None)
        self.state.setText(tr(found.words if hint is None else say("{counts} {hint}", counts=found.words, hint=hint)))
        self.cited.setText(tr(say("{citation}", citation=found.citation)))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            raise error
        self.state.setText(tr(error.sentence))

    # --- the end

    def accept(self) -> None:
        """Hand the mapping over and close."""
        if self.ok.isEnabled():
            self.mapped.emit(self._mapping)
            super().accept()

    def done(self, result: int) -> None:
        """Close, with nothing left under way."""
        self._trial.stop()
        super().done(result)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _shown(table: Grid, mapping: Mapping) -> tuple[str, ...]:
    used = set(mapping.columns.values())
    return tuple(each for place, each in enumerate(table.heading) if place < MOST_COLUMNS or each in used)


def _choice(options: Dictionary[str, Message], parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    for key, words in options.items():
        made.addItem(tr(words), key)
    return made


def _wrapped(message: Message, parent: QWidget) -> QLabel:
    made = label(message, parent)
    made.setWordWrap(True)
    return made


def _cut(text: str) -> str:
    text = "".join(each if each.isprintable() else " " for each in text[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
