"""Printed figures as terms of a sum: which amount, of whom, of what, over which days; and where to find them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from explorer.domain.claims.amounts import Amount
from explorer.domain.claims.reading import UNITS
from explorer.domain.periods import Grain, Span, period_of, span
from explorer.domain.schema import Figure

TOKENS = "tokens"
RATES = ("tokens_per_week", "tokens_per_day")
EVERYTHING = "all"
WHOLE = ""
"""The basis of figures that are of all tokens: a model's, a country's, the platform's."""

_SCALES = {**UNITS, "$/M": 1.0}
_AMOUNTS, _PARTS, _TIMES, _DOLLARS = ("T", "B", "M", ""), ("%",), ("x", ""), ("$/M",)
_UNITS_OF = {
    **dict.fromkeys((TOKENS, *RATES, "increment"), _AMOUNTS),
    **dict.fromkeys(("growth", "growth_week", "growth_year", "share"), _PARTS),
    **dict.fromkeys(("multiple", "ratio", "price_input_ratio", "price_output_ratio"), _TIMES),
    **dict.fromkeys(("price_input", "price_output"), _DOLLARS),
}
"""The measures that arithmetic knows, each with the units it may be printed in."""
_ALIASES = (("week_on_week", "growth_week"), ("growth_vs", "growth"), ("share_of_top", "share"))
_ALL = ("all", "total", "platform")
_TOP = re.compile(r"\btop[- ]?(\w+)")
_OF_ALL = re.compile(r"platform|total|platform total|all tokens|(.+ )?models?|all models of .+")
_REMARK = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure whose number takes part in sums.

    `amount` in tokens, fractions, multiples or dollars; `basis` is what it is a part of, as far as its scope tells;
    `days` are None where the story does not say which.
    """

    figure: Figure
    measure: str
    who: str
    basis: str
    days: Span | None
    amount: Amount

    def is_of_the_days_of(self, other: "Printed") -> bool:
        """Tell whether both speak of the same days; a window only put into words is the same in one story alone."""
        if self.days is not None and other.days is not None:
            return self.days == other.days
        both = (self.figure, other.figure)
        return len({(f.start, f.end, f.window.casefold(), f.publisher, f.published) for f in both}) == 1


def printed(figure: Figure) -> Printed | None:
    """Return a figure as a term, None where its measure or unit is none that arithmetic knows."""
    measure = _measure(figure.measure)
    unit = _REMARK.sub("", figure.unit).strip()
    if unit not in _UNITS_OF.get(measure, ()):
        return None
    amount = Amount.of(figure.printed or f"{figure.value:g}", figure.qualifier, _SCALES[unit])
    days = span(figure.start, figure.end) if figure.start and figure.end else None
    return Printed(figure, measure, who(figure.entity), _basis(figure.scope), days, amount)


def who(entity: str) -> str:
    """Return a name as it is compared: "DeepSeek-V4-Flash" is "DeepSeek V4 Flash"."""
    letters = "".join(letter for letter in entity.casefold() if letter.isalnum() or letter in "+/.")
    return EVERYTHING if letters in _ALL else letters


def _measure(written: str) -> str:
    words = written.casefold().strip().replace("-", "_").replace(" ", "_")
    return next((known for alias, known in _ALIASES if words.startswith(alias)), words)


def _basis(scope: str) -> str:
    """Return what figures of a scope are a part of: so many top models, all tokens, or else the scope in its words."""
    words = scope.casefold().strip()
    if "openrouter" not in words:
        top = _TOP.search(words)
        if top:
            return f"top {top[1]}"
        if _OF_ALL.fullmatch(words):
            return WHOLE
    return words


class Index:
    """Printed figures by measure, whom they speak of and what they are a part of."""

    def __init__(self, terms: Iterable[Printed]) -> None:
        self._found: dict[tuple[str, str, str], list[Printed]] = defaultdict(list)
        for term in terms:
            self._found[term.measure, term.who, term.basis].append(term)

    def find(self, measure: str, whom: str, basis: str) -> Sequence[Printed]:
        """Return the figures of a measure of somebody, in their order."""
        return self._found.get((measure, whom, basis), ())


def kind(days: Span) -> tuple[str, int]:
    """Return what periods of equal kind share: so many calendar months, or so many days."""
    if days.start.day == 1 and (days.end + timedelta(days=1)).day == 1:
        return "months", (days.end.year - days.start.year) * 12 + days.end.month - days.start.month + 1
    return "days", len(days)


def is_one_period(days: Span) -> bool:
    """Tell whether a run of days is one day, one week or one calendar month."""
    return len(days) in (1, 7) or period_of(days.first, Grain.MONTH) == days
