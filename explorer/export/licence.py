"""Under which licence a table may be passed on."""

from explorer.domain.dataset import Dataset
from explorer.domain.selection import Source
from explorer.domain.table import Kind, Table
from explorer.words import Message, say


def licence(dataset: Dataset, table: Table) -> Message | None:
    """Return the licence line of the rankings in `table`; None where it holds none, or their licence is not stated."""
    if dataset.source is not Source.RANKINGS or all(column.kind is not Kind.TOKENS for column in table.columns):
        return None
    stated = sorted({p.licence for p in dataset.provenance if p.last_day is not None and p.licence})
    return say("Licensed under {licences}.", licences=", ".join(stated)) if stated else None
