"""The bar beside the menus: the search, undo and redo, and where data comes in."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer.app.controls import IconButton, name
from explorer.app.model_search import ModelSearch
from explorer.app.shortcuts import shown
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.words import Message, say


class TopBar(QWidget):
    """The search, and four buttons that do what their actions in the menus do, when those may be done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = ModelSearch(session, self)
        self.undo = self._button("undo", say("Undo"), say("Undo ({keys})", keys=shown("Ctrl+Z")))
        self.redo = self._button("redo", say("Redo"), say("Redo ({keys})", keys=shown("Ctrl+Shift+Z")))
        self.open = self._button("open", say("Open"), say("Choose files to import ({keys})", keys=shown("Ctrl+O")))
        self.update_data = self._button(
            "update", say("Update"), say("Fetch what is new from openrouter.ai ({keys})", keys=shown("Ctrl+U"))
        )
        for worded in (self.open, self.update_data):
            worded.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, 0)
        row.setSpacing(GRID)
        row.addStretch()
        for widget in (self.search, self.undo, self.redo, self.open, self.update_data):
            row.addWidget(widget)

    def _button(self, picture: str, title: Message, tip: Message) -> IconButton:
        button = IconButton(picture, title, self)
        button.setText(tr(title))
        name(button, title, tip)
        return button

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Do what the actions of the menus do."""
        buttons: dict[str, QToolButton] = {
            "undo": self.undo,
            "redo": self.redo,
            "open": self.open,
            "update": self.update_data,
        }
        for key, button in buttons.items():
            action = actions[key]
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
