"""The snapshots behind all numbers: what each holds, where it comes from, and on how many days it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from explorer.domain import attribution_notes
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.periods import Span
from explorer.domain.schema import to_date
from explorer.domain.selection import Selection, Variants
from explorer.domain.sentences import cited
from explorer.domain.snapshot import IMPORTED, Provenance
from explorer.domain.snapshot_days import Cover, State, cover, runs
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import exact
from explorer.domain.wording import number_words, span_words
from explorer.errors import ExplorerError
from explorer.words import Message, say

COLUMNS = (
    Column("name", say("File"), Kind.TEXT, say("The name of the file that came in")),
    Column("format", say("Format"), Kind.TEXT, say("What kind of file it is")),
    Column("source", say("Source"), Kind.TEXT, say("Who published it")),
    Column("as_of", say("As of"), Kind.DATE, say("The day of which its numbers are")),
    Column("basis", say("As-of basis"), Kind.TEXT, say("How the as-of date is known")),
    Column("first_day", say("First day"), Kind.DATE, say("The first UTC day with rows")),
    Column("last_day", say("Last day"), Kind.DATE, say("The last UTC day with rows")),
    Column("days", say("Days"), Kind.RANK, say("UTC days with rows")),
    Column("days_shown", say("Shown"), Kind.RANK, say("Days of which this snapshot's rows show")),
    Column("days_alone", say("Alone"), Kind.RANK, say("Days that no other snapshot covers")),
    Column("rows", say("Rows"), Kind.RANK, say("Rows of the file that were kept")),
    Column("licence", say("Licence"), Kind.TEXT, say("The licence that the file states or its publisher gives")),
    Column("as_of_stated", say("As of, in full"), Kind.TEXT, say("The as-of time as the file has it")),
    Column("imported_at", say("Imported"), Kind.TEXT, say("When it came into the store, UTC")),
    Column("sha256", say("SHA-256"), Kind.TEXT, say("What its bytes hash to: the same bytes, the same snapshot")),
)
_MOST_GAPS = 4
"""So many runs of days without data are named, the rest are counted."""


@dataclass(frozen=True, eq=False, slots=True)
class SnapshotTable(Table):
    """The snapshots, newest first, with what their calendar is drawn from.

    `cover` holds the days of all of them, `called` what a snapshot is called by its sha256; `brush` are the days that
    the Selection brushes.
    """

    cover: Cover = field(default_factory=lambda: Cover((), {}))
    brush: Span | None = None
    called: tuple[tuple[str, str], ...] = ()


def table(dataset: Dataset, selection: Selection) -> SnapshotTable:
    """Return every snapshot behind the dataset, of its vintage; those that show on brushed days are marked."""
    whole, brush = dataset.read(Known.NOW, Variants.APART), selection.brush
    try:
        found = _table(whole)
    except ExplorerError as error:
        return unread(whole, error)
    if brush is None or not found.cover.days:
        return found
    shown = found.cover.shown_in(brush)
    text = "marked: what shows, {days}" if shown else "nothing shows, {days}"
    words = say(text, days=span_words(brush))
    caption = replace(found.caption, filters=(*found.caption.filters, words))
    return replace(found, brush=brush, marked=shown, caption=caption)


def reading(dataset: Dataset) -> SnapshotTable:
    """Return a table without rows that says that the snapshots are being read."""
    return _without_rows(dataset, say("Reading {n} snapshots …", n=exact(len(dataset.provenance))))


def unread(dataset: Dataset, error: ExplorerError) -> SnapshotTable:
    """Return a table without rows that says why the snapshots can't be read; it may pass."""
    return replace(_without_rows(dataset, error.sentence), passing=True)


def _without_rows(dataset: Dataset, why: Message) -> SnapshotTable:
    n = len(dataset.provenance)
    none: dict[str, tuple[object, ...]] = {column.key: () for column in COLUMNS}
    caption = Caption(
        say("Which snapshots are there?"),
        say("files that came in"),
        say("{n} snapshots", n=exact(n)),
        dataset.citation(dataset.cube.days or Span(0, 0)),
        filters=attribution_notes.readings(dataset),
    )
    return SnapshotTable(COLUMNS, none, (), caption, empty=why)


@lru_cache(maxsize=4)
def _table(dataset: Dataset) -> SnapshotTable:
    listed = sorted(dataset.provenance, key=lambda each: each.age, reverse=True)
    covered = cover(dataset)
    cells = [_cells(each, covered) for each in listed]
    return SnapshotTable(
        COLUMNS,
        {column.key: tuple(cell[column.key] for cell in cells) for column in COLUMNS},
        tuple(each.sha256 for each in listed),
        _caption(dataset, listed, covered),
        empty=None if listed else dataset.no_data(),
        cover=covered,
        called=tuple((each.sha256, each.name) for each in listed),
    )


