"""The choice of the vintage: the data as known today, or on a day of which there is a snapshot."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from explorer.app.clauses import vintage_name
from explorer.app.controls import name
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection, Source
from explorer.domain.snapshot_days import of_rankings
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.words import say

_TIP = say("Whether the newest snapshots count, or only those that were known at the end of a day")


def vintages(dataset: Dataset) -> tuple[str, ...]:
    """Return the days of which there are snapshots of rankings, ISO dates, the newest first."""
    if dataset.source is not Source.RANKINGS:
        return ()
    return tuple(sorted({each.vintage[:10] for each in of_rankings(dataset)}, reverse=True))


class VintageControl(QComboBox):
    """Shows the vintage of the Selection and changes it; hides where there is nothing to choose from."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._offered: tuple[str, ...] = ()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        name(self, say("Data known on"), _TIP)
        self.currentIndexChanged.connect(self._choose)

    def refresh(self, selection: Selection) -> None:
        """Show what is selected, and offer the vintages there are."""
        found = vintages(self._session.latest)
        chosen = {selection.as_of} - {""}
        offered = ("", *sorted({*found, *chosen}, reverse=True))
        with QSignalBlocker(self):
            if offered != self._offered:
                self._offered = offered
                self.clear()
                self.addItems([tr(vintage_name(each)) for each in offered])
            self.setCurrentIndex(offered.index(selection.as_of))
        self.setVisible(len(found) > 1 or bool(chosen))

    def _choose(self, index: int) -> None:
        self._session.select(self._session.selection.but(as_of=self._offered[index]))
        self.refresh(self._session.selection)
