"""A window on a few literal rows: three models over three weeks of 2026, Monday 2 to Sunday 22 February."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import loading
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.domain.prices import CATALOGUE, UNDATED
from explorer.domain.schema import DatedPrices, Price
from explorer.session import Session
from explorer.sources import read
from explorer.store import Store

FIRST = date(2026, 2, 2)
TOKENS = {"minimax/minimax-m2.5": 500, "google/gemini-3-flash": 300, "other": 200}

PRICES = DatedPrices(
    UNDATED,
    CATALOGUE,
    (Price("minimax/minimax-m2.5", "", "", 0.3, 1.1), Price("google/gemini-3-flash", "", "", 0.5, 3.0)),
)


def rankings_csv(first: date = FIRST, days: int = 21, factor: int = 1) -> bytes:
    lines = ["date,model_permaslug,rank,total_tokens,share_of_daily_tokens"]
    for offset in range(days):
        day = first + timedelta(days=offset)
        for rank, (model, tokens) in enumerate(TOKENS.items(), 1):
            shown = "" if model == "other" else rank
            lines.append(f"{day},{model},{shown},{tokens * factor},{tokens / 1000}")
    return "\r\n".join([*lines, ""]).encode()


@pytest.fixture
def rankings_file(tmp_path: Path) -> Path:
    path = tmp_path / "rankings.csv"
    path.write_bytes(rankings_csv())
    return path


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def filled_store(store_path: Path, rankings_file: Path) -> Path:
    with Store.open(store_path) as store:
        store.add(read(rankings_file), "2026-02-23T00:00:00Z")
    return store_path


def make_window(qtbot: QtBot, path: Path) -> MainWindow:
    store = loading.existing(path)
    try:
        dataset = loading.dataset(store).with_prices([PRICES])
    finally:
        if store is not None:
            store.close()
    settings = Settings()
    window = MainWindow(Session(dataset), path, settings, Appearance(settings))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.complete()
    window.activateWindow()
    return window


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.styleHints().unsetColorScheme()


@pytest.fixture
def rankings_window(qtbot: QtBot, filled_store: Path) -> MainWindow:
    """A window that shows the rows above."""
    return make_window(qtbot, filled_store)


@pytest.fixture
def published_window(qtbot: QtBot, store_path: Path) -> MainWindow:
    """A window as at the first start: there is no store yet."""
    return make_window(qtbot, store_path)
