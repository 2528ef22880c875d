"""What stands around an exhibit's drawing in a picture: the table's own words, or those a person wrote instead."""

from dataclasses import replace

from explorer.domain.table import Table
from explorer.export.exhibit import Exhibit
from explorer.words import Message, say


def worded(exhibit: Exhibit) -> Table:
    """Return the table with title, subtitle and notes as they were written.

    Scope and filters stay: no number leaves the program without them.
    """
    caption = exhibit.table.caption
    written = replace(
        caption,
        title=_own(exhibit.title, caption.title),
        subtitle=_own(exhibit.subtitle, caption.subtitle),
        notes=exhibit.notes,
    )
    return replace(exhibit.table, caption=written)


def framed(exhibit: Exhibit) -> Table:
    """Return the table as `worded` does, the licence in its source line."""
    table = worded(exhibit)
    return replace(table, caption=replace(table.caption, source=say("{source}", source=exhibit.source)))


def _own(written: str | None, usual: Message) -> Message:
    return usual if written is None else say("{words}", words=" ".join(written.split()))
