"""The rows of the attribution dialog: what the program says, what the user says instead, what is amiss. No Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.words import Message, say

Check = Callable[[str], Message | None]
"""Return what is wrong with a text, None where nothing is."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: its heading, what to write there, and the test of what was written."""

    title: Message
    hint: Message
    check: Check


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row, one a field; the first is its key, which can't be changed where the row is `fixed`."""

    values: tuple[str, ...]
    note: str = ""
    fixed: bool = False

    @property
    def key(self) -> str:
        """What the row is about, alike for all rows that are about the same."""
        return self.values[0].strip().casefold()

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it: then it says nothing."""
        return not any(text.strip() for text in self.values)


@dataclass(frozen=True, slots=True)
class Form:
    """What the rows of a sheet hold: their fields, which of them tell rows apart, and what to say of two alike."""

    fields: tuple[Field, ...]
    apart: tuple[int, ...]
    alike: Message


class Sheet:
    """The rows of one table while they are edited.

    As in the store, what the user says of a key stands in the place of all that the program says of it: when one row
    of a key is changed, all its rows are the user's.
    """

    def __init__(self, form: Form, bundled: Iterable[Row], own: Iterable[Row]) -> None:
        self.form = form
        self._bundled = _by_key(replace(row, fixed=True) for row in bundled)
        self.rows: list[Row] = []
        self.take(own)

    def take(self, own: Iterable[Row]) -> None:
        """Let `own` be all that the user says."""
        self.rows = [row for _, rows in sorted((self._bundled | self._claimed(own)).items()) for row in rows]

    def merge(self, rows: Iterable[Row]) -> None:
        """Let the user say `rows` too, in the place of what they said of the same keys."""
        together = _by_key(self.own()) | _by_key(rows)
        self.take(row for group in together.values() for row in group)

    def _claimed(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        """Return rows by key, the first of a key that the program has made fixed."""
        found = _by_key(rows)
        for key, group in found.items():
            group[0] = replace(group[0], fixed=key in self._bundled)
        return found

    def add(self) -> int:
        """Add an empty row and return where it is."""
        self.rows.append(Row(("",) * len(self.form.fields)))
        return len(self.rows) - 1

    def edit(self, index: int, field: int, text: str) -> None:
        """Change one text; a changed row loses its note, which speaks of what stood there."""
        row = self.rows[index]
        if text != row.values[field] and self.editable(index, field):
            self.rows[index] = replace(row, values=(*row.values[:field], text, *row.values[field + 1 :]), note="")

    def editable(self, index: int, field: int) -> bool:
        """Return whether a text can be changed."""
        return bool(field) or not self.rows[index].fixed

    def revert(self, index: int) -> None:
        """Put what the program says in the place of the row and all of its key; take a row away that it has not."""
        key = self.rows[index].key
        if key not in self._bundled:
            del self.rows[index]
            return
        first = next(i for i, row in enumerate(self.rows) if row.key == key)
        kept = [row for row in self.rows if row.key != key]
        self.rows = [*kept[:first], *self._bundled[key], *kept[first:]]

    def changed_keys(self) -> frozenset[str]:
        """Return the keys of which the user says something else than the program."""
        found = _by_key(row for row in self.rows if not row.blank)
        return frozenset(key for key, rows in found.items() if _said(rows) != _said(self._bundled.get(key, ())))

    def own(self) -> list[Row]:
        """Return the rows that are the user's, cleaned of spaces around."""
        changed = self.changed_keys()
        cleaned = (replace(row, values=tuple(text.strip() for text in row.values)) for row in self.rows)
        return [row for row in cleaned if row.key in changed and not row.blank]

    def problems(self) -> Mapping[int, Mapping[int, Message]]:
        """Return what is wrong with the user's rows: row → field → sentence; nothing where all is well."""
        changed = self.changed_keys()
        met: set[tuple[str, ...]] = set()
        found: dict[int, dict[int, Message]] = {}
        for index, row in enumerate(self.rows):
            if row.key not in changed or row.blank:
                continue
            amiss = {
                place: sentence
                for place, (field, text) in enumerate(zip(self.form.fields, row.values, strict=True))
                if (sentence := field.check(text.strip()))
            }
            identity = tuple(row.values[place].strip().casefold() for place in self.form.apart)
            if identity in met:
                amiss.setdefault(self.form.apart[-1], self.form.alike)
            met.add(identity)
            if amiss:
                found[index] = amiss
        return found


def said_of(rows: int, amiss: int) -> Message:
    """Return how many rows are the user's, and how many of them can't be kept as they are."""
    own = say("1 row is yours") if rows == 1 else say("{n} rows are yours", n=rows)
    return say("{own}, {amiss} to correct", own=own, amiss=amiss) if amiss else own


def _by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _said(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return sorted(tuple(text.strip() for text in row.values) for row in rows)
