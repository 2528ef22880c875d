"""Tables whose columns a person must map: asked about one after the other, then imported together."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.app import mappings
from explorer.app.imported import Outcome
from explorer.app.mapping_dialog import MappingDialog
from explorer.app.messages import show_errors
from explorer.domain.column_mapping import Mapping
from explorer.errors import ExplorerError
from explorer.sources import UnmappedError


class MappingQueue(QObject):
    """Opens a dialog for each table; `ready` has the paths of those that a person mapped, once all were asked about."""

    ready = Signal(object)

    def __init__(self, store_path: Path, window: QWidget) -> None:
        super().__init__(window)
        self._store_path, self._window = store_path, window
        self._waiting: list[tuple[Path, UnmappedError]] = []
        self._mapped: list[Path] = []
        self.dialog: MappingDialog | None = None

    def ask(self, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
        """Ask about the unmapped tables among some outcomes, and return the other outcomes."""
        rest: list[Outcome] = []
        for outcome in outcomes:
            if isinstance(outcome.error, UnmappedError):
                self._waiting.append((outcome.path, outcome.error))
            else:
                rest.append(outcome)
        self._next()
        return tuple(rest)

    def _next(self) -> None:
        if self.dialog is not None:
            return
        if not self._waiting:
            paths, self._mapped = tuple(self._mapped), []
            if paths:
                self.ready.emit(paths)
            return
        path, error = self._waiting.pop(0)
        self.dialog = MappingDialog(error.table, error.guess, self._window)
        self.dialog.mapped.connect(partial(self._remember, path, error.table.heading))
        self.dialog.finished.connect(self._finished)
        self.dialog.open()

    def _remember(self, path: Path, heading: tuple[str, ...], mapping: Mapping) -> None:
        if self._tried(partial(mappings.remember, self._store_path, heading, mapping)):
            self._mapped.append(path)

    def _finished(self, _result: int) -> None:
        self.dialog = None
        self._next()

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ExplorerError as error:
            show_errors(self._window, [error])
            return False
        return True
