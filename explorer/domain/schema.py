"""The canonical frames: plain numpy columns, so that a first picture needs no pandas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
Codes = NDArray[np.int32]
Tokens = NDArray[np.int64]
Floats = NDArray[np.float64]

OTHER = "other"
"""The reserved permaslug of everything beyond the models that upstream names."""

_EPOCH = date(1970, 1, 1).toordinal()


def to_day(value: date) -> int:
    """Return the day number of a UTC date: days since 1970-01-01, the unit of every `day` column."""
    return value.toordinal() - _EPOCH


def to_date(day: int) -> date:
    """Return the UTC date of a day number."""
    return date.fromordinal(int(day) + _EPOCH)


def pick(names: Sequence[str], rows: NDArray[np.intp]) -> tuple[str, ...]:
    """Return the names at some indices, in their order."""
    indices: list[int] = rows.tolist()
    return tuple(names[i] for i in indices)


@dataclass(frozen=True, eq=False, slots=True)
class UsageFrame:
    """Tokens of one model on one UTC day, one row each; (day, model) is unique.

    `day` int32 days since 1970-01-01; `model` int32 index into `models`; `tokens` int64, prompt plus completion,
    never negative. `models` are permaslugs as upstream writes them, `other` among them where upstream has it.
    `live` are the days that were not over when the snapshot they come from was taken.
    """

    day: Days
    model: Codes
    tokens: Tokens
    models: tuple[str, ...]
    live: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.tokens)


def no_usage() -> UsageFrame:
    """Return a usage frame without rows."""
    return UsageFrame(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int64), ())


def check(frame: UsageFrame) -> None:
    """Raise ValueError, naming the fault, unless the frame keeps what `UsageFrame` promises."""
    columns = {
        "day": (frame.day, np.int32),
        "model": (frame.model, np.int32),
        "tokens": (frame.tokens, np.int64),
    }
    for name, (column, dtype) in columns.items():
        if column.dtype != dtype or column.shape != (len(frame),):
            raise ValueError(f"{name} is {column.dtype}{column.shape}, not {np.dtype(dtype)}({len(frame)},)")
    if not len(frame):
        return
    if frame.tokens.min() < 0:
        raise ValueError("negative tokens")
    if frame.model.min() < 0 or frame.model.max() >= len(frame.models):
        raise ValueError("model code outside models")
    if len(set(frame.models)) != len(frame.models):
        raise ValueError("models repeat")
    key = frame.day.astype(np.int64) * len(frame.models) + frame.model
    if len(np.unique(key)) != len(key):
        raise ValueError("(day, model) repeats")


@dataclass(frozen=True, eq=False, slots=True)
class SplitFrame:
    """Input and output tokens of one model on one UTC day, one row each; (day, model) is unique.

    `day` and `model` as in `UsageFrame`; `prompt`, `completion` and `reasoning` int64, never negative. Reasoning tokens
    are among those of the completion, 0 where not stated. `sources` are the names of the files behind the rows.
    """

    day: Days
    model: Codes
    prompt: Tokens
    completion: Tokens
    reasoning: Tokens
    models: tuple[str, ...]
    sources: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.prompt)


def no_split() -> SplitFrame:
    """Return a split frame without rows."""
    none = np.empty(0, np.int64)
    return SplitFrame(np.empty(0, np.int32), np.empty(0, np.int32), none, none, none, ())


Named = tuple[tuple[str, float], ...]
"""Prices that have no field of their own, by upstream's name for them and in upstream's unit, in order of name."""


@dataclass(frozen=True, slots=True)
class PriceTier:
    """What a model costs instead where a call has `least` input tokens or more, cached ones counted.

    It holds for all tokens of the call. None is "as without this tier". Where `hours` is given, two minutes of the UTC
    day, the tier holds from the first until before the second, which may lie on the day after. `condition` is JSON as
    upstream wrote it where the tier depends on something else: it is kept and never applied.
    """

    least: int = 0
    input: float | None = None
    output: float | None = None
    cache_read: float | None = None
    cache_write: float | None = None
    hours: tuple[int, int] | None = None
    condition: str = ""
    other: Named = ()


@dataclass(frozen=True, slots=True)
class Price:
    """What one model costs in US dollars per million tokens.

    None is "not stated"; 0.0 is free. `own` is False for a router that passes on other models' prices (upstream
    writes -1): it has no price of its own and all prices are None. `request` is in US dollars per call. Of several
    `tiers` that hold for a call the last one that states a price decides it; None where the list was imported before
    tiers were kept. `other` are prices of images, searches and the like.
    """

    model: str
    canonical: str
    name: str
    input: float | None
    output: float | None
    cache_read: float | None = None
    cache_write: float | None = None
    own: bool = True
    request: float | None = None
    tiers: tuple[PriceTier, ...] | None = ()
    other: Named = ()


@dataclass(frozen=True, slots=True)
class DatedPrices:
    """A price list that speaks for `day` and the days after it, until the next list of the same `source`.

    A later list may name only the models that changed. `stated` is False where the list is known to be no older
    than `day`, but not of which day it is.
    """

    day: int
    source: str
    prices: tuple[Price, ...]
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """What one model scores in a benchmark, in the benchmark's own unit.

    `model` and `canonical` are slugs as in `Price`; `name` is the benchmark's in the source: its path, joined by dots.
    """

    model: str
    canonical: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class DatedScores:
    """The scores that a list of `day` states; `stated` as in `DatedPrices`."""

    day: int
    source: str
    scores: tuple[Score, ...]
    stated: bool = True


QUALIFIERS = ("", "about", "nearly", "over", "under")
"""What a story puts before a number that is not meant to the last digit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it was printed, with the window and scope in the story's own terms.

    `value` in `unit` as printed ("T" is 1e12 tokens); `start` and `end` are the first and last day of the window
    where the story lets one tell, else None. `entity` is a country (code or name), a model name, or "all"; `model`
    is the OpenRouter id a model's name stands for, "" where not certain. `published` is the date as printed.
    `printed` is the value as it was written, which tells its precision; `qualifier` one of QUALIFIERS.
    """

    id: str
    window: str
    start: date | None
    end: date | None
    scope: str
    entity: str
    measure: str
    value: float
    unit: str
    title: str
    publisher: str
    published: str
    note: str = ""
    model: str = ""
    printed: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Frames:
    """All that a store or a set of snapshots has to say, ready for the domain.

    `borrowed` are the days whose usage is that of an imported table, not of OpenRouter, with its sha256.
    """

    usage: UsageFrame = field(default_factory=no_usage)
    prices: tuple[DatedPrices, ...] = ()
    figures: tuple[Figure, ...] = ()
    scores: tuple[DatedScores, ...] = ()
    split: SplitFrame = field(default_factory=no_split)
    borrowed: Mapping[int, str] = field(default_factory=dict[int, str])
