"""Files that no reader knows, read as any table. Loaded when the first such file comes."""

from explorer.domain.snapshot import Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources import any_table
from explorer.sources.any_table import NoTableError
from explorer.sources.unmapped import AnyTable, UnmappedError


class Otherwise:
    """Reads a file as any table; where it is none, the `fault` that no other reader takes it stands."""

    def __init__(self, tables: AnyTable, fault: ExplorerError | None) -> None:
        self._tables, self._fault = tables, fault

    def read(self, name: str, raw: bytes, progress: Progress, /) -> Snapshot:
        """Return the snapshot in the table; raises ExplorerError, and what `progress` raises."""
        try:
            return any_table.read(self._tables, name, raw, progress)
        except UnmappedError as error:
            if self._fault is not None and error.guess.finds_nothing and self._tables.guessing:
                raise self._fault from error
            raise
        except ExplorerError as error:
            no_table = isinstance(error, NoTableError) or not any_table.is_likely(name, raw)
            if self._fault is not None and no_table:
                raise self._fault from error
            raise


def reader(name: str, head: bytes, tables: AnyTable, fault: ExplorerError, *, has_lines: bool) -> Otherwise:
    """Return what reads a file that begins with `head` as a table; raises `fault` where it can't be one."""
    if any_table.is_binary(name, head):
        return Otherwise(tables, None)
    if has_lines and any_table.matches(name, head):
        return Otherwise(tables, fault)
    raise fault
