"""The views in their docks: a placeholder until a view is first seen, as its module may be slow to import."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from explorer.domain.table import Table
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.views import VIEWS, View, ViewModule, ViewWidget
from explorer.words import say

_LOWEST = 18 * GRID
"""Every view can be made so low, lest the views of a low window overlap; captions then give way to the drawing."""


class ViewDock(QDockWidget):
    """One view. `prepare` lets it make its widget once it is in sight, `build` at once; until then it keeps its place.

    What is out of sight, behind another tab or closed, is hidden, so that a view need not ask more than that.
    """

    asked = Signal(str, str)
    """What a view asks of the program: an action, and the sha256 of a snapshot or ""."""

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(tr(view.title), parent)
        self.view = view
        self.setObjectName(view.key)
        self.setAccessibleName(tr(view.title))
        self._needs: tuple[Session, Style] | None = None
        self._seen = False
        self._module: ViewModule | None = None
        self._shown: ViewWidget | None = None
        placeholder = QWidget(self)
        placeholder.setBackgroundRole(QPalette.ColorRole.Base)
        placeholder.setAutoFillBackground(True)
        _keep_room(placeholder)
        self.setWidget(placeholder)
        self.visibilityChanged.connect(self._take_sight)

    def prepare(self, session: Session, style: Style) -> None:
        """Make the view's widget if the dock is in sight, else once it is."""
        self._needs = (session, style)
        if self._seen:
            self.build(session, style)

    def build(self, session: Session, style: Style) -> None:
        """Make the view's widget, unless it is there already."""
        self._needs = (session, style)
        if self._module is not None:
            return
        self._module = self.view.load()
        made = self._module.widget(session, style)
        if made.focusPolicy() is Qt.FocusPolicy.NoFocus:
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if not made.accessibleName():
            made.setAccessibleName(tr(say("{view} view", view=self.view.title)))
        placeholder = self.widget()
        _keep_room(made)
        made.setMinimumHeight(_LOWEST)
        self.setWidget(made)
        made.setVisible(self._seen)
        placeholder.deleteLater()
        asked = getattr(made, "asked", None)
        if asked is not None:
            asked.connect(self.asked)
        self._shown = made  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def module(self) -> ViewModule:
        """The view's module, imported if it was not."""
        return self._module or self.view.load()

    def table(self) -> Table:
        """Return the table on screen, or that would be if the view were in sight; RuntimeError before `prepare`."""
        if self._shown is None and self._needs is not None:
            self.build(*self._needs)
        if self._shown is None:
            raise RuntimeError(f"{self.view.key} is not prepared")
        return self._shown.table()

    @property
    def is_busy(self) -> bool:
        """Whether the view works out in a thread what it will show."""
        return bool(getattr(self._shown, "is_busy", False))

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        if self._needs is not None:
            self._needs = (self._needs[0], style)
        if self._shown is not None:
            self._shown.set_style(style)

    def _take_sight(self, seen: bool) -> None:
        self._seen = seen
        if seen and self._needs is not None:
            self.build(*self._needs)
        self.widget().setVisible(seen)


def _keep_room(content: QWidget) -> None:
    """Let a hidden widget count in the layout as if it were shown."""
    policy = content.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    content.setSizePolicy(policy)


_LEADERBOARD_SHARE, _CHART_SHARE = 44, 50
"""How many hundredths of the width, and of the height beside it, the first layout gives them."""


class Docks(QObject):
    """All views of a window: where they are, and which of them the keyboard was in last."""

    current_changed = Signal()

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.all = tuple(ViewDock(view, window) for view in VIEWS)
        self._current = self.all[0]
        window.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.tabifiedDockWidgetActivated.connect(self._follow_tab)
        self.reset()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def __iter__(self) -> Iterator[ViewDock]:
        return iter(self.all)

    @property
    def current(self) -> ViewDock:
        """The view that had the keyboard last, or the first one that is open."""
        if not self._current.isHidden():
            return self._current
        return next((dock for dock in self.all if not dock.isHidden()), self._current)

    @property
    def in_sight(self) -> tuple[str, ...]:
        """The keys of the views that are neither closed nor behind another one's tab."""
        return tuple(dock.view.key for dock in self.all if not dock.isHidden() and not dock.widget().isHidden())

    def build(self, style: Style) -> None:
        """Make the widgets of all views in sight that have none yet, and of each other view once it is in sight."""
        for dock in self.all:
            dock.prepare(self._session, style)

    def reset(self) -> None:
        """Put the docks where they are at the first start: the views of rows as tabs left, chart and prices right."""
        by_key = {dock.view.key: dock for dock in self.all}
        leaderboard, share, prices = (by_key[key] for key in ("leaderboard", "share", "prices"))
        for dock in self.all:
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, leaderboard)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, share)
        self._window.splitDockWidget(share, prices, Qt.Orientation.Vertical)
        for dock in self.all:
            if dock.view.beside:
                self._window.tabifyDockWidget(by_key[dock.view.beside], dock)
        for dock in self.all:
            dock.show()
        for front in (leaderboard, prices):
            front.raise_()
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._window.resizeDocks([leaderboard, share], [_LEADERBOARD_SHARE, 100 - _LEADERBOARD_SHARE], across)
        self._window.resizeDocks([share, prices], [_CHART_SHARE, 100 - _CHART_SHARE], down)

    def set_style(self, style: Style) -> None:
        """Draw all views in another style from now on."""
        for dock in self.all:
            dock.set_style(style)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._make_current(next((dock for dock in self.all if new is not None and dock.isAncestorOf(new)), None))

    def _follow_tab(self, chosen: QDockWidget) -> None:
        self._make_current(next((dock for dock in self.all if dock is chosen), None))

    def _make_current(self, dock: ViewDock | None) -> None:
        if dock is not None and dock is not self._current:
            self._current = dock
            self.current_changed.emit()
