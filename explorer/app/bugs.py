"""What nobody foresaw: logged, and shown once as what it is, a bug."""

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from explorer import __version__
from explorer.app.messages import box
from explorer.drawing.translate import tr
from explorer.words import say


class BugReports(QObject):
    """Takes every exception that nobody caught, in any thread, writes it to stderr and shows it in a box."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: QMessageBox | None = None
        # Queued: a box must not open in the middle of a paint event.
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take uncaught exceptions from now on."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Take one exception; KeyboardInterrupt ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(text)
        self._caught.emit(text)

    def _show(self, text: str) -> None:
        if self._shown is not None:
            return
        made = box(
            QApplication.activeWindow(),
            QMessageBox.Icon.Critical,
            say("This is a bug in the program. Your data is safe."),
            say("Please report it with the details below. You can go on working."),
        )
        made.setDetailedText(f"Tokenshare Explorer {__version__}\n\n{text}")
        made.setWindowTitle(tr(say("Tokenshare Explorer: a bug")))
        made.finished.connect(self._forget)
        self._shown = made
        made.open()

    def _forget(self) -> None:
        self._shown = None
