"""What the menus hold, as data: one line an action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from explorer.app import theme
from explorer.app.docks import ViewDock
from explorer.app.settings import ThemeChoice
from explorer.drawing.translate import tr
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Entry:
    """An action: `key` names it in the program, `keys` are its shortcuts, the first one shown in the menu.

    A `checkable` one shows whether what it names is on.
    """

    key: str
    title: Message
    keys: tuple[str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    checkable: bool = False


SEPARATOR = Entry("", say(""))

FILE = (
    Entry("open", say("&Open…"), ("Ctrl+O",)),
    Entry("save_view", say("&Save view"), ("Ctrl+S",)),
    Entry("save_view_as", say("Save view &as…")),
    SEPARATOR,
    Entry("update", say("&Update"), ("Ctrl+U",)),
    Entry("api_key", say("API &key…")),
    Entry("watched_folder", say("&Watched folder…")),
    SEPARATOR,
    Entry("export_table", say("Export &table…"), ("Ctrl+E",)),
    Entry("export_picture", say("Export &picture…"), ("Ctrl+Shift+E",)),
    Entry("report", say("&Report…"), ("Ctrl+R",)),
    SEPARATOR,
    Entry("quit", say("&Quit"), ("Ctrl+Q",), QAction.MenuRole.QuitRole),
)
EDIT = (
    Entry("undo", say("&Undo"), ("Ctrl+Z",)),
    Entry("redo", say("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Entry("undo_remove", say("Undo re&move of a snapshot")),
    SEPARATOR,
    Entry("copy_table", say("Copy &table"), ("Ctrl+C",)),
    Entry("copy_chart", say("Copy &chart"), ("Ctrl+Shift+C",)),
    Entry("copy_sentence", say("Copy s&entence"), ("Ctrl+Shift+S",)),
    SEPARATOR,
    Entry("find", say("&Search models"), ("Ctrl+F",)),
    Entry("clear_marks", say("Clear &marks"), ("Esc",)),
    SEPARATOR,
    Entry("attribution", say("&Attribution…"), ("Ctrl+Shift+A",)),
)
HELP = (
    Entry("key_map", say("&Key map"), ("F1", "?")),
    Entry("growth", say("&Growth translator…"), ("Ctrl+G",)),
    Entry("about", say("&About Tokenshare Explorer"), (), QAction.MenuRole.AboutRole),
)
LENS = Entry("lens", say("&Scopes side by side"), ("Ctrl+L",), checkable=True)
RESET = Entry("reset_layout", say("&Reset layout"))


class Menus:
    """The menu bar and its actions by key."""

    def __init__(self, window: QMainWindow, bar: QMenuBar, slots: Mapping[str, Callable[[], object]]) -> None:
        self._window, self._bar, self._slots = window, bar, slots
        self.actions: dict[str, QAction] = {}

    def menu(self, title: Message, entries: tuple[Entry, ...] = ()) -> QMenu:
        """Add a menu of some entries."""
        menu = self._bar.addMenu(tr(title))
        for entry in entries:
            self.add(menu, entry)
        return menu

    def add(self, menu: QMenu, entry: Entry) -> None:
        """Add one entry to a menu."""
        if entry is SEPARATOR:
            menu.addSeparator()
            return
        action = QAction(tr(entry.title), self._window)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(entry.role)
        action.setCheckable(entry.checkable)
        action.triggered.connect(self._slots[entry.key])
        menu.addAction(action)
        self._window.addAction(action)
        self.actions[entry.key] = action

    def view_menu(
        self, docks: tuple[ViewDock, ...], current: ThemeChoice, choose: Callable[[ThemeChoice], object]
    ) -> QMenu:
        """Add the menu of docks, the lens, layout and theme."""
        menu = self.menu(say("&View"))
        for dock in docks:
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        self.add(menu, LENS)
        menu.addSeparator()
        self.add(menu, RESET)
        themes = menu.addMenu(tr(say("&Theme")))
        group = QActionGroup(self._window)
        for choice, title in theme.NAMES.items():
            action = themes.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(choice is current)
            action.triggered.connect(lambda _checked, choice=choice: choose(choice))
            group.addAction(action)
            self.actions[f"theme_{choice.value}"] = action
        return menu
