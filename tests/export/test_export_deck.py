"""Decks, opened again by python-pptx, and by LibreOffice where it is installed."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from explorer.domain import record as records
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.schema import to_day
from explorer.domain.selection import LISTED, Grouping, Measure
from explorer.domain.table import Kind
from explorer.errors import ExplorerError
from explorer.export import chart_data, deck, deck_chart, deck_template, deck_text
from explorer.export.chart_data import Chart, ChartSeries, Form
from explorer.export.deck_template import Shape
from explorer.export.exhibit import Exhibit
from explorer.style import DARK, Style

Shown = Callable[..., Exhibit]
VIEWS = ("leaderboard", "share", "prices", "leads", "drivers", "price_history", "price_usage", "workload", "spend")


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def slides(content: bytes) -> list[Any]:
    return list(opened(content).slides)


def native(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> dict[str, str]:
    return {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


@pytest.fixture
def every(shown: Shown) -> list[Exhibit]:
    return [shown(view) for view in VIEWS]


def test_native_charts_hold_the_values_of_the_chart(every: list[Exhibit]) -> None:
    for exhibit, slide in zip(every, slides(deck.deck(every)), strict=True):
        wanted = chart_data.charts(exhibit)
        found = native(slide)
        assert len(found) == len(wanted)
        for chart, own in zip(found, wanted, strict=True):
            series = {each.name: tuple(each.values) for each in chart.plots[0].series}
            assert series == {each.name: each.values for each in own.series}


def test_the_numbers_behind_a_chart_can_be_edited(shown: Shown) -> None:
    exhibit = shown("share")
    (chart,) = native(*slides(deck.deck([exhibit])))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    (own,) = chart_data.charts(exhibit)
    assert head[1:] == [series.name for series in own.series]
    assert [row[0] for row in rows] == list(own.categories)
    for at, series in enumerate(own.series, 1):
        assert [row[at] for row in rows] == ["" if value is None else value for value in series.values]


@pytest.mark.parametrize("form", [Form.BARS, Form.POINTS, Form.LINES])
def test_words_in_the_workbook_behind_a_chart_are_no_formulas_and_no_links(shown: Shown, form: Form) -> None:
    names = ("=1+1", '=HYPERLINK("http://e.example")', "http://e.example", "{=1+1}")
    across = (1.0,) if form is Form.POINTS else ()
    categories: Any = {Form.BARS: ("=2+2",), Form.LINES: (date(2026, 2, 9),), Form.POINTS: ()}[form]
    series = tuple(ChartSeries(name, "#123456", (1.0,), across) for name in names)
    made: Any = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    box = deck_chart.Box(0, 0, 8, 5)
    deck_chart.add(slide, box, Chart(form, categories, series, Kind.NUMBER, chart_data.Axis()), shown("leaderboard"))
    (chart,) = native(slide)
    book = chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in cells
        assert "<hyperlink" not in cells
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Sheet1").to_python()
    assert {*names} <= {cell for row in sheet for cell in row}
    assert [each.name for each in chart.plots[0].series] == list(names)


def test_prices_that_are_all_zero_are_a_table(shown: Shown, world_of: Callable[..., Dataset]) -> None:
    free = world_of({("mistralai/third:free", day): 5 for day in range(7)}, {"mistralai": "FR"})
    (slide,) = slides(deck.deck([shown("prices", free)]))
    assert native(slide) == []
    assert [shape.has_table for shape in slide.shapes].count(True) == 1


def test_a_slide_says_what_is_counted_and_where_it_is_from(shown: Shown) -> None:
    exhibit = shown("share")
    (slide,) = slides(deck.deck([exhibit]))
    caption = exhibit.table.caption
    said = texts(slide)
    assert slide.shapes.title.text_frame.text == str(caption.title)
    assert said["Subtitle"] == str(caption.subtitle)
    assert said["Source"].endswith(f"{caption.source} Licensed under CC BY 4.0.")
    assert str(caption.scope) in said["Source"]
    assert str(caption.notes[0]) in said["Source"]


def test_marks_that_a_native_chart_has_not_are_not_explained(shown: Shown, world_of: Callable[..., Dataset]) -> None:
    days = {(model, day): tokens for day in range(14) for model, tokens in (("google/a", 9), ("qwen/b", 2 + day))}
    exhibit = shown("share", world_of(days, {"google": "US", "qwen": "CN"}))
    note = str(exhibit.table.caption.notes[0])
    assert "the lead changes" in note
    (slide,) = slides(deck.deck([exhibit]))
    assert note not in texts(slide)["Source"]
    assert f"Note: {note}" in slide.notes_slide.notes_text_frame.text


def test_the_words_a_person_wrote_stand_in_place_but_never_of_the_source(shown: Shown) -> None:
    exhibit = replace(shown("share"), title="Mine", subtitle="tokens!", footnote="As I see it.")
    (slide,) = slides(deck.deck([exhibit]))
    said = texts(slide)
    assert slide.shapes.title.text_frame.text == "Mine"
    assert said["Subtitle"] == "tokens!"
    scope = exhibit.table.caption.scope
    counted = (
        f"Counted: {exhibit.table.caption.subtitle}. Scope: {scope}. Hatched: partial (2–3 Mar 2026). As I see it."
    )
    assert said["Source"] == f"{counted}\n{exhibit.table.caption.source} Licensed under CC BY 4.0."
    silent = replace(exhibit, subtitle="", footnote="")
    assert "Subtitle" not in texts(*slides(deck.deck([silent])))


def test_notes_and_properties_make_it_reproducible(shown: Shown) -> None:
    exhibits = [shown("share", grouping=Grouping.AUTHOR), shown("leaderboard")]
    content = deck.deck(exhibits)
    for exhibit, slide in zip(exhibits, slides(content), strict=True):
        notes = slide.notes_slide.notes_text_frame.text.split("\n")
        assert notes[:-1] == list(exhibit.provenance)
        assert records.read(notes[-1]) == exhibit.record
        assert any("ab" * 32 in line for line in notes)
    about = opened(content).core_properties
    assert [records.read(line) for line in about.comments.split("\n")] == [each.record for each in exhibits]
    assert about.title == exhibits[0].heading
    assert about.author == records.PROGRAM
    assert about.created.date() == date(2026, 3, 4)


def test_a_chart_is_described_for_those_who_do_not_see_it(every: list[Exhibit]) -> None:
    for exhibit, slide in zip(every, slides(deck.deck(every)), strict=True):
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        for shape in drawn:
            assert exhibit.spoken in shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert exhibit.spoken


def test_the_same_exhibits_give_the_same_bytes(every: list[Exhibit]) -> None:
    assert deck.deck(every) == deck.deck(every)


def test_partial_periods_are_hatched(shown: Shown) -> None:
    (chart,) = native(*slides(deck.deck([shown("share")])))
    for series in chart.plots[0].series:
        hatched = [
            point.find(qn("c:idx")).get("val")
            for point in series._element.findall(qn("c:dPt"))
            if point.find(f".//{qn('a:pattFill')}") is not None
        ]
        assert hatched == ["3"]


def test_no_axis_prints_an_exponent(every: list[Exhibit]) -> None:
    for slide in slides(deck.deck(every)):
        for chart in native(slide):
            assert chart.value_axis.tick_labels.number_format != "General"
            assert not chart.value_axis.tick_labels.number_format_is_linked


def test_a_logarithmic_axis_begins_at_a_power_of_ten(shown: Shown) -> None:
    (chart,) = native(*slides(deck.deck([shown("prices")])))
    scaling = chart.value_axis._element.find(qn("c:scaling"))
    assert [(child.tag, child.get("val")) for child in scaling if child.tag != qn("c:orientation")] == [
        (qn("c:logBase"), "10"),
        (qn("c:max"), "100.0"),
        (qn("c:min"), "0.1"),
    ]


def test_a_short_time_is_labelled_by_its_days(shown: Shown) -> None:
    (chart,) = native(*slides(deck.deck([shown("price_history")])))
    axis = chart.category_axis._element
    assert axis.find(qn("c:majorTimeUnit")).get("val") == "days"
    assert axis.find(qn("c:majorUnit")).get("val") == "3"
    assert chart.category_axis.tick_labels.number_format == "d mmm"


def test_the_axes_of_points_end_where_their_labels_were_placed_by(shown: Shown) -> None:
    exhibit = shown("price_usage")
    (own,) = chart_data.charts(exhibit)
    (chart,) = native(*slides(deck.deck([exhibit])))
    for axis, asked in ((chart.value_axis, own.up), (chart.category_axis, own.across)):
        assert (axis.minimum_scale, axis.maximum_scale) == asked.reach


def test_the_lens_is_four_charts_under_one_legend(shown: Shown) -> None:
    (slide,) = slides(deck.deck([shown("share", lens=True)]))
    assert len(native(slide)) == 4
    assert not any(chart.has_legend for chart in native(slide))
    assert [word.strip() for word in texts(slide)["Legend"].split("■") if word.strip()] == [
        "China",
        "United States",
        "France",
        "Unattributed",
    ]


def test_a_table_that_is_no_chart_says_how_many_rows_are_left(shown: Shown, many: Dataset) -> None:
    exhibit = replace(shown("leaderboard", many, scope=LISTED), view="of no chart")
    (slide,) = slides(deck.deck([exhibit]))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = len(table.rows) - 1
    assert 5 < rows < 40
    assert texts(slide)["More rows"] == f"… and {40 - rows} more rows."
    cells = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert cells[0][:3] == ["#", "Model", "Author"]
    assert cells[1][:2] == ["1", "m40"]
    assert "280B" in cells[1]
    empty = [cell for row in table.rows for cell in row.cells if not cell.text_frame.text]
    assert empty
    assert {cell._tc.find(f".//{qn('a:endParaRPr')}").get("sz") for cell in empty} == {"1000"}


def test_a_slide_of_leads_says_which_are_certain(shown: Shown, world_of: Callable[..., Dataset]) -> None:
    days = {(model, day): tokens for day in range(14) for model, tokens in (("google/a", 9), ("qwen/b", 2 + day))}
    (slide,) = slides(deck.deck([shown("leads", world_of(days, {"google": "US", "qwen": "CN"}))]))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    heads = [cell.text_frame.text for cell in table.rows[0].cells]
    at = heads.index("Certain")
    assert {row.cells[at].text_frame.text for row in list(table.rows)[1:]} <= {"yes", "no"}
    assert at < heads.index("Periods led")


def test_what_changes_compare_with_is_told_only_where_changes_are_shown(
    shown: Shown, world_of: Callable[..., Dataset]
) -> None:
    days = {(model, day): 5 + day for day in range(14) for model in ("google/a", "qwen/b")}
    week = Span(to_day(date(2026, 2, 16)), to_day(date(2026, 2, 22)))
    exhibit = shown("leaderboard", world_of(days, {"google": "US", "qwen": "CN"}), span=week)
    assert any(str(note).startswith("Changes compare") for note in exhibit.table.caption.notes)
    (slide,) = slides(deck.deck([exhibit]))
    assert "Changes compare" not in texts(slide)["Source"]
    assert "Changes compare" in slide.notes_slide.notes_text_frame.text


def test_an_empty_table_is_its_sentence(shown: Shown, world: Dataset) -> None:
    exhibit = shown("claims")
    (slide,) = slides(deck.deck([exhibit]))
    assert texts(slide)["Empty"] == str(exhibit.table.empty)


# --- room


LONG = "A finding that goes on and on, with every caveat that somebody could think of before lunch; " * 5
CHINESE = "中国模型在这一周的词元用量超过了美国模型而且差距还在扩大" * 6


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("words", ["Short", LONG, CHINESE])
@pytest.mark.parametrize("view", ["share", "leads", "price_usage"])
def test_nothing_overflows_its_box_or_another(shown: Shown, shape: Shape, words: str, view: str) -> None:
    exhibit = replace(shown(view), title=words, subtitle=words, footnote=words * 4)
    content = deck.deck([exhibit], shape=shape)
    (slide,) = slides(content)
    wide, high = (Inches(side) for side in shape.value)
    boxes = sorted((s.top, s.top + s.height, s.left, s.left + s.width) for s in slide.shapes if s.name != "More rows")
    for top, bottom, left, right in boxes:
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
    for (_, bottom, _, _), (top, _, _, _) in pairwise(boxes):
        assert bottom <= top + Inches(0.01)
    for each in slide.shapes:
        if each.has_text_frame and each.text_frame.text:
            _fits(each)
    assert texts(slide)["Source"].endswith(exhibit.source)
    if words != "Short":
        assert "More in the notes of this slide." in texts(slide)["Source"]


def _fits(shape: Any) -> None:
    frame = shape.text_frame
    room = (shape.width - frame.margin_left - frame.margin_right) / Inches(1)
    size = frame.paragraphs[0].runs[0].font.size.pt
    assert size >= 8
    bold = bool(frame.paragraphs[0].runs[0].font.bold)
    taken = deck_text.lines(frame.text, size, room + 1e-6, bold) * size * deck_text.LEADING / 72
    assert taken <= (shape.height - frame.margin_top - frame.margin_bottom) / Inches(1) + 1e-3


def test_words_are_cut_only_where_no_size_fits() -> None:
    assert deck_text.fit("short", (5, 1), (20, 10)).words == "short"
    cut = deck_text.fit(LONG, (2, 0.4), (20, 10))
    assert not cut.whole
    assert cut.words.endswith("…")
    assert LONG.startswith(cut.words[:-1])
    assert deck_text.line("abc def", 10, 99) == "abc def"


@pytest.mark.parametrize("text", ["plain words", CHINESE, "", "a\nb\nc", "x" * 500])
def test_more_room_never_takes_more_lines(text: str) -> None:
    counts = [deck_text.lines(text, 12, room) for room in (0.5, 1, 2, 4, 8, 400)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == text.count("\n") + 1


def test_a_dark_deck_is_dark_where_words_are_added_by_hand_too(shown: Shown) -> None:
    exhibit = replace(shown("share"), style=Style(theme=DARK))
    made = opened(deck.deck([exhibit]))
    part = next(r.target_part for r in made.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    assert DARK.background.removeprefix("#").upper().encode() in part.blob


# --- templates


def template(*, slides_in_it: int = 0, wide: bool = True) -> bytes:
    made: Any = Presentation()
    if wide:
        made.slide_width, made.slide_height = Inches(16), Inches(9)
    for _ in range(slides_in_it):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "An old slide"
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def rewritten(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(made, "w") as changed:
        for entry in found.namelist():
            part = found.read(entry)
            changed.writestr(entry, part.replace(old, new) if entry == name else part)
    return made.getvalue()


def harmed(name: str) -> bytes:
    """A template, the packed bytes of a part of which are others."""
    content = bytearray(template())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
    begin = entry.header_offset + 30 + len(name)
    content[begin : begin + 20] = b"\xff" * 20
    return bytes(content)


def encrypted() -> bytes:
    """A template whose parts are said to need a password."""
    content = bytearray(template())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def test_a_template_gives_shape_and_layout_but_no_slides(shown: Shown) -> None:
    exhibit = shown("share")
    content = deck.deck([exhibit, exhibit], template=template(slides_in_it=3), template_name="own.pptx")
    made = opened(content)
    assert (made.slide_width, made.slide_height) == (Inches(16), Inches(9))
    assert [slide.shapes.title.text_frame.text for slide in made.slides] == [exhibit.heading] * 2
    assert made.slides[0].slide_layout.name == "Title Only"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert sum(name.startswith("ppt/slides/slide") for name in names) == 2
        assert not any(b"An old slide" in archive.read(name) for name in names)
        assert {name for name in names if name.startswith("docProps/")} == {"docProps/core.xml"}


@pytest.mark.parametrize(("own", "wider"), [(None, 1.0), (template(wide=False), 1.15)])
def test_cells_have_room_for_the_font_of_a_template(shown: Shown, own: bytes | None, wider: float) -> None:
    exhibit = shown("leaderboard")
    values = {**exhibit.table.values, "author": ["of many words " * 20] * len(exhibit.table)}
    plain = replace(exhibit, view="plain", table=replace(exhibit.table, values=values))
    (slide,) = slides(deck.deck([plain], template=own, shape=Shape.STANDARD))
    (made,) = [shape.table for shape in slide.shapes if shape.has_table]
    for row in list(made.rows)[1:]:
        for cell, column in zip(row.cells, made.columns, strict=True):
            room = column.width.inches - cell.margin_left.inches - cell.margin_right.inches
            for run in cell.text_frame.paragraphs[0].runs:
                assert deck_text.width(run.text, run.font.size.pt * wider) <= room + 1e-6


@pytest.mark.parametrize("high", [2.0, 3.0, 6.0])
def test_numbers_within_bars_are_no_higher_than_the_bars(shown: Shown, high: float) -> None:
    rows = tuple(f"row {n}" for n in range(6))
    series = tuple(ChartSeries(name, "#123456", (1.0,) * len(rows)) for name in ("Input", "Output"))
    made: Any = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    box = deck_chart.Box(0, 0, 8, high)
    deck_chart.add(slide, box, Chart(Form.BARS, rows, series, Kind.NUMBER, chart_data.Axis()), shown("prices"))
    (chart,) = native(slide)
    thick = 0.7 * high * 72 / len(rows) / (len(series) + 0.35)
    for each in chart.plots[0].series:
        assert 6 <= each.data_labels.font.size.pt <= thick


def test_a_potx_is_a_template_too_and_no_sections_are_left(shown: Shown) -> None:
    deck_type, potx = b"presentationml.presentation.main+xml", b"presentationml.template.main+xml"
    content = rewritten(template(slides_in_it=1), "[Content_Types].xml", deck_type, potx)
    section = (
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        b'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"/></p:ext></p:extLst></p:presentation>'
    )
    content = rewritten(content, "ppt/presentation.xml", b"</p:presentation>", section)
    made = deck.deck([shown("share")], template=content, template_name="own.potx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert deck_type in archive.read("[Content_Types].xml")
        assert b"sectionLst" not in archive.read("ppt/presentation.xml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is no PowerPoint file."),
        (b"\x89PNG\r\n\x1a\n", "This is no PowerPoint file."),
        (
            rewritten(
                template(), "[Content_Types].xml", b"presentationml.presentation.main", b"spreadsheetml.sheet.main"
            ),
            "This is no PowerPoint file without macros.",
        ),
        (
            rewritten(template(), "ppt/presentation.xml", b"<p:presentation", b"<p:presentation<"),
            "This file can't be read as a PowerPoint template.",
        ),
        (template()[:2000], "This is no PowerPoint file."),
        (harmed("ppt/presentation.xml"), "This file can't be read as a PowerPoint template."),
        (harmed("[Content_Types].xml"), "This file can't be read as a PowerPoint template."),
        (encrypted(), "This file can't be read as a PowerPoint template."),
    ],
)
def test_what_is_no_template_is_said(shown: Shown, content: bytes, said: str) -> None:
    with pytest.raises(ExplorerError) as raised:
        deck.deck([shown("share")], template=content, template_name="mine.pptx")
    assert str(raised.value.what) == said
    assert raised.value.file == "mine.pptx"


def test_a_template_is_not_unpacked_to_find_out_that_it_is_too_large(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, exhibit = template(), shown("share")
    monkeypatch.setattr(deck_template, "_LARGEST", 1 << 10)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(ExplorerError, match="This template is larger than"):
        deck.deck([exhibit], template=content)


def test_a_template_without_room_under_a_title_is_said(shown: Shown) -> None:
    made: Any = Presentation()
    for layout in made.slide_layouts:
        for each in list(layout.placeholders):
            each._element.getparent().remove(each._element)
    content = io.BytesIO()
    made.save(content)
    with pytest.raises(ExplorerError, match="Title Only"):
        deck.deck([shown("share")], template=content.getvalue(), template_name="bare.pptx")


# --- real data and real programs


def test_every_view_of_real_data_becomes_pages_that_are_not_empty(every_real: list[Exhibit], tmp_path: Path) -> None:
    office, pages = shutil.which("soffice"), shutil.which("pdftoppm")
    if not office or not pages:
        pytest.skip("LibreOffice or pdftoppm is not installed")
    shares = [each for each in every_real if each.view == "share"]
    exhibits = [*every_real, *(replace(each, style=Style(theme=DARK)) for each in shares)]
    (tmp_path / "deck.pptx").write_bytes(deck.deck(exhibits))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "deck.pptx")], check=True, capture_output=True, timeout=240)
    subprocess.run([pages, "-r", "20", "-gray", tmp_path / "deck.pdf", tmp_path / "page"], check=True, timeout=120)
    drawn = sorted(tmp_path.glob("page*.pgm"))
    assert len(drawn) == len(exhibits)
    for page in drawn:
        assert len(set(page.read_bytes()[20:])) > 20


def test_real_charts_hold_the_values_of_the_tables(every_real: list[Exhibit]) -> None:
    for exhibit, slide in zip(every_real, slides(deck.deck(every_real)), strict=True):
        for chart, own in zip(native(slide), chart_data.charts(exhibit), strict=True):
            assert [tuple(each.values) for each in chart.plots[0].series] == [each.values for each in own.series]
        if exhibit.view == "share" and exhibit.table.values["tokens"] is not None:
            (own,) = chart_data.charts(exhibit)
            drawn = sum(value for each in own.series for value in each.values if value is not None)
            key = "share" if "share of" in str(own.up.title) else "tokens"
            assert drawn == pytest.approx(float(sum(map(float, exhibit.table.values[key]))), rel=1e-12)  # type: ignore


@pytest.fixture
def every_real(shared_data: Path, tmp_path: Path) -> list[Exhibit]:
    """An exhibit of every view over the real rankings and price lists."""
    from explorer.app import loading  # noqa: PLC0415
    from explorer.domain.opening import opening  # noqa: PLC0415
    from explorer.domain.tables import TABLES, table  # noqa: PLC0415
    from explorer.export import exhibit  # noqa: PLC0415
    from explorer.sources import read  # noqa: PLC0415
    from explorer.store import Store  # noqa: PLC0415

    store = Store.open(tmp_path / "s.sqlite")
    files = [shared_data / "openrouter/rankings-daily/history.csv", *(shared_data / "openrouter/models").glob("*.json")]
    try:
        for file in files:
            store.add(read(file), "2026-09-01T00:00:00Z")
        data = loading.dataset(store).with_prices(loading.prices(store))
    finally:
        store.close()
    usual = opening(data)
    asked = [(view, usual) for view in TABLES] + [
        ("share", usual.but(measure=Measure.SHARE, grouping=Grouping.MODEL)),
        ("share", usual.but(grouping=Grouping.AUTHOR, scope=LISTED)),
    ]
    return [exhibit.of(view, table(view, data, selection), data, selection) for view, selection in asked]
