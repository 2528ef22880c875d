"""A table: what a view shows, what its picture is drawn from, and what its CSV holds. One and the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from explorer.words import Message, say


class Kind(Enum):
    """What the values of a column are, hence how they are printed and aligned.

    A SHARE is between 0 and 1; a PART of a change may be negative, or more than the whole. A PRICE is US dollars per
    million tokens, MONEY is US dollars.
    """

    TEXT = auto()
    DATE = auto()
    RANK = auto()
    RANK_CHANGE = auto()
    TOKENS = auto()
    TOKENS_CHANGE = auto()
    SHARE = auto()
    PART = auto()
    CHANGE = auto()
    PRICE = auto()
    MONEY = auto()
    RATIO = auto()
    NUMBER = auto()
    FLAG = auto()
    SERIES = auto()


NUMERIC = frozenset(Kind) - {Kind.TEXT, Kind.DATE, Kind.FLAG, Kind.SERIES}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` heads it in a CSV, `label` on screen, `tip` says what exactly is counted."""

    key: str
    label: Message
    kind: Kind
    tip: Message = field(default_factory=lambda: say(""))


@dataclass(frozen=True, slots=True)
class Caption:
    """What a table says about itself: without it no number leaves the program.

    `title` the question or finding; `subtitle` what is counted, in which unit and window; `scope` of what the
    shares are shares, with its denominator; `source` citation and as-of; `notes` caveats; `filters` what else
    narrows it; `sentence` the same as one plain sentence to paste, "" where there is nothing to say.
    """

    title: Message
    subtitle: Message
    scope: Message
    source: Message
    notes: tuple[Message, ...] = ()
    filters: tuple[Message, ...] = ()
    sentence: Message = field(default_factory=lambda: say(""))


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Named, typed columns of equal length.

    `values` maps a column's key to a sequence (str, int, float, date, bool; None or NaN where there is nothing).
    `ids` identifies the rows: model ids, or group keys. `marked` holds the ids that the Selection names; empty
    means all alike. `empty` is the sentence shown in place of rows. `series` columns are drawn, not exported. `names`
    are what the screen calls the rows where their ids are long, () where it has no other names. `passing` says that
    `empty` tells of a fault that may pass: the table is to be made anew when it is asked for again.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, Sequence[object]]
    ids: tuple[str, ...]
    caption: Caption
    marked: frozenset[str] = frozenset()
    empty: Message | None = None
    names: tuple[str, ...] = ()
    passing: bool = field(default=False, kw_only=True)

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, key: str) -> Column:
        """Return the column headed `key`; KeyError if there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def exported(self) -> tuple[Column, ...]:
        """The columns a CSV holds: all but those that are only drawn."""
        return tuple(c for c in self.columns if c.kind is not Kind.SERIES)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield the exported values row by row."""
        return zip(*(self.values[c.key] for c in self.exported), strict=True)
