"""Message boxes: one sentence, as plain text."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.drawing.translate import tr
from explorer.errors import ExplorerError
from explorer.words import Message, say

PROGRAM = say("Tokenshare Explorer")


def box(parent: QWidget | None, icon: QMessageBox.Icon, *sentences: Message) -> QMessageBox:
    """Return a message box with some sentences, a line each."""
    made = QMessageBox(icon, tr(PROGRAM), "", QMessageBox.StandardButton.Ok, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText("\n".join(tr(sentence) for sentence in sentences))
    return made


def show_errors(parent: QWidget | None, errors: Iterable[ExplorerError]) -> None:
    """Show what a person can mend, and wait until it is read."""
    box(parent, QMessageBox.Icon.Warning, *(error.sentence for error in errors)).exec()
