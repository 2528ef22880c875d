"""Open and Update, beside the menus: where data comes in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.app.controls import IconButton, name
from explorer.app.shortcuts import shown
from explorer.drawing.translate import tr
from explorer.style import GRID
from explorer.words import Message, say


class DataBar(QWidget):
    """Two buttons that do what their actions in the menu do, when those may be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(GRID)
        self.open = self._button("open", say("Open"), say("Choose files to import ({keys})", keys=shown("Ctrl+O")))
        self.update_data = self._button(
            "update", say("Update"), say("Fetch what is new from openrouter.ai ({keys})", keys=shown("Ctrl+U"))
        )

    def _button(self, picture: str, title: Message, tip: Message) -> IconButton:
        button = IconButton(picture, title, self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(tr(title))
        name(button, title, tip)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        return button

    def follow(self, open_files: QAction, update_data: QAction) -> None:
        """Do what these actions do."""
        for button, action in ((self.open, open_files), (self.update_data, update_data)):
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
