"""What sets one view of rows apart from another: its columns, its words, and where a click on a row leads."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping
from explorer.domain.table import Column, Table
from explorer.session import Session
from explorer.words import Message, say

Act = Callable[[Session, Table, int, bool], None]
"""What a click or Return on a row does: (session, the domain's own table, the row in it, whether Ctrl is held)."""
Tip = Callable[[Table, int, Any], Message]
"""What a cell says when pointed at: (table, row, value)."""


def more_rows(n: int) -> Message:
    """Return the words for `n` rows that a picture leaves out."""
    return say("… and 1 more row") if n == 1 else say("… and {n} more rows", n=n)


@dataclass(frozen=True, slots=True)
class Profile:
    """A view of rows: its key in TABLES, its `title`, and its columns by key.

    `order` from left to right, others after them in the table's own order; `named_by` identifies a row: always shown,
    never scrolled away, and given the room that is left. `hidden` show only when asked for; `dropped` are left out of
    a picture too narrow for all, the most dispensable first. `wide` hold sentences, elided where room is short, and
    `firm` a few words, never elided. `in_menu` is what columns are called where their heads are too terse; `tips` what
    their cells say when pointed at, where that is not what their kind says. `more` says how many rows a picture leaves
    out. `dims` says whether what is not marked fades, `points` whether the current row is outlined at all times, since
    keys and menus do something with it.
    """

    view: str
    title: Message
    named_by: str
    act: Act
    order: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    dropped: tuple[str, ...] = ()
    wide: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    in_menu: Mapping[str, Message] = field(default_factory=dict[str, Message])
    tips: Mapping[str, Tip] = field(default_factory=dict[str, Tip])
    more: Callable[[int], Message] = more_rows
    dims: bool = True
    points: bool = False

    def shown(self, table: Table, hidden: Collection[str] | None = None) -> tuple[Column, ...]:
        """Return the columns to show from left to right: all but the `hidden`, or but those hidden at first."""
        hidden = self.hidden if hidden is None else hidden
        place = {key: i for i, key in enumerate(self.order)}
        ordered = sorted(table.columns, key=lambda column: place.get(column.key, len(place)))
        return tuple(column for column in ordered if column.key not in hidden)


def mark_model(session: Session, table: Table, row: int, add: bool) -> None:
    """Mark the model of a row in every view; the unnamed rest is none."""
    if table.ids[row] != OTHER:
        session.select(session.selection.mark(Grouping.MODEL, table.ids[row], add=add))


def more_models(n: int) -> Message:
    """Return the words for `n` models that a picture leaves out."""
    return say("… and 1 more model") if n == 1 else say("… and {n} more models", n=n)
