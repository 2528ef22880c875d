"""How prices are looked at: whose list goes first, how input and output are mixed, and which work is to be paid."""

from dataclasses import dataclass, field
from enum import StrEnum

from explorer.domain.blended import OBSERVED, Mix
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.workload import PRESETS, Workload


class PriceFirst(StrEnum):
    """Whose price counts where both OpenRouter's model lists and the genai-prices catalogue have one."""

    OPENROUTER = "openrouter"
    CATALOGUE = "catalogue"


_PRIORITIES = {PriceFirst.OPENROUTER: (MODELS_API, CATALOGUE), PriceFirst.CATALOGUE: (CATALOGUE, MODELS_API)}


@dataclass(frozen=True, slots=True)
class Pricing:
    """The part of a Selection that is about prices.

    `ratio` is input tokens per output token and `cached` the share of input read from a cache, for blended prices;
    `linear` draws price axes linear instead of logarithmic; `workload` is the work whose cost is compared.
    """

    first: PriceFirst = PriceFirst.OPENROUTER
    ratio: float = OBSERVED.ratio
    cached: float = OBSERVED.cached
    linear: bool = False
    workload: Workload = field(default=PRESETS[0].workload)

    @property
    def mix(self) -> Mix:
        """What calls are made of."""
        return Mix(self.ratio, self.cached)

    @property
    def priority(self) -> tuple[str, ...]:
        """The sources of prices, the one that counts first before the other."""
        return _PRIORITIES[self.first]
