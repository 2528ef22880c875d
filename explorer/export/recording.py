"""How a view's table was made, for what leaves the program with it."""

from explorer.domain import compared, record
from explorer.domain.dataset import Dataset
from explorer.domain.record import Record
from explorer.domain.selection import Selection
from explorer.domain.table import Table
from explorer.export.licence import licence


def record_of(view: str, dataset: Dataset, selection: Selection, table: Table) -> Record:
    """Return the record of a view's table as `dataset` and `selection` made it, with its source line."""
    exact = compared.named(dataset, selection) if view == "restatements" else selection
    return record.of(view, dataset, exact, table.caption.source, licence(dataset, table))
