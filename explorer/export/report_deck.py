"""A report's slides: a summary, and each chart with its sentence under the title."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from explorer.export import deck, deck_slide, deck_text
from explorer.export.deck_chart import Box, rgb
from explorer.export.deck_template import Stage
from explorer.export.exhibit import Exhibit
from explorer.export.report_parts import Rows, parts, rows_of
from explorer.progress import Progress, unheard

_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0)
_SUMMARY_SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_LEGIBLE = 11.0
"""The size that a summary is split into several slides to have."""
_MOST = 0.25
"""The part of the room under a title that a sentence takes at most."""
_INSET = 0.03
_GAP = 0.4
"""The room between two paragraphs of a summary, over the size of its type."""


def report(
    summary: Exhibit,
    exhibits: Sequence[Exhibit],
    *,
    template: bytes | None = None,
    template_name: str = "",
    progress: Progress = unheard,
) -> bytes:
    """Return a .pptx of a summary, whose rows are findings and sentences, and a slide for each exhibit.

    The same bytes for the same exhibits; `template` and errors are those of `deck.deck`.
    """

    def compose(stage: Stage, exhibit: Exhibit) -> None:
        (_add_summary if exhibit.table is summary.table else _add_spoken)(stage, exhibit)

    whole = (summary, *exhibits)
    return deck.deck(whole, template=template, template_name=template_name, progress=progress, compose=compose)


def _add_spoken(stage: Stage, exhibit: Exhibit) -> None:
    """Add an exhibit's slide, all but its title lowered for the sentence, if there is anything to say."""
    if exhibit.table.empty is not None and not str(exhibit.table.caption.sentence):
        deck_slide.add(stage, exhibit)
        return
    room = stage.room
    sentence = deck_text.fit(exhibit.spoken, (room.width - 2 * _INSET, room.height * _MOST), _SIZES)
    high = sentence.height + 2 * _INSET
    slide, top = _composed(stage, exhibit, high)
    box = Box(room.left, top, room.width, high)
    _paragraphs(slide, box, [(sentence.words, False)], sentence.size, _ink(stage, exhibit), "Sentence")


def _add_summary(stage: Stage, exhibit: Exhibit) -> None:
    """Add the slides of a summary: title, what is counted, the findings with their sentences, and the sources."""
    slide, box = _bare(stage, exhibit)
    first, *later = parts(exhibit, lambda rows: _fitting(_said(rows), box) >= _LEGIBLE)
    _say(stage, slide, box, first)
    for part in later:
        _say(stage, *_bare(stage, part), part)


def _bare(stage: Stage, exhibit: Exhibit) -> tuple[Any, Box]:
    """Return a slide of nothing but words, and the room for them: that which a chart would have."""
    slide, _ = _composed(stage, replace(exhibit, view="", table=replace(exhibit.table, ids=(), values={})), 0.0)
    empty = next(shape for shape in slide.shapes if shape.name == "Empty")
    box = Box(stage.room.left, empty.top.inches, stage.room.width, empty.height.inches)
    empty._element.getparent().remove(empty._element)
    return slide, box


def _say(stage: Stage, slide: Any, box: Box, summary: Exhibit) -> None:
    said = _said(rows_of(summary.table))
    size = _fitting(said, box) or _SUMMARY_SIZES[-1]
    _paragraphs(slide, box, said, size, _ink(stage, summary), "Summary")


def _said(rows: Rows) -> list[tuple[str, bool]]:
    """Return paragraphs and whether they are bold."""
    return [(words, bold) for row in rows for words, bold in zip(row, (True, False), strict=True)]


def _composed(stage: Stage, exhibit: Exhibit, lower: float) -> tuple[Any, float]:
    """Return an exhibit's slide, all below its title `lower` inches lower, and where, in inches, that room begins."""
    room = stage.room
    deck_slide.add(replace(stage, room=Box(room.left, room.top, room.width, room.height - lower)), exhibit)
    slide: Any = stage.deck.slides[len(stage.deck.slides) - 1]
    below = [shape for shape in slide.shapes if shape != slide.shapes.title]
    top = min((shape.top for shape in below), default=Inches(room.top))
    for shape in below:
        shape.top += Inches(lower)
    return slide, top / Inches(1)


def _fitting(said: Sequence[tuple[str, bool]], box: Box) -> float:
    """Return the largest size at which paragraphs fit a box, 0 where they fit at none."""
    wide, high = box.width - 2 * _INSET, box.height - 2 * _INSET
    for size in _SUMMARY_SIZES:
        lines = sum(deck_text.lines(words, size, wide, bold) for words, bold in said)
        gaps = _GAP * sum(bold for _, bold in said[1:])
        if (lines * deck_text.LEADING + gaps) * size / deck_text.POINTS <= high:
            return size
    return 0.0


def _ink(stage: Stage, exhibit: Exhibit) -> str | None:
    return exhibit.style.theme.text if stage.own else stage.ink


def _paragraphs(
    slide: Any, box: Box, said: Sequence[tuple[str, bool]], size: float, ink: str | None, name: str
) -> None:
    """Write paragraphs, bold or not, into a box that neither grows nor shrinks; a bold one keeps its distance."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(_INSET)
    for at, (words, bold) in enumerate(said):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        if at and bold:
            paragraph.space_before = Pt(_GAP * size)
        run = paragraph.add_run()
        run.text = words
        run.font.size = Pt(size)
        run.font.bold = bold or None
        if ink is not None:
            run.font.color.rgb = rgb(ink)
