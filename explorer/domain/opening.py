"""What a dataset opens on."""

from explorer.domain.dataset import Dataset
from explorer.domain.figure_windows import FEBRUARY
from explorer.domain.periods import Grain, Span, grid
from explorer.domain.selection import Selection, Source


def opening(dataset: Dataset) -> Selection:
    """Return the selection a dataset opens on: all of it, narrowed to its last complete week.

    Printed figures open on February 2026, the month of the stories.
    """
    if dataset.source is Source.PUBLISHED:
        return Selection(source=Source.PUBLISHED, brush=FEBRUARY)
    return Selection(brush=last_complete(dataset, Grain.WEEK))


def last_complete(dataset: Dataset, grain: Grain) -> Span | None:
    """Return the last period of the data none of whose days is missing or not over; None where there is none."""
    days = dataset.cube.days
    if days is None:
        return None
    cut = grid(days, grain, dataset.cube.first_day, dataset.cube.complete)
    whole = [each for each, partial in zip(cut.spans, cut.partial.tolist(), strict=True) if not partial]
    return whole[-1] if whole else None
