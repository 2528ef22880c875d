"""Which columns a picture of rows has: the main ones at any size, however narrow."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.tables import table
from explorer.drawing import cells, text
from explorer.export.picture import render
from explorer.style import SMALL, Style
from explorer.views import claims, leads
from explorer.views.rows import sheet
from explorer.views.rows.profile import Profile

SIZES = [(1080, 1920), (1080, 1080), (640, 360), (1920, 1080)]
MAIN = {
    "claims": ["claim", "printed", "verdict", "conditions"],
    "leads": ["leader", "former", "scope", "margin", "certain"],
}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("profile", [claims.PROFILE, leads.PROFILE], ids=lambda profile: profile.view)
def test_a_picture_keeps_the_main_columns_inside_it(
    profile: Profile,
    size: tuple[int, int],
    dataset: Dataset,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[tuple[Any, sheet.Sheet]] = []
    paint = sheet.paint_head

    def watched(painter: Any, look: Any, page: sheet.Sheet, *more: Any) -> None:
        found.append((look, page))
        paint(painter, look, page, *more)

    monkeypatch.setattr(sheet, "paint_head", watched)
    render({"claims": claims, "leads": leads}[profile.view].draw, _table(profile, dataset), Style(), *size)
    ((look, page),) = found
    keys = [place.column.key for place in page.placed]
    assert [key for key in keys if key in MAIN[profile.view]] == MAIN[profile.view]
    assert page.width <= size[0]
    assert look.font.pixelSize() >= max(0.012 * size[1], SMALL - 1)
    for place in page.placed:
        head = text.width(str(place.column.label), look.head_font)
        assert head <= place.width - 2 * look.pad + 1


def test_a_picture_leaves_columns_out_rather_than_to_cut_words(
    dataset: Dataset, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def watched(look: Any, words: str, *_: Any) -> str:
        said.append(words)
        return words

    monkeypatch.setattr(cells.Look, "fit", watched)
    for profile, module in ((claims.PROFILE, claims), (leads.PROFILE, leads)):
        for size in ((1920, 1080), (1280, 960)):
            render(module.draw, _table(profile, dataset), Style(), *size)
    assert not said


def _table(profile: Profile, dataset: Dataset) -> Any:
    return table(profile.view, dataset, opening(dataset))
