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
