"""Making files off the GUI thread, with progress and Cancel once it takes a moment."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from explorer.drawing.translate import tr
from explorer.tasks import Task, Work
from explorer.words import Message, say

_PATIENCE = 400
"""Milliseconds after which a progress dialog is shown."""
STEPS = 1000


def progress_box(parent: QWidget, title: Message, text: Message) -> QProgressDialog:
    """Return a progress dialog over `parent`, which shows itself once the work takes a moment."""
    box = QProgressDialog(tr(text), tr(say("Cancel")), 0, STEPS, parent)
    box.setWindowTitle(tr(title))
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setMinimumDuration(_PATIENCE)
    box.setAutoClose(False)
    box.setAutoReset(False)
    return box


class Making(QObject):
    """Does some work in a thread; ends with one of `done` (what the work returned), `failed` or `cancelled`."""

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget, title: Message, text: Message, work: Work) -> None:
        super().__init__(parent)
        self._box = progress_box(parent, title, text)
        self._task = Task(work, self)
        self._task.progressed.connect(self._show)
        self._task.done.connect(self._end_done)
        self._task.failed.connect(self._end_failed)
        self._task.cancelled.connect(self._end_cancelled)
        self._box.canceled.connect(self._task.cancel)

    def start(self) -> None:
        """Begin."""
        self._box.setValue(0)
        self._task.start()

    def _show(self, fraction: float) -> None:
        self._box.setValue(int(fraction * STEPS))

    def _end_done(self, result: object) -> None:
        self._end(lambda: self.done.emit(result))

    def _end_failed(self, error: object) -> None:
        self._end(lambda: self.failed.emit(error))

    def _end_cancelled(self) -> None:
        self._end(self.cancelled.emit)

    def _end(self, say_so: Callable[[], object]) -> None:
        self._task.wait()
        self._box.hide()
        self._box.deleteLater()
        say_so()
        self.deleteLater()
