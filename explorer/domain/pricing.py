"""How prices are looked at: whose list goes first, how input and output are mixed, and which work is to be paid."""

from dataclasses import dataclass, field
from enum import StrEnum

from explorer.domain.blended import OBSERVED, Mix
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.snapshot import IMPORTED
from explorer.domain.units import THIN
from explorer.domain.workload import PRESETS, Workload


class Compared(StrEnum):
    """Which prices stand side by side: input with output, both blended into one, or input with cached input."""

    BOTH = "both"
    BLENDED = "blended"
    CACHED = "cached"


class Sort(StrEnum):
    """In which order models stand: by tokens, or by the price that is compared (output where input is beside it)."""

    USE = "use"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


class PriceFirst(StrEnum):
    """Whose price counts where both OpenRouter's model lists and the genai-prices catalogue have one."""

    OPENROUTER = "openrouter"
    CATALOGUE = "catalogue"


_PRIORITIES = {
    PriceFirst.OPENROUTER: (MODELS_API, CATALOGUE, IMPORTED),
    PriceFirst.CATALOGUE: (CATALOGUE, MODELS_API, IMPORTED),
}


@dataclass(frozen=True, slots=True)
class Pricing:
    """The part of a Selection that is about prices.

    `ratio` is input tokens per output token and `cached` the share of input read from a cache, for blended prices;
    `linear` draws price axes linear instead of logarithmic; `workload` is the work whose cost is compared. `compared`
    and `sort` are what the prices view shows, and in which order. `at` is the day number whose prices count, None for
    the last day of the window. `score` names the score that prices are held against, "" for the most widely known.
    """

    first: PriceFirst = PriceFirst.OPENROUTER
    ratio: float = OBSERVED.ratio
    cached: float = OBSERVED.cached
    linear: bool = False
    workload: Workload = field(default=PRESETS[0].workload)
    compared: Compared = Compared.BOTH
    sort: Sort = Sort.USE
    at: int | None = None
    score: str = ""

    @property
    def mix(self) -> Mix:
        """What calls are made of."""
        return Mix(self.ratio, self.cached)

    @property
    def priority(self) -> tuple[str, ...]:
        """The sources of prices, the one that counts first before the other."""
        return _PRIORITIES[self.first]

    def day(self, last: int) -> int:
        """Return the day whose prices count for a window that ends on the day `last`."""
        return last if self.at is None else self.at


def ratio_words(ratio: float) -> str:
    """Return input tokens per output token as people write it: "3:1", "17.2:1"."""
    return f"{ratio:.4g}:1"


def share_words(share: float) -> str:
    """Return a chosen share (0–1) in percent, no more exact than it was chosen: "50 %", "12.5 %"."""
    return f"{share * 100:.4g}{THIN}%"
