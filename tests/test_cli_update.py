"""`tokenshare update` and `tokenshare key`."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.app import updating
from explorer.cli import main
from explorer.upstream import keys
from tests.upstream import served
from tests.upstream.served import EXPORTS, SECRET, OpenRouter

no_proxy, memory_keyring, openrouter = served.no_proxy, served.memory_keyring, served.openrouter

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
def run(store: Path, openrouter: OpenRouter, monkeypatch: pytest.MonkeyPatch) -> Run:
    real = updating.run
    monkeypatch.setattr(updating, "run", lambda *given: real(*given, connect=openrouter.connect))
    return lambda *args, **more: CliRunner().invoke(main, ["--store", str(store), *args], **more)


def test_an_update_says_what_came(run: Run, openrouter: OpenRouter, store: Path) -> None:
    openrouter.publish_all(date(2026, 11, 1))
    done = run("update", "--since", "2026-11-01", "--no-models")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "2026-11-22.csv: rankings CSV, as of 2026-11-22 (from the file's name); rows read: 60; "
        "days: 30, 2026-10-23 to 2026-11-21",
        "  new: 60, restated: 0, unchanged: 0, skipped: 0",
        "Files of rankings that came: 1, with 30 new days. The rankings reach 21 Nov 2026.",
    ]
    assert store.is_file()
    again = run("update", "--since", "2026-11-01", "--no-models")
    assert again.exit_code == 0
    assert "already there since" in again.stdout
    assert again.stdout.splitlines()[-1] == "No new rankings. The rankings reach 21 Nov 2026."


def test_prices_come_too(run: Run, openrouter: OpenRouter) -> None:
    openrouter.publish_all(date(2026, 11, 1))
    done = run("update", "--since", "2026-11-01")
    assert done.exit_code == 0
    assert ": models JSON, as of" in done.stdout
    assert "models" in openrouter.asked


def test_a_failed_update_ends_in_2_and_makes_no_store(run: Run, openrouter: OpenRouter, store: Path) -> None:
    openrouter.serve(f"{EXPORTS}/latest.manifest.json", b"<html>log in</html>")
    done = run("update")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "latest.manifest.json: A web page came instead of data. Open a web page in your browser, log in to this "
        "network if it asks for that, then try again."
    ]
    assert not store.exists()


def test_since_must_be_a_date(run: Run, openrouter: OpenRouter) -> None:
    done = run("update", "--since", "yesterday")
    assert done.exit_code == 2
    assert done.stderr.startswith("The date “yesterday”")
    assert openrouter.asked == []


def test_keyed_asks_with_the_key(run: Run, openrouter: OpenRouter) -> None:
    openrouter.publish_all(date(2026, 9, 19))
    openrouter.answer_keys()
    assert "There is no API key." in run("update", "--no-models", "--keyed").stderr
    keys.keep(SECRET)
    done = run("update", "--no-models", "--keyed", "--since", "2026-08-01")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "rankings-daily-2026-08-01-to-2026-08-19.json" in done.stdout
    assert SECRET not in done.output


def test_a_key_is_asked_for_without_showing_it(run: Run) -> None:
    done = run("key", "set", input=f"{SECRET}\n")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "An API key is kept in the system's keyring."
    assert SECRET not in done.output
    found = keys.find()
    assert found is not None
    assert found.secret == SECRET
    assert run("key", "status").stdout == "An API key is kept in the system's keyring.\n"
    assert run("key", "remove").stdout.startswith("The key was removed.\nNo API key is kept.")
    assert run("key", "remove").stdout.startswith("There was no key in the system's keyring.\n")


def test_without_a_terminal_the_key_is_read_quietly_or_missed_in_a_sentence(tmp_path: Path) -> None:
    work = [sys.executable, "-m", "explorer", "--store", str(tmp_path / "s.sqlite"), "key", "set"]
    done = subprocess.run(
        work, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, start_new_session=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "No API key was written. Copy it from openrouter.ai/settings/keys.\n"


def test_what_is_no_key_is_a_sentence(run: Run) -> None:
    done = run("key", "set", input="two words\n")
    assert done.exit_code == 2
    assert "This is no API key" in done.stderr
    assert "two words" not in done.output


@pytest.mark.parametrize("module", ["explorer.cli", "explorer.app.window"])
def test_nothing_of_the_network_is_loaded_at_the_start(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('httpx2', 'keyring', 'ssl', 'truststore') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_update_needs_no_qt() -> None:
    code = "import sys, explorer.app.updating; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
