"""Records found in files: what exports carry comes back, what is damaged is said, what is hostile harms nobody."""

import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from explorer.domain import record
from explorer.domain.origins import Known, Origin, Overrides
from explorer.domain.periods import Grain, Span
from explorer.domain.pricing import Pricing
from explorer.domain.record import Cited, Record
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.errors import ExplorerError
from explorer.export import png, table_csv
from explorer.sources import records
from explorer.words import say

IMAGE = QImage(np.zeros((8, 8, 4), np.uint8).tobytes(), 8, 8, QImage.Format.Format_RGB32).copy()
CAPTION = Caption(say("T"), say("u"), say("s"), say("Source: x."))
TABLE = Table((Column("x", say("X"), Kind.TEXT),), {"x": ["a"]}, ("a",), CAPTION)
MADE = Record(
    "share",
    Selection(scope=Scope(9), search="<&> “千问”, =1+1; -x ]]>"),
    (Cited("a, =cmd.csv", "ab12", "2026-05-05", ""),),
    Overrides((Origin("minimax", "MiniMax", "DE", date(2023, 1, 1)),)),
    "Source: x.",
    "",
)

words = st.text(max_size=12)
spans = st.none() | st.tuples(st.integers(0, 40_000), st.integers(0, 400)).map(lambda pair: Span(pair[0], sum(pair)))
selections = st.builds(
    Selection,
    grain=st.sampled_from(Grain),
    span=spans,
    brush=spans,
    scope=st.sampled_from([ALL, LISTED]) | st.integers(1, 500).map(Scope),
    measure=st.sampled_from(Measure),
    grouping=st.sampled_from(Grouping),
    countries=st.frozensets(words, max_size=3),
    models=st.frozensets(words, max_size=3),
    search=words,
    known=st.sampled_from(Known),
    lens=st.booleans(),
    pricing=st.builds(Pricing, ratio=st.floats(0, 100), score=words),
)


def as_png(made: Record) -> bytes:
    return png.encode(IMAGE, png.texts(CAPTION, made))


def as_svg(made: Record) -> bytes:
    text = escape(record.text(made))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg">'
        f'<title>{{"citation":</title><metadata id="tokenshare-record">{text}</metadata><g/></svg>'
    ).encode()


def as_pdf(made: Record) -> bytes:
    text = escape(record.text(made))
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><t:Record xmlns:t="urn:t">{text}</t:Record></x:xmpmeta>'
    return b"%PDF-1.4\n\xff\xfe stream\n" + packet.encode() + b"\nendstream %%EOF"


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def as_pptx(made: Record) -> bytes:
    lines = "".join(f"<a:p><a:r><a:t>{half}</a:t></a:r></a:p>" for half in ("Counted: x", escape(record.text(made))))
    notes = f'<p:notes xmlns:p="p" xmlns:a="a">{lines}</p:notes>'
    return zipped(**{"ppt/notesSlides/notesSlide10.xml": "<a/>", "ppt/notesSlides/notesSlide2.xml": notes})


def as_properties(made: Record) -> bytes:
    text = escape(f"A report\n{record.labelled(made)}")
    core = f'<cp xmlns="c" xmlns:dc="d"><dc:title>T</dc:title><dc:description>{text}</dc:description></cp>'
    return zipped(**{"docProps/core.xml": core})


def as_xlsx(made: Record) -> bytes:
    strings = f"<sst><si><t>Model</t></si><si><t>{escape(record.labelled(made))}</t></si></sst>"
    return zipped(**{"docProps/core.xml": "<cp/>", "xl/sharedStrings.xml": strings})


def as_csv(made: Record) -> bytes:
    return table_csv.text(TABLE, record=made).encode(table_csv.ENCODING)


WAYS = {
    "a.png": as_png,
    "a.svg": as_svg,
    "a.pdf": as_pdf,
    "a.pptx": as_pptx,
    "b.pptx": as_properties,
    "a.xlsx": as_xlsx,
    "a.csv": as_csv,
}


