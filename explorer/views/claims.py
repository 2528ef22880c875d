"""Claims: printed figures and where they hold, every condition that fits one of them, and what a number could be."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.domain import tables
from explorer.domain.claims import find, listing
from explorer.domain.claims.find import Matches
from explorer.domain.claims.table import COLUMNS, ClaimTable, verdicts
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection
from explorer.domain.table import Caption, Table
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.session import Session
from explorer.style import Style
from explorer.tasks import Latest
from explorer.views.claims_bar import ClaimsBar, Question
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile
from explorer.views.rows.tips import relative
from explorer.views.rows.widget import Rows
from explorer.words import Message, say


def _show(session: Session, table: Table, row: int, add: bool) -> None:
    """Select what reproduces a figure, or comes nearest; nothing where it can't be tested."""
    found = table.selections[row] if isinstance(table, ClaimTable) else None
    if found is not None:
        session.select(found)


def _off(table: Table, row: int, value: Any) -> Message:
    return relative(value, say("from the printed number"), say("There is nothing to compare with."))


def _more(n: int) -> Message:
    return say("… and 1 more figure") if n == 1 else say("… and {n} more figures", n=n)


PROFILE = Profile(
    "claims",
    say("Claims"),
    "claim",
    _show,
    tuple(column.key for column in COLUMNS),
    hidden=frozenset({"printed_value", "found_value", "title", "id", "window_start", "window_end"}),
    dropped=(
        "printed_value",
        "found_value",
        "id",
        "title",
        "scope",
        "window",
        "sums",
        "stated",
        "published",
        "tried",
        "fitting",
        "off",
        "publisher",
        "value",
    ),
    firm=frozenset({"printed", "verdict", "value"}),
    wide=frozenset({"conditions", "sums", "window", "scope", "title"}),
    in_menu={"value": say("Value found"), "fitting": say("Conditions that fit"), "tried": say("Conditions tried")},
    tips={"off": _off},
    more=_more,
    dims=False,
)

draw = partial(sheet.draw, PROFILE)


class ClaimsWidget(QWidget):
    """The claims on screen. What takes long, judging all figures and finding a number, is done in a thread.

    Shows all figures; or, for one of them, every condition that fits; or what a typed number could be.
    """

    settled = Signal()
    """What was under way is done and on screen."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session = session
        self._judged: Dataset | None = None
        self._last: ClaimTable | None = None
        self._fits = ""
        self._found: Matches | Message | None = None
        self._searched: Dataset | None = None
        self._judging, self._finding = Latest(self), Latest(self)
        self.bar = ClaimsBar(self)
        self.rows = Rows(session, style, PROFILE, self, derive=self._derive)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.setAccessibleName(tr(PROFILE.title))
        self._connect()
        self.set_style(style)

    def _connect(self) -> None:
        self.bar.asked.connect(self._find)
        self.bar.fits_wanted.connect(self._show_fits)
        self.bar.all_wanted.connect(self._show_all)
        self._judging.done.connect(self._take_verdicts)
        self._judging.failed.connect(_reraise)
        self._judging.ended.connect(self.rows.renew)
        self._finding.done.connect(self._take_matches)
        self._finding.failed.connect(self._take_fault)
        self._session.changed.connect(self._forget_other_data)

    @property
    def is_busy(self) -> bool:
        """Whether `table` would have to wait for what is under way."""
        return self._shows_figures and self._judging.running

    def table(self) -> Table:
        """Return the table on screen; verdicts still being worked out are waited for."""
        if self._shows_figures and self._judged is not self._session.dataset:
            self._judging.stop()
            self._take_verdicts(_judged(self._session.dataset, unheard))
        return self.rows.table()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self.bar.set_style(style)
        self.rows.set_style(style)

    # --- which table is on screen

    @property
    def _shows_figures(self) -> bool:
        return not self._fits and self._found is None

    def _derive(self, dataset: Dataset, selection: Selection) -> Table:
        if isinstance(self._found, Message):
            return _sentence(say("Find a number"), self._found)
        if self._found is not None:
            return _chosen(find.table(dataset, self._found), selection)
        if self._judged is not dataset:
            return self._meanwhile(dataset)
        if self._fits:
            verdict = next((v for v in verdicts(dataset) if v.figure.id == self._fits), None)
            if verdict is not None:
                return _chosen(listing.fits(dataset, verdict), selection)
        self._last = cast(ClaimTable, tables.table("claims", dataset, selection))
        return self._last

    def _meanwhile(self, dataset: Dataset) -> Table:
        """Begin to judge a dataset; until that is done show the verdicts on the same usage, if there are any."""
        if self.isVisible() and not self._judging.running:
            self._judging.start(partial(_judged, dataset))
        if self._last is not None and self._judged is not None and self._judged.cube is dataset.cube:
            return self._last
        waiting = say("Checking {n} printed figures against the rankings …", n=len(dataset.figures))
        return _sentence(say("Where do the printed figures hold?"), waiting)

    def _show_fits(self) -> None:
        row = self.rows.current
        if self._last is not None and row is not None and len(self.rows.table()):
            self._fits = self._last.ids[row]
            self._turn()

    def _show_all(self) -> None:
        self._finding.stop()
        self._fits, self._found = "", None
        self._turn()

    def _turn(self) -> None:
        self.bar.show_way_back(not self._shows_figures)
        self.rows.renew()

    def _forget_other_data(self) -> None:
        """What was found in other data is no answer any more."""
        if self._found is not None and self._searched is not self._session.dataset:
            self._show_all()

    # --- what comes out of a thread

    def _take_verdicts(self, dataset: Dataset) -> None:
        self._judged = dataset
        self.rows.renew()
        self.settled.emit()

    def _find(self, question: Question) -> None:
        dataset = self._searched = self._session.dataset
        window = dataset.window(self._session.selection) if question.in_window else None
        self._found = say("Looking for {text} …", text=question.number)
        self._turn()
        self._finding.start(partial(find.find, dataset, question.number, question.entity, window))

    def _take_matches(self, found: Matches) -> None:
        self._found = found
        self._turn()
        self.settled.emit()

    def _take_fault(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            raise error
        self._found = say("{what} {remedy}", what=error.what, remedy=error.remedy or say(""))
        self._turn()
        self.settled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        self._judging.stop()
        if self._finding.running:
            self._show_all()
        super().hideEvent(event)


def _reraise(error: Exception) -> None:
    raise error


def _judged(dataset: Dataset, progress: Progress) -> Dataset:
    """Work out all verdicts, so that they are at hand, and return whose they are."""
    verdicts(dataset, progress)
    return dataset


def _sentence(title: Message, words: Message) -> Table:
    """Return a table without rows that says something in their place."""
    caption = Caption(title, say("printed figures"), say("rankings"), say(""))
    return ClaimTable(COLUMNS, {column.key: () for column in COLUMNS}, (), caption, empty=words)


def _chosen(table: ClaimTable, selection: Selection) -> ClaimTable:
    """Return a table of conditions with the row marked that the selection shows."""
    shown = (id_ for id_, found in zip(table.ids, table.selections, strict=True) if found == selection)
    return replace(table, marked=frozenset(shown))


def widget(session: Session, style: Style) -> QWidget:
    """Return the widget of claims, which follows the session."""
    return ClaimsWidget(session, style)
