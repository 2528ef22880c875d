"""What a picture, a deck, a sheet or a workspace says of how it was made, so that it can be made again."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from explorer import __version__
from explorer.domain import selection_json
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origin, Overrides, Reveal
from explorer.domain.periods import Span
from explorer.domain.selection import Selection
from explorer.domain.snapshot import Provenance
from explorer.errors import ExplorerError
from explorer.words import Message, say

SCHEMA = 1
"""The version of the JSON; a program reads those up to its own."""
PROGRAM = f"Tokenshare Explorer {__version__}"
KEYWORD = "Tokenshare-Record"
"""What a record is found under in a file of another kind: a PNG's text, an element of an SVG, a line of text."""
LONGEST = 4 << 20
"""No record has more characters than this."""
_BEGINNING = re.compile(rf'{KEYWORD}: |^(?={{"citation":)', re.MULTILINE)
_FIRST, _LAST = date(1970, 1, 1), date(2099, 12, 31)
_COUNTRY = re.compile("[A-Z]{2}")
# JSON leaves these as they are, but some readers end a line at them.
_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\u0085\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A snapshot that is spoken of: its file's name, its bytes, as of when it is ("" where not stated), its licence."""

    name: str
    sha256: str
    as_of: str
    licence: str


@dataclass(frozen=True, slots=True)
class Record:
    """How something was made: the `view`'s key ("" for a whole window), the Selection and all that it was asked of.

    `citation` is the source line it carried, `licence` that of the data ("" where not stated), `program` who made it.
    """

    view: str
    selection: Selection
    snapshots: tuple[Cited, ...]
    overrides: Overrides
    citation: str
    licence: str
    program: str = PROGRAM


def of(view: str, dataset: Dataset, selection: Selection, citation: Message, licence: Message | None) -> Record:
    """Return the record of a view's table: `citation` is its source line, `licence` what it may be passed on under.

    Of snapshots of usage it names those that reach into the span, of others all, the oldest first: in which order
    they were imported makes no difference.
    """
    days = dataset.span(selection)
    made_of = [cited(each) for each in dataset.provenance if _reaches(each, days)]
    return Record(
        view,
        selection,
        tuple(sorted(made_of, key=lambda each: (each.as_of, each.name, each.sha256))),
        dataset.origins.overrides,
        str(citation),
        str(licence) if licence is not None else "",
    )


def _reaches(provenance: Provenance, days: Span | None) -> bool:
    if provenance.first_day is None or provenance.last_day is None or days is None:
        return True
    return Span(provenance.first_day, provenance.last_day).within(days) is not None


def cited(provenance: Provenance) -> Cited:
    """Return what a record keeps of a snapshot's provenance."""
    return Cited(provenance.name, provenance.sha256, provenance.as_of, provenance.licence)


def missing(record: Record, held: Iterable[Provenance]) -> tuple[Cited, ...]:
    """Return the snapshots that a record names and that are not among those of a store."""
    known = {each.sha256 for each in held}
    return tuple(each for each in record.snapshots if each.sha256 not in known)


def added(record: Record, dataset: Dataset) -> tuple[Provenance, ...]:
    """Return the snapshots that a dataset makes of the record's Selection today and that the record does not name."""
    known, days = {each.sha256 for each in record.snapshots}, dataset.span(record.selection)
    return tuple(each for each in dataset.provenance if each.sha256 not in known and _reaches(each, days))


def lines(record: Record) -> Iterator[Message]:
    """Yield a record as plain lines: who made it of what, and every dimension that is not as usual."""
    yield say("Made with {program}", program=record.program)
    if record.view:
        yield say("View: {view}", view=record.view)
    yield say("{citation}", citation=record.citation)
    if record.licence:
        yield say("{licence}", licence=record.licence)
    yield from basis(record)


def basis(record: Record) -> Iterator[Message]:
    """Yield what was asked of what, a line each: the Selection, the snapshots and the user's own attribution."""
    yield from selected(record.selection)
    for each in record.snapshots:
        yield say(
            "Snapshot: {name}, {as_of}, sha256 {sha256}",
            name=each.name,
            as_of=say("as of {day}", day=each.as_of) if each.as_of else say("as-of date not stated"),
            sha256=each.sha256,
        )
    for origin in record.overrides.origins:
        yield say(
            "Own attribution: {author} is {company}, {country}",
            author=origin.author,
            company=origin.company or say("nobody’s"),
            country=origin.country or say("no country"),
        )
    for reveal in record.overrides.reveals:
        yield say("Own reveal: {slug} is {author}’s", slug=reveal.slug, author=reveal.author or say("nobody"))


def selected(selection: Selection) -> Iterator[Message]:
    """Yield a selection's dimensions by name, those that are not as usual."""
    usual = selection_json.written(Selection())
    for name, value in selection_json.written(selection).items():
        if value != usual[name] or name in ("source", "grain", "scope"):
            yield say("Selected {name}: {value}", name=name, value=_flat(value, usual[name]))


