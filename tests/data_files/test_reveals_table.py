"""The table of reveals, read plainly: consistent in itself, with the table of origins and with the real files."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from explorer.paths import REVEALS as BUNDLED
from explorer.sources.origins import read_reveals

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "openrouter"
RANKINGS, MODELS = DATA / "rankings-daily", DATA / "models"

needs_real_data = pytest.mark.skipif(
    not RANKINGS.is_dir(), reason="the real rankings are not beside the checkout (../shared/data)"
)

NEVER_REVEALED = {"openrouter/aurora-alpha"}
ROUTERS = {"openrouter/auto", "openrouter/auto-beta", "openrouter/bodybuilder", "openrouter/free"}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "resources" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


REVEALS = rows("reveals.csv")


def used() -> Iterator[tuple[date, str]]:
    """The day and slug of every row of an anonymous model in the rankings."""
    with (RANKINGS / "history.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for path in sorted((RANKINGS / "api").glob("*.json")):
        table += json.loads(path.read_text(encoding="utf-8"))["data"]
    for row in table:
        slug = row["model_permaslug"].split(":")[0]
        if slug.startswith(("openrouter/", "stealth/")) and slug not in ROUTERS:
            yield date.fromisoformat(row["date"]), slug


def test_header_is_the_documented_one() -> None:
    assert list(REVEALS[0]) == ["slug", "author", "model", "revealed", "note"]


def test_no_row_is_short_long_or_padded() -> None:
    for row in REVEALS:
        assert None not in row
        assert all(isinstance(value, str) and value == value.strip() for value in row.values()), row


def test_slugs_are_unique_and_sorted() -> None:
    slugs = [row["slug"] for row in REVEALS]
    assert slugs == sorted(set(slugs))


def test_slugs_are_anonymous_lower_case_without_suffix_or_variant() -> None:
    for row in REVEALS:
        assert re.fullmatch(r"(?:openrouter|stealth)/[a-z]+(?:-[a-z]+)*", row["slug"]), row
        assert row["slug"] not in ROUTERS


def test_every_author_is_in_the_table_of_origins_with_a_country() -> None:
    placed = {row["author"] for row in rows("origins.csv") if row["country"]}
    assert {row["author"] for row in REVEALS} <= placed


def test_a_model_is_the_author_s() -> None:
    for row in REVEALS:
        assert not row["model"] or re.fullmatch(rf"{row['author']}/[a-z0-9.-]+", row["model"]), row


def test_dates_are_plausible() -> None:
    for row in REVEALS:
        assert date(2025, 4, 2) < date.fromisoformat(row["revealed"]) < date(2030, 1, 1), row


def test_notes_say_how_it_is_known() -> None:
    assert [row["slug"] for row in REVEALS if len(row["note"].split()) < 4] == []


def test_the_reader_takes_every_row() -> None:
    assert [reveal.slug for reveal in read_reveals(BUNDLED)] == [row["slug"] for row in REVEALS]


@pytest.mark.parametrize(
    ("slug", "author", "revealed"),
    [
        ("openrouter/quasar-alpha", "openai", "2025-04-14"),
        ("openrouter/pony-alpha", "z-ai", "2026-02-11"),
        ("openrouter/hunter-alpha", "xiaomi", "2026-03-18"),
        ("openrouter/healer-alpha", "xiaomi", "2026-03-18"),
        ("openrouter/elephant-alpha", "inclusionai", "2026-04-21"),
        ("openrouter/owl-alpha", "meituan", "2026-06-30"),
    ],
)
def test_known_reveals(slug: str, author: str, revealed: str) -> None:
    assert [(row["author"], row["revealed"]) for row in REVEALS if row["slug"] == slug] == [(author, revealed)]


@needs_real_data
def test_every_anonymous_model_in_the_rankings_is_revealed_or_known_not_to_be() -> None:
    assert {slug for _, slug in used()} <= {row["slug"] for row in REVEALS} | NEVER_REVEALED


@needs_real_data
def test_anonymous_use_begins_before_the_reveal() -> None:
    first: dict[str, date] = {}
    for day, slug in used():
        first[slug] = min(day, first.get(slug, day))
    for row in REVEALS:
        assert first.get(row["slug"], date.min) < date.fromisoformat(row["revealed"]), row


@needs_real_data
def test_revealed_models_are_listed_not_long_after_the_reveal() -> None:
    listed: dict[str, date] = {}
    for path in sorted(MODELS.glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        for model in answer["data"] if isinstance(answer, dict) else answer:
            listed[model["id"]] = datetime.fromtimestamp(model["created"], UTC).date()
    checked = [row for row in REVEALS if row["model"] in listed]
    assert len(checked) > 10
    for row in checked:
        after = listed[row["model"]] - date.fromisoformat(row["revealed"])
        assert -2 <= after.days <= 31, row
