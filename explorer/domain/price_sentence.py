"""The price table in one plain sentence, ready to paste: models, day, baseline and price lists are in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.domain.price_facts import mix_words
from explorer.domain.pricing import Compared, Pricing
from explorer.domain.units import price, significant
from explorer.domain.wording import number_words
from explorer.words import Message, say


@dataclass(frozen=True, slots=True)
class Offer:
    """A model's price of what is compared, US dollars per million tokens."""

    name: str
    price: float


@dataclass(frozen=True, slots=True)
class Goods:
    """What the prices are of, as it is said before and, in brackets, after the models."""

    name: Message
    made_of: Message

    def of(self, who: Message | str) -> Message:
        """Return the goods of some models, within a sentence."""
        return say("{goods} of {who}{made_of}", goods=self.name, who=who, made_of=self.made_of)

    @property
    def alone(self) -> Message:
        """The goods after "whose"."""
        return say("{goods}{made_of}", goods=self.name, made_of=self.made_of)


OUTPUT = Goods(say("output"), say(""))
CACHED = Goods(say("cached input"), say(""))


def goods(pricing: Pricing) -> Goods:
    """Return what is compared: output where input is beside it, the input from a cache, or both blended as chosen."""
    if pricing.compared is Compared.CACHED:
        return CACHED
    if pricing.compared is not Compared.BLENDED:
        return OUTPUT
    text = " ({mix})" if pricing.cached else " ({mix}, none cached)"
    return Goods(say("blended use"), say(text, mix=mix_words(pricing.mix)))


def sentence(
    day: str, those: Message, offers: Sequence[Offer], base: Offer, source: Message, what: Goods = OUTPUT
) -> Message:
    """Return the cheapest and the dearest among `offers` and how the baseline compares; "" without prices.

    `those` says which models the offers are of, and `what` what is offered. A free model has no multiple and is
    only counted.
    """
    paid = [offer for offer in offers if offer.price > 0]
    free = sum(offer.price == 0 for offer in offers)
    if not paid and not free:
        return say("")
    if len(offers) == 1:
        claim = _alone(offers[0], base, what)
    elif not paid:
        claim = say("{goods} was free", goods=what.of(those))
    elif len(paid) == 1:
        claim = _only(paid[0], those, base, what)
    else:
        claim = _range(paid, what.of(those), base)
        if free:
            text = "{claim}, one free model left out" if free == 1 else "{claim}, {n} free models left out"
            claim = say(text, claim=claim, n=number_words(free))
    return say("On {day}, {claim} {source}.", day=day, claim=claim, source=source)


def _alone(offer: Offer, base: Offer, what: Goods) -> Message:
    if not offer.price:
        return say("{goods} was free", goods=what.of(offer.name))
    return say(
        "{goods} cost {price} per million tokens{base}",
        goods=what.of(offer.name),
        price=price(offer.price),
        base=_against(offer, base),
    )


def _only(offer: Offer, those: Message, base: Offer, what: Goods) -> Message:
    return say(
        "of {those} all were free but {model}, whose {goods} cost {price} per million tokens{base}",
        those=those,
        model=offer.name,
        goods=what.alone,
        price=price(offer.price),
        base=_against(offer, base),
    )


def _range(paid: Sequence[Offer], goods: Message, base: Offer) -> Message:
    low = min(paid, key=lambda offer: (offer.price, offer.name != base.name))
    high = max(paid, key=lambda offer: (offer.price, offer.name == base.name))
    if low.price == high.price:
        claim = say("{goods} cost {price} per million tokens each", goods=goods, price=price(low.price))
        return say("{claim}{base}", claim=claim, base=_against(low, base))
    claim = say(
        "{goods} cost from {low} per million tokens ({cheapest}) to {high} ({dearest})",
        goods=goods,
        low=price(low.price),
        cheapest=low.name,
        high=price(high.price),
        dearest=high.name,
    )
    if base.name in (low.name, high.name) or not base.price > 0:
        return say("{claim}, {multiple} times as much", claim=claim, multiple=significant(high.price / low.price))
    return say(
        "{claim}; {base} at {price} cost {least} times as much as the one and {most} times as much as the other",
        claim=claim,
        base=base.name,
        price=price(base.price),
        least=significant(base.price / low.price),
        most=significant(base.price / high.price),
    )


def _against(offer: Offer, base: Offer) -> Message:
    if base.name == offer.name or not base.price > 0:
        return say("")
    return say(
        ", against {price} of {base}, {multiple} times as much",
        price=price(base.price),
        base=base.name,
        multiple=significant(base.price / offer.price),
    )
