"""The guess: what the columns of a table are by their names, held against their values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from explorer.domain.column_mapping import COUNTED, DECIMALS, PRICE_UNITS, PRICED, ROLES, TOKEN_UNITS, Mapping
from explorer.domain.schema import to_date, to_day
from explorer.sources.any_table import dates, headings, numbers
from explorer.sources.any_table.grid import Cell, Grid
from explorer.words import Message, say

_LOOKED_AT = 5000
"""Rows whose values are looked at, and different values of dates; all of them where they are few."""
_ROUNDED = Decimal("0.001")
"""Part of a table's total by which rounded counts may fail to add up."""
_LARGEST_PER_TOKEN = 0.005
"""US dollars; no token is that dear."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person must settle: the field of the mapping it is about ("" for the whole), and the question.

    `answers` are what that field can be, as a mapping is written; () where the heading tells.
    """

    about: str
    words: Message
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns seem to be, and the `doubts` that a person must settle; without any it can be used as it is."""

    mapping: Mapping
    doubts: tuple[Doubt, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.doubts

    @property
    def finds_nothing(self) -> bool:
        """Whether no column's name says anything of models, dates, tokens or prices."""
        return not self.mapping.columns


def guess(table: Grid, today: date | None = None) -> Guess:
    """Return what the columns of a table seem to be, with everything in doubt that its names or values leave open.

    Days after `today`, where given, are in doubt too.
    """
    found, doubts = _named(table)
    total = ""
    if {"prompt", "completion"} <= found.keys():
        total = found.pop("tokens", "")
    elif "tokens" in found:
        found = {role: name for role, name in found.items() if role not in ("prompt", "completion", "reasoning")}
    mapping = Mapping(**found)
    mapping, more = _with_formats(table, mapping)
    doubts += more
    doubts += _future(table, mapping, today) if today is not None and not doubts else []
    doubts += _total(table, mapping, total) if total else []
    fault = mapping.fault(table.heading)
    if fault is not None:
        doubts.insert(0, Doubt("", fault))
    return Guess(mapping, tuple(doubts))


def filled_in(table: Grid, mapping: Mapping) -> tuple[Mapping, tuple[Doubt, ...]]:
    """Return a mapping with the formats that it leaves open told by the values, and what they leave in doubt."""
    filled, doubts = _with_formats(table, mapping)
    return filled, tuple(doubts)


def _named(table: Grid) -> tuple[dict[str, str], list[Doubt]]:
    """Return the one column of each role, and doubts for the roles that several columns could be."""
    found: dict[str, str] = {}
    doubts: list[Doubt] = []
    for role in ROLES:
        fitting = [name for name in table.heading if headings.role_of(name) == role and _suits(table, name, role)]
        if len(fitting) > 1 and role in ("model", "variant", "date", "tokens"):
            fitting = _exactly(fitting, role) or fitting
        if fitting:
            found[role] = fitting[0]
        if len(fitting) > 1:
            columns = ", ".join(f'"{name}"' for name in fitting)
            words = say("Which column is the {role}: {columns}?", role=_ROLE_WORDS[role], columns=columns)
            doubts.append(Doubt(role, words))
    return found, doubts


_ROLE_WORDS = {
    "date": say("date"),
    "model": say("model"),
    "variant": say("variant"),
    "tokens": say("tokens"),
    "prompt": say("prompt tokens"),
    "completion": say("completion tokens"),
    "reasoning": say("reasoning tokens"),
    "input_price": say("input price"),
    "output_price": say("output price"),
}
_USUAL = {
    "model": ("model", "model_permaslug", "permaslug", "model_id", "model id", "slug"),
    "date": ("date", "day"),
    "tokens": ("total_tokens", "total tokens", "tokens"),
    "variant": ("variant",),
}


def _exactly(names: Sequence[str], role: str) -> list[str]:
    """Return the one of some names that goes by the most usual name of a role."""
    for usual in _USUAL[role]:
        same = [name for name in names if name.strip().lower() == usual]
        if same:
            return same[:1]
    return []


