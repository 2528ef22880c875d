"""What an import did, file by file."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.app.controls import label
from explorer.app.importing import Imported, Outcome
from explorer.domain.snapshot import ImportReport
from explorer.domain.units import exact
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import Message, say

_MOST_LINES = 1000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FILE, _RESULT = say("File"), say("Result")

_COUNTS: tuple[tuple[Message, Message, Callable[[ImportReport], int]], ...] = (
    (say("Rows read"), say("Rows in the file"), lambda report: report.provenance.rows + len(report.skipped)),
    (say("Days"), say("Days the file speaks of"), lambda report: report.days),
    (say("New"), say("Rows for a day and model the store did not have"), lambda report: report.new),
    (say("Restated"), say("Rows that differ from what was shown before"), lambda report: report.restated),
    (say("Unchanged"), say("Rows that say the same again"), lambda report: report.unchanged),
    (say("Skipped"), say("Rows left out, with their reasons below"), lambda report: len(report.skipped)),
)


class ReportDialog(QDialog):
    """The counts of every file, and below them every line left out and every file refused, with the reason."""

    def __init__(self, imported: Imported, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(say("Import report")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        words = label(headline(imported), self)
        words.setWordWrap(True)
        column.addWidget(words)
        self.table = self._counts(imported.outcomes)
        column.addWidget(self.table)
        self.details = QPlainTextEdit("\n".join(tr(line) for line in details(imported)), self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr(say("Details")))
        self.details.setMaximumHeight(20 * GRID)
        self.details.setVisible(bool(self.details.toPlainText()))
        column.addWidget(self.details)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(tr(say("Close")), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        close.setFocus()
        buttons.accepted.connect(self.accept)
        column.addWidget(buttons)
        self.resize(self._width(), self.sizeHint().height())

    def _counts(self, outcomes: tuple[Outcome, ...]) -> QTableWidget:
        made = QTableWidget(len(outcomes), len(_COUNTS) + 2, self)
        made.setAccessibleName(tr(say("Files")))
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setTabKeyNavigation(False)
        made.verticalHeader().hide()
        heads = ((_FILE, _FILE), *((title, tip) for title, tip, _ in _COUNTS), (_RESULT, _RESULT))
        for place, (title, tip) in enumerate(heads):
            head = _cell(tr(title))
            head.setToolTip(tr(tip))
            made.setHorizontalHeaderItem(place, head)
        for row, outcome in enumerate(outcomes):
            made.setItem(row, 0, _cell(outcome.path.name))
            for place, (_, _, count) in enumerate(_COUNTS, 1):
                cell = _cell(exact(count(outcome.report)) if outcome.report else "")
                cell.setTextAlignment(_RIGHT)
                made.setItem(row, place, cell)
            made.setItem(row, len(_COUNTS) + 1, _cell(tr(_result(outcome))))
        made.resizeColumnsToContents()
        for place in range(1, made.columnCount()):
            made.setColumnWidth(place, made.columnWidth(place) + GRID)
        made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = min(len(outcomes), 8)
        made.setMinimumHeight(made.horizontalHeader().sizeHint().height() + rows * made.rowHeight(0) + 2 * GRID)
        return made

    def _width(self) -> int:
        names = [cell.text() for row in range(self.table.rowCount()) if (cell := self.table.item(row, 0))]
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in names), default=0)
        rest = sum(self.table.columnWidth(column) for column in range(1, self.table.columnCount()))
        return min(rest + min(longest, 360) + 8 * GRID, 1000)


def _cell(text: str) -> QTableWidgetItem:
    return QTableWidgetItem(text)


def _result(outcome: Outcome) -> Message:
    if outcome.error is not None:
        return say("not imported")
    if outcome.report is None:
        return say("cancelled")
    return say("was there already") if outcome.report.duplicate else say("imported")


def headline(imported: Imported) -> Message:
    """Return the report in one line; an update brings its own sentence."""
    if imported.sentence is not None:
        return imported.sentence
    done = sum(1 for o in imported.outcomes if o.report and not o.report.duplicate)
    count = len(imported.outcomes)
    if any(o.report is None and o.error is None for o in imported.outcomes):
        return say("Cancelled. {done} of {count} files had been imported before and stay.", done=done, count=count)
    refused = sum(1 for o in imported.outcomes if o.error is not None)
    if refused and not done:
        return say("{refused} of {count} files were refused, the rest was there already.", refused=refused, count=count)
    if not done:
        return say("Nothing new: the store has all of this already.")
    return say("{done} of {count} files imported.", done=done, count=count)


def details(imported: Imported) -> Iterator[Message]:
    """Yield one line for every file refused and every row left out, in the order of the files."""
    lines = 0
    for outcome in imported.outcomes:
        if outcome.error is not None:
            yield outcome.error.sentence
        yield from outcome.report.notes if outcome.report else ()
        for skipped in outcome.report.skipped if outcome.report else ():
            lines += 1
            if lines > _MOST_LINES:
                yield say("… and more rows left out.")
                return
            yield say("{file}, {place}: {reason}", file=outcome.path.name, place=skipped.place, reason=skipped.reason)
