"""The windows of printed figures: of one, of all of them, and the one that the stories are about."""

from datetime import date

from explorer.domain.dataset import Dataset
from explorer.domain.periods import Grain, Span, period_of, span
from explorer.domain.schema import Figure, to_day

FEBRUARY = period_of(to_day(date(2026, 2, 1)), Grain.MONTH)
"""February 2026, the month of the stories: what the views open on."""


def window_of(figure: Figure) -> Span | None:
    """Return the days that a figure is about; None where the story does not say both ends."""
    return span(figure.start, figure.end) if figure.start and figure.end else None


def whole_span(dataset: Dataset) -> Span | None:
    """Return the days from the first to the last dated window of the figures; None without any."""
    windows = [window for figure in dataset.figures if (window := window_of(figure))]
    return Span(min(w.first for w in windows), max(w.last for w in windows)) if windows else None
