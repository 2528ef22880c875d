"""Restatements: what two snapshots say differently of the same days. A click goes to the day and marks the model."""

from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explorer.domain import tables
from explorer.domain.periods import Span
from explorer.domain.restatements import RestatementTable
from explorer.domain.schema import OTHER
from explorer.domain.snapshot import Provenance
from explorer.domain.table import Table
from explorer.domain.units import MINUS, exact
from explorer.domain.wording import day_words
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile
from explorer.views.rows.widget import Rows
from explorer.words import Message, say


def _go_there(session: Session, table: Table, row: int, add: bool) -> None:
    """Brush the day of a row and mark its model, as one step; the unnamed rest is no model."""
    shown = cast(RestatementTable, table)
    day, model = shown.days[row], shown.models[row]
    now = session.selection.but(brush=Span(day, day))
    if model != OTHER:
        now = now.without("countries", "authors", "models").but(
            models=session.selection.models ^ {model} if add else frozenset({model})
        )
    session.select(now)


def _tokens(table: Table, row: int, value: int | None) -> Message:
    if value is None:
        return say("The snapshot does not name the model on this day.")
    return say("{n} tokens", n=exact(value))


def _part(table: Table, row: int, value: float | None) -> Message:
    if value is None:
        return say("Nothing to compare with: the first snapshot has no tokens there.")
    change = f"{value * 100:+.6g}".replace("-", MINUS)
    return say("{change} % of the tokens in the first snapshot", change=change)


def _more(n: int) -> Message:
    return say("… and 1 more change") if n == 1 else say("… and {n} more changes", n=n)


PROFILE = Profile(
    "restatements",
    say("Restatements"),
    "model",
    _go_there,
    ("date", "model", "what", "first", "second", "change", "change_part"),
    dropped=("first", "what", "second", "change_part"),
    tips={"first": _tokens, "second": _tokens, "change_part": _part},
    more=_more,
)

draw = partial(sheet.draw, PROFILE)


class RestatementsWidget(QWidget):
    """The choice of the two snapshots, and below it what changed between them."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session = session
        self._offered: tuple[Provenance, ...] = ()
        self._strip = QWidget(self)
        self._strip.setAutoFillBackground(True)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        self.earlier = self._choice(row, say("From"), say("The first of the two snapshots"))
        self.later = self._choice(row, say("To"), say("The second of the two snapshots"))
        self.swap = QPushButton(tr(say("Swap")), self._strip)
        self.swap.setToolTip(tr(say("Exchange the two snapshots")))
        self.swap.setAutoDefault(False)
        self.swap.clicked.connect(self._swap)
        row.addWidget(self.swap)
        self.rows = Rows(session, style, PROFILE, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.setAccessibleName(tr(PROFILE.title))
        self._strip.hide()
        session.changed.connect(self._follow)

    def _choice(self, row: QHBoxLayout, title: Message, tip: Message) -> QComboBox:
        choice = QComboBox(self._strip)
        choice.setAccessibleName(tr(tip))
        choice.setToolTip(tr(tip))
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choice.setMinimumWidth(10 * GRID)
        choice.activated.connect(self._choose)
        label = QLabel(tr(title), self._strip)
        label.setBuddy(choice)
        row.addWidget(label)
        row.addWidget(choice, 1)
        return choice

    def table(self) -> Table:
        """Return the table on screen."""
        return self.rows.table()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self.rows.set_style(style)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer()

    def _follow(self) -> None:
        if self.isVisible():
            self._offer()

    def _offer(self) -> None:
        """Offer the snapshots there are, and show which two are compared; hide the choice where there is none."""
        shown = self._domain
        if shown.choices != self._offered:
            self._offered = shown.choices
            for choice in (self.earlier, self.later):
                with QSignalBlocker(choice):
                    choice.clear()
                    choice.addItems([tr(_name(each)) for each in shown.choices])
        ids = [each.sha256 for each in shown.choices]
        asked = self._session.selection.compared
        pair = tuple(each.sha256 for each in shown.pair) if shown.pair else asked
        for choice, sha256 in zip((self.earlier, self.later), pair, strict=True):
            with QSignalBlocker(choice):
                choice.setCurrentIndex(ids.index(sha256) if sha256 in ids else -1)
            choice.setToolTip(choice.currentText())
        self.swap.setEnabled(shown.pair is not None)
        self._strip.setVisible(len(shown.choices) > 1)

    @property
    def _domain(self) -> RestatementTable:
        found: Any = tables.table(PROFILE.view, self._session.dataset, self._session.selection)
        return cast(RestatementTable, found)

    def _choose(self, _index: int) -> None:
        chosen = [choice.currentIndex() for choice in (self.earlier, self.later)]
        if min(chosen) >= 0:
            first, second = (self._offered[i].sha256 for i in chosen)
            self._session.select(self._session.selection.but(compared=(first, second)))

    def _swap(self) -> None:
        pair = self._domain.pair
        if pair is not None:
            self._session.select(self._session.selection.but(compared=(pair[1].sha256, pair[0].sha256)))


def _name(snapshot: Provenance) -> Message:
    """Return a snapshot as a choice: of when it is, and its file."""
    if not snapshot.as_of:
        return say("as of not stated · {file}", file=snapshot.name)
    when, time = snapshot.as_of[:10], snapshot.as_of[11:16]
    text = "{day}, {time} · {file}" if time else "{day} · {file}"
    return say(text, day=day_words(date.fromisoformat(when)), time=time, file=snapshot.name)


def widget(session: Session, style: Style) -> QWidget:
    """Return the view's widget, which follows the session."""
    return RestatementsWidget(session, style)
