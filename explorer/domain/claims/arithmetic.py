"""What follows from printed figures alone, without any data: growth, multiples, ratios and shares of other figures.

A number computed from printed ones is known no better than they are: it bears a figure out where the interval it may
lie in meets the interval that the figure stands for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from explorer.domain.claims import wording
from explorer.domain.claims.amounts import Amount
from explorer.domain.claims.claim import Quantity
from explorer.domain.claims.printed import (
    EVERYTHING,
    RATES,
    TOKENS,
    WHOLE,
    Index,
    Printed,
    is_one_period,
    kind,
    printed,
    who,
)
from explorer.domain.claims.verdict import Outcome, Verdict
from explorer.domain.units import MINUS, THIN, significant
from explorer.words import Message, say

Terms = tuple[Printed, ...]
Words = Callable[[Printed, Terms, Amount, bool], Message]

_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)\D+((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class _Rule:
    """How figures of some `measures` follow from others.

    `terms` yields the sets of other figures from which one would follow, `made` computes it from such a set, and
    `words` says what came of it.
    """

    measures: tuple[str, ...]
    terms: Callable[[Printed, Index], Iterator[Terms]]
    made: Callable[[Printed, Sequence[Amount]], Amount]
    words: Words


def with_sums(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts with `sums` set where other printed figures bear a figure out or contradict it.

    A figure that the data can't test holds or fails by that alone, which its `why` then says.
    """
    terms = [printed(verdict.figure) for verdict in verdicts]
    index = Index(term for term in terms if term is not None)
    return tuple(
        verdict if term is None else _with_sum(verdict, term, index)
        for verdict, term in zip(verdicts, terms, strict=True)
    )


def _with_sum(verdict: Verdict, claim: Printed, index: Index) -> Verdict:
    for rule in RULES:
        found = _applied(rule, claim, index) if claim.measure in rule.measures else None
        if found is not None:
            terms, amount = found
            holds = amount.meets(claim.amount)
            return _decided(verdict, holds, rule.words(claim, terms, amount, holds))
    return verdict


def _applied(rule: _Rule, claim: Printed, index: Index) -> tuple[Terms, Amount] | None:
    """Return the terms that tell most of a claim, with what they make: its own story's, and of those any that fit."""
    sums: list[tuple[Terms, Amount]] = []
    for terms in rule.terms(claim, index):
        try:
            sums.append((terms, rule.made(claim, [term.amount for term in terms])))
        except ZeroDivisionError:
            continue
    return min(sums, key=lambda found: (_distance(claim, found[0]), not found[1].meets(claim.amount)), default=None)


def _distance(claim: Printed, terms: Terms) -> tuple[bool, bool]:
    """Return how far terms are from a claim: of another publisher, of another story."""
    others = [term.figure for term in terms]
    return (
        any(other.publisher != claim.figure.publisher for other in others),
        any(other.published != claim.figure.published for other in others),
    )


def _decided(verdict: Verdict, holds: bool, sums: Message) -> Verdict:
    if verdict.outcome is not Outcome.NOT_TESTABLE:
        return replace(verdict, sums=sums)
    why = say("Decided by arithmetic alone. {why}", why=verdict.why)
    return replace(verdict, sums=sums, why=why, outcome=Outcome.HOLDS if holds else Outcome.FAILS)


# --- which figures one follows from


def _two_windows(claim: Printed, index: Index) -> Iterator[Terms]:
    """Yield two amounts of one publisher: at both ends of the claim's window, or in the window before and in it."""
    if claim.days is None:
        return
    fits = _follows if _is_against_the_window_before(claim) else _frames
    for measure in (TOKENS,) if claim.measure == "increment" else (TOKENS, *RATES):
        same = [term for term in index.find(measure, claim.who, claim.basis) if term.days is not None]
        lasts = [term for term in same if term.days is not None and term.days.last == claim.days.last]
        for first, last in product(same, lasts):
            if first.figure.publisher == last.figure.publisher and fits(claim, first, last):
                yield first, last


