"""Published figures: our own table of numbers as they were printed, each with its source."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from math import isfinite

from explorer.domain.schema import QUALIFIERS, Figure, to_day
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
OPTIONAL = ("qualifier", "note", "model")
"""Columns of ours that a file may lack."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is a table with all columns of published figures."""
    return table.has_columns(head, COLUMNS)


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`; columns beyond ours are passed over.

    A figure keeps its unit and its value as written: "27.0" says more than "27". Raises ExplorerError, with the
    line, where a value is no plain number, a date no date, a qualifier none of QUALIFIERS or an id there twice.
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
    qualifier: str = "",
    note: str = "",
    model: str = "",
) -> Figure | Message:
    """Return one figure, or why the row is none."""
    days = _days(start, end)
    if isinstance(days, Message):
        return days
    if not key.strip() or not entity.strip():
        return say("id or entity is empty")
    if not _NUMBER.fullmatch(value) or not isfinite(float(value)):
        return _not_a_number(value)
    if qualifier not in QUALIFIERS:
        return _not_a_qualifier(qualifier)
    return Figure(
        id=key,
        window=window,
        start=days[0],
        end=days[1],
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
        printed=value,
        qualifier=qualifier,
    )


def _days(start: str, end: str) -> tuple[date | None, date | None] | Message:
    """Return first and last day of a window, None for an empty text, or why they are none."""
    first, last = date_of(start), date_of(end)
    for written, found in ((start, first), (end, last)):
        if written and found is None:
            return not_a_day(written)
    if first and last and first > last:
        return say("the window ends on {end}, before it starts on {start}", end=end, start=start)
    return first, last


def _not_a_number(value: str) -> Message:
    return say(
        "the value {value} is not a plain number such as 1234.5, without thousands separators or a unit",
        value=shown(value),
    )


def _not_a_qualifier(qualifier: str) -> Message:
    known = ", ".join(filter(None, QUALIFIERS))
    return say("the qualifier {qualifier} is none of {known}", qualifier=shown(qualifier), known=known)
