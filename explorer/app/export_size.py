"""How large a picture is to be: a usual size at some scale, or any number of pixels."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from explorer.app.controls import label, name
from explorer.drawing.translate import tr
from explorer.export.presets import PRESETS, SCALES, scaled
from explorer.export.size import FULL_HD, LARGEST, SMALLEST, Size
from explorer.words import Message, say

CUSTOM = "custom"


class SizeRows(QObject):
    """Three rows of a form: size by name, scale, pixels. `changed` says that another size is asked for."""

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.preset, self.scale = QComboBox(parent), QComboBox(parent)
        for preset in PRESETS.values():
            self.preset.addItem(tr(preset.title), preset.key)
        self.preset.addItem(tr(say("Custom")), CUSTOM)
        for scale in SCALES:
            self.scale.addItem(tr(say("{n}×", n=scale)), scale)
        _row(form, say("Si&ze"), say("Size"), self.preset)
        _row(form, say("S&cale"), say("Scale: times as many pixels each way"), self.scale)
        self.width_pixels, self.height_pixels = (
            self._side(title) for title in (say("Width in pixels"), say("Height in pixels"))
        )
        sides = QHBoxLayout()
        for widget in (self.width_pixels, label(say("×"), parent), self.height_pixels):
            sides.addWidget(widget)
        sides.addStretch()
        heading = label(say("Pi&xels"), parent)
        heading.setBuddy(self.width_pixels)
        form.addRow(heading, sides)
        self.preset.currentIndexChanged.connect(self._take)
        self.scale.currentIndexChanged.connect(self._take)
        for spin in (self.width_pixels, self.height_pixels):
            spin.valueChanged.connect(self._custom_changed)
        self._take()

    def size_asked(self) -> Size:
        """Return the size in pixels."""
        return Size(self.width_pixels.value(), self.height_pixels.value())

    def show_size(self, preset: str, scale: str, width: str, height: str) -> None:
        """Show a size as it is remembered; what is none leaves what is shown."""
        if (at := self.scale.findText(scale)) >= 0:
            self.scale.setCurrentIndex(at)
        if preset == CUSTOM and width.isdigit() and height.isdigit():
            for spin, pixels in ((self.width_pixels, width), (self.height_pixels, height)):
                spin.setValue(int(pixels))
        if (at := self.preset.findData(preset)) >= 0:
            self.preset.setCurrentIndex(at)

    def _side(self, title: Message) -> QSpinBox:
        spin = QSpinBox(self._parent)
        spin.setRange(SMALLEST, LARGEST)
        spin.setKeyboardTracking(False)
        spin.setValue(FULL_HD.width)
        name(spin, title)
        return spin

    def _take(self) -> None:
        preset = PRESETS.get(self.preset.currentData())
        for spin in (self.width_pixels, self.height_pixels):
            spin.setEnabled(preset is None)
        self.scale.setEnabled(preset is not None)
        if preset is not None:
            size = scaled(preset.size, self.scale.currentData())
            for spin, pixels in ((self.width_pixels, size.width), (self.height_pixels, size.height)):
                spin.blockSignals(True)
                spin.setValue(pixels)
                spin.blockSignals(False)
        self.changed.emit()

    def _custom_changed(self) -> None:
        self.changed.emit()


def _row(form: QFormLayout, title: Message, spoken: Message, control: QWidget) -> None:
    name(control, spoken)
    heading = label(title)
    heading.setBuddy(control)
    form.addRow(heading, control)
