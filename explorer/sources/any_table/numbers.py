"""Numbers as tables write them: decimal points or commas, grouped or not, read without rounding."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from explorer.domain.column_mapping import DECIMALS
from explorer.sources.any_table.grid import Cell

_SPACES = " \u00a0\u2009\u202f'’"
_CURRENCY = re.compile(r"^(?:US)?\$\s*|\s*(?:USD|\$)$")
_MOST_DIGITS = 40
_ONE_GROUP = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def _pattern(decimal: str) -> re.Pattern[str]:
    group = rf"[{re.escape(_SPACES)}{',' if decimal == '.' else '.'}]"
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+"
    return re.compile(rf"([+-]?)({whole})(?:{re.escape(decimal)}([0-9]+))?(?:[eE]([+-]?[0-9]{{1,2}}))?")


_PATTERNS = {decimal: _pattern(decimal) for decimal in DECIMALS}
_LEADING_MARK = {decimal: re.compile(rf"[+-]?{re.escape(decimal)}[0-9]+") for decimal in DECIMALS}


def number_of(value: Cell, decimal: str) -> Decimal | None:
    """Return a number as it is written, None where it is none; `decimal` is "." or ","."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value)) if abs(value) < float("inf") else None
    if not isinstance(value, str) or len(value) > _MOST_DIGITS:
        return None
    return Decimal(value) if value.isascii() and value.isdigit() else _written(value, decimal or ".")


def _written(text: str, decimal: str) -> Decimal | None:
    text = _CURRENCY.sub("", text.replace("\u2212", "-")).strip()
    if _LEADING_MARK[decimal].fullmatch(text):
        text = text.replace(decimal, f"0{decimal}")
    found = _PATTERNS[decimal].fullmatch(text)
    if found is None:
        return None
    sign, whole, fraction, power = found.groups()
    digits = "".join(each for each in whole if each.isdigit())
    try:
        return Decimal(f"{sign}{digits}.{fraction or '0'}e{power or '0'}")
    except InvalidOperation:
        return None


def decimals(values: Iterable[Cell], *, whole: bool) -> frozenset[str]:
    """Return the decimal marks by which every one of some values is a number.

    `whole` says that the numbers are counts: then a mark that would make a fraction of one is none.
    """
    found = set(values)
    return frozenset(
        decimal
        for decimal in DECIMALS
        if all((number := number_of(value, decimal)) is not None and (is_whole(number) or not whole) for value in found)
    )


def is_whole(number: Decimal) -> bool:
    """Tell whether a number of any length has no fraction."""
    return number == number.to_integral_value()


def says_the_mark(value: Cell) -> bool:
    """Tell whether a value is another number by a decimal point than by a comma."""
    return number_of(value, ".") != number_of(value, ",")


def could_be_thousands(value: Cell) -> bool:
    """Tell whether the one mark in a text could part thousands as well as begin a fraction of three digits."""
    return isinstance(value, str) and _ONE_GROUP.fullmatch(value) is not None


def is_number(value: Cell) -> bool:
    """Tell whether a value is a number, whatever its decimal mark."""
    return any(number_of(value, decimal) is not None for decimal in DECIMALS)
