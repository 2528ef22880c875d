"""What a cell says when pointed at: its exact value, its unit, and where a price comes from."""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from explorer.domain import units
from explorer.domain.table import Column, Kind, Table
from explorer.domain.wording import day_words
from explorer.views.rows.profile import Profile, Tip
from explorer.words import Message, say

NOTHING = say("")


def cell_tip(profile: Profile, table: Table, row: int, column: Column, country_name: Callable[[str], str]) -> Message:
    """Return what the cell of a row and column says in full; the empty message where there is nothing to add."""
    value: Any = table.values[column.key][row]
    if column.key == "country":
        return say("{text}", text=country_name(value))
    return (profile.tips.get(column.key) or _BY_KIND.get(column.kind, _plain))(table, row, value)


def relative(value: float | None, than: Message, unknown: Message) -> Message:
    """Return a relative difference in percent with what it is a difference `than`; `unknown` where there is none."""
    return say("{change} % {than}", change=_signed(value * 100), than=than) if _is_there(value) else unknown


def _plain(table: Table, row: int, value: Any) -> Message:
    return say("{text}", text=value) if value else NOTHING


def _tokens(table: Table, row: int, value: float | None) -> Message:
    return say("{n} tokens", n=units.exact(value)) if _is_there(value) else say("No tokens are known.")


def _tokens_change(table: Table, row: int, value: float | None) -> Message:
    if not _is_there(value):
        return say("No change is known.")
    return say("{sign}{n} tokens", sign="+" if value > 0 else "", n=units.exact(value))


def _flag(table: Table, row: int, value: bool | None) -> Message:
    return NOTHING


def _ratio(table: Table, row: int, value: float | None) -> Message:
    return say("{ratio}×", ratio=f"{value:.6g}") if _is_there(value) else say("No ratio is known.")


def _share(table: Table, row: int, value: float | None) -> Message:
    return say("{share} %", share=f"{value * 100:.6g}") if _is_there(value) else say("No share is known.")


def _part(table: Table, row: int, value: float | None) -> Message:
    return relative(value, say("of the change"), say("No part is known."))


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
    if value == math.inf:
        return say("No tokens in the window before")
    return relative(value, say("tokens since the window before"), say("Not comparable with the window before"))


def _price(table: Table, row: int, value: float | None) -> Message:
    if not _is_there(value):
        return say("No price is known.")
    price = f"{value:.10f}".rstrip("0").rstrip(".")
    if "price_source" not in table.values:
        return say("${price} per million tokens", price=price)
    source: Any = table.values["price_source"][row]
    since: Any = table.values["price_date"][row]
    return say(
        "${price} per million tokens. Source: {source}, {when}.",
        price=price,
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


_BY_KIND: Mapping[Kind, Tip] = {
    Kind.TOKENS: _tokens,
    Kind.TOKENS_CHANGE: _tokens_change,
    Kind.SHARE: _share,
    Kind.PART: _part,
    Kind.RATIO: _ratio,
    Kind.FLAG: _flag,
    Kind.RANK_CHANGE: _rank_change,
    Kind.CHANGE: _change,
    Kind.PRICE: _price,
    Kind.SERIES: _series,
    Kind.DATE: _date,
}
