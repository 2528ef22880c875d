"""Reading a PowerPoint template of the user's. No Qt."""

from pathlib import Path

from explorer.errors import ExplorerError
from explorer.sources.files import opened, unreadable
from explorer.words import Message, say

LARGEST = 200 << 20
"""Bytes that a template may take."""


def read(path: Path) -> bytes:
    """Return the bytes of a template; raises ExplorerError where it can't be read. What is in it the deck checks."""
    try:
        if path.is_dir():
            raise _refused(path, say("This is a folder."), say("Choose a file in it."))
        with opened(path) as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    if len(content) > LARGEST:
        what = say("This template is larger than {n} MB.", n=LARGEST >> 20)
        raise _refused(path, what, say("Choose a smaller one."))
    return content


def _refused(path: Path, what: Message, remedy: Message) -> ExplorerError:
    return ExplorerError(what, remedy=remedy, file=str(path))
