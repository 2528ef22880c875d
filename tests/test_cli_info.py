"""`tokenshare info FILE` and `tokenshare open FILE`: what a file is, and the view in it without a display."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.domain.record import PROGRAM
from explorer.domain.workspace import Layout, Workspace
from explorer.export import workspace_file
from explorer.sources import records

ROWS = "date,model_permaslug,total_tokens\n2026-02-09,minimax/minimax-m2.5,600\n2026-02-09,other,5\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("2026-02-10.csv").write_text(ROWS, "utf-8")
    path = tmp_path / "store.sqlite"
    assert run(path, "import", "2026-02-10.csv").exit_code == 0
    return path


def run(store: Path, *args: str) -> Result:
    return CliRunner(env={"QT_QPA_PLATFORM": "offscreen"}).invoke(main, ["--store", str(store), *args])


def test_info_of_an_export_says_how_it_was_made(store: Path) -> None:
    asked = ("--grain", "day", "--scope", "9", "--png", "share.png", "--csv", "share.csv")
    assert run(store, "export", "share", *asked).exit_code == 0
    for name in ("share.png", "share.csv"):
        lines = run(store, "info", name).stdout.splitlines()
        assert lines[:3] == [f"{name}: exported", f"Made with {PROGRAM}", "View: share"]
        assert {"Selected grain: day", "Selected scope: 9", "Licensed under CC BY 4.0."} <= set(lines)
        assert lines[-1].startswith("Snapshot: 2026-02-10.csv, as of 2026-02-10, sha256 ")


def test_the_same_export_twice_is_the_same_bytes(store: Path) -> None:
    for name in ("a", "b"):
        assert run(store, "export", "share", "--png", f"{name}.png", "--csv", f"{name}.csv").exit_code == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()


def test_what_cannot_be_made_again_names_no_view(store: Path) -> None:
    asked = ("--models", "minimax/minimax-m2.5", "--csv", "prices.csv")
    assert run(store, "export", "prices", *asked).exit_code == 0
    found = records.read(Path("prices.csv"))
    assert found is not None
    assert found.view == ""
    assert run(store, "export", "share", "--csv", "bare.csv", "--no-comments").exit_code == 0
    assert records.read(Path("bare.csv")) is None


def test_info_of_data_says_what_it_holds_and_imports_nothing(store: Path) -> None:
    empty = store.with_name("empty.sqlite")
    lines = run(empty, "info", "2026-02-10.csv").stdout.splitlines()
    assert lines[:4] == [
        "2026-02-10.csv: rankings CSV, as of 2026-02-10 (from the file's name)",
        "Rows: 2; left out: 0",
        "Days: 1, 2026-02-09 to 2026-02-09",
        "Licence: CC BY 4.0",
    ]
    assert lines[4].startswith("sha256 ")
    assert len(lines[4]) == len("sha256 ") + 64
    assert not empty.exists()


def test_info_of_the_store_is_as_ever(store: Path) -> None:
    assert run(store, "info").stdout.startswith("Store: ")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"hello there, this is a letter\n", "a.txt: This is no format the program knows."),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a.png: It says nothing of how it was made."),
        ("a.tokenshare", b"{", "a.tokenshare, line 1: The JSON breaks off."),
        ("a.csv", b'# Tokenshare-Record: {"schema": 99}\n', "a.csv: This was saved by a newer version of the program."),
    ],
)
def test_info_of_anything_else_is_a_sentence(store: Path, name: str, content: bytes, what: str) -> None:
    Path(name).write_bytes(content)
    done = run(store, "info", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(what)
    assert "Traceback" not in done.stderr


def workspace(store: Path, *seen: str) -> Path:
    assert run(store, "export", "share", "--grain", "day", "--csv", "share.csv").exit_code == 0
    record = records.read(Path("share.csv"))
    assert record is not None
    path = Path("weekly.tokenshare")
    made = Workspace("Weekly", replace(record, view=""), Layout(open=seen, seen=seen))
    path.write_bytes(workspace_file.content(made))
    return path


def test_a_workspace_is_rendered_where_there_is_no_display(store: Path) -> None:
    path = workspace(store, "share", "leaderboard")
    done = run(store, "open", str(path))
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    first, *written = done.stdout.splitlines()
    assert first.endswith("so the views of weekly.tokenshare were rendered to files:")
    out = Path("out")
    assert written == [str(out / f"{view}{end}") for view in ("leaderboard", "share") for end in (".png", ".csv")]
    again = records.read(out / "share.png")
    assert again is not None
    assert again.selection.grain == "day"
    assert run(store, "info", str(path)).stdout.splitlines()[:2] == ["Weekly: a saved view", "Open: share, leaderboard"]


def test_an_export_is_rendered_as_the_view_it_is_of_and_what_lacks_is_said(store: Path) -> None:
    workspace(store)
    done = run(store.with_name("empty.sqlite"), "open", "share.csv")
    assert done.exit_code == 0, done.output
    assert [Path(line).name for line in done.stdout.splitlines()[1:]] == ["share.png", "share.csv"]
    assert done.stderr.splitlines()[1] == "It was made of a snapshot that this store lacks: numbers may differ."
    assert "2026-02-10.csv, as of 2026-02-10, sha256" in done.stderr


def test_data_is_not_rendered_but_imported(store: Path) -> None:
    done = run(store, "open", "2026-02-10.csv")
    assert done.exit_code == 2
    assert "For data: tokenshare import 2026-02-10.csv" in done.stderr
    assert not Path("out").exists()


def test_a_workspace_of_a_newer_version_renders_nothing(store: Path) -> None:
    path = workspace(store, "share")
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "schema": 2}), "utf-8")
    done = run(store, "open", str(path))
    assert done.exit_code == 2
    assert "newer version of the program" in done.stderr
    assert not Path("out").exists()


def numbers(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8-sig").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    "asked",
    [
        ("share", "--grain", "day", "--scope", "9", "--by", "author", "--from", "2026-02-01", "--to", "2026-02-28"),
        ("share", "--grain", "month", "--measure", "share", "--known", "then", "--lens"),
        ("leaderboard", "--scope", "20", "--variants", "merged", "--search", "claude"),
        ("leads", "--grain", "week", "--by", "model"),
        ("prices", "--ratio", "3:1", "--cached", "50%", "--baseline", "google/gemini-2.5-flash"),
        ("workload", "--preset", "agent", "--calls", "5000"),
    ],
)
def test_real_numbers_come_back_from_the_picture(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "store.sqlite"
    assert run(path, "import", str(shared_data / "openrouter" / "rankings-daily" / "history.csv")).exit_code == 0
    done = run(path, "export", *asked, "--png", "made.png", "--csv", "made.csv", "--size", "640x360")
    assert done.exit_code == 0, done.output
    done = run(path, "open", "made.png")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    again = numbers(Path("out") / f"{asked[0]}.csv")
    assert len(again) > 2
    assert again == numbers(Path("made.csv"))
