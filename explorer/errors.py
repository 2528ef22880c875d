"""What can go wrong that a person can mend. Any other exception that reaches the top is a bug."""

from explorer.words import Message


class ExplorerError(Exception):
    """Something the user can mend: what happened, where, and what to do about it."""

    def __init__(self, what: Message, *, remedy: Message, file: str | None = None, line: int | None = None) -> None:
        super().__init__(what, remedy, file, line)
        self.what = what
        self.remedy = remedy
        self.file = file
        self.line = line

    @property
    def where(self) -> Message | None:
        """File and line as a label, or None where the trouble is in no file."""
        if self.file is None:
            return None
        if self.line is None:
            return Message("{file}", (("file", self.file),))
        return Message("{file}, line {line}", (("file", self.file), ("line", self.line)))

    @property
    def sentence(self) -> Message:
        """One line: where, what happened, what to do."""
        if self.where is None:
            return Message("{what} {remedy}", (("what", self.what), ("remedy", self.remedy)))
        return Message(
            "{where}: {what} {remedy}", (("where", self.where), ("what", self.what), ("remedy", self.remedy))
        )

    def __str__(self) -> str:
        return str(self.sentence)


class Cancelled(Exception):  # noqa: N818 - it is no error: the person asked for it
    """Raised by a progress callback to stop work; whoever catches it leaves nothing behind."""
