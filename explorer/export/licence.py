"""Under which licence a table may be passed on."""

from explorer.domain.dataset import Dataset
from explorer.domain.selection import Source
from explorer.domain.table import Table
from explorer.words import Message, say

_RANKINGS = "openrouter.ai/rankings"
"""What every citation of them has in it."""


def licence(dataset: Dataset, table: Table) -> Message | None:
    """Return the licence line of the rankings that `table` cites; None where it cites none, or no licence is stated."""
    if dataset.source is not Source.RANKINGS or _RANKINGS not in str(table.caption.source):
        return None
    stated = sorted({p.licence for p in dataset.provenance if p.last_day is not None and p.licence})
    return say("Licensed under {licences}.", licences=", ".join(stated)) if stated else None
