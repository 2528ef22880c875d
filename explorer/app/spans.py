"""The spans a person picks from: the whole data, its newest weeks and months, and the span before or after one."""

from collections.abc import Iterator
from datetime import date

from explorer.domain.dataset import Dataset
from explorer.domain.figure_windows import whole_span
from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.schema import to_date, to_day
from explorer.domain.selection import Selection, Source
from explorer.words import Message, say


def whole(dataset: Dataset) -> Span | None:
    """Return all the days a dataset speaks of; None without data."""
    return whole_span(dataset) if dataset.source is Source.PUBLISHED else dataset.cube.days


def quick_picks(data: Span) -> Iterator[tuple[Message, Span | None]]:
    """Yield names and spans counted back from the last day of the data; None is all of it."""
    end = data.end
    yield say("All data"), None
    yield say("Last 4 weeks"), Span(data.last - 27, data.last).within(data)
    yield say("Last 3 months"), Span(to_day(_months_back(end, 3)) + 1, data.last).within(data)
    yield say("This year"), Span(to_day(date(end.year, 1, 1)), data.last).within(data)


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    last = to_date(period_of(to_day(first), Grain.MONTH).last)
    return first.replace(day=min(day.day, last.day))


def stepped(window: Span, forward: bool, data: Span) -> Span | None:
    """Return the window of equal length next to one, whole months after whole months; None beyond the data."""
    month = period_of(window.first, Grain.MONTH)
    if month == window:
        found = period_of(window.last + 1 if forward else window.first - 1, Grain.MONTH)
    else:
        by = len(window) if forward else -len(window)
        found = Span(window.first + by, window.last + by)
    return found if found.within(data) else None


def with_span(selection: Selection, span: Span | None, data: Span) -> Selection:
    """Return a selection over another span; the brush stays as far as it lies in it, and all the data is None."""
    kept = None if span == data else span
    brush = selection.brush.within(kept or data) if selection.brush else None
    return selection.but(span=kept, brush=brush)
