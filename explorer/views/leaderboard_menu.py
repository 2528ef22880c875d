"""The menu of a leaderboard's columns: which are shown, and which one the rows are sorted by."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explorer.domain.table import Column, Kind
from explorer.drawing.translate import tr
from explorer.views.leaderboard_columns import MODEL
from explorer.words import Message, say

_NAMES: Mapping[str, Message] = {
    "rank": say("Rank"),
    "rank_change": say("Rank change"),
    "share_of_all": say("Share of all tokens"),
    "input": say("Input price"),
    "output": say("Output price"),
}
"""What columns are called in a menu, where their heads are too terse."""


def chooser(
    parent: QWidget,
    columns: Sequence[Column],
    hidden: Collection[str],
    show: Callable[[str, bool], None],
    sort: Callable[[str], None],
) -> QMenu:
    """Return a menu of columns that calls `show` with a column's key and whether to show it, `sort` with its key."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sorting = QMenu(tr(say("Sort by")), menu)
    for column in columns:
        name = tr(_NAMES.get(column.key, column.label)).replace("&", "&&")
        shows = QAction(name, menu)
        shows.setCheckable(True)
        shows.setChecked(column.key not in hidden)
        shows.setEnabled(column.key != MODEL)
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
