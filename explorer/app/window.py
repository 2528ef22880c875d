"""The main window: the views in their docks, the controls above them, and what the menus do."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenuBar, QVBoxLayout, QWidget

from explorer.app import facts
from explorer.app.arrivals import Arrivals, Desk
from explorer.app.banner import Banner
from explorer.app.chips import ChipBar
from explorer.app.commands import Commands
from explorer.app.controls import label
from explorer.app.docks import Docks
from explorer.app.drops import DropTarget
from explorer.app.filter_bar import FilterBar
from explorer.app.import_status import ImportStatus
from explorer.app.importing import Importer
from explorer.app.making import Making
from explorer.app.menus import EDIT, FILE, HELP, Menus
from explorer.app.recent import RecentFiles
from explorer.app.sentence_bar import SentenceBar
from explorer.app.settings import Settings
from explorer.app.store_watch import Follower, StoreWatch
from explorer.app.theme import Appearance
from explorer.app.top_bar import TopBar
from explorer.app.watched_dialog import WatchedStatus
from explorer.app.watched_folder import WatchedFolder
from explorer.app.workspaces import Hands, Workspaces
from explorer.domain.dataset import Dataset
from explorer.domain.schema import DatedPrices
from explorer.domain.selection import Source
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.tasks import Task
from explorer.words import Message, say

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
        self.session, self.settings, self.appearance = session, settings, appearance
        self._store_path, self._load_prices, self._prices_task = store_path, load_prices, None
        self._painted, self._prices_wanted = False, False
        self._opening: tuple[Path, ...] = ()
        self._follower: Follower | None = None
        self.setObjectName("window")
        self.setMinimumSize(*_NARROWEST)
        self.importer = Importer(store_path, self)
        self.commands = Commands(self, store_path)
        self.docks = Docks(self, session)
        hands = Hands(self.importer, self.commands.keep_overrides, self.tell)
        self.workspaces = Workspaces(self, self.docks, session, settings, store_path, hands)
        self.watched = WatchedFolder(settings, self.importer, self)
        desk = Desk(self.importer, self.watched, session, settings, self.show_dataset, self.tell)
        self.arrivals = Arrivals(self, store_path, desk)
        self._make_top()
        self._make_status()
        self._make_drops()
        self._connect()
        self.docks.all[0].build(session, appearance.style)
        self._restore()
        self._refresh()

    # --- what the window is made of

    def _make_top(self) -> None:
        self.top_bar = TopBar(self.session)
        self.filters = FilterBar(self.session)
        self.chips = ChipBar(self.session)
        self.banner = Banner(self.session)
        self.sentence = SentenceBar(self.session, self.docks, self.tell, self)
        self._bar = QMenuBar()
        self.menus = self._make_menus()
        self.top_bar.follow(self.menus.actions)
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.top_bar, 1)
        column.addLayout(first)
        for widget in (self.filters, self.chips, self.banner):
            column.addWidget(widget)
        self.setMenuWidget(top)

    def _make_menus(self) -> Menus:
        do = self.commands
        slots: dict[str, Callable[[], object]] = {
            "open": do.open_files,
            "save_view": self.workspaces.save,
            "save_view_as": self.workspaces.save_as,
            "watched_folder": do.watch_folder,
            "update": do.update,
            "api_key": do.edit_key,
            "export_table": do.export_table,
            "export_picture": do.export_picture,
            "report": do.write_report,
            "quit": self.close,
            "undo": do.undo,
            "redo": self.session.redo,
            "undo_remove": self.arrivals.undo_remove,
            "copy_table": do.copy_table,
            "copy_chart": do.copy_chart,
            "copy_sentence": self.sentence.copy,
            "find": do.find,
            "clear_marks": do.clear_marks,
            "attribution": do.edit_attribution,
            "lens": self.filters.toggle_lens,
            "reset_layout": self.docks.reset,
            "key_map": do.show_keys,
            "growth": do.translate_growth,
            "about": do.show_about,
        }
        menus = Menus(self, self._bar, slots)
        file = menus.menu(say("&File"), FILE)
        self.recent = RecentFiles(self.settings, self.workspaces.open, self)
        file.insertMenu(menus.actions["save_view"], self.recent.menu)
        menus.menu(say("&Edit"), EDIT)
        menus.view_menu(self.docks.all, self.appearance.choice, self.appearance.choose)
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
        self.watched_status.clicked.connect(self.commands.watch_folder)
        bar.addPermanentWidget(self.watched_status)

    def _make_drops(self) -> None:
        self._drops = DropTarget(self)
        for widget in (self, *self.docks):
            self._drops.watch(widget)
        self._drops.dropped.connect(self.workspaces.open)

    def _connect(self) -> None:
        self.banner.open_asked.connect(self.commands.open_files)
        self.importer.started.connect(self._refresh)
        self.importer.ended.connect(self._refresh)
        self.session.changed.connect(self._refresh)
        self.session.failed.connect(self.arrivals.failed)
        self.arrivals.undoable_changed.connect(self._refresh)
        self.workspaces.opened.connect(self.recent.add)
        self.workspaces.saved.connect(self.recent.add)
        self.importer.imported.connect(self.recent.add_imported)
        self.watched.told.connect(self.tell)
        for dock in self.docks:
            dock.asked.connect(self.arrivals.keep)
        self.docks.current_changed.connect(self._refresh)
        self.appearance.changed.connect(self._restyle)

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
        self.docks.build(self.appearance.style)
        self.sentence.refresh_later()
        if self._load_prices is not None:
            load, self._load_prices = self._load_prices, None
            task = self._prices_task = Task(lambda _progress: load(), self)
            task.done.connect(self._take_prices)
            task.failed.connect(self.arrivals.failed)
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

    def show_dataset(self, dataset: Dataset) -> None:
        """Show what the store holds now, its prices included."""
        self._prices_wanted = False
        self.session.load(dataset)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.geometry):
            self.resize(*_FIRST_SIZE)
        if not self.settings.docks.isEmpty():
            self.restoreState(self.settings.docks)

    def follow(self, watch: StoreWatch) -> None:
        """Show from now on what other copies of the program make of the store."""
        self._follower = Follower(watch, self._store_path, self.session, self.importer, self)
        self._follower.fresh.connect(self._follow)
        self._follower.failed.connect(self.arrivals.failed)

    def _follow(self, dataset: Dataset) -> None:
        self.show_dataset(dataset)
        self.tell(say("The store was changed elsewhere: this is what it holds now."))

    def closeEvent(self, event: QCloseEvent, /) -> None:
        if self._follower is not None:
            self._follower.close()
        self.watched.end()
        self.importer.stop()
        for making in self.findChildren(Making):
            making.stop()
        if self._prices_task is not None:
            task, self._prices_task = self._prices_task, None
            task.wait()
        self.settings.geometry = self.saveGeometry()
        self.settings.docks = QByteArray(self.saveState())
        super().closeEvent(event)

    # --- following

    def _refresh(self) -> None:
        dataset, selection = self.session.dataset, self.session.selection
        actions = self.menus.actions
        self.setWindowTitle(tr(facts.title(dataset)))
        self._summary.setText(tr(facts.summary(dataset)))
        actions["redo"].setEnabled(self.session.can_redo)
        actions["clear_marks"].setEnabled(selection.marks_anything)
        actions["lens"].setChecked(selection.lens)
        actions["lens"].setEnabled(dataset.source is Source.RANKINGS)
        idle = not self.importer.running
        actions["open"].setEnabled(idle)
        actions["update"].setEnabled(idle)
        actions["attribution"].setEnabled(idle)
        by_removal = self.arrivals.removal_is_newest
        actions["undo"].setEnabled(idle if by_removal else self.session.can_undo)
        undoable = self.arrivals.undoable
        actions["undo_remove"].setEnabled(idle and bool(undoable))
        if undoable:
            actions["undo_remove"].setText(tr(say("Undo re&move of {file}", file=undoable.replace("&", "&&"))))
        self.banner.open.setEnabled(idle)
        self._drops.enabled = idle
        self.recent.enabled = idle
        title = self.docks.current.view.title
        actions["copy_table"].setText(tr(say("Copy &table: {view}", view=title)))
        actions["copy_chart"].setText(tr(say("Copy &chart: {view}", view=title)))
        actions["copy_sentence"].setText(tr(say("Copy s&entence: {view}", view=title)))
        actions["export_table"].setText(tr(say("Export &table: {view}…", view=title)))

    def _restyle(self) -> None:
        self.docks.set_style(self.appearance.style)

    def tell(self, message: Message) -> None:
        """Say in the status bar what was done."""
        self.statusBar().showMessage(tr(message), _TELL_FOR)
