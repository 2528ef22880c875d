"""Pictures as SVG: opened by other programs, text as text, the record inside, the same bytes twice."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from explorer.domain.table import Caption, Column, Kind, Table
from explorer.drawing import text
from explorer.export import svg
from explorer.export.picture import render as render_image
from explorer.export.size import Size
from explorer.style import DARK, LIGHT, TRANSPARENT, Style, Theme
from explorer.words import say

pytestmark = pytest.mark.usefixtures("qapp")

NS = {"svg": "http://www.w3.org/2000/svg"}
SIZE = Size(640, 360)
CAPTION = Caption(
    say("Who leads & <why>?"), say("tokens a week"), say("all tokens"), say("Source: somewhere, 61.1\u2009%.")
)
TABLE = Table((Column("model", say("Model"), Kind.TEXT),), {"model": ["a/b"]}, ("a/b",), CAPTION)


def draw(painter: QPainter, rect: QRectF, _table: Table, style: Style) -> None:
    """A red box, in it a number at its right edge and a name in its middle, turned into the box's coordinates."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.fillRect(QRectF(0, 0, 100, 50), QColor("#ff0000"))
    used = text.font(style, 13)
    text.put(painter, QRectF(0, 0, 100, 20), "1.44T", used, style.theme.text, text.RIGHT)
    text.put(painter, QRectF(0, 20, 100, 20), "M2.5", text.font(style, 13, bold=True), style.theme.muted, text.CENTRE)
    painter.restore()


def made(theme: Theme = LIGHT, record: str = '{"view":"<share>"}') -> bytes:
    return svg.render(draw, TABLE, Style(theme), SIZE, alt="China led.", record=record)


def root(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)


def test_it_has_the_asked_size_and_says_what_it_shows() -> None:
    found = root(made())
    assert (found.get("width"), found.get("height"), found.get("viewBox")) == ("640", "360", "0 0 640 360")
    assert found.findtext("svg:title", namespaces=NS) == "Who leads & <why>?"
    assert found.findtext("svg:desc", namespaces=NS) == "China led."
    assert found.findtext("svg:metadata", namespaces=NS) == '{"view":"<share>"}'
    assert found.get("role") == "img"


def test_all_text_is_text_whole_and_kept_to_its_side() -> None:
    lines = {line.text: line for line in root(made()).iterfind(".//svg:text", NS)}
    assert {"Who leads & <why>?", "1.44T", "M2.5", "Source: somewhere, 61.1\u2009%."} <= set(lines)
    assert lines["1.44T"].get("text-anchor") == "end"
    assert lines["M2.5"].get("text-anchor") == "middle"
    assert lines["M2.5"].get("font-weight") == "600"
    assert lines["Who leads & <why>?"].get("text-anchor") is None
    right, middle = (float(lines[words].get("x", "")) for words in ("1.44T", "M2.5"))
    assert right - middle == pytest.approx(50, abs=0.01)


def test_fonts_are_named_and_the_letters_that_occur_come_along() -> None:
    content = made().decode()
    assert content.count("@font-face") == 2
    assert "font-family=\"'Source Sans Pro'," in content
    assert len(content) < 60_000


def test_the_same_picture_is_the_same_bytes() -> None:
    assert made() == made()
    assert made() != made(DARK)


def test_a_transparent_one_has_no_background() -> None:
    grounds = [
        [r.get("fill") for r in root(made(theme)).iterfind("svg:rect", NS)] for theme in (LIGHT, DARK, TRANSPARENT)
    ]
    assert grounds == [[LIGHT.background], [DARK.background], []]


@pytest.mark.parametrize("program", ["rsvg-convert", "chromium"])
def test_another_program_draws_the_same_picture(program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not here")
    source, target = tmp_path / "made.svg", tmp_path / "made.png"
    source.write_bytes(made())
    command = {
        "rsvg-convert": [program, source, "-o", target],
        "chromium": [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={target}",
            "--window-size=640,360", source.as_uri(),
        ],
    }[program]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs, ours = QImage(str(target)), render_image(draw, TABLE, Style(), SIZE.width, SIZE.height)
    assert (theirs.width(), theirs.height()) == (640, 360)
    box = next((x, y) for y in range(360) for x in range(640) if ours.pixelColor(x, y) == QColor("#ff0000"))
    assert theirs.pixelColor(box[0] + 2, box[1] + 2) == QColor("#ff0000")
    assert theirs.pixelColor(2, 2) == QColor(LIGHT.background)


def test_only_the_drawing_is_for_the_thread_of_the_gui(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(svg, "_subset", lambda *_: pytest.fail("fonts were cut while drawing"))
        document = svg.drawn(draw, TABLE, Style(), SIZE, alt="China led.", record='{"view":"<share>"}')
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(document).result() == made()


def test_letters_that_xml_refuses_are_left_out() -> None:
    caption = replace(CAPTION, title=say("a\x07\x0cb\ufffe"), notes=(say("\x01"),))
    content = svg.render(draw, replace(TABLE, caption=caption), Style(), SIZE, alt="\ud800x", record="\x1f{}")
    found = root(content)
    assert found.findtext("svg:desc", namespaces=NS) == "x"
    assert found.findtext("svg:title", namespaces=NS) == "ab"


def test_lines_fit_where_another_program_sets_them_in_a_wider_font() -> None:
    words = "Each provider counts tokens with its own tokenizer. " * 12
    long = replace(TABLE, caption=replace(CAPTION, notes=(say("{words}", words=words),)))
    found = root(svg.render(draw, long, Style(), SIZE, alt=""))
    for line in found.iterfind(".//svg:text", NS):
        font = QFont(text.PICTURE_FAMILY)
        font.setPixelSize(int(line.get("font-size", "")))
        if line.get("text-anchor") is None:
            assert (
                float(line.get("x", "")) + 1.13 * QFontMetricsF(font).horizontalAdvance(line.text or "") <= SIZE.width
            )
