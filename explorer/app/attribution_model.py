"""The rows of a sheet as Qt's table model: who says them, what is amiss, and what a search leaves of them."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from explorer.app.attribution_rows import Row, Sheet
from explorer.drawing.translate import tr
from explorer.words import Message, say

_SET_BY = say("Set by")
_PROGRAM, _USER, _AMISS = say("Program"), say("You"), say("You, to correct")

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """A sheet as a table, with a last column that says who set the row; emits `edited` after each change."""

    edited = Signal()

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self._searched = ""
        self._bold = QFont()
        self._bold.setBold(True)
        self._look_again()
        self._shown = list(range(len(sheet.rows)))

    # --- what there is

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.sheet.form.fields) + 1

    def row(self, place: int) -> int:
        """Return which row of the sheet stands at a place of the table."""
        return self._shown[place]

    def place(self, row: int) -> int | None:
        """Return where a row of the sheet stands in the table, None where a search hides it."""
        return self._shown.index(row) if row in self._shown else None

    def problem(self, row: int, field: int) -> Message | None:
        """Return what is wrong with a field of a row of the sheet."""
        return self._problems.get(row, {}).get(field)

    @property
    def first_problem(self) -> tuple[int, int] | None:
        """Row and field of the first thing that is wrong."""
        return next(((row, min(fields)) for row, fields in sorted(self._problems.items())), None)

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows are the user's, and how many of them are to correct."""
        return len(self.sheet.own()), len(self._problems)

    def is_own(self, row: int) -> bool:
        """Return whether a row of the sheet is the user's."""
        return self.sheet.rows[row].key in self._changed

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        fields = self.sheet.form.fields
        if section == len(fields):
            return tr(_SET_BY)
        return tr(fields[section].title if role == _Role.DisplayRole else fields[section].hint)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        row, field = self._shown[index.row()], index.column()
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(row, field)
        if role == _Role.FontRole and self.is_own(row):
            return self._bold
        if role == _Role.ToolTipRole:
            problem = self.problem(row, field)
            return tr(problem) if problem else self.sheet.rows[row].note
        return None

    def _text(self, row: int, field: int) -> str:
        if field < len(self.sheet.form.fields):
            return self.sheet.rows[row].values[field]
        if not self.is_own(row):
            return "" if self.sheet.rows[row].blank else tr(_PROGRAM)
        return tr(_AMISS if row in self._problems else _USER)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.column() < len(self.sheet.form.fields) and self.sheet.editable(
            self._shown[index.row()], index.column()
        ):
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual

    # --- what changes it

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or index.column() >= len(self.sheet.form.fields):
            return False
        self.edit(self._shown[index.row()], index.column(), str(value))
        return True

    def edit(self, row: int, field: int, text: str) -> None:
        """Change one text of a row of the sheet."""
        self.sheet.edit(row, field, text)
        self.recheck()
        self.edited.emit()

    def recheck(self) -> None:
        """Look again who says what and what is amiss, after a change here or in another sheet."""
        self._look_again()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, self.columnCount() - 1))

    def search(self, text: str) -> None:
        """Show the rows that have all words of `text`."""
        self.beginResetModel()
        self._searched = text
        self._show()
        self.endResetModel()

    def add(self) -> int:
        """Add an empty row, end the search that would hide it, and return where it is in the sheet."""
        self.beginResetModel()
        row = self.sheet.add()
        self._searched = ""
        self._show()
        self.endResetModel()
        self.edited.emit()
        return row

    def put_back(self, row: int) -> None:
        """Put what the program says in the place of a row of the sheet."""
        self.beginResetModel()
        self.sheet.revert(row)
        self._show()
        self.endResetModel()
        self.edited.emit()

    def merge(self, rows: Iterable[Row]) -> None:
        """Take rows from elsewhere as the user's."""
        self.beginResetModel()
        self.sheet.merge(rows)
        self._show()
        self.endResetModel()
        self.edited.emit()

    def _show(self) -> None:
        self._look_again()
        words = self._searched.casefold().split()
        texts = (" ".join(row.values).casefold() for row in self.sheet.rows)
        self._shown = [i for i, text in enumerate(texts) if all(word in text for word in words)]

    def _look_again(self) -> None:
        self._changed = self.sheet.changed_keys()
        self._problems = self.sheet.problems()
