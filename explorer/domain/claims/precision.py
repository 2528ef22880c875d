"""Which values a printed number stands for: half a unit of its last digit either way, more where it says so."""

import math
from decimal import Decimal, InvalidOperation

_NEARLY = 0.1


def interval(printed: str, qualifier: str = "", unit: float = 1.0) -> tuple[float, float]:
    """Return the lowest and highest value that would be printed so, both included, times what one `unit` is.

    4.12 stands for 4.115 to 4.125. "about" allows one unit of the last digit either way, "nearly" ten percent below;
    "over" and "under" are open on that side. Raises ValueError for what is no decimal number.
    """
    try:
        number = Decimal(printed)
    except InvalidOperation as fault:
        raise ValueError(printed) from fault
    if not number.is_finite():
        raise ValueError(printed)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half, one = Decimal(1).scaleb(min(exponent, 0)) / 2, Decimal(repr(unit))
    # Scaled before they are rounded to floats: 17.5 × 0.01 is more than 0.175, and 7/40 would be outside.
    low, high, value = (float(end * one) for end in (number - half, number + half, number))
    match qualifier:
        case "about":
            return 2 * low - value, 2 * high - value
        case "nearly":
            return min(low, value - _NEARLY * abs(value)), high
        case "over":
            return value, math.inf
        case "under":
            return -math.inf, value
        case _:
            return low, high
