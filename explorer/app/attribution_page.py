"""One table of the attribution dialog, and below it the fields of its current row with what is amiss beside them."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.app.attribution_model import SheetModel
from explorer.app.attribution_rows import Sheet
from explorer.app.controls import explain, label, name
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import Message, say

_FIELD_WIDTH = 32 * GRID
_NOTE = say("Known from")
_YOURS = say("You; no reason given")
_FIXED = say("Of the program: add a row for another")


class SheetPage(QWidget):
    """A table of rows, the fields of the current one, and buttons that add and revert rows and go to files."""

    def __init__(self, title: Message, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.model = SheetModel(sheet, self)
        self._row: int | None = None
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        self.table = self._make_table()
        column.addWidget(self.table, 1)
        self.fields: list[QLineEdit] = []
        self.said: list[QLabel] = []
        column.addLayout(self._make_fields())
        column.addLayout(self._make_buttons())
        self.model.modelReset.connect(self._reselect)
        self.model.dataChanged.connect(self._refresh)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.go_to(0)

    def _make_table(self) -> QTableView:
        made = QTableView(self)
        made.setModel(self.model)
        name(made, self.title)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        made.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        made.setTabKeyNavigation(False)
        made.setShowGrid(False)
        made.setWordWrap(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(3 * GRID)
        head = made.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for section in (0, self.model.columnCount() - 1):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        made.activated.connect(self._enter_fields)
        return made

    def _make_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(2, 1)
        for place, field in enumerate(self.model.sheet.form.fields):
            edit = QLineEdit(self)
            name(edit, field.title, field.hint)
            edit.setFixedWidth(_FIELD_WIDTH)
            edit.textEdited.connect(partial(self._edit, place))
            heading = label(field.title, self)
            heading.setBuddy(edit)
            said = label(field.hint, self)
            for where, widget in enumerate((heading, edit, said)):
                grid.addWidget(widget, place, where)
            self.fields.append(edit)
            self.said.append(said)
        rows = len(self.fields)
        self.note = label(say(""), self)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addWidget(label(_NOTE, self), rows, 0)
        grid.addWidget(self.note, rows, 1, 1, 2)
        return grid

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.add = self._button(say("&Add row"), say("Add a row of your own"))
        self.revert = self._button(say("&Revert row"), say("Take your row back: what the program says counts again"))
        self.take_in = self._button(say("&Import…"), say("Read rows of this table from a CSV file, as yours"))
        self.give_out = self._button(say("&Export…"), say("Write your rows of this table to a CSV file"))
        for button in (self.add, self.revert):
            row.addWidget(button)
        row.addStretch()
        for button in (self.take_in, self.give_out):
            row.addWidget(button)
        self.add.clicked.connect(self._add)
        self.revert.clicked.connect(self._revert)
        return row

    def _button(self, title: Message, tip: Message) -> QPushButton:
        button = QPushButton(tr(title), self)
        button.setAutoDefault(False)
        button.setToolTip(tr(tip))
        return button

    def go_to(self, row: int, field: int | None = None) -> None:
        """Make a row of the sheet that no search hides the current one, and put the keyboard into a field of it."""
        place = self.model.place(row)
        if place is not None:
            index = self.model.index(place, 0)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        if field is not None:
            self.fields[field].setFocus()

    # --- what is current

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._row = self.model.row(index.row()) if index.isValid() else None
        self._refresh()

    def _reselect(self) -> None:
        rows = self.model.rowCount()
        place = None if self._row is None else self.model.place(min(self._row, len(self.model.sheet.rows) - 1))
        self._row = None
        if rows:
            self.table.setCurrentIndex(self.model.index(place or 0, 0))
        self._refresh()

    def _refresh(self) -> None:
        """Show the texts of the current row and, beside each, what is amiss or else what to write there."""
        row, sheet = self._row, self.model.sheet
        for place, (field, edit, said) in enumerate(zip(sheet.form.fields, self.fields, self.said, strict=True)):
            text = sheet.rows[row].values[place] if row is not None else ""
            if text != edit.text():
                edit.setText(text)
            editable = row is not None and sheet.editable(row, place)
            edit.setEnabled(editable)
            problem = self.model.problem(row, place) if row is not None else None
            words = problem or (field.hint if editable or row is None else _FIXED)
            _show(said, words, amiss=problem is not None)
            edit.setAccessibleDescription(tr(words))
        note = sheet.rows[row].note if row is not None else ""
        if row is not None and not note and self.model.is_own(row):
            note = tr(_YOURS)
        self.note.setText(note)
        explain(self.note, note)
        own, amiss = self.model.counts
        self.revert.setEnabled(row is not None and (self.model.is_own(row) or sheet.rows[row].blank))
        self.give_out.setEnabled(own > 0 and not amiss)

    def _edit(self, field: int, text: str) -> None:
        if self._row is not None:
            self.model.edit(self._row, field, text)

    def _enter_fields(self) -> None:
        if self._row is not None:
            first = next(i for i in range(len(self.fields)) if self.model.sheet.editable(self._row, i))
            self.fields[first].setFocus()

    def _add(self) -> None:
        self.go_to(self.model.add(), 0)

    def _revert(self) -> None:
        if self._row is not None:
            self.model.put_back(self._row)
            self.table.setFocus()


def _show(said: QLabel, message: Message, *, amiss: bool) -> None:
    """Show a sentence: bold where something is amiss, quiet where it is a hint."""
    said.setText(tr(message))
    font = QFont(said.font())
    font.setBold(amiss)
    said.setFont(font)
    said.setForegroundRole(QPalette.ColorRole.WindowText if amiss else QPalette.ColorRole.PlaceholderText)
