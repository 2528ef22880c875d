"""`tokenshare export`: the contract of names, columns, numbers and exit codes."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from PySide6.QtGui import QImage

from explorer.cli import asked as cli
from explorer.cli import main
from explorer.domain.periods import Grain
from explorer.domain.selection import Grouping, Known, Measure, Variants
from explorer.domain.tables import TABLES
from explorer.sources import read
from explorer.store import Store

# Tokens of ten days: two whole ISO weeks (2 and 9 February) but for four days at the end.
RANKINGS = "date,model_permaslug,total_tokens\n" + "".join(
    f"2026-02-{day:02d},{model},{tokens}\n"
    for day in range(2, 12)
    for model, tokens in (
        ("minimax/minimax-m2.5", 400 + day),
        ("openai/gpt-5.2", 300),
        ("nobody-knows/thing", 50),
        ("other", 10),
    )
)

Run = Callable[..., Result]


def runner_of(store: Path) -> Run:
    return lambda *args: CliRunner().invoke(main, ["--store", str(store), "export", *map(str, args)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    source = tmp_path / "2026-02-12.csv"
    source.write_text(RANKINGS, "utf-8")
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        opened.add(read(source), "2026-02-12T00:00:00Z")
    return path


@pytest.fixture
def export(store: Path) -> Run:
    return runner_of(store)


def frame_of(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), comment="#", keep_default_na=False, na_values=[""])


def test_the_names_are_those_of_the_domain() -> None:
    assert tuple(TABLES) == cli.VIEW_NAMES
    assert tuple(map(str, Grain)) == cli.GRAINS
    assert tuple(map(str, Grouping)) == cli.GROUPINGS
    assert tuple(map(str, Measure)) == cli.MEASURES
    assert tuple(map(str, Known)) == cli.KNOWN
    assert tuple(map(str, Variants)) == cli.VARIANTS


def test_share_is_one_row_per_period_and_group(export: Run) -> None:
    done = export("share", "--csv", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    rows = list(csv.reader(line for line in done.stdout.splitlines() if not line.startswith("#")))
    china = sum(400 + day for day in range(2, 9)), sum(400 + day for day in range(9, 12))
    assert rows == [
        ["period_start", "period_end", "group", "tokens", "share", "partial"],
        ["2026-02-02", "2026-02-08", "CN", str(china[0]), repr(china[0] / (china[0] + 7 * 360)), "false"],
        ["2026-02-02", "2026-02-08", "US", "2100", repr(2100 / (china[0] + 7 * 360)), "false"],
        ["2026-02-02", "2026-02-08", "Unattributed", "420", repr(420 / (china[0] + 7 * 360)), "false"],
        ["2026-02-09", "2026-02-11", "CN", str(china[1]), repr(china[1] / (china[1] + 3 * 360)), "true"],
        ["2026-02-09", "2026-02-11", "US", "900", repr(900 / (china[1] + 3 * 360)), "true"],
        ["2026-02-09", "2026-02-11", "Unattributed", "180", repr(180 / (china[1] + 3 * 360)), "true"],
    ]


def test_leaderboard_begins_with_the_columns_of_the_contract(export: Run) -> None:
    table = frame_of(export("leaderboard", "--scope", "2", "--from", "2026-02-02", "--to", "2026-02-02").stdout)
    assert list(table.columns[:6]) == ["rank", "model", "author", "country", "tokens", "share"]
    assert table["model"].tolist() == ["minimax/minimax-m2.5", "openai/gpt-5.2"]
    assert table["tokens"].tolist() == [402, 300]
    assert table["share"].tolist() == [402 / 702, 300 / 702]


def test_search_and_grouping_reach_the_table(export: Run) -> None:
    assert frame_of(export("leaderboard", "--search", "china").stdout)["model"].tolist() == ["minimax/minimax-m2.5"]
    models = frame_of(export("share", "--by", "model", "--grain", "month", "--scope", "listed").stdout)
    assert set(models["group"]) == {"minimax/minimax-m2.5", "openai/gpt-5.2", "nobody-knows/thing"}


def test_prices_come_from_the_catalogue_and_know_their_baseline(export: Run) -> None:
    done = export("prices", "--baseline", "minimax/minimax-m2.5")
    assert done.exit_code == 0
    table = frame_of(done.stdout).set_index("model")
    assert table.loc["minimax/minimax-m2.5", "ratio_output"] == 1.0
    assert set(table["source"]) == {"genai-prices"}


def test_files_are_for_excel_and_pipes_are_plain(export: Run, tmp_path: Path) -> None:
    path = tmp_path / "share.csv"
    assert export("share", "--csv", path).output == ""
    piped = export("share").stdout_bytes
    assert path.read_bytes() == b"\xef\xbb\xbf" + piped
    assert piped.startswith(b"# ")
    assert piped.count(b"\n") == piped.count(b"\r\n")


def test_comments_carry_source_and_licence_unless_switched_off(export: Run) -> None:
    lines = export("share").stdout.splitlines()
    assert "# Source: OpenRouter (openrouter.ai/rankings), as of 12 Feb 2026." in lines
    assert "# Licensed under CC BY 4.0." in lines
    assert export("share", "--no-comments").stdout.startswith("period_start,")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "2026-02-30"), "2026-02-30"),
        (("--to", "9.2.2026"), "Write it like 2026-02-09."),
        (("--from", "2026-03-01", "--to", "2026-02-01"), "--from 2026-03-01 is after --to 2026-02-01."),
        (("--from", "2026-03-01"), "The data runs 2–11 Feb 2026."),
        (("--to", "2026-01-01"), "The data runs 2–11 Feb 2026."),
        (("--scope", "7x"), "The scope “7x” is not known."),
        (("--scope", "0"), "The scope “0” is not known."),
        (("--scope", "-1"), "The scope “-1” is not known."),
        (("--size", "1920", "--png", "x.png"), "Write it like 1920x1080, or 16:9"),
        (("--size", "10x10", "--png", "x.png"), "Choose 200 to 16384 pixels"),
        (("--search", "kimi"), "--search belongs to leaderboard, claims."),
        (("--csv", "no-such-folder/x.csv"), "There is no such folder."),
    ],
)
def test_what_the_user_can_mend_is_one_sentence_and_exit_code_2(
    export: Run, options: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    done = export("share", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert set(tmp_path.iterdir()) == before


def test_a_model_that_is_not_there_is_refused(export: Run) -> None:
    unknown, unpriced = (export("prices", "--baseline", m) for m in ("openai/gpt-9", "nobody-knows/thing"))
    assert (unknown.exit_code, unpriced.exit_code) == (2, 2)
    assert "The data has no model openai/gpt-9." in unknown.stderr
    assert "No price is known for nobody-knows/thing" in unpriced.stderr


def test_the_lens_puts_scopes_under_one_another(export: Run, tmp_path: Path) -> None:
    path = tmp_path / "lens.png"
    frame = frame_of(export("share", "--lens", "--csv", "-", "--png", path).stdout)
    assert list(frame.columns[:3]) == ["scope", "coverage", "period_start"]
    assert list(dict.fromkeys(frame["scope"])) == ["Top 5", "Top 10", "All listed", "All tokens"]
    assert path.read_bytes().startswith(b"\x89PNG")
    for view in ("leaderboard", "prices"):
        done = export(view, "--lens")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "--lens belongs to share." in done.stderr


def test_a_search_without_a_match_writes_no_file(export: Run, tmp_path: Path) -> None:
    done = export("leaderboard", "--search", "zzz", "--csv", tmp_path / "x.csv")
    assert done.exit_code == 2
    assert "No model matches “zzz”." in done.stderr
    assert not (tmp_path / "x.csv").exists()


def test_one_end_of_the_span_is_enough(export: Run) -> None:
    table = frame_of(export("share", "--grain", "day", "--from", "2026-02-10").stdout)
    assert sorted(set(table["period_start"])) == ["2026-02-10", "2026-02-11"]
    table = frame_of(export("share", "--grain", "day", "--to", "2026-02-02").stdout)
    assert set(table["period_start"]) == {"2026-02-02"}


def test_the_reading_of_attribution_and_variants_is_asked_for_and_said(tmp_path: Path) -> None:
    rows = (("openrouter/pony-alpha", 500), ("z-ai/glm-4.7", 200), ("z-ai/glm-4.7:free", 300))
    lines = [f"2026-02-{day:02d},{model},{tokens}\n" for day in range(2, 9) for model, tokens in rows]
    source, path = tmp_path / "2026-02-09.csv", tmp_path / "pony.sqlite"
    source.write_text("date,model_permaslug,total_tokens\n" + "".join(lines), "utf-8")
    with Store.open(path) as opened:
        opened.add(read(source), "2026-02-12T00:00:00Z")
    now, then = (runner_of(path)("leaderboard", "--known", known, "--variants", "merged") for known in ("now", "then"))
    assert list(frame_of(now.stdout)["country"]) == ["CN", "CN"]
    then_table = frame_of(then.stdout)
    assert list(then_table["model"]) == ["openrouter/pony-alpha", "z-ai/glm-4.7"]
    assert list(then_table["tokens"]) == [3500, 3500]
    assert list(then_table["country"]) == ["Unattributed", "CN"]
    told = "# Note: As known {}: Pony Alpha (50.0 % of all tokens) "
    assert told.format("now") + "counts as z-ai, revealed 11 Feb 2026." in now.stdout
    assert told.format("then") + "is unattributed, revealed as z-ai's on 11 Feb 2026." in then.stdout
    assert "# Filter: as known then" in then.stdout
    assert "# Filter: variants merged" in then.stdout
    assert "# Filter: as known" not in now.stdout


def test_without_rankings_the_published_figures_are_exported_and_said_so(tmp_path: Path) -> None:
    done = runner_of(tmp_path / "none.sqlite")("share", "--from", "2026-02-09", "--to", "2026-02-15")
    assert done.exit_code == 0
    assert "published figures, as printed" in done.stderr
    table = frame_of(done.stdout).set_index("group")
    assert table.loc["CN", "tokens"] == 4_120_000_000_000
    assert not (tmp_path / "none.sqlite").exists()


SPANS = {"drivers": ("--from", "2026-02-09", "--to", "2026-02-10")}
"""What to ask of the view that compares: days that have as many whole ones before them."""


@pytest.mark.parametrize("view", [view for view in cli.VIEW_NAMES if view not in ("leads", "restatements")])
def test_a_picture_has_the_asked_size_and_something_in_it(export: Run, tmp_path: Path, view: str) -> None:
    path = tmp_path / f"{view}.png"
    days = SPANS.get(view, ())
    done = export(view, *days, "--png", path, "--size", "1080×720", "--csv", tmp_path / "t.csv")
    assert (done.exit_code, done.output) == (0, "")
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1080, 720)
    assert image.text("Title")
    colours = {image.pixel(x, y) for x in range(0, 1080, 3) for y in range(0, 720, 3)}
    assert len(colours) > 10
    assert (tmp_path / "t.csv").is_file()


def test_a_lead_that_never_changes_is_a_sentence(export: Run) -> None:
    done = export("leads", "--grain", "day")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "The lead does not change in this span, under any scope.\n"


def test_one_snapshot_restates_nothing(export: Run) -> None:
    done = export("restatements")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("A restatement takes two snapshots of the same days; there is one.")


def test_a_printed_score_stands_beside_the_price_of_its_model(export: Run) -> None:
    done = export("price_skill")
    assert done.exit_code == 0
    table = frame_of(done.stdout)
    assert table[["model", "score"]].values.tolist() == [["minimax/minimax-m2.5", 80.2]]
    assert "One printed score is left out" in done.stdout


def fresh(store: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, with no display; `code` runs in it after the command."""
    blind = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    program = f"import sys\nfrom explorer.cli import main\nmain({list(arguments)!r}, standalone_mode=False)\n{code}"
    env = {**blind, "TOKENSHARE_STORE": str(store), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=env)