def loss(dataset: Dataset, sha256: str) -> tuple[Message, ...]:
    """Return what would not be shown any more, or be shown as other snapshots have it, without one of the snapshots."""
    try:
        covered = cover(dataset)
    except ExplorerError:
        return ()  # what can't be read can't be counted
    if sha256 not in covered.of:
        return (say("Its prices or figures will not count any more."),)
    alone, shown = covered.alone(sha256), covered.shown(sha256)
    found: list[Message] = []
    if alone:
        days = ", ".join(span_words(run) for run in runs(alone)[:_MOST_GAPS])
        text = "Lost from view: {n} that no other snapshot covers, {days}."
        if len(runs(alone)) > _MOST_GAPS:
            text = "Lost from view: {n} that no other snapshot covers, {days} and more."
        n = say("1 day") if len(alone) == 1 else say("{n} days", n=exact(len(alone)))
        found.append(say(text, n=n, days=days))
    if others := shown - len(alone):
        n = say("1 day") if others == 1 else say("{n} days", n=exact(others))
        found.append(say("As other snapshots have it: {n}.", n=n))
    return tuple(found) or (say("Nothing that is shown depends on it."),)


def _cells(snapshot: Provenance, covered: Cover) -> dict[str, object]:
    days = covered.of.get(snapshot.sha256)
    return {
        "name": snapshot.name,
        "format": snapshot.format,
        "source": snapshot.source,
        "as_of": date.fromisoformat(snapshot.as_of[:10]) if snapshot.as_of else None,
        "basis": snapshot.basis.value,
        "first_day": None if snapshot.first_day is None else to_date(snapshot.first_day),
        "last_day": None if snapshot.last_day is None else to_date(snapshot.last_day),
        "days": None if days is None else len(days),
        "days_shown": None if days is None else covered.shown(snapshot.sha256),
        "days_alone": None if days is None else len(covered.alone(snapshot.sha256)),
        "rows": snapshot.rows,
        "licence": snapshot.licence,
        "as_of_stated": snapshot.as_of,
        "imported_at": snapshot.imported_at,
        "sha256": snapshot.sha256,
    }


_ORDER = say("files that came in, newest as-of first; of a day that several cover, the newest as-of shows")
_ORDER_WITH_TABLES = say(
    "files that came in, newest as-of first; of a day that several cover, the newest as-of shows, an imported table "
    "only where OpenRouter says nothing"
)


def _caption(dataset: Dataset, listed: Sequence[Provenance], covered: Cover) -> Caption:
    days = dataset.cube.days
    return Caption(
        _title(listed, covered),
        _ORDER_WITH_TABLES if any(each.format == IMPORTED for each in listed) else _ORDER,
        _scope(covered),
        dataset.citation(days or Span(0, 0)),
        _notes(covered),
        attribution_notes.readings(dataset),
        _sentence(dataset, listed, covered),
    )


def _span(covered: Cover) -> Span:
    return Span(covered.days[0].day, covered.days[-1].day)


def _title(listed: Sequence[Provenance], covered: Cover) -> Message:
    if not listed:
        return say("Which snapshots are there?")
    files = say("1 snapshot") if len(listed) == 1 else say("{n} snapshots", n=exact(len(listed)))
    if not covered.days:
        return say("{files}, none of them rankings", files=files)
    missing = covered.count(State.GAP)
    if not missing:
        return say("{files}: every day covered, {span}", files=files, span=span_words(_span(covered)))
    return say(
        "{files}: {n} missing, {span}",
        files=files,
        n=say("1 day") if missing == 1 else say("{n} days", n=exact(missing)),
        span=span_words(_span(covered)),
    )


def _scope(covered: Cover) -> Message:
    if not covered.days:
        return say("no day is covered")
    several = sum(len(each.snapshots) > 1 for each in covered.days)
    return say(
        "{covered} of {all} days covered, {several} by several, {restated} of these restated",
        covered=exact(len(covered.days) - covered.count(State.GAP)),
        all=exact(len(covered.days)),
        several=exact(several),
        restated=exact(covered.count(State.RESTATED)),
    )


def _notes(covered: Cover) -> tuple[Message, ...]:
    found: list[Message] = []
    if gaps := covered.gaps:
        named = ", ".join(span_words(gap) for gap in gaps[:_MOST_GAPS])
        more = len(gaps) - _MOST_GAPS
        found.append(
            say("No snapshot covers {gaps} and {n} more runs of days.", gaps=named, n=exact(more))
            if more > 0
            else say("No snapshot covers {gaps}.", gaps=named)
        )
    if live := [each.day for each in covered.days if each.state is State.LIVE]:
        named = ", ".join(span_words(run) for run in runs(live))
        found.append(say("Not over when its snapshot was taken: {days}.", days=named))
    return tuple(found)


def _sentence(dataset: Dataset, listed: Sequence[Provenance], covered: Cover) -> Message:
    if not listed or not covered.days:
        return say("")
    span, missing = _span(covered), covered.count(State.GAP)
    n = sum(each.last_day is not None for each in listed)
    text = "{n} of rankings {cover} {covered} of the {days} days from {first} to {last}, {missing} missing {source}."
    if not missing:
        text = "{n} of rankings {cover} all {days} days from {first} to {last} {source}."
    return say(
        text,
        n=say("One snapshot") if n == 1 else say("{n} snapshots", n=exact(n)),
        cover=say("covers") if n == 1 else say("cover"),
        covered=exact(len(covered.days) - missing),
        days=exact(len(covered.days)),
        first=span_words(Span(span.first, span.first), full=True),
        last=span_words(Span(span.last, span.last), full=True),
        missing=number_words(missing),
        source=cited(dataset, span, attributed=False),
    )
