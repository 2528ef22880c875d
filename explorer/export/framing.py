"""What stands around an exhibit's drawing in a picture: the table's own words, or those a person wrote instead."""

from dataclasses import replace

from explorer.domain.table import Table
from explorer.export.exhibit import Exhibit
from explorer.words import say


def worded(exhibit: Exhibit) -> Table:
    """Return the table with title, subtitle and notes as they were written.

    What is counted and when, scope and filters stay: no number leaves the program without them.
    """
    caption = exhibit.table.caption
    title = caption.title if exhibit.title is None else say("{words}", words=exhibit.heading)
    subtitle = caption.subtitle if exhibit.subtitle is None else say("{words}", words=exhibit.counted)
    filters = (*exhibit.unsaid, *caption.filters)
    changed = replace(caption, title=title, subtitle=subtitle, filters=filters, notes=exhibit.notes)
    return replace(exhibit.table, caption=changed)


def recorded(exhibit: Exhibit) -> Table:
    """Return the table as its values are to be read: under the written title, subtitle and footnote as further notes.

    All that the view says stays.
    """
    caption = exhibit.table.caption
    title = caption.title if exhibit.title is None else say("{words}", words=exhibit.heading)
    written = tuple(say("{words}", words=words) for words in (exhibit.subtitle, exhibit.footnote) if words)
    return replace(exhibit.table, caption=replace(caption, title=title, notes=(*caption.notes, *written)))


def framed(exhibit: Exhibit) -> Table:
    """Return the table as `worded` does, the licence in its source line."""
    table = worded(exhibit)
    return replace(table, caption=replace(table.caption, source=say("{source}", source=exhibit.source)))
