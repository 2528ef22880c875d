"""Claims: printed figures and where they hold, every condition that fits one of them, and what a number could be."""

from collections.abc import Callable
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
from explorer.progress import Progress
from explorer.session import Session
from explorer.style import Style
from explorer.tasks import Task, Work
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
    hidden=frozenset({"title", "id"}),
    dropped=(
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
        "conditions",
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
        self._task: Task | None = None
        self._judged: Dataset | None = None
        self._last: ClaimTable | None = None
        self._fits: str = ""
        self._found: Matches | Message | None = None
        self.bar = ClaimsBar(self)
        self.rows = Rows(session, style, PROFILE, self, derive=self._derive)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        self.setAccessibleName(tr(PROFILE.title))
        self.bar.asked.connect(self._find)
        self.bar.fits_wanted.connect(self._show_fits)
        self.bar.all_wanted.connect(self._show_all)
        session.changed.connect(self._forget_other_data)
        self.set_style(style)

    def table(self) -> Table:
        """Return the table on screen; what is still being worked out is waited for."""
        if self._shows_figures and self._judged is not self._session.dataset:
            self._stop()
            self._take_verdicts(self._session.dataset)
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
            return _sentence(self._found)
        if self._found is not None:
            return find.table(dataset, self._found)
        if self._judged is not dataset:
            self._judge(dataset)
            same = self._last is not None and self._judged is not None and self._judged.cube is dataset.cube
            return cast(Table, self._last) if same else _sentence(_checking(dataset))
        if self._fits:
            verdict = next((v for v in verdicts(dataset) if v.figure.id == self._fits), None)
            if verdict is not None:
                return listing.fits(dataset, verdict)
        self._last = cast(ClaimTable, tables.table("claims", dataset, selection))
        return self._last

    def _show_fits(self) -> None:
        now = self.rows.table()
        row = self.rows.current
        if isinstance(self._last, ClaimTable) and row is not None and len(now):
            self._fits = self._last.ids[row]
            self._turn()

    def _show_all(self) -> None:
        self._stop()
        self._fits, self._found = "", None
        self._turn()

    def _turn(self) -> None:
        self.bar.show_way_back(not self._shows_figures)
        self.rows.renew()

    def _forget_other_data(self) -> None:
        """What was found in other data is no answer any more."""
        if self._found is not None and self._asked_of is not self._session.dataset:
            self._show_all()

    # --- work in a thread

    _asked_of: Dataset | None = None

    def _judge(self, dataset: Dataset) -> None:
        if self._task is None and self.isVisible():
            self._start(partial(_judged, dataset), self._take_verdicts)

    def _take_verdicts(self, dataset: Dataset) -> None:
        self._judged = dataset
        self.rows.renew()
        self.settled.emit()

    def _find(self, question: Question) -> None:
        self._stop()
        dataset = self._asked_of = self._session.dataset
        window = dataset.window(self._session.selection) if question.in_window else None
        self._found = say("Looking for {text} …", text=question.number)
        self._turn()
        plain = dataset.under(Selection())
        self._start(lambda _: find.find(plain, question.number, question.entity, window), self._take_matches)

    def _take_matches(self, found: Matches) -> None:
        self._found = found
        self._turn()
        self.settled.emit()

    def _start(self, work: Work, take: Callable[[Any], None]) -> None:
        self._task = task = Task(work, self)
        task.done.connect(take)
        task.failed.connect(self._fail)
        task.finished.connect(self._end)
        task.start()

    def _end(self) -> None:
        if self.sender() is self._task:
            self._task = None

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            raise error
        self._found = say("{what} {remedy}", what=error.what, remedy=error.remedy or say(""))
        self._turn()
        self.settled.emit()

    def _stop(self) -> None:
        """Let go of what is under way."""
        task, self._task = self._task, None
        if task is not None:
            task.blockSignals(True)
            task.cancel()
            task.wait()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop()
        super().hideEvent(event)


def _judged(dataset: Dataset, progress: Progress) -> Dataset:
    """Work out all verdicts, so that they are at hand, and return whose they are."""
    verdicts(dataset, progress)
    return dataset


def _checking(dataset: Dataset) -> Message:
    return say("Checking {n} printed figures against the rankings …", n=len(dataset.figures))


def _sentence(words: Message) -> Table:
    """Return a table without rows that says something in their place."""
    caption = Caption(say("Where do the printed figures hold?"), say(""), say(""), say(""))
    return ClaimTable(COLUMNS, {column.key: () for column in COLUMNS}, (), caption, empty=words)


def widget(session: Session, style: Style) -> QWidget:
    """Return the widget of claims, which follows the session."""
    return ClaimsWidget(session, style)
