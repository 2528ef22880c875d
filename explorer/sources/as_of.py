"""When a snapshot was taken: stated in it, else told by its file's name, else not known. Never invented."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from explorer.domain.schema import to_day
from explorer.domain.snapshot import Basis
from explorer.errors import ExplorerError
from explorer.sources.fields import date_of, shown
from explorer.words import say

_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z)?(?![0-9])")
"""A date, and the time of it in UTC as names of files can have it: 2026-02-09T080512Z."""


def as_of(name: str, stated: Iterable[object], last_day: int | None) -> tuple[str, Basis]:
    """Return the as-of of a snapshot as an ISO date or UTC timestamp, "" if unknown, and how it is known.

    The first of the `stated` values that is not None counts. The name counts if it has one date, maybe with a time, no
    earlier than `last_day`: a name with two dates tells a range, and a snapshot can't be older than what it says.
    Raises ExplorerError if what is stated is no date.
    """
    for value in stated:
        if value is not None:
            return _in_utc(name, value), Basis.STATED
    found = {(when, *time) for day, *time in _IN_NAME.findall(name) if (when := date_of(day)) is not None}
    if len(found) == 1:
        ((when, *time),) = found
        if last_day is None or to_day(when) >= last_day:
            return f"{when}{_time(*time)}", Basis.FILE_NAME
    return "", Basis.UNKNOWN


def _time(hour: str, minute: str, second: str) -> str:
    """Return a time of day as it stands in a timestamp, "" where there is none or it is none."""
    if not hour or int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        return ""
    return f"T{hour}:{minute}:{second}Z"


def _in_utc(name: str, value: object) -> str:
    """Return a stated date as it is, a timestamp in UTC with a Z, to the second or millisecond as given."""
    if isinstance(value, str):
        if date_of(value):
            return value
        try:
            when = datetime.fromisoformat(value)
            when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            pass
        else:
            text = when.isoformat(timespec="milliseconds" if when.microsecond else "seconds")
            return text.removesuffix("+00:00") + "Z"
    raise ExplorerError(
        say("The as-of {value} is neither a date nor a timestamp.", value=shown(value)),
        remedy=say("Correct it or take it out of the file."),
        file=name,
    )
