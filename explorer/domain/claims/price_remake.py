"""The Selection under which the prices view shows the list that a verdict on a price rests on."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.domain.claims.claim import PRICE_RATIOS, Quantity
from explorer.domain.claims.verdict import Priced
from explorer.domain.dataset import Dataset
from explorer.domain.figure_windows import FEBRUARY
from explorer.domain.periods import Span
from explorer.domain.prices import CATALOGUE
from explorer.domain.pricing import PriceFirst, Pricing
from explorer.domain.selection import Selection, Source

_DAYS = 7
"""So many days are brushed, up to the day of the price."""


def selection(dataset: Dataset, found: Priced, quantity: Quantity, claim: str = "") -> Selection | None:
    """Return the selection that shows a price: its models marked, on its day; None where the data know none of them.

    The baseline of a ratio is the model whose price is divided.
    """
    models = tuple(_known(dataset, model, found) for model in found.models)
    marked = frozenset(name for names in models for name in names)
    if not all(models):
        return None
    window, at = _window(dataset, found.on)
    first = PriceFirst.CATALOGUE if found.source == CATALOGUE else PriceFirst.OPENROUTER
    baseline = models[0][0] if quantity in PRICE_RATIOS else ""
    return Selection(
        source=dataset.source,
        brush=window,
        models=marked,
        baseline=baseline,
        as_of=dataset.as_of,
        claim=claim,
        pricing=replace(Pricing(), first=first, at=at),
    )


def _known(dataset: Dataset, model: str, found: Priced) -> Sequence[str]:
    """Return what the data call a model of a price list."""
    book = dataset.prices
    prices = book.listed(found.on, (found.source,))
    return [
        name
        for name, listed in zip(book.models, prices, strict=True)
        if listed is not None and listed.price.model == model
    ]


def _window(dataset: Dataset, day: int) -> tuple[Span | None, int | None]:
    """Return the days to brush so that the window ends on a day, or with the day itself where there are none."""
    if dataset.source is Source.PUBLISHED:
        return FEBRUARY, day
    data = dataset.cube.days
    window = Span(day - _DAYS + 1, day)
    if data is not None and data.first <= day <= data.last and dataset.cube.days_present(window):
        return Span(max(window.first, data.first), day), None
    return data, day
