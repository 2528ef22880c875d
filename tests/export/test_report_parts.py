"""A report's summary: whole, legible and inside its room, on as many slides or pages as that takes."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.domain.table import Column, Kind
from explorer.drawing import text
from explorer.export import deck_text, picture, report_deck, report_pages
from explorer.export.exhibit import Exhibit
from explorer.words import say

Shown = Callable[..., Exhibit]


def of_findings(like: Exhibit, count: int) -> Exhibit:
    """A summary of findings, each with a sentence of three lines or so."""
    values = {
        "finding": [f"Finding {n}" for n in range(count)],
        "sentence": [" ".join([f"Sentence {n}", *["of what was found"] * 24]) for n in range(count)],
    }
    columns = tuple(Column(key, say(key), Kind.TEXT) for key in values)
    return replace(
        like,
        view="report",
        table=replace(like.table, columns=columns, values=values, ids=tuple(map(str, range(count))), names=()),
    )


@pytest.mark.parametrize("count", [1, 4, 13, 40])
def test_it_takes_as_many_slides_as_it_needs(shown: Shown, count: int) -> None:
    summary = of_findings(shown("leaderboard"), count)
    made: Any = Presentation(io.BytesIO(report_deck.report(summary, [])))
    found = list(made.slides)
    assert (len(found) > 1) == (count > 4)
    said: list[str] = []
    for slide in found:
        (shape,) = [each for each in slide.shapes if each.name == "Summary"]
        (source,) = [each for each in slide.shapes if each.name == "Source"]
        paragraphs = shape.text_frame.paragraphs
        size = paragraphs[0].runs[0].font.size.pt
        assert size >= 11
        wide = shape.width.inches - 0.06
        lines = sum(deck_text.lines(each.text, size, wide, bool(each.runs[0].font.bold)) for each in paragraphs)
        assert lines * size * deck_text.LEADING / deck_text.POINTS <= shape.height.inches
        assert shape.top + shape.height <= source.top
        said += [each.text for each in paragraphs]
    assert said == [words for row in summary.table.rows() for words in row]
    assert [slide.shapes.title.text_frame.text for slide in found[1:]] == [f"{summary.heading} (continued)"] * (
        len(found) - 1
    )


@pytest.mark.parametrize("count", [1, 4, 13, 40])
@pytest.mark.usefixtures("qapp")
def test_it_takes_as_many_pages_as_it_needs(shown: Shown, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = of_findings(shown("leaderboard"), count)
    found = report_pages.pages(summary, [])
    assert (len(found) > 1) == (count > 4)
    said: list[str] = []
    for page in found:
        rooms: list[QRectF] = []
        put: list[tuple[str, float]] = []

        def spied(
            painter: QPainter, rect: QRectF, *rest: Any, page: Any = page, rooms: Any = rooms, put: Any = put
        ) -> None:
            rooms.append(rect)
            with monkeypatch.context() as spying:
                spying.setattr(text, "put", lambda _, place, line, *__: put.append((line, place.bottom())))
                page.draw(painter, rect, *rest)

        picture.render(spied, page.table, page.style, page.size.width, page.size.height)
        assert max(bottom for _, bottom in put) <= rooms[0].bottom() + 1
        said += [words for words, _ in put]
    assert " ".join(said) == " ".join(words for row in summary.table.rows() for words in row)
    titles = [str(page.table.caption.title) for page in found]
    assert titles == [summary.heading, *[f"{summary.heading} (continued)"] * (len(found) - 1)]
