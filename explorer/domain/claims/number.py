"""A number as a person types it: "61 %", "9.2T", "997 billion", "1.81x"."""

import re
from dataclasses import dataclass

from explorer.domain.claims.claim import COMPARING, Quantity
from explorer.domain.claims.precision import interval
from explorer.errors import ExplorerError
from explorer.words import say

_NUMBER = re.compile(
    r"\s*(?P<sign>[+\-−]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|percent|t|tn|trillion|万亿|b|bn|billion|m|mn|million|x|×|times|-?fold)\s*",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class _Unit:
    size: float
    quantities: tuple[Quantity, ...]


_TOKENS = (Quantity.TOKENS, Quantity.INCREMENT)
_UNITS = {
    **dict.fromkeys(("%", "percent"), _Unit(0.01, (Quantity.SHARE, Quantity.GROWTH))),
    **dict.fromkeys(("t", "tn", "trillion", "万亿"), _Unit(1e12, _TOKENS)),
    **dict.fromkeys(("b", "bn", "billion"), _Unit(1e9, _TOKENS)),
    **dict.fromkeys(("m", "mn", "million"), _Unit(1e6, _TOKENS)),
    **dict.fromkeys(("x", "×", "times", "fold", "-fold"), _Unit(1.0, (Quantity.RATIO, Quantity.MULTIPLE))),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed: the quantities it can be, and the values it stands for, both ends included."""

    quantities: tuple[Quantity, ...]
    value: float
    low: float
    high: float


def number(text: str) -> Number:
    """Return what a typed number with its unit stands for; ExplorerError where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ExplorerError(
            say("“{text}” is not a number with a unit.", text=text.strip()),
            remedy=say("Write it like 61 %, 9.2T, 997 billion, +127 % or 1.81x."),
        )
    if _THOUSANDS.fullmatch(found["number"]):
        plain, decimal = found["number"].replace(",", ""), found["number"].replace(",", ".")
        raise ExplorerError(
            say("“{text}” can be read in two ways.", text=text.strip()),
            remedy=say("Write {plain} or {decimal}.", plain=plain, decimal=decimal),
        )
    unit = _UNITS[found["unit"].casefold()]
    signed = ("-" if found["sign"] in ("-", "−") else "") + found["number"].replace(",", ".")
    low, high = interval(signed, unit=unit.size)
    quantities = tuple(each for each in unit.quantities if each in COMPARING or not found["sign"])
    return Number(quantities, float(signed) * unit.size, low, high)
