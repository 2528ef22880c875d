"""The answer of the keyed API with daily rankings: date, model_permaslug and total_tokens, as_of under meta."""

from explorer.domain.snapshot import Snapshot
from explorer.progress import Progress
from explorer.sources import rankings_document
from explorer.sources.json_text import opening
from explorer.sources.rankings_json import is_export
from explorer.sources.rankings_rows import COLUMNS

FORMAT = "rankings API JSON"


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is JSON with rows of rankings and nothing of the export."""
    found = opening(head)
    return found is not None and found.fields.issuperset(COLUMNS) and not is_export(found)


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`; raises ExplorerError if the JSON is broken or a row is bad."""
    return rankings_document.read(FORMAT, name, raw, progress)
