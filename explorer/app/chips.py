"""The line of active filters, each with a × of its own, and of what the numbers are shares."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.app import spans
from explorer.app.clauses import Clause, clauses
from explorer.app.controls import IconButton, explain, label, name
from explorer.app.flow import FlowLayout
from explorer.domain.periods import Span
from explorer.domain.selection import Selection, Source
from explorer.domain.tables import table
from explorer.domain.wording import span_words
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID
from explorer.words import Message, say

_RADIUS = 10
_BUTTON = 20

DATASET_NAMES = {Source.RANKINGS: say("daily rankings"), Source.PUBLISHED: say("published figures")}


class Chip(QWidget):
    """One active filter: what it says, a step back and forth where it is a window, and × to drop it.

    Emits the Selection that a click on one of them asks for.
    """

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(_RADIUS, 1, 2, 1)
        row.setSpacing(2)
        self.words = label(say(""), self)
        row.addWidget(self.words)
        self.earlier = self._button("previous", say("Earlier"))
        self.later = self._button("next", say("Later"))
        self.remove = self._button("close", say("Remove"))
        self._targets: dict[IconButton, Selection | None] = {}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _button(self, picture: str, title: Message) -> IconButton:
        button = IconButton(picture, title, self)
        button.setFixedSize(_BUTTON, _BUTTON)
        button.clicked.connect(lambda: self._go(button))
        self.layout().addWidget(button)  # pyright: ignore[reportOptionalMemberAccess]
        return button

    def _go(self, button: IconButton) -> None:
        if target := self._targets[button]:
            self.selected.emit(target)

    def show_clause(self, clause: Clause, selection: Selection, data: Span | None) -> None:
        """Show a clause of the current selection; `data` bounds the steps of the brush, None for other clauses."""
        self._targets[self.remove] = clause.without
        text = tr(clause.label)
        if text != self.words.text():
            self.words.setText(text)
            self.setAccessibleName(text)
            name(self.remove, say("Remove {filter}", filter=clause.label))
        for button, forward, title in (
            (self.earlier, False, "Earlier: {span}"),
            (self.later, True, "Later: {span}"),
        ):
            button.setVisible(data is not None)
            if data is None or clause.window is None:
                continue
            target = spans.stepped(clause.window, forward, data)
            self._targets[button] = selection.but(brush=target) if target else None
            button.setEnabled(target is not None)
            name(button, say(title, span=span_words(target) if target else say("no data there")))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        painter.setPen(colours.color(QPalette.ColorRole.Mid))
        painter.setBrush(colours.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)


class ElidingLabel(QLabel):
    """One line of quiet text at the right, cut with … where there is no room; the tooltip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)


class ChipBar(QWidget):
    """Follows the session: one chip per active filter, and the scope with its denominator."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chips: dict[str, Chip] = {}
        self.setAccessibleName(tr(say("Active filters")))
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.scope = ElidingLabel(self)
        self._flow.addWidget(self.scope)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        session.changed.connect(self.refresh)
        self.refresh()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips on screen, in reading order."""
        return tuple(self._chips.values())

    def refresh(self) -> None:
        """Show the filters of the session's Selection."""
        selection, dataset = self._session.selection, self._session.dataset
        active = clauses(selection, dataset)
        if tuple(clause.key for clause in active) != tuple(self._chips):
            self._rebuild(active)
        data = spans.whole(dataset)
        bounds = (selection.span or data) if data else None
        for clause in active:
            self._chips[clause.key].show_clause(clause, selection, bounds if clause.window else None)
        self._show_scope(say("{scope} · {dataset}", scope=self._scope(), dataset=DATASET_NAMES[dataset.source]))

    def _scope(self) -> Message:
        return table("leaderboard", self._session.dataset, self._session.selection).caption.scope

    def _show_scope(self, message: Message) -> None:
        text = tr(message)
        if text != self.scope.text():
            self.scope.setText(text)
            explain(self.scope, text)

    def _rebuild(self, active: tuple[Clause, ...]) -> None:
        kept = self._chips
        self._chips = {clause.key: kept.pop(clause.key, None) or self._chip() for clause in active}
        for chip in kept.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
        before: QWidget = self
        for place, chip in enumerate(self._chips.values()):
            self._flow.insertWidget(place, chip)
            for button in (chip.earlier, chip.later, chip.remove):
                QWidget.setTabOrder(before, button)
                before = button

    def _chip(self) -> Chip:
        chip = Chip(self)
        chip.selected.connect(self._session.select)
        return chip
