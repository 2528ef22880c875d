"""Snapshots: which files the numbers come from, and a calendar of the days they cover. A click brushes days."""

from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from explorer.domain import tables
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.periods import Span
from explorer.domain.selection import Selection, Variants
from explorer.domain.snapshot_days import cover, is_at_hand
from explorer.domain.snapshots_table import SnapshotTable, reading, unread
from explorer.domain.table import Table
from explorer.drawing.calendar import DayCalendar, natural_height
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.tasks import Latest
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile
from explorer.views.rows.widget import Rows
from explorer.views.snapshots_calendar import CalendarWidget
from explorer.words import Message, say

SAVE, REMOVE, PUT_BACK = "save", "remove", "put_back"
BACK_UP, RESTORE, COMPACT = "back_up", "restore", "compact"
"""What `SnapshotsWidget.asked` asks for; these three are about the whole store."""

_CALENDAR = 0.42
"""The calendar is at most so much of the height of the view, and of a picture."""


def _brush_days(session: Session, table: Table, row: int, add: bool) -> None:
    """Brush the days of a snapshot of rankings; other snapshots have none."""
    days = cast(SnapshotTable, table).cover.of.get(table.ids[row])
    if days:
        session.select(session.selection.but(brush=Span(days[0], days[-1])))


def _more(n: int) -> Message:
    return say("… and 1 more snapshot") if n == 1 else say("… and {n} more snapshots", n=n)


