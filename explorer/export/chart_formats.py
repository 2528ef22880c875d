"""How numbers are printed by a spreadsheet or a chart: format codes, which Excel, PowerPoint and LibreOffice share."""

from collections.abc import Iterable, Mapping

from explorer.domain.table import Kind
from explorer.domain.units import MINUS

WHOLE = "#,##0"
PERCENT = "0.0%"
DAY = "yyyy-mm-dd"
PRICE = '"$"0.00####'
MONTH = "mmm yyyy"

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


def axis(kind: Kind, values: Iterable[float | int | None], *, log: bool = False) -> str:
    """Return how the numbers along an axis are printed that reaches over some values: 4T, $0.50, 40%."""
    known = [abs(value) for value in values if value is not None]
    most = max(known, default=0.0)
    if kind in (Kind.SHARE, Kind.PART):
        return "0%" if most > 0.05 else PERCENT
    if kind is Kind.PRICE or (kind is Kind.MONEY and most < 1000):
        return '[>=1]"$"0;"$"0.0##'
    if kind in (Kind.TOKENS, Kind.TOKENS_CHANGE, Kind.MONEY):
        return _with_word(most, "0.0" if _leading(most) < 10 and not log else "0", kind)
    return "General"


def label(kind: Kind, values: Iterable[float | int | None]) -> str:
    """Return how a value is printed beside its bar: 1.44T, $0.38, 5.1%."""
    known = [abs(value) for value in values if value is not None]
    if kind in (Kind.TOKENS, Kind.TOKENS_CHANGE):
        return _with_word(max(known, default=0.0), "0.00", kind)
    if kind is Kind.MONEY and max(known, default=0.0) >= 1000:
        return _with_word(max(known), "0.0", kind)
    return FORMATS[kind]


def _leading(most: float) -> float:
    """Return how many of its unit words a number is: 4.1 of 4.1e12."""
    return most / next((factor for factor, _, _ in _STEPS if most >= factor), 1.0)


def _with_word(most: float, digits: str, kind: Kind) -> str:
    """Return the format of numbers up to `most` with their unit word; smaller ones have the next smaller word."""
    sign = '"$"' if kind is Kind.MONEY else ""
    at = next((i for i, (factor, _, _) in enumerate(_STEPS) if most >= factor), None)
    if at is None:
        return f"{sign}{WHOLE}"
    factor, commas, word = _STEPS[at]
    large = f'{sign}{digits}{commas}"{word}"'
    if kind is Kind.TOKENS_CHANGE:
        return f"+{large};{MINUS}{large};0"
    if at + 1 == len(_STEPS):
        return f"[>={factor:.0f}]{large};{sign}0"
    _, fewer, smaller = _STEPS[at + 1]
    return f'[>={factor:.0f}]{large};[>=1]{sign}0{fewer}"{smaller}";{sign}0'
