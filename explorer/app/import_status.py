"""The import or update under way, in the status bar: what is read, how far, and Cancel."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from explorer.app.controls import label
from explorer.app.importing import Importer, Job
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import say

_STEPS = 1000


class ImportStatus(QWidget):
    """Seen while the importer runs."""

    def __init__(self, importer: Importer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.words = label(say(""), self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(25 * GRID)
        self.bar.setAccessibleName(tr(say("Progress of the import")))
        self.cancel = QPushButton(tr(say("Cancel import")), self)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self._cancel)
        for widget in (self.words, self.bar, self.cancel):
            row.addWidget(widget)
        self._importer = importer
        importer.started.connect(self._start)
        importer.progressed.connect(self._progress)
        importer.ended.connect(self.hide)
        self.hide()

    def _start(self, job: Job) -> None:
        self.words.setText(tr(job.doing))
        self.cancel.setText(tr(job.cancel))
        self.bar.setValue(0)
        self.cancel.setEnabled(True)
        self.show()

    def _progress(self, fraction: float) -> None:
        self.bar.setValue(round(fraction * _STEPS))
        job = self._importer.job
        step = job.step() if job else None
        if step is not None:
            self.words.setText(tr(step))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._importer.cancel()
