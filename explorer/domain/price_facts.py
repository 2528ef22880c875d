"""What a chart of prices says beside its numbers: the mix behind a blended price, the lists, and what has no price."""

from collections.abc import Sequence

from explorer.domain import list_words, price_caption
from explorer.domain.blended import OBSERVED, OBSERVED_SOURCE, Mix
from explorer.domain.price_history import PricePoint
from explorer.domain.prices import BY_NAME, UNDATED
from explorer.domain.pricing import share_words
from explorer.domain.slugs import short_name
from explorer.domain.units import percent, significant
from explorer.domain.wording import listed, number_words
from explorer.words import Message, say

NAMED = 3
"""So many models without a price are named, the rest are counted."""


def mix_words(mix: Mix) -> Message:
    """Return what a blended price is made of: "17.2 input tokens per output token, 40 % of the input cached"."""
    text = "one input token per output token" if mix.ratio == 1 else "{ratio} input tokens per output token"
    ratio = say(text, ratio=significant(mix.ratio))
    if not mix.cached:
        return ratio
    return say("{ratio}, {cached} of the input cached", ratio=ratio, cached=share_words(mix.cached))


def mix_note(mix: Mix) -> tuple[Message, ...]:
    """Return where a mix comes from: nothing for one of a person's own."""
    return (say("{source}.", source=OBSERVED_SOURCE),) if mix == OBSERVED else ()


def lists_words(points: Sequence[PricePoint]) -> Message:
    """Return which lists some prices are from."""
    return list_words.list_words(_lists(points))


def source_words(rankings: Message, points: Sequence[PricePoint]) -> Message:
    """Return the source line of a chart of rankings and prices."""
    return price_caption.source(rankings, lists_words(points))


def notes(points: Sequence[PricePoint]) -> tuple[Message, ...]:
    """Return what must be known of some prices."""
    found = list_words.notes(_lists(points))
    if any(is_undated(point) for point in points):
        return (*found, say("Of some prices no date is stated: they may be newer."))
    return found


def _lists(points: Sequence[PricePoint]) -> frozenset[tuple[str, int]]:
    return frozenset((point.source, point.since) for point in points)


def is_undated(point: PricePoint) -> bool:
    """Tell whether a price does not say since when it holds; that of a `:free` model needs no date."""
    return point.since == UNDATED and point.source != BY_NAME


def left_out(models: Sequence[str], tokens: int, of: int, what: Message) -> tuple[Message, ...]:
    """Return which models are not shown for want of `what`, with their share of the tokens of all named models."""
    if not models:
        return ()
    share = percent(tokens / of) if of else percent(0.0)
    named = [say("{model}", model=short_name(model)) for model in models[:NAMED]]
    more = len(models) - len(named)
    if more:
        named.append(say("{n} more", n=number_words(more)))
    text = "No {what} is known for {models}: {share} of the tokens of named models."
    return (say(text, what=what, models=listed(named), share=share),)
