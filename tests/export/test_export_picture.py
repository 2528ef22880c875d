"""Pictures at an asked size, with a view's draw function of two lines."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.domain.table import Caption, Column, Kind, Table
from explorer.errors import ExplorerError
from explorer.export.picture import SMALLEST_TYPE, render, scale_for
from explorer.export.size import Size
from explorer.style import DARK, LIGHT, SMALL, Style, Theme
from explorer.words import say

pytestmark = pytest.mark.usefixtures("qapp")

CAPTION = Caption(say("Who leads?"), say("tokens a week"), say("all tokens"), say("Source: somewhere."))
COLUMNS = (Column("model", say("Model"), Kind.TEXT),)
FULL = Table(COLUMNS, {"model": ["a/b"]}, ("a/b",), CAPTION)
EMPTY = Table(COLUMNS, {"model": []}, (), CAPTION, empty=say("There are no rankings yet."))


class Drawing:
    """A view's draw that paints its rectangle red and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[QRectF, Table, Style]] = []

    def __call__(self, painter: QPainter, rect: QRectF, table: Table, style: Style) -> None:
        self.given.append((rect, table, style))
        painter.fillRect(rect, QColor("#ff0000"))


def pixels(image: QImage) -> np.ndarray:
    """Return (height, width, 3) red, green, blue."""
    held = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(held.constBits(), np.uint8).reshape(held.height(), held.width(), 4)[:, :, :3].copy()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160), (1080, 1080), (641, 359), (400, 1600)])
def test_a_picture_has_exactly_the_asked_size(width: int, height: int) -> None:
    image = render(Drawing(), FULL, Style(), width, height)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (width, height, 1.0)


def test_the_view_draws_inside_the_frame_and_the_caption_around_it() -> None:
    drawing = Drawing()
    image = pixels(render(drawing, FULL, Style(), 1280, 720))
    ((rect, table, style),) = drawing.given
    assert table is FULL
    assert style.scale == 1.0
    top, bottom = round(rect.top()), round(rect.bottom())
    red = (image == (255, 0, 0)).all(axis=2)
    assert red[top + 1 : bottom - 1, round(rect.left()) + 1 : round(rect.right()) - 1].all()
    background = (image == 255).all(axis=2)
    assert (~background[:top]).sum() > 500
    assert (~background[bottom + 1 :]).sum() > 200
    assert background[:, :8].all()
    assert background[:, -8:].all()


def test_twice_the_size_is_twice_the_scale() -> None:
    drawing = Drawing()
    render(drawing, FULL, Style(), 1920, 1080)
    render(drawing, FULL, Style(), 3840, 2160)
    (first, _, small), (second, _, large) = drawing.given
    assert large.scale == 2 * small.scale
    assert second.height() == pytest.approx(2 * first.height(), rel=0.01)


def test_a_picture_does_not_depend_on_the_scale_of_the_screen() -> None:
    one, other = (render(Drawing(), FULL, style, 800, 600) for style in (Style(), Style(scale=2.5, family="Serif")))
    assert one == other


@pytest.mark.parametrize("size", [Size(1920, 1080), Size(1080, 1080), Size(1080, 1920), Size(300, 200), Size(200, 900)])
def test_type_is_legible_at_every_size(size: Size) -> None:
    smallest = round(SMALL * scale_for(size))
    assert smallest >= SMALLEST_TYPE * size.height
    assert smallest >= 9


def test_a_table_without_rows_shows_its_sentence_in_the_middle() -> None:
    drawing = Drawing()
    image = pixels(render(drawing, EMPTY, Style(), 1280, 720))
    assert not drawing.given
    ink = np.argwhere((image != 255).any(axis=2)[300:420])
    assert len(ink) > 200
    middle = (ink[:, 1].min() + ink[:, 1].max()) / 2
    assert middle == pytest.approx(640, abs=3)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_background_is_the_theme_s(theme: Theme) -> None:
    corner = render(Drawing(), FULL, Style(theme=theme), 400, 300).pixelColor(0, 0)
    assert corner.name() == theme.background


def test_a_size_that_cannot_be_made_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ExplorerError, match="100×100"):
        render(Drawing(), FULL, Style(), 100, 100)


def test_a_fault_of_the_view_leaves_no_painter_open() -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        render(broken, FULL, Style(), 400, 300)
