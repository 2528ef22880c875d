"""The price history of a model cut to a span: which price held from which day to which, and what says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from explorer.domain.periods import Span
from explorer.domain.price_facts import is_undated
from explorer.domain.price_history import NO_LIST, PricePoint, history
from explorer.domain.prices import UNDATED, PriceBook


@dataclass(frozen=True, slots=True)
class Step:
    """A price of a model over the days `first` to `last`, both included."""

    model: str
    first: int
    last: int
    point: PricePoint


def steps_of(
    book: PriceBook, model: str, span: Span, priority: Sequence[str], begun: int = UNDATED
) -> tuple[Step, ...]:
    """Return the prices of a model within a span, in order of days; days for which no list speaks are left out.

    A price of no date holds from the day `begun` at the earliest, and counts as dated from the day on which a dated
    list states the same. ValueError for a model that is not in the book.
    """
    points = history(book, model, priority)
    if not points:
        return ()
    ends = [*(following.day - 1 for _, following in pairwise(points)), span.last]
    spoken = [
        Step(model, point.day, last, point)
        for point, last in zip(points, ends, strict=True)
        if point.source != NO_LIST and (point.input is not None or point.output is not None)
    ]
    parts = [part for step in spoken for part in _confirmed(book, step, priority)]
    clipped = [_clipped(step, span, begun) for step in parts]
    return tuple(step for step in clipped if step.first <= step.last)


def _confirmed(book: PriceBook, step: Step, priority: Sequence[str]) -> Iterator[Step]:
    """Yield an undated step up to the day before a dated list states the same, and from there on as that list's."""
    turns = [day for day in book.turns if step.first < day <= step.last] if is_undated(step.point) else []
    column = book.models.index(step.model)
    for day in turns:
        (listed,) = book.listed(day, priority, (column,))
        if listed is not None and listed.stated and listed.day != UNDATED:
            yield replace(step, last=day - 1)
            yield Step(step.model, day, step.last, PricePoint(day, listed.source, listed.day, listed.price))
            return
    yield step


def _clipped(step: Step, span: Span, begun: int) -> Step:
    first = max(step.first, span.first, begun if step.point.since == UNDATED else UNDATED)
    return replace(step, first=first, last=min(step.last, span.last))
