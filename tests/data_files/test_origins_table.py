"""The tables of origins and countries, read plainly: consistent in themselves and covering the real rankings."""

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RANKINGS = ROOT.parent / "shared" / "data" / "openrouter" / "rankings-daily"
MODELS = ROOT.parent / "shared" / "data" / "openrouter" / "models"

needs_real_data = pytest.mark.skipif(
    not RANKINGS.is_dir(), reason="the real rankings are not beside the checkout (../shared/data)"
)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "resources" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


ORIGINS = rows("origins.csv")
COUNTRIES = rows("countries.csv")


def author(permaslug: str) -> str:
    return permaslug.split("/", maxsplit=1)[0].lstrip("~").lower()


def tokens_by_author(path: Path) -> Counter[str]:
    if path.suffix == ".json":
        table = json.loads(path.read_text(encoding="utf-8"))["data"]
    else:
        with path.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
    tokens: Counter[str] = Counter()
    for row in table:
        if row["model_permaslug"] != "other":
            tokens[author(row["model_permaslug"])] += int(row["total_tokens"])
    return tokens


def ranking_files() -> list[Path]:
    return [RANKINGS / "history.csv", *sorted((RANKINGS / "api").glob("*.json"))]


def test_headers_are_the_documented_columns() -> None:
    assert list(ORIGINS[0]) == ["author", "company", "country", "valid_from", "note"]
    assert list(COUNTRIES[0]) == ["code", "name"]


def test_no_row_is_short_long_or_padded() -> None:
    for row in [*ORIGINS, *COUNTRIES]:
        assert None not in row
        assert all(isinstance(value, str) and value == value.strip() for value in row.values()), row


def test_author_and_date_are_unique_and_sorted() -> None:
    keys = [(row["author"], row["valid_from"]) for row in ORIGINS]
    assert keys == sorted(set(keys))


def test_authors_are_lower_case_prefixes() -> None:
    assert [row["author"] for row in ORIGINS if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", row["author"])] == []


def test_country_codes_are_unique_sorted_and_named() -> None:
    codes = [row["code"] for row in COUNTRIES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    names = [row["name"] for row in COUNTRIES]
    assert all(names) and len(set(names)) == len(names)


def test_every_country_used_has_a_name() -> None:
    assert {row["country"] for row in ORIGINS} - {""} <= {row["code"] for row in COUNTRIES}


def test_every_row_has_a_date_and_a_note() -> None:
    for row in ORIGINS:
        assert date.fromisoformat(row["valid_from"]) >= date(2023, 1, 1), row
        assert row["note"], row


def test_a_country_needs_a_company() -> None:
    assert [row["author"] for row in ORIGINS if row["country"] and not row["company"]] == []


@pytest.mark.parametrize("prefix", ["openrouter", "stealth"])
def test_cloaked_prefixes_stay_unattributed(prefix: str) -> None:
    assert [(row["company"], row["country"]) for row in ORIGINS if row["author"] == prefix] == [("", "")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("thudm", "z-ai"), ("stepfun-ai", "stepfun"), ("meta-llama", "meta"), ("bytedance", "bytedance-seed")],
)
def test_renamed_prefixes_share_company_and_country(first: str, second: str) -> None:
    of = {row["author"]: (row["company"], row["country"]) for row in ORIGINS}
    assert of[first] == of[second]


@pytest.mark.parametrize(
    ("prefix", "country"),
    [
        ("minimax", "CN"),
        ("moonshotai", "CN"),
        ("deepseek", "CN"),
        ("z-ai", "CN"),
        ("anthropic", "US"),
        ("google", "US"),
        ("mistralai", "FR"),
        ("cohere", "CA"),
        ("ai21", "IL"),
        ("tngtech", "DE"),
        ("upstage", "KR"),
        ("sakana", "JP"),
        ("sarvamai", "IN"),
        ("scb10x", "TH"),
        ("sao10k", ""),
    ],
)
def test_known_origins(prefix: str, country: str) -> None:
    assert [row["country"] for row in ORIGINS if row["author"] == prefix] == [country]


@needs_real_data
def test_every_author_of_weight_has_a_row() -> None:
    known = {row["author"] for row in ORIGINS}
    for path in ranking_files():
        tokens = tokens_by_author(path)
        floor = 0.0005 * tokens.total()
        assert {name for name, count in tokens.items() if count > floor} <= known, path.name


@needs_real_data
def test_every_author_of_the_model_lists_has_a_row() -> None:
    known = {row["author"] for row in ORIGINS}
    for path in sorted(MODELS.glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        models = answer["data"] if isinstance(answer, dict) else answer
        assert {author(model["id"]) for model in models} <= known, path.name


@needs_real_data
def test_countries_attribute_nine_tenths_of_named_tokens() -> None:
    placed = {row["author"] for row in ORIGINS if row["country"]}
    for path in ranking_files():
        tokens = tokens_by_author(path)
        attributed = sum(count for name, count in tokens.items() if name in placed)
        assert attributed >= 0.9 * tokens.total(), (path.name, attributed / tokens.total())
