"""Plain text: wrapped and elided by words, never HTML, in the sizes and figures that the style asks for."""

import itertools
import random
import re

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
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


def wrapped_word_by_word(words: str, used: QFont, room: float, lines: int) -> tuple[str, ...]:
    """Wrap as `text.wrap` does, every line measured anew for every word."""
    metrics = QFontMetricsF(used)
    left = [word for word in re.split(r"[ \t\r\n]+", words.strip()) if word]
    if left and metrics.horizontalAdvance(words) <= room:
        return (words,)
    found: list[str] = []
    while left and len(found) < lines:
        line = left.pop(0)
        while left and metrics.horizontalAdvance(f"{line} {left[0]}") <= room:
            line = f"{line} {left.pop(0)}"
        found.append(line)
    if left:
        found[-1] = metrics.elidedText(" ".join((found[-1], *left)), Qt.TextElideMode.ElideRight, room)
    return tuple(found)


@pytest.mark.parametrize("family", ["", text.PICTURE_FAMILY])
@pytest.mark.parametrize("size", [SMALL, BODY, TITLE])
def test_lines_break_where_measuring_every_word_breaks_them(size: int, family: str) -> None:
    # Pairs that close up, as in "AV", "To" and "y.", also across a space; thin spaces; no words at all.
    used, draw = text.font(Style(family=family and text.picture_family()), size), random.Random(size)
    for _ in range(150):
        words = [
            "".join(draw.choices("AVToWyLfi.,…–%0189\u2009 ", k=draw.randint(1, 14)))
            for _ in range(draw.randint(0, 50))
        ]
        room, lines = draw.uniform(1, 900), draw.randint(1, 9)
        sentence = " ".join(words)
        assert text.wrap(sentence, used, room, lines) == wrapped_word_by_word(sentence, used, room, lines)
    prose = f"{WORDS}. {WORDS}: {WORDS}"
    for room in range(20, 900, 7):
        assert text.wrap(prose, used, room, 99) == wrapped_word_by_word(prose, used, room, 99)


@pytest.mark.parametrize("room", [80, 200, 500])
def test_a_script_without_spaces_is_wrapped_too(room: float) -> None:
    title = "二零二六年二月中国模型的用量超过美国模型，占前九名模型的 58.4\u2009% (MiniMax M2.5)，开放路由平台统计"
    used = text.font(picture_style(), TITLE, bold=True)
    lines = text.wrap(title, used, room, 99)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert len(lines) > 1
    assert all(text.width(line, used) <= room for line in lines)
    assert any("58.4\u2009%" in line for line in lines)
    two = text.wrap(title, used, room, 2)
    assert len(two) == 2
    assert two[0] == lines[0]
    assert two[1].endswith("…") == (len(lines) > 2)


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
