"""Whose model it is: author → company → country, as the table of origins has it on a date."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from explorer.domain.slugs import parse

UNATTRIBUTED = "Unattributed"
"""The group of everything whose country or author is not known; never guessed."""


class Known(StrEnum):
    """Whether an anonymous model counts as whose it turned out to be, or as whose it was known to be at the time."""

    NOW = "now"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Origin:
    """From `valid_from` on, models of `author` are by `company` in `country` (ISO 3166 alpha-2, "" if unknown)."""

    author: str
    company: str
    country: str
    valid_from: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reveal:
    """On `revealed` the anonymous model `slug` (no release suffix, no variant) was said to be by `author`.

    `model` is the OpenRouter id of the model it was, "" where not certain.
    """

    slug: str
    author: str
    revealed: date
    model: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says instead of the tables that come with the program.

    A row for an author replaces all rows of that author; a reveal replaces the one of its slug, and one without an
    author takes it away.
    """

    origins: tuple[Origin, ...] = ()
    reveals: tuple[Reveal, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.origins or self.reveals)


class Origins:
    """The tables of origins and of reveals, looked up by model and date."""

    def __init__(
        self,
        rows: Iterable[Origin],
        country_names: Mapping[str, str] | None = None,
        reveals: Iterable[Reveal] = (),
        *,
        known: Known = Known.NOW,
        overrides: Overrides | None = None,
    ) -> None:
        self.rows, self.reveals = tuple(rows), tuple(reveals)
        self.known, self.overrides = known, overrides or Overrides()
        self._names = dict(country_names or {})
        self._rows = _by_author(self.rows) | _by_author(self.overrides.origins)
        said = {_bare(reveal.slug): reveal for reveal in (*self.reveals, *self.overrides.reveals)}
        self._reveals = {slug: reveal for slug, reveal in said.items() if reveal.author}
        self._changes = sorted(
            [row.valid_from for rows in self._rows.values() for row in rows[1:]]
            + [reveal.revealed for reveal in self._reveals.values() if known is Known.THEN]
        )

    def as_known(self, known: Known) -> "Origins":
        """Return the same tables, read as known now or as known at the time."""
        return Origins(self.rows, self._names, self.reveals, known=known, overrides=self.overrides)

    def overridden(self, overrides: Overrides) -> "Origins":
        """Return the same tables with other overrides."""
        return Origins(self.rows, self._names, self.reveals, known=self.known, overrides=overrides)

    def reveal(self, permaslug: str) -> Reveal | None:
        """Return what is known today of an anonymous model; None for a model that has an author or never got one."""
        return self._reveals.get(_bare(permaslug))

    def author(self, permaslug: str, on: date) -> str:
        """Return the author slug a model counts with on a date: a revealed author, else the slug's own."""
        reveal = self.reveal(permaslug)
        if reveal is not None and (self.known is Known.NOW or reveal.revealed <= on):
            return reveal.author.lower()
        return parse(permaslug).author

    def of(self, permaslug: str, on: date) -> Origin:
        """Return the origin of a model on a date; an unknown author has neither company nor country.

        A date before an author's first row takes that first row: an author is not known to have moved since.
        """
        author = self.author(permaslug, on)
        rows = self._rows.get(author)
        if not rows:
            return Origin(author, "", "", on)
        held = [row for row in rows if row.valid_from <= on]
        return held[-1] if held else rows[0]

    def company(self, author: str) -> str:
        """Return what an author's company was called last, the author slug itself where the table has none."""
        rows = self._rows.get(author)
        return (rows[-1].company if rows else "") or author

    def epoch(self, on: date) -> int:
        """Return a number that is the same for all dates between which no model's origin changes."""
        return bisect_right(self._changes, on)

    def country_name(self, code: str) -> str:
        """Return the English name of a country code, the code itself where the table has no name."""
        return self._names.get(code, code)

    def country_code(self, entity: str) -> str:
        """Return the country code of a code, a name or "US"; "" for what is no country."""
        wanted = entity.casefold()
        return next((code for code, name in self._names.items() if wanted in (code.casefold(), name.casefold())), "")


def _bare(permaslug: str) -> str:
    slug = parse(permaslug)
    return f"{slug.author}/{slug.family}"


def _by_author(rows: Iterable[Origin]) -> dict[str, list[Origin]]:
    found: dict[str, list[Origin]] = {}
    for row in sorted(rows, key=lambda r: r.valid_from):
        found.setdefault(row.author.lower(), []).append(row)
    return found