def test_a_csv_is_made_without_qt(store: Path, tmp_path: Path) -> None:
    code = "print([m for m in ('PySide6', 'pyqtgraph', 'pandas', 'sqlite_utils', 'genai_prices') if m in sys.modules])"
    done = fresh(store, "export", "share", "--csv", str(tmp_path / "x.csv"), code=code)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "[]")
    assert (tmp_path / "x.csv").is_file()


def test_a_picture_is_made_without_a_display(store: Path, tmp_path: Path) -> None:
    done = fresh(store, "export", "share", "--png", str(tmp_path / "x.png"))
    assert (done.returncode, done.stderr) == (0, "")
    assert QImage(str(tmp_path / "x.png")).width() == 1920


def test_a_closed_pipe_ends_quietly(store: Path) -> None:
    command = [sys.executable, "-m", "explorer", "--store", str(store), "export", "share"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = Path(__file__).parents[2] / "shared" / "data" / "openrouter" / "rankings-daily" / "history.csv"
    if not path.is_file():
        pytest.skip("the real data in ../shared/data is not here")
    store = tmp_path_factory.mktemp("history") / "store.sqlite"
    with Store.open(store) as opened:
        opened.add(read(path), "2026-11-22T00:00:00Z")
    return runner_of(store)


def test_china_passed_the_us_among_the_top_nine_in_the_week_of_9_february(history: Run) -> None:
    week = ("--from", "2026-02-09", "--to", "2026-02-15")
    top9 = frame_of(history("share", *week, "--scope", "9").stdout).set_index("group")["tokens"]
    assert (round(top9["CN"] / 1e12, 2), round(top9["US"] / 1e12, 2)) == (4.12, 2.93)
    everything = frame_of(history("share", *week).stdout).set_index("group")["tokens"]
    assert 5.5e12 <= everything["CN"] <= 5.7e12, "Pony Alpha, revealed in that week, counts"
    assert 6.4e12 <= everything["US"] <= 6.7e12


def test_four_chinese_models_held_85_7_percent_of_the_top_five_a_week_later(history: Run) -> None:
    table = frame_of(history("leaderboard", "--from", "2026-02-16", "--to", "2026-02-22", "--scope", "5").stdout)
    chinese = table[table["country"] == "CN"]
    assert len(chinese) == 4
    assert round(100 * chinese["share"].sum(), 1) == 85.7


def test_the_order_and_number_of_imports_never_shows(shared_data: Path, tmp_path: Path) -> None:
    files = sorted((shared_data / "openrouter" / "rankings-daily" / "api").glob("*.json"))
    assert len(files) == 6
    snapshots = [read(path) for path in files]
    orders = list(permutations(range(6)))[:: 720 // 6]
    exported: set[tuple[bytes, ...]] = set()
    for number, order in enumerate(orders):
        store = tmp_path / f"{number}.sqlite"
        with Store.open(store) as opened:
            for i in (*order, *reversed(order)) if number % 2 else order:
                opened.add(snapshots[i], "2026-11-22T00:00:00Z")
        run = runner_of(store)
        exported.add(tuple(run(*args).stdout_bytes for args in (("share", "--grain", "day"), ("leaderboard",))))
    assert len(exported) == 1
    assert b"2026-06-2" in next(iter(exported))[0]
