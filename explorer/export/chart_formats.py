"""How numbers are printed by a spreadsheet or a chart: format codes, which Excel, PowerPoint and LibreOffice share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from explorer.domain.table import Kind
from explorer.domain.units import MINUS

WHOLE = "#,##0"
PERCENT = "0.0%"
DAY = "yyyy-mm-dd"
PRICE = '"$"0.00####'
MONTH = "mmm yyyy"
DAY_OF_MONTH = "d mmm"

FORMATS: Mapping[Kind, str] = {
    Kind.TEXT: "General",
    Kind.DATE: DAY,
    Kind.RANK: "0",
    Kind.RANK_CHANGE: f"+0;{MINUS}0;0",
    Kind.TOKENS: WHOLE,
    Kind.TOKENS_CHANGE: f"+{WHOLE};{MINUS}{WHOLE};0",
    Kind.SHARE: PERCENT,
    Kind.PART: f"0.0%;{MINUS}0.0%;0.0%",
    Kind.CHANGE: f"+0.0%;{MINUS}0.0%;0.0%",
    Kind.PRICE: PRICE,
    Kind.MONEY: f'[>=1000]"$"{WHOLE};"$"0.00##',
    Kind.RATIO: '0.00"×"',
    Kind.NUMBER: "General",
    Kind.FLAG: "General",
}
"""The exact value of a cell by what its column holds."""

_STEPS = ((0.9995e12, ",,,,", "T"), (0.9995e9, ",,,", "B"), (0.9995e6, ",,", "M"), (0.9995e3, ",", "k"))
_MONTHS = 90
"""Days from which on an axis is labelled by months."""
_FEW, _WEEK = 4, 7
"""Ticks that are so many days apart are rather whole weeks apart."""
_SECTIONS = 3
"""Parts of a format that are chosen between by a number's size."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where an axis of days is labelled: every so-manieth `unit` ("days" or "months"), printed by a `format`."""

    unit: str
    step: int
    format: str


def ticks(days: int, most: float) -> Ticks:
    """Return the ticks of so many days, about `most` of them: months, over a short time weeks or days."""
    if days >= _MONTHS:
        return Ticks("months", max(1, round(days / 30 / most)), MONTH)
    step = max(1, ceil(days / most))
    return Ticks("days", step if step < _FEW else _WEEK * ceil(step / _WEEK), DAY_OF_MONTH)


def axis(kind: Kind, values: Iterable[float | int | None], *, log: bool = False) -> str:
    """Return how the numbers along an axis are printed that reaches over some values: 4T, $0.50, 40%."""
    known = [abs(value) for value in values if value is not None]
    most = max(known, default=0.0)
    if kind in (Kind.SHARE, Kind.PART):
        return "0%" if most > 0.05 else PERCENT
    if kind is Kind.PRICE or (kind is Kind.MONEY and most < 1000):
        return '[>=1]"$"0;"$"0.0##'
    if kind in (Kind.TOKENS, Kind.TOKENS_CHANGE, Kind.MONEY):
        least = min((value for value in known if value), default=most) if log else most
        return _with_words(most, least, ("0.0" if _leading(most) < 10 and not log else "0", "0"), kind)
    return "General"


def label(kind: Kind, values: Iterable[float | int | None]) -> str:
    """Return how a value is printed beside its bar: 1.44T, $0.38, 5.1%."""
    known = [abs(value) for value in values if value]
    most, least = max(known, default=0.0), min(known, default=0.0)
    if kind in (Kind.TOKENS, Kind.TOKENS_CHANGE):
        return _with_words(most, least, ("0.00", "0.0"), kind)
    if kind is Kind.MONEY and most >= 1000:
        return _with_words(most, least, ("0.0", "0.0"), kind)
    return FORMATS[kind]


def _leading(most: float) -> float:
    """Return how many of its unit words a number is: 4.1 of 4.1e12."""
    return most / next((factor for factor, _, _ in _STEPS if most >= factor), 1.0)


def _with_words(most: float, least: float, digits: tuple[str, str], kind: Kind) -> str:
    """Return the format of numbers from `least` to `most` with their unit words; a spreadsheet knows three at most.

    `digits` are those of the largest word and of smaller ones. Changes, told apart by their sign, have one word, the
    next smaller one where the least would have no digit left.
    """
    sign = '"$"' if kind is Kind.MONEY else ""
    at = next((i for i, (factor, _, _) in enumerate(_STEPS) if most >= factor), len(_STEPS))
    if kind is Kind.TOKENS_CHANGE:
        if at < len(_STEPS) and least < _STEPS[at][0] / 100:
            at += 1
        large = _worded(at, f"#,##{digits[0]}" if at < len(_STEPS) else WHOLE)
        return f"+{large};{MINUS}{large};0"
    sections = [f"[>={factor:.0f}]{sign}{_worded(i, digits[i > at])}" for i, (factor, *_) in _from(at)]
    if len(sections) == _SECTIONS - 1 and least < _STEPS[at + 1][0]:
        fine = "0.0##" if at + 2 < len(_STEPS) and least < _STEPS[at + 2][0] else digits[1]
        return ";".join((*sections, f"{sign}{_worded(at + 2, fine)}"))
    return ";".join((*sections, f"{sign}{WHOLE if at == len(_STEPS) else 0}"))


def _from(at: int) -> list[tuple[int, tuple[float, str, str]]]:
    return list(enumerate(_STEPS))[at : at + _SECTIONS - 1]


def _worded(at: int, digits: str) -> str:
    """Return the format of a number with the n-th unit word, whole without one."""
    if at == len(_STEPS):
        return WHOLE
    _, commas, word = _STEPS[at]
    return f'{digits}{commas}"{word}"'
