"""Two snapshots held against each other, row by row, on the days that both cover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.domain import joining
from explorer.domain.dataset import Dataset
from explorer.domain.schema import Codes, Days, Tokens, UsageFrame
from explorer.domain.selection import Selection, Variants
from explorer.domain.snapshot import Provenance
from explorer.domain.snapshot_days import live_from, of_rankings


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """What two snapshots say of the days that both cover and that were over when either was taken.

    `days` int32, sorted; `before` and `after` int64 (days,) are all tokens of a day in the earlier and the later one.
    `unfinished` are the days both cover that were not over in one of them: they are left out. `values` counts the
    (day, model) that either has. Of those that differ, one row each: `day`, `model` (index into `models`), `earlier`
    and `later` int64 tokens, -1 where a snapshot does not name the model on that day; the greatest change first.
    """

    days: Days
    before: Tokens
    after: Tokens
    unfinished: tuple[int, ...]
    values: int
    models: tuple[str, ...]
    day: Days
    model: Codes
    earlier: Tokens
    later: Tokens

    @property
    def change(self) -> Tokens:
        """Later tokens less earlier ones of each row; a model that is not named counts as none."""
        return np.maximum(self.later, 0) - np.maximum(self.earlier, 0)


def pair(dataset: Dataset, selection: Selection) -> tuple[Provenance, Provenance] | None:
    """Return the snapshots that a selection compares, or the newest two that overlap; None where there are none.

    KeyError, with the sha256, where one that the selection names is not among the rankings behind the dataset.
    """
    known = {each.sha256: each for each in of_rankings(dataset)}
    if any(selection.compared):
        first, second = (known[sha256] for sha256 in selection.compared)
        return first, second
    newest = list(known.values())[::-1]
    return next(
        (
            (earlier, later)
            for i, later in enumerate(newest)
            for earlier in newest[i + 1 :]
            if min(earlier.last_day or 0, later.last_day or 0) >= max(earlier.first_day or 0, later.first_day or 0)
        ),
        None,
    )


def named(dataset: Dataset, selection: Selection) -> Selection:
    """Return a selection that names the snapshots it compares, so that later ones do not take their place."""
    found = None if any(selection.compared) else pair(dataset, selection)
    return selection.but(compared=(found[0].sha256, found[1].sha256)) if found else selection


@lru_cache(maxsize=4)
def compare(dataset: Dataset, earlier: Provenance, later: Provenance) -> Compared:
    """Return what two snapshots behind a dataset say of the same days, its models under the dataset's names.

    Raises ExplorerError or KeyError where a snapshot can't be read.
    """
    assert dataset.recall is not None
    first, second = dataset.recall(earlier.sha256), dataset.recall(later.sha256)
    live = [day for each in (earlier, later) if (day := live_from(each)) is not None]
    common = np.intersect1d(first.day, second.day)
    over = common[common < min(live)] if live else common
    unfinished: list[int] = common[len(over) :].tolist()
    return _compared(_named(dataset, _only(first, over), _only(second, over)), over.astype(np.int32), unfinished)


def _only(frame: UsageFrame, days: NDArray[np.int32]) -> UsageFrame:
    kept = np.isin(frame.day, days)
    return replace(frame, day=frame.day[kept], model=frame.model[kept], tokens=frame.tokens[kept])


@dataclass(frozen=True, eq=False, slots=True)
class _Both:
    """Rows of two snapshots under common names: `second` bool, which of the two a row is of."""

    frame: UsageFrame
    second: NDArray[np.bool_]


def _named(dataset: Dataset, first: UsageFrame, second: UsageFrame) -> _Both:
    """Return the rows of both with every model under the name that the dataset has it under.

    To find the names, the two follow each other on days of their own, the dataset's models on one more after them.
    """
    names = tuple(sorted({*first.models, *second.models, *dataset.cube.models}))
    index = {name: i for i, name in enumerate(names)}
    apart = dataset.read(dataset.origins.known, Variants.APART)
    codes = [np.array([index[name] for name in frame.models], np.int32)[frame.model] for frame in (first, second)]
    last = np.array([index[name] for name in apart.cube.models], np.int32)
    both = np.concatenate([first.day, second.day])
    start = int(both.min(initial=2**30))
    days = int(both.max(initial=start)) - start + 1
    laid = UsageFrame(
        np.concatenate([first.day - start, second.day - start + days, np.full(len(last), 2 * days)]).astype(np.int32),
        np.concatenate([*codes, last]),
        np.concatenate([first.tokens, second.tokens, np.ones(len(last), np.int64)]),
        names,
    )
    lists = dataset.prices.lists
    joined = joining.joined(laid, lists)
    if dataset.variants is Variants.MERGED:
        joined = _merged(joined, joining.bases(joined.models, lists))
    rows = joined.day < 2 * days
    is_second = joined.day[rows] >= days
    day = (joined.day[rows] + start - np.where(is_second, days, 0)).astype(np.int32)
    return _Both(replace(joined, day=day, model=joined.model[rows], tokens=joined.tokens[rows]), is_second)


def _merged(frame: UsageFrame, bases: Sequence[str]) -> UsageFrame:
    """Return usage with the tokens of equal `bases` (one per model) of a day summed under that name."""
    names = tuple(sorted(set(bases)))
    index = {name: i for i, name in enumerate(names)}
    codes = np.array([index[base] for base in bases], np.int64)[frame.model]
    keys, place = np.unique(frame.day.astype(np.int64) * len(names) + codes, return_inverse=True)
    tokens = np.zeros(len(keys), np.int64)
    np.add.at(tokens, place, frame.tokens)
    day, model = (part.astype(np.int32) for part in np.divmod(keys, len(names)))
    return UsageFrame(day, model, tokens, names)


def _compared(both: _Both, days: Days, unfinished: Sequence[int]) -> Compared:
    frame = both.frame
    width = len(frame.models)
    key = frame.day.astype(np.int64) * width + frame.model
    keys, place = np.unique(key, return_inverse=True)
    tokens = np.full((2, len(keys)), -1, np.int64)
    tokens[both.second.astype(np.intp), place] = frame.tokens
    earlier, later = tokens
    change = np.maximum(later, 0) - np.maximum(earlier, 0)
    differs = np.flatnonzero(change)
    order = differs[np.lexsort((keys[differs], -np.abs(change[differs])))]
    at = np.searchsorted(days, keys // max(width, 1))
    totals = np.zeros((2, len(days)), np.int64)
    for total, column in zip(totals, tokens, strict=True):
        np.add.at(total, at, np.maximum(column, 0))
    return Compared(
        days,
        totals[0],
        totals[1],
        tuple(unfinished),
        len(keys),
        frame.models,
        (keys[order] // max(width, 1)).astype(np.int32),
        (keys[order] % max(width, 1)).astype(np.int32),
        earlier[order],
        later[order],
    )
