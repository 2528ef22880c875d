"""Export: which view, as what, how large, in which theme and words, with a preview of just that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.app import file_dialogs, templates
from explorer.app.controls import label, name, with_button
from explorer.app.docks import ViewDock
from explorer.app.export_preview import Preview, Sight
from explorer.app.export_size import SizeRows
from explorer.app.export_words import WordRows
from explorer.app.making import WorkingDialog
from explorer.app.settings import Settings
from explorer.drawing.translate import tr
from explorer.export import slide_words
from explorer.export.exhibit import Exhibit
from explorer.export.formats import FORMATS, Format, Wish, is_wide
from explorer.style import GRID, THEMES, Style
from explorer.words import Message, say

_FORMATS = tuple(each for each in FORMATS.values() if each.themed)
_THEMES = {
    "light": say("Light"),
    "dark": say("Dark"),
    "print": say("Print, black on white"),
    "transparent": say("Light, no background"),
}
_FIRST_SIZE = QSize(1080, 640)
_FORM = 320
"""The width of the form, in pixels."""


@dataclass(frozen=True, eq=False, slots=True)
class PictureWish:
    """What is asked for: of which view, as which kind of file, and how."""

    dock: ViewDock
    format: Format
    exhibit: Exhibit
    template: Path | None
    wish: Wish

    def with_template(self) -> Wish:
        """Return how the file is to be, the template read; raises ExplorerError where it can't be."""
        if self.template is None:
            return self.wish
        return replace(self.wish, template=templates.read(self.template), template_name=self.template.name)


