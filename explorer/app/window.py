"""The main window: the views in their docks, the controls above them, and what the menus do."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QMenuBar, QVBoxLayout, QWidget

from explorer.app import facts, loading
from explorer.app.banner import Banner
from explorer.app.chips import ChipBar
from explorer.app.clauses import unmarked
from explorer.app.controls import label
from explorer.app.data_bar import DataBar
from explorer.app.docks import Docks
from explorer.app.drops import DropTarget
from explorer.app.filter_bar import FilterBar
from explorer.app.import_status import ImportStatus
from explorer.app.imported import Imported, Outcome
from explorer.app.importing import Importer
from explorer.app.menus import EDIT, FILE, HELP, Menus
from explorer.app.messages import show_errors
from explorer.app.recent import RecentFiles
from explorer.app.sentence_bar import SentenceBar
from explorer.app.settings import Settings
from explorer.app.store_watch import Follower, StoreWatch
from explorer.app.theme import Appearance
from explorer.app.watched_dialog import WatchedDialog, WatchedStatus
from explorer.app.watched_folder import WatchedFolder
from explorer.app.workspaces import Hands, Workspaces
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Overrides
from explorer.domain.schema import DatedPrices
from explorer.domain.selection import Source
from explorer.domain.tables import table
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.session import Session
from explorer.sources.any_table import UnmappedError
from explorer.style import GRID
from explorer.tasks import Task
from explorer.upstream.quota import Quota
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.app.exports import Exports
    from explorer.app.keeping import Keeping
    from explorer.app.mapping_queue import MappingQueue

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
        self._opening: tuple[Path, ...] = ()
        self._follower: Follower | None = None
        self._keeping: Keeping | None = None
        self.setObjectName("window")
        self.setMinimumSize(*_NARROWEST)
        self.importer = Importer(store_path, self)
        self._unmapped_tables: MappingQueue | None = None
        self._quota = Quota()
        self.docks = Docks(self, session)
        hands = Hands(self.importer, self._keep_overrides, self.tell)
        self.workspaces = Workspaces(self, self.docks, session, settings, store_path, hands)
        self.watched = WatchedFolder(settings, self.importer, self)
        self._make_top()
        self._make_status()
        self._make_drops()
        self._connect()
        self.docks.all[0].build(session, appearance.style)
        self._restore()
        self._refresh()

    # --- what the window is made of

    def _make_top(self) -> None:
        self.data_bar = DataBar()
        self.filters = FilterBar(self.session)
        self.chips = ChipBar(self.session)
        self.banner = Banner(self.session)
        self.sentence = SentenceBar(self.session, self.docks, self.tell, self)
        self._bar = QMenuBar()
        self.menus = self._make_menus()
        self.data_bar.follow(self.menus.actions["open"], self.menus.actions["update"])
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self._bar, 1)
        first.addWidget(self.data_bar)
        column.addLayout(first)
        for widget in (self.filters, self.chips, self.banner):
            column.addWidget(widget)
        self.setMenuWidget(top)

    def _make_menus(self) -> Menus:
        slots: dict[str, Callable[[], object]] = {
            "open": self.ask_for_files,
            "save_view": self.workspaces.save,
            "save_view_as": self.workspaces.save_as,
            "watched_folder": self._watch_folder,
            "update": self.update_data,
            "api_key": self._edit_key,
            "export_table": lambda: self._exports().table(),
            "export_picture": lambda: self._exports().picture(),
            "report": self._write_report,
            "quit": self.close,
            "undo": self.filters.step_back,
            "redo": self.session.redo,
            "undo_remove": self._undo_remove,
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
        file = menus.menu(say("&File"), FILE)
        self.recent = RecentFiles(self._settings, self.workspaces.open, self)
        file.insertMenu(menus.actions["save_view"], self.recent.menu)
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
        self.watched_status = WatchedStatus(self.watched, bar)
        self.watched_status.clicked.connect(self._watch_folder)
        bar.addPermanentWidget(self.watched_status)

    def _make_drops(self) -> None:
        self._drops = DropTarget(self)
        for widget in (self, *self.docks):
            self._drops.watch(widget)
        self._drops.dropped.connect(self.workspaces.open)

    def _connect(self) -> None:
        self.banner.open_asked.connect(self.ask_for_files)
        self.importer.imported.connect(self._imported)
        self.importer.failed.connect(self._import_failed)
        self.importer.cancelled.connect(self._cancelled)
        self.importer.started.connect(self._refresh)
        self.importer.ended.connect(self._refresh)
        self.session.changed.connect(self._refresh)
        self.session.failed.connect(self._failed)
        self.workspaces.opened.connect(self.recent.add)
        self.workspaces.saved.connect(self.recent.add)
        self.importer.imported.connect(self.recent.add_imported)
        self.watched.told.connect(self.tell)
        for dock in self.docks:
            dock.asked.connect(self._keep)
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
        opening, self._opening = self._opening, ()
        self.workspaces.open(opening)
        self.watched.begin()

    def open_first(self, paths: Sequence[Path]) -> None:
        """Open some files once the views are there."""
        self._opening = tuple(paths)

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

    def follow(self, watch: StoreWatch) -> None:
        """Show from now on what other copies of the program make of the store."""
        self._follower = Follower(watch, self._store_path, self.session, self.importer, self)
        self._follower.fresh.connect(self._follow)
        self._follower.failed.connect(self._failed)

    def _follow(self, dataset: Dataset) -> None:
        self._prices_wanted = False
        self.session.load(dataset)
        self.tell(say("The store was changed elsewhere: this is what it holds now."))

    def closeEvent(self, event: QCloseEvent, /) -> None:
        if self._follower is not None:
            self._follower.close()
        self.watched.end()
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
        actions["update"].setEnabled(idle)
        actions["attribution"].setEnabled(idle)
        undoable = self._keeping.undoable if self._keeping is not None else ""
        actions["undo_remove"].setEnabled(idle and bool(undoable))
        if undoable:
            actions["undo_remove"].setText(tr(say("Undo re&move of {file}", file=undoable.replace("&", "&&"))))
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
        """Ask which files to open: data is imported, a saved view is shown."""
        kinds = (
            say("Data and tables (*.csv *.json *.tsv *.txt *.xlsx *.ods *.parquet *.jsonl *.ndjson)"),
            say("Saved views and exported ones (*.tokenshare *.png *.svg *.pdf *.pptx *.xlsx *.csv)"),
            say("All files (*)"),
        )
        paths, _ = QFileDialog.getOpenFileNames(
            self, tr(say("Open files to import")), self._settings.folder, ";;".join(tr(kind) for kind in kinds)
        )
        if paths:
            self._settings.folder = str(Path(paths[0]).parent)
            self.workspaces.open([Path(path) for path in paths])

    def update_data(self) -> None:
        """Fetch what the store lacks from OpenRouter."""
        from explorer.app.update_job import update_job  # noqa: PLC0415 - nothing of the network before it is asked for

        self.importer.begin(update_job(self._store_path, self._quota))

    def _edit_key(self) -> None:
        from explorer.app.key_dialog import KeyDialog  # noqa: PLC0415

        KeyDialog(self).open()

    def _watch_folder(self) -> None:
        WatchedDialog(self.watched, self._settings, self).open()

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

    def _keep(self, action: str, sha256: str) -> None:
        """Do what a view asks for with a snapshot or the store."""
        if self._keeping is None:
            from explorer.app.keeping import Keeping  # noqa: PLC0415 - not before the first picture

            self._keeping = Keeping(self, self.importer, self.session, self._settings, self._store_path)
            self._keeping.removed_changed.connect(self._refresh)
        self._keeping.ask(action, sha256)

    def _undo_remove(self) -> None:
        if self._keeping is not None:
            self._keeping.undo()

    def _exports(self) -> "Exports":
        from explorer.app.exports import Exports  # noqa: PLC0415 - not before the first picture

        self.complete()
        style = self._appearance
        return Exports(self, self.docks, self.session, self._settings, lambda: style.style, self.tell)

    def _write_report(self) -> None:
        from explorer.app.report_wizard import ReportWizard  # noqa: PLC0415 - not before the first picture

        self.complete()
        ReportWizard(self.session, self.docks.in_sight, self._settings, self.tell, self).open()

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
        if self._keeping is not None and (done := self._keeping.take(imported)) is not None:
            self.tell(done)
            return
        if self.watched.take(imported):
            return
        rest = self._unmapped(imported.outcomes)
        if imported.outcomes and not rest:
            return
        imported = replace(imported, outcomes=rest)
        errors = [outcome.error for outcome in imported.outcomes if outcome.error is not None]
        if imported.sentence is not None:
            self.tell(imported.sentence)
        if errors and len(errors) == len(imported.outcomes):
            show_errors(self, errors)
            return
        from explorer.app.report_dialog import ReportDialog  # noqa: PLC0415

        ReportDialog(imported, self).open()

    def _unmapped(self, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        """Ask what the columns of unknown tables mean, then import those; return the other outcomes."""
        if not any(isinstance(outcome.error, UnmappedError) for outcome in outcomes):
            return outcomes
        from explorer.app.mapping_queue import MappingQueue  # noqa: PLC0415 - not before the first picture

        if self._unmapped_tables is None:
            self._unmapped_tables = MappingQueue(self._store_path, self)
            self._unmapped_tables.ready.connect(self.importer.start)
        return self._unmapped_tables.ask(outcomes)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ExplorerError):
            show_errors(self, [error])
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _import_failed(self, error: Exception) -> None:
        if not self.watched.take_failure(error):
            self._failed(error)

    def _cancelled(self) -> None:
        self.watched.take_cancelled()
        if self.importer.job is not None:
            self.tell(self.importer.job.cancelled)
