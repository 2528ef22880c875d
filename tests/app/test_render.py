"""Rendering where nobody looks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.app import render
from explorer.domain.origins import Overrides
from explorer.domain.record import Record
from explorer.domain.selection import Selection
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.errors import ExplorerError
from explorer.export.exhibit import Exhibit
from explorer.export.formats import FORMATS, Wish
from explorer.export.size import Size
from explorer.views import VIEWS, View
from explorer.words import say

TABLE = Table(
    (Column("x", say("X"), Kind.TEXT),), {"x": ["a"]}, ("a",), Caption(say("T"), say("u"), say("s"), say("Source: x."))
)


@pytest.mark.parametrize(
    ("environ", "system", "why"),
    [
        ({}, "linux", "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ""}, "linux", "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ":0"}, "linux", None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", None),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "linux", "QT_QPA_PLATFORM is offscreen"),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, "win32", "QT_QPA_PLATFORM is offscreen:size=800x600"),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", None),
        ({}, "darwin", None),
        ({}, "win32", None),
    ],
)
def test_a_display_is_told_by_the_environment(environ: dict[str, str], system: str, why: str | None) -> None:
    found = render.missing_display(environ, system)
    assert (None if found is None else str(found)) == why


def test_a_picture_is_drawn_by_the_view_s_own_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    class Module:
        @staticmethod
        def draw(painter: QPainter, rect: QRectF, *_: object) -> None:
            painter.fillRect(rect, QColor("#123456"))

    monkeypatch.setattr(View, "load", lambda self: Module if self.key == "share" else None)
    made = Exhibit("share", TABLE, Record("share", Selection(), (), Overrides(), "", ""))
    image = QImage.fromData(render.written(FORMATS["png"], made, Wish(Size(641, 480))), "PNG")
    assert (image.width(), image.height()) == (641, 480)
    assert image.pixelColor(320, 240).name() == "#123456"
    assert image.text("Title") == "T"


def test_the_views_of_tables_and_of_the_window_are_the_same() -> None:
    assert tuple(view.key for view in VIEWS) == tuple(render.TABLES)


def test_there_is_one_application() -> None:
    assert render.application() is render.application()


def test_a_store_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("not a database, not empty either", "utf-8")
    with pytest.raises(ExplorerError, match="not a store of this program"):
        render.opening_views(tmp_path / "diary.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()
