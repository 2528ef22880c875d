"""A workspace: a view of the data to return to, and where its parts are on screen."""

from dataclasses import dataclass

from explorer.domain.record import Record

FORMAT = "tokenshare-workspace"
"""What a workspace's file says that it is."""
SCHEMA = 1
"""The version of the file; a program reads those up to its own."""
SUFFIX = ".tokenshare"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the views are: `state` as the window system keeps it, and the same in words for where that can't be used.

    `size` is the window's, width and height in pixels. `open` are the keys of the views that are not closed, `seen`
    those of them that are not behind another one's tab; `current` is the one that the keyboard was in last.
    """

    state: bytes = b""
    size: tuple[int, int] = (0, 0)
    open: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    current: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A saved view: its title, what was asked of which data, and the layout."""

    title: str
    record: Record
    layout: Layout = Layout()
