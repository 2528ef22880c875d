"""What a price table says about its prices: which lists they are from, how they are mixed, and what they leave out."""

from collections.abc import Sequence

from explorer.domain.blended import OBSERVED, OBSERVED_SOURCE
from explorer.domain.price_history import PriceColumns, PricePoint
from explorer.domain.prices import BY_NAME, CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import Compared, PriceFirst, Pricing, share_words
from explorer.domain.schema import PriceTier, to_date
from explorer.domain.snapshot import IMPORTED
from explorer.domain.units import price
from explorer.domain.wording import day_words
from explorer.words import Message, say

MOST_TIERED = 2
"""Of so many models a note says what long inputs cost; of more it says how many."""

_COUNTED = {
    Compared.BOTH: "US dollars per million tokens on {day}, {scale} scale",
    Compared.BLENDED: "US dollars per million tokens, input and output blended, on {day}, {scale} scale",
    Compared.CACHED: "US dollars per million input tokens, not cached and read from a cache, on {day}, {scale} scale",
}


def subtitle(pricing: Pricing, day: int) -> Message:
    """Return what is compared, in which unit, of which day, on which scale."""
    scale = say("linear") if pricing.linear else say("log")
    return say(_COUNTED[pricing.compared], day=day_words(to_date(day)), scale=scale)


def readings(pricing: Pricing) -> tuple[Message, ...]:
    """Return in which order the sources speak, where it is not the usual one."""
    return (say("prices of {name} first", name=CATALOGUE),) if pricing.first is PriceFirst.CATALOGUE else ()


def lists(points: Sequence[PricePoint], *, prose: bool = False) -> Message:
    """Return which price lists prices are from, as of when; `prose` for a sentence without a star."""
    found: list[Message] = []
    dated = sorted({point.since for point in points if point.source == MODELS_API})
    if UNDATED in dated:
        found.append(say("OpenRouter models API, as-of date not stated"))
    elif dated:
        dates = ", ".join(day_words(to_date(day), full=prose) for day in dated)
        found.append(say("OpenRouter models API, as of {dates}", dates=dates))
    catalogue = [point for point in points if point.source == CATALOGUE]
    if catalogue and not prose:
        found.append(say("the genai-prices catalogue (marked *)"))
    elif any(point.since == UNDATED for point in catalogue):
        found.append(say("the genai-prices catalogue, as-of date not stated"))
    elif catalogue:
        found.append(say("the genai-prices catalogue"))
    found += _imported(points)
    if not found:
        return say("upstream's definition of :free variants")
    words = found[0]
    for each in found[1:]:
        words = say("{first}; {second}", first=words, second=each)
    return words


def source(rankings: Message | None, lists: Message) -> Message:
    """Return the source line of prices; `rankings` is that of the tokens that chose the models, None without."""
    if rankings is None:
        return say("Source: {lists}.", lists=lists)
    return say("{rankings} Prices: {lists}.", rankings=rankings, lists=lists)


def _imported(points: Sequence[PricePoint]) -> list[Message]:
    days = sorted({point.since for point in points if point.source == IMPORTED})
    if not days:
        return []
    if UNDATED in days:
        return [say("an imported table, as-of date not stated")]
    return [say("an imported table of {dates}", dates=", ".join(day_words(to_date(day)) for day in days))]


def notes(
    points: Sequence[PricePoint],
    names: Sequence[str],
    shown: PriceColumns,
    pricing: Pricing,
    observed: Message | None = None,
) -> list[Message]:
    """Return the caveats of some prices, in the order of what a reader must know first.

    `shown` are the columns of the same models as `points`; `names` what they are called; `observed` says where the
    ratio of input to output comes from, None for one of a person's own.
    """
    mixed = [_mix(pricing, observed), *_uncached(points, pricing)]
    found = mixed if pricing.compared is Compared.BLENDED else []
    if any(point.source == CATALOGUE for point in points):
        found.append(_starred(pricing))
    if any(point.source == BY_NAME for point in points):
        found.append(say("No list has some :free variants: they cost nothing by definition."))
    if (shown.input == 0).any() or (shown.output == 0).any():
        found.append(say("Free models have no bar and no multiple."))
    found += _tiered(points, names)
    return found if pricing.compared is Compared.BLENDED else [*found, *mixed]


def _mix(pricing: Pricing, observed: Message | None) -> Message:
    """Say of what a blended price is made, and where the default comes from."""
    if pricing.ratio == OBSERVED.ratio:
        ratio = OBSERVED_SOURCE
    elif observed is not None:
        ratio = observed
    else:
        one = "one input token per output token, as chosen"
        text = one if pricing.ratio == 1 else "{ratio} input tokens per output token, as chosen"
        ratio = say(text, ratio=f"{pricing.ratio:.4g}")
    if pricing.cached:
        share = say("{share} of the input read from a cache, as chosen", share=share_words(pricing.cached))
    else:
        share = say("no input cached")
    shown = pricing.compared is Compared.BLENDED
    text = "Blended: {ratio}; {share}." if shown else "Blended prices, in the exported table: {ratio}; {share}."
    return say(text, ratio=ratio, share=share)


def _uncached(points: Sequence[PricePoint], pricing: Pricing) -> tuple[Message, ...]:
    if not pricing.cached or all(point.cache_read is not None for point in points):
        return ()
    return (say("Where no list states a cache price, cached input costs what input costs."),)


def _starred(pricing: Pricing) -> Message:
    if pricing.first is PriceFirst.CATALOGUE:
        text = "* {name} goes before the models snapshots, as chosen; its undated prices may be newer."
    else:
        text = "* {name}: no models snapshot covers the date; its undated prices may be newer."
    return say(text, name=CATALOGUE)


def _tiered(points: Sequence[PricePoint], names: Sequence[str]) -> tuple[Message, ...]:
    """Say what the base prices leave out: some calls cost something else."""
    tiered = [(name, point) for name, point in zip(names, points, strict=True) if point.tiers]
    if not tiered:
        return ()
    if len(tiered) > MOST_TIERED:
        return (say("Base prices: {n} of the models charge otherwise for some calls.", n=len(tiered)),)
    listed = "; ".join(f"{name} {tiers(point)}" for name, point in tiered)
    return (say("Base prices; other calls: {listed}.", listed=listed),)


def tiers(point: PricePoint) -> Message:
    """Return what a model costs instead for some calls: "from 200k: $6/$22.50" (input/output); "" for none."""
    if point.tiers is None:
        return say("not imported")
    found = say("")
    for tier in point.tiers:
        words = _tier(tier)
        found = say("{before}; {tier}", before=found, tier=words) if found.template else words
    return found


def _tier(tier: PriceTier) -> Message:
    costs = say("{input}/{output}", input=price(tier.input), output=price(tier.output))
    if tier.condition:
        return say("under other conditions: {costs}", costs=costs)
    if tier.hours is not None:
        first, last = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in tier.hours)
        return say("{first}–{last} UTC: {costs}", first=first, last=last, costs=costs)
    return say("from {least}: {costs}", least=_count(tier.least), costs=costs)


def _count(tokens: int) -> str:
    """Return a threshold: 200k, 272k (one source writes 272,001), 32768."""
    least = tokens - tokens % 10
    return f"{least // 1000}k" if least % 1000 == 0 else str(least)
