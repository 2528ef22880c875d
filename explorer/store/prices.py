"""Price lists: which one speaks for a day and source, and what each model costs in it."""

import sqlite3

from explorer.domain.schema import DatedPrices, Price
from explorer.store.snapshots import SENIORITY
from explorer.store.tally import Tally

_FIELDS = "model, canonical, name, input, output, cache_read, cache_write, own"

_LISTS = f"""
WITH {SENIORITY}
SELECT day, price_list.source, snapshot_id, snapshot.as_of <> '', max(place)
FROM price_list JOIN seniority USING (snapshot_id) JOIN snapshot ON snapshot.id = snapshot_id
GROUP BY day, price_list.source ORDER BY day, price_list.source
"""
_EARLIER = f"""
WITH {SENIORITY}
SELECT model, input, output, cache_read, cache_write, own
FROM price_list JOIN seniority USING (snapshot_id) JOIN price USING (snapshot_id)
WHERE source = :source AND day <= :day
ORDER BY day, place
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
    return tuple(Price(*fields, own=bool(own)) for *fields, own in rows)


def insert(connection: sqlite3.Connection, snapshot_id: int, dated: DatedPrices) -> Tally:
    """Insert a price list and count its models.

    `new` are models that no list named so far; `restated` those whose price differs from the one in the
    newest list of the same source, up to the same day, that names them; `unchanged` all others.
    """
    known = {model for (model,) in connection.execute("SELECT DISTINCT model FROM price")}
    earlier = {
        model: tuple(costs)
        for model, *costs in connection.execute(_EARLIER, {"as_of": "", "source": dated.source, "day": dated.day})
    }
    new = sum(price.model not in known for price in dated.prices)
    restated = sum(price.model in earlier and earlier[price.model] != _costs(price) for price in dated.prices)
    connection.execute(
        "INSERT INTO price_list (snapshot_id, day, source) VALUES (?, ?, ?)",
        (snapshot_id, dated.day, dated.source),
    )
    connection.executemany(
        f"INSERT INTO price (snapshot_id, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(snapshot_id, price.model, price.canonical, price.name, *_costs(price)) for price in dated.prices],
    )
    return Tally(1, new, restated, len(dated.prices) - new - restated)


def _costs(price: Price) -> tuple[float | None, float | None, float | None, float | None, bool]:
    return price.input, price.output, price.cache_read, price.cache_write, price.own
