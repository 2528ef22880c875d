"""What a cell says when pointed at: its exact value, its unit, and where a price comes from."""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from explorer.domain import units
from explorer.domain.table import Column, Kind, Table
from explorer.domain.wording import day_words
from explorer.words import Message, say

NOTHING = say("")


def cell_tip(table: Table, row: int, column: Column, country_name: Callable[[str], str]) -> Message:
    """Return what the cell of a row and column says in full; the empty message where there is nothing to add."""
    value: Any = table.values[column.key][row]
    if column.key == "country":
        return say("{text}", text=country_name(value))
    return _BY_KIND.get(column.kind, _plain)(table, row, value)


def _plain(table: Table, row: int, value: Any) -> Message:
    return say("{text}", text=value) if value else NOTHING


def _tokens(table: Table, row: int, value: float | None) -> Message:
    return say("{n} tokens", n=units.exact(value)) if _is_there(value) else say("No tokens are known.")


def _share(table: Table, row: int, value: float | None) -> Message:
    return say("{share} %", share=f"{value * 100:.6g}") if _is_there(value) else say("No share is known.")


def _rank_change(table: Table, row: int, value: float | None) -> Message:
    if not _is_there(value):
        change: Any = table.values["change"][row] if "change" in table.values else None
        return (
            say("Not named in the window before")
            if change == math.inf
            else say("Not comparable with the window before")
        )
    if value == 0:
        return say("The same rank as in the window before")
    rank: Any = table.values["rank"][row]
    return say("Rank {now}, {before} in the window before", now=rank, before=round(rank + value))


def _change(table: Table, row: int, value: float | None) -> Message:
    if not _is_there(value):
        return say("Not comparable with the window before")
    if value == math.inf:
        return say("No tokens in the window before")
    return say("{change} % tokens since the window before", change=_signed(value * 100))


def _price(table: Table, row: int, value: float | None) -> Message:
    if not _is_there(value):
        return say("No price is known.")
    source: Any = table.values["price_source"][row]
    since: Any = table.values["price_date"][row]
    return say(
        "${price} per million tokens. Source: {source}, {when}.",
        price=f"{value:.10f}".rstrip("0").rstrip("."),
        source=source,
        when=day_words(since) if since else say("undated"),
    )


def _series(table: Table, row: int, value: Any) -> Message:
    known = [v for v in value.tolist() if not math.isnan(v)]
    if not known:
        return say("No data in the span")
    return say(
        "{n} periods with data, the last {last}, the highest {peak} tokens",
        n=len(known),
        last=units.tokens(known[-1]),
        peak=units.tokens(max(known)),
    )


def _date(table: Table, row: int, value: Any) -> Message:
    return say("{text}", text=value.isoformat()) if value else NOTHING


def _is_there(value: float | None) -> TypeGuard[float]:
    return value is not None and not math.isnan(value)


def _signed(value: float) -> str:
    return f"{value:+,.2f}".replace(",", units.THIN).replace("-", units.MINUS)


_BY_KIND: Mapping[Kind, Callable[[Table, int, Any], Message]] = {
    Kind.TOKENS: _tokens,
    Kind.SHARE: _share,
    Kind.RANK_CHANGE: _rank_change,
    Kind.CHANGE: _change,
    Kind.PRICE: _price,
    Kind.SERIES: _series,
    Kind.DATE: _date,
}
