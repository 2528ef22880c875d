"""Usage for the domain's tests, random and real: the same rows as a dataset and as a plain pandas frame."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from explorer.domain import dataset as datasets
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origin, Origins, Reveal
from explorer.domain.periods import Span, span
from explorer.domain.schema import DatedPrices, Frames, UsageFrame, to_day
from explorer.domain.selection import Grouping
from explorer.domain.snapshot import Basis, Provenance

ROOT = Path(__file__).resolve().parents[2]

ORIGINS: dict[str, list[tuple[date, str, str]]] = {
    "anthropic": [(date(2023, 1, 1), "Anthropic", "US")],
    "deepseek": [(date(2023, 1, 1), "DeepSeek", "CN")],
    "google": [(date(2023, 1, 1), "Google", "US")],
    "homeless": [(date(2023, 1, 1), "Homeless Labs", "")],
    "mistralai": [(date(2023, 1, 1), "Mistral AI", "FR")],
    "nobody": [(date(2023, 1, 1), "", "")],
    "nomad": [(date(2024, 1, 1), "Nomad", "FR"), (date(2025, 9, 1), "Nomad Inc", "US")],
    "qwen": [(date(2023, 1, 1), "Alibaba", "CN")],
}
COUNTRIES = {"US": "United States", "CN": "China", "FR": "France", "DE": "Germany"}
MODELS = (
    "Qwen/qwen3-max",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.6:thinking",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1:free",
    "deepseek/deepseek-v3.2-20251201",
    "google/gemini-3-flash",
    "homeless/model-one",
    "mistralai/mistral-large-2512",
    "nobody/fine-tune",
    "nomad/wanderer",
    "openrouter/pony-alpha",
    "slug-without-author",
)

Reveals = Mapping[str, tuple[str, date]]
"""Anonymous slug → author, and the day it was revealed."""

Rows = Mapping[tuple[str, str], int]
"""(ISO date, permaslug) → tokens."""


def frame_of(long: pd.DataFrame, as_of: str) -> UsageFrame:
    """The rows as a store gives them: the days from `as_of` ("" = not stated) on were not over."""
    models = tuple(sorted(set(long.model)))
    index = {model: i for i, model in enumerate(models)}
    return UsageFrame(
        np.array([to_day(day.date()) for day in long.day], np.int32),
        np.array([index[model] for model in long.model], np.int32),
        np.array(long.tokens, np.int64),
        models,
        frozenset(to_day(day.date()) for day in long.day if as_of and f"{day:%Y-%m-%d}" >= as_of[:10]),
    )


def provenance(first: date | None, last: date | None, as_of: str = "", name: str = "a.csv") -> Provenance:
    basis = Basis.STATED if as_of else Basis.UNKNOWN
    start, end = (None if day is None else to_day(day) for day in (first, last))
    return Provenance("rankings", name, "OpenRouter", as_of, basis, "00", "CC BY 4.0", "", 1, start, end)


def origins_of(table: Mapping[str, Iterable[tuple[date, str, str]]], reveals: Reveals | None = None) -> Origins:
    rows = [Origin(author, company, country, since) for author in table for since, company, country in table[author]]
    return Origins(rows, COUNTRIES, [Reveal(slug, *whose) for slug, whose in (reveals or {}).items()])


@dataclass(frozen=True, eq=False)
class World:
    """One dataset, and the rows it was made of: `long` has day (datetime64), model and tokens (int64)."""

    long: pd.DataFrame
    dataset: Dataset
    origins: Mapping[str, list[tuple[date, str, str]]]
    reveals: Reveals

    @property
    def days(self) -> Span:
        return span(self.long.day.min().date(), self.long.day.max().date())

    def inside(self, window: Span) -> pd.DataFrame:
        return self.long[self.long.day.between(pd.Timestamp(window.start), pd.Timestamp(window.end))]

    def ordered(self, window: Span) -> list[tuple[str, int]]:
        """Named models with tokens in the window, most tokens first, ties by name."""
        inside = self.inside(window)
        named = inside[(inside.model != "other") & (inside.tokens > 0)]
        sums = [(str(model), int(tokens)) for model, tokens in named.groupby("model").tokens.sum().items()]
        return sorted(sums, key=lambda item: (-item[1], item[0]))

    def group(self, model: str, grouping: Grouping, on: date, known: str = "now") -> str:
        """The band a model belongs to, looked up anew."""
        if grouping is Grouping.MODEL:
            return model
        author = model.split("/", maxsplit=1)[0].lower() if "/" in model else ""
        revealed, since = self.reveals.get(model.partition(":")[0], ("", on))
        if revealed and (known == "now" or since <= on):
            author = revealed
        rows = self.origins.get(author, [(on, "", "")])
        _, company, country = ([row for row in rows if row[0] <= on] or rows[:1])[-1]
        found = country if grouping is Grouping.COUNTRY else company and author
        return found or "Unattributed"


def make_world(
    rows: Rows | pd.DataFrame,
    *,
    as_of: str = "2099-01-01",
    prices: tuple[DatedPrices, ...] = (),
    origins: Mapping[str, list[tuple[date, str, str]]] = ORIGINS,
    reveals: Reveals | None = None,
) -> World:
    if isinstance(rows, pd.DataFrame):
        long = rows
    else:
        days = pd.to_datetime([day for day, _ in rows])
        long = pd.DataFrame({"day": days, "model": [model for _, model in rows], "tokens": list(rows.values())})
    taken = (provenance(long.day.min().date(), long.day.max().date(), as_of),)
    dataset = datasets.rankings(Frames(frame_of(long, as_of), prices), origins_of(origins, reveals), taken)
    return World(long, dataset, origins, reveals or {})


def _random(
    first: date, length: int, models: list[str], seed: int, density: float, largest: int, revealed: int | None
) -> World:
    rng = np.random.default_rng(seed)
    days = [first + timedelta(i) for i in range(length) if rng.random() < density] or [first]
    used = [(day, model) for day in days for model in models if rng.random() < 0.8] or [(days[0], models[0])]
    rows = {(day.isoformat(), model): int(rng.integers(0, largest + 1)) for day, model in used}
    shuffled = [list(rows.items())[i] for i in rng.permutation(len(rows))]
    reveals = {} if revealed is None else {"openrouter/pony-alpha": ("qwen", first + timedelta(revealed))}
    return make_world(dict(shuffled), reveals=reveals)


@pytest.fixture(scope="session")
def worlds() -> st.SearchStrategy[World]:
    """Random usage: days missing, models missing on days, `other` or none, ties and zeros where numbers are small.

    The anonymous model was revealed before, within or after the days, or never.
    """
    return st.builds(
        _random,
        st.dates(date(2024, 12, 1), date(2026, 2, 20)),
        st.integers(1, 90),
        st.lists(st.sampled_from((*MODELS, "other")), min_size=1, unique=True),
        st.integers(0, 2**32 - 1),
        st.sampled_from((0.5, 0.9, 1.0)),
        st.sampled_from((2, 1000, 8 * 10**12)),
        st.none() | st.integers(-10, 100),
    )


def _windows(world: World) -> st.SearchStrategy[Span]:
    day = st.integers(world.days.first - 5, world.days.last + 5)
    week = day.map(lambda d: (monday := d - (d + 3) % 7, monday + 6))  # day 0, 1970-01-01, was a Thursday
    months = pd.period_range(world.days.start, world.days.end, freq="M")
    month = st.sampled_from(list(months)).map(lambda m: (to_day(m.start_time.date()), to_day(m.end_time.date())))
    run = st.tuples(day, day).map(lambda ends: (min(ends), max(ends)))
    return st.one_of(week, month, run).map(lambda ends: Span(*ends))


@pytest.fixture(scope="session")
def windows() -> Callable[[World], st.SearchStrategy[Span]]:
    """For a world: ISO weeks, calendar months and any other runs of days, also reaching beyond the data."""
    return _windows


@pytest.fixture(scope="session")
def world_of() -> Callable[..., World]:
    """`make_world`: literal rows in, a world out."""
    return make_world


@pytest.fixture(scope="session")
def provenance_of() -> Callable[..., Provenance]:
    return provenance


@pytest.fixture(scope="session")
def origins() -> Origins:
    return origins_of(ORIGINS)


@lru_cache(maxsize=1)
def _history(path: Path) -> World:
    long = pd.read_csv(path, usecols=["date", "model_permaslug", "total_tokens"], parse_dates=["date"])
    long = long.rename(columns={"date": "day", "model_permaslug": "model", "total_tokens": "tokens"})
    table: dict[str, list[tuple[date, str, str]]] = {}
    with (ROOT / "resources" / "origins.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            origin = (date.fromisoformat(row["valid_from"]), row["company"], row["country"])
            table.setdefault(row["author"].lower(), []).append(origin)
    return make_world(long, as_of="2026-05-05", origins=table)


@pytest.fixture
def history(shared_data: Path) -> World:
    """The 171 days of real rankings, by the origins that come with the program."""
    return _history(shared_data / "openrouter" / "rankings-daily" / "history.csv")
