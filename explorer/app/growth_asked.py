"""Growth as a person writes it, at the command line or in the dialog: "2.27", "226%", "3w". No Qt."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from explorer.domain.growth import Duration, Growth, Unit
from explorer.domain.growth_words import Saying, sayings
from explorer.errors import ExplorerError
from explorer.words import Message, say

_DIGITS = r"[+\u2212-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"
_VALUE = re.compile(rf"\$?({_DIGITS})\s?([kMBT]?)")
_TIMES = re.compile(rf"({_DIGITS})\s?(?:x|×|-fold)?")
_PERCENT = re.compile(rf"({_DIGITS})\s?%?")
_DURATION = re.compile(rf"({_DIGITS})\s?([a-z]+)")
_WORDS = {
    unit: re.compile(pattern)
    for unit, pattern in zip(Unit, ("d|days?", "w|weeks?", "m|months?", "y|years?"), strict=True)
}
_FACTORS = {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}

_VALUE_EXAMPLE = say("Write it like 2.27 or 5.16T.")
_TIMES_EXAMPLE = say("Write it like 370 or 11.25x.")
_PERCENT_EXAMPLE = say("Write it like 226%.")
_DURATION_EXAMPLE = say("Write it like 3w, 18m or 5y.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody knows of a growth, as written: both values, or one of the other three; "" is not known."""

    start: str = ""
    end: str = ""
    multiple: str = ""
    per_year: str = ""
    doubling: str = ""
    over: str = ""

    def sayings(self) -> tuple[Saying, ...]:
        """Return what it comes to; ExplorerError where it is not to be understood, or not all there, or too much.

        A rate a year and a doubling time speak of one year where it is not written over how long.
        """
        known = [(name, read) for name, read in _KNOWN.items() if getattr(self, name)]
        if len(known) != 1 or bool(self.start) != bool(self.end):
            _refuse(
                say("Growth takes two values, or one of a multiple, a rate a year and a doubling time."),
                say("Give one of these, and over how long."),
            )
        ((name, read),) = known
        over = _duration(self.over) if self.over else _ONE_YEAR if name in ("per_year", "doubling") else None
        try:
            growth = read(self, (over or _ONE_YEAR).years)
        except ValueError:
            _refuse(
                say("That is no growth that can be counted."),
                say("Values and times are above zero, rates above −100%."),
            )
        return tuple(sayings(growth, over, (self.start, self.end) if self.start else None))


_ONE_YEAR = Duration(1)
_KNOWN: dict[str, Callable[[Asked, float], Growth]] = {
    "start": lambda asked, years: Growth.between(_value(asked.start), _value(asked.end), years),
    "multiple": lambda asked, years: Growth(_number(_TIMES, asked.multiple, _TIMES_EXAMPLE), years),
    "per_year": lambda asked, years: Growth.from_cagr(_number(_PERCENT, asked.per_year, _PERCENT_EXAMPLE) / 100, years),
    "doubling": lambda asked, years: Growth.from_doubling(_duration(asked.doubling).years, years),
}


def _value(written: str) -> float:
    found = _VALUE.fullmatch(written.strip())
    return _number(_VALUE, written, _VALUE_EXAMPLE) * _FACTORS[found[2] if found else ""]


def _duration(written: str) -> Duration:
    count = _number(_DURATION, written, _DURATION_EXAMPLE)
    found = _DURATION.fullmatch(written.strip())
    unit = next((unit for unit, words in _WORDS.items() if found and words.fullmatch(found[2])), None)
    if unit is None or not 0 < count < math.inf:
        _refuse(say("“{written}” is no time.", written=written), _DURATION_EXAMPLE)
    return Duration(count, unit)


def _number(pattern: re.Pattern[str], written: str, example: Message) -> float:
    """Return the number in a text of which it is the first group; ExplorerError where the text is none such."""
    found = pattern.fullmatch(written.strip())
    if found is None or not re.search("[0-9]", found[1]):
        _refuse(say("“{written}” is not understood.", written=written), example)
    return float(found[1].replace(",", "").replace("\u2212", "-"))


def _refuse(what: Message, remedy: Message) -> NoReturn:
    raise ExplorerError(what, remedy=remedy)
