"""Single values as files write them, read strictly; what a value is not is said in words that follow its name."""

import re
from datetime import date

from explorer.domain.schema import to_day
from explorer.words import Message, say

MOST_TOKENS = 10**15
"""A hundred times what all models together had on the busiest day so far; sums over years stay far below 2**63."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"0*[0-9]{1,19}")
_SHOWN = 60

# A typing error such as 2206-05-01 would stretch every matrix of days and every axis by centuries.
_FIRST_DAY = to_day(date(2020, 1, 1))
_LAST_DAY = to_day(date(2099, 12, 31))


def date_of(text: object) -> date | None:
    """Return the date that `text` writes as YYYY-MM-DD, None for anything else, 2026-02-30 included."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_of(text: object) -> int | None:
    """Return the day number of a date within 2020 to 2099, None for anything else."""
    when = date_of(text)
    if when is None or not _FIRST_DAY <= to_day(when) <= _LAST_DAY:
        return None
    return to_day(when)


def tokens_of(value: object) -> int | None:
    """Return a token count from a decimal text or an int, None unless it is whole and 0 to `MOST_TOKENS`."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MOST_TOKENS else None


def shown(value: object) -> str:
    """Return a value as an error quotes it: short, on one line, in double quotes if it is text."""
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def not_a_day(value: object) -> Message:
    """Say why `day_of` refuses a value."""
    if date_of(value) is not None:
        return say("the date {value} is not within 2020 to 2099", value=shown(value))
    return say("the date {value} is not a calendar date written YYYY-MM-DD", value=shown(value))


def not_tokens(value: object) -> Message:
    """Say why `tokens_of` refuses a value."""
    return say("total_tokens {value} is not a whole number from 0 to {most}", value=shown(value), most=MOST_TOKENS)
