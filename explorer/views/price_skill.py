"""Price and skill: the blended price of each model against a score, with a line through the cheapest at each level."""

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.domain import price_skill, tables
from explorer.domain.dataset import Dataset
from explorer.domain.selection import Selection
from explorer.domain.table import Table
from explorer.drawing.scatter import Scatter
from explorer.drawing.translate import tr
from explorer.session import Session
from explorer.style import GRID, Style
from explorer.views.charts import points
from explorer.views.charts.widget import ChartWidget, Profile
from explorer.words import say


def lay_out(table: Table, rect: QRectF, style: Style) -> Scatter:
    """Lay the table out in `rect`."""
    return points.lay_out(points.score_up(), table, rect, style)


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint the table of prices and scores into `rect`."""
    lay_out(table, rect, style).paint(painter)


class PriceSkillWidget(QWidget):
    """The chart, and above it the choice of the score."""

    def __init__(self, session: Session, style: Style) -> None:
        super().__init__()
        self._session = session
        self._offered: tuple[tuple[str, str], ...] = ()
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr(say("Which score is shown")))
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        label = QLabel(tr(say("Score")), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self.choice)
        self._strip = QWidget(self)
        self._strip.setAutoFillBackground(True)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self.choice, 1)
        profile = Profile(say("Price and skill of models"), self._derive, lay_out, points.explain)
        self.chart = ChartWidget(session, style, profile, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.chart, 1)
        self.setFocusProxy(self.chart)
        self.setAccessibleName(tr(profile.name))
        self.choice.activated.connect(self._choose)
        self.chart.derived.connect(self._offer)
        self._offer()

    def table(self) -> Table:
        """Return the table on screen."""
        return self.chart.table()

    def set_style(self, style: Style) -> None:
        """Draw in another style from now on."""
        self.chart.set_style(style)

    def _derive(self, dataset: Dataset, selection: Selection) -> Table:
        return tables.table("price_skill", dataset, selection)

    def _offer(self) -> None:
        """Offer the scores that models of the window have, the shown one among them; the strip hides without any."""
        session = self._session
        found = price_skill.choices(session.dataset.under(session.selection), session.selection)
        offered = tuple(
            (choice.name, tr(say("{label}, {when}", label=choice.label, when=choice.when))) for choice in found
        )
        if offered != self._offered:
            self._offered = offered
            self.choice.clear()
            for name, words in offered:
                self.choice.addItem(words, name)
        names = [name for name, _ in offered]
        score = session.selection.pricing.score
        self.choice.setCurrentIndex(names.index(score) if score in names else 0 if names else -1)
        self._strip.setVisible(bool(offered))

    def _choose(self, index: int) -> None:
        now = self._session.selection
        score = cast(str, self.choice.itemData(index))
        self._session.select(now.but(pricing=replace(now.pricing, score=score)))


def widget(session: Session, style: Style) -> QWidget:
    """Return the view's widget, which follows the session."""
    return PriceSkillWidget(session, style)