def _is_against_the_window_before(claim: Printed) -> bool:
    assert claim.days is not None
    return claim.measure == "growth_week" or "against" in claim.figure.note.casefold() or is_one_period(claim.days)


def _follows(claim: Printed, first: Printed, last: Printed) -> bool:
    assert claim.days is not None and first.days is not None and last.days is not None
    return last.days == claim.days and first.days.last + 1 == last.days.first and kind(first.days) == kind(last.days)


def _frames(claim: Printed, first: Printed, last: Printed) -> bool:
    """Tell whether two windows are the beginning and the end of the claim's; rates need not be of equal length."""
    assert claim.days is not None and first.days is not None and last.days is not None
    return (
        first.days.first == claim.days.first
        and first.days.last < last.days.first
        and (first.measure in RATES or kind(first.days) == kind(last.days))
    )


def _sides(measure: str) -> Callable[[Printed, Index], Iterator[Terms]]:
    """Return what yields the two sides of "A/B" as one story has them for the same days."""

    def terms(claim: Printed, index: Index) -> Iterator[Terms]:
        left, _, right = claim.who.partition("/")
        both = (_in_story(claim, index.find(measure, who(side), claim.basis)) for side in (left, right))
        yield from product(*both)

    return terms


def _parts_and_whole(claim: Printed, index: Index) -> Iterator[Terms]:
    """Yield the amounts of all that a share is of, and last the total, as one story has them for the same days."""
    if claim.who == EVERYTHING:
        return
    parts = (_in_story(claim, _part(claim, part, index)) for part in claim.who.split("+"))
    yield from product(*parts, _in_story(claim, index.find(TOKENS, EVERYTHING, claim.basis)))


def _part(claim: Printed, whom: str, index: Index) -> Sequence[Printed]:
    """Return the amounts of a part; those of a single model are the same under every scope it belongs to."""
    return index.find(TOKENS, whom, claim.basis) or [
        term for term in index.find(TOKENS, whom, WHOLE) if term.figure.scope.casefold() == "model"
    ]


def _in_story(claim: Printed, terms: Sequence[Printed]) -> list[Printed]:
    publisher = claim.figure.publisher
    return [term for term in terms if term.figure.publisher == publisher and term.is_of_the_days_of(claim)]


def _over_years(measure: str) -> Callable[[Printed, Index], Iterator[Terms]]:
    """Return what yields the figure that says the same growth over several years in another way."""

    def terms(claim: Printed, index: Index) -> Iterator[Terms]:
        if _years(claim) > 1:
            found = _in_story(claim, index.find(measure, claim.who, claim.basis))
            yield from ((term,) for term in found if term.amount.value > (measure == "multiple"))

    return terms


def _years(claim: Printed) -> float:
    """Return over how many years a figure speaks: 5 for "2025 to 2030"; 0 where it does not say."""
    named = _TWO_YEARS.search(claim.figure.window)
    if named is not None:
        return float(int(named[2]) - int(named[1]))
    return len(claim.days) / 365.25 if claim.days is not None else 0.0


# --- what they make


def _growth(_claim: Printed, amounts: Sequence[Amount]) -> Amount:
    first, last = amounts
    return (last / first).shifted(-1)


def _multiple(_claim: Printed, amounts: Sequence[Amount]) -> Amount:
    first, last = amounts
    return last / first


def _increment(_claim: Printed, amounts: Sequence[Amount]) -> Amount:
    first, last = amounts
    return last - first


def _ratio(_claim: Printed, amounts: Sequence[Amount]) -> Amount:
    left, right = amounts
    return left / right


def _share(_claim: Printed, amounts: Sequence[Amount]) -> Amount:
    first, *others, whole = amounts
    return sum(others, start=first) / whole


def _yearly(claim: Printed, amounts: Sequence[Amount]) -> Amount:
    return (amounts[0] ** (1 / _years(claim))).shifted(-1)


def _compound(claim: Printed, amounts: Sequence[Amount]) -> Amount:
    return amounts[0].shifted(1) ** _years(claim)


# --- how that is said


