"""Export: of which view, how large, in which theme, and into which file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from explorer.app.controls import label, name
from explorer.app.docks import ViewDock
from explorer.app.settings import Settings
from explorer.domain.periods import Span
from explorer.domain.table import Table
from explorer.drawing.translate import tr
from explorer.export.size import FULL_HD, LARGEST, SMALLEST, Size
from explorer.style import DARK, GRID, LIGHT, Theme
from explorer.words import Message, say

PRESETS = (
    (say("Full HD, 1920 × 1080"), FULL_HD),
    (say("4K, 3840 × 2160"), Size(3840, 2160)),
    (say("Square, 1080 × 1080"), Size(1080, 1080)),
)
_THEMES = ((say("Light"), LIGHT), (say("Dark"), DARK))
_CSV = say("Table with comment lines (*.csv)")
_BARE_CSV = say("Table without comment lines (*.csv)")
_PNG = say("Picture (*.png)")


@dataclass(frozen=True, slots=True)
class PictureWish:
    """A picture as it was asked for."""

    dock: ViewDock
    size: Size
    theme: Theme


class PictureDialog(QDialog):
    """Asks of which view, at which size and in which theme a picture is wanted."""

    def __init__(self, docks: Sequence[ViewDock], current: ViewDock, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._docks = tuple(docks)
        self.setWindowTitle(tr(say("Export picture")))
        form = QFormLayout(self)
        form.setSpacing(GRID)
        self.view = self._combo(form, say("View"), [dock.view.title for dock in self._docks])
        self.view.setCurrentIndex(self._docks.index(current))
        self.preset = self._combo(form, say("Size"), [*(title for title, _ in PRESETS), say("Custom")])
        self.width_pixels, self.height_pixels = self._side(say("Width in pixels")), self._side(say("Height in pixels"))
        sides = QHBoxLayout()
        for widget in (self.width_pixels, label(say("×"), self), self.height_pixels):
            sides.addWidget(widget)
        sides.addStretch()
        form.addRow(label(say("Pixels"), self), sides)
        self.theme = self._combo(form, say("Theme"), [title for title, _ in _THEMES])
        self.theme.setCurrentIndex(1 if theme.dark else 0)
        form.addRow(self._buttons())
        self.preset.currentIndexChanged.connect(self._take_preset)
        self._take_preset(0)

    def _combo(self, form: QFormLayout, title: Message, texts: Sequence[Message]) -> QComboBox:
        combo = QComboBox(self)
        combo.addItems([tr(text) for text in texts])
        name(combo, title)
        heading = label(title, self)
        heading.setBuddy(combo)
        form.addRow(heading, combo)
        return combo

    def _side(self, title: Message) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(SMALLEST, LARGEST)
        name(spin, title)
        return spin

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        save = buttons.addButton(tr(say("Save…")), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _take_preset(self, index: int) -> None:
        custom = index == len(PRESETS)
        for spin in (self.width_pixels, self.height_pixels):
            spin.setEnabled(custom)
        if not custom:
            size = PRESETS[index][1]
            self.width_pixels.setValue(size.width)
            self.height_pixels.setValue(size.height)

    def wish(self) -> PictureWish:
        """Return what is asked for."""
        return PictureWish(
            self._docks[self.view.currentIndex()],
            Size(self.width_pixels.value(), self.height_pixels.value()),
            _THEMES[self.theme.currentIndex()][1],
        )


def ask_for_table(parent: QWidget, settings: Settings, suggested: str) -> tuple[Path, bool] | None:
    """Return the CSV file to write and whether it gets comment lines; None if the person changed their mind."""
    filters = [tr(_CSV), tr(_BARE_CSV)]
    path, used = _ask(parent, settings, say("Export table"), f"{suggested}.csv", filters)
    return (path, used != filters[1]) if path else None


def ask_for_picture(parent: QWidget, settings: Settings, suggested: str) -> Path | None:
    """Return the PNG file to write; None if the person changed their mind."""
    return _ask(parent, settings, say("Export picture"), f"{suggested}.png", [tr(_PNG)])[0]


def _ask(
    parent: QWidget, settings: Settings, title: Message, suggested: str, filters: list[str]
) -> tuple[Path | None, str]:
    place = Path(settings.folder or Path.home()) / suggested
    dialog = QFileDialog(parent, tr(title), str(place.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(place.suffix.removeprefix("."))
    dialog.selectFile(place.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    used = dialog.selectedNameFilter()
    dialog.deleteLater()
    if not chosen:
        return None, used
    path = Path(chosen[0])
    settings.folder = str(path.parent)
    return path, used


def file_stem(view: str, table: Table, window: Span | None) -> str:
    """Return a file name for a view's table: its key, and the first and last day in it or else of `window`."""
    days = [str(day) for key in ("period_start", "period_end") for day in table.values.get(key, ())]
    if not days and window is not None:
        days = [window.start.isoformat(), window.end.isoformat()]
    return "-".join((view, min(days), "to", max(days))) if days else view
