"""What a printed figure claims, in terms that can be counted."""

from dataclasses import dataclass, field
from enum import StrEnum

from explorer.domain.periods import Grain, Span
from explorer.domain.selection import Scope


class Quantity(StrEnum):
    """What is printed of an entity; a rate is tokens scaled to `Claim.per` days."""

    TOKENS = "tokens"
    RATE = "rate"
    SHARE = "share"
    RATIO = "ratio"
    GROWTH = "growth"
    MULTIPLE = "multiple"
    INCREMENT = "increment"
    COUNT = "count"
    RANK = "rank"
    PRICE_INPUT = "price_input"
    PRICE_OUTPUT = "price_output"
    PRICE_INPUT_RATIO = "price_input_ratio"
    PRICE_OUTPUT_RATIO = "price_output_ratio"


COMPARING = frozenset({Quantity.GROWTH, Quantity.MULTIPLE, Quantity.INCREMENT})
"""Quantities that compare a window with one before it."""
PRICE_RATIOS = frozenset({Quantity.PRICE_INPUT_RATIO, Quantity.PRICE_OUTPUT_RATIO})
"""Quantities that are one model's price over another's."""
RATIOS = PRICE_RATIOS | {Quantity.RATIO}
"""Quantities of an entity over its rival."""


class EntityKind(StrEnum):
    """What an entity is."""

    ALL = "all"
    COUNTRY = "country"
    AUTHORS = "authors"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Entity:
    """Whose tokens or prices a figure speaks of.

    `keys` are: nothing for ALL; one country code; author slugs; or one model's name as printed. `model` is its
    OpenRouter id where the figure gives it.
    """

    kind: EntityKind
    keys: tuple[str, ...] = ()
    model: str = ""


EVERYTHING = Entity(EntityKind.ALL)


@dataclass(frozen=True, slots=True)
class Window:
    """A run of days as a candidate: the grain it is a period of (WHOLE: of none), and the days it is compared with."""

    span: Span
    grain: Grain
    base: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed figure as numbers: `entity` (over `rival`, in a ratio) in tokens, a fraction, a multiple or a count.

    A price is in US dollars per million tokens.

    What was printed is met by values from `low` to `high`, both included; `value` is the number itself. `scope` and
    `window` are as stated, None where the story does not say; `near` is the day around which windows are looked for.
    `per` scales a rate to so many days.
    """

    quantity: Quantity
    entity: Entity
    value: float
    low: float
    high: float
    scope: Scope | None = None
    window: Window | None = None
    near: int = 0
    rival: Entity = field(default=EVERYTHING)
    per: int = 0

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Whose tokens or prices it is about: the entity, and in a ratio its rival."""
        return (self.entity, self.rival) if self.quantity in RATIOS else (self.entity,)

    @property
    def is_scoped(self) -> bool:
        """Whether it matters which models count: not for ranks, nor for the tokens of single models."""
        of_models = all(entity.kind is EntityKind.MODEL for entity in self.entities)
        return self.quantity is not Quantity.RANK and (self.quantity is Quantity.SHARE or not of_models)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days the story states: the window, and the one it is compared with."""
        if self.window is None:
            return ()
        return (self.window.span,) if self.window.base is None else (self.window.span, self.window.base)
