"""Days as tables write them: the formats, which of them a column can be in, and reading one value by one of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from explorer.domain.schema import to_day
from explorer.sources.any_table.grid import Cell
from explorer.words import Message, say

_FIRST, _LAST = to_day(date(2020, 1, 1)), to_day(date(2099, 12, 31))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL_ZERO = date(1899, 12, 30)
_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm])?)?"


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way to write a day: its key in a mapping, what a person reads, and the reading itself (None: it is none)."""

    key: str
    words: Message
    read: Callable[[str], date | None]


def _by(pattern: str, order: str) -> Callable[[str], date | None]:
    """Return a reader of three groups in an order such as "dmy"; a time of day after them is passed over."""
    compiled = re.compile(pattern + _TIME)

    def read(text: str) -> date | None:
        found = compiled.fullmatch(text)
        return None if found is None else _date(dict(zip(order, found.groups()[:3], strict=True)))

    return read


def _date(parts: dict[str, str]) -> date | None:
    month = parts["m"]
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        return date(int(parts["y"]), number, int(parts["d"]))
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    plain = _ISO_DAY(text)
    if plain is not None:
        return plain
    try:
        when = datetime.fromisoformat(text)
        return (when.astimezone(UTC) if when.tzinfo else when).date()
    except (ValueError, OverflowError):
        return None


def _counted(least: int, most: int, to: Callable[[float], date]) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        try:
            number = float(text)
            return to(number) if least <= number <= most else None
        except (ValueError, OverflowError, OSError):
            return None

    return read


_ISO_DAY = _by(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", "ymd")
_YEAR, _ONE_OR_TWO, _APART = r"([0-9]{4})", r"([0-9]{1,2})", r"[-/. ]"
_NAME = r"([A-Za-z]{3,9})"

FORMATS: tuple[DateFormat, ...] = (
    DateFormat("iso", say("2026-02-09 (ISO), with or without a time"), _iso),
    DateFormat(
        "ymd", say("year, month, day: 2026/02/09"), _by(f"{_YEAR}{_APART}{_ONE_OR_TWO}{_APART}{_ONE_OR_TWO}", "ymd")
    ),
    DateFormat(
        "dmy", say("day, month, year: 09.02.2026"), _by(f"{_ONE_OR_TWO}{_APART}{_ONE_OR_TWO}{_APART}{_YEAR}", "dmy")
    ),
    DateFormat(
        "mdy", say("month, day, year: 02/09/2026"), _by(f"{_ONE_OR_TWO}{_APART}{_ONE_OR_TWO}{_APART}{_YEAR}", "mdy")
    ),
    DateFormat("compact", say("20260209"), _by(r"([0-9]{4})([0-9]{2})([0-9]{2})", "ymd")),
    DateFormat("d-mon-y", say("9 Feb 2026"), _by(rf"{_ONE_OR_TWO}[-. ]+{_NAME}[-., ]+{_YEAR}", "dmy")),
    DateFormat("mon-d-y", say("Feb 9, 2026"), _by(rf"{_NAME}[-. ]+{_ONE_OR_TWO}[-,. ]+{_YEAR}", "mdy")),
    DateFormat(
        "unix", say("seconds since 1970"), _counted(10**9, 5 * 10**9, lambda n: datetime.fromtimestamp(n, UTC).date())
    ),
    DateFormat(
        "unix-ms",
        say("milliseconds since 1970"),
        _counted(10**12, 5 * 10**12, lambda n: datetime.fromtimestamp(n / 1000, UTC).date()),
    ),
    DateFormat(
        "serial",
        say("a spreadsheet's day number"),
        _counted(40_000, 80_000, lambda n: _SERIAL_ZERO + timedelta(int(n))),
    ),
)
"""All ways to write a day; the first that fits goes before the others, but for those that contradict each other."""
KEYS = tuple(each.key for each in FORMATS)
BY_KEY = {each.key: each for each in FORMATS}


def fitting(values: Iterable[Cell]) -> tuple[str, ...]:
    """Return the keys of the formats in which every one of some values is a day within 2020 to 2099.

    Several are left only where they read some value as different days. Values that are dates already fit every format.
    """
    texts = {text for value in values if (text := _text(value))}
    if not texts:
        return ()
    left = [each for each in FORMATS if all(_within(each.read(text)) is not None for text in texts)]
    different: list[DateFormat] = []
    for each in left:
        if all(any(each.read(text) != other.read(text) for text in texts) for other in different):
            different.append(each)
    return tuple(each.key for each in different)


def day_of(value: Cell, key: str) -> int | None:
    """Return the day number of a value written in a format; None where it is no day within 2020 to 2099."""
    if isinstance(value, date):
        return _within(_utc(value))
    text = _text(value)
    return _within(BY_KEY[key].read(text)) if text and key else None


def are_dates(values: Iterable[Cell]) -> bool:
    """Tell whether some values are days already, as a workbook has them."""
    found = [value for value in values if value is not None]
    return bool(found) and all(isinstance(value, date) for value in found)


def _utc(value: date) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).date()
    return value


def _text(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None or isinstance(value, bool | date) else str(value)


def _within(when: date | None) -> int | None:
    return to_day(when) if when is not None and _FIRST <= to_day(when) <= _LAST else None
