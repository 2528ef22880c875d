"""Numbers as a person reads them: three significant figures, unit words, thin spaces, real minus signs."""

import math

THIN = "\u2009"
MINUS = "\u2212"
NONE = "–"
_WORDS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def computed(value: float) -> float:
    """Return a number without what binary arithmetic added to it: to 12 significant digits, 0.1 + 0.2 is 0.3."""
    return float(f"{value:.12g}")


def significant(value: float, figures: int = 3) -> str:
    """Return `value` rounded to `figures` significant figures, without exponent: 1.44, 0.300, 16.7, 997."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.{figures - 1}e}")
    decimals = max(0, figures - 1 - math.floor(math.log10(abs(rounded))))
    return f"{rounded:,.{decimals}f}".replace("-", MINUS).replace(",", THIN)


def tokens(value: float | None) -> str:
    """Return a number of tokens with its unit word: 1.44T, 997B, 12.3M."""
    if value is None or not math.isfinite(value):
        return NONE
    for factor, word in _WORDS:
        if abs(value) >= factor * 0.9995:
            return significant(value / factor) + word
    return exact(value)


def exact(value: float | None) -> str:
    """Return a whole number in full, thousands apart: 1 437 912 030 112."""
    if value is None or not math.isfinite(value):
        return NONE
    return f"{round(value):,}".replace(",", THIN).replace("-", MINUS)


_LEAST_PERCENT = 0.001
"""A share below this, in percent, is said to be below it: the exact one is in every table that is exported."""


def percent(share: float | None) -> str:
    """Return a share (0–1) in percent: 58.4 %, 0.32 %, and < 0.001 % for what is less than that but something."""
    if share is None or not math.isfinite(share):
        return NONE
    value = share * 100
    if value == 0:
        return f"0{THIN}%"
    if 0 < value < _LEAST_PERCENT:
        return f"<{THIN}{_LEAST_PERCENT}{THIN}%"
    if abs(value) < 0.995:
        return f"{significant(value, 2)}{THIN}%"
    return f"{value:.1f}{THIN}%".replace("-", MINUS)


def change(fraction: float | None) -> str:
    """Return a change with sign and arrow: ▲ +12.3 %, ▼ −4.5 %; a tenfold rise and more as a multiple."""
    if fraction is None or math.isnan(fraction):
        return NONE
    if math.isinf(fraction):
        return "new"
    if fraction == 0:
        return f"0.0{THIN}%"
    arrow, sign = ("▲", "+") if fraction > 0 else ("▼", MINUS)
    if fraction >= 9:
        return f"{arrow} ×{significant(fraction + 1)}"
    size = percent(abs(fraction))
    return f"{arrow} {size}" if size.startswith("<") else f"{arrow} {sign}{size}"


def price(dollars: float | None) -> str:
    """Return US dollars per million tokens: $0.30, $25, $0.0375; 0 is free."""
    if dollars is None or not math.isfinite(dollars):
        return NONE
    if dollars == 0:
        return "free"
    if dollars >= 0.995:
        return f"${dollars:.2f}".removesuffix(".00") if dollars < 1000 else f"${significant(dollars)}"
    text = f"{float(f'{dollars:.3g}'):.10f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    return f"${whole}.{decimals.ljust(2, '0')}"


def money(dollars: float | None) -> str:
    """Return US dollars with their unit word: $74.3M, $12.5, $0.004; nothing to pay is $0."""
    if dollars is None or not math.isfinite(dollars):
        return NONE
    sign, size = (MINUS if dollars < 0 else ""), abs(dollars)
    factor, word = next(((factor, word) for factor, word in _WORDS if size >= factor * 0.9995), (1.0, ""))
    text = significant(size / factor)
    if factor == 1 and size < 0.9995:
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals.rstrip('0').ljust(2, '0')}" if decimals else whole
    elif not word:
        text = text.removesuffix(".00").removesuffix(".0")
    return f"{sign}${text}{word}"


def number(value: float | None) -> str:
    """Return a plain number: 59.5, 4.12."""
    return NONE if value is None or not math.isfinite(value) else significant(value, 4)


def ratio(value: float | None) -> str:
    """Return a multiple: 16.7×, 0.600×."""
    if value is None or not math.isfinite(value):
        return NONE
    return significant(value) + "×"
