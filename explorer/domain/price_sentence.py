"""The price table in one plain sentence, ready to paste: models, day, baseline and price lists are in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.domain.units import price, significant
from explorer.domain.wording import number_words
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Offer:
    """A model's output price, US dollars per million tokens."""

    name: str
    output: float


def sentence(day: str, those: Message, offers: Sequence[Offer], base: Offer, source: Message) -> Message:
    """Return the cheapest and the dearest output among `offers` and how the baseline compares; "" without prices.

    `those` says which models the offers are of. A free model has no multiple and is only counted.
    """
    paid = [offer for offer in offers if offer.output > 0]
    free = sum(offer.output == 0 for offer in offers)
    if not paid and not free:
        return say("")
    if len(offers) == 1:
        claim = _alone(offers[0], base)
    elif not paid:
        claim = say("output of {those} was free", those=those)
    elif len(paid) == 1:
        claim = _only(paid[0], those, base)
    else:
        claim = _range(paid, those, base)
        if free:
            text = "{claim}, one free model left out" if free == 1 else "{claim}, {n} free models left out"
            claim = say(text, claim=claim, n=number_words(free))
    return say("On {day}, {claim} {source}.", day=day, claim=claim, source=source)


def _alone(offer: Offer, base: Offer) -> Message:
    if not offer.output:
        return say("output of {model} was free", model=offer.name)
    return say(
        "output of {model} cost {price} per million tokens{base}",
        model=offer.name,
        price=price(offer.output),
        base=_against(offer, base),
    )


def _only(offer: Offer, those: Message, base: Offer) -> Message:
    return say(
        "of {those} all were free but {model}, whose output cost {price} per million tokens{base}",
        those=those,
        model=offer.name,
        price=price(offer.output),
        base=_against(offer, base),
    )


def _range(paid: Sequence[Offer], those: Message, base: Offer) -> Message:
    low = min(paid, key=lambda offer: (offer.output, offer.name != base.name))
    high = max(paid, key=lambda offer: (offer.output, offer.name == base.name))
    if low.output == high.output:
        claim = say("output of {those} cost {price} per million tokens each", those=those, price=price(low.output))
        return say("{claim}{base}", claim=claim, base=_against(low, base))
    claim = say(
        "output of {those} cost from {low} per million tokens ({cheapest}) to {high} ({dearest})",
        those=those,
        low=price(low.output),
        cheapest=low.name,
        high=price(high.output),
        dearest=high.name,
    )
    if base.name in (low.name, high.name) or not base.output > 0:
        return say("{claim}, {multiple} times as much", claim=claim, multiple=significant(high.output / low.output))
    return say(
        "{claim}; {base} at {price} cost {least} times as much as the one and {most} times as much as the other",
        claim=claim,
        base=base.name,
        price=price(base.output),
        least=significant(base.output / low.output),
        most=significant(base.output / high.output),
    )


def _against(offer: Offer, base: Offer) -> Message:
    if base.name == offer.name or not base.output > 0:
        return say("")
    return say(
        ", against {price} of {base}, {multiple} times as much",
        price=price(base.output),
        base=base.name,
        multiple=significant(base.output / offer.output),
    )
