"""The keyless export of daily rankings as CSV: date, model_permaslug, rank, total_tokens, share_of_daily_tokens."""

from explorer.domain.snapshot import Snapshot
from explorer.progress import Progress
from explorer.sources import rankings_bulk, table
from explorer.sources.faults import Faults
from explorer.sources.rankings_rows import COLUMNS, Checked, check_rows, snapshot
from explorer.sources.text import BOM

FORMAT = "rankings CSV"


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is a table with a date, a permaslug and tokens."""
    return table.has_columns(head, COLUMNS)


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`; raises ExplorerError, with the line, if a row is bad."""
    progress(0.0)
    header = table.header_of(raw[: 1 << 20])
    usage = rankings_bulk.parse(raw.removeprefix(BOM), header) if len(raw) >= rankings_bulk.WORTH else None
    progress(0.5)
    checked = Checked(usage) if usage is not None else _exact(name, raw, progress)
    progress(0.9)
    result = snapshot(FORMAT, name, raw, checked)
    progress(1.0)
    return result


def _exact(name: str, raw: bytes, progress: Progress) -> Checked:
    faults = Faults(name, by_line=True)
    rows = ((line, (day, slug, tokens)) for line, (day, slug, tokens) in table.rows(name, raw, COLUMNS, faults))
    total = raw.count(b"\n")
    return check_rows(rows, faults, total, lambda done: progress(0.5 + 0.4 * done))
