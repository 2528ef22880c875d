"""What became of a figure: the candidates that reproduce it, or the nearest one, or why it can't be tested."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

from explorer.domain.claims.claim import Claim, Entity, Quantity, Window
from explorer.domain.origins import Known
from explorer.domain.schema import Figure
from explorer.domain.selection import Scope, Variants
from explorer.words import Message, say

_NARROW = 0.005


class Outcome(StrEnum):
    """Whether a figure holds as stated, only under other conditions, not at all, or can't be tested."""

    HOLDS = "holds"
    HOLDS_IF = "holds-if"
    FAILS = "fails"
    NOT_TESTABLE = "not-testable"


@dataclass(frozen=True, slots=True)
class Reading:
    """How models are attributed and told apart."""

    known: Known = Known.NOW
    variants: Variants = Variants.APART


READINGS = tuple(Reading(known, variants) for variants in Variants for known in Known)
"""All readings, the simplest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: its conditions, the value under them, and in how many ways they depart from what the story states.

    Departures are another window, another scope, anonymous models as known then, variants merged with their model, the
    free variant of a model alone.
    """

    entity: Entity
    window: Window
    scope: Scope
    reading: Reading
    value: float
    departures: int

    @property
    def combined(self) -> int:
        """How many departures it takes, whether anonymous models had been revealed left out: stories never say that."""
        return self.departures - (self.reading.known is Known.THEN)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a price list says: the value, and in how many ways the list departs from the one that was in force.

    `models` are the list's ids of the model and, in a ratio, of the one it is compared with; `days` the days of the
    lists of `source` that state their prices, UNDATED where not stated; `on` is a day on which these are in force.
    """

    models: tuple[str, ...]
    source: str
    days: tuple[int, ...]
    on: int
    value: float
    departures: int

    @property
    def combined(self) -> int:
        """How many departures it takes."""
        return self.departures


Candidate = Found | Priced


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say of a figure.

    `fits` are the candidates that reproduce it, the simplest first, `best` the first of them; where none does,
    `best` is the nearest of the simple ones. `stated` is the value under the conditions as stated. Of `tried`
    candidates `fitting` came out within the printed precision; `chance` is how many of those as simple as the best one
    could be expected to by chance alone. `why` says why a figure is not testable, `sums` what follows from other
    printed figures alone. Of a price that does not hold `best` is the one that was in force, and `others` are what
    other lists say, the nearest first.
    """

    figure: Figure
    outcome: Outcome
    claim: Claim | None = None
    best: Candidate | None = None
    stated: float | None = None
    fits: tuple[Candidate, ...] = field(default=())
    tried: int = 0
    chance: float = 0.0
    why: Message = field(default_factory=lambda: say(""))
    sums: Message = field(default_factory=lambda: say(""))
    others: tuple[Priced, ...] = ()

    @property
    def fitting(self) -> int:
        """How many of the tried candidates fit."""
        return len(self.fits)

    @property
    def simplest(self) -> tuple[Candidate, ...]:
        """The fits that depart in as few ways as the best one."""
        return tuple(fit for fit in self.fits if fit.departures == self.fits[0].departures)

    @property
    def weak(self) -> bool:
        """Whether it fits only through a combination of departures, or where chance alone would do as well."""
        return self.outcome is Outcome.HOLDS_IF and (self.fits[0].combined > 1 or self.chance > 0.5)

    @property
    def off(self) -> float:
        """How far the best candidate is from the printed number, as a fraction of it; NaN where there is none.

        Growth is compared as the multiple it is: +127.6 % is 0.25 % off +127 %.
        """
        if self.claim is None or self.best is None:
            return math.nan
        whole = 1.0 if self.claim.quantity is Quantity.GROWTH else 0.0
        printed = self.claim.value + whole
        return (self.best.value + whole) / printed - 1 if printed else math.nan

    @property
    def narrow(self) -> bool:
        """Whether it fails by less than counts change when they are restated after a story is printed."""
        return self.outcome is Outcome.FAILS and abs(self.off) < _NARROW