def _suits(table: Grid, name: str, role: str) -> bool:
    """Tell whether a column's first values can be of a role; a column of blanks can be of none."""
    values = _values(table, name)
    if not values:
        return False
    if role in COUNTED or role in PRICED:
        return sum(map(numbers.is_number, values)) * 2 > len(values)
    return role == "date" or any(isinstance(value, str) for value in values)


def _values(table: Grid, name: str) -> list[Cell]:
    """Return values of a column without blanks, from rows all over the table."""
    place, step = table.heading.index(name), max(len(table.rows) // _LOOKED_AT, 1)
    return [value for _, values in table.rows[::step] if (value := values[place]) is not None]


def _with_formats(table: Grid, mapping: Mapping) -> tuple[Mapping, list[Doubt]]:
    columns = {role: name for role, name in mapping.columns.items() if name in table.heading}
    doubts: list[Doubt] = []
    changes: dict[str, str] = {}
    if "date" in columns and not mapping.date_format:
        changes["date_format"], doubt = _date_format(table, columns["date"])
        doubts += doubt
    counted = [name for role, name in columns.items() if role in COUNTED]
    priced = [name for role, name in columns.items() if role in PRICED]
    if counted and not mapping.token_unit:
        changes["token_unit"], doubt = _one(map(headings.token_unit, counted), counted)
        doubts += doubt
    if not mapping.decimal and (counted or priced):
        whole = not (mapping.token_unit or changes.get("token_unit"))
        changes["decimal"], doubt = _decimal(table, counted, priced, whole=whole)
        doubts += doubt
    if priced and not mapping.price_unit:
        decimal = mapping.decimal or changes.get("decimal", "")
        changes["price_unit"], doubt = _price_unit(table, priced, decimal)
        doubts += doubt
    return replace(mapping, **changes), doubts


def _date_format(table: Grid, column: str) -> tuple[str, list[Doubt]]:
    """Return how a column writes days; what is no day in any format is left to be said of its row."""
    values = _distinct(table, column)
    if dates.are_dates(values):
        return "", []
    written = {value for value in values if not isinstance(value, date)}
    days = {value for value in written if any(dates.day_of(value, key) is not None for key in dates.KEYS)}
    if len(days) * 2 < len(written) or not days:
        words = say("The values of {column} are no dates this program can read.", column=f'"{column}"')
        return "", [Doubt("date_format", words)]
    keys = dates.fitting(days) or _most(days)
    if len(keys) == 1:
        return keys[0], []
    example = min(str(value) for value in days if not _same_day(value, keys))
    words = say("Which day is {example}? It can be read in more than one way.", example=f'"{example}"')
    return keys[0], [Doubt("date_format", words, keys)]


def _distinct(table: Grid, column: str) -> list[Cell]:
    """Return the first different values of a column, without blanks."""
    found: dict[Cell, None] = {}
    for value in table.column(column):
        if value is not None:
            found[value] = None
            if len(found) == _LOOKED_AT:
                break
    return list(found)


def _future(table: Grid, mapping: Mapping, today: date) -> list[Doubt]:
    """Return a doubt of how the column of dates is read where that gives days that are yet to come."""
    if not mapping.date_format:
        return []
    last = to_day(today)
    late = (
        (value, day)
        for value in _distinct(table, mapping.date)
        if (day := dates.day_of(value, mapping.date_format)) is not None and day > last
    )
    first = next(late, None)
    if first is None:
        return []
    value, day = first
    words = say("Read as “{format}”, {value} is {day}, which is yet to come.", **_read_as(mapping, value, day))
    return [Doubt("date_format", words, (mapping.date_format,))]


def _read_as(mapping: Mapping, value: Cell, day: int) -> dict[str, object]:
    return {"format": dates.BY_KEY[mapping.date_format].words, "value": f'"{value}"', "day": to_date(day)}


def _total(table: Grid, mapping: Mapping, total: str) -> list[Doubt]:
    """Return a doubt where a table's own total is, but for rounding, not prompt and completion together."""
    names = {"prompt": mapping.prompt, "completion": mapping.completion, "total": total}
    places = {role: (table.heading.index(name), TOKEN_UNITS[headings.token_unit(name)]) for role, name in names.items()}
    step = max(len(table.rows) // _LOOKED_AT, 1)
    rows: list[tuple[Decimal, Decimal, int]] = []
    for number, values in table.rows[::step]:
        read = {role: numbers.number_of(values[place], mapping.decimal) for role, (place, _) in places.items()}
        counts = {role: each * places[role][1] for role, each in read.items() if each is not None}
        if len(counts) == len(names):
            rows.append((counts["prompt"] + counts["completion"], counts["total"], number))
    parts, wholes = sum(part for part, _, _ in rows), sum(whole for _, whole, _ in rows)
    if abs(wholes - parts) <= _ROUNDED * wholes:
        return []
    part, whole, number = max(rows, key=lambda row: abs(row[1] - row[0]))
    words = say(
        "{total} is not {prompt} plus {completion}: row {number} has {whole}, not {part}. Which are the tokens?",
        number=number,
        whole=f"{whole:f}",
        part=f"{part:f}",
        **{role: f'"{name}"' for role, name in names.items()},
    )
    return [Doubt("tokens", words)]


def _most(days: Collection[Cell]) -> tuple[str, ...]:
    """Return the formats that read most of some values, several only where they read them as different days."""
    counts = {key: sum(dates.day_of(value, key) is not None for value in days) for key in dates.KEYS}
    most = [key for key, count in counts.items() if count == max(counts.values())]
    return tuple(key for key in most if key == most[0] or any(not _same_day(value, (most[0], key)) for value in days))


def _same_day(value: Cell, keys: Iterable[str]) -> bool:
    return len({dates.day_of(value, key) for key in keys}) == 1


def _decimal(table: Grid, counted: Sequence[str], priced: Sequence[str], *, whole: bool) -> tuple[str, list[Doubt]]:
    """Return the decimal mark by which all columns are numbers; a point where it makes no difference or none fits."""
    left, differ, alike = frozenset(DECIMALS), False, True
    for name in (*counted, *priced):
        values = [value for value in _values(table, name) if numbers.is_number(value)]
        left &= numbers.decimals(values, whole=whole and name in counted)
        differ = differ or any(map(numbers.says_the_mark, values))
        alike = alike and all(map(numbers.could_be_thousands, values))
    # Where no value is without a mark, a count that looks grouped may as well be a fraction of an unnamed unit.
    if differ and (len(left) == 2 or (left and alike)):
        words = say("Is the comma a decimal mark or does it part thousands?")
        return ".", [Doubt("decimal", words, DECIMALS)]
    return next(iter(left)) if len(left) == 1 else ".", []


def _one(units: Iterable[str], columns: Sequence[str]) -> tuple[str, list[Doubt]]:
    found = sorted(set(units))
    if len(found) == 1:
        return found[0], []
    words = say("The columns {columns} state different units of tokens.", columns=", ".join(columns))
    return "", [Doubt("token_unit", words)]


def _price_unit(table: Grid, priced: Sequence[str], decimal: str) -> tuple[str, list[Doubt]]:
    """Return for how many tokens prices are: by their names, else what is likely by their values, and to be asked."""
    stated = {headings.price_unit(name) for name in priced}
    if len(stated) == 1 and stated != {""}:
        return stated.pop(), []
    read = (numbers.number_of(value, decimal) for name in priced for value in _values(table, name))
    paid = [float(number) for number in read if number is not None and number > 0]
    likely = "token" if paid and max(paid) < _LARGEST_PER_TOKEN else "million"
    words = say("Are the prices for a token, a thousand or a million?")
    return likely, [Doubt("price_unit", words, tuple(PRICE_UNITS))]
