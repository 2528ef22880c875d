"""The one owner of state: the dataset, the Selection, and the way back."""

from PySide6.QtCore import QObject, Signal

from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.selection import Selection

_REMEMBERED = 200


class Session(QObject):
    """Holds the dataset and the one Selection; emits `changed` once for each real change of either."""

    changed = Signal()

    def __init__(self, dataset: Dataset, selection: Selection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset = dataset
        self._selection = selection or opening(dataset)
        self._past: list[Selection] = []
        self._future: list[Selection] = []
        self._returned = False  # the gesture under way is back where it began

    @property
    def dataset(self) -> Dataset:
        """The data on screen."""
        return self._dataset

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

    def select(self, selection: Selection, *, continued: bool = False) -> None:
        """Make `selection` the current one; an equal one changes nothing and emits nothing.

        `continued` says that this is one more step of the same gesture (a drag): undo takes it back as a whole.
        """
        if selection == self._selection:
            return
        returned = continued and bool(self._past) and self._past[-1] == selection
        if returned:
            self._past.pop()
        elif not continued or self._returned:
            self._past.append(self._selection)
        self._returned = returned
        del self._past[:-_REMEMBERED]
        self._future.clear()
        self._set(selection)

    def undo(self) -> None:
        """Return to the selection before the last change, if there is one."""
        if self._past:
            self._future.append(self._selection)
            self._set(self._past.pop())

    def redo(self) -> None:
        """Restore the selection last undone, if there is one."""
        if self._future:
            self._past.append(self._selection)
            self._set(self._future.pop())

    def load(self, dataset: Dataset) -> None:
        """Show another dataset.

        The same source keeps the selection, since it is the same question to newer data; another source opens
        on its own selection and forgets the way back.
        """
        same = dataset.source is self._dataset.source
        self._dataset = dataset
        if not same:
            self._selection = opening(dataset)
            self._past.clear()
            self._future.clear()
        self.changed.emit()

    def _set(self, selection: Selection) -> None:
        self._selection = selection
        self.changed.emit()
