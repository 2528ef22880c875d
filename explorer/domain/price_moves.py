"""Which models became cheaper or dearer over some days, in a title and in a sentence; only where that is certain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.domain.periods import Grain, Span
from explorer.domain.price_facts import is_undated
from explorer.domain.price_periods import Step
from explorer.domain.schema import Floats
from explorer.domain.sentences import NOTHING
from explorer.domain.slugs import short_name
from explorer.domain.units import price
from explorer.domain.wording import during, number_words, span_words
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Move:
    """A model's blended price at the first and the last day at which it is known; `sure` if both lists are dated."""

    model: str
    first: float
    last: float
    sure: bool

    @property
    def times(self) -> float:
        """How many times the larger of the two is the smaller."""
        low, high = sorted((self.first, self.last))
        if low == high:
            return 1.0
        return high / low if low else float("inf")


def moves(steps: Sequence[Step], mixed: Floats) -> tuple[Move, ...]:
    """Return how the models of some steps moved; `mixed` are the blended prices of the steps, NaN where not known."""
    values: list[float] = mixed.tolist()
    known = [(step, value) for step, value in zip(steps, values, strict=True) if not np.isnan(value)]
    found: list[Move] = []
    for model in dict.fromkeys(step.model for step, _ in known):
        own = [(step, value) for step, value in known if step.model == model]
        (first, was), (last, now) = own[0], own[-1]
        found.append(Move(model, was, now, not (is_undated(first.point) or is_undated(last.point))))
    return tuple(found)


def title(found: Sequence[Move], span: Span) -> Message:
    """Say how many models became cheaper and dearer where all are sure, else ask."""
    if not all(move.sure for move in found):
        if len(found) == 1:
            return say("How did the price of {model} go?", model=short_name(found[0].model))
        return say("How did the prices of {n} models go?", n=number_words(len(found)))
    cheaper, dearer = _counts(found)
    if len(found) == 1:
        what = say("became cheaper") if cheaper else say("became dearer") if dearer else say("kept its price")
        return say("{model} {what}, {span}", model=short_name(found[0].model), what=what, span=span_words(span))
    said = {"n": number_words(len(found)), "span": span_words(span)}
    if not cheaper and not dearer:
        return say("Of {n} models none became cheaper or dearer, {span}", **said)
    return say(
        "Of {n} models {cheaper} became cheaper and {dearer} dearer, {span}",
        cheaper=_count(cheaper),
        dearer=_count(dearer),
        **said,
    )


def sentence(found: Sequence[Move], span: Span, those: Message, mix: Message, source: Message) -> Message:
    """Say how many prices went which way, and which went farthest; "" where one is not sure.

    `those` says how the models were chosen, `mix` how prices are blended, `source` in brackets which lists they are of.
    """
    if not found or not all(move.sure for move in found):
        return NOTHING
    cheaper, dearer = _counts(found)
    claim = say(
        "of {n} of {those} {cheaper} became cheaper and {dearer} dearer",
        n=number_words(len(found)),
        those=those,
        cheaper=_count(cheaper),
        dearer=_count(dearer),
    )
    most = max(found, key=lambda move: move.times)
    if most.first != most.last:
        claim = say(
            "{claim}; {model} went from {was} to {now} per million tokens",
            claim=claim,
            model=short_name(most.model),
            was=price(most.first),
            now=price(most.last),
        )
    when = during(span, Grain.WHOLE, full=True, start=True)
    return say("{when}, {claim}, {mix} {source}.", when=when, claim=claim, mix=mix, source=source)


def _count(n: int) -> Message:
    return number_words(n) if n else say("none")


def _counts(found: Sequence[Move]) -> tuple[int, int]:
    return sum(move.last < move.first for move in found), sum(move.last > move.first for move in found)