def _flat(value: Any, usual: Any) -> str:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return ", ".join(f"{name} {_flat(each, usual[name])}" for name, each in pairs if each != usual[name])
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[Any]", value)))
    return str(value)


def text(record: Record) -> str:
    """Return a record as one line of JSON, the same for the same record."""
    made = json.dumps(written(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return made.translate(_LINE_ENDS)


def labelled(record: Record) -> str:
    """Return a record as a line of a text that has others: behind the keyword, as `unlabelled` finds it."""
    return f"{KEYWORD}: {text(record)}"


def unlabelled(lines: str) -> str | None:
    """Return the JSON of a record in some text, a line of it or behind the keyword; None where there is none."""
    begin = _BEGINNING.search(lines)
    if begin is None:
        return None
    rest = lines[begin.end() :]
    try:
        return rest[: json.JSONDecoder().raw_decode(rest)[1]]
    except (ValueError, RecursionError):
        return rest.partition("\n")[0]


def written(record: Record) -> dict[str, object]:
    """Return a record as values that JSON has."""
    return {
        "schema": SCHEMA,
        "program": record.program,
        "view": record.view,
        "selection": selection_json.written(record.selection),
        "snapshots": [
            {"name": each.name, "sha256": each.sha256, "as_of": each.as_of, "licence": each.licence}
            for each in record.snapshots
        ],
        "overrides": {
            "origins": [
                {
                    "author": row.author,
                    "company": row.company,
                    "country": row.country,
                    "valid_from": row.valid_from.isoformat(),
                    "note": row.note,
                }
                for row in record.overrides.origins
            ],
            "reveals": [
                {
                    "slug": row.slug,
                    "author": row.author,
                    "revealed": row.revealed.isoformat(),
                    "model": row.model,
                    "note": row.note,
                }
                for row in record.overrides.reveals
            ],
        },
        "citation": record.citation,
        "licence": record.licence,
    }


def read(source: str, name: str = "") -> Record:
    """Return the record in the JSON that `text` wrote; `name` is the file it was found in.

    Raises ExplorerError where it is none, where it was cut or changed, and where a newer program wrote it.
    """
    try:
        found = json.loads(source) if len(source) <= LONGEST else None
    except (ValueError, RecursionError):
        found = None
    return parsed(found, name)


def parsed(found: object, name: str = "") -> Record:
    """Return the record in JSON's values, as `read` does in its text."""
    if not isinstance(found, dict):
        raise _broken(name)
    values = cast("dict[str, Any]", found)
    schema = values.get("schema")
    if type(schema) is not int or schema < 1:
        raise _broken(name)
    if schema > SCHEMA:
        raise newer(name)
    try:
        made = Record(
            _word(values["view"]),
            selection_json.read(values["selection"]),
            tuple(
                Cited(*(_word(each[key]) for key in ("name", "sha256", "as_of", "licence")))
                for each in values["snapshots"]
            ),
            _overrides(values["overrides"]),
            _word(values["citation"]),
            _word(values["licence"]),
            _word(values["program"]),
        )
        _check_days(made.selection)
        text(made).encode()  # ValueError for half a character, which nothing could show
    except ExplorerError as error:
        raise ExplorerError(error.what, remedy=error.remedy, file=name or None) from error
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _broken(name) from None
    return made


def _check_days(selection: Selection) -> None:
    """Raise ValueError for days of another century: to draw each of a million periods would take for ever."""
    for days in (selection.span, selection.brush):
        if days is not None and not _FIRST <= days.start <= days.end <= _LAST:
            raise ValueError(days)


def _overrides(values: dict[str, Any]) -> Overrides:
    found = _rows(values)
    authors = [(row.author.encode().lower(), row.valid_from) for row in found.origins]
    slugs = [row.slug for row in found.reveals]
    sound = (
        all(row.author and (not row.country or _COUNTRY.fullmatch(row.country)) for row in found.origins)
        and all(slugs)
        and len(set(authors)) == len(authors)
        and len(set(slugs)) == len(slugs)
    )
    if not sound:
        raise ValueError("rows that no store has")
    return found


def _rows(values: dict[str, Any]) -> Overrides:
    return Overrides(
        tuple(
            Origin(
                _word(row["author"]),
                _word(row["company"]),
                _word(row["country"]),
                date.fromisoformat(row["valid_from"]),
                _word(row["note"]),
            )
            for row in values["origins"]
        ),
        tuple(
            Reveal(
                _word(row["slug"]),
                _word(row["author"]),
                date.fromisoformat(row["revealed"]),
                _word(row["model"]),
                _word(row["note"]),
            )
            for row in values["reveals"]
        ),
    )


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def newer(name: str) -> ExplorerError:
    """Return the error of what a newer program saved as the file `name`."""
    what = say("This was saved by a newer version of the program.")
    return ExplorerError(what, remedy=say("Update the program and open it again."), file=name or None)


def _broken(name: str) -> ExplorerError:
    return ExplorerError(
        say("What this file says of how it was made can't be read."),
        remedy=say("Choose a file that this program saved, as it was saved."),
        file=name or None,
    )
