"""A store that others change: noticed for next to nothing, shown without being asked."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.app import loading
from explorer.app.importing import Importer
from explorer.app.store_watch import Follower, StoreWatch
from explorer.app.window import MainWindow
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origin, Overrides
from explorer.domain.selection import Source
from explorer.errors import ExplorerError
from explorer.sources import read
from explorer.store import Store

ROOT = Path(__file__).parents[2]
WHEN = "2026-02-24T00:00:00Z"
HEADER = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens\r\n"


@pytest.fixture
def more(tmp_path: Path) -> Path:
    path = tmp_path / "more.csv"
    path.write_text(f"{HEADER}2026-02-23,openai/gpt-5.2,1,700,1\r\n")
    return path


@pytest.fixture
def watch(filled_store: Path) -> StoreWatch:
    return StoreWatch(filled_store)


def bring(store_path: Path, file: Path) -> str:
    with Store.open(store_path) as store:
        return store.add(read(file), WHEN).provenance.sha256


def change_by(store_path: Path, change: Callable[[Store], object]) -> None:
    with Store.open(store_path) as store:
        change(store)


def test_every_kind_of_change_is_noticed_once(watch: StoreWatch, filled_store: Path, more: Path) -> None:
    assert not watch.look()
    sha256 = bring(filled_store, more)
    changes: list[Callable[[Store], object]] = [
        lambda store: store.remove(sha256, WHEN),
        lambda store: store.put_back(sha256),
        lambda store: store.set_overrides(Overrides((Origin("a", "A", "CN", date(2026, 1, 1)),))),
    ]
    assert (watch.look(), watch.look()) == (True, False)
    for change in changes:
        change_by(filled_store, change)
        assert (watch.look(), watch.look()) == (True, False)


def test_what_changes_nothing_is_no_change(watch: StoreWatch, filled_store: Path, rankings_file: Path) -> None:
    bring(filled_store, rankings_file)
    change_by(filled_store, lambda store: store.frames())
    assert not watch.look()


def test_a_store_that_comes_goes_and_is_replaced(store_path: Path, rankings_file: Path, more: Path) -> None:
    watch = StoreWatch(store_path)
    assert not watch.look()
    Store.open(store_path).close()
    assert not watch.look(), "there is nothing in it"
    bring(store_path, rankings_file)
    assert (watch.look(), watch.look()) == (True, False)
    other = store_path.with_name("other.sqlite")
    bring(other, more)
    other.replace(store_path)
    assert (watch.look(), watch.look()) == (True, False)
    store_path.unlink()
    assert (watch.look(), watch.look()) == (True, False)


def test_nothing_is_held_open_and_nothing_left_beside_the_store(
    watch: StoreWatch, filled_store: Path, more: Path
) -> None:
    bring(filled_store, more)
    assert watch.look()
    assert [file.name for file in filled_store.parent.iterdir() if file.name.startswith(filled_store.name)] == [
        filled_store.name
    ]
    only = sqlite3.connect(filled_store, isolation_level=None, timeout=0)
    only.execute("PRAGMA locking_mode = EXCLUSIVE")
    only.execute("BEGIN EXCLUSIVE")
    only.close()


def test_a_store_that_nobody_wrote_to_is_not_even_opened(
    watch: StoreWatch, filled_store: Path, more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def counted(path: Path, **how: object) -> Store:
        opened.append(path)
        return real(path, **how)  # type: ignore[arg-type]

    real = Store.open
    bring(filled_store, more)
    monkeypatch.setattr("explorer.app.store_watch.Store.open", counted)
    assert [watch.look() for _ in range(5)] == [True, False, False, False, False]
    assert len(opened) == 2, "once more, for what came in the same tick of the clock"


def test_what_is_written_in_one_tick_of_the_clock_is_noticed_too(
    watch: StoreWatch, filled_store: Path, more: Path
) -> None:
    sha256 = bring(filled_store, more)
    assert watch.look()
    lie = filled_store.stat()
    change_by(filled_store, lambda store: store.remove(sha256, WHEN))
    os.utime(filled_store, ns=(lie.st_atime_ns, lie.st_mtime_ns))
    assert filled_store.stat().st_size == lie.st_size
    assert watch.look()


def test_garbage_in_its_place_is_no_crash_and_no_change(watch: StoreWatch, filled_store: Path) -> None:
    filled_store.unlink()
    filled_store.write_text("my diary")
    assert not watch.look()
    assert filled_store.read_text() == "my diary"


def test_a_store_in_use_is_looked_at_again(filled_store: Path) -> None:
    other = sqlite3.connect(filled_store, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    watch = StoreWatch(filled_store)
    assert not watch.look()
    other.close()
    assert watch.look()


OTHER = """
import sys
from pathlib import Path
from explorer.sources import read
from explorer.store import Store
for name in sys.argv[2:]:
    with Store.open(Path(sys.argv[1])) as store:
        store.add(read(Path(name)), "2026-03-02T00:00:00Z")
