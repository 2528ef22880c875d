"""What leaves the program together: a view's table, the look of its chart, what is said of it and how it was made."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from explorer.domain import record as records
from explorer.domain.dataset import Dataset
from explorer.domain.record import Record
from explorer.domain.selection import Selection
from explorer.domain.table import Kind, Table
from explorer.export.letters import one_line
from explorer.export.marks import stays
from explorer.export.recording import record_of
from explorer.style import Style
from explorer.words import Message, say

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""When a file is said to be of whose data states no date: the first day that a ZIP archive knows."""


@dataclass(frozen=True, eq=False, slots=True)
class Exhibit:
    """A view's `table`, in the order and with the rows that are shown, for a slide or a sheet.

    `title`, `subtitle` and `footnote` are what a person wrote instead of what the table says, None where nothing; the
    footnote stands for the notes, never for those that explain marks, the user's own attribution among them, nor for
    scope, filters, source and licence. `countries` names country codes.
    """

    view: str
    table: Table
    record: Record
    style: Style = field(default_factory=Style)
    title: str | None = None
    subtitle: str | None = None
    footnote: str | None = None
    countries: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def heading(self) -> str:
        """The title: the finding."""
        return one_line(str(self.table.caption.title) if self.title is None else self.title)

    @property
    def counted(self) -> str:
        """The subtitle: what is counted, in which unit and window."""
        return one_line(str(self.table.caption.subtitle) if self.subtitle is None else self.subtitle)

    @property
    def unsaid(self) -> tuple[Message, ...]:
        """What the table says is counted, its window included, where a person's own subtitle doesn't say so."""
        own = self.table.caption.subtitle
        return () if one_line(str(own)) in self.counted else (own,)

    @property
    def citation(self) -> str:
        """The source line, as-of date included."""
        return str(self.table.caption.source) or self.record.citation

    @property
    def source(self) -> str:
        """The citation and the licence: what no copy may go without."""
        return " ".join(words for words in (self.citation, self.record.licence) if words)

    @property
    def notes(self) -> tuple[Message, ...]:
        """The notes: the table's, or those of them that explain what is drawn and then the footnote."""
        if self.footnote is None:
            return self.table.caption.notes
        words = one_line(self.footnote)
        written = (say("{words}", words=words),) if words else ()
        return (*filter(stays, self.table.caption.notes), *written)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What a reader must know besides, the least important last: what is counted, scope, filters, notes."""
        return self.caveats_but(frozenset())

    def caveats_but(self, templates: frozenset[str]) -> tuple[str, ...]:
        """Return the caveats, but the notes made from some templates."""
        caption = self.table.caption
        scope = say("Scope: {scope}.", scope=caption.scope)
        filters = (say("Filter: {filter}.", filter=each) for each in caption.filters)
        notes = (each for each in self.notes if each.template not in templates)
        counted = (say("Counted: {what}.", what=each) for each in self.unsaid)
        return tuple(one_line(str(each)) for each in (*counted, scope, *filters, *notes))

    @property
    def spoken(self) -> str:
        """The sentence that stands for the picture: its alternative text."""
        caption = self.table.caption
        return one_line(str(caption.sentence)) or f"{self.heading}: {self.counted}."

    @property
    def provenance(self) -> tuple[str, ...]:
        """Everything that is said of the table and of how it was made, line by line."""
        caption = self.table.caption
        said: tuple[Message, ...] = (
            caption.title,
            caption.sentence,
            say("Counted: {what}", what=caption.subtitle),
            say("Scope: {scope}", scope=caption.scope),
            *(say("Filter: {filter}", filter=each) for each in caption.filters),
            *(say("Note: {note}", note=each) for each in caption.notes),
            *records.lines(self.record),
        )
        return tuple(words for each in said if (words := one_line(str(each))))


def of(view: str, table: Table, dataset: Dataset, selection: Selection, style: Style | None = None) -> Exhibit:
    """Return the exhibit of a view's table as the dataset and the Selection made it."""
    codes = {str(code) for code in table.values.get("country", ())}
    return Exhibit(
        view,
        table,
        record_of(view, dataset, selection, table),
        style or Style(),
        countries={code: dataset.origins.country_name(code) for code in sorted(codes) if code},
    )


def dated(*made: Record) -> datetime:
    """Return the newest stated as-of of some records, so that a file's own date does not depend on the clock."""
    stated = [each.as_of for record in made for each in record.snapshots if each.as_of]
    if not stated:
        return LONG_AGO
    newest = datetime.fromisoformat(max(stated))
    return newest.astimezone(UTC) if newest.tzinfo else newest.replace(tzinfo=UTC)


INTEGERS = frozenset({Kind.RANK, Kind.RANK_CHANGE, Kind.TOKENS, Kind.TOKENS_CHANGE})
"""What a column of floats holds integers of, None where there is none."""


def plain(value: Any) -> Any:
    """Return a value as Python's own, a day as a date; None for nothing, NaN and infinity. An integer stays one."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]")
    if hasattr(value, "item"):
        value = value.item()
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
