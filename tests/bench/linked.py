"""From a new Selection to every view painted: the real window, 1280 × 800, on a screen that nobody sees."""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from timing import Figure, milliseconds, repeat, report, seconds

from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, Span
from explorer.domain.selection import SCOPES, Grouping, Measure, Selection
from explorer.domain.tables import table
from explorer.session import Session

SIZE = (1280, 800)
BRUSH_STEPS = 240
OTHER_STEPS = 84
_PASSES = 3
"""Painting may put off a layout, and that another painting: what is put off is part of the work."""


def brushes(dataset: Dataset, opened: Selection) -> Iterator[Selection]:
    """Yield a window of one to eight weeks that slides over the data day by day."""
    data = dataset.cube.days
    assert data is not None
    for step in range(BRUSH_STEPS):
        length = 7 * (1 + step % 8)
        first = data.first + step * 7 % (len(data) - length)
        yield opened.but(brush=Span(first, first + length - 1))


def scopes(opened: Selection) -> Iterator[Selection]:
    """Yield scopes, groupings and measures, no two neighbours alike."""
    grouping, measure = cycle(Grouping), cycle(Measure)
    for scope in islice(cycle(SCOPES), OTHER_STEPS):
        yield opened.but(scope=scope, grouping=next(grouping), measure=next(measure))


def grains(opened: Selection) -> Iterator[Selection]:
    """Yield grains and groupings."""
    grouping = cycle(Grouping)
    for step, grain in enumerate(islice(cycle(Grain), OTHER_STEPS)):
        yield opened.but(grain=grain, grouping=opened.grouping if step % 2 else next(grouping))


def marks(dataset: Dataset, opened: Selection) -> Iterator[Selection]:
    """Yield one marked model after the other."""
    for model in islice(cycle(dataset.cube.models), OTHER_STEPS):
        yield opened.but(models=frozenset({model}))


class Bench:
    """A window on one dataset, and how long it takes to follow a selection."""

    def __init__(self, application: QApplication, dataset: Dataset) -> None:
        self._application = application
        self.session = Session(dataset)
        self.opened = self.session.selection
        settings = Settings()
        self._appearance = Appearance(settings)
        self.window = MainWindow(self.session, Path("none.sqlite"), settings, self._appearance)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.complete()
        self.settle()

    def settle(self) -> None:
        """Let the event loop paint what has changed."""
        for _ in range(_PASSES):
            self._application.processEvents()

    def grabbed(self, selection: Selection) -> None:
        """Select, then paint the whole window."""
        self.session.select(selection)
        self.window.grab()

    def shown(self, selection: Selection) -> None:
        """Select, then let the event loop paint what has changed."""
        self.session.select(selection)
        self.settle()

    def computed(self, selection: Selection) -> None:
        """Make the tables of the views in sight at the first start, without any window."""
        for view in ("leaderboard", "share", "prices"):
            table(view, self.session.dataset, selection)

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()
        self.settle()


class Plain(QWidget):
    """The least that a leaderboard can be: 26 rows of four texts, painted by one widget."""

    def __init__(self) -> None:
        super().__init__()
        self.step = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        for row in range(26):
            for x, words in ((10, str(row)), (50, f"author/model-{row}"), (300, f"{self.step:,}"), (440, "12.3 %")):
                painter.drawText(x, 20 + 24 * row, words)
        painter.end()


def floor(application: QApplication) -> None:
    """Report how fast this machine paints plain text: what the figures below are to be compared with."""
    plain = Plain()
    plain.resize(640, 680)
    plain.show()
    application.processEvents()

    def step() -> None:
        plain.step += 1_000_003
        plain.grab()

    report(Figure("floor: 26 plain rows of text in one widget, grabbed", "ms", milliseconds(repeat(step, 200)), "", 2))
    plain.close()


def measure(application: QApplication, name: str, dataset: Dataset) -> None:
    """Report every kind of change on one dataset."""
    bench = Bench(application, dataset)
    runs = {
        "brush": lambda: brushes(dataset, bench.opened),
        "scope, grouping, measure": lambda: scopes(bench.opened),
        "grain, grouping": lambda: grains(bench.opened),
        "one model marked": lambda: marks(dataset, bench.opened),
    }
    for what, selections in runs.items():
        for selection in islice(selections(), 8):
            bench.shown(selection)
        ways = (("whole window grabbed", bench.grabbed), ("event loop, changed parts", bench.shown))
        for way, work in ways:
            times: list[float] = []
            for selection in selections():
                times.append(seconds(lambda work=work, selection=selection: work(selection)))
                bench.settle()
            target = "target: median 5, p95 16.7" if work == bench.grabbed else ""
            report(Figure(f"{name}: {what}; {way}", "ms", milliseconds(times), target, 2))
    times = [seconds(lambda selection=selection: bench.computed(selection)) for selection in runs["brush"]()]
    report(Figure(f"{name}: brush; the tables in sight alone", "ms", milliseconds(times), "part of the above", 2))
    again = repeat(bench.window.grab, 40)
    report(Figure(f"{name}: nothing; whole window grabbed", "ms", milliseconds(again), "floor of grabbing it", 2))
    bench.close()
