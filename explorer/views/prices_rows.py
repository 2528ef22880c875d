"""The rows of the prices view, and what their tooltips say."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from explorer.domain import units
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.price_table import PriceTable
from explorer.domain.prices import CATALOGUE
from explorer.domain.wording import day_words
from explorer.words import Message, say

_SHOWN = ("model", "author", "country", "input", "output", "ratio_input", "ratio_output", "source", "price_date")


@dataclass(frozen=True, slots=True)
class Row:
    """One model of a price table; prices in US dollars per million tokens, NaN where not known."""

    model: str
    author: str
    country: str
    input: float
    output: float
    ratio_input: float
    ratio_output: float
    source: str
    since: date | None
    short: str
    baseline: bool

    @property
    def comparable(self) -> bool:
        """Whether others can be compared with this model: what is free or unknown has no multiples."""
        return self.output > 0 or (self.output == 0 and self.input > 0)

    @property
    def name(self) -> str:
        """The model's short name; an asterisk marks a price from the catalogue."""
        return self.short + (" *" if self.source == CATALOGUE else "")

    @property
    def labels(self) -> tuple[Message, Message]:
        """What stands at the ends of the two bars; free and unknown need no further word."""
        paid = units.price(self.input), units.price(self.output)
        return (
            say("{price} in", price=paid[0]) if self.input > 0 else say("{price}", price=paid[0]),
            say("{price} out", price=paid[1]) if self.output > 0 else say("{price}", price=paid[1]),
        )


def rows_of(table: PriceTable) -> list[Row]:
    """Return the rows of a price table as they are drawn."""
    columns = zip(*(cast("Sequence[Any]", table.values[key]) for key in _SHOWN), strict=True)
    return [
        Row(*values, short=name, baseline=model == table.baseline)
        for model, name, values in zip(table.ids, table.names, columns, strict=True)
    ]


def baseline_name(rows: Iterable[Row]) -> str:
    """Return what the baseline is called, "" where there is none."""
    return next((row.short for row in rows if row.baseline), "")


def explanation(row: Row, baseline: str) -> tuple[Message, ...]:
    """Return what a tooltip says of a row: full id, exact prices and their multiples, source and date."""
    lines = [
        say("{model}", model=row.model),
        say("{author}, {country}", author=_known(row.author), country=_known(row.country)),
        say("Input: {price}", price=_exact(row.input)),
        say("Output: {price}", price=_exact(row.output)),
    ]
    if row.baseline:
        lines.append(say("The multiples compare the others with this baseline."))
    else:
        asked, told = (units.ratio(v) for v in (row.ratio_input, row.ratio_output))
        lines.append(say("{model} costs {ratio} as much for input", model=baseline, ratio=asked))
        lines.append(say("{model} costs {ratio} as much for output", model=baseline, ratio=told))
        lines = [m for m, ratio in zip(lines, ["", "", "", "", asked, told], strict=True) if ratio != units.NONE]
    return (*lines, say("Prices: {source}, {when}", source=row.source or say("source not stated"), when=_when(row)))


def _known(key: str) -> Message:
    return say("Unattributed") if key == UNATTRIBUTED else say("{name}", name=key)


def _exact(price: float) -> Message:
    """Return a price unrounded."""
    if math.isnan(price):
        return say("not known")
    if price == 0:
        return say("free")
    whole, _, decimals = f"{Decimal(repr(price)):f}".partition(".")
    return say("${price} per million tokens", price=f"{whole}.{decimals.rstrip('0').ljust(2, '0')}")


def _when(row: Row) -> Message:
    if row.since is None:
        return say("undated")
    if row.source == CATALOGUE:
        return say("since {day}", day=day_words(row.since))
    return say("as of {day}", day=day_words(row.since))
