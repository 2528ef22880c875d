"""How prices and the lists that state them are put into words."""

from collections.abc import Sequence

from explorer.domain.claims.claim import PRICE_RATIOS, Claim, Quantity
from explorer.domain.claims.verdict import Priced
from explorer.domain.prices import UNDATED
from explorer.domain.schema import to_date
from explorer.domain.units import price, significant
from explorer.domain.wording import day_words, listed
from explorer.words import Message, say

OTHERS = 3
"""So many other lists are named where a price is in none."""


def value(quantity: Quantity, amount: float) -> str:
    """Return a price or a multiple of two: "$0.95", "16.67×"."""
    return f"{significant(amount, 4)}×" if quantity in PRICE_RATIOS else price(amount)


def conditions(found: Priced) -> Message:
    """Return which list states a price: "OpenRouter models, list of 22 Feb 2026"."""
    return say("{source}, {dates}", source=found.source, dates=_dates(found.days))


def found(claim: Claim, candidate: Priced) -> Message:
    """Return what a list says: "$0.95 in OpenRouter models, list of 22 Feb 2026"."""
    amount = value(claim.quantity, candidate.value)
    return say("{value} in {list}", value=amount, list=conditions(candidate))


def instead(claim: Claim, best: Priced, others: Sequence[Priced]) -> Message:
    """Return what the lists say in place of a price that is in none of them."""
    different: dict[str, Priced] = {value(claim.quantity, best.value): best}
    for each in others:
        different.setdefault(value(claim.quantity, each.value), each)
    first, *rest = (found(claim, each) for each in different.values())
    return say("{first}; else {others}", first=first, others=listed(rest[:OTHERS])) if rest else first


def _dates(days: Sequence[int]) -> Message:
    """Return the days of a list, or of the two that a ratio is of."""
    different = list(dict.fromkeys(days))
    if len(different) == 1 and different[0] == UNDATED:
        return say("no date stated")
    if len(different) == 1:
        return say("list of {day}", day=day_words(to_date(different[0])))
    named = [
        say("no date stated") if day == UNDATED else say("{day}", day=day_words(to_date(day))) for day in different
    ]
    return say("lists of {days}", days=listed(named))
