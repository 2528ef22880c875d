"""What a dataset opens on."""

from explorer.domain import published
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, grid
from explorer.domain.selection import Selection, Source


def opening(dataset: Dataset) -> Selection:
    """Return the selection a dataset opens on: all of it, narrowed to its last complete week.

    Printed figures open on February 2026, the month of the stories.
    """
    if dataset.source is Source.PUBLISHED:
        return Selection(source=Source.PUBLISHED, brush=published.FEBRUARY)
    selection = Selection()
    days = dataset.cube.days
    if days is None:
        return selection
    weeks = grid(days, Grain.WEEK, dataset.cube.first_day, dataset.cube.complete)
    whole = [week for week, partial in zip(weeks.spans, weeks.partial.tolist(), strict=True) if not partial]
    return selection.but(brush=whole[-1]) if whole else selection