"""


def test_a_file_dialog_over_its_folder_loses_nothing_of_what_two_programs_import(tmp_path: Path) -> None:
    """A dialog opens and closes the files it lists; POSIX takes all locks of the process on them away then."""
    store_path = tmp_path / "store.sqlite"
    files = [tmp_path / f"2026-03-{day:02d}.csv" for day in range(2, 10)]
    for day, file in enumerate(files, 1):
        rows = "".join(f"2026-03-{day:02d},a/m{n},,{n * day},\r\n" for n in range(1, 1500))
        file.write_text(HEADER + rows, newline="")

    def list_folder() -> None:
        for file in tmp_path.iterdir():
            file.open("rb").close()

    def other(*paths: Path) -> None:
        subprocess.run([sys.executable, "-c", OTHER, str(store_path), *map(str, paths)], check=True, cwd=ROOT)

    bring(store_path, files[0])
    watch = StoreWatch(store_path)
    for own, theirs in ((files[1], files[2:4]), (files[4], files[5:7])):
        list_folder()
        other(*theirs)
        assert watch.look()
        list_folder()
        bring(store_path, own)
    list_folder()
    other(files[7])
    assert watch.look()
    with Store.open(store_path) as store:
        assert sorted(each.name for each in store.provenance()) == [file.name for file in files]
        assert store.check() == len(files)


# --- in a window


@pytest.fixture
def followed(rankings_window: MainWindow, filled_store: Path) -> Iterator[MainWindow]:
    rankings_window.follow(StoreWatch(filled_store))
    yield rankings_window
    rankings_window.close()


def follower(window: MainWindow) -> Follower:
    found = window.findChild(Follower)
    assert isinstance(found, Follower)
    return found


def test_the_window_shows_what_another_copy_imported(
    followed: MainWindow, filled_store: Path, more: Path, qtbot: QtBot
) -> None:
    days = followed.session.dataset.cube.days
    selection = followed.session.selection
    sha256 = bring(filled_store, more)
    with qtbot.waitSignal(followed.session.changed):
        follower(followed).look()
    assert followed.session.dataset.cube.days != days
    assert "openai/gpt-5.2" in followed.session.dataset.cube.models
    assert followed.session.selection == selection
    assert "changed elsewhere" in followed.statusBar().currentMessage()
    change_by(filled_store, lambda store: store.remove(sha256, WHEN))
    with qtbot.waitSignal(followed.session.changed):
        follower(followed).look()
    assert followed.session.dataset.cube.days == days


def test_a_change_that_the_window_shows_already_draws_nothing(
    followed: MainWindow, filled_store: Path, more: Path, qtbot: QtBot
) -> None:
    bring(filled_store, more)
    followed.session.load(loaded(filled_store))
    heard: list[None] = []
    followed.session.changed.connect(lambda: heard.append(None))
    follower(followed).look()
    assert not follower(followed)._loads.running, "it is not even loaded"
    assert heard == []


def loaded(path: Path) -> Dataset:
    with Store.open(path) as store:
        return loading.priced(store)


def test_without_rankings_what_the_window_shows_already_draws_nothing_either(
    qtbot: QtBot, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rankings_window: MainWindow
) -> None:
    bring(store_path, prices_file(tmp_path, "models-2026-02-20.json"))
    rankings_window.follow(StoreWatch(store_path))
    rankings_window.session.load(loaded(store_path))
    found = follower(rankings_window)
    bring(store_path, prices_file(tmp_path, "models-2026-02-21.json"))
    rankings_window.session.load(loaded(store_path))
    found.look()
    assert not found._loads.running
    bring(store_path, prices_file(tmp_path, "models-2026-02-22.json"))
    with qtbot.waitSignal(found.fresh):
        found.look()
    rankings_window.close()


def test_a_change_while_one_is_loaded_is_loaded_after_it(
    followed: MainWindow, filled_store: Path, more: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed.hide()  # so that it looks only when it is told to
    found, sha256 = follower(followed), bring(filled_store, more)
    priced = loading.priced

    def read_and_then_changed(store: Store | None) -> Dataset:
        shown = priced(store)
        if len(shown.provenance) == 2:
            change_by(filled_store, lambda other: other.remove(sha256, WHEN))
        return shown

    monkeypatch.setattr(loading, "priced", read_and_then_changed)
    with qtbot.waitSignal(found.fresh):
        found.look()
        found.look()
    assert len(followed.session.latest.provenance) == 2
    qtbot.waitUntil(lambda: not found._loads.running)
    with qtbot.waitSignal(found.fresh):
        found.look()
    assert len(followed.session.latest.provenance) == 1


def prices_file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f'{{"data": [{{"id": "a/b", "pricing": {{"prompt": "0.00000{name[-6]}", "completion": "0"}}}}]}}')
    return path


def test_removing_everything_returns_to_the_published_figures(
    followed: MainWindow, filled_store: Path, qtbot: QtBot
) -> None:
    (provenance,) = followed.session.dataset.provenance
    change_by(filled_store, lambda store: store.remove(provenance.sha256, WHEN))
    with qtbot.waitSignal(followed.session.changed):
        follower(followed).look()
    assert followed.session.dataset.source is Source.PUBLISHED


def test_it_looks_only_while_the_window_is_seen(followed: MainWindow) -> None:
    assert follower(followed).looking
    followed.hide()
    assert not follower(followed).looking
    followed.show()
    assert follower(followed).looking
    followed.close()
    assert not follower(followed).looking


def test_the_programs_own_import_is_not_followed_while_it_runs(
    followed: MainWindow, filled_store: Path, more: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    bring(filled_store, more)
    with monkeypatch.context() as patched:
        patched.setattr(Importer, "running", property(lambda _self: True))
        follower(followed).look()
        assert not follower(followed)._loads.running
    with qtbot.waitSignal(followed.session.changed):
        follower(followed).look()


def test_what_can_not_be_loaded_is_said(
    followed: MainWindow, filled_store: Path, more: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[ExplorerError] = []
    monkeypatch.setattr("explorer.app.arrivals.show_errors", lambda _parent, errors: said.extend(errors))
    bring(filled_store, more)
    follower(followed)._path = filled_store.with_name("folder")
    follower(followed)._path.mkdir()
    with qtbot.waitSignal(follower(followed).failed):
        follower(followed).look()
    assert ["folder" in str(error) for error in said] == [True]
