"""A snapshot: what one file says, and where that comes from."""

from dataclasses import dataclass
from enum import StrEnum

from explorer.domain.schema import DatedPrices, DatedScores, Figure, SplitFrame, UsageFrame, to_date
from explorer.words import Message, say

OPENROUTER = "OpenRouter"
LICENCE = "CC BY 4.0"
UNSTATED = ""
IMPORTED = "imported table"
"""Format and source of a table that is of no format of its own: what its columns mean, a mapping says."""


class Basis(StrEnum):
    """How the `as_of` of a snapshot is known."""

    STATED = "stated in the file"
    FILE_NAME = "from the file's name"
    UNKNOWN = "not stated"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a snapshot comes from.

    `format` is the reader's name, `name` the file's. `as_of` is an ISO date or UTC timestamp, "" where unknown:
    it is never invented. `first_day` and `last_day` bound the days of a rankings snapshot, else None.
    `imported_at` is an ISO UTC timestamp, "" before the store has it.
    """

    format: str
    name: str
    source: str
    as_of: str
    basis: Basis
    sha256: str
    licence: str
    citation: str
    rows: int
    first_day: int | None = None
    last_day: int | None = None
    imported_at: str = ""

    @property
    def vintage(self) -> str:
        """The text that orders snapshots: `as_of`, or the last day in the data, which it can't be older than."""
        if self.as_of or self.last_day is None:
            return self.as_of
        return to_date(self.last_day).isoformat()

    @property
    def age(self) -> tuple[str, str]:
        """What orders snapshots from the oldest to the newest; equal vintages go by sha256."""
        return self.vintage, self.sha256

    @property
    def seniority(self) -> tuple[bool, str, str]:
        """What orders snapshots so that of several that speak of one day the last one counts, as in the store.

        An imported table counts only where nothing of OpenRouter's does, however new it is.
        """
        return self.format != IMPORTED, *self.age


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that says nothing a store can keep, left out with its reason.

    `line` counts lines of the file from 1, or rows of its data where they are not lines of their own.
    """

    line: int
    reason: Message
    by_line: bool = True

    @property
    def place(self) -> Message:
        """Where the row is: "line 4" or "row 4"."""
        return say("line {n}", n=self.line) if self.by_line else say("row {n}", n=self.line)


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """One file's frames, its bytes as they came in, and its provenance.

    One of usage, prices and figures is set; a list of prices may carry `scores` of its models, and usage the `split`
    of its tokens. An imported table may have both usage and prices.
    """

    provenance: Provenance
    raw: bytes
    usage: UsageFrame | None = None
    prices: DatedPrices | None = None
    figures: tuple[Figure, ...] = ()
    scores: DatedScores | None = None
    skipped: tuple[Skipped, ...] = ()
    split: SplitFrame | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What the store did with one snapshot. Counts are rows; `days` the snapshot's days.

    `new` rows are for (day, model) the store did not have; `restated` ones differ from what it showed before;
    `unchanged` ones say the same again. `duplicate` means the very same bytes were there already: nothing changed.
    `notes` say what else must be known, such as which of two sources counts.
    """

    provenance: Provenance
    days: int = 0
    new: int = 0
    restated: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    duplicate: bool = False
    notes: tuple[Message, ...] = ()


def rankings_citation(as_of: str, data_to: str) -> str:
    """Return the citation upstream asks for; where `as_of` is unknown it says so and names the last day instead."""
    when = f"as of {as_of}" if as_of else f"as-of date not stated, data to {data_to}"
    return f"Source: OpenRouter (openrouter.ai/rankings), {when}."


def imported_citation(name: str, as_of: str, data_to: str) -> str:
    """Return the source line of a table imported from the file `name`; `data_to` is its last day, "" without days."""
    when = f"as of {as_of}" if as_of else "as-of date not stated"
    until = f", data to {data_to}" if data_to and not as_of else ""
    return f"Source: {name} ({IMPORTED}), {when}{until}."
