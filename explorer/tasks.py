"""Work off the GUI thread, with progress and Cancel."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from explorer.errors import Cancelled
from explorer.progress import Progress

Work = Callable[[Progress], object]

_STEPS = 200


class Task(QThread):
    """Runs `work(progress)` once in a thread of its own.

    Ends with exactly one of `done` (what the work returned), `failed` (the exception) or `cancelled`, and with
    `finished` after it. `progressed` carries the fraction done, 0 to 1. Connect methods of QObjects, so that they
    are called in the thread of those.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._told = -1

    def cancel(self) -> None:
        """Ask the work to stop at its next progress; it may still come to its end first."""
        self._stop.set()

    def run(self) -> None:
        """Do the work, in the thread."""
        try:
            result = self._work(self._progress)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:
            self.failed.emit(error)
        else:
            self.done.emit(result)

    def _progress(self, fraction: float) -> None:
        if self._stop.is_set():
            raise Cancelled
        step = int(fraction * _STEPS)
        if step != self._told:
            self._told = step
            self.progressed.emit(fraction)


class Latest(QObject):
    """Runs one piece of work at a time: starting another lets go of the one before, which is not heard of again.

    `done` and `failed` are those of `Task`; `ended` comes after either, when nothing is under way any more.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    def start(self, work: Work) -> None:
        """Begin with some work."""
        self.stop()
        task = self._task = Task(work, self)
        task.done.connect(self._done)
        task.failed.connect(self._failed)
        task.finished.connect(self._ended)
        task.start()

    def stop(self) -> None:
        """Let go of what is under way, which ends at its next progress."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            task.wait()

    def _done(self, result: object) -> None:
        if self.sender() is self._task:
            self.done.emit(result)

    def _failed(self, error: Exception) -> None:
        if self.sender() is self._task:
            self.failed.emit(error)

    def _ended(self) -> None:
        task = self.sender()
        task.deleteLater()
        if task is self._task:
            self._task = None
            self.ended.emit()
