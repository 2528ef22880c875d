"""Workload cost: what a day of calls costs with every model. A click marks a model, B makes it the baseline."""

from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from explorer.domain import tables, units
from explorer.domain.table import Table
from explorer.domain.workload import Workload
from explorer.domain.workload_table import WorkloadTable
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile, mark_model, more_models
from explorer.views.rows.widget import Rows
from explorer.views.workload_strip import WorkloadStrip
from explorer.words import Message, say


def _dollars(table: Table, row: int, value: float | None) -> Message:
    if value is None:
        return say("No price is known.")
    exact = f"{value:,.6f}".rstrip("0").rstrip(".").replace(",", units.THIN)
    return say("${dollars}", dollars=exact)


def _break_even(table: Table, row: int, value: float | None) -> Message:
    if value is None:
        return say("One of the two is cheaper, or both cost the same, however much of a call is output.")
    return say("With {share} of a call's tokens output it costs what the baseline costs.", share=units.percent(value))


PROFILE = Profile(
    "workload",
    say("Workload cost"),
    "model",
    mark_model,
    (
        "model",
        "country",
        "per_day",
        "per_month",
        "multiple",
        "break_even",
        "tier",
        "cache_known",
        "input",
        "output",
        "cached",
        "source",
        "price_date",
        "author",
    ),
    hidden=frozenset({"author", "input", "output", "cached"}),
    dropped=("source", "price_date", "tier", "cache_known", "break_even", "country", "multiple", "per_month"),
    firm=frozenset({"source"}),
    in_menu={
        "multiple": say("Multiple of the baseline's cost"),
        "tier": say("Price of a tier"),
        "cache_known": say("Cache price is stated"),
    },
    tips={"per_day": _dollars, "per_month": _dollars, "break_even": _break_even},
    more=more_models,
)

draw = partial(sheet.draw, PROFILE)


class WorkloadWidget(QWidget):
    """The strip that says which work, and the rows that say what it costs."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session = session
        self.strip = WorkloadStrip(self)
        self.rows = Rows(session, style, PROFILE, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.setAccessibleName(tr(PROFILE.title))
        self.strip.changed.connect(self._ask)
        session.changed.connect(self._follow)
        self.set_style(style)
        self._follow()

    def table(self) -> Table:
        """Return the table on screen."""
        return self.rows.table()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self.strip.set_style(style)
        self.rows.set_style(style)

    def _follow(self) -> None:
        self.strip.show_workload(self._session.selection.pricing.workload)

    def _ask(self, workload: Workload, continued: bool) -> None:
        now = self._session.selection
        self._session.select(now.but(pricing=replace(now.pricing, workload=workload)), continued=continued)

    # --- the baseline

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.rows.current
        if event.key() == Qt.Key.Key_B and not event.modifiers() and row is not None:
            self._compare_with(self._costs.ids[row])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer; the heads of columns have a menu of their own."""
        row = self._row_at(event.pos())
        if row is None:
            event.ignore()
        else:
            self.menu(row).popup(event.globalPos())

    def menu(self, row: int) -> QMenu:
        """Return the menu of a row of the table on screen."""
        found = QMenu(self)
        found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        model = self.table().ids[row]
        action = found.addAction(tr(say("Use as baseline\tB")))
        action.setEnabled(model != self._costs.baseline)
        action.triggered.connect(partial(self._compare_with, model))
        return found

    @property
    def _costs(self) -> WorkloadTable:
        """The domain's own table, whose rows are in its own order."""
        found = tables.table(PROFILE.view, self._session.dataset, self._session.selection)
        return cast(WorkloadTable, found)

    def _compare_with(self, model: str, checked: bool = False) -> None:
        self._session.select(self._session.selection.but(baseline=model))

    def _row_at(self, position: QPoint) -> int | None:
        within = self.rows.viewport().mapFrom(self, position)
        return next((row for row in range(len(self.table())) if self.rows.row_rect(row).contains(within)), None)


def widget(session: Session, style: Style) -> QWidget:
    """Return the widget of workload costs, which follows the session."""
    return WorkloadWidget(session, style)