@pytest.mark.parametrize("name", WAYS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(selection=selections)
def test_a_hundred_selections_come_back(tmp_path: Path, name: str, selection: Selection) -> None:
    made = Record("share", selection, MADE.snapshots, MADE.overrides, "Source: x.", "")
    (tmp_path / name).write_bytes(WAYS[name](made))
    assert records.read(tmp_path / name) == made


@pytest.mark.parametrize("name", WAYS)
def test_a_name_says_nothing_the_content_does(tmp_path: Path, name: str) -> None:
    (tmp_path / "download").write_bytes(WAYS[name](MADE))
    assert records.read(tmp_path / "download") == MADE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"date,model_permaslug\n",
        b"# a comment\ndate\n# Tokenshare-Record: {}\n",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x05iTX",
        b"PK\x03\x04 and nothing of the sort",
        b"%PDF-1.7",
        b"<svg><metadata>Tokenshare-Record</metadata></svg>",
        b"<html><body><svg></svg></body></html>",
        png.encode(IMAGE, png.texts(CAPTION)),
        table_csv.text(TABLE).encode(),
        zipped(**{"docProps/core.xml": "<cp><description>plain</description></cp>"}),
    ],
)
def test_a_file_without_a_record_has_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert records.read(tmp_path / "file") is None


def test_what_is_no_file_has_none(tmp_path: Path) -> None:
    assert records.read(tmp_path) is None
    assert records.read(tmp_path / "nowhere.png") is None


def test_a_picture_that_was_changed_or_cut_is_not_believed(tmp_path: Path) -> None:
    whole = as_png(MADE)
    at = whole.index(b"Tokenshare-Record") + 200
    path = tmp_path / "a.png"
    for damaged in (whole[:at] + b"X" + whole[at + 1 :], whole[:at]):
        path.write_bytes(damaged)
        with pytest.raises(ExplorerError, match=r"a\.png: What this file says of how it was made can't be read"):
            records.read(path)


@pytest.mark.parametrize("way", ["a.svg", "a.pdf", "a.pptx", "a.xlsx", "a.csv"])
def test_a_record_that_was_cut_is_said_to_be_unreadable(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = record.text(MADE)
    monkeypatch.setattr(record, "text", lambda _: text[:-20])
    (tmp_path / way).write_bytes(WAYS[way](MADE))
    with pytest.raises(ExplorerError, match="can't be read"):
        records.read(tmp_path / way)


def test_a_newer_program_s_record_is_said_to_be_newer(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('# Tokenshare-Record: {"schema": 99}\n', "utf-8")
    with pytest.raises(ExplorerError, match=r"a\.csv: This was saved by a newer version"):
        records.read(tmp_path / "a.csv")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_other_ways_to_write_the_chunk_are_read_too(tmp_path: Path) -> None:
    text = record.text(MADE).encode()
    plain = MADE.__class__("share", Selection(), (), Overrides(), "Source: x.", "")
    compressed = chunk(b"iTXt", b"Tokenshare-Record\0\1\0en\0\0" + zlib.compress(text))
    older = chunk(b"tEXt", b"Tokenshare-Record\0" + record.text(plain).encode("latin-1"))
    start, end = as_png(MADE)[:33], chunk(b"IEND", b"")
    for between, wanted in ((compressed, MADE), (older, plain), (chunk(b"IDAT", b"") + compressed, MADE)):
        (tmp_path / "a.png").write_bytes(start + between + end)
        assert records.read(tmp_path / "a.png") == wanted


def test_bombs_do_not_go_off(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    bomb = zlib.compress(b"x" * (64 << 20), 9)
    path.write_bytes(as_png(MADE)[:33] + chunk(b"iTXt", b"Tokenshare-Record\0\1\0\0\0" + bomb) + chunk(b"IEND", b""))
    with pytest.raises(ExplorerError, match="can't be read"):
        records.read(path)
    path.write_bytes(zipped(**{"docProps/core.xml": "<a>" + " " * (40 << 20) + "</a>"}))
    assert records.read(path) is None
    path.write_bytes(b"<svg>" + b"<g>" * 100_000)
    assert records.read(path) is None


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_xml_with_a_dtd_is_not_read(tmp_path: Path, dtd: str) -> None:
    text = as_svg(MADE).decode().replace("<!-- drawn -->", dtd)
    (tmp_path / "a.svg").write_text(text, "utf-8")
    carrier = records.carrier_of(tmp_path / "a.svg")
    assert carrier is not None
    assert str(carrier.title) == "SVG picture"
    assert records.read(tmp_path / "a.svg") is None


def test_nothing_in_a_comment_line_is_a_formula(tmp_path: Path) -> None:
    lines = as_csv(MADE).decode("utf-8-sig").splitlines()
    cells = [cell.lstrip() for line in lines if line.startswith("#") for cell in line.split(",")[1:]]
    assert any("u003dcmd" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    (tmp_path / "a.csv").write_bytes(as_csv(MADE))
    assert records.read(tmp_path / "a.csv") == MADE
