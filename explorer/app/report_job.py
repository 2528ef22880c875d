"""Writing a report while the window stays alive: tables and deck in a thread, pages one by one in between."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.app import render, reporting, templates
from explorer.app.reporting import Report, Wanted
from explorer.domain.dataset import Dataset
from explorer.export import files
from explorer.progress import Progress
from explorer.style import Style
from explorer.tasks import Task, Work

_PREPARED, _DRAWN = 0.3, 0.6
"""How far the work is when the tables are made, and when the pages are drawn."""


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """A report to be written: of which dataset, of what, into which files by ending; `slides` is a template."""

    dataset: Dataset
    wanted: Wanted
    style: Style
    paths: dict[str, Path]
    slides: Path | None = None


class ReportJob(QObject):
    """Writes a report; ends with one of `done` (the paths), `failed` (the exception) or `cancelled`.

    Nothing is written before everything is made. `progressed` carries the fraction done, 0 to 1.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, order: Order, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self._report: Report | None = None
        self._contents: dict[Path, bytes] = {}
        self._pages: Generator[float, None, bytes] | None = None
        self._stopped = False
        self._task: Task | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._draw_page)
        self._part = (0.0, 1.0)

    def start(self) -> None:
        """Begin with the tables."""
        order = self._order
        self._begin(partial(_prepared, order), (0.0, _PREPARED), self._take_report)

    def cancel(self) -> None:
        """Stop; `cancelled` comes once nothing is under way."""
        if self._stopped:
            return
        self._stopped = True
        if self._next.isActive():
            self._next.stop()
            self._end_cancelled()
        elif self._task is not None:
            self._task.cancel()

    def wait(self) -> None:
        """Wait until no thread works on it."""
        if self._task is not None:
            self._task.wait()

    def _begin(self, work: Work, part: tuple[float, float], take: object) -> None:
        task = self._task = Task(work, self)
        self._part = part
        task.progressed.connect(self._tell)
        task.done.connect(take)  # pyright: ignore[reportArgumentType]
        task.failed.connect(self._fail)
        task.cancelled.connect(self._end_cancelled)
        task.start()

    def _rest(self) -> None:
        """Wait until the thread, which has said its last, is over: it can't be deleted before."""
        task, self._task = self._task, None
        if task is not None:
            task.wait()
            task.deleteLater()

    def _tell(self, fraction: float) -> None:
        start, stop = self._part
        self.progressed.emit(start + (stop - start) * fraction)

    def _end_cancelled(self) -> None:
        self._rest()
        self._close_pages()
        self.cancelled.emit()

    def _take_report(self, report: Report) -> None:
        self._rest()
        self._report = report
        if self._stopped:
            self._end_cancelled()
        elif "pdf" in self._order.paths:
            self._pages = reporting.pdf(report)
            self._next.start()
        else:
            self._make_deck(report)

    def _draw_page(self) -> None:
        report, pages = self._report, self._pages
        if report is None or pages is None:
            return
        try:
            drawn = next(pages)
        except StopIteration as end:
            self._contents[self._order.paths["pdf"]] = end.value
            self._make_deck(report)
            return
        except Exception as error:
            self._fail(error)
            return
        self.progressed.emit(_PREPARED + (_DRAWN - _PREPARED) * drawn)
        # Whoever hears of the progress may have cancelled it.
        if self._stopped:
            self._end_cancelled()
        else:
            self._next.start()

    def _make_deck(self, report: Report) -> None:
        if self._stopped:
            self._end_cancelled()
            return
        work = partial(_written, self._order, report, self._contents)
        self._begin(work, (_DRAWN, 1.0), self._take_paths)

    def _take_paths(self, paths: object) -> None:
        self._rest()
        self.done.emit(paths)

    def _fail(self, error: Exception) -> None:
        self._rest()
        self._close_pages()
        self.failed.emit(error)

    def _close_pages(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None


def _prepared(order: Order, progress: Progress) -> Report:
    return reporting.prepared(order.dataset, order.wanted, order.style, progress)


def _written(order: Order, report: Report, pages: dict[Path, bytes], progress: Progress) -> tuple[Path, ...]:
    contents = dict(pages)
    if "pptx" in order.paths:
        slides = templates.read(order.slides) if order.slides is not None else None
        name = order.slides.name if order.slides is not None else ""
        contents[order.paths["pptx"]] = reporting.deck(report, slides, name, progress)
    progress(1.0)  # from here on it is too late to stop
    if contents:
        render.make_folder(next(iter(contents)).parent)
    files.write_all(contents)
    return tuple(contents)
