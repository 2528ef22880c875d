"""What is to be fetched so that no day is missing: pure, days in and days out."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2025, 1, 1)
"""The first day that the keyed API has."""
OLDEST_SNAPSHOT = date(2026, 9, 19)
"""The first dated snapshot that can be fetched without a key."""
LONGEST_WINDOW = 366
"""Days that one call of the keyed API may ask for."""

_SURE = 29
"""Days before its date that a snapshot has for sure; its window is 30 days."""
SETTLING = timedelta(days=3)
"""A day is as it stays once a snapshot was taken so long after it; before, it is still restated a little."""
_JOINED = 30
"""Missing days with no more than this many between them are asked for in one window."""
_DAY = timedelta(days=1)

FIRST_KEYLESS = OLDEST_SNAPSHOT - _SURE * _DAY
"""The first day that can be had without a key."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one snapshot in the store has: its days from `first` to `last`, as of a day, None where unknown."""

    first: date
    last: date
    as_of: date | None


def span(first: date, last: date) -> frozenset[date]:
    """Return all days from `first` to `last`; none where that is before it."""
    return frozenset(first + i * _DAY for i in range((last - first).days + 1))


def settled(held: Held) -> frozenset[date]:
    """Return the days of a snapshot that later ones do not restate."""
    last = held.last if held.as_of is None else min(held.last, held.as_of - SETTLING)
    return span(held.first, last)


def missing(first: date, last: date, present: Set[date], held: Iterable[Held]) -> frozenset[date]:
    """Return the days from `first` to `last` that are not `present` in the store, or not yet settled there."""
    kept = frozenset[date]().union(*map(settled, held))
    return span(first, last) - (kept & present)


def next_snapshot(latest: date, wanted: Set[date], absent: Set[date]) -> date | None:
    """Return the date of the snapshot to fetch next for the days `wanted`: the oldest first, `latest` the last.

    It is the newest one that surely has the oldest day wanted, and is not `absent`. None where no snapshot has any
    of these days.
    """
    for day in sorted(wanted):
        newest = min(day + _SURE * _DAY, latest)
        oldest = max(day + _DAY, OLDEST_SNAPSHOT)
        for back in range((newest - oldest).days + 1):
            found = newest - back * _DAY
            if found not in absent:
                return found
    return None


def windows(wanted: Set[date]) -> tuple[tuple[date, date], ...]:
    """Return the windows, both ends included, in which the keyed API is to be asked for the days `wanted`."""
    found: list[tuple[date, date]] = []
    for day in sorted(wanted):
        if found:
            first, last = found[-1]
            if (day - last).days <= _JOINED and (day - first).days < LONGEST_WINDOW:
                found[-1] = (first, day)
                continue
        found.append((day, day))
    return tuple(found)
