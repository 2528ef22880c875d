"""Updating against a server with upstream's shapes: what comes, what is asked for, and what never is."""

import json
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from werkzeug import Request, Response

from explorer.app import update_job
from explorer.app.imported import Imported
from explorer.app.report_dialog import ReportDialog
from explorer.app.updating import Wish, run
from explorer.app.window import MainWindow
from explorer.domain.column_mapping import parse
from explorer.domain.schema import to_day
from explorer.domain.selection import Source
from explorer.errors import Cancelled, ExplorerError
from explorer.sources import any_table, read_bytes
from explorer.store import Store
from explorer.upstream import keys
from explorer.upstream.client import Answer, Asked, Client
from explorer.upstream.faults import Kind, UpstreamError
from tests.upstream import served
from tests.upstream.served import DATASETS, EXPORTS, LATEST, SECRET, MemoryKeyring, OpenRouter

no_proxy, memory_keyring, openrouter = served.no_proxy, served.memory_keyring, served.openrouter

DAY = timedelta(days=1)
FIRST = date(2026, 9, 19)
KEYLESS = Wish(models=False, keyed=False)


def update(store_path: Path, openrouter: OpenRouter, wish: Wish = KEYLESS) -> Imported:
    return run(store_path, wish, lambda _: None, connect=openrouter.connect)


def held(store_path: Path) -> list[str]:
    with Store.open(store_path, create=False) as store:
        return [about.name for about in store.provenance()]


def days(store_path: Path) -> set[int]:
    with Store.open(store_path, create=False) as store:
        return set(store.frames().usage.day.tolist())


def put(store_path: Path, name: str, raw: bytes) -> None:
    with Store.open(store_path) as store:
        store.add(read_bytes(name, raw), "2026-11-22T00:00:00Z")


def error_of(done: Imported) -> ExplorerError:
    (error,) = [outcome.error for outcome in done.outcomes if outcome.error is not None]
    return error


# --- what comes


