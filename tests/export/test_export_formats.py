"""Every kind of file: what is written opens, says its sentence, and carries how it was made."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer import domain
from explorer.domain import record as records
from explorer.domain.table import Table
from explorer.errors import ExplorerError
from explorer.export.exhibit import Exhibit
from explorer.export.formats import FORMATS, Wish, format_of, is_wide, refuse_ending
from explorer.export.framing import framed, worded
from explorer.export.marks import EXPLAINING, stays
from explorer.export.presets import PRESETS, named, scaled
from explorer.export.size import Size
from explorer.progress import unheard
from explorer.sources import records as carried
from explorer.style import THEMES, Style

Shown = Callable[..., Exhibit]
SMALL = Wish(Size(640, 360))


def fill(painter: QPainter, rect: QRectF, _table: Table, _style: Style) -> None:
    painter.fillRect(rect, QColor("#123456"))


def content(exhibit: Exhibit, suffix: str, wish: Wish = SMALL) -> bytes:
    return FORMATS[suffix].write(exhibit, lambda: fill, wish)


def undrawn() -> Any:
    pytest.fail("nothing is to be drawn")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_brings_its_record_back(shown: Shown, tmp_path: Path, suffix: str, qapp: object) -> None:
    exhibit = shown("leaderboard")
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(content(exhibit, suffix))
    if suffix == "parquet":
        pyarrow = pytest.importorskip("pyarrow.parquet")
        assert records.read(pyarrow.read_schema(path).metadata[b"record"].decode()) == exhibit.record
    else:
        assert carried.read(path) == exhibit.record


@pytest.mark.parametrize("suffix", ["png", "svg", "pptx", "xlsx", "csv", "parquet"])
def test_the_same_exhibit_gives_the_same_bytes(shown: Shown, suffix: str, qapp: object) -> None:
    assert content(shown("share"), suffix) == content(shown("share"), suffix)


@pytest.mark.parametrize("suffix", ["pptx", "xlsx", "csv", "parquet"])
def test_what_is_no_picture_draws_nothing(shown: Shown, suffix: str) -> None:
    assert not FORMATS[suffix].picture
    assert FORMATS[suffix].begin(shown("share"), undrawn, SMALL)(unheard)


def test_the_sentence_is_the_alternative_text_of_every_picture(shown: Shown, qapp: object) -> None:
    exhibit = shown("leaderboard")
    sentence = str(exhibit.table.caption.sentence)
    assert exhibit.spoken == sentence != ""
    png = QImage.fromData(content(exhibit, "png"), "PNG")
    assert sentence in png.text("XML:com.adobe.xmp")
    svg = ElementTree.fromstring(content(exhibit, "svg"))
    assert svg.findtext("{http://www.w3.org/2000/svg}desc") == sentence
    assert sentence.encode() in content(exhibit, "pdf")
    (slide,) = Presentation(io.BytesIO(content(exhibit, "pptx"))).slides
    described = [shape._element.xpath(".//p:cNvPr/@descr") for shape in slide.shapes if shape.has_chart]
    assert [sentence in " ".join(each) for each in described] == [True]
    with zipfile.ZipFile(io.BytesIO(content(exhibit, "xlsx"))) as workbook:
        drawing = ElementTree.fromstring(workbook.read("xl/drawings/drawing1.xml"))
    assert sentence in {each.get("descr") for each in drawing.iter() if each.tag.endswith("cNvPr")}


def test_written_words_stand_in_the_place_of_the_table_s_but_scope_and_source_stay(shown: Shown) -> None:
    exhibit = shown("share", search="")
    usual = exhibit.table.caption
    made = framed(replace(exhibit, title="My  title", subtitle="what I count", footnote="As I see it."))
    caption = made.caption
    assert list(map(str, (caption.title, caption.subtitle, *caption.notes))) == [
        "My title",
        "what I count",
        "Hatched: partial (2–3 Mar 2026).",
        "As I see it.",
    ]
    assert (caption.scope, caption.filters) == (usual.scope, (usual.subtitle, *usual.filters))
    longer = framed(replace(exhibit, subtitle=f"{usual.subtitle}: mine")).caption
    assert longer.filters == usual.filters
    assert str(caption.source) == f"{usual.source} Licensed under CC BY 4.0."
    assert worded(replace(exhibit, footnote="")).caption.notes == tuple(filter(stays, usual.notes))
    assert worded(exhibit).caption == usual


def test_notes_that_explain_what_is_drawn_are_what_the_domain_says() -> None:
    folder = Path(domain.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert [words for words in EXPLAINING if f'"{words}"' not in source] == []


def test_a_csv_says_what_the_view_says_whatever_was_written(shown: Shown) -> None:
    exhibit = shown("leaderboard")
    usual = content(exhibit, "csv").decode("utf-8-sig")
    written = content(replace(exhibit, subtitle="in my words", footnote="A desk"), "csv").decode("utf-8-sig")
    assert set(usual.splitlines()) < set(written.splitlines())
    assert set(written.splitlines()) - set(usual.splitlines()) == {"# Note: in my words", "# Note: A desk"}


def test_a_written_title_heads_the_csv(shown: Shown) -> None:
    text = content(replace(shown("share"), title="Mine"), "csv").decode("utf-8-sig")
    assert text.startswith("# Mine\r\n")
    assert content(shown("share"), "csv", replace(SMALL, comments=False)).startswith(b"\xef\xbb\xbfperiod_start,")


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_s_background_is_the_picture_s(shown: Shown, theme: str, qapp: object) -> None:
    exhibit = replace(shown("share"), style=Style(THEMES[theme]))
    corner = QImage.fromData(content(exhibit, "png"), "PNG").pixelColor(0, 0)
    assert corner.alpha() == (0 if theme == "transparent" else 255)
    if theme != "transparent":
        assert corner.name() == THEMES[theme].background


@pytest.mark.parametrize(
    ("size", "ratio"), [(Size(1920, 1080), 1.78), (Size(1440, 1080), 1.33), (Size(960, 1080), 1.33)]
)
def test_a_slide_is_wide_for_a_wide_picture(shown: Shown, size: Size, ratio: float) -> None:
    made = Presentation(io.BytesIO(content(shown("share"), "pptx", Wish(size))))
    assert made.slide_width is not None
    assert made.slide_height is not None
    assert round(made.slide_width / made.slide_height, 2) == ratio
    assert is_wide(size) is (ratio > 1.5)


def test_endings_say_the_format() -> None:
    assert format_of(Path("a/B.PNG")) is FORMATS["png"]
    with pytest.raises(ExplorerError, match=r"x\.gif: The ending .* Use one of \.png, \.svg, \.pdf, \.pptx, \.xlsx"):
        format_of(Path("x.gif"))


def test_presets_reach_8k_and_no_further() -> None:
    assert {key: (preset.size.width, preset.size.height) for key, preset in PRESETS.items()} == {
        "16:9": (1920, 1080),
        "4:3": (1440, 1080),
        "1:1": (1080, 1080),
        "9:16": (1080, 1920),
        "half-slide": (960, 1080),
    }
    assert scaled(named("16:9"), 4) == Size(7680, 4320)
    assert named("Half-Slide ") == Size(960, 1080)
    assert named("640x360") == Size(640, 360)
    with pytest.raises(ExplorerError, match="Choose 200 to 16384 pixels"):
        scaled(Size(16_384, 200), 2)


@pytest.mark.parametrize(("kind", "name"), [("png", "x.jpg"), ("png", "x.JPEG"), ("pptx", "x.potx"), ("csv", "x.xls")])
def test_no_file_is_named_as_one_of_a_kind_that_the_program_does_not_write(kind: str, name: str) -> None:
    with pytest.raises(ExplorerError) as raised:
        refuse_ending(Path(name), FORMATS[kind])
    ending = name.rpartition(".")[2].lower()
    assert str(raised.value.what) == f"The program writes no .{ending} files."
    assert str(raised.value.remedy) == f"End the name in .{kind}."


@pytest.mark.parametrize("name", ["x.png", "x.PNG", "x", "week 3.5", "x.2026"])
def test_a_name_may_have_any_other_ending(name: str) -> None:
    refuse_ending(Path(name), FORMATS["png"])
