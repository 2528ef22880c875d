"""What is not as it was when a saved view was made: snapshots that are lacking, another attribution, other data."""

from collections.abc import Iterator, Sequence

from explorer.domain import record as records
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Overrides
from explorer.domain.record import Cited, Record
from explorer.domain.selection import Source
from explorer.domain.snapshot import Provenance
from explorer.domain.units import exact
from explorer.words import Message, say

NAMED = 8
"""So many missing snapshots are named, the rest are counted."""
_HASH = 12
_DATA = {Source.RANKINGS: say("daily rankings"), Source.PUBLISHED: say("published figures")}


def differences(record: Record, latest: Dataset, held: Sequence[Provenance]) -> tuple[Message, ...]:
    """Return what differs between a record and a store, a line each: () where all is there as it was.

    `latest` is what the store shows as known today, `held` its snapshots.
    """
    return (
        *_other_data(record, latest),
        *_lacking(records.missing(record, held)),
        *_attribution(record.overrides, latest.origins.overrides),
    )


def _other_data(record: Record, latest: Dataset) -> Iterator[Message]:
    if record.selection.source is not latest.source:
        theirs, mine = _DATA[record.selection.source], _DATA[latest.source]
        yield say("It was made of {theirs}; this store has {mine}: the numbers are others.", theirs=theirs, mine=mine)


def _lacking(lacking: Sequence[Cited]) -> Iterator[Message]:
    if not lacking:
        return
    count = exact(len(lacking))
    one = say("It was made of a snapshot that this store lacks: numbers may differ.")
    many = say("It was made of {count} snapshots that this store lacks: numbers may differ.", count=count)
    yield one if len(lacking) == 1 else many
    for each in lacking[:NAMED]:
        yield say(
            "  {name}, {as_of}, sha256 {sha256}…",
            name=each.name,
            as_of=say("as of {day}", day=each.as_of) if each.as_of else say("as-of date not stated"),
            sha256=each.sha256[:_HASH],
        )
    if len(lacking) > NAMED:
        yield say("  and {count} more", count=exact(len(lacking) - NAMED))


def _attribution(theirs: Overrides, mine: Overrides) -> Iterator[Message]:
    if theirs == mine:
        return
    if not theirs:
        yield say("It was made without your own attribution ({mine}).", mine=_rows(mine))
    elif not mine:
        yield say("It was made with an attribution of its own ({theirs}).", theirs=_rows(theirs))
    else:
        text = "It was made with another attribution ({theirs}) than yours ({mine})."
        yield say(text, theirs=_rows(theirs), mine=_rows(mine))


def question(theirs: Overrides, mine: Overrides) -> Message:
    """Return what to ask where a record's attribution is another one than the user's, with what would be lost."""
    if not mine:
        return say("Use its attribution here too?")
    if not theirs:
        return say("Do without yours here too? It is then gone from this store.")
    return say("Use its attribution in the place of yours? Yours is then gone from this store.")


def _rows(overrides: Overrides) -> Message:
    count = len(overrides.origins) + len(overrides.reveals)
    return say("1 row") if count == 1 else say("{count} rows", count=exact(count))