def test_an_empty_store_gets_every_day_and_the_prices(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    done = update(store_path, openrouter, Wish(keyed=False))
    *rankings, prices = held(store_path)
    assert rankings == ["2026-09-19.csv", "2026-10-16.csv", "2026-11-12.csv", "2026-11-22.csv"]
    assert re.fullmatch(rf"models-{date.today()}T\d{{6}}Z\.json", prices)  # noqa: DTZ011 - the server's day is this one
    assert days(store_path) == set(range(to_day(FIRST - 30 * DAY), to_day(LATEST)))
    assert done.dataset is not None
    assert done.dataset.source is Source.RANKINGS
    assert "minimax/minimax-m2.5-20260212" in done.dataset.prices.models
    assert str(done.sentence).startswith(
        "Files of rankings that came: 4, with 94 new days. The rankings reach 21 Nov 2026. Prices are those of "
    )


def test_each_day_is_as_the_newest_snapshot_has_it(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    update(store_path, openrouter)
    with Store.open(store_path) as store:
        usage = store.frames().usage
    first = usage.models.index("minimax/minimax-m2.5-20260212")
    said = {int(d): int(t) for d, m, t in zip(usage.day, usage.model, usage.tokens, strict=True) if m == first}
    assert said[to_day(date(2026, 11, 21))] == LATEST.toordinal()
    assert said[to_day(date(2026, 10, 23))] == LATEST.toordinal()
    assert said[to_day(date(2026, 10, 22))] == date(2026, 11, 12).toordinal()
    assert said[to_day(date(2026, 8, 20))] == FIRST.toordinal()


def test_what_is_there_is_not_even_downloaded(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    update(store_path, openrouter)
    before = held(store_path)
    openrouter.forget()
    done = update(store_path, openrouter)
    assert openrouter.asked == ["exports/rankings-daily/latest.manifest.json"]
    assert held(store_path) == before
    assert done.dataset is None
    assert [outcome.report.duplicate for outcome in done.outcomes if outcome.report] == [True]
    assert str(done.sentence) == "No new rankings. The rankings reach 21 Nov 2026."


def test_bytes_imported_by_hand_under_another_name_count(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(LATEST)
    put(store_path, "latest.csv", served.snapshot(LATEST))
    update(store_path, openrouter, Wish(since=LATEST - 20 * DAY, models=False, keyed=False))
    assert held(store_path) == ["latest.csv"]
    assert not [path for path in openrouter.asked if path.endswith(".csv")]


def test_from_the_newest_in_the_store_on_no_day_is_missing(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    put(store_path, "2026-09-19.csv", served.snapshot(FIRST))
    update(store_path, openrouter)
    assert held(store_path) == ["2026-09-19.csv", "2026-10-16.csv", "2026-11-12.csv", "2026-11-22.csv"]
    assert days(store_path) == set(range(to_day(FIRST - 30 * DAY), to_day(LATEST)))


def test_of_two_lists_of_prices_of_one_day_the_later_one_counts(
    openrouter: OpenRouter, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(self: Client, asked: Asked, received: Callable[[int, int | None], None]) -> Answer:
        return replace(get(self, asked, received), at=datetime(2026, 11, 22, hour, 7, 28, tzinfo=UTC))

    get = Client.get
    monkeypatch.setattr(Client, "get", answered)
    openrouter.publish_all(LATEST)
    for hour, price in ((8, "0.000001"), (9, "0.000002"), (10, "0.000003"), (11, "0.000004")):
        listed = {"data": [{"id": "a/b", "pricing": {"prompt": price, "completion": price}}]}
        openrouter.serve("/api/v1/models", json.dumps(listed).encode())
        update(store_path, openrouter, Wish(since=LATEST, keyed=False))
        assert held(store_path)[-1] == f"models-2026-11-22T{hour:02d}0728Z.json"
        with Store.open(store_path) as store:
            (newest,) = store.prices()
        assert [each.input for each in newest.prices] == [pytest.approx(float(price) * 1e6)]


def test_days_of_an_imported_table_are_missing_all_the_same(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    rows = "".join(f"{LATEST - back * DAY},a/b,5\n" for back in range(1, 60))
    table = any_table.grid_of("table.csv", f"Date,Model,Tokens\n{rows}".encode())
    mapping = any_table.remembered(table, parse("date=Date,model=Model,tokens=Tokens", any_table.DATE_FORMATS))
    with Store.open(store_path) as store:
        store.add(any_table.apply(table, mapping, lambda _: None), "2026-11-22T00:00:00Z")
    done = update(store_path, openrouter)
    assert held(store_path)[1:] == ["2026-09-19.csv", "2026-10-16.csv", "2026-11-12.csv", "2026-11-22.csv"]
    assert str(done.sentence).startswith("Files of rankings that came: 4, with 94 new days.")


def test_since_asks_for_no_older_days(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    update(store_path, openrouter, Wish(since=LATEST - 25 * DAY, models=False, keyed=False))
    assert held(store_path) == ["2026-11-22.csv"]


def test_a_snapshot_that_is_absent_gives_way_to_the_one_before(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.serve(f"{EXPORTS}/2026-10-16.manifest.json", served.error(404, "Not found"))
    done = update(store_path, openrouter)
    assert held(store_path)[:2] == ["2026-09-19.csv", "2026-10-15.csv"]
    assert not [outcome for outcome in done.outcomes if outcome.error]
    assert days(store_path) == set(range(to_day(FIRST - 30 * DAY), to_day(LATEST)))


def test_no_dated_snapshots_at_all_are_said_and_the_latest_comes(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(LATEST)
    for back in range(1, 70):
        openrouter.serve(f"{EXPORTS}/{LATEST - back * DAY}.manifest.json", served.error(404, "Not found"))
    done = update(store_path, openrouter)
    assert "does not have this file" in str(error_of(done))
    assert held(store_path) == ["2026-11-22.csv"]
    assert len(openrouter.asked) < 10


def test_progress_rises_and_says_bytes_and_days(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    told: list[float] = []
    said: list[str] = []
    run(store_path, Wish(keyed=False), told.append, lambda step: said.append(str(step)), openrouter.connect)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
    size = len(served.snapshot(FIRST))
    assert f"Updating: 2026-10-16.csv, {size // 1000}\u2009{size % 1000:03} of {size // 1000}\u2009" in " ".join(said)
    assert any(step.endswith("bytes; 27 of 93 days") for step in said)


# --- with a key


def test_with_a_key_all_days_since_2025_come(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.answer_keys()
    keys.keep(SECRET)
    done = update(store_path, openrouter, Wish(models=False, keyed=True))
    assert held(store_path)[-2:] == [
        "rankings-daily-2025-01-01-to-2026-01-01.json",
        "rankings-daily-2026-01-02-to-2026-08-19.json",
    ]
    assert days(store_path) == set(range(to_day(date(2025, 1, 1)), to_day(LATEST)))
    assert not [outcome for outcome in done.outcomes if outcome.error]
    openrouter.forget()
    update(store_path, openrouter, Wish(models=False, keyed=True))
    assert not [path for path in openrouter.asked if path == "rankings-daily"], "nothing old is asked for twice"


def test_days_nobody_has_are_asked_for_but_not_kept(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    keys.keep(SECRET)
    openrouter.serve(f"{DATASETS}/rankings-daily", b'{"data": [], "meta": {"version": "v1"}}')
    done = update(store_path, openrouter, Wish(models=False, keyed=True))
    assert held(store_path) == ["2026-09-19.csv", "2026-10-16.csv", "2026-11-12.csv", "2026-11-22.csv"]
    assert not [outcome for outcome in done.outcomes if outcome.error]


def test_the_window_s_update_uses_a_key_only_where_there_is_one(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(LATEST)
    openrouter.answer_keys()
    wish = Wish(since=date(2026, 8, 1), models=False)
    update(store_path, openrouter, wish)
    assert "rankings-daily" not in openrouter.asked
    keys.keep(SECRET)
    update(store_path, openrouter, wish)
    assert "rankings-daily" in openrouter.asked


def test_a_key_asked_for_that_is_not_there_is_a_sentence(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    done = update(store_path, openrouter, Wish(models=False, keyed=True))
    assert str(error_of(done)).startswith("There is no API key. Set one with tokenshare key set")
    assert "2026-11-22.csv" in held(store_path)


def test_a_locked_keyring_keeps_no_rankings_out(
    openrouter: OpenRouter, store_path: Path, memory_keyring: MemoryKeyring
) -> None:
    openrouter.publish_all(FIRST)
    memory_keyring.fault = OSError("locked")
    done = update(store_path, openrouter, Wish(models=False))
    assert "No key was used: The system's keyring can't be used." in str(done.sentence)
    assert "2026-11-22.csv" in held(store_path)


def test_a_wrong_key_is_a_sentence_and_the_rest_stays(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.answer_keys("sk-another")
    keys.keep(SECRET)
    done = update(store_path, openrouter, Wish(models=False, keyed=True))
    assert "OpenRouter does not accept the API key" in str(error_of(done))
    assert len(held(store_path)) == 4


def test_an_answer_with_other_days_than_asked_is_refused(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    keys.keep(SECRET)
    openrouter.serve(f"{DATASETS}/rankings-daily", served.keyed_answer(date(2024, 1, 1), date(2024, 1, 3)))
    done = update(store_path, openrouter, Wish(models=False, keyed=True))
    assert "days that were not asked for" in str(error_of(done))


def test_the_key_is_in_no_store_error_or_log(
    openrouter: OpenRouter, store_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    openrouter.publish_all(FIRST)
    openrouter.answer_keys()
    keys.keep(SECRET)
    said: list[str] = []
    run(store_path, Wish(keyed=True), lambda _: None, lambda step: said.append(str(step)), openrouter.connect)
    openrouter.answer_keys("sk-another")
    done = update(store_path.with_name("other.sqlite"), openrouter, Wish(models=False, keyed=True))
    assert caplog.records
    texts = [*said, *(record.getMessage() for record in caplog.records), repr(done), str(error_of(done))]
    assert not any(SECRET in text for text in texts)
    for file in store_path.parent.iterdir():
        assert SECRET.encode() not in file.read_bytes()


# --- what goes wrong


def cut(raw: bytes) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        response = Response(raw[:100])
        response.automatically_set_content_length = False
        response.headers["Content-Length"] = str(len(raw))
        return response

    return answer


RAW = served.snapshot(LATEST)
PAGE = Response("<html>Welcome to the hotel</html>", content_type="text/html")
WRONG: list[tuple[str, bytes | Response | Callable[[Request], Response], str]] = [
    ("latest.manifest.json", served.error(404, "Not found"), "does not have this file. Try again tomorrow"),
    ("latest.manifest.json", served.error(401, "No"), "wants an API key for this file"),
    ("latest.manifest.json", served.error(429, "Slow down"), "too many requests. Wait a few minutes"),
    ("latest.manifest.json", served.error(502, "Bad gateway"), "trouble of its own (status 502). Try again"),
    ("latest.manifest.json", PAGE, "A web page came instead of data. Open a web page in your browser"),
    ("latest.manifest.json", b"not json", "The manifest can't be used: it is no JSON"),
    ("latest.manifest.json", b"x" * 2**21, "more than 1048576 bytes"),
    ("2026-11-22.csv", served.error(404, "Not found"), "does not have this file"),
    ("2026-11-22.csv", PAGE, "A web page came instead of data"),
    ("2026-11-22.csv", cut(RAW), f"broke off after 100 of {len(RAW)} bytes"),
    ("2026-11-22.csv", RAW[:-9], f"It has {len(RAW) - 9} bytes where {len(RAW)} are announced"),
    ("2026-11-22.csv", RAW + b"\r\n", f"more than {len(RAW)} bytes"),
    ("2026-11-22.csv", RAW.replace(b",7,", b",8,", 1), "Its checksum is not the one announced"),
]


@pytest.mark.parametrize(("path", "answer", "words"), WRONG)
def test_whatever_goes_wrong_is_a_sentence_and_nothing_is_half_imported(
    openrouter: OpenRouter, store_path: Path, path: str, answer: bytes | Response, words: str
) -> None:
    put(store_path, "2026-11-20.csv", served.snapshot(date(2026, 11, 20)))
    before = store_path.read_bytes()
    openrouter.publish_all(LATEST)
    openrouter.serve(f"{EXPORTS}/{path}", answer)
    done = update(store_path, openrouter, Wish(since=date(2026, 11, 1), models=False, keyed=False))
    error = error_of(done)
    assert words in str(error)
    assert str(error).startswith(f"{path}: ")
    assert done.dataset is None
    assert str(done.sentence) == "Nothing was updated. The rankings reach 19 Nov 2026."
    assert held(store_path) == ["2026-11-20.csv"]
    assert store_path.read_bytes() == before


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"date,model_permaslug,total_tokens\r\n2026-11-21,a/b,many\r\n", "many"),
        (b'{"data": [{"id": "a/b", "pricing": {"prompt": "0"}}]}', "something else than what was asked for"),
        (b"name,colour\r\nx,red\r\n", "no format the program knows"),
        (b"date,model_permaslug,total_tokens\r\n2020-11-21,a/b,5\r\n", "days that were not asked for"),
    ],
)
def test_wrong_content_under_a_right_checksum_is_refused(
    openrouter: OpenRouter, store_path: Path, raw: bytes, words: str
) -> None:
    openrouter.serve(f"{EXPORTS}/{LATEST}.csv", raw)
    openrouter.serve(f"{EXPORTS}/latest.manifest.json", json.dumps(served.manifest(LATEST, raw)).encode())
    done = update(store_path, openrouter, Wish(since=LATEST, models=False, keyed=False))
    assert words in str(error_of(done))
    assert "try again in a few minutes" in str(error_of(done))
    assert not store_path.exists()


def test_models_that_are_none_are_refused_and_the_rankings_stay(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.serve("/api/v1/models", RAW)
    done = update(store_path, openrouter, Wish(keyed=False))
    assert "something else than what was asked for" in str(error_of(done))
    assert len(held(store_path)) == 4
    assert done.dataset is not None


def test_offline_is_one_sentence_and_makes_no_store(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.server.stop()
    try:
        done = update(store_path, openrouter, Wish())
    finally:
        openrouter.server.start()
    error = error_of(done)
    assert isinstance(error, UpstreamError)
    assert error.kind is Kind.OFFLINE
    assert "127.0.0.1 can't be reached. Check the connection" in str(error)
    assert not store_path.exists()


def test_the_next_update_goes_on_where_this_one_stopped(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.serve(f"{EXPORTS}/2026-11-12.csv", PAGE)
    done = update(store_path, openrouter)
    assert "A web page came" in str(error_of(done))
    assert held(store_path) == ["2026-09-19.csv", "2026-10-16.csv"]
    assert str(done.sentence).startswith("Not all could be updated; what came stays, and the next update goes on")
    openrouter.publish_all(FIRST)
    openrouter.forget()
    update(store_path, openrouter)
    assert [path for path in openrouter.asked if path.endswith(".csv")] == [
        "exports/rankings-daily/2026-11-12.csv",
        "exports/rankings-daily/2026-11-22.csv",
    ]
    assert days(store_path) == set(range(to_day(FIRST - 30 * DAY), to_day(LATEST)))


def test_one_bad_snapshot_upstream_keeps_no_other_out(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)
    openrouter.serve(f"{EXPORTS}/2026-10-16.csv", b"changed")
    done = update(store_path, openrouter)
    assert str(error_of(done)).startswith("2026-10-16.csv: It has 7 bytes")
    assert held(store_path)[:2] == ["2026-09-19.csv", "2026-10-15.csv"]
    assert days(store_path) == set(range(to_day(FIRST - 30 * DAY), to_day(LATEST)))


# --- cancel


def cancel_at(limit: float) -> Callable[[float], None]:
    def progress(fraction: float) -> None:
        if fraction >= limit:
            raise Cancelled

    return progress


@pytest.mark.parametrize("limit", [0.0, 0.1, 0.139])
def test_cancel_before_anything_came_leaves_no_store(openrouter: OpenRouter, store_path: Path, limit: float) -> None:
    openrouter.publish_all(FIRST)
    with pytest.raises(Cancelled):
        run(store_path, KEYLESS, cancel_at(limit), connect=openrouter.connect)
    assert list(store_path.parent.glob("store*")) == []


def test_cancel_later_says_what_came(openrouter: OpenRouter, store_path: Path) -> None:
    openrouter.publish_all(FIRST)

    def progress(_fraction: float) -> None:
        if "exports/rankings-daily/2026-10-16.csv" in openrouter.asked:
            raise Cancelled

    done = run(store_path, KEYLESS, progress, connect=openrouter.connect)
    assert held(store_path) == ["2026-09-19.csv"]
    assert str(done.sentence) == (
        "Cancelled: what had come by then stays, and the next update goes on from there. "
        "Files of rankings that came: 1, with 30 new days. The rankings reach 18 Sep 2026."
    )
    assert done.dataset is not None


def test_days_still_missing_are_said(openrouter: OpenRouter, store_path: Path) -> None:
    put(store_path, "old.csv", served.snapshot(date(2026, 6, 1)))
    openrouter.publish_all(FIRST)
    done = update(store_path, openrouter)
    assert "Days still missing, from 1 Jun 2026 to 19 Aug 2026: 80." in str(done.sentence)
    assert "only with an API key" in str(done.sentence)


# --- the window


@pytest.fixture
def connected(openrouter: OpenRouter, monkeypatch: pytest.MonkeyPatch) -> OpenRouter:
    monkeypatch.setattr(update_job, "client", lambda _quota: openrouter.connect())
    return openrouter


def reports() -> list[ReportDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog) and w.isVisible()]


def test_update_in_the_window_shows_the_new_days(
    qtbot: QtBot, published_window: MainWindow, connected: OpenRouter
) -> None:
    connected.publish_all(FIRST)
    window = published_window
    with qtbot.waitSignal(window.importer.imported, timeout=20_000):
        window.top_bar.update_data.click()
        assert window.import_status.isVisible()
        assert window.import_status.words.text() == "Updating: asking openrouter.ai"
        assert window.import_status.cancel.text() == "Cancel update"
        assert not window.top_bar.update_data.isEnabled()
        assert not window.top_bar.open.isEnabled()
    assert window.top_bar.update_data.isEnabled()
    assert window.session.dataset.source is Source.RANKINGS
    assert window.statusBar().currentMessage().startswith("Files of rankings that came: 4, with 94 new days.")
    (report,) = reports()
    assert report.table.rowCount() == 5
    heads = [words.text() for words in report.findChildren(QLabel)]
    assert any(text.startswith("Files of rankings that came: 4, with 94 new days.") for text in heads)
    report.close()


def test_an_update_that_fails_is_a_sentence(
    qtbot: QtBot, published_window: MainWindow, connected: OpenRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or 0)
    connected.serve(f"{EXPORTS}/latest.manifest.json", PAGE)
    with qtbot.waitSignal(published_window.importer.imported, timeout=20_000):
        published_window.menus.actions["update"].trigger()
    assert len(said) == 1
    assert "A web page came instead of data" in said[0]
    assert not reports()


def test_cancel_in_the_window_stops_a_silent_server(
    qtbot: QtBot, published_window: MainWindow, connected: OpenRouter, store_path: Path
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def silent(_request: Request) -> Response:
        asked.set()
        assert go_on.wait(30)
        return Response(b"{}")

    connected.serve(f"{EXPORTS}/latest.manifest.json", silent)
    window = published_window
    try:
        window.menus.actions["update"].trigger()
        assert asked.wait(30)
        with qtbot.waitSignal(window.importer.cancelled):
            window.import_status.cancel.click()
    finally:
        go_on.set()
    assert window.statusBar().currentMessage() == "Update cancelled: nothing was changed."
    assert not store_path.exists()


def test_the_buttons_fit_the_window_and_say_what_they_do(rankings_window: MainWindow) -> None:
    for width in (720, 1280):
        rankings_window.resize(width, 800)
        QApplication.processEvents()
        for button in (rankings_window.top_bar.open, rankings_window.top_bar.update_data):
            place = button.mapTo(rankings_window, button.rect().bottomRight())
            assert rankings_window.rect().contains(place)
            assert button.accessibleName()
            assert button.toolTip() != button.text()
    assert rankings_window.top_bar.update_data.toolTip() == "Fetch what is new from openrouter.ai (Ctrl+U)"
