"""Price and use: the blended price of each model against its tokens, in the colours of countries."""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explorer.domain import tables
from explorer.domain.table import Table
from explorer.drawing.scatter import Scatter
from explorer.session import Session
from explorer.style import Style
from explorer.views.charts import points
from explorer.views.charts.widget import ChartWidget, Profile
from explorer.words import say


def lay_out(table: Table, rect: QRectF, style: Style) -> Scatter:
    """Lay the table out in `rect`."""
    return points.lay_out(points.tokens_up(), table, rect, style)


def draw(painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
    """Paint the table of prices and tokens into `rect`."""
    lay_out(table, rect, style).paint(painter)


PROFILE = Profile(say("Price and use of models"), partial(tables.table, "price_usage"), lay_out, points.explain)


def widget(session: Session, style: Style) -> QWidget:
    """Return the view's widget, which follows the session."""
    return ChartWidget(session, style, PROFILE)
