"""The menu of columns: which are shown, and which one the rows are sorted by."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explorer.domain.table import Kind, Table
from explorer.drawing.translate import tr
from explorer.views.rows.profile import Profile
from explorer.words import say


def chooser(
    parent: QWidget,
    profile: Profile,
    table: Table,
    hidden: Collection[str],
    show: Callable[[str, bool], None],
    sort: Callable[[str], None],
) -> QMenu:
    """Return a menu of columns that calls `show` with a column's key and whether to show it, `sort` with its key."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sorting = QMenu(tr(say("Sort by")), menu)
    for column in profile.shown(table, ()):
        name = tr(profile.in_menu.get(column.key, column.label)).replace("&", "&&")
        shows = QAction(name, menu)
        shows.setCheckable(True)
        shows.setChecked(column.key not in hidden)
        shows.setEnabled(column.key != profile.named_by)
        shows.toggled.connect(partial(show, column.key))
        menu.addAction(shows)
        if column.kind is not Kind.SERIES:
            sorts = QAction(name, sorting)
            sorts.triggered.connect(partial(_sort, sort, column.key))
            sorting.addAction(sorts)
    menu.addSeparator()
    menu.addMenu(sorting)
    return menu


def _sort(sort: Callable[[str], None], key: str, checked: bool = False) -> None:
    sort(key)
