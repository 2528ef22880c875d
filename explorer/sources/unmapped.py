"""How tables of no format of their own are to be read, and what is raised where a person must say what they mean.

Light: the reading itself, in `any_table`, is loaded only for such a table.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from explorer.domain.column_mapping import Mapping
from explorer.errors import ExplorerError
from explorer.words import Message, say

if TYPE_CHECKING:
    from explorer.sources.any_table.grid import Grid
    from explorer.sources.any_table.guessing import Guess

Mappings = Callable[[tuple[str, ...]], Mapping | None]
"""Return the mapping that is known for a heading, None where there is none."""


def no_mappings(_heading: tuple[str, ...]) -> Mapping | None:
    """Know no mapping for any heading."""
    return None


@dataclass(frozen=True, slots=True)
class AnyTable:
    """How a table that no other reader knows is read.

    It goes by the mapping that is `known` for a heading, else by a guess that leaves no doubt; without `guessing` a
    person is always asked about a heading that is not known. Days after `today`, where given, leave the guess in doubt.
    """

    known: Mappings = no_mappings
    guessing: bool = True
    today: date | None = None


class UnmappedError(ExplorerError):
    """A table whose columns a person must map: `table` is what was read, `guess` what its columns seem to be."""

    def __init__(self, table: "Grid", guessed: "Guess") -> None:
        self.table, self.guess = table, guessed
        super().__init__(_what(guessed), remedy=_remedy(table, guessed), file=table.name)


def columns_of(table: "Grid") -> str:
    """Return the first names in the heading of a table."""
    return ", ".join(table.heading[:8]) + (", …" if len(table.heading) > 8 else "")


def _what(guessed: "Guess") -> Message:
    if not guessed.doubts:
        return say("A table with this heading was never imported before.")
    doubt, *more = guessed.doubts
    words = doubt.words
    if doubt.answers:
        answers = " or ".join(Mapping(**{doubt.about: each}).text for each in doubt.answers)
        words = say("{question} Say {answers}.", question=doubt.words, answers=answers)
    text = "The columns of this table are not certain. {doubt}"
    if more:
        text = "The columns of this table are not certain. {doubt} ({more} more to settle.)"
    return say(text, doubt=words, more=len(more))


def _remedy(table: "Grid", guessed: "Guess") -> Message:
    columns = columns_of(table)
    if not guessed.mapping.columns:
        return say("Say what its columns are (--map date=…,model=…,tokens=…); it has {columns}.", columns=columns)
    open_fields = {doubt.about: "" for doubt in guessed.doubts if doubt.answers}
    return say(
        "Check this and add what is missing: --map '{mapping}'; it has {columns}.",
        mapping=replace(guessed.mapping, **open_fields).text,
        columns=columns,
    )
