"""The price history of a model cut to a span: which price held from which day to which, and what says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from explorer.domain.periods import Span
from explorer.domain.price_facts import is_undated
from explorer.domain.price_history import PricePoint, alike, point_of
from explorer.domain.prices import UNDATED, Listed, PriceBook


@dataclass(frozen=True, slots=True)
class Step:
    """A price of a model over the days `first` to `last`, both included.

    `carried` says that its list is too old to speak for these days and that no newer one is known.
    """

    model: str
    first: int
    last: int
    point: PricePoint
    carried: bool = False


def steps_of(
    book: PriceBook, model: str, span: Span, priority: Sequence[str], begun: int = UNDATED
) -> tuple[Step, ...]:
    """Return the prices of a model within a span, in order of days; days without any stated price are left out.

    A dated price holds until a newer list states another, so that prices change only on days that lists state; from
    the day on which its list is too old it is `carried`. A price of no date counts only before the first dated list,
    from the day `begun` at the earliest, and as dated from the day on which a dated list states the same. ValueError
    for a model that is not in the book.
    """
    steps = _changes(book, model, priority)
    if not steps:
        return ()
    ends = [*(following.first - 1 for _, following in pairwise(steps)), span.last]
    held = [replace(step, last=last) for step, last in zip(steps, ends, strict=True)]
    clipped = [_clipped(step, span, begun) for step in held if _states(step.point)]
    return tuple(step for step in clipped if step.first <= step.last)


def _states(point: PricePoint) -> bool:
    return point.input is not None or point.output is not None


def _changes(book: PriceBook, model: str, priority: Sequence[str]) -> list[Step]:
    """Return a step for every day on which a model's price changed, or what is known of its date; without last days."""
    column = book.models.index(model)
    found: list[Step] = []
    held: Listed | None = None
    for day in sorted({UNDATED, *book.turns}):
        speaking = [listed for source in priority for listed in book.listed(day, (source,), (column,)) if listed]
        dated = next((listed for listed in speaking if listed.day != UNDATED), None)
        carried = held is not None and dated != held and (dated is None or dated.day <= held.day)
        held = held if carried else dated
        point = point_of(model, held or next(iter(speaking), None))
        if point is None:
            continue
        # A newer list that was outranked until today changed the price on its own day, not on this one.
        first = day if carried or held is None else held.day
        if not found or _is_news(found[-1], point, carried=carried):
            found.append(Step(model, first, first, replace(point, day=first), carried))
    return found


def _is_news(before: Step, point: PricePoint, *, carried: bool) -> bool:
    dated_now = is_undated(before.point) and not is_undated(point)
    return before.carried != carried or dated_now or not alike(before.point, point)


def _clipped(step: Step, span: Span, begun: int) -> Step:
    first = max(step.first, span.first, begun if step.point.since == UNDATED else UNDATED)
    return replace(step, first=first, last=min(step.last, span.last))
