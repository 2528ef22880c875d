"""Making files off the GUI thread, with progress and Cancel once it takes a moment; nothing closes on a running one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from explorer.app.controls import label, name
from explorer.drawing.translate import tr
from explorer.tasks import Task
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.app.report_job import ReportJob

_PATIENCE = 400
"""Milliseconds after which the progress is shown."""
_STEPS = 1000
_NARROWEST = 320


class _Box(QDialog):
    """Says how far some work is. Cancel, Esc and closing it ask the work to stop; it is the work that takes it away."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget, title: Message, text: Message) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(_NARROWEST)
        self.text = label(text, self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        name(self.bar, text)
        buttons = QDialogButtonBox(self)
        self.cancel = buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.text, self.bar, buttons):
            column.addWidget(widget)

    def reject(self) -> None:
        """Ask for the end."""
        self.stop_asked.emit()

    def show_stopping(self) -> None:
        """Say that the end was asked for."""
        self.text.setText(tr(say("Stopping…")))
        self.cancel.setEnabled(False)


class Making(QObject):
    """Shows the progress of a job; tells its end by one of `done` (its result), `failed` and `cancelled`, then `ended`.

    The job becomes the Making's own, and both are gone after `ended`.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget, title: Message, text: Message, job: "Task | ReportJob") -> None:
        super().__init__(parent)
        self._box = _Box(parent, title, text)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._box.show)
        self._job = job
        job.setParent(self)
        job.progressed.connect(self._show)
        job.done.connect(self._end_done)
        job.failed.connect(self._end_failed)
        job.cancelled.connect(self._end_cancelled)
        self._box.stop_asked.connect(self.cancel)

    def start(self) -> None:
        """Begin."""
        self._patience.start()
        self._job.start()

    def cancel(self) -> None:
        """Ask the job to stop; it may still come to its end first."""
        self._box.show_stopping()
        self._job.cancel()

    def stop(self) -> None:
        """Ask the job to stop, and wait until no thread works on it any more."""
        self._patience.stop()
        self.cancel()
        self._job.wait()

    def _show(self, fraction: float) -> None:
        self._box.bar.setValue(int(fraction * _STEPS))

    def _end_done(self, result: object) -> None:
        self._clear()
        self.done.emit(result)
        self._end()

    def _end_failed(self, error: object) -> None:
        self._clear()
        self.failed.emit(error)
        self._end()

    def _end_cancelled(self) -> None:
        self._clear()
        self.cancelled.emit()
        self._end()

    def _clear(self) -> None:
        self._job.wait()
        self._patience.stop()
        self._box.hide()
        self._box.deleteLater()

    def _end(self) -> None:
        self.ended.emit()
        self.deleteLater()


class WorkingDialog(QDialog):
    """A dialog that outlives the work it holds: closing it meanwhile stops the work, and closes it after that.

    `working` says whether it holds any.
    """

    working = Signal(bool)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._making: Making | None = None
        self._result: int | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._making is not None

    def hold(self, making: Making) -> None:
        """Stay until some work, which is about to begin, has ended."""
        self._making = making
        making.ended.connect(self._let_go)
        self.working.emit(True)

    def done(self, result: int, /) -> None:
        """Close, once nothing is under way."""
        if self._making is None:
            super().done(result)
            return
        self._result = result
        self._making.cancel()

    def _let_go(self) -> None:
        self._making = None
        self.working.emit(False)
        if self._result is not None:
            super().done(self._result)
