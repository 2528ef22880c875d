"""The tables that come with the program: whose models are whose, who was behind anonymous ones, countries' names."""

import re
from pathlib import Path

from explorer.domain.origins import Origin, Reveal
from explorer.domain.slugs import parse
from explorer.errors import ExplorerError
from explorer.sources import table
from explorer.sources.faults import Faults
from explorer.sources.fields import date_of, day_of, not_a_day, shown
from explorer.words import Message, say

_ORIGINS = ("author", "company", "country", "valid_from", "note")
_REVEALS = ("slug", "author", "model", "revealed", "note")
_COUNTRIES = ("code", "name")
_CODE = re.compile(r"[A-Z]{2}")
_DEFUSED = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")


def read_origins(path: Path) -> tuple[Origin, ...]:
    """Return the origins at `path` in file order; country "" is unattributed.

    Raises ExplorerError, with the line, where a row is bad or an author is there twice for one date.
    """
    found: dict[tuple[str, str], Origin] = {}
    faults = Faults(path.name, by_line=True)
    for line, (author, company, country, valid_from, note) in _rows(path, _ORIGINS, faults):
        since = date_of(valid_from)
        if since is None:
            faults.add(line, not_a_day(valid_from))
        elif not author or (author.lower(), valid_from) in found:
            faults.add(line, say("the author {author} is empty or there twice", author=shown(author)))
        elif country and not _CODE.fullmatch(country):
            faults.add(line, _not_a_code(country))
        else:
            found[author.lower(), valid_from] = Origin(author, company, country, since, note)
    faults.settle()
    return tuple(found.values())


def read_reveals(path: Path) -> tuple[Reveal, ...]:
    """Return the reveals of anonymous models at `path` in file order; an empty author takes a reveal back.

    Raises ExplorerError, with the line, where a row is bad or a slug is there twice.
    """
    found: dict[str, Reveal] = {}
    faults = Faults(path.name, by_line=True)
    for line, (slug, author, model, revealed, note) in _rows(path, _REVEALS, faults):
        on = date_of(revealed)
        if on is None or day_of(revealed) is None:
            faults.add(line, not_a_day(revealed))
        elif not _is_bare(slug):
            faults.add(line, say("the slug {slug} is not author/model without date and variant", slug=shown(slug)))
        elif slug in found:
            faults.add(line, say("the slug {slug} is there twice", slug=shown(slug)))
        else:
            found[slug] = Reveal(slug, author, on, model, note)
    faults.settle()
    return tuple(found.values())


def read_countries(path: Path) -> dict[str, str]:
    """Return the English names of the countries at `path` by ISO 3166 alpha-2 code; raises ExplorerError."""
    names: dict[str, str] = {}
    faults = Faults(path.name, by_line=True)
    for line, (code, name) in _rows(path, _COUNTRIES, faults):
        if not _CODE.fullmatch(code) or code in names:
            faults.add(line, _not_a_code(code))
        elif not name:
            faults.add(line, say("the country {code} has no name", code=code))
        else:
            names[code] = name
    faults.settle()
    return names


def _rows(path: Path, columns: tuple[str, ...], faults: Faults) -> list[tuple[int, tuple[str, ...]]]:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise ExplorerError(
            say("The table can't be read: {reason}.", reason=fault.strerror or type(fault).__name__),
            remedy=say("Install the program again or put the file back."),
            file=path.name,
        ) from fault
    if not table.has_columns(raw, columns):
        raise ExplorerError(
            say("The columns have to be {columns}.", columns=", ".join(columns)),
            remedy=say("Correct the first line."),
            file=path.name,
            line=1,
        )
    rows = table.rows(path.name, raw, columns, faults)
    return [(line, tuple(_plain(value) for value in values)) for line, values in rows]


def _is_bare(slug: str) -> bool:
    # Reveals are looked up by what is left of a permaslug without suffix and variant: any other slug is never found.
    parts = parse(slug)
    return bool(parts.author and parts.family) and slug == f"{parts.author}/{parts.family}"


def _plain(value: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return value[1:] if _DEFUSED.match(value) else value


def _not_a_code(code: str) -> Message:
    return say("the country {code} is not a two-letter code, or is there twice", code=shown(code))