def _percent(claim: Printed, value: float) -> str:
    """Return a fraction in percent with one digit more than is printed, a change with its sign."""
    digits = len(claim.figure.printed.partition(".")[2]) + 1
    sign = "" if claim.measure == "share" else "+"
    return f"{value * 100:{sign}.{digits}f}{THIN}%".replace("-", MINUS)


def _times(_claim: Printed, value: float) -> str:
    return wording.value(Quantity.MULTIPLE, value)


def _tokens(_claim: Printed, value: float) -> str:
    return wording.value(Quantity.INCREMENT, value)


def _fold(value: float) -> str:
    return f"{significant(value)}-fold"


def _plainly(shown: Callable[[Printed, float], str]) -> Words:
    """Return what says the terms and what they make, as `shown` writes it."""

    def words(claim: Printed, terms: Terms, amount: Amount, holds: bool) -> Message:
        values = {"terms": _list(claim, terms), "made": shown(claim, amount.value)}
        if holds:
            return say("Follows from the printed {terms}: {made}.", **values)
        return say("The printed {terms} give {made}, not {stated}.", **values, stated=wording.printed(claim.figure))

    return words


def _list(claim: Printed, terms: Terms) -> Message:
    """Return numbers as printed, and by whom where it was somebody else."""
    *others, last = (wording.printed(term.figure) for term in terms)
    numbers = say("{others} and {last}", others=wording.joined(others), last=last)
    publisher = terms[0].figure.publisher
    if publisher == claim.figure.publisher:
        return numbers
    return say("{numbers} of {publisher}", numbers=numbers, publisher=publisher)


def _yearly_words(claim: Printed, terms: Terms, amount: Amount, holds: bool) -> Message:
    values = {
        "fold": _fold(terms[0].amount.value),
        "years": f"{_years(claim):g}",
        "rate": f"{significant(amount.value * 100)}{THIN}%",
    }
    if holds:
        return say("Follows from the printed {fold} rise in {years} years: {rate} a year.", **values)
    stated = wording.printed(claim.figure)
    sums = say("A {fold} rise in {years} years is {rate} a year, not {stated}", **values, stated=stated)
    return _with_misreading(sums, claim, claim.amount.value)


def _compound_words(claim: Printed, terms: Terms, amount: Amount, holds: bool) -> Message:
    rate = wording.printed(terms[0].figure)
    values = {"rate": rate, "years": f"{_years(claim):g}", "fold": _fold(amount.value)}
    if holds:
        return say("Follows from the printed {rate} a year for {years} years: {fold}.", **values)
    sums = say("{rate} a year for {years} years is {fold}, not {stated}", **values, stated=_fold(claim.amount.value))
    return _with_misreading(sums, claim, terms[0].amount.value)


def _with_misreading(sums: Message, claim: Printed, rate: float) -> Message:
    """Return a sentence, with what a rate would come to if it were a multiple a year, where that is a rise at all."""
    if rate <= 1:
        return say("{sums}.", sums=sums)
    return say(
        "{sums}; read as a multiple of {multiple} a year, {rate} would be {fold}.",
        sums=sums,
        multiple=f"{rate:g}",
        rate=f"{rate * 100:g}{THIN}%",
        fold=_fold(rate ** _years(claim)),
    )


RULES = (
    _Rule(("growth", "growth_week"), _two_windows, _growth, _plainly(_percent)),
    _Rule(("multiple",), _two_windows, _multiple, _plainly(_times)),
    _Rule(("increment",), _two_windows, _increment, _plainly(_tokens)),
    _Rule(("ratio",), _sides(TOKENS), _ratio, _plainly(_times)),
    _Rule(("price_input_ratio",), _sides("price_input"), _ratio, _plainly(_times)),
    _Rule(("price_output_ratio",), _sides("price_output"), _ratio, _plainly(_times)),
    _Rule(("share",), _parts_and_whole, _share, _plainly(_percent)),
    _Rule(("growth_year",), _over_years("multiple"), _yearly, _yearly_words),
    _Rule(("multiple",), _over_years("growth_year"), _compound, _compound_words),
)
