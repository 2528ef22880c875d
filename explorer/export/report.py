"""What an import did and what a store holds, in words."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.schema import to_date
from explorer.domain.selection import Source
from explorer.domain.snapshot import Basis, ImportReport, Provenance, Skipped
from explorer.words import Message, say

SKIPPED_SHOWN, GAPS_SHOWN = 10, 20
"""How many skipped rows and how many gaps are named; the rest are counted."""
RANKINGS_URL = "https://openrouter.ai/api/v1/datasets/exports/rankings-daily/latest.csv"


def imported(report: ImportReport) -> Iterator[Message]:
    """Yield what an import did, a line each."""
    about = report.provenance
    if report.duplicate:
        yield say("{file}: already there since {when}, nothing changed", file=about.name, when=about.imported_at)
        return
    yield say(
        "{file}: {format}, {as_of}; rows read: {rows}{days}",
        file=about.name,
        format=say(about.format),
        rows=about.rows + len(report.skipped),
        days=_days(about, report.days),
        as_of=as_of(about),
    )
    yield say(
        "  new: {new}, restated: {restated}, unchanged: {unchanged}, skipped: {skipped}",
        new=report.new,
        restated=report.restated,
        unchanged=report.unchanged,
        skipped=len(report.skipped),
    )
    for note in report.notes:
        yield say("  {note}", note=note)
    yield from _skipped(report.skipped)


def _skipped(rows: tuple[Skipped, ...]) -> Iterator[Message]:
    for row in rows[:SKIPPED_SHOWN]:
        yield say("  skipped {place}: {reason}", place=row.place, reason=row.reason)
    if len(rows) > SKIPPED_SHOWN:
        yield say("  and {count} more skipped", count=len(rows) - SKIPPED_SHOWN)


def _days(about: Provenance, count: int) -> Message:
    if about.first_day is None or about.last_day is None:
        return say("")
    return say("; days: {count}, {first} to {last}", count=count, **_ends(Span(about.first_day, about.last_day)))


def _ends(window: Span) -> dict[str, str]:
    return {"first": to_date(window.first).isoformat(), "last": to_date(window.last).isoformat()}


def as_of(about: Provenance) -> Message:
    """Return the as-of of a snapshot and how it is known."""
    if about.basis is Basis.UNKNOWN:
        return say("as-of date not stated")
    return say("as of {when} ({basis})", when=about.as_of, basis=say(about.basis.value))


def contents(path: Path, snapshots: tuple[Provenance, ...], shown: Dataset) -> Iterator[Message]:
    """Yield what the store at `path` holds, a line each; `shown` is the dataset made of it."""
    if not snapshots:
        yield say("Store: {path} (nothing imported yet)", path=path)
    else:
        yield say("Store: {path}; snapshots: {count}", path=path, count=len(snapshots))
    for about in snapshots:
        yield from _snapshot(about)
    days = shown.cube.days
    if shown.source is Source.RANKINGS and days is not None:
        yield from _rankings(shown, days)
        return
    yield say("Shown: published figures, as printed in the press; figures: {count}", count=len(shown.figures))
    yield say("For daily rankings get {url}", url=RANKINGS_URL)
    yield say("and import it: tokenshare import latest.csv")


def _snapshot(about: Provenance) -> Iterator[Message]:
    yield say("  {name}: {format}, {as_of}", name=about.name, format=about.format, as_of=as_of(about))
    held = say("rows: {rows}", rows=about.rows)
    if about.first_day is not None and about.last_day is not None:
        held = say("rows: {rows}, {first} to {last}", rows=about.rows, **_ends(Span(about.first_day, about.last_day)))
    yield say(
        "    {held}; licence {licence}; imported {when}; sha256 {sha256}",
        held=held,
        licence=about.licence or say("not stated"),
        when=about.imported_at,
        sha256=about.sha256[:12],
    )


def _rankings(shown: Dataset, days: Span) -> Iterator[Message]:
    present = shown.cube.present
    yield say(
        "Rankings: {first} to {last}; days with data: {count}; models: {models}",
        count=int(np.count_nonzero(present)),
        models=len(shown.cube.models),
        **_ends(days),
    )
    missing = gaps(present, days.first)
    for window in missing[:GAPS_SHOWN]:
        yield say("  no data: {first} to {last}; days: {count}", count=len(window), **_ends(window))
    if len(missing) > GAPS_SHOWN:
        yield say("  and {count} more gaps", count=len(missing) - GAPS_SHOWN)
    yield shown.citation(days)


def gaps(present: NDArray[np.bool_], first_day: int) -> list[Span]:
    """Return the runs of days without data; `present` bool (days,) begins on day number `first_day`."""
    edges = np.diff(np.concatenate(([True], present, [True])).astype(np.int8))
    starts, stops = np.flatnonzero(edges == -1).tolist(), np.flatnonzero(edges == 1).tolist()
    return [Span(first_day + start, first_day + stop - 1) for start, stop in zip(starts, stops, strict=True)]
