"""Title, subtitle and footnote of what is exported: the view's own, until a person writes others."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from explorer.app.controls import label, name
from explorer.domain.table import Caption
from explorer.drawing.translate import tr
from explorer.export.exhibit import Exhibit
from explorer.export.marks import stays
from explorer.words import say

_LEAST, _MOST = 4, 12
"""Lines of a footnote that there is room for."""


class WordRows(QObject):
    """Three fields of a form and what puts them back. `changed` says that something else is written in them.

    What is counted, scope, source, licence and notes on marks can't be edited away: no picture goes without them.
    """

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._usual = ("", "", "")
        self.title, self.subtitle, self.footnote = QLineEdit(parent), QLineEdit(parent), QPlainTextEdit(parent)
        for title, spoken, field in (
            (say("&Title"), say("Title"), self.title),
            (say("S&ubtitle"), say("Subtitle: what is counted"), self.subtitle),
            (say("F&ootnote"), say("Footnote"), self.footnote),
        ):
            name(field, spoken)
            heading = label(title, parent)
            heading.setBuddy(field)
            form.addRow(heading, field)
            field.textChanged.connect(self._changed)
        self.footnote.setTabChangesFocus(True)
        line = QFontMetrics(self.footnote.font()).lineSpacing()
        self.footnote.setMinimumHeight(_LEAST * line)
        self.footnote.setMaximumHeight(_MOST * line)
        self.back = QPushButton(tr(say("Put &back the view’s own")), parent)
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.put_back)
        form.addRow("", self.back)
        always = label(
            say("What is counted and when, scope, source, licence and notes on marks are on it in any case."), parent
        )
        always.setWordWrap(True)
        form.addRow("", always)

    def show_words(self, caption: Caption) -> None:
        """Show the words of a view, in place of those of another."""
        notes = " ".join(tr(note) for note in caption.notes if not stays(note))
        self._usual = (tr(caption.title), tr(caption.subtitle), notes)
        self.put_back()

    def put_back(self) -> None:
        """Show the view's own words again."""
        for field, words in zip((self.title, self.subtitle), self._usual[:2], strict=True):
            field.setText(words)
            field.setCursorPosition(0)
        self.footnote.setPlainText(self._usual[2])

    def written(self, exhibit: Exhibit) -> Exhibit:
        """Return an exhibit with what was written instead of the view's own words."""
        title, subtitle, footnote = (
            None if now == usual else now for now, usual in zip(self._now(), self._usual, strict=True)
        )
        return replace(exhibit, title=title, subtitle=subtitle, footnote=footnote)

    def _now(self) -> tuple[str, str, str]:
        return self.title.text(), self.subtitle.text(), self.footnote.toPlainText()

    def _changed(self) -> None:
        self.back.setEnabled(self._now() != self._usual)
        self.changed.emit()
