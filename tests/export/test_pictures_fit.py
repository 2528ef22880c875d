"""Nothing clipped, overlapping, too small or unsaid in the picture of any view, at any size.

FITTING_PAIRS sets how many random (size, Selection) pairs are tried, FITTING_SEED which ones.
"""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fitting import Label, faults, labels, strays
from pairs import NAMED_SIZES, selections, sizes, worded, worlds
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.app import loading
from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.selection import Grouping, Measure, Selection
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.tables import table
from explorer.drawing import text
from explorer.export.size import Size
from explorer.sources import read
from explorer.store import Store
from explorer.style import LIGHT, SMALL, THEMES, Style
from explorer.views import VIEWS
from explorer.words import say

pytestmark = pytest.mark.usefixtures("qapp")

PAIRS = int(os.environ.get("FITTING_PAIRS", "60"))
SEED = int(os.environ.get("FITTING_SEED", "1"))


def pictures(rng: random.Random, count: int) -> list[tuple[Dataset, Selection, Size, str]]:
    """Return random pairs with their datasets and themes; crowded datasets come up more often."""
    every = worlds(rng)
    crowded = rng.choices(every[:5] * 4 + every[5:], k=count)
    return [(data, selections(rng, data), sizes(rng), rng.choice(tuple(THEMES))) for data in crowded]


def test_no_text_is_clipped_or_overlaps_for_random_sizes_and_selections() -> None:
    wrong: list[str] = []
    for i, (data, chosen, size, theme) in enumerate(pictures(random.Random(SEED), PAIRS)):
        for view in VIEWS:
            shown = table(view.key, data, chosen)
            if i % 4 == 0:
                shown = replace(shown, caption=worded(random.Random(SEED + i), shown.caption))
            found = faults(labels(view.load().draw, shown, THEMES[theme], size), shown, size)
            wrong += [f"pair {i} of seed {SEED}, {view.key}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


def test_no_shape_lies_beside_the_drawing_and_no_text_escapes() -> None:
    """What a view relies on clipping for would show in an SVG, which has none."""
    wrong: list[str] = []
    for data, chosen, size, _ in pictures(random.Random(SEED), 8):
        for view in VIEWS:
            found = strays(view.load().draw, table(view.key, data, chosen), LIGHT, size)
            wrong += [f"{view.key}: {stray}" for stray in found]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def real(shared_data: Path, tmp_path: Path) -> Dataset:
    """The real rankings and price lists, as the program would show them."""
    with Store.open(tmp_path / "store.sqlite") as store:
        folder = shared_data / "openrouter"
        for path in (folder / "rankings-daily" / "history.csv", *sorted((folder / "models").glob("2026-0[25]*.json"))):
            store.add(read(path), "2026-06-24T00:00:00Z")
        return loading.dataset(store).with_prices(loading.prices(store))


def test_pictures_of_real_data_fit(real: Dataset) -> None:
    opened = opening(real)
    by_model = opened.but(grouping=Grouping.MODEL, measure=Measure.SHARE)
    wrong: list[str] = []
    for chosen in (opened, by_model.but(lens=True), opened.but(countries=frozenset({"CN"}))):
        for view in VIEWS:
            shown = table(view.key, real, chosen)
            for size in NAMED_SIZES[:5]:
                found = faults(labels(view.load().draw, shown, LIGHT, size), shown, size)
                wrong += [f"{view.key}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


# --- what measures, measured

CAPTION = Caption(say("Who leads?"), say("tokens a week"), say("all tokens"), say("Source: somewhere."))
TABLE = Table((Column("model", say("Model"), Kind.TEXT),), {"model": ["a/b"]}, ("a/b",), CAPTION)
SIZE = Size(640, 360)
Place = Callable[[QRectF], QRectF]


def drawing(*lines: tuple[Place, str], size: float = SMALL) -> Callable[[QPainter, QRectF, Table, Style], None]:
    def draw(painter: QPainter, rect: QRectF, _: Table, style: Style) -> None:
        for place, words in lines:
            text.put(painter, place(rect), words, text.font(style, size), style.theme.text)

    return draw


def found_in(*lines: tuple[Place, str], size: float = SMALL) -> str:
    return "\n".join(faults(labels(drawing(*lines, size=size), TABLE, LIGHT, SIZE), TABLE, SIZE))


def at(x: float, y: float) -> Place:
    return lambda rect: QRectF(rect.left() + x, rect.top() + y, 200, 12)


def test_labels_apart_are_no_fault() -> None:
    assert not found_in((at(0, 0), "one label"), (at(0, 12), "another"), (at(100, 0), "and a third"))


@pytest.mark.parametrize(
    ("lines", "size", "fault"),
    [
        ([(at(0, 0), "one label"), (at(20, 3), "another")], SMALL, "overlap: “one label”"),
        ([(at(0, 0), "n"), (at(5.3, 0), "n")], SMALL, "overlap: “n”"),
        ([(at(580, 0), "a label at the edge")], SMALL, "outside 640×360: “a label at the edge”"),
        ([(at(0, -80), "up there")], SMALL, "outside 640×360: “up there”"),
        ([(at(0, 0), "a little label")], 8, "7 pixels high, not 9: “a little label”"),
        ([(lambda rect: QRectF(rect.left(), rect.top(), 9, 12), "label")], SMALL, "nothing but an ellipsis"),
    ],
)
def test_what_is_wrong_with_labels_is_found(lines: list[tuple[Place, str]], size: float, fault: str) -> None:
    assert fault in found_in(*lines, size=size)


def test_a_source_or_a_title_that_is_cut_is_found() -> None:
    said = [Label("Who …", QRectF(30, 30, 50, 10), 12), Label("Source: some…", QRectF(30, 300, 50, 10), 12)]
    assert faults(said, TABLE, SIZE) == ["the source is not said: Source: somewhere."]
    said = [Label("…", QRectF(30, 30, 50, 10), 12), Label("Source: somewhere.", QRectF(30, 300, 50, 10), 12)]
    assert "the title is not said: Who leads?" in "\n".join(faults(said, TABLE, SIZE))


def test_a_shape_beside_the_drawing_and_text_of_qt_are_found() -> None:
    def draw(painter: QPainter, rect: QRectF, _: Table, style: Style) -> None:
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor("#ff0000"))
        painter.fillRect(QRectF(rect.right() - 20, rect.top(), 40, 10), QColor("#ff0000"))
        painter.drawText(rect.center(), "not put")

    assert [stray.partition(" ")[0] for stray in strays(draw, TABLE, LIGHT, SIZE)] == ["rect", "text"]
