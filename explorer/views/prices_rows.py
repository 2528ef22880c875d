"""The rows of the prices view, and what their tooltips say."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from explorer.domain import units
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.price_table import PriceTable
from explorer.domain.prices import BY_NAME, CATALOGUE
from explorer.domain.pricing import Compared
from explorer.domain.wording import day_words
from explorer.words import Message, say

_SHOWN = (
    *("model", "author", "country", "input", "output", "blended", "cached"),
    *("ratio_input", "ratio_output", "ratio_blended", "ratio_cached", "source", "price_date", "tiers"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the bars that every row has: the column it shows, what its label says, and what heads its multiples."""

    key: str
    label: str
    heading: Message
    pale: bool = False


BARS: Mapping[Compared, tuple[Bar, ...]] = {
    Compared.BOTH: (Bar("input", "{price} in", say("in"), pale=True), Bar("output", "{price} out", say("out"))),
    Compared.BLENDED: (Bar("blended", "{price}", say("blended")),),
    Compared.CACHED: (Bar("input", "{price} in", say("in"), pale=True), Bar("cached", "{price} cached", say("cached"))),
}
LEGENDS: Mapping[Compared, Message] = {
    Compared.BOTH: say("upper bar input, lower bar output"),
    Compared.BLENDED: say("input and output blended"),
    Compared.CACHED: say("upper bar input, lower bar cached input"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One model of a price table; prices in US dollars per million tokens, NaN where not known."""

    model: str
    author: str
    country: str
    input: float
    output: float
    blended: float
    cached: float
    ratio_input: float
    ratio_output: float
    ratio_blended: float
    ratio_cached: float
    source: str
    since: date | None
    tiers: str
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

    def price(self, bar: Bar) -> float:
        """Return the price that a bar shows."""
        return getattr(self, bar.key)

    def multiple(self, bar: Bar) -> float:
        """Return how many times the price that a bar shows the baseline's is."""
        return getattr(self, f"ratio_{bar.key}")

    def label(self, bar: Bar) -> Message:
        """Return what stands at the end of a bar; free and unknown need no further word."""
        price = self.price(bar)
        return say(bar.label if price > 0 else "{price}", price=units.price(price))


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


def explanation(row: Row, baseline: str, compared: Compared = Compared.BOTH) -> tuple[Message, ...]:
    """Return what a tooltip says of a row: full id, exact prices and their multiples, source and date.

    A blended price is said where blended prices are compared: there the caption says of what it is made.
    """
    blended = compared is Compared.BLENDED
    lines = [
        say("{model}", model=row.model),
        say("{author}, {country}", author=_known(row.author), country=_known(row.country)),
        say("Input: {price}", price=_exact(row.input)),
        say("Output: {price}", price=_exact(row.output)),
    ]
    if not math.isnan(row.cached):
        lines.append(say("Cached input: {price}", price=_exact(row.cached)))
    if blended and row.blended > 0:
        lines.append(say("Blended: {price} per million tokens", price=units.price(row.blended)))
    if row.tiers:
        lines.append(say("Other calls: {tiers}", tiers=row.tiers))
    return (*lines, *_multiples(row, baseline, blended=blended), _sourced(row))


def _multiples(row: Row, baseline: str, *, blended: bool) -> tuple[Message, ...]:
    if row.baseline:
        return (say("The multiples compare the others with this baseline."),)
    told = [
        ("{model} costs {ratio} as much for input", row.ratio_input),
        ("{model} costs {ratio} as much for output", row.ratio_output),
    ]
    if blended:
        told.append(("{model} costs {ratio} as much blended", row.ratio_blended))
    return tuple(say(text, model=baseline, ratio=units.ratio(value)) for text, value in told if math.isfinite(value))


def _sourced(row: Row) -> Message:
    if row.source == BY_NAME:
        return say("No list has it: a :free variant costs nothing by definition.")
    return say("Prices: {source}, {when}", source=row.source or say("source not stated"), when=_when(row))


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
