"""`tokenshare export workload` and `export spend`, and prices in `tokenshare check`."""

import io
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.cli.workload_asked import PRESETS
from explorer.domain import workload
from explorer.sources import read
from explorer.store import Store

RANKINGS = "date,model_permaslug,total_tokens\n" + "".join(
    f"2026-02-{day:02d},{model},{tokens}\n"
    for day in range(20, 28)
    for model, tokens in (("a/cheap-1", 400), ("b/dear-2", 300), ("c/unlisted-3", 300))
)
MODELS = """{"data": [
 {"id": "a/cheap-1", "canonical_slug": "a/cheap-1", "name": "Cheap", "pricing": {"prompt": "0.000001",
  "completion": "0.000002", "input_cache_read": "0.0000001"}},
 {"id": "b/dear-2", "canonical_slug": "b/dear-2", "name": "Dear", "pricing": {"prompt": "0.00001",
  "completion": "0.00005"}}
]}"""
FIGURES = (
    "id,window_as_published,window_start,window_end,scope_as_published,entity,measure,value,unit,source_title,"
    "publisher,source_date\n"
    "yes,,,,list price,Cheap 1,price_input,1.00,$/M,A story,A Daily,2026-02-27\n"
    "no,,,,list price,Dear 2,price_output,45,$/M,A story,A Daily,2026-02-27\n"
    "ratio,,,,list price,Dear 2/Cheap 1,price_output_ratio,25,x,A story,A Daily,2026-02-27\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        for name, text in (("2026-02-28.csv", RANKINGS), ("2026-02-22.json", MODELS)):
            source = tmp_path / name
            source.write_text(text, "utf-8")
            opened.add(read(source), "2026-02-28T00:00:00Z")
    return path


def run(store: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *args])


def table(done: Result) -> pd.DataFrame:
    assert done.exit_code == 0, done.output
    return pd.read_csv(io.StringIO(done.stdout), comment="#", keep_default_na=False, na_values=[""])


def test_the_names_are_those_of_the_domain() -> None:
    assert tuple(preset.key for preset in workload.PRESETS) == PRESETS


def test_a_workload_is_asked_for_in_numbers(store: Path) -> None:
    asked = ("--calls", "1,000,000,000", "--input", "1000", "--output", "100", "--cached", "50%")
    found = table(run(store, "export", "workload", *asked, "--baseline", "b/dear-2")).set_index("model")
    assert list(found.index) == ["b/dear-2", "a/cheap-1"], "the baseline first"
    assert found.loc["a/cheap-1", "per_day"] == pytest.approx(1e9 * (500 * 1 + 500 * 0.1 + 100 * 2) / 1e6)
    assert found.loc["b/dear-2", "per_day"] == pytest.approx(1e9 * (1_000 * 10 + 100 * 50) / 1e6)
    assert found.loc["a/cheap-1", "multiple"] == pytest.approx(0.75 / 15)
    assert found["cache_known"].to_dict() == {"b/dear-2": False, "a/cheap-1": True}
    assert set(found["source"]) == {"OpenRouter models"} and set(found["price_date"]) == {"2026-02-22"}


def test_a_preset_is_begun_with(store: Path) -> None:
    found = run(store, "export", "workload", "--preset", "agent", "--output", "1000").stdout
    assert "600 calls a day, each of 60 000 input and 1 000 output tokens" in found
    assert "85 % of the input read from a cache" in found
    assert "1 000 calls a day" in run(store, "export", "workload").stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("workload", "--calls", "many"), "--calls many is no whole number"),
        (("workload", "--input", "-5"), "--input -5 is no whole number"),
        (("prices", "--calls", "5"), "--calls belongs to workload."),
        (("workload", "--baseline", "c/unlisted-3"), "No price is known for c/unlisted-3"),
        (("spend", "--baseline", "a/cheap-1"), "--baseline belongs to prices, workload."),
    ],
)
def test_what_cannot_be_meant_is_refused(store: Path, asked: tuple[str, ...], words: str) -> None:
    done = run(store, "export", *asked)
    assert done.exit_code == 2 and words in done.stderr


def test_spend_is_a_band_by_what_is_asked_for(store: Path) -> None:
    done = run(store, "export", "spend", "--by", "model")
    found = table(done).set_index("group")
    assert list(found.index) == ["a/cheap-1", "b/dear-2", "c/unlisted-3"]
    assert (found["spend_low"].dropna() < found["spend_high"].dropna()).all()
    assert pd.isna(found.loc["c/unlisted-3", "spend_low"]) and found.loc["c/unlisted-3", "unpriced"] == 1.0
    assert "spend_share" not in found.columns
    assert "30.0 % of the tokens have no known price" in done.stdout


def test_prices_are_checked_like_any_other_figure(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(FIGURES, "utf-8")
    said = run(store, "check", str(path)).stdout.splitlines()
    assert said[0].startswith("yes: Cheap 1 · input price, $1.00/M: holds as stated: OpenRouter models, list of 22 Feb")
    assert said[1].startswith("no: Dear 2 · output price, $45/M: does not hold: $50 in OpenRouter models")
    assert said[2].startswith("ratio: Dear 2 / Cheap 1 · ratio of output prices, 25×: holds as stated")
    assert "testable: 0" in said[3]
