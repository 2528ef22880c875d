"""`tokenshare export prices` and the options that are its own."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PySide6.QtGui import QImage

from explorer.cli import asked as cli
from explorer.cli import main
from explorer.domain.pricing import PriceFirst
from explorer.sources import read
from explorer.store import Store

OPUS, M25, HAIKU = "anthropic/claude-opus-4.6", "minimax/minimax-m2.5", "anthropic/claude-haiku-nobody-used"
PER_TOKEN = {OPUS: ("0.000005", "0.000025", "0.0000005"), M25: ("0.0000003", "0.0000011", None)}
COLUMNS = "model,author,country,input,output,blended,ratio_input,ratio_output,source,price_date"

Run = Callable[..., Result]


def models_list(costs: Mapping[str, tuple[str, str, str | None]]) -> str:
    rows = [
        {
            "id": model,
            "canonical_slug": model,
            "name": model,
            "created": 1,
            "context_length": 1000,
            "architecture": {},
            "top_provider": {},
            "pricing": {"prompt": asked, "completion": told} | ({"input_cache_read": cached} if cached else {}),
        }
        for model, (asked, told, cached) in costs.items()
    ]
    return json.dumps({"data": rows})


@pytest.fixture
def export(tmp_path: Path) -> Run:
    rankings, early, late = (tmp_path / name for name in ("2026-03-01.csv", "2026-02-01.json", "2026-02-22.json"))
    rows = "".join(f"2026-02-{day:02d},{model},{9 - n}\n" for day in (21, 28) for n, model in enumerate((M25, OPUS)))
    rankings.write_text(f"date,model_permaslug,total_tokens\n{rows}", "utf-8")
    dearer = dict.fromkeys(PER_TOKEN, ("0.00001", "0.00005", None))
    early.write_text(models_list(dearer), "utf-8")
    late.write_text(models_list({**PER_TOKEN, HAIKU: ("0.0000008", "0.000004", None)}), "utf-8")
    path = tmp_path / "store.sqlite"
    with Store.open(path) as opened:
        for file in (rankings, early, late):
            opened.add(read(file), "2026-03-01T00:00:00Z")
    return lambda *args: CliRunner().invoke(main, ["--store", str(path), "export", *map(str, args)])


def rows_of(done: Result) -> dict[str, dict[str, str]]:
    assert (done.exit_code, done.stderr) == (0, "")
    lines = (line for line in done.stdout.splitlines() if not line.startswith("#"))
    return {row["model"]: row for row in csv.DictReader(io.StringIO("\n".join(lines)))}


def test_the_names_are_those_of_the_domain() -> None:
    assert tuple(map(str, PriceFirst)) == cli.PRICE_FIRST


def test_the_columns_begin_as_agreed_and_prices_are_per_million(export: Run) -> None:
    done = export("prices", "--baseline", OPUS, "--ratio", "3:1", "--cached", "50%")
    header = next(line for line in done.stdout.splitlines() if not line.startswith("#"))
    assert header.startswith(f"{COLUMNS},")
    rows = rows_of(done)
    assert list(rows) == [M25, OPUS]
    found = {key: float(rows[M25][key]) for key in ("input", "output", "blended", "ratio_input", "ratio_output")}
    assert found == pytest.approx(
        {"input": 0.3, "output": 1.1, "blended": (3 * 0.3 + 1.1) / 4, "ratio_input": 5 / 0.3, "ratio_output": 25 / 1.1}
    )
    assert float(rows[OPUS]["blended"]) == pytest.approx((3 * (5 + 0.5) / 2 + 25) / 4)
    assert {row["price_date"] for row in rows.values()} == {"2026-02-22"}
    assert "3 input tokens per output token, as chosen; 50 % of the input read from a cache" in done.stdout


def test_just_the_models_asked_for_used_or_not(export: Run) -> None:
    rows = rows_of(export("prices", "--models", f"{HAIKU}, {M25},{M25}", "--baseline", OPUS))
    assert list(rows) == [HAIKU, M25, OPUS]
    assert rows[HAIKU]["country"] == "US"
    assert float(rows[HAIKU]["ratio_output"]) == pytest.approx(25 / 4)


def test_prices_are_those_of_the_day_asked_for(export: Run) -> None:
    done = export("prices", "--at", "2026-02-10", "--models", M25)
    row = rows_of(done)[M25]
    assert (float(row["input"]), row["price_date"]) == (10.0, "2026-02-01")
    assert "on 10 Feb 2026" in done.stdout
    assert float(rows_of(export("prices", "--at", "2026-02-10"))[OPUS]["output"]) == 50.0


def test_whose_price_goes_first_can_be_turned(export: Run) -> None:
    usual, turned = (rows_of(export("prices", *first)) for first in ((), ("--first", "catalogue")))
    assert usual[OPUS]["source"] == "OpenRouter models"
    assert turned[OPUS]["source"] == "genai-prices"
    assert "# Filter: prices of genai-prices first" in export("prices", "--first", "catalogue").stdout


def test_without_rankings_models_are_priced_all_the_same(tmp_path: Path) -> None:
    store = str(tmp_path / "none.sqlite")
    done = CliRunner().invoke(main, ["--store", store, "export", "prices", "--models", OPUS])
    assert done.exit_code == 0
    assert f"\n{OPUS},anthropic,US,5.0,25.0," in done.stdout.replace("\r", "")


def test_a_picture_is_of_the_same_models(export: Run, tmp_path: Path) -> None:
    path = tmp_path / "prices.png"
    done = export("prices", "--models", f"{HAIKU},{OPUS}", "--png", path, "--size", "800x600")
    assert (done.exit_code, done.output) == (0, "")
    image = QImage(str(path))
    assert image.width() == 800
    assert image.text("Title") == "Prices of the chosen models"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--models", "minimax-m2.5"), "The data has no model minimax-m2.5. Did you mean minimax/minimax-m2.5"),
        (("--models", "zzzzzz"), "Take a name from: tokenshare export leaderboard"),
        (("--models", " , "), "--models names no model."),
        (("--models", M25, "--baseline", "claude-opus"), "The data has no model claude-opus. Did you mean anthropic/"),
        (("--at", "2020-01-01"), "No price list speaks for 2020-01-01: they run from "),
        (("--at", "2098-01-01"), "No price list speaks for 2098-01-01: they run from "),
        (("--at", "soon"), "Write it like 2026-02-09."),
        (("--ratio", "3:0"), "The ratio “3:0” is not known."),
        (("--ratio", "1:2:3"), "such as 3:1."),
        (("--ratio", "nan"), "The ratio “nan” is not known."),
        (("--cached", "50"), "The cached share “50” is not known."),
        (("--cached", "120%"), "between 0% and 100%"),
        (("--cached", "many%"), "The cached share “many%” is not known."),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(export: Run, options: tuple[str, ...], said: str) -> None:
    done = export("prices", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("option", ["--at", "--models", "--ratio", "--cached", "--first"])
def test_the_options_of_prices_are_refused_elsewhere(export: Run, option: str) -> None:
    done = export("share", option, "catalogue" if option == "--first" else "2026-02-22")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{option} belongs to prices" in done.stderr
