"""One slide: the finding, what is counted, the chart or table, the source line, and the provenance in the notes."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from explorer.domain import record as records
from explorer.export import chart_data, deck_chart, deck_table, deck_text
from explorer.export.chart_data import Chart
from explorer.export.deck_chart import Box
from explorer.export.deck_template import Stage
from explorer.export.deck_text import Fitted
from explorer.export.exhibit import Exhibit
from explorer.words import Message, say

_TITLE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_SUBTITLE = (16.0, 14.0, 13.0, 12.0)
_FOOT = (10.0, 9.0, 8.0)
_INSET = 0.03
"""Inches between the edge of a box and its text."""
_FOOT_MOST = 0.2
"""The part of the room under the title that the footer may take."""
_GAP = 0.1
_MORE = say("More in the notes of this slide.")


def add(stage: Stage, exhibit: Exhibit) -> None:
    """Add the slide of an exhibit to a stage's deck."""
    slide: Any = stage.deck.slides.add_slide(stage.layout)
    for each in list(slide.placeholders):
        if each != slide.shapes.title:
            each._element.getparent().remove(each._element)
    charts = chart_data.charts(exhibit)
    room = _subtitle(slide, _title(slide, stage, exhibit), stage, exhibit)
    foot = _fitted_foot(exhibit, charts, room)
    body = Box(room.left, room.top + _GAP, room.width, room.height - foot.height - 2 * _INSET - 2 * _GAP)
    more = _body(slide, body, charts, exhibit, stage)
    box = Box(room.left, body.bottom + _GAP, room.width, foot.height + 2 * _INSET)
    _text(slide, box, foot, _muted(stage, exhibit), "Source")
    if more is not None:
        line = deck_text.fit(str(more), (body.width, 0.3), (11.0,))
        _text(slide, Box(body.left, body.bottom - 0.28, body.width, 0.28), line, stage.ink, "More rows")
    slide.notes_slide.notes_text_frame.text = notes(exhibit)


def notes(exhibit: Exhibit) -> str:
    """Return the notes of a slide: all that is said of the table and how it was made, as lines and as JSON."""
    return "\n".join((*exhibit.provenance, records.text(exhibit.record)))


def _title(slide: Any, stage: Stage, exhibit: Exhibit) -> Box:
    """Write the title and return the room below: more on the program's own slides where the title is short."""
    shape, box = slide.shapes.title, stage.title
    shape.text_frame.text = exhibit.heading
    fitted = deck_text.fit(exhibit.heading, (box.width - 0.2, box.height - 0.1), _TITLE, bold=True)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    run = frame.paragraphs[0].runs[0] if frame.paragraphs[0].runs else None
    if run is not None:
        run.text = fitted.words
        run.font.size = Pt(fitted.size)
    room = stage.room
    if stage.own:
        box = Box(box.left, box.top, box.width, fitted.height + 0.1)
        room = Box(room.left, box.bottom, room.width, room.bottom - box.bottom)
        shape.left, shape.top, shape.width, shape.height = box.emu
        frame.margin_left = frame.margin_right = Inches(_INSET)
        frame.margin_top = frame.margin_bottom = Inches(_INSET)
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.paragraphs[0].alignment = 1
        if run is not None:
            run.font.bold = True
    return room


def _subtitle(slide: Any, room: Box, stage: Stage, exhibit: Exhibit) -> Box:
    """Write what is counted under the title and return the room below."""
    if not exhibit.counted.strip():
        return room
    fitted = deck_text.fit(exhibit.counted, (room.width - 2 * _INSET, 0.62), _SUBTITLE)
    high = fitted.height + 2 * _INSET
    _text(slide, Box(room.left, room.top, room.width, high), fitted, _muted(stage, exhibit), "Subtitle")
    return Box(room.left, room.top + high, room.width, room.height - high)


