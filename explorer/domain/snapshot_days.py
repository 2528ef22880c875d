"""Which snapshots cover which days, which of them shows, and where they say different things of the same day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import cast

import numpy as np

from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.schema import UsageFrame, to_day
from explorer.domain.snapshot import IMPORTED, Provenance
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.words import say

Recall = Callable[[str], UsageFrame]


class State(StrEnum):
    """What snapshots say of a day: nothing, one does, several do, OpenRouter's not the same; it was not over."""

    GAP = "gap"
    ONE = "one"
    SEVERAL = "several"
    RESTATED = "restated"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class DayCover:
    """A UTC day and the sha256 of the snapshots that cover it, the one that shows last; none on a gap."""

    day: int
    state: State
    snapshots: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The sha256 of the snapshot that shows, "" on a gap."""
        return self.snapshots[-1] if self.snapshots else ""


@dataclass(frozen=True, eq=False, slots=True)
class Cover:
    """The days of all snapshots: `days` from the first to the last one covered, each once; `of` the days of each."""

    days: tuple[DayCover, ...]
    of: Mapping[str, tuple[int, ...]]

    def shown(self, sha256: str) -> int:
        """Return on how many days a snapshot shows."""
        return sum(each.shown == sha256 for each in self.days)

    def shown_in(self, window: Span) -> frozenset[str]:
        """Return the snapshots that show on some day of a window."""
        return frozenset(each.shown for each in self.days if window.first <= each.day <= window.last) - {""}

    def alone(self, sha256: str) -> tuple[int, ...]:
        """Return the days that a snapshot covers and no other one does."""
        return tuple(each.day for each in self.days if each.snapshots == (sha256,))

    def count(self, *states: State) -> int:
        """Return how many days are in one of some states."""
        return sum(each.state in states for each in self.days)

    @property
    def gaps(self) -> tuple[Span, ...]:
        """The runs of days that no snapshot covers."""
        return runs([each.day for each in self.days if each.state is State.GAP])


def runs(days: Sequence[int]) -> tuple[Span, ...]:
    """Return sorted day numbers as the runs that they form."""
    found: list[Span] = []
    for day in days:
        if found and found[-1].last == day - 1:
            found[-1] = Span(found[-1].first, day)
        else:
            found.append(Span(day, day))
    return tuple(found)


def of_rankings(dataset: Dataset) -> tuple[Provenance, ...]:
    """Return the snapshots of rankings, the oldest first."""
    return tuple(sorted((each for each in dataset.provenance if each.last_day is not None), key=lambda each: each.age))


def live_from(snapshot: Provenance) -> int | None:
    """Return the first day that was not over when a snapshot was taken; None where that is not stated."""
    return to_day(date.fromisoformat(snapshot.as_of[:10])) if snapshot.as_of else None


_AT_HAND = "cover"


def is_at_hand(dataset: Dataset) -> bool:
    """Return whether `cover` has read the snapshots behind a dataset already."""
    return _AT_HAND in dataset.at_hand


def cover(dataset: Dataset, progress: Progress = unheard) -> Cover:
    """Return what the snapshots behind a dataset cover. Raises ExplorerError where one can't be read.

    It reads every snapshot the first time, some milliseconds each; then it is at hand.
    """
    if _AT_HAND not in dataset.at_hand:
        dataset.at_hand[_AT_HAND] = _cover(dataset, progress)
    return cast(Cover, dataset.at_hand[_AT_HAND])


def _cover(dataset: Dataset, progress: Progress) -> Cover:
    if dataset.recall is None:
        return Cover((), {})
    marks: dict[str, Mapping[int, int]] = {}
    taken = sorted(of_rankings(dataset), key=lambda each: each.seniority)
    for i, each in enumerate(taken):
        progress(i / len(taken))
        try:
            marks[each.sha256] = _marks(dataset.recall, each.sha256)
        except KeyError as error:
            raise ExplorerError(
                say("The snapshot {file} is not in the store any more.", file=each.name),
                remedy=say("It was removed elsewhere: open the store again."),
            ) from error
    live = {each.sha256: live_from(each) for each in taken}
    tables = {each.sha256 for each in taken if each.format == IMPORTED}  # whose numbers are no version of OpenRouter's
    by_day: dict[int, list[str]] = {}
    for sha256, days in marks.items():
        for day in days:
            by_day.setdefault(day, []).append(sha256)
    if not by_day:
        return Cover((), {})
    found: list[DayCover] = []
    for day in range(min(by_day), max(by_day) + 1):
        covering = tuple(by_day.get(day, ()))
        over = [sha256 for sha256 in covering if (first := live[sha256]) is None or day < first]
        said = {marks[sha256][day] for sha256 in over if sha256 not in tables}
        found.append(DayCover(day, _state(covering, over, len(said)), covering))
    return Cover(tuple(found), {sha256: tuple(days) for sha256, days in marks.items()})


def _state(covering: Sequence[str], over: Sequence[str], said: int) -> State:
    """Return the state of a day by who covers it, for whom it was `over`, and how many things OpenRouter's say."""
    if not covering:
        return State.GAP
    if covering[-1] not in over:
        return State.LIVE
    if said > 1:
        return State.RESTATED
    return State.SEVERAL if len(covering) > 1 else State.ONE


@lru_cache(maxsize=1024)
def _marks(recall: Recall, sha256: str) -> Mapping[int, int]:
    """Return a mark of what a snapshot says of each of its days: equal for days of equal rows."""
    frame = recall(sha256)
    names = np.array(frame.models, object)
    order = np.lexsort((frame.model, frame.day))
    day, model, tokens = frame.day[order], frame.model[order], frame.tokens[order]
    days, starts = np.unique(day, return_index=True)
    ends = np.append(starts[1:], len(day))
    return {
        int(each): hash((tuple(names[model[first:end]].tolist()), tokens[first:end].tobytes()))
        for each, first, end in zip(days.tolist(), starts.tolist(), ends.tolist(), strict=True)
    }
