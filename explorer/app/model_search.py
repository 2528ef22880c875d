"""The search for models, which narrows what every view shows."""

from PySide6.QtWidgets import QWidget

from explorer.app.controls import SearchBox
from explorer.app.shortcuts import shown
from explorer.session import Session
from explorer.words import say

_WIDEST, _NARROWEST = 320, 180


class ModelSearch(SearchBox):
    """Shows what the session's Selection searches for and changes it; keeps no copy of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            say("Search models"),
            say("Search models"),
            say(
                "Show the models whose name, author, company or country has these words ({keys})", keys=shown("Ctrl+F")
            ),
            parent,
        )
        self._session = session
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.searched.connect(self._search)
        session.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.show_text(self._session.selection.search)

    def _search(self, text: str) -> None:
        self._session.select(self._session.selection.but(search=text))
