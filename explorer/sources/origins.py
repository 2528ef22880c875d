"""The tables that come with the program: authors with their companies and countries, and the countries' names."""

import re
from pathlib import Path

from explorer.domain.origins import Origin
from explorer.errors import ExplorerError
from explorer.sources import table
from explorer.sources.faults import Faults
from explorer.sources.fields import date_of, not_a_day, shown
from explorer.words import Message, say

_ORIGINS = ("author", "company", "country", "valid_from", "note")
_COUNTRIES = ("code", "name")
_CODE = re.compile(r"[A-Z]{2}")


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
    return list(table.rows(path.name, raw, columns, faults))


def _not_a_code(code: str) -> Message:
    return say("the country {code} is not a two-letter code, or is there twice", code=shown(code))
