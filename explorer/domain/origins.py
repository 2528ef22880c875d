"""Whose model it is: author → company → country, as the table of origins has it on a date."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from explorer.domain.slugs import parse

UNATTRIBUTED = "Unattributed"
"""The group of everything whose country or author is not known; never guessed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """From `valid_from` on, models of `author` are by `company` in `country` (ISO 3166 alpha-2, "" if unknown)."""

    author: str
    company: str
    country: str
    valid_from: date
    note: str = ""


class Origins:
    """The table of origins, looked up by author and date."""

    def __init__(self, rows: Iterable[Origin], country_names: Mapping[str, str] | None = None) -> None:
        self._rows: dict[str, list[Origin]] = {}
        for row in sorted(rows, key=lambda r: r.valid_from):
            self._rows.setdefault(row.author.lower(), []).append(row)
        self._names = dict(country_names or {})
        self._changes = sorted(row.valid_from for rows in self._rows.values() for row in rows[1:])

    def of(self, permaslug: str, on: date) -> Origin:
        """Return the origin of a model on a date; an unknown author has neither company nor country.

        A date before an author's first row takes that first row: an author is not known to have moved since.
        """
        author = parse(permaslug).author
        rows = self._rows.get(author)
        if not rows:
            return Origin(author, "", "", on)
        held = [row for row in rows if row.valid_from <= on]
        return held[-1] if held else rows[0]

    def epoch(self, on: date) -> int:
        """Return a number that is the same for all dates between which no author's origin changes."""
        return bisect_right(self._changes, on)

    def country_name(self, code: str) -> str:
        """Return the English name of a country code, the code itself where the table has no name."""
        return self._names.get(code, code)

    def country_code(self, entity: str) -> str:
        """Return the country code of a code, a name or "US"; "" for what is no country."""
        if entity in self._names:
            return entity
        return next((code for code, name in self._names.items() if name == entity), "")
