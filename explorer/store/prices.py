"""Price lists: which one speaks for a day and source, and what each model costs in it."""

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from explorer.domain.schema import DatedPrices, Named, Price, PriceTier
from explorer.store.snapshots import SENIORITY
from explorer.store.tally import Tally

_COSTS = "input, output, cache_read, cache_write, own, request, tiers, other"
_FIELDS = f"model, canonical, name, {_COSTS}"

_LISTS = f"""
WITH {SENIORITY}
SELECT day, price_list.source, snapshot_id, snapshot.as_of <> '', max(place)
FROM price_list JOIN seniority USING (snapshot_id) JOIN snapshot ON snapshot.id = snapshot_id
GROUP BY day, price_list.source ORDER BY day, price_list.source
"""
_EARLIER = f"""
WITH {SENIORITY}
SELECT model, {_COSTS}
FROM price_list JOIN seniority USING (snapshot_id) JOIN price USING (snapshot_id)
WHERE source = :source AND day <= :day
ORDER BY day, place
"""
_KNOWN = """
SELECT DISTINCT model FROM price JOIN snapshot ON snapshot.id = price.snapshot_id WHERE removed_at = ''
"""


def read(connection: sqlite3.Connection, as_of: str) -> tuple[DatedPrices, ...]:
    """Return the price lists known at `as_of` by day and source, of several the newest; prices by model."""
    lists = connection.execute(_LISTS, {"as_of": as_of}).fetchall()
    return tuple(
        DatedPrices(day, source, _prices(connection, snapshot), bool(stated))
        for day, source, snapshot, stated, _ in lists
    )


def _prices(connection: sqlite3.Connection, snapshot_id: int) -> tuple[Price, ...]:
    rows = connection.execute(f"SELECT {_FIELDS} FROM price WHERE snapshot_id = ? ORDER BY model", (snapshot_id,))
    return tuple(
        Price(*fields, own=bool(own), request=request, tiers=_tiers(tiers), other=_named(other))
        for *fields, own, request, tiers, other in rows
    )


def _tiers(text: str | None) -> tuple[PriceTier, ...] | None:
    """Return the tiers that `_texts` wrote, None for those that were not kept."""
    return None if text is None else tuple(_tier(**fields) for fields in json.loads(text))


def _tier(*, hours: list[int] | None = None, other: Any = (), **fields: Any) -> PriceTier:
    return PriceTier(**fields, hours=(hours[0], hours[1]) if hours else None, other=_pairs(other))


def _named(text: str | None) -> Named:
    return _pairs(json.loads(text)) if text else ()


def _pairs(rows: Any) -> Named:
    return tuple((name, amount) for name, amount in rows)


def insert(connection: sqlite3.Connection, snapshot_id: int, dated: DatedPrices) -> Tally:
    """Insert a price list and count its models.

    `new` are models that no list named so far; `restated` those whose price differs from the one in the
    newest list of the same source, up to the same day, that names them; `unchanged` all others.
    """
    known = {model for (model,) in connection.execute(_KNOWN)}
    earlier = {
        model: tuple(costs)
        for model, *costs in connection.execute(_EARLIER, {"as_of": "", "source": dated.source, "day": dated.day})
    }
    new = sum(price.model not in known for price in dated.prices)
    restated = sum(price.model in earlier and _differ(earlier[price.model], _costs(price)) for price in dated.prices)
    connection.execute(
        "INSERT INTO price_list (snapshot_id, day, source) VALUES (?, ?, ?)",
        (snapshot_id, dated.day, dated.source),
    )
    connection.executemany(
        f"INSERT INTO price (snapshot_id, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(snapshot_id, price.model, price.canonical, price.name, *_costs(price)) for price in dated.prices],
    )
    return Tally(1, new, restated, len(dated.prices) - new - restated)


def _costs(price: Price) -> tuple[object, ...]:
    """Return the values of the columns of `_COSTS`."""
    kept = (price.request, *_texts(price)) if price.tiers is not None else (None, None, None)
    return price.input, price.output, price.cache_read, price.cache_write, price.own, *kept


def _texts(price: Price) -> tuple[str, str]:
    """Return tiers and other prices as JSON, a tier with only what it states."""
    empty = asdict(PriceTier())
    tiers = [
        {name: value for name, value in asdict(tier).items() if value != empty[name]} for tier in price.tiers or ()
    ]
    return json.dumps(tiers), json.dumps(price.other)


def _differ(earlier: tuple[object, ...], costs: tuple[object, ...]) -> bool:
    """Tell whether two prices differ in what both lists kept."""
    kept = len(costs) if None not in (earlier[-1], costs[-1]) else len(costs) - 3
    return earlier[:kept] != costs[:kept]
