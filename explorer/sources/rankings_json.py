"""The keyless export of daily rankings as JSON: the rows of the CSV, with columns, row_count and methodology."""

from explorer.domain.snapshot import Snapshot
from explorer.progress import Progress
from explorer.sources import rankings_document
from explorer.sources.fields import date_of
from explorer.sources.json_text import Opening, opening
from explorer.sources.rankings_rows import COLUMNS

FORMAT = "rankings JSON"

_EXPORT_MEMBERS = {"columns", "row_count", "methodology", "source_pages"}
_EXPORT_FIELDS = {"rank", "share_of_daily_tokens"}


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is JSON with rows of rankings as the keyless export has them."""
    found = opening(head)
    return found is not None and is_export(found)


def is_export(found: Opening) -> bool:
    """Tell whether a document's first row has rank or share, or what is beside the rows tells the export."""
    if found.values:
        return any(date_of(value) for value in found.values)
    return found.fields.issuperset(COLUMNS) and bool(
        _EXPORT_MEMBERS.intersection(found.members) or _EXPORT_FIELDS.intersection(found.fields)
    )


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`; raises ExplorerError if the JSON is broken, a row bad or the count wrong."""
    return rankings_document.read(FORMAT, name, raw, progress)
