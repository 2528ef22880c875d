"""The room of a caption on screen: it grows while only the brush moves, and starts anew with everything else."""

import pytest
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from explorer.domain.table import Caption
from explorer.drawing import frame
from explorer.style import Style
from explorer.words import say

SIZE = QSizeF(420, 600)
SHORT, LONG = "Two led", " ".join(["A much longer title that takes a second line"] * 2)


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Fonts need an application."""


def captioned(title: str, notes: int = 0) -> Caption:
    said = tuple(say("Note {i} says what must be known of the figures above it.", i=i) for i in range(notes))
    return Caption(say("{title}", title=title), say("tokens"), say("top 9"), say("Source: somebody."), said)


def fitted(room: frame.Around, caption: Caption, asked: str = "", size: QSizeF = SIZE) -> tuple[float, float]:
    room.fit(caption, Style(), size, 20, (asked,))
    return room.above, room.below


def test_a_caption_that_shrinks_leaves_the_drawing_where_it_is() -> None:
    room = frame.Around()
    short, long = fitted(room, captioned(SHORT)), fitted(room, captioned(LONG, notes=2))
    assert long[0] > short[0] and long[1] > short[1]
    assert fitted(room, captioned(SHORT)) == long
    assert [line.words for line in room.header if line.bold] == [SHORT]


@pytest.mark.parametrize("change", [{"asked": "another scope"}, {"size": QSizeF(420, 601)}])
def test_anything_but_the_brush_gives_a_caption_the_room_it_needs(change: dict[str, object]) -> None:
    room = frame.Around()
    needed = fitted(frame.Around(), captioned(SHORT), **change)  # pyright: ignore[reportArgumentType]
    assert fitted(room, captioned(LONG, notes=2)) != needed
    assert fitted(room, captioned(SHORT), **change) == needed  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("high", [90, 130, 160, 200, 260])
def test_room_that_was_kept_never_takes_the_part_of_the_drawing(high: int) -> None:
    room, size = frame.Around(), QSizeF(420, high)
    for caption in (captioned(LONG), captioned(SHORT, notes=4), captioned(SHORT)):
        above, below = fitted(room, caption, size=size)
        lines = frame.height(room.header, Style()), frame.height(room.footer, Style())
        assert above >= lines[0] and below >= lines[1]
        assert above + below <= max(high * (1 - frame.DRAWING) - 20, sum(lines))
