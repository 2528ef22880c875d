"""The one owner of state: the dataset, the Selection, and the way back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.selection import Selection
from explorer.errors import ExplorerError

Complete = Callable[[Dataset, Selection], Dataset]
"""Returns what a selection asks of a dataset where that is not in it: another vintage. Raises ExplorerError."""

_REMEMBERED = 200


def _as_it_is(dataset: Dataset, _selection: Selection) -> Dataset:
    return dataset


class Session(QObject):
    """Holds the dataset and the one Selection; emits `changed` once for each real change of either.

    A selection that `complete` can't bring the data for changes nothing: `failed` carries the ExplorerError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        dataset: Dataset,
        selection: Selection | None = None,
        parent: QObject | None = None,
        complete: Complete = _as_it_is,
    ) -> None:
        super().__init__(parent)
        self._complete = complete
        self._latest = self._dataset = dataset
        self._selection = selection or opening(dataset)
        if selection is not None:
            self._dataset = complete(dataset, selection)
        self._past: list[Selection] = []
        self._future: list[Selection] = []
        self._steps = 0
        self._returned = False  # the gesture under way is back where it began

    @property
    def dataset(self) -> Dataset:
        """The data on screen: of the vintage that is selected."""
        return self._dataset

    @property
    def latest(self) -> Dataset:
        """The data as known today, whichever vintage is on screen."""
        return self._latest

    @property
    def selection(self) -> Selection:
        """What is asked of the data."""
        return self._selection

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier selection to return to."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an undone selection can be restored."""
        return bool(self._future)

    @property
    def steps(self) -> int:
        """How many steps back the first selection is, those that are forgotten included: what came when, by it."""
        return self._steps

    def select(self, selection: Selection, *, continued: bool = False) -> None:
        """Make `selection` the current one; an equal one changes nothing and emits nothing.

        `continued` says that this is one more step of the same gesture (a drag): undo takes it back as a whole.
        """
        if selection == self._selection or not self._can_show(selection):
            return
        returned = continued and bool(self._past) and self._past[-1] == selection
        if returned:
            self._past.pop()
            self._steps -= 1
        elif not continued or self._returned:
            self._past.append(self._selection)
            self._steps += 1
        self._returned = returned
        del self._past[:-_REMEMBERED]
        self._future.clear()
        self._set(selection)

    def undo(self) -> None:
        """Return to the selection before the last change, if there is one."""
        if self._past and self._can_show(self._past[-1]):
            self._future.append(self._selection)
            self._steps -= 1
            self._set(self._past.pop())

    def redo(self) -> None:
        """Restore the selection last undone, if there is one."""
        if self._future and self._can_show(self._future[-1]):
            self._past.append(self._selection)
            self._steps += 1
            self._set(self._future.pop())

    def load(self, dataset: Dataset) -> None:
        """Show another dataset, as known today; a selection of an earlier vintage gets that of it.

        The same source keeps the selection, since it is the same question to newer data; another source opens
        on its own selection and forgets the way back.
        """
        same = dataset.source is self._latest.source
        self._latest = self._dataset = dataset
        if not (same and self._can_show(self._selection)):
            self._selection = opening(dataset)
            self._past.clear()
            self._future.clear()
        self.changed.emit()

    def _can_show(self, selection: Selection) -> bool:
        """Have the data that a selection asks for at hand; False, after `failed`, where that can't be."""
        try:
            self._dataset = self._complete(self._latest, selection)
        except ExplorerError as error:
            self.failed.emit(error)
            return False
        return True

    def _set(self, selection: Selection) -> None:
        self._selection = selection
        self.changed.emit()
