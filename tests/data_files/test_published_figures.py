"""The table of published figures, read plainly: consistent in itself and true to what was printed."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from explorer.domain.schema import QUALIFIERS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PRESS = DATA / "press" / "figures.csv"
HISTORY = DATA / "openrouter" / "rankings-daily" / "history.csv"

UNITS = {
    "tokens": "T",
    "tokens_per_week": "T",
    "tokens_per_day": "T",
    "increment": "T",
    "share": "%",
    "user_share": "%",
    "growth": "%",
    "growth_week": "%",
    "growth_year": "%",
    "multiple": "x",
    "ratio": "x",
    "price_input": "$/M",
    "price_output": "$/M",
    "price_input_ratio": "x",
    "price_output_ratio": "x",
    "benchmark": "%",
    "count": "models",
}

PRESS_ENTITIES = {
    "China": "CN",
    "China/US": "CN/US",
    "MiniMax+Moonshot+DeepSeek": "CN",
    "four Chinese models": "CN",
    "DeepSeek-V4-Flash": "DeepSeek V4 Flash",
    "Hunter Alpha (openrouter/ stealth)": "Hunter Alpha",
}
PRESS_MEASURES = {
    "week-on-week": "growth_week",
    "growth vs 02-02..08 week": "growth",
    "share of top five": "share",
    "tokens per week": "tokens_per_week",
}
PRESS_DIGITS = {"27.0": "27"}
"""Values to which the press table gives digits that the story does not print."""

WORDS = {
    "over": ("more than", "over"),
    "under": ("less than", "under"),
    "nearly": ("nearly", "'nearly"),
    "about": ("about", "roughly", "around"),
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


FIGURES = read(ROOT / "data" / "published" / "figures.csv")


def values(start: str, end: str, entity: str, measure: str = "tokens", publisher: str = "") -> list[float]:
    key = (start, end, entity, measure)
    return [
        float(row["value"])
        for row in FIGURES
        if (row["window_start"], row["window_end"], row["entity"], row["measure"]) == key
        and publisher in row["publisher"]
    ]


def model_ids() -> Iterator[str]:
    yield from (row["model_permaslug"] for row in read(HISTORY))
    for path in sorted((DATA / "openrouter" / "models").glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        models = answer["data"] if isinstance(answer, dict) else answer
        yield from (model["id"] for model in models)


def test_header_is_the_documented_one() -> None:
    assert ",".join(FIGURES[0]) == (
        "id,window_as_published,window_start,window_end,scope_as_published,entity,measure,value,unit,"
        "source_title,publisher,source_date,qualifier,note,model"
    )


def test_no_row_is_short_long_or_padded() -> None:
    for row in FIGURES:
        assert None not in row
        assert all(isinstance(value, str) and value == value.strip() for value in row.values()), row


def test_ids_are_unique_and_readable() -> None:
    ids = [row["id"] for row in FIGURES]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)+", i)] == []


def test_rows_are_sorted_by_window_then_entity() -> None:
    keys = [(row["window_start"] == "", row["window_start"], row["entity"], row["id"]) for row in FIGURES]
    assert keys == sorted(keys)


def test_windows_are_whole_and_in_order() -> None:
    for row in FIGURES:
        start, end = row["window_start"], row["window_end"]
        assert bool(start) == bool(end), row["id"]
        assert row["window_as_published"], row["id"]
        if start:
            assert date.fromisoformat(start) <= date.fromisoformat(end), row["id"]


def test_weekly_ids_name_the_iso_week_of_their_window() -> None:
    weekly = [row for row in FIGURES if re.match(r"\d{4}-w\d\d-(?!to-)", row["id"])]
    assert len(weekly) > 40
    for row in weekly:
        start, end = (date.fromisoformat(row[name]) for name in ("window_start", "window_end"))
        year, week, weekday = start.isocalendar()
        assert (end - start).days == 6 and weekday == 1, row["id"]
        assert row["id"].startswith(f"{year}-w{week:02d}-")


def test_every_figure_names_publisher_and_date() -> None:
    for row in FIGURES:
        assert row["publisher"], row["id"]
        assert re.fullmatch(r"20\d\d(?:-(?:0[1-9]|1[0-2]))?(?:-\d\d)?", row["source_date"]), row["id"]
        if len(row["source_date"]) == len("2026-02-27"):
            date.fromisoformat(row["source_date"])


def test_measures_are_known_and_units_match() -> None:
    assert {row["measure"] for row in FIGURES} == set(UNITS)
    assert [row["id"] for row in FIGURES if row["unit"] != UNITS[row["measure"]]] == []


def test_values_are_plausible_numbers() -> None:
    for row in FIGURES:
        value = float(row["value"])
        if not row["measure"].startswith("growth"):
            assert value > 0, row["id"]
        if row["measure"] in {"share", "user_share", "benchmark"}:
            assert value <= 100, row["id"]


def test_values_are_written_plainly() -> None:
    assert [row["id"] for row in FIGURES if not re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", row["value"])] == []


def test_qualifiers_say_what_the_notes_say() -> None:
    assert {row["qualifier"] for row in FIGURES} == set(QUALIFIERS)
    for row in FIGURES:
        noted = [
            qualifier
            for qualifier, words in WORDS.items()
            if any(row["note"].startswith(f"printed as {word}") for word in words)
        ]
        assert noted == [row["qualifier"]] * bool(row["qualifier"]), row["id"]


@pytest.mark.parametrize(
    ("key", "qualifier"),
    [
        ("2025-china-top10-share-36kr", "under"),
        ("2025-w10-to-2026-w07-all-top10-multiple-36kr", "over"),
        ("2026-02-to-27-china-top5-share-etnet", "nearly"),
        ("2026-02-28-this-week-deepseek-v3.2-tokens-cgtn", "about"),
        ("2026-w07-china-tokens-nbd", ""),
    ],
)
def test_known_qualifiers(key: str, qualifier: str) -> None:
    assert [row["qualifier"] for row in FIGURES if row["id"] == key] == [qualifier]


def test_an_entity_stands_for_one_model_throughout() -> None:
    seen: dict[str, str] = {}
    for row in FIGURES:
        assert seen.setdefault(row["entity"], row["model"]) == row["model"], row["id"]
    ids = [model for model in seen.values() if model]
    assert len(set(ids)) == len(ids)
    assert not any(seen[group] for group in ("CN", "US", "all"))


def test_the_overtaking_weeks() -> None:
    assert values("2026-02-02", "2026-02-08", "CN") == [2.27]
    assert values("2026-02-09", "2026-02-15", "CN") == [4.12]
    assert values("2026-02-09", "2026-02-15", "US") == [2.94]
    assert values("2026-02-16", "2026-02-22", "CN") == [5.16]
    assert values("2026-02-16", "2026-02-22", "US") == [2.7]
    assert set(values("2026-02-16", "2026-02-22", "CN", "share")) == {61.0, 85.7}
    assert values("2026-02-02", "2026-02-22", "CN", "growth") == [127]
    (first,) = values("2026-02-02", "2026-02-08", "CN")
    (last,) = values("2026-02-16", "2026-02-22", "CN")
    assert (last / first - 1) * 100 == pytest.approx(127, abs=0.5)


def test_both_february_leaderboards_are_there() -> None:
    to_date = ("2026-02-01", "2026-02-27")
    assert {
        row["entity"]: float(row["value"])
        for row in FIGURES
        if (row["window_start"], row["window_end"]) == to_date and row["measure"] == "tokens"
    } == {
        "MiniMax M2.5": 4.55,
        "Kimi K2.5": 4.02,
        "Gemini 3 Flash Preview": 1.98,
        "DeepSeek V3.2": 1.76,
        "Claude Sonnet 4.5": 1.54,
    }
    month = ("2026-02-01", "2026-02-28")
    assert {
        (row["entity"], row["scope_as_published"]): float(row["value"])
        for row in FIGURES
        if (row["window_start"], row["window_end"]) == month
    } == {
        ("MiniMax M2.5", "model"): 5.44,
        ("Kimi K2.5", "model"): 4.27,
        ("DeepSeek V3.2", "model"): 3.09,
        ("GLM-5", "model"): 1.89,
        ("all", "top-10 models"): 28.7,
        ("CN", "top-10 models"): 14.69,
    }


@pytest.mark.parametrize(
    ("measure", "printed"),
    [
        ("price_input_ratio", {"16.7"}),
        ("price_output_ratio", {"22.7", "9.8"}),
        ("multiple", {"370", "10"}),
        ("growth_year", {"330"}),
        ("growth", {"127", "263"}),
        ("tokens_per_day", {"10.2", "37"}),
    ],
)
def test_figures_that_are_arithmetic(measure: str, printed: set[str]) -> None:
    assert {row["value"] for row in FIGURES if row["measure"] == measure} == printed


def test_tokens_are_always_in_trillions() -> None:
    assert values("", "", "Gemini 3 Flash Preview", publisher="CGTN") == [0.997]
    assert max(float(row["value"]) for row in FIGURES if row["measure"] == "tokens") < 100


def test_printed_price_ratios_follow_from_printed_prices() -> None:
    day = ("2026-02-27", "2026-02-27")
    ratios = [row for row in FIGURES if row["measure"] in {"price_input_ratio", "price_output_ratio"}]
    assert len(ratios) == 4
    for row in ratios:
        dear, cheap = row["entity"].split("/")
        measure = row["measure"].removesuffix("_ratio")
        (above,), (below,) = values(*day, dear, measure), values(*day, cheap, measure)
        assert float(row["value"]) == pytest.approx(above / below, abs=0.05)


@pytest.mark.skipif(not PRESS.is_file(), reason="the press figures are not beside the checkout (../shared/data)")
def test_every_press_figure_is_in_the_table() -> None:
    windows: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    for row in FIGURES:
        key = (row["entity"], row["measure"], row["value"])
        windows.setdefault(key, set()).add((row["window_start"], row["window_end"]))
    press = read(PRESS)
    missing: list[str] = []
    for row in press:
        entity = PRESS_ENTITIES.get(row["entity"], row["entity"])
        measure = PRESS_MEASURES.get(row["measure"], row["measure"])
        found = windows.get((entity, measure, PRESS_DIGITS.get(row["value"], row["value"])), set())
        if not found or (row["window_start"] and (row["window_start"], row["window_end"]) not in found):
            missing.append(row["id"])
    assert missing == []
    assert len(press) == 68


@pytest.mark.skipif(not HISTORY.is_file(), reason="the real rankings are not beside the checkout (../shared/data)")
def test_model_ids_exist_upstream() -> None:
    assert {row["model"] for row in FIGURES} - {""} <= set(model_ids())
