"""The models of a window with what they cost at its end: what the charts of price against something are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain.blended import blended
from explorer.domain.dataset import Dataset
from explorer.domain.leaderboard import ranks
from explorer.domain.periods import Span
from explorer.domain.price_history import PricePoint, at, columns
from explorer.domain.price_known import known_at
from explorer.domain.prices import UNDATED
from explorer.domain.schema import Floats, Tokens, pick, to_date
from explorer.domain.selection import LISTED, Selection
from explorer.domain.table import Column, Kind, Table
from explorer.domain.units import computed
from explorer.domain.wording import scope_words
from explorer.words import Message, say

MODEL_COLUMNS = (
    Column("model", say("Model"), Kind.TEXT),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Prompt plus completion tokens in the window")),
)
PRICE_COLUMNS = (
    Column("input", say("In $/M"), Kind.PRICE, say("Input price, US dollars per million tokens")),
    Column("output", say("Out $/M"), Kind.PRICE, say("Output price, US dollars per million tokens")),
    Column("blended", say("Blended $/M"), Kind.PRICE, say("Input and output price mixed as the caption says")),
    Column("source", say("Source"), Kind.TEXT, say("Where the prices come from")),
    Column("price_date", say("Price date"), Kind.DATE, say("Since when, or as of when, the price list holds")),
)


@dataclass(frozen=True, eq=False, slots=True)
class PointTable(Table):
    """A table whose rows are points: `blended` to the right, the column `height` upwards.

    `log_height` says that the height is drawn logarithmic, `linear` that the price is not. `steps` are the ids of the
    rows that a step line joins, cheapest first. `countries` names the country codes.
    """

    height: str = "tokens"
    log_height: bool = True
    linear: bool = False
    steps: tuple[str, ...] = ()
    countries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Priced:
    """The named models of a window in the scope, most used first: `order` indexes the cube's models.

    `tokens` int64 (models,) are those of the window; `points` and `blended` (models,) the price on `day`, None and NaN
    where not known. `named` is the sum of the tokens of all named models.
    """

    window: Span
    day: int
    order: NDArray[np.intp]
    tokens: Tokens
    points: tuple[PricePoint | None, ...]
    blended: Floats
    named: int

    @property
    def known(self) -> NDArray[np.bool_]:
        """Bool (models,): the blended price is known, 0 for a free model."""
        return ~np.isnan(self.blended)

    def points_of(self, rows: NDArray[np.intp]) -> list[PricePoint]:
        """Return the known prices of some models."""
        indices: list[int] = rows.tolist()
        return [point for i in indices if (point := self.points[i])]

    def amount(self, rows: NDArray[np.intp]) -> int:
        """Return the tokens of some models together."""
        return int(self.tokens[rows].sum())


def priced(dataset: Dataset, selection: Selection) -> Priced | Message:
    """Return the models of a selection's window with their prices, or the sentence that says why there are none."""
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return dataset.no_data()
    tokens = dataset.cube.tokens(window)
    order, _ = ranks(tokens)
    if selection.scope.top is not None:
        order = order[: selection.scope.top]
    day = selection.pricing.day(window.last)
    points, _ = known_at(dataset, day, at(dataset.prices, day, selection.pricing.priority))
    mixed = blended(columns(points), selection.pricing.mix)
    return Priced(window, day, order, tokens, points, mixed, int(tokens.sum()))


def values(dataset: Dataset, found: Priced, rows: NDArray[np.intp]) -> dict[str, Sequence[object]]:
    """Return MODEL_COLUMNS and PRICE_COLUMNS of some models."""
    whose = dataset.attribution(found.window.last)
    indices: list[int] = rows.tolist()
    return {
        "model": pick(dataset.cube.models, rows),
        "author": whose.author[rows].tolist(),
        "country": whose.country[rows].tolist(),
        "tokens": found.tokens[rows].tolist(),
        **price_values([found.points[i] for i in indices], found.blended[rows]),
    }


def price_values(points: Sequence[PricePoint | None], mixed: Floats) -> dict[str, Sequence[object]]:
    """Return PRICE_COLUMNS of some prices."""
    return {
        "input": [None if point is None else point.input for point in points],
        "output": [None if point is None else point.output for point in points],
        "blended": [computed(value) for value in mixed.tolist()],
        "source": ["" if point is None else point.source for point in points],
        "price_date": [None if point is None or point.since == UNDATED else to_date(point.since) for point in points],
    }


def marked(dataset: Dataset, selection: Selection, found: Priced) -> frozenset[str]:
    """Return the models that a selection marks."""
    return dataset.attribution(found.window.last).marked(selection)


def countries(dataset: Dataset, codes: Sequence[object]) -> tuple[tuple[str, str], ...]:
    """Return the codes among `codes` with their names, the most frequent first."""
    keys = [str(code) for code in codes]
    order = sorted(set(keys), key=lambda code: (-keys.count(code), code))
    return tuple((code, dataset.origins.country_name(code)) for code in order)


def scope(dataset: Dataset, selection: Selection, found: Priced) -> Message:
    """Return of which models a chart is, as every view says it; models beyond those named have no price."""
    whole = found.named + dataset.cube.other(found.window)
    listed = int(np.count_nonzero(found.tokens))
    share = found.amount(found.order) / max(whole, 1)
    return scope_words(LISTED if selection.scope.top is None else selection.scope, listed, share)


def joined(*messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return several groups of notes as one."""
    return tuple(message for group in messages for message in group)
