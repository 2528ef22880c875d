"""Help: which keys do what, and what the program and its data are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer import __version__
from explorer.app.controls import label
from explorer.app.menus import EDIT, FILE, HELP, Entry
from explorer.app.shortcuts import shown
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import Message, say

_IN_VIEWS = (
    (say("Tab, Shift+Tab"), say("Next and previous control")),
    (say("↑ ↓ Page Up Page Down Home End"), say("Move through the rows of the focused view")),
    (say("Return, Space"), say("Mark the row or bar in every view, or go where the row leads")),
    (say("← →"), say("Move through the periods of the chart")),
    (say("B"), say("Compare the prices of the other models with this one")),
    (say("Drag in the chart"), say("Narrow the other views to those periods; double-click resets")),
)

ABOUT = (
    say("Tokenshare Explorer {version}", version=__version__),
    say("Who leads in language-model token usage, since when, by how much, and of what."),
    say("The program is free software under the MIT licence."),
    say(
        "Rankings are data of OpenRouter under CC BY 4.0. Whoever shows figures or pictures cites them as written "
        "below each view; whoever passes the data on adds “Licensed under CC BY 4.0.”"
    ),
    say("Prices that no imported list states come from the catalogue of the genai-prices package (MIT licence)."),
    say("Pictures are set in Source Sans Pro (SIL Open Font License)."),
)


class PlainDialog(QDialog):
    """A dialog to be read and closed."""

    def __init__(self, title: Message, content: QWidget, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(title))
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addWidget(content)
        buttons = QDialogButtonBox(self)
        buttons.addButton(tr(say("Close")), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        column.addWidget(buttons)


def key_map(parent: QWidget | None) -> QDialog:
    """Return the dialog of keys."""
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(4 * GRID)
    entries: tuple[Entry, ...] = (*FILE, *EDIT, *HELP)
    lines = [
        *((say("{keys}", keys=", ".join(map(shown, entry.keys))), entry.title) for entry in entries if entry.keys),
        *_IN_VIEWS,
    ]
    for row, (keys, what) in enumerate(lines):
        grid.addWidget(label(keys), row, 0)
        words = label(what)
        words.setText(words.text().replace("&", "").rstrip("…"))
        grid.addWidget(words, row, 1)
    return PlainDialog(say("Key map"), content, parent)


def about(parent: QWidget | None, source: Message) -> QDialog:
    """Return the dialog about the program; `source` cites the data on screen."""
    content = QLabel()
    content.setTextFormat(Qt.TextFormat.PlainText)
    content.setWordWrap(True)
    content.setMinimumWidth(60 * GRID)
    content.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    content.setText("\n\n".join(tr(message) for message in (*ABOUT, source)))
    return PlainDialog(say("About Tokenshare Explorer"), content, parent)
