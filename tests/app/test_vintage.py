"""What was known on an earlier day: the same as in a store that has no more, said by every view, chosen in the bar."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.app import loading
from explorer.app.settings import Settings
from explorer.app.theme import Appearance
from explorer.app.window import MainWindow
from explorer.domain.claims import find as finding
from explorer.domain.dataset import Dataset
from explorer.domain.opening import opening
from explorer.domain.periods import Grain, Span, span
from explorer.domain.selection import Grouping, Selection
from explorer.domain.snapshot_days import cover
from explorer.domain.table import Table
from explorer.domain.tables import TABLES, table
from explorer.export import verdict_report
from explorer.session import Session
from explorer.sources import read
from explorer.store import Store

VIEWS = tuple(TABLES)


def rankings(as_of: str, first: int, last: int, more: int = 0) -> str:
    """An answer of the API: days of February 2026, the newest of them `more` tokens above what they come to."""
    rows = [
        f'{{"date": "2026-02-{day:02d}", "model_permaslug": "{model}", "total_tokens": "{tokens}"}}'
        for day in range(first, last + 1)
        for model, tokens in (
            ("minimax/minimax-m2.5", 500 + 10 * day + (more if day == last else 0)),
            ("google/gemini-3-flash", 900 - 20 * day - (more if day >= last - 1 else 0)),
            ("openai/gpt-5.2", 300),
            ("other", 40),
        )
    ]
    return f'{{"data": [{", ".join(rows)}], "meta": {{"as_of": "{as_of}", "version": "v1"}}}}'


def models(price: str) -> str:
    ids = ("minimax/minimax-m2.5", "google/gemini-3-flash", "openai/gpt-5.2")
    rows = [
        f'{{"id": "{id_}", "name": "M", "created": 1, "pricing": {{"prompt": "{price}", "completion": "0.000002"}}}}'
        for id_ in ids
    ]
    return f'{{"data": [{", ".join(rows)}]}}'


FILES = {
    "2026-02-01.json": models("0.000001"),
    "r1.json": rankings("2026-02-15T08:00:00Z", 1, 14),
    "r2.json": rankings("2026-02-18T08:00:00Z", 4, 17, more=7),
    "2026-02-18.json": models("0.000003"),
    "r3.json": rankings("2026-02-23T08:00:00Z", 9, 22, more=3),
}
KNOWN = {"2026-02-15": 2, "2026-02-17": 2, "2026-02-18": 4, "2026-02-23": 5}
"""As-of day: how many of the files were there."""


def filled(path: Path, files: Sequence[Path]) -> Path:
    with Store.open(path) as store:
        for file in files:
            store.add(read(file), "2026-07-01T00:00:00Z")
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in FILES]


@pytest.fixture
def store_path(files: list[Path], tmp_path: Path) -> Path:
    return filled(tmp_path / "all.sqlite", files)


def known(path: Path, as_of: str = "") -> Dataset:
    with closing(Store.open(path)) as store:
        latest = loading.dataset(store)
        return loading.as_known(store, latest, as_of) if as_of else latest


def asked_of(dataset: Dataset, as_of: str) -> Iterator[Selection]:
    """What a dataset opens on, and other things that a view can be asked."""
    opened = opening(dataset).but(as_of=as_of)
    yield opened
    yield opened.but(grain=Grain.DAY, grouping=Grouping.MODEL, brush=None)


def same(view: str, found: Table, wanted: Table, as_of: str) -> None:
    """Check that a table of a vintage says what that of a smaller store says, and of when it is beside that."""
    assert found.ids == wanted.ids
    assert str(found.empty) == str(wanted.empty)
    for column in wanted.columns:
        assert [*map(str, found.values[column.key])] == [*map(str, wanted.values[column.key])], (view, column.key)
    for part in ("title", "subtitle", "scope", "source", "notes"):
        assert str(getattr(found.caption, part)) == str(getattr(wanted.caption, part)), (view, part)
    words = f"data as known on {to_words(as_of)}"
    assert [str(each) for each in found.caption.filters] == [words, *map(str, wanted.caption.filters)], view
    sentence = str(found.caption.sentence)
    assert sentence.replace(f"; {words}", "") == str(wanted.caption.sentence)
    assert not sentence or words in sentence, (view, sentence)


def to_words(as_of: str) -> str:
    day = date.fromisoformat(as_of)
    return f"{day.day} {('February', 'June')[day.month == 6]} {day.year}"


@pytest.mark.parametrize("view", VIEWS)
def test_a_vintage_is_what_a_store_without_later_files_holds(
    view: str, files: list[Path], store_path: Path, tmp_path: Path
) -> None:
    for as_of, n in KNOWN.items():
        found, less = known(store_path, as_of), known(filled(tmp_path / f"{n}.sqlite", files[:n]))
        for selection in asked_of(less, as_of):
            same(view, table(view, found, selection), table(view, less, selection.but(as_of="")), as_of)


@pytest.mark.parametrize("view", VIEWS)
def test_the_real_answers_as_known_are_those_that_were_there(view: str, shared_data: Path, tmp_path: Path) -> None:
    api = sorted((shared_data / "openrouter" / "rankings-daily" / "api").glob("*.json"))
    lists = [shared_data / "openrouter" / "models" / "2026-05-15.json"]
    everything = filled(tmp_path / "all.sqlite", [*lists, *api])
    for n, as_of in ((1, "2026-06-19"), (4, "2026-06-22")):
        found, less = known(everything, as_of), known(filled(tmp_path / f"{n}.sqlite", [*lists, *api[:n]]))
        for selection in asked_of(less, as_of):
            same(view, table(view, found, selection), table(view, less, selection.but(as_of="")), as_of)


@pytest.mark.parametrize("as_of", ["", "2026-02-18"])
def test_of_each_day_the_snapshot_that_shows_is_the_stores(store_path: Path, as_of: str) -> None:
    dataset = known(store_path, as_of)
    assert dataset.recall is not None
    for each in cover(dataset).days:
        own = dataset.recall(each.shown)
        rows = own.day == each.day
        said = {own.models[code]: n for code, n in zip(own.model[rows], own.tokens[rows].tolist(), strict=True)}
        day = Span(each.day, each.day)
        shown = dict(zip(dataset.cube.models, dataset.cube.tokens(day).tolist(), strict=True))
        assert shown | {"other": dataset.cube.other(day)} == said


def test_numbers_of_two_vintages_differ_where_days_were_restated(store_path: Path) -> None:
    day = span(date(2026, 2, 17), date(2026, 2, 17))
    shown: Mapping[str, Any] = {
        as_of: table("leaderboard", known(store_path, as_of), Selection(brush=day, as_of=as_of)).values["tokens"]
        for as_of in ("2026-02-18", "2026-02-23")
    }
    assert sorted(shown["2026-02-18"]) == [40, 300, 553, 677]
    assert sorted(shown["2026-02-23"]) == [40, 300, 560, 670]


def share_in(dataset: Dataset) -> str:
    """A share as it would be printed that is one of the data."""
    week = span(date(2026, 2, 9), date(2026, 2, 15))
    shares: Any = table("leaderboard", dataset, Selection(brush=week, as_of=dataset.as_of)).values["share"]
    return f"{shares[0] * 100:.1f} %"


def test_a_search_for_a_number_says_the_vintage(store_path: Path) -> None:
    dataset = known(store_path, "2026-02-18")
    found = finding.table(dataset, finding.find(dataset, share_in(dataset), ""))
    assert "Filter: data as known on 18 February 2026" in [str(line) for line in verdict_report.matches(found)]
    assert "data as known on 18 February 2026" in str(found.caption.sentence)


def test_a_claim_is_shown_in_the_vintage_it_was_tested_in(store_path: Path) -> None:
    dataset = known(store_path, "2026-02-18")
    found = finding.table(dataset, finding.find(dataset, share_in(dataset), ""))
    assert found.selections
    assert {each.as_of for each in found.selections if each} == {"2026-02-18"}


# --- in the window


def window_of(qtbot: QtBot, path: Path) -> MainWindow:
    settings = Settings()
    session = Session(known(path), complete=loading.Vintages(path))
    window = MainWindow(session, path, settings, Appearance(settings))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.complete()
    return window


def test_the_bar_offers_today_and_the_days_of_the_snapshots(qtbot: QtBot, store_path: Path) -> None:
    window = window_of(qtbot, store_path)
    control = window.filters.vintage
    assert [control.itemText(i) for i in range(control.count())] == [
        "Newest data",
        "Data of 23 Feb 2026",
        "Data of 18 Feb 2026",
        "Data of 15 Feb 2026",
    ]
    assert control.isVisible()
    assert control.currentIndex() == 0
    control.setCurrentIndex(2)
    session = window.session
    assert session.selection.as_of == "2026-02-18"
    assert session.dataset.cube.days == span(date(2026, 2, 1), date(2026, 2, 17))
    assert session.latest.cube.days == span(date(2026, 2, 1), date(2026, 2, 22))
    (chip,) = (chip for chip in window.chips.chips if chip.words.text() == "Data of 18 Feb 2026")
    QTest.mouseClick(chip.remove, Qt.MouseButton.LeftButton)
    assert (session.selection.as_of, control.currentIndex()) == ("", 0)
    window.commands.undo()
    assert control.currentText() == "Data of 18 Feb 2026"


def test_a_vintage_of_another_day_is_offered_while_it_is_shown(qtbot: QtBot, store_path: Path) -> None:
    window = window_of(qtbot, store_path)
    session, control = window.session, window.filters.vintage
    session.select(session.selection.but(as_of="2026-02-20"))
    assert control.currentText() == "Data of 20 Feb 2026"
    assert control.count() == 5
    session.select(session.selection.but(as_of=""))
    assert control.count() == 4


def test_with_one_snapshot_there_is_nothing_to_choose(qtbot: QtBot, files: list[Path], tmp_path: Path) -> None:
    window = window_of(qtbot, filled(tmp_path / "one.sqlite", files[:2]))
    assert not window.filters.vintage.isVisible()


def test_a_vintage_that_can_not_be_read_leaves_everything_as_it_was(qtbot: QtBot, store_path: Path) -> None:
    window = window_of(qtbot, store_path)
    told: list[Exception] = []
    window.session.failed.disconnect()
    window.session.failed.connect(told.append)
    store_path.write_bytes(b"no store any more" * 100)
    before = window.session.selection
    window.filters.vintage.setCurrentIndex(1)
    assert len(told) == 1
    assert window.session.selection == before
    assert window.filters.vintage.currentIndex() == 0


def test_days_before_the_first_snapshot_are_a_sentence(store_path: Path) -> None:
    nothing = known(store_path, "2026-01-01")
    for view in VIEWS:
        shown = table(view, nothing, replace(opening(nothing), as_of="2026-01-01", brush=Span(20500, 20506)))
        assert shown.empty is not None or view in ("claims", "prices", "price_history", "workload"), view
        assert [str(each) for each in shown.caption.filters] == ["data as known on 1 January 2026"]
        if view in ("leaderboard", "share", "leads", "spend", "snapshots", "restatements"):
            assert str(shown.empty).startswith("No snapshot is as old as 1 January 2026"), view
