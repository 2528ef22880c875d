"""`tokenshare import` and `info`: reports, refusals, and a store that stays as it was."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main

HEADER = "date,model_permaslug,rank,total_tokens,share_of_daily_tokens"
FEBRUARY = f"""{HEADER}
2026-02-09,minimax/minimax-m2.5,1,600,0.6
2026-02-09,openai/gpt-5.2,2,300,0.3
2026-02-09,other,,100,0.1
2026-02-10,minimax/minimax-m2.5,1,500,1.0
"""

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
def run(store: Path) -> Run:
    return lambda *args: CliRunner().invoke(main, ["--store", str(store), *map(str, args)])


@pytest.fixture
def february(tmp_path: Path) -> Path:
    path = tmp_path / "2026-02-11.csv"
    path.write_text(FEBRUARY, "utf-8")
    return path


def test_an_import_reports_what_it_did(run: Run, february: Path, store: Path) -> None:
    done = run("import", february)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "2026-02-11.csv: rankings CSV, as of 2026-02-11 (from the file's name); rows read: 4; "
        "days: 2, 2026-02-09 to 2026-02-10",
        "  new: 4, restated: 0, unchanged: 0, skipped: 0",
    ]
    assert store.is_file()


def test_rows_left_out_are_named_by_line_in_csv_and_by_row_in_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text(f"{FEBRUARY}2026-02-10,,2,5,0.1\n", "utf-8")
    rows = [{"date": "2026-02-09", "model_permaslug": slug, "total_tokens": "5"} for slug in ("a/b", "", "c/d")]
    (tmp_path / "some.json").write_text(json.dumps({"data": rows}, indent=2), "utf-8")
    model = {"id": "a/b", "name": "B", "pricing": {"prompt": "0", "completion": "0"}}
    alias = {**model, "id": "~a/latest", "alias_target": {"slug": "a/b"}}
    (tmp_path / "models.json").write_text(json.dumps({"data": [model, alias]}, indent=2), "utf-8")
    for name, read, said in (
        ("some.csv", 5, "  skipped line 6: It names no model."),
        ("some.json", 3, "  skipped row 2: It names no model."),
        ("models.json", 2, "  skipped row 2: ~a/latest is another name for a/b."),
    ):
        done = run("import", tmp_path / name)
        assert (done.exit_code, done.stderr) == (0, ""), name
        lines = done.stdout.splitlines()
        assert f"; rows read: {read}" in lines[0], name
        assert lines[1].endswith(", skipped: 1"), name
        assert lines[2:] == [said], name


def test_the_same_bytes_again_change_nothing(run: Run, february: Path, store: Path) -> None:
    run("import", february)
    before = store.read_bytes()
    done = run("import", february)
    assert done.exit_code == 0
    assert "already there" in done.stdout
    assert store.read_bytes() == before


def test_a_bad_first_file_makes_no_store(run: Run, tmp_path: Path, store: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"{HEADER}\n2026-02-30,a/b,1,5,1.0\n", "utf-8")
    done = run("import", tmp_path / "bad.csv")
    assert done.exit_code == 2
    assert done.stderr.startswith("bad.csv, line 2:")
    assert len(done.stderr.splitlines()) == 1
    assert not store.parent.exists()


def test_good_files_come_in_although_others_are_bad(run: Run, tmp_path: Path, february: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"{HEADER}\n2026-02-09,a/b,1,-5,1.0\n", "utf-8")
    done = run("import", tmp_path / "bad.csv", february, tmp_path / "missing.csv")
    assert done.exit_code == 2
    assert "new: 4" in done.stdout
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["bad.csv, line 2", "missing.csv"]


def test_a_bad_file_leaves_the_store_byte_for_byte(run: Run, tmp_path: Path, february: Path, store: Path) -> None:
    run("import", february)
    before = store.read_bytes()
    for name, raw in {
        "empty.csv": b"",
        "page.csv": b"<!DOCTYPE html><html><body>502</body></html>",
        "cut.json": b'{"data":[{"date":"2026-02-09","model_permaslug":"a/b","total_tok',
        "twice.csv": f"{HEADER}\n2026-02-09,a/b,1,5,1\n2026-02-09,a/b,1,5,1\n".encode(),
    }.items():
        (tmp_path / name).write_bytes(raw)
        done = run("import", tmp_path / name)
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), name
        assert done.stderr.startswith(name)
    assert store.read_bytes() == before


def test_a_store_that_is_none_is_refused(run: Run, store: Path, february: Path) -> None:
    store.parent.mkdir()
    store.write_text("my diary", "utf-8")
    for command in (("import", february), ("info",), ("export", "share")):
        done = run(*command)
        assert done.exit_code == 2, command
        assert "not a store of this program" in done.stderr
    assert store.read_text("utf-8") == "my diary"


def test_info_says_what_is_there(run: Run, february: Path, tmp_path: Path) -> None:
    prices = {
        "data": [{"id": "a/b", "name": "B", "created": 1769904000, "pricing": {"prompt": "0", "completion": "0"}}]
    }
    (tmp_path / "2026-02-12.json").write_text(json.dumps(prices), "utf-8")
    run("import", february, tmp_path / "2026-02-12.json")
    done = run("info")
    assert (done.exit_code, done.stderr) == (0, "")
    for words in (
        "snapshots: 2",
        "2026-02-11.csv: rankings CSV, as of 2026-02-11 (from the file's name)",
        "2026-02-12.json: models JSON",
        "licence CC BY 4.0",
        "licence not stated",
        "Rankings: 2026-02-09 to 2026-02-10; days with data: 2; models: 2",
        "Source: OpenRouter (openrouter.ai/rankings), as of 11 Feb 2026.",
    ):
        assert words in done.stdout


def test_info_without_a_store_makes_none(run: Run, store: Path) -> None:
    done = run("info")
    assert done.exit_code == 0
    assert "nothing imported yet" in done.stdout
    assert "published figures" in done.stdout
    assert not store.parent.exists()


def test_the_store_can_be_named_by_the_environment(february: Path, store: Path) -> None:
    done = CliRunner(env={"TOKENSHARE_STORE": str(store)}).invoke(main, ["import", str(february)])
    assert done.exit_code == 0
    assert store.is_file()


def test_the_command_runs_as_a_process(february: Path, store: Path) -> None:
    command = [sys.executable, "-m", "explorer", "--store", str(store)]
    done = subprocess.run([*command, "import", str(february)], capture_output=True, text=True, check=True)
    assert "new: 4" in done.stdout
    assert done.stderr == ""
    failed = subprocess.run([*command, "import", "missing.csv"], capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr == "missing.csv: There is no such file. Check the path.\n"
