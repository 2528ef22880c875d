"""`--as-of` and `--snapshots`: what the data was, and what changed since."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.sources import read
from explorer.store import Store

Run = Callable[..., Result]


def answer(as_of: str, days: range, more: int = 0) -> str:
    rows = [
        {"date": f"2026-02-{day:02d}", "model_permaslug": model, "total_tokens": str(tokens)}
        for day in days
        for model, tokens in (("minimax/minimax-m2.5", 600 + more * (day == 10)), ("openai/gpt-5.2", 400))
    ]
    return json.dumps({"data": rows, "meta": {"as_of": as_of, "version": "v1"}})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store:
        for name, text in (
            ("older.json", answer("2026-02-12T08:00:00Z", range(2, 12))),
            ("newer.json", answer("2026-02-16T08:00:00Z", range(9, 16), more=50)),
        ):
            (tmp_path / name).write_text(text, "utf-8")
            store.add(read(tmp_path / name), "2026-02-17T00:00:00Z")
    return lambda *args: CliRunner().invoke(main, ["--store", str(path), *map(str, args)])


def frame_of(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), comment="#", keep_default_na=False, na_values=[""])


def test_an_export_as_of_a_day_has_the_numbers_of_that_day(run: Run) -> None:
    window = ("--from", "2026-02-09", "--to", "2026-02-11")
    for as_of, tokens in (("2026-02-12", 1800), ("2026-02-15", 1800), ("2026-02-16", 1850), ("2026-03-01", 1850)):
        done = run("export", "leaderboard", *window, "--as-of", as_of)
        assert (done.exit_code, done.stderr) == (0, "")
        assert frame_of(done.stdout).set_index("model").tokens["minimax/minimax-m2.5"] == tokens
        day, month = int(as_of[8:]), {"02": "February", "03": "March"}[as_of[5:7]]
        assert f"# Filter: data as known on {day} {month} 2026" in done.stdout
    assert "as known on" not in run("export", "leaderboard", *window).stdout


def test_the_data_ends_where_it_ended_then(run: Run) -> None:
    done = run("export", "share", "--grain", "day", "--as-of", "2026-02-12")
    assert max(frame_of(done.stdout).period_end) == "2026-02-11"


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("yesterday", "The date “yesterday” is not in the calendar of 2020 to 2099. Write it like 2026-02-09."),
        ("2026-02-30", "The date “2026-02-30” is not in the calendar"),
        ("2026-02-11", "No rankings of the store were known on 2026-02-11: the oldest are of 2026-02-12."),
        ("2099-12-31", "Nobody knows what will be known on 2099-12-31."),
    ],
)
@pytest.mark.parametrize("command", [("export", "share"), ("find", "60 %")])
def test_a_day_of_which_nothing_is_known_is_refused(run: Run, command: tuple[str, ...], as_of: str, words: str) -> None:
    done = run(*command, "--as-of", as_of)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(words)


def test_without_rankings_there_is_no_vintage(tmp_path: Path) -> None:
    store = str(tmp_path / "none.sqlite")
    done = CliRunner().invoke(main, ["--store", store, "export", "share", "--as-of", "2026-02-12"])
    assert done.exit_code == 2
    assert "has no rankings for --as-of" in done.stderr


def test_find_and_check_say_the_vintage(run: Run, tmp_path: Path) -> None:
    found = run("find", "60 %", "--as-of", "2026-02-12")
    assert found.exit_code == 0
    assert "Filter: data as known on 12 February 2026" in found.stdout
    figures = tmp_path / "figures.csv"
    figures.write_text(
        "id,window_as_published,window_start,window_end,scope_as_published,entity,measure,value,unit,"
        "source_title,publisher,source_date\n"
        "w,9 to 11 February,2026-02-09,2026-02-11,all models,minimax/minimax-m2.5,tokens,1850,tokens,t,p,2026-02-20\n",
        "utf-8",
    )
    then, now = run("check", figures, "--as-of", "2026-02-12"), run("check", figures)
    assert "Filter: data as known on 12 February 2026" in then.stdout
    assert "as known on" not in now.stdout
    assert (
        json.loads(run("check", figures, "--json", "-", "--as-of", "2026-02-12").stdout)[0]["known_on"] == "2026-02-12"
    )
    assert "known_on" not in json.loads(run("check", figures, "--json", "-").stdout)[0]


def test_prices_of_a_vintage_are_those_known_then(run: Run) -> None:
    done = run("export", "prices", "--as-of", "2026-02-12")
    assert done.exit_code == 0
    assert "# Filter: data as known on 12 February 2026" in done.stdout


# --- restatements


def test_two_snapshots_are_compared_by_name_or_hash_in_the_order_written(run: Run) -> None:
    hashes = dict(frame_of(run("export", "snapshots").stdout)[["name", "sha256"]].itertuples(index=False))
    for pair in ("older.json,newer.json", f"{hashes['older.json'][:6]}, {hashes['newer.json'].upper()}"):
        done = run("export", "restatements", "--snapshots", pair)
        assert (done.exit_code, done.stderr) == (0, "")
        rows = frame_of(done.stdout)
        assert rows.values.tolist() == [["2026-02-10", "minimax/minimax-m2.5", "restated", 600, 650, 50, 50 / 600]]
    turned = frame_of(run("export", "restatements", "--snapshots", "newer.json,older.json").stdout)
    assert turned.change.tolist() == [-50]
    assert frame_of(run("export", "restatements").stdout).change.tolist() == [50]


@pytest.mark.parametrize(
    ("view", "pair", "words"),
    [
        ("restatements", "older.json", "--snapshots older.json does not name two."),
        ("restatements", "older.json,", "--snapshots older.json, does not name two."),
        ("restatements", "older.json,lost.json", "No snapshot of rankings is called lost.json."),
        ("restatements", "older.json,a", "No snapshot of rankings is called a."),
        ("share", "older.json,newer.json", "--snapshots belongs to restatements."),
    ],
)
def test_a_pair_that_can_not_be_meant_is_refused(run: Run, view: str, pair: str, words: str) -> None:
    done = run("export", view, "--snapshots", pair)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(words)


def test_one_name_of_two_snapshots_is_told_to_be_that(run: Run, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "older.json"
    again.write_text(answer("2026-02-13T08:00:00Z", range(2, 13)), "utf-8")
    with Store.open(tmp_path / "store.sqlite") as store:
        store.add(read(again), "2026-02-17T00:00:00Z")
    done = run("export", "restatements", "--snapshots", "older.json,newer.json")
    assert done.stderr.startswith("2 snapshots of rankings are called older.json.")


def test_nothing_restated_is_a_sentence(run: Run) -> None:
    done = run("export", "restatements", "--snapshots", "older.json,older.json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Nothing was restated: both snapshots say the same of all 10 days that both cover.")


def test_the_snapshots_are_a_table_with_their_whole_hashes(run: Run) -> None:
    done = run("export", "snapshots", "--as-of", "2026-02-12")
    table = frame_of(done.stdout)
    assert table.name.tolist() == ["older.json"]
    assert table.days_shown.tolist() == [10]
    assert table.sha256.str.len().tolist() == [64]
    assert table.as_of_stated.tolist() == ["2026-02-12T08:00:00Z"]
    assert frame_of(run("export", "snapshots").stdout).days_shown.tolist() == [7, 7]
