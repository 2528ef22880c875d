"""The verdict on a printed price: what the list in force on its day says, and the lists before and after it."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from explorer.domain.claims import price_wording
from explorer.domain.claims.claim import PRICE_RATIOS, Claim, Entity, Quantity
from explorer.domain.claims.entities import called
from explorer.domain.claims.verdict import Outcome, Priced, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.prices import UNDATED, Listed, PriceBook
from explorer.domain.schema import Figure, to_date
from explorer.domain.wording import day_words
from explorer.words import Message, say

NEARBY = 45  # days
"""Lists that begin to speak so many days before or after the day of the story are tried as well."""
_INPUT = frozenset({Quantity.PRICE_INPUT, Quantity.PRICE_INPUT_RATIO})


def judge(dataset: Dataset, figure: Figure, claim: Claim | Message) -> Verdict:
    """Return the verdict on a figure that claims a price, by itself."""
    if isinstance(claim, Message):
        return Verdict(figure, Outcome.NOT_TESTABLE, why=claim)
    book = _everything(dataset.prices)
    for side in claim.entities:
        if not called(book.models, side).any():
            why = say("No price list that is loaded names {entity}.", entity=", ".join(side.keys))
            return Verdict(figure, Outcome.NOT_TESTABLE, claim, why=why)
    tried = tuple(tries(dataset, claim))
    fits = sorted((each for each in tried if claim.low <= each.value <= claim.high), key=_simplicity(claim))
    stated = next((each for each in tried if each.departures == 0), None)
    value = None if stated is None else stated.value
    if fits:
        outcome = Outcome.HOLDS if fits[0].departures == 0 else Outcome.HOLDS_IF
        return Verdict(figure, outcome, claim, fits[0], value, tuple(fits), len(tried))
    nearest = sorted(tried, key=lambda each: (abs(each.value - claim.value), each.departures))
    if not any(UNDATED not in each.days for each in tried):
        return Verdict(figure, Outcome.NOT_TESTABLE, claim, why=_undated(claim, nearest))
    best = stated or next(each for each in nearest if UNDATED not in each.days)
    others = tuple(each for each in nearest if each is not best)
    return Verdict(figure, Outcome.FAILS, claim, best, value, (), len(tried), others=others)


def tries(dataset: Dataset, claim: Claim) -> Iterator[Priced]:
    """Yield what the lists say: those in force on the claim's day first, by the usual order of sources, each once.

    Both prices of a ratio are of one source on one day. It is a departure if the source is not the one that goes first,
    if the list is not the one in force on that day, and if it does not state its date.
    """
    book = _everything(dataset.prices)
    near = sorted((day for day in book.turns if abs(day - claim.near) <= NEARBY), key=lambda day: abs(day - claim.near))
    seen: set[tuple[object, ...]] = set()
    first = ""
    for day in (claim.near, *near):
        for source in PriceBook.sources:
            for sides in _offers(book, claim, source, day):
                value = _value(claim, sides)
                days = tuple(side.day if side.stated else UNDATED for side in sides)
                models = tuple(side.price.model for side in sides)
                # A list may have a model under several names.
                key = (source, value, tuple(side.day for side in sides))
                if value is None or key in seen:
                    continue
                seen.add(key)
                first = first or source
                departures = (source != first) + (day != claim.near) + (UNDATED in days)
                yield Priced(models, source, days, day, value, departures)


@lru_cache(maxsize=2)
def _everything(book: PriceBook) -> PriceBook:
    """Return the same lists, joined to every model that they name, used or not."""
    return book.joined_to(sorted(book.names))


def _offers(book: PriceBook, claim: Claim, source: str, day: int) -> Iterator[tuple[Listed, ...]]:
    """Yield the prices of a model, or of both models of a ratio, that a source has on a day."""
    sides = [_offered(book, entity, source, day) for entity in claim.entities]
    for ours in sides[0]:
        if len(sides) == 1:
            yield (ours,)
        else:
            yield from ((ours, theirs) for theirs in sides[1])


def _offered(book: PriceBook, entity: Entity, source: str, day: int) -> Sequence[Listed]:
    columns: list[int] = called(book.models, entity).nonzero()[0].tolist()
    found = book.listed(day, (source,), columns)
    # A model has an id and a canonical slug.
    return list({listed.price.model: listed for listed in found if listed is not None}.values())


def _value(claim: Claim, sides: Sequence[Listed]) -> float | None:
    prices = [side.price.input if claim.quantity in _INPUT else side.price.output for side in sides]
    ours, *theirs = prices
    if claim.quantity not in PRICE_RATIOS or ours is None:
        return ours
    return ours / theirs[0] if theirs[0] else None


def _simplicity(claim: Claim) -> Callable[[Priced], tuple[int, int]]:
    return lambda each: (each.departures, abs(each.on - claim.near))


def _undated(claim: Claim, nearest: Sequence[Priced]) -> Message:
    """Return why there is nothing to hold a price against."""
    when = day_words(to_date(claim.near))
    if not nearest:
        return say("No price list states that within {n} days of {day}.", n=NEARBY, day=when)
    return say("No dated price list speaks for {day}; {found}.", day=when, found=price_wording.found(claim, nearest[0]))