class PictureDialog(WorkingDialog):
    """Asks for all that a picture or slide is made by; `save` is called with it, and with the dialog, for a file."""

    def __init__(
        self,
        docks: Sequence[ViewDock],
        current: ViewDock,
        theme: str,
        settings: Settings,
        exhibit_of: Callable[[ViewDock], Exhibit],
        save: "Callable[[PictureWish, PictureDialog], object]",
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._docks, self._settings, self._exhibit_of, self._save = tuple(docks), settings, exhibit_of, save
        self.setWindowTitle(tr(say("Export picture")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = self._combo(say("View"), [(dock.view.title, dock.view.key) for dock in self._docks])
        self.format = self._combo(say("Format"), [(each.title, each.suffix) for each in _FORMATS])
        self.theme = self._combo(say("Theme"), [(title, key) for key, title in _THEMES.items()])
        self.template = QLineEdit(self)
        self.preview = Preview(self._sight, self)
        self._form = self._lay_out()
        self.pixels = SizeRows(self._form, self)
        self._template_row = self._add_template()
        self.words = WordRows(self._form, self)
        self.view.setCurrentIndex(self._docks.index(current))
        self._recall(theme)
        self._take_view()
        self._take_format()
        self._connect()
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() * 0.95))
        self.preview.refresh()

    # --- what it is made of

    def _combo(self, title: Message, items: Sequence[tuple[Message, str]]) -> QComboBox:
        combo = QComboBox(self)
        for text, key in items:
            combo.addItem(tr(text), key)
        name(combo, title)
        return combo

    def _lay_out(self) -> QFormLayout:
        """Put form, preview and buttons in their places and return the form, which more rows are added to."""
        left = QWidget(self)
        left.setFixedWidth(_FORM)
        form = QFormLayout(left)
        form.setContentsMargins(0, 0, 0, 0)
        for title, control in (
            (say("&View"), self.view),
            (say("Fo&rmat"), self.format),
            (say("T&heme"), self.theme),
        ):
            self._add(form, title, control, control)
        across = QHBoxLayout()
        across.setSpacing(2 * GRID)
        across.addWidget(left)
        across.addWidget(self.preview, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(across, 1)
        whole.addWidget(self._buttons())
        return form

    def _add(self, form: QFormLayout, title: Message, buddy: QWidget, field: QWidget) -> None:
        heading = label(title, self)
        heading.setBuddy(buddy)
        form.addRow(heading, field)

    def _add_template(self) -> QWidget:
        name(self.template, say("PowerPoint template"), say("A .pptx or .potx file whose slides it is to look like"))
        self.template.setPlaceholderText(tr(say("none: plain slides")))
        self.template.setClearButtonEnabled(True)
        field = with_button(self.template, say("Choos&e…"), say("Choose a PowerPoint template"), self._ask_template)
        self._add(self._form, say("Te&mplate"), self.template, field)
        return field

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(tr(say("&Save…")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._ask_to_save)
        buttons.rejected.connect(self.reject)
        return buttons

    def _connect(self) -> None:
        self.view.currentIndexChanged.connect(self._take_view)
        self.format.currentIndexChanged.connect(self._take_format)
        for changed in (self.theme.currentIndexChanged, self.pixels.changed, self.words.changed):
            changed.connect(self.preview.refresh_later)
        self.working.connect(self.save.setDisabled)

    # --- what was asked for last

    def _recall(self, theme: str) -> None:
        recalled = self._settings.recalled
        for combo, key in ((self.format, recalled("export/format")), (self.theme, recalled("export/theme") or theme)):
            if (at := combo.findData(key)) >= 0:
                combo.setCurrentIndex(at)
        self.pixels.show_size(*(recalled(f"export/{key}") for key in ("preset", "scale", "width", "height")))
        self.template.setText(recalled("export/template"))

    def _remember(self) -> None:
        size = self.pixels.size_asked()
        for key, value in (
            ("format", self.format.currentData()),
            ("theme", self.theme.currentData()),
            ("preset", self.pixels.preset.currentData()),
            ("scale", self.pixels.scale.currentText()),
            ("width", str(size.width)),
            ("height", str(size.height)),
            ("template", self.template.text().strip()),
        ):
            self._settings.recall_later(f"export/{key}", value)

    # --- what is asked for

    @property
    def dock(self) -> ViewDock:
        """The view asked for."""
        return self._docks[self.view.currentIndex()]

    def wish(self) -> PictureWish:
        """Return what is asked for."""
        kind = FORMATS[self.format.currentData()]
        made = self._exhibit_of(self.dock)
        made = self.words.written(replace(made, style=Style(THEMES[self.theme.currentData()])))
        template = self.template.text().strip()
        own = Path(template) if template and kind.suffix == "pptx" else None
        return PictureWish(self.dock, kind, made, own, Wish(self.pixels.size_asked()))

    def _sight(self) -> Sight:
        wish = self.wish()
        return Sight(wish.exhibit, wish.dock.module.draw, wish.wish.size, self._note(wish))

    def _note(self, wish: PictureWish) -> Message:
        size = wish.wish.size
        if wish.format.picture:
            return say("{width} × {height} pixels", width=size.width, height=size.height)
        slide = say("A 16:9 slide") if is_wide(size) else say("A 4:3 slide")
        if wish.template is not None:
            slide = say("A slide of your template")
        what = slide_words.shown(wish.exhibit)
        if what is None:
            return say("{slide} that says why there is nothing to show.", slide=slide)
        return say("{slide}. In place of this picture it has {what}, which can be edited.", slide=slide, what=what)

    def _take_view(self) -> None:
        self.words.show_words(self._exhibit_of(self.dock).table.caption)
        self.preview.refresh_later()

    def _take_format(self) -> None:
        self._form.setRowVisible(self._template_row, self.format.currentData() == "pptx")
        self.preview.refresh_later()

    def _ask_template(self) -> None:
        kinds = say("PowerPoint files (*.pptx *.potx)")
        folder = self.template.text().strip() or self._settings.folder
        chosen = file_dialogs.open_file(self, say("PowerPoint template"), folder, kinds)
        if chosen is not None:
            self.template.setText(str(chosen))

    def _ask_to_save(self) -> None:
        if self.busy:
            return
        self._remember()
        self._save(self.wish(), self)
