"""Pictures as PDF: pages of their size, text as text, what they are inside."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.domain.table import Caption, Column, Kind, Table
from explorer.drawing import text
from explorer.export import pdf
from explorer.export.size import Size
from explorer.style import TRANSPARENT, Style
from explorer.words import say

pytestmark = pytest.mark.usefixtures("qapp")

CAPTION = Caption(say("Who leads & why?"), say("tokens a week"), say("all tokens"), say("Source: somewhere."))
TABLE = Table((Column("model", say("Model"), Kind.TEXT),), {"model": ["a/b"]}, ("a/b",), CAPTION)
SECOND = replace(TABLE, caption=replace(CAPTION, title=say("The second page")))


def draw(painter: QPainter, rect: QRectF, _table: Table, style: Style) -> None:
    text.put(painter, rect, "minimax-m2.5 1.44T", text.font(style, 13), style.theme.text)


def made(*sizes: Size, record: str = '{"a":"<b>"}') -> bytes:
    pages = [
        pdf.Page(draw, table, style, size)
        for table, style, size in zip((TABLE, SECOND), (Style(), Style(TRANSPARENT)), sizes, strict=False)
    ]
    return pdf.render(pages, alt="China led.", record=record)


def asked(content: bytes, folder: Path, *command: str) -> str:
    """What one of poppler's programs says of a PDF."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    (folder / "made.pdf").write_bytes(content)
    return subprocess.run([*command, folder / "made.pdf", *(["-"] if command[0] == "pdftotext" else [])],
                          check=True, capture_output=True, text=True, timeout=60).stdout  # fmt: skip


def test_every_page_has_the_size_of_its_picture(tmp_path: Path) -> None:
    said = asked(made(Size(1280, 720), Size(720, 1280)), tmp_path, "pdfinfo", "-f", "1", "-l", "2")
    sizes = [
        line.split(":")[1].split("pts")[0].strip() for line in said.splitlines() if "size:" in line and "pts" in line
    ]
    assert sizes == ["960 x 540", "540 x 960"]


def test_its_text_can_be_copied_and_its_fonts_are_inside(tmp_path: Path) -> None:
    content = made(Size(1280, 720), Size(1280, 720))
    said = asked(content, tmp_path, "pdftotext", "-layout")
    for words in ("Who leads & why?", "minimax-m2.5 1.44T", "The second page", "Source: somewhere."):
        assert words in said
    fonts = asked(content, tmp_path, "pdffonts").splitlines()[2:]
    assert any("SourceSansPro" in line for line in fonts)
    assert all(line.split()[-5] == "yes" for line in fonts), fonts


def test_it_says_what_it_shows_and_how_it_was_made(tmp_path: Path) -> None:
    content = made(Size(640, 360))
    assert "Who leads & why?" in asked(content, tmp_path, "pdfinfo")
    said = asked(content, tmp_path, "pdfinfo", "-meta")
    assert "China led." in said
    assert '<ts:Record>{"a":"&lt;b&gt;"}</ts:Record>' in said