PROFILE = Profile(
    "snapshots",
    say("Snapshots"),
    "name",
    _brush_days,
    (
        "name",
        "as_of",
        "first_day",
        "last_day",
        "days",
        "days_shown",
        "days_alone",
        "rows",
        "format",
        "source",
        "basis",
        "licence",
        "sha256",
        "imported_at",
        "as_of_stated",
    ),
    hidden=frozenset({"as_of_stated"}),
    dropped=(
        "as_of_stated",
        "imported_at",
        "sha256",
        "source",
        "licence",
        "days_alone",
        "basis",
        "format",
        "rows",
        "first_day",
        "days",
    ),
    more=_more,
    dims=False,
    points=True,
)


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint the calendar, where the table has one and there is room, and the snapshots below it."""
    below = QRectF(rect)
    if isinstance(table, SnapshotTable) and table.cover.days:
        high = min(natural_height(table.cover.days, rect.width(), style), rect.height() * _CALENDAR)
        place = QRectF(rect.left(), rect.top(), rect.width(), high)
        calendar = DayCalendar(table.cover.days, place, style, table.brush)
        if calendar.pitch:
            calendar.paint(painter)
            below.setTop(place.bottom() + style.px(1.5 * GRID))
    sheet.draw(PROFILE, painter, below, table, style)


class SnapshotsWidget(QWidget):
    """Buttons, the calendar, and the snapshots; `asked` says what a person wants done: (action, sha256 or "")."""

    asked = Signal(str, str)

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session, self._style = session, style
        self.calendar = CalendarWidget(style, self)
        self._reading = Latest(self)
        self._waits = False
        self._fault: tuple[Dataset, ExplorerError] | None = None
        self.rows = Rows(session, style, PROFILE, self, derive=self._derive)
        self._strip = QWidget(self)
        self._strip.setAutoFillBackground(True)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        self.this = self._button(row, say("Snapshot"), say("Save the current row's snapshot as a file, or remove it"))
        self._menu_of_this = QMenu(self.this)
        self._menu_of_this.aboutToShow.connect(self._fill)
        self.this.setMenu(self._menu_of_this)
        self.store = self._button(row, say("Store"), say("Back up, restore or compact the store; put snapshots back"))
        of_store = QMenu(self.store)
        for action, title in _OF_STORE.items():
            of_store.addAction(tr(title)).triggered.connect(partial(self._ask, action, ""))
        self.store.setMenu(of_store)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.calendar)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.setAccessibleName(tr(PROFILE.title))
        self.rows.installEventFilter(self)
        self.calendar.picked.connect(self._brush)
        self._reading.done.connect(self._take)
        self._reading.failed.connect(_reraise)
        session.changed.connect(self._follow)

    def _button(self, row: QHBoxLayout, title: Message, tip: Message) -> QPushButton:
        button = QPushButton(tr(title), self._strip)
        button.setToolTip(tr(tip))
        button.setAutoDefault(False)
        row.addWidget(button)
        return button

    def table(self) -> Table:
        """Return the table on screen, rows in the order they have there; snapshots being read are waited for."""
        shown = self.rows.table()
        if self._waits:
            self._reading.stop()
            self._take(_read(self._whole, unheard))
            shown = self.rows.table()
        if isinstance(shown, SnapshotTable):
            return shown
        own = self._domain
        return SnapshotTable(
            shown.columns,
            shown.values,
            shown.ids,
            shown.caption,
            shown.marked,
            shown.empty,
            cover=own.cover,
            brush=own.brush,
            called=own.called,
        )

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self._style = style
        self.calendar.set_style(style)
        self.rows.set_style(style)
        self._fit()

    @property
    def _domain(self) -> SnapshotTable:
        return cast(SnapshotTable, self._as_far_as_read(self._session.dataset, self._session.selection))

    @property
    def is_busy(self) -> bool:
        """Whether `table` would have to wait for what is under way."""
        return self._reading.running

    # --- reading the snapshots, in a thread

    @property
    def _whole(self) -> Dataset:
        """The dataset whose snapshots are read: however it is looked at, they are the same."""
        return self._session.dataset.read(Known.NOW, Variants.APART)

    @property
    def _is_read(self) -> bool:
        return is_at_hand(self._whole)

    def _derive(self, dataset: Dataset, selection: Selection) -> Table:
        self._waits = bool(dataset.provenance) and not self._is_read and not self._is_faulty
        if self._waits and self.isVisible():
            self._reading.start(partial(_read, self._whole))
        return self._as_far_as_read(dataset, selection)

    def _as_far_as_read(self, dataset: Dataset, selection: Selection) -> Table:
        if self._is_read or not dataset.provenance:
            return tables.table(PROFILE.view, dataset, selection)
        if self._fault is not None and self._is_faulty:
            return unread(dataset, self._fault[1])
        return reading(dataset)

    @property
    def _is_faulty(self) -> bool:
        """Whether the snapshots of this dataset could not be read when last tried."""
        return not self._is_read and self._fault is not None and self._fault[0] is self._whole

    def _take(self, found: object) -> None:
        self._fault = (self._whole, found) if isinstance(found, ExplorerError) else None
        self.rows.renew()
        if self.isVisible():
            self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        self._reading.stop()
        super().hideEvent(event)

    # --- following

    def _follow(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        table = self._domain
        self.calendar.show_table(table)
        self.this.setEnabled(len(table) > 0)
        self._fit()

    def _fit(self) -> None:
        self.calendar.take_room(self.width(), self.height() * _CALENDAR)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fault = None  # which may have passed
        self.rows.renew()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._fit()

    def _brush(self, days: Span, continued: bool) -> None:
        self._session.select(self._session.selection.but(brush=days), continued=continued)

    # --- what can be done with a snapshot

    def menu(self, sha256: str) -> QMenu:
        """Return the menu of a snapshot, which names it, and of the columns."""
        found = QMenu(self)
        found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_actions(found, sha256)
        found.addSeparator()
        columns = self.rows.chooser()
        columns.setTitle(tr(say("Columns")))
        found.addMenu(columns)
        return found

    def _add_actions(self, menu: QMenu, sha256: str) -> None:
        name = dict(self._domain.called)[sha256].replace("&", "&&")
        save, remove = say("&Save {file} as…", file=name), say("&Remove {file}…\tDel", file=name)
        for action, title in ((SAVE, save), (REMOVE, remove)):
            menu.addAction(tr(title)).triggered.connect(partial(self._ask, action, sha256))

    def _fill(self) -> None:
        """Fill the menu of the button with what can be done with the current row."""
        sha256 = self._current()
        self._menu_of_this.clear()
        if sha256 is not None:
            self._add_actions(self._menu_of_this, sha256)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the menu key open the menu of the current row, which has that of the columns in it."""
        by_key = isinstance(event, QContextMenuEvent) and event.reason() is QContextMenuEvent.Reason.Keyboard
        if watched is self.rows and by_key and self._current() is not None:
            self._pop_up()
            return True
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer; the heads of columns have a menu of their own."""
        row = self._row_at(event.pos())
        if row is None:
            event.ignore()
        else:
            self.menu(self.table().ids[row]).popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sha256 = self._current()
        if event.key() == Qt.Key.Key_Delete and sha256 is not None:
            self.asked.emit(REMOVE, sha256)
        else:
            super().keyPressEvent(event)

    def _current(self) -> str | None:
        row = self.rows.current if self._is_read else None
        ids = self._domain.ids
        return ids[row] if row is not None and row < len(ids) else None

    def _pop_up(self) -> None:
        sha256 = self._current()
        if sha256 is not None:
            self.menu(sha256).popup(self.rows.mapToGlobal(self.rows.rect().center()))

    def _ask(self, action: str, sha256: str, checked: bool = False) -> None:
        self.asked.emit(action, sha256)

    def _row_at(self, position: QPoint) -> int | None:
        within = self.rows.viewport().mapFrom(self, position)
        return next((row for row in range(len(self.table())) if self.rows.row_rect(row).contains(within)), None)


_OF_STORE = {
    PUT_BACK: say("&Put a snapshot back…"),
    BACK_UP: say("&Back up…"),
    RESTORE: say("&Restore…"),
    COMPACT: say("&Compact…"),
}


def _read(dataset: Dataset, progress: Progress) -> ExplorerError | None:
    """Read the snapshots behind a dataset, so that they are at hand; return why one can't be read."""
    try:
        cover(dataset, progress)
    except ExplorerError as error:
        return error
    return None


def _reraise(error: Exception) -> None:
    raise error


def widget(session: Session, style: Style) -> QWidget:
    """Return the view's widget, which follows the session."""
    return SnapshotsWidget(session, style)
