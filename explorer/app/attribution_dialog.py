"""Attribution: whose models count as whose, by the program's tables and by the user's own rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from explorer.app import attribution_sheets, file_dialogs
from explorer.app.attribution_page import SheetPage
from explorer.app.attribution_rows import Row, said_of
from explorer.app.controls import SearchBox, label
from explorer.app.messages import show_errors
from explorer.app.settings import Settings
from explorer.domain.origins import Origins, Overrides
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.export import attribution_csv, files, table_csv
from explorer.sources.origins import read_origins, read_reveals
from explorer.style import GRID
from explorer.words import say

Save = Callable[[Overrides], object]
"""Keep the user's rows; may raise ExplorerError."""

_SIZE = (1000, 680)
_CSV = say("Table (*.csv)")
_ABOUT = say(
    "Whose models count as whose. A row that you change or add counts instead of the program's; "
    "every caption that it changes says so."
)


@dataclass(frozen=True, slots=True)
class _Files:
    """How one table comes in and goes out."""

    page: SheetPage
    stem: str
    read: Callable[[Path], Iterable[Row]]
    text: Callable[[], str]


class AttributionDialog(QDialog):
    """The tables of authors and of anonymous models. OK hands the user's rows to `save`, Cancel changes nothing."""

    def __init__(self, origins: Origins, save: Save, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._save, self._settings = origins.overrides, save, settings
        self._tables = attribution_sheets.tables(origins)
        self.setWindowTitle(tr(say("Attribution")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        about = label(_ABOUT, self)
        about.setWordWrap(True)
        column.addWidget(about)
        self.search = SearchBox(
            say("Search authors and models"),
            say("Search authors and models"),
            say("Show the rows that have these words in any column"),
            self,
        )
        column.addWidget(self.search)
        self.authors = SheetPage(say("Authors"), self._tables.authors)
        self.reveals = SheetPage(say("Anonymous models"), self._tables.reveals)
        self._both = (self.authors, self.reveals)
        self.pages = self._make_pages()
        column.addWidget(self.pages, 1)
        column.addLayout(self._make_end())
        self._connect()
        self._recheck()
        self.search.setFocus()
        self.resize(*_SIZE)

    def _make_pages(self) -> QTabWidget:
        made = QTabWidget(self)
        made.setAccessibleName(tr(say("Tables")))
        for page in self._both:
            made.addTab(page, tr(page.title))
        return made

    def _make_end(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.state = label(say(""), self)
        row.addWidget(self.state, 1)
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(tr(say("OK")), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons)
        return row

    def _connect(self) -> None:
        ways = (
            _Files(self.authors, "my-authors", self._read_authors, self._authors_text),
            _Files(self.reveals, "my-anonymous-models", _read_reveals, self._reveals_text),
        )
        for way in ways:
            way.page.model.edited.connect(self._recheck)
            way.page.add.clicked.connect(self._end_search)
            way.page.take_in.clicked.connect(partial(self._import, way))
            way.page.give_out.clicked.connect(partial(self._export, way))
        self.search.searched.connect(self._search)

    # --- what is amiss

    def _recheck(self) -> None:
        """Look at both tables again: an author that goes takes its anonymous models along."""
        for page in self._both:
            page.model.recheck()
        self._count()
        counts = [page.model.counts for page in self._both]
        self.state.setText(tr(said_of(sum(own for own, _ in counts), sum(amiss for _, amiss in counts))))

    def _search(self, text: str) -> None:
        for page in self._both:
            page.model.search(text)
        self._count()

    def _count(self) -> None:
        for page in self._both:
            title = say("{title} ({count})", title=page.title, count=page.model.rowCount())
            self.pages.setTabText(self.pages.indexOf(page), tr(title))

    def _end_search(self) -> None:
        self.search.flush()
        self.search.clear()
        self._search("")

    def accept(self) -> None:
        """Keep the user's rows and close; with something amiss, go there instead."""
        for page in self._both:
            if problem := page.model.first_problem:
                self._end_search()
                self.pages.setCurrentWidget(page)
                page.go_to(*problem)
                return
        wanted = self._tables.overrides()
        if wanted == self._before or self._tried(lambda: self._save(wanted)):
            super().accept()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # Return ends the entry of a text; only Ctrl+Return, or Return on OK itself, ends the dialog.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.accept()
            return
        super().keyPressEvent(event)

    # --- files

    def _import(self, way: _Files, _checked: bool = False) -> None:
        path = file_dialogs.open_file(self, say("Import rows"), self._settings.folder, _CSV, say("All files (*)"))
        if path is None:
            return
        self._settings.folder = str(path.parent)
        self._tried(lambda: way.page.model.merge(way.read(path)))

    def _export(self, way: _Files, _checked: bool = False) -> None:
        path = file_dialogs.save_file(self, say("Export rows"), self._settings.folder, f"{way.stem}.csv", _CSV)
        if path is None:
            return
        self._settings.folder = str(path.parent)
        self._tried(lambda: files.write(path, way.text().encode(table_csv.ENCODING)))

    def _read_authors(self, path: Path) -> Iterable[Row]:
        return [attribution_sheets.author_row(self._tables.origins, row) for row in read_origins(path)]

    def _authors_text(self) -> str:
        return attribution_csv.origins_text(self._tables.author_rows())

    def _reveals_text(self) -> str:
        return attribution_csv.reveals_text(self._tables.reveal_rows())

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ExplorerError as error:
            show_errors(self, [error])
            return False
        return True


def _read_reveals(path: Path) -> Iterable[Row]:
    return [attribution_sheets.reveal_row(row) for row in read_reveals(path)]
