"""The main window: the views in their docks, the controls above them, and what the menus do."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenuBar, QVBoxLayout, QWidget

from explorer.app import facts, loading
from explorer.app.banner import Banner
from explorer.app.chips import ChipBar
from explorer.app.clauses import unmarked
from explorer.app.controls import label
from explorer.app.docks import Docks
from explorer.app.drops import DropTarget
from explorer.app.filter_bar import FilterBar
from explorer.app.import_status import ImportStatus
from explorer.app.importing import Imported, Importer
from explorer.app.menus import EDIT, FILE, HELP, Menus
from explorer.app.messages import show_errors
from explorer.app.sentence_bar import SentenceBar
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.domain.origins import Overrides
from explorer.domain.schema import DatedPrices
from explorer.domain.selection import Source
from explorer.domain.tables import table
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.style import GRID
from explorer.tasks import Task
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.app.exports import Exports

LoadPrices = Callable[[], tuple[DatedPrices, ...]]

_FIRST_SIZE = (1280, 800)
_NARROWEST = (720, 540)
_TELL_FOR = 6000


class MainWindow(QMainWindow):
    """Shows a session. The leaderboard is there at once, the other views and the prices after the first paint."""

    def __init__(
        self,
        session: Session,
        store_path: Path,
        settings: Settings,
        appearance: Appearance,
        load_prices: LoadPrices | None = None,
    ) -> None:
        super().__init__()
        self.session, self._settings, self._appearance = session, settings, appearance
        self._store_path, self._load_prices, self._prices_task = store_path, load_prices, None
        self._painted, self._prices_wanted = False, False
        self.setObjectName("window")
        self.setMinimumSize(*_NARROWEST)
        self.importer = Importer(store_path, self)
        self.docks = Docks(self, session)
        self._make_top()
        self._make_status()
        self._make_drops()
        self._connect()
        self.docks.all[0].build(session, appearance.style)
        self._restore()
        self._refresh()

    # --- what the window is made of

    def _make_top(self) -> None:
        self.filters = FilterBar(self.session)
        self.chips = ChipBar(self.session)
        self.banner = Banner(self.session)
        self.sentence = SentenceBar(self.session, self.docks, self.tell, self)
        self._bar = QMenuBar()
        self.menus = self._make_menus()
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._bar, self.filters, self.chips, self.banner):
            column.addWidget(widget)
        self.setMenuWidget(top)

    def _make_menus(self) -> Menus:
        slots: dict[str, Callable[[], object]] = {
            "open": self.ask_for_files,
            "export_table": lambda: self._exports().table(),
            "export_picture": lambda: self._exports().picture(),
            "quit": self.close,
            "undo": self.filters.step_back,
            "redo": self.session.redo,
            "copy_table": lambda: self._exports().copy_table(),
            "copy_chart": lambda: self._exports().copy_chart(),
            "copy_sentence": self.sentence.copy,
            "find": self._find,
            "clear_marks": self._clear_marks,
            "attribution": self._edit_attribution,
            "lens": self.filters.toggle_lens,
            "reset_layout": self.docks.reset,
            "key_map": self._show_keys,
            "growth": self._translate_growth,
            "about": self._show_about,
        }
        menus = Menus(self, self._bar, slots)
        menus.menu(say("&File"), FILE)
        menus.menu(say("&Edit"), EDIT)
        menus.view_menu(self.docks.all, self._appearance.choice, self._appearance.choose)
        menus.menu(say("&Help"), HELP)
        return menus

    def _make_status(self) -> None:
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.sentence)
        bar = self.statusBar()
        self._summary = label(say(""), bar)
        self._summary.setContentsMargins(GRID, 0, 0, 0)
        bar.addWidget(self._summary)
        self.import_status = ImportStatus(self.importer, bar)
        bar.addPermanentWidget(self.import_status)

    def _make_drops(self) -> None:
        self._drops = DropTarget(self)
        for widget in (self, *self.docks):
            self._drops.watch(widget)
        self._drops.dropped.connect(self.importer.start)

    def _connect(self) -> None:
        self.banner.open_asked.connect(self.ask_for_files)
        self.importer.imported.connect(self._imported)
        self.importer.failed.connect(self._failed)
        self.importer.cancelled.connect(self._cancelled)
        self.importer.started.connect(self._refresh)
        self.importer.ended.connect(self._refresh)
        self.session.changed.connect(self._refresh)
        self.session.failed.connect(self._failed)
        self.docks.current_changed.connect(self._refresh)
        self._appearance.changed.connect(self._restyle)

    def menuBar(self) -> QMenuBar:
        """Return the menu bar; Qt's own would put a new one in the place of all that is above the views."""
        return self._bar

    # --- starting and ending

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.complete)

    def complete(self) -> None:
        """Build the views that are not there yet, then begin to load the prices."""
        self._painted = True
        self.docks.build(self._appearance.style)
        self.sentence.refresh_later()
        if self._load_prices is not None:
            load, self._load_prices = self._load_prices, None
            task = self._prices_task = Task(lambda _progress: load(), self)
            task.done.connect(self._take_prices)
            task.failed.connect(self._failed)
            self._prices_wanted = True
            task.start()

    def _take_prices(self, lists: tuple[DatedPrices, ...]) -> None:
        # An import that came first brought newer ones.
        if self._prices_wanted:
            self._prices_wanted = False
            self.session.load(self.session.latest.with_prices(lists))

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.geometry):
            self.resize(*_FIRST_SIZE)
        if not self._settings.docks.isEmpty():
            self.restoreState(self._settings.docks)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        self.importer.stop()
        if self._prices_task is not None:
            task, self._prices_task = self._prices_task, None
            task.wait()
        self._settings.geometry = self.saveGeometry()
        self._settings.docks = QByteArray(self.saveState())
        super().closeEvent(event)

    # --- following

    def _refresh(self) -> None:
        dataset, selection = self.session.dataset, self.session.selection
        actions = self.menus.actions
        self.setWindowTitle(tr(facts.title(dataset)))
        self._summary.setText(tr(facts.summary(dataset)))
        actions["undo"].setEnabled(self.session.can_undo)
        actions["redo"].setEnabled(self.session.can_redo)
        actions["clear_marks"].setEnabled(selection.marks_anything)
        actions["lens"].setChecked(selection.lens)
        actions["lens"].setEnabled(dataset.source is Source.RANKINGS)
        idle = not self.importer.running
        actions["open"].setEnabled(idle)
        actions["attribution"].setEnabled(idle)
        self.banner.open.setEnabled(idle)
        self._drops.enabled = idle
        title = self.docks.current.view.title
        actions["copy_table"].setText(tr(say("Copy &table: {view}", view=title)))
        actions["copy_chart"].setText(tr(say("Copy &chart: {view}", view=title)))
        actions["copy_sentence"].setText(tr(say("Copy s&entence: {view}", view=title)))
        actions["export_table"].setText(tr(say("Export &table: {view}…", view=title)))

    def _restyle(self) -> None:
        self.docks.set_style(self._appearance.style)

    def tell(self, message: Message) -> None:
        """Say in the status bar what was done."""
        self.statusBar().showMessage(tr(message), _TELL_FOR)

    # --- what the menus do

    def ask_for_files(self) -> None:
        """Ask which files to import, and import them."""
        kinds = (say("Rankings, prices and figures (*.csv *.json)"), say("All files (*)"))
        paths, _ = QFileDialog.getOpenFileNames(
            self, tr(say("Open files to import")), self._settings.folder, ";;".join(tr(kind) for kind in kinds)
        )
        if paths:
            self._settings.folder = str(Path(paths[0]).parent)
            self.importer.start([Path(path) for path in paths])

    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _clear_marks(self) -> None:
        self.session.select(unmarked(self.session.selection))

    def _edit_attribution(self) -> None:
        from explorer.app.attribution_dialog import AttributionDialog  # noqa: PLC0415 - not before the first picture

        AttributionDialog(self.session.dataset.origins, self._keep_overrides, self._settings, self).open()

    def _keep_overrides(self, overrides: Overrides) -> None:
        loading.keep_overrides(self._store_path, overrides)
        dataset = self.session.latest
        self.session.load(dataset.with_origins(dataset.origins.overridden(overrides)))
        kept = say("Attribution kept: captions say where it is yours.")
        self.tell(kept if overrides else say("Attribution is as the program has it."))

    def _exports(self) -> "Exports":
        from explorer.app.exports import Exports  # noqa: PLC0415 - not before the first picture

        self.complete()
        style = self._appearance
        return Exports(self, self.docks, self.session, self._settings, lambda: style.style, self.tell)

    def _show_keys(self) -> None:
        from explorer.app.help import key_map  # noqa: PLC0415

        key_map(self).open()

    def _translate_growth(self) -> None:
        from explorer.app.growth_dialog import GrowthDialog  # noqa: PLC0415

        GrowthDialog(self).open()

    def _show_about(self) -> None:
        from explorer.app.help import about  # noqa: PLC0415

        about(self, table("leaderboard", self.session.dataset, self.session.selection).caption.source).open()

    # --- what an import comes to

    def _imported(self, imported: Imported) -> None:
        if imported.dataset is not None:
            self._prices_wanted = False
            self.session.load(imported.dataset)
        errors = [outcome.error for outcome in imported.outcomes if outcome.error is not None]
        if len(errors) == len(imported.outcomes):
            show_errors(self, errors)
            return
        from explorer.app.report_dialog import ReportDialog  # noqa: PLC0415

        ReportDialog(imported, self).open()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ExplorerError):
            show_errors(self, [error])
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _cancelled(self) -> None:
        self.tell(say("Import cancelled: nothing was changed."))
