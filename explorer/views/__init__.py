"""The views: one file and one line in VIEWS each. A view's module is imported when it is first needed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explorer.domain.table import Table
from explorer.session import Session
from explorer.style import Style
from explorer.words import Message, say

Draw = Callable[[QPainter, QRectF, Table, Style], None]


class ViewWidget(Protocol):
    """What the window and the contract test know of a view's widget (always a QWidget)."""

    def table(self) -> Table:
        """Return the table on screen: as sorted and filtered there."""
        ...

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        ...


class ViewModule(Protocol):
    """What a view's module offers: `draw` paints its table into a rectangle, at any size, without a window."""

    draw: Draw

    def widget(self, session: Session, style: Style) -> QWidget:
        """Return the view's widget, which follows the session."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """A view: its key (as in TABLES and on the command line), which names its module too, and its title.

    `beside` is the key of the view whose tab it is at the first start, "" where it has a place of its own.
    """

    key: str
    title: Message
    beside: str = ""

    def load(self) -> ViewModule:
        """Import and return the view's module; chart libraries are slow to import, so not before it is shown."""
        return cast(ViewModule, import_module(f"explorer.views.{self.key}"))


VIEWS = (
    View("leaderboard", say("Leaderboard")),
    View("share", say("Country share")),
    View("prices", say("Prices")),
    View("claims", say("Claims"), "leaderboard"),
    View("leads", say("Lead changes"), "leaderboard"),
    View("drivers", say("What drove the change"), "leaderboard"),
    View("price_history", say("Price history"), "prices"),
    View("price_usage", say("Price and use"), "prices"),
    View("price_skill", say("Price and skill"), "prices"),
    View("workload", say("Workload cost"), "prices"),
    View("spend", say("Spend share"), "prices"),
    View("snapshots", say("Snapshots"), "leaderboard"),
    View("restatements", say("Restatements"), "leaderboard"),
)
