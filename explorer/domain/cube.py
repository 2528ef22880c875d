"""The day × model matrix as running sums: any span of any model is one subtraction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.domain.periods import PeriodGrid, Span
from explorer.domain.schema import OTHER, Tokens, UsageFrame


@dataclass(frozen=True, eq=False, slots=True)
class UsageCube:
    """Tokens by day and model as running sums over days.

    `models` are the named models, `other` left out. `running` int64 (days + 1, models): row i holds the tokens
    before day `first_day + i`; `running_other` int64 (days + 1,) likewise for `other`. `present` bool (days,):
    the day has rows. `complete` bool (days,): it has rows and was over when they were taken.
    """

    first_day: int
    models: tuple[str, ...]
    running: Tokens
    running_other: Tokens
    present: NDArray[np.bool_]
    complete: NDArray[np.bool_]

    @property
    def days(self) -> Span | None:
        """The span from the first to the last day with data; None when there is none."""
        return Span(self.first_day, self.first_day + len(self.present) - 1) if len(self.present) else None

    def bounds(self, window: Span) -> tuple[int, int]:
        """Return the row numbers of `running` whose difference is the window's sum, clipped to the data."""
        last = len(self.present)
        return (
            min(max(window.first - self.first_day, 0), last),
            min(max(window.last + 1 - self.first_day, 0), last),
        )

    def tokens(self, window: Span) -> Tokens:
        """Return tokens per named model in the window, int64 (models,)."""
        lower, upper = self.bounds(window)
        return self.running[upper] - self.running[lower]

    def other(self, window: Span) -> int:
        """Return the tokens of models beyond those named, in the window."""
        lower, upper = self.bounds(window)
        return int(self.running_other[upper] - self.running_other[lower])

    def days_present(self, window: Span) -> int:
        """Return how many days of the window have data."""
        lower, upper = self.bounds(window)
        return int(np.count_nonzero(self.present[lower:upper]))

    def days_complete(self, window: Span) -> int:
        """Return how many days of the window have data and are over."""
        lower, upper = self.bounds(window)
        return int(np.count_nonzero(self.complete[lower:upper]))

    def by_period(self, grid: PeriodGrid) -> tuple[Tokens, Tokens]:
        """Return tokens per period and named model, int64 (periods, models), and of `other`, (periods,)."""
        return (
            self.running[grid.upper] - self.running[grid.lower],
            self.running_other[grid.upper] - self.running_other[grid.lower],
        )


def build(frame: UsageFrame) -> UsageCube:
    """Build the cube of a usage frame."""
    names = list(frame.models)
    other = names.index(OTHER) if OTHER in names else len(names)
    models = tuple(name for name in names if name != OTHER)
    if not len(frame):
        empty = np.zeros(0, np.bool_)
        return UsageCube(0, models, np.zeros((1, len(models)), np.int64), np.zeros(1, np.int64), empty, empty)
    first = int(frame.day.min())
    days = int(frame.day.max()) - first + 1
    row = frame.day - first
    present = np.zeros(days, np.bool_)
    present[row] = True
    running = np.zeros((days + 1, len(models)), np.int64)
    is_other = frame.model == other
    column = frame.model - (frame.model > other)
    running[row[~is_other] + 1, column[~is_other]] = frame.tokens[~is_other]
    np.cumsum(running, axis=0, out=running)
    running_other = np.zeros(days + 1, np.int64)
    running_other[row[is_other] + 1] = frame.tokens[is_other]
    np.cumsum(running_other, out=running_other)
    complete = present.copy()
    complete[[day - first for day in frame.live]] = False
    return UsageCube(first, models, running, running_other, present, complete)


def merged(cube: UsageCube, keys: Sequence[str]) -> UsageCube:
    """Return the cube with the columns of equal `keys` (one per model) summed under that name, in order of name."""
    names = tuple(sorted(set(keys)))
    index = {name: i for i, name in enumerate(names)}
    codes = np.array([index[key] for key in keys], np.intp)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(names)))
    running = np.add.reduceat(cube.running[:, order], starts, axis=1) if names else cube.running
    return replace(cube, models=names, running=running)
