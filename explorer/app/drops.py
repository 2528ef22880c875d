"""Files dropped anywhere on the window or one of its docks, floating ones too."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropTarget(QObject):
    """Watches widgets for dropped files; emits their paths."""

    dropped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = True

    def watch(self, widget: QWidget) -> None:
        """Take files dropped on `widget` too, and on whatever it holds that does not take drops itself."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QDropEvent) and not isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._drop(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and self.enabled and files_in(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def _drop(self, event: QDropEvent) -> bool:
        paths = files_in(event.mimeData())
        if not self.enabled or not paths:
            return False
        event.acceptProposedAction()
        self.dropped.emit(paths)
        return True


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """Return the local files that some dragged data names; what is on the network is left out."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
