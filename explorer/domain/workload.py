"""What a day of calls costs with each model, and where two models cost the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from explorer.domain.price_history import PRIORITY, PricePoint, at
from explorer.domain.prices import PriceBook
from explorer.domain.schema import Price
from explorer.words import Message, say

MONTH = 30
"""The days of a month, where a month's cost is said."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Workload:
    """`calls` a day, each of `input` and `output` tokens; of the input a share `cached` is read and `written` put in.

    ValueError for negative numbers and for shares that are more than the whole.
    """

    calls: float
    input: int
    output: int
    cached: float = 0.0
    written: float = 0.0

    def __post_init__(self) -> None:
        if min(self.calls, self.input, self.output, self.cached, self.written) < 0 or self.cached + self.written > 1:
            raise ValueError(f"no workload: {self}")

    @property
    def output_share(self) -> float:
        """The output's share (0–1) of a call's tokens, 0 for a call without any."""
        return self.output / max(self.input + self.output, 1)


@dataclass(frozen=True, slots=True)
class Preset:
    """A workload to begin with, and what it stands for: round numbers of an example, measured nowhere."""

    key: str
    name: Message
    what: Message
    workload: Workload


PRESETS = (
    Preset(
        "chat",
        say("A chat"),
        say("1,000 messages a day, each with what was said before"),
        Workload(1_000, 2_000, 400, 0.3),
    ),
    Preset(
        "agent",
        say("A coding agent's overnight run"),
        say("600 steps, each reading most of its context from the cache"),
        Workload(600, 60_000, 800, 0.85),
    ),
    Preset(
        "batch",
        say("A batch of documents"),
        say("5,000 documents of some 12 pages, each summed up once"),
        Workload(5_000, 8_000, 500),
    ),
)


@dataclass(frozen=True, slots=True)
class Rates:
    """US dollars per million tokens that one call pays, and per call; None is not known."""

    input: float | None
    output: float | None
    cache_read: float | None
    cache_write: float | None
    request: float = 0.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a workload costs with one model (index into the book's), in US dollars; `point` says by which list."""

    model: int
    point: PricePoint
    per_call: float
    per_day: float

    @property
    def per_month(self) -> float:
        """US dollars for a month of MONTH days."""
        return self.per_day * MONTH


def rates(price: Price, tokens: int) -> Rates:
    """Return what a call with so many input tokens pays: the base prices, or those of the tiers that hold for it.

    A tier holds for all tokens of the call. Tiers of some hours, or of other conditions, are left out. Tokens read from
    or put into a cache cost the input price where no other is stated.
    """
    values = [price.input, price.output, price.cache_read, price.cache_write]
    for tier in price.tiers or ():
        if tokens >= tier.least and tier.hours is None and not tier.condition:
            stated = (tier.input, tier.output, tier.cache_read, tier.cache_write)
            values = [old if new is None else new for old, new in zip(values, stated, strict=True)]
    prompt, completion, read, write = values
    return Rates(
        prompt, completion, prompt if read is None else read, prompt if write is None else write, price.request or 0.0
    )


def per_call(price: Price, workload: Workload) -> float | None:
    """Return US dollars per call; None where a price that the call needs is not known."""
    paid = rates(price, workload.input)
    read, written = workload.input * workload.cached, workload.input * workload.written
    parts = (
        (workload.input - read - written, paid.input),
        (read, paid.cache_read),
        (written, paid.cache_write),
        (workload.output, paid.output),
    )
    total = paid.request
    for tokens, dollars in parts:
        if tokens > 0:
            if dollars is None:
                return None
            total += tokens * dollars / _MILLION
    return total if price.own else None


def costs(book: PriceBook, day: int, workload: Workload, priority: Sequence[str] = PRIORITY) -> tuple[Cost, ...]:
    """Return what a workload costs on `day` with every model whose prices are known, the cheapest first."""
    found: list[Cost] = []
    for i, point in enumerate(at(book, day, priority)):
        dollars = None if point is None else per_call(point.price, workload)
        if point is not None and dollars is not None:
            found.append(Cost(i, point, dollars, dollars * workload.calls))
    return tuple(sorted(found, key=lambda cost: (cost.per_day, book.models[cost.model])))


def break_even(price: Price, baseline: Price, workload: Workload) -> float | None:
    """Return the output share (0–1) of a call's tokens at which two models cost the same; None where there is none.

    The tokens of a call and the cached and written shares of its input stay those of the workload, only how the tokens
    are split between input and output changes. Between thresholds of tiers both costs are straight lines of the split;
    of several crossings the one nearest to the workload's own split counts. Two models that cost the same at every
    split have no break-even, nor do two that only jump past each other where a tier begins.
    """
    tokens = workload.input + workload.output
    crossings: list[float] = []
    edges = sorted({0, tokens + 1} | {t.least for p in (price, baseline) for t in p.tiers or () if t.least <= tokens})
    for least, following in pairwise(edges):
        crossings += _crossings((price, baseline), workload, least, following)
    return min(crossings, key=lambda share: (abs(share - workload.output_share), share), default=None)


def _crossings(prices: tuple[Price, Price], workload: Workload, least: int, following: int) -> list[float]:
    """Return the output share at which two prices are as dear, if it has from `least` to `following` input tokens."""
    tokens = workload.input + workload.output
    lines: list[tuple[float, float]] = []
    for price in prices:
        # The two ends of a line in one tier: all tokens input and all output.
        flat = _in_tier(price, least)
        ends = [
            per_call(flat, replace(workload, input=end, output=tokens - end)) if tokens else None for end in (tokens, 0)
        ]
        if ends[0] is None or ends[1] is None:
            return []
        lines.append((ends[0], ends[1]))
    (start, end), (other_start, other_end) = lines
    gap, closing = start - other_start, (start - other_start) - (end - other_end)
    if not closing:
        return []
    share = gap / closing
    return [share] if 0 <= share <= 1 and least <= tokens * (1 - share) < following else []


def _in_tier(price: Price, tokens: int) -> Price:
    """Return a price without tiers: what a call with so many input tokens pays."""
    paid = rates(price, tokens)
    return replace(
        price,
        input=paid.input,
        output=paid.output,
        cache_read=paid.cache_read,
        cache_write=paid.cache_write,
        tiers=(),
    )