def _fitted_foot(exhibit: Exhibit, charts: tuple[Chart, ...], room: Box) -> Fitted:
    """Return the source line and as many caveats as find room, the least important left to the notes."""
    own = tuple(str(note) for note in dict.fromkeys(note for chart in charts for note in chart.notes))
    unseen = chart_data.UNSEEN.get(exhibit.view, frozenset[str]()) if charts else frozenset[str]()
    said = [*own, *exhibit.caveats_but(unseen)]
    within = (room.width - 2 * _INSET, room.height * _FOOT_MOST)
    for kept in range(len(said), -1, -1):
        more = (str(_MORE),) if kept < len(said) else ()
        text = "\n".join(line for line in (" ".join((*said[:kept], *more)), exhibit.source) if line)
        fitted = deck_text.fit(text, within, _FOOT)
        if fitted.whole:
            return fitted
    # Whatever else gives way, source and licence stay whole: they take the room that they need.
    count = deck_text.lines(exhibit.source, _FOOT[-1], within[0])
    return Fitted(exhibit.source, _FOOT[-1], count)


def _muted(stage: Stage, exhibit: Exhibit) -> str | None:
    """Return the ink of what stands around a chart, None where it is the template's own."""
    return exhibit.style.theme.muted if stage.own or stage.ink else None


def _body(slide: Any, box: Box, charts: tuple[Chart, ...], exhibit: Exhibit, stage: Stage) -> Message | None:
    """Put charts or a table into a box; return what a table leaves out."""
    if exhibit.table.empty is not None or not len(exhibit.table):
        why = str(exhibit.table.empty or say("There is nothing to show."))
        fitted = deck_text.fit(why, (box.width - 2 * _INSET, box.height), (20.0, 16.0, 12.0))
        _text(slide, box, fitted, stage.ink, "Empty")
        return None
    if not charts:
        within = Box(box.left, box.top, box.width, box.height - 0.3)
        return deck_table.add(slide, within, exhibit, own=stage.own, ink=stage.ink)
    if len(charts) == 1:
        deck_chart.add(slide, box, charts[0], exhibit, ink=stage.ink)
        return None
    box = _legend(slide, box, charts[-1], stage.ink)
    across = 2
    down = -(-len(charts) // across)
    wide, high = (box.width - _GAP) / across, (box.height - _GAP * (down - 1)) / down
    for at, chart in enumerate(charts):
        row, column = divmod(at, across)
        place = Box(box.left + column * (wide + _GAP), box.top + row * (high + _GAP), wide, high)
        deck_chart.add(slide, place, chart, exhibit, legend=False, ink=stage.ink)
    return None


def _legend(slide: Any, box: Box, chart: Chart, own: str | None) -> Box:
    """Write one legend for several charts, in ink of its own if any, and return the room below it."""
    words = "   ".join(f"■ {series.name}" for series in chart.series)
    fitted = deck_text.fit(words, (box.width - 2 * _INSET, 0.5), (12.0, 11.0, 10.0, 9.0, 8.0))
    high = fitted.height + 2 * _INSET
    shape = _frame(slide, Box(box.left, box.top, box.width, high), "Legend")
    paragraph = shape.text_frame.paragraphs[0]
    for series in chart.series:
        for text, ink in (("■ ", series.colour), (f"{series.name}   ", own)):
            run = paragraph.add_run()
            run.text = text
            run.font.size = Pt(fitted.size)
            if ink is not None:
                run.font.color.rgb = deck_chart.rgb(ink)
    return Box(box.left, box.top + high, box.width, box.height - high)


def _text(slide: Any, box: Box, fitted: Fitted, ink: str | None, name: str) -> None:
    frame = _frame(slide, box, name).text_frame
    for at, line in enumerate(fitted.words.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size = Pt(fitted.size)
        if ink is not None:
            run.font.color.rgb = deck_chart.rgb(ink)


def _frame(slide: Any, box: Box, name: str) -> Any:
    """Return a box for text at its place, named, that neither grows nor shrinks."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(_INSET)
    return shape
