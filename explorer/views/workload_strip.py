"""The strip above the costs of a workload: an example to begin with, calls a day, tokens of a call, cached share."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QSizePolicy, QWidget

from explorer.domain.workload import PRESETS, Workload
from explorer.drawing.translate import tr
from explorer.style import GRID, Style
from explorer.words import Message, say

MOST_CALLS, MOST_TOKENS = 1e9, 1e8
_TIP = Qt.ItemDataRole.ToolTipRole
_OWN = say("Your own")


class WorkloadStrip(QWidget):
    """Shows a workload and emits another one as it is asked for; knows nothing of prices."""

    changed = Signal(object, bool)
    """The workload asked for, and whether that is one more step of the same gesture: typing or spinning one number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._workload = PRESETS[0].workload
        self._under_way: QDoubleSpinBox | None = None
        row = self._row = QGridLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setHorizontalSpacing(GRID)
        row.setVerticalSpacing(GRID // 4)
        self.presets = QComboBox(self)
        self._place(self.presets, say("Work"), say("An example to begin with: round numbers, measured nowhere"), 2)
        self.presets.setMinimumContentsLength(10)
        self.presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for preset in PRESETS:
            self.presets.addItem(tr(preset.name), preset.key)
            self.presets.setItemData(self.presets.count() - 1, tr(preset.what), _TIP)
        self.presets.addItem(tr(_OWN), "")
        self.calls = self._number(say("Calls a day"), say("How many calls are made a day"), MOST_CALLS, 100)
        self.input = self._number(say("Input"), say("Input tokens of a call, cached ones counted"), MOST_TOKENS, 1000)
        self.output = self._number(say("Output"), say("Output tokens of a call"), MOST_TOKENS, 100)
        self.cached = self._number(say("Cached"), say("Share of the input that is read from a cache"), 100, 5)
        self.cached.setSuffix("\u2009%")
        self.presets.activated.connect(self._pick)
        self.show_workload(self._workload)

    def _number(self, title: Message, tip: Message, most: float, step: float) -> QDoubleSpinBox:
        # A QSpinBox ends at 2**31.
        box = QDoubleSpinBox(self)
        box.setDecimals(0)
        box.setRange(0, most)
        box.setSingleStep(step)
        box.setGroupSeparatorShown(True)
        box.setMinimumWidth(9 * GRID)
        self._place(box, title, tip, 1)
        box.valueChanged.connect(self._edit)
        box.editingFinished.connect(self._finish)
        return box

    def _place(self, field: QComboBox | QDoubleSpinBox, title: Message, tip: Message, stretch: int) -> None:
        heading = QLabel(tr(title), self)
        heading.setBuddy(field)
        field.setAccessibleName(tr(title))
        field.setToolTip(tr(tip))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = self._row.columnCount() if self._row.count() else 0
        self._row.addWidget(heading, 0, column)
        self._row.addWidget(field, 1, column)
        self._row.setColumnStretch(column, stretch)

    def set_style(self, style: Style) -> None:
        """Follow another style: the colours come with the application's palette, only the room is set here."""
        self._row.setHorizontalSpacing(round(style.px(GRID)))

    def show_workload(self, workload: Workload) -> None:
        """Show a workload, and which example it is."""
        if workload != self._workload:
            self._under_way = None
        self._workload = workload
        shown = (
            (self.calls, workload.calls),
            (self.input, float(workload.input)),
            (self.output, float(workload.output)),
            (self.cached, workload.cached * 100),
        )
        for box, value in shown:
            # What a person is typing stays as it is typed while it means the same.
            if box.value() != round(value):
                box.blockSignals(True)
                box.setValue(value)
                box.blockSignals(False)
        key = next((preset.key for preset in PRESETS if preset.workload == workload), "")
        self.presets.setCurrentIndex(self.presets.findData(key))

    def _pick(self, index: int) -> None:
        preset = next((preset for preset in PRESETS if preset.key == self.presets.itemData(index)), None)
        if preset is None:
            self.show_workload(self._workload)
            return
        self._under_way = None
        self.changed.emit(preset.workload, False)

    def _edit(self) -> None:
        box = self.sender()
        asked = replace(
            self._workload,
            calls=self.calls.value(),
            input=round(self.input.value()),
            output=round(self.output.value()),
            cached=min(self.cached.value() / 100, 1 - self._workload.written),
        )
        again = box is self._under_way
        # Known before it is emitted: what comes back as the current workload is no other one's change.
        self._workload = asked
        self._under_way = box if isinstance(box, QDoubleSpinBox) else None
        self.changed.emit(asked, again)

    def _finish(self) -> None:
        self._under_way = None
