"""What of the usage has a price at all: the models that no price list knows, with what they weigh."""

from dataclasses import dataclass

import numpy as np

from explorer.domain.dataset import Dataset
from explorer.domain.leaderboard import ranks
from explorer.domain.periods import Span
from explorer.domain.price_history import at, columns_at


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A model without any price: its `tokens`, and their share (0–1) of the tokens of all named models.

    `router` says that lists name it, as one that passes on other models' prices.
    """

    model: str
    tokens: int
    share: float
    router: bool


def unjoined(dataset: Dataset, window: Span) -> tuple[Unjoined, ...]:
    """Return the models with tokens in a window for which no list states a price at any time, most tokens first.

    A list names a model by its canonical slug, by its id, or by either without release suffix. A `:free` variant that
    no list names costs nothing.
    """
    tokens = dataset.cube.tokens(window)
    named = int(tokens.sum())
    order, _ = ranks(tokens)
    points = at(dataset.prices, window.last, stretched=True)
    prices = columns_at(dataset.prices, window.last, stretched=True)
    unpriced = np.isnan(prices.input) & np.isnan(prices.output)
    rows: list[int] = order[unpriced[order]].tolist()
    found: list[Unjoined] = []
    for i in rows:
        point, count = points[i], int(tokens[i])
        router = point is not None and not point.price.own
        found.append(Unjoined(dataset.prices.models[i], count, count / named, router))
    return tuple(found)
