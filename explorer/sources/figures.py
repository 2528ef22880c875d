"""Published figures: our own table of numbers as they were printed, each with its source."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from math import isfinite

from explorer.domain.schema import Figure, to_day
from explorer.domain.snapshot import UNSTATED, Provenance, Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources import table
from explorer.sources.as_of import as_of
from explorer.sources.faults import Faults
from explorer.sources.fields import date_of, not_a_day, shown
from explorer.words import Message, say

FORMAT = "published figures"
SOURCE = "Published figures"
CITATION = "Figures as printed; the source of each stands in its row."
COLUMNS = (
    "id",
    "window_as_published",
    "window_start",
    "window_end",
    "scope_as_published",
    "entity",
    "measure",
    "value",
    "unit",
    "source_title",
    "publisher",
    "source_date",
)
OPTIONAL = ("note", "model")
"""Columns of ours that a file may lack."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is a table with all columns of published figures."""
    return table.has_columns(head, COLUMNS)


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`; columns beyond ours are passed over.

    Raises ExplorerError, with the line, where a value is no number, a date no date or an id there twice.
    """
    progress(0.0)
    faults = Faults(name, by_line=True)
    figures = tuple(_figures(name, raw, faults))
    faults.settle()
    progress(0.8)
    if not figures:
        remedy = say("Choose a file with data, or get it again.")
        raise ExplorerError(say("It holds no figures."), remedy=remedy, file=name)
    when, basis = as_of(name, (), max((to_day(f.end) for f in figures if f.end), default=None))
    provenance = Provenance(
        format=FORMAT,
        name=name,
        source=SOURCE,
        as_of=when,
        basis=basis,
        sha256=hashlib.sha256(raw).hexdigest(),
        licence=UNSTATED,
        citation=CITATION,
        rows=len(figures),
    )
    progress(1.0)
    return Snapshot(provenance, raw, figures=figures)


def _figures(name: str, raw: bytes, faults: Faults) -> Iterator[Figure]:
    seen: set[str] = set()
    header = table.header_of(raw[: table.LONGEST_LINE])
    extra = [column for column in OPTIONAL if header.count(column) == 1]
    for line, values in table.rows(name, raw, (*COLUMNS, *extra), faults):
        further = dict(zip(extra, values[len(COLUMNS) :], strict=True))
        figure = _figure(*values[: len(COLUMNS)], **further)
        if isinstance(figure, Message):
            faults.add(line, figure)
        elif figure.id in seen:
            faults.add(line, say("the id {id} is there twice", id=shown(figure.id)))
        else:
            seen.add(figure.id)
            yield figure


def _figure(
    key: str,
    window: str,
    start: str,
    end: str,
    scope: str,
    entity: str,
    measure: str,
    value: str,
    unit: str,
    title: str,
    publisher: str,
    published: str,
    note: str = "",
    model: str = "",
) -> Figure | Message:
    """Return one figure, or why the row is none."""
    first, last = _maybe_date(start), _maybe_date(end)
    for written, found in ((start, first), (end, last)):
        if found is _BAD:
            return not_a_day(written)
    if first and last and first > last:
        return say("the window ends on {end}, before it starts on {start}", end=end, start=start)
    if not key.strip() or not entity.strip():
        return say("id or entity is empty")
    if not _NUMBER.fullmatch(value) or not isfinite(float(value)):
        return say("the value {value} is not a number", value=shown(value))
    return Figure(
        id=key,
        window=window,
        start=first,
        end=last,
        scope=scope,
        entity=entity,
        measure=measure,
        value=float(value),
        unit=unit,
        title=title,
        publisher=publisher,
        published=published,
        note=note,
        model=model,
    )


_BAD = date.max


def _maybe_date(text: str) -> date | None:
    """Return a date, None for an empty text, `_BAD` for anything else."""
    return (date_of(text) or _BAD) if text else None
