"""File > Report…: of what, as which files, and where; then the writing, with progress and Cancel."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from explorer.app import file_dialogs, reporting
from explorer.app.controls import label, name, with_button
from explorer.app.making import Making, WorkingDialog
from explorer.app.messages import box, show_errors
from explorer.app.report_job import Order, ReportJob
from explorer.app.reporting import Wanted
from explorer.app.settings import Settings
from explorer.domain.dataset import Dataset
from explorer.domain.reports import TEMPLATES, VIEWS, about
from explorer.domain.selection import Selection
from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.export import files
from explorer.session import Session
from explorer.style import THEMES, Style
from explorer.words import Message, say

SCREEN = "screen"
_NAMES: Mapping[str, Message] = {"weekly": say("Weekly"), "monthly": say("Monthly")}
_ON_SCREEN = say("What is on screen")
_KINDS: Mapping[str, tuple[Message, tuple[str, ...]]] = {
    "both": (say("PowerPoint deck and PDF"), ("pptx", "pdf")),
    "pptx": (say("PowerPoint deck"), ("pptx",)),
    "pdf": (say("PDF"), ("pdf",)),
}
_THEMES: Mapping[str, Message] = {"light": say("Light"), "dark": say("Dark"), "print": say("Print, black on white")}
_NARROWEST = 520


class ReportWizard(WorkingDialog):
    """Asks for a report and writes it; `views` are the keys of the views on screen, `tell` says what was done."""

    def __init__(
        self,
        session: Session,
        views: tuple[str, ...],
        settings: Settings,
        tell: Callable[[Message], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._views, self._settings, self._tell = session, views, settings, tell
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(say("Report")))
        self.setMinimumWidth(_NARROWEST)
        self._form = QFormLayout(self)
        templates = ((key, about(each, session.latest)) for key, each in TEMPLATES.items())
        subjects = [(say("{name}: {about}", name=_NAMES[key], about=words), key) for key, words in templates]
        self.subject = self._combo(say("&Of"), say("What the report is of"), [*subjects, (_ON_SCREEN, SCREEN)])
        self.kind = self._combo(say("&Files"), say("Files"), [(title, key) for key, (title, _) in _KINDS.items()])
        self.theme = self._combo(say("&Theme"), say("Theme"), [(title, key) for key, title in _THEMES.items()])
        self.slides = self._place(
            say("&Slides like"), say("PowerPoint template"), say("none: plain slides"), self._ask_slides
        )
        self.folder = self._place(say("F&older"), say("Folder"), say("where the files go"), self._ask_folder)
        self.names = label(say(""), self)
        self.names.setWordWrap(True)
        self._form.addRow(self.names)
        self._form.addRow(self._buttons())
        self._recall()
        for combo in (self.subject, self.kind):
            combo.currentIndexChanged.connect(self._refresh)
        self.folder.textChanged.connect(self._refresh)
        self.working.connect(self._refresh)
        self._refresh()

    # --- what it is made of

    def _combo(self, title: Message, spoken: Message, items: list[tuple[Message, str]]) -> QComboBox:
        combo = QComboBox(self)
        for text, key in items:
            combo.addItem(tr(text), key)
        name(combo, spoken)
        self._row(title, combo, combo)
        return combo

    def _row(self, title: Message, buddy: QWidget, field: QWidget) -> None:
        heading = label(title, self)
        heading.setBuddy(buddy)
        self._form.addRow(heading, field)

    def _place(self, title: Message, spoken: Message, empty: Message, ask: Callable[[], object]) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(tr(empty))
        line.setClearButtonEnabled(True)
        name(line, spoken)
        field = with_button(line, say("Choose…"), say("Choose: {what}", what=spoken), ask)
        self._row(title, line, field)
        return line

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.write = buttons.addButton(tr(say("&Write")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        buttons.addButton(tr(say("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.begin)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- what is asked for

    def _recall(self) -> None:
        recalled = self._settings.recalled
        for combo, key in ((self.subject, "subject"), (self.kind, "kind"), (self.theme, "theme")):
            if (at := combo.findData(recalled(f"report/{key}"))) >= 0:
                combo.setCurrentIndex(at)
        self.slides.setText(recalled("report/slides"))
        self.folder.setText(recalled("report/folder") or self._settings.folder or str(Path.home()))

    def _remember(self) -> None:
        keep = self._settings.recall_later
        for key, value in (
            ("subject", self.subject.currentData()),
            ("kind", self.kind.currentData()),
            ("theme", self.theme.currentData()),
            ("slides", self.slides.text().strip()),
            ("folder", self.folder.text().strip()),
        ):
            keep(f"report/{key}", value)

    def wanted(self) -> tuple[Dataset, Wanted]:
        """Return the data and what the report is to be of: a template's is of the data as known today."""
        template = TEMPLATES.get(self.subject.currentData())
        if template is not None:
            return self._session.latest, reporting.of_template(template, self._session.latest)
        selection: Selection = self._session.selection
        return self._session.dataset, Wanted("view", say("What was on screen"), selection, self._views or VIEWS)

    def paths(self) -> dict[str, Path]:
        """Return the files to write, by ending."""
        dataset, wanted = self.wanted()
        stem, folder = wanted.stem(dataset), Path(self.folder.text().strip()).expanduser()
        return {kind: folder / f"{stem}.{kind}" for kind in _KINDS[self.kind.currentData()][1]}

    def _refresh(self) -> None:
        deck = "pptx" in _KINDS[self.kind.currentData()][1]
        self.slides.setEnabled(deck)
        self.write.setEnabled(not self.busy and bool(self.folder.text().strip()))
        names = " ".join(path.name for path in self.paths().values())
        self.names.setText(tr(say("Writes: {names}", names=names)))

    def _ask_slides(self) -> None:
        kinds = say("PowerPoint files (*.pptx *.potx)")
        at = self.slides.text().strip() or self._settings.folder
        chosen = file_dialogs.open_file(self, say("PowerPoint template"), at, kinds)
        if chosen is not None:
            self.slides.setText(str(chosen))

    def _ask_folder(self) -> None:
        chosen = file_dialogs.choose_folder(self, say("Folder for the report"), self.folder.text().strip())
        if chosen is not None:
            self.folder.setText(str(chosen))

    # --- writing it

    def begin(self) -> None:
        """Write the report, once the person agrees that what is there already is replaced."""
        if self.busy:
            return
        paths = self.paths()
        there = files.existing(paths.values())
        if there and not self._agreed(there):
            return
        self._remember()
        dataset, wanted = self.wanted()
        slides = self.slides.text().strip() if self.slides.isEnabled() else ""
        style = Style(THEMES[self.theme.currentData()])
        order = Order(dataset, wanted, style, paths, Path(slides).expanduser() if slides else None)
        making = Making(self, say("Report"), say("Writing the report…"), ReportJob(order))
        making.done.connect(self._done)
        making.failed.connect(self._failed)
        self.hold(making)
        making.start()

    def _agreed(self, there: tuple[Path, ...]) -> bool:
        names = ", ".join(path.name for path in there)
        asked = box(self, QMessageBox.Icon.Question, say("There already: {names}. Replace?", names=names))
        asked.setStandardButtons(QMessageBox.StandardButton.NoButton)
        replace = asked.addButton(tr(say("&Replace")), QMessageBox.ButtonRole.AcceptRole)
        keep = asked.addButton(tr(say("Cancel")), QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(keep)
        asked.exec()
        agreed = asked.clickedButton() is replace
        asked.deleteLater()
        return agreed

    def _done(self, paths: tuple[Path, ...]) -> None:
        self._tell(say("Report written: {files}", files=", ".join(path.name for path in paths)))
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            raise error
        show_errors(self, [error])
