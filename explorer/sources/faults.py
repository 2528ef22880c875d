"""The bad rows of one file: the first is named, the others are counted."""

from explorer.errors import ExplorerError
from explorer.words import Message, say

CAP = 1000
"""Reading stops after this many bad rows."""

_REMEDY = say("Correct the file or get it again; nothing of it was imported.")


class Faults:
    """Collects the bad rows of the file `name`, numbered by line where the format has lines, else by row."""

    def __init__(self, name: str, *, by_line: bool) -> None:
        self._name = name
        self.by_line = by_line
        self._first: tuple[int, Message] | None = None
        self._count = 0

    def add(self, number: int, why: Message) -> None:
        """Note that row or line `number` (from 1) is bad; raises ExplorerError when there are `CAP` of them."""
        self._first = self._first or (number, why)
        self._count += 1
        if self._count >= CAP:
            raise self._error(self._first)

    def settle(self) -> None:
        """Raise ExplorerError for the rows noted, if any."""
        if self._first is not None:
            raise self._error(self._first)

    def _error(self, first: tuple[int, Message]) -> ExplorerError:
        number, why = first
        if not self.by_line:
            why = say("row {number}: {why}", number=number, why=why)
        return ExplorerError(self._counted(why), remedy=_REMEDY, file=self._name, line=number if self.by_line else None)

    def _counted(self, why: Message) -> Message:
        if self._count == 1:
            return say("{why}.", why=why)
        if self._count < CAP:
            return say("{why} (the first of {count} bad rows).", why=why, count=self._count)
        return say("{why} (the first of at least {count} bad rows).", why=why, count=self._count)
