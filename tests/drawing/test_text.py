"""Plain text: wrapped and elided by words, never HTML, in the sizes and figures that the style asks for."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.drawing import text
from explorer.style import BODY, SMALL, TITLE, Style

WORDS = "trillion tokens a week by country, nine most-used models of each week out of four hundred"


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Fonts need an application."""


def picture_style(scale: float = 1.0) -> Style:
    return Style(scale=scale, family=text.picture_family())


def inked(words: str, used: QFont, rect: QRectF, align: object = text.LEFT) -> np.ndarray:
    """Return where `words` put ink on a white 300 × 60 image, bool (60, 300)."""
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    text.put(painter, rect, words, used, "#000000", align)  # pyright: ignore[reportArgumentType]
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(60, 300, 4)[:, :, 0] < 200


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("size", [SMALL, BODY, TITLE])
def test_fonts_are_as_high_as_the_scale_says(size: int, scale: float) -> None:
    assert text.font(picture_style(scale), size).pixelSize() == round(size * scale)


def test_the_picture_font_is_the_one_that_comes_with_the_program() -> None:
    used = text.font(picture_style(), BODY, bold=True)
    assert used.family() == "Source Sans Pro"
    assert used.exactMatch()
    assert used.weight() == QFont.Weight.DemiBold


def test_figures_are_tabular() -> None:
    used = text.font(picture_style(), BODY)
    assert {text.width(figure * 20, used) for figure in "0123456789"} == {text.width("0" * 20, used)}


@pytest.mark.parametrize("room", [80, 150, 240, 500, 5000])
def test_wrapped_lines_keep_every_word_and_the_room(room: float) -> None:
    used = text.font(picture_style(), BODY)
    lines = text.wrap(WORDS, used, room, 99)
    assert " ".join(lines) == WORDS
    assert all(text.width(line, used) <= room for line in lines)
    assert all(
        text.width(f"{line} {following.split()[0]}", used) > room for line, following in itertools.pairwise(lines)
    )


def test_what_is_left_over_is_elided_and_says_so() -> None:
    used = text.font(picture_style(), BODY)
    lines = text.wrap(WORDS, used, 150, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text.width(lines[-1], used) <= 150


def test_nothing_to_wrap_gives_no_line() -> None:
    assert text.wrap("  ", text.font(picture_style(), BODY), 100, 3) == ()


@pytest.mark.parametrize("align", [text.LEFT, text.RIGHT, text.CENTRE])
def test_ink_stays_inside_its_rectangle(align: object) -> None:
    rect = QRectF(60, 20, 120, 20)
    ink = inked(WORDS, text.font(picture_style(), BODY), rect, align)
    rows, columns = np.nonzero(ink)
    assert ink.any()
    assert columns.min() >= rect.left() - 1
    assert columns.max() <= rect.right() + 1
    assert rows.min() >= rect.top()
    assert rows.max() <= rect.bottom()


@pytest.mark.parametrize(
    ("align", "middle"), [(text.LEFT, 100), (text.CENTRE, 150), (text.RIGHT, 200)], ids=["left", "centre", "right"]
)
def test_alignment(align: object, middle: float) -> None:
    columns = np.nonzero(inked("MMM", text.font(picture_style(), BODY), QRectF(80, 10, 140, 30), align))[1]
    assert abs((columns.min() + columns.max()) / 2 - middle) < 12


def test_a_models_name_is_no_html() -> None:
    used, rect = text.font(picture_style(), BODY), QRectF(0, 0, 300, 40)
    tagged, plain = inked("<b>x</b>", used, rect), inked("x", used, rect)
    assert tagged.sum() > 3 * plain.sum()
