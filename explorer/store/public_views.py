"""The views that other programs read, as migration 0005 made them: dates and names in the place of numbers.

They show what `Store.frames()` shows now. A later change to one is a new migration that drops it and makes it anew.
"""

# A bare column beside max() comes from the row that holds the maximum: SQLite documents it.
_SENIORITY = """
seniority AS (
    SELECT id AS snapshot_id, row_number() OVER (ORDER BY format <> 'imported table', vintage, sha256) AS place
    FROM snapshot WHERE removed_at = ''
)
"""

_SNAPSHOTS = """
CREATE VIEW snapshots AS
SELECT
    id AS snapshot_id, format, name, source, as_of, basis, vintage, sha256, licence, citation, rows,
    date(first_day * 86400, 'unixepoch') AS first_date,
    date(last_day * 86400, 'unixepoch') AS last_date,
    imported_at
FROM snapshot WHERE removed_at = ''
"""

_WINNING_SNAPSHOT = f"""
CREATE VIEW winning_snapshot AS
WITH {_SENIORITY},
    winner AS (
        SELECT day, snapshot_id, max(place)
        FROM seniority CROSS JOIN coverage USING (snapshot_id)
        GROUP BY day
    )
SELECT date(day * 86400, 'unixepoch') AS date, day, snapshot_id FROM winner
"""

_COVERAGE_BY_DAY = """
CREATE VIEW coverage_by_day AS
SELECT
    winning_snapshot.date, coverage.day, coverage.snapshot_id, snapshot.name, snapshot.source, snapshot.as_of,
    coverage.snapshot_id = winning_snapshot.snapshot_id AS wins
FROM winning_snapshot
JOIN coverage ON coverage.day = winning_snapshot.day
JOIN snapshot ON snapshot.id = coverage.snapshot_id
WHERE snapshot.removed_at = ''
"""

# CROSS JOIN fixes the order of the loops: days outside, so that the rows of each are one range of the table.
_CURRENT_USAGE = """
CREATE VIEW current_usage AS
SELECT
    winning_snapshot.date, model.permaslug, usage.tokens, snapshot.as_of,
    snapshot.as_of <> '' AND winning_snapshot.date >= substr(snapshot.as_of, 1, 10) AS partial,
    snapshot.source, winning_snapshot.day, winning_snapshot.snapshot_id
FROM winning_snapshot
CROSS JOIN usage USING (snapshot_id, day)
JOIN model ON model.id = usage.model_id
JOIN snapshot ON snapshot.id = winning_snapshot.snapshot_id
"""

_CURRENT_PRICES = f"""
CREATE VIEW current_prices AS
WITH {_SENIORITY},
    list AS (
        SELECT day, price_list.source, snapshot_id, max(place)
        FROM price_list JOIN seniority USING (snapshot_id)
        GROUP BY day, price_list.source
    ),
    newest AS (
        SELECT source, max(day) AS day FROM list GROUP BY source
    ),
    named AS (
        SELECT
            source, model, canonical, name, input, output, cache_read, cache_write, request, own, tiers, other,
            max(day) AS day, snapshot_id
        FROM list JOIN price USING (snapshot_id)
        GROUP BY source, model
    )
SELECT
    named.source, named.model, named.canonical, named.name, named.input, named.output, named.cache_read,
    named.cache_write, named.request, named.own, named.tiers, named.other,
    date(named.day * 86400, 'unixepoch') AS list_date,
    snapshot.as_of <> '' AS list_date_stated,
    named.day = newest.day AS in_newest_list,
    snapshot.as_of, named.day, named.snapshot_id
FROM named JOIN newest USING (source) JOIN snapshot ON snapshot.id = named.snapshot_id
"""

DROPPED = ("DROP VIEW current_usage", "DROP VIEW winning_snapshot")
MADE = (_SNAPSHOTS, _WINNING_SNAPSHOT, _COVERAGE_BY_DAY, _CURRENT_USAGE, _CURRENT_PRICES)
