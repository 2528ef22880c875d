"""What a claim's entity has under many conditions at once: every scope of a window in one pass over its ranking."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.domain.claims.claim import COMPARING, Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.entities import members
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.periods import Span
from explorer.domain.schema import Floats, Tokens
from explorer.domain.selection import Scope


@dataclass(frozen=True, eq=False, slots=True)
class _Ranking:
    """A window's models, most tokens first: `order`, tokens `ranked` (models,), running sums `upto` (models + 1,)."""

    order: NDArray[np.intp]
    ranked: Tokens
    upto: Tokens
    other: int


@lru_cache(maxsize=512)
def _ranking(dataset: Dataset, window: Span) -> _Ranking:
    tokens = dataset.cube.tokens(window)
    order = np.argsort(-tokens, kind="stable")
    return _Ranking(order, tokens[order], _upto(tokens[order]), dataset.cube.other(window))


def _upto(values: Tokens) -> Tokens:
    sums = np.zeros(len(values) + 1, np.int64)
    values.cumsum(out=sums[1:])
    return sums


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts an entity in a window of a dataset under several scopes at once: int64 (scopes,) each.

    Whose the models are counts as of `day`.
    """

    dataset: Dataset
    window: Span
    scopes: tuple[Scope, ...]
    day: int

    @property
    def _found(self) -> _Ranking:
        return _ranking(self.dataset, self.window)

    @property
    def _sizes(self) -> list[int]:
        models = len(self._found.order)
        return [models if scope.top is None else min(scope.top, models) for scope in self.scopes]

    @property
    def _rest(self) -> Tokens:
        return np.array([self._found.other if scope.other else 0 for scope in self.scopes], np.int64)

    def _named(self, entity: Entity) -> NDArray[np.bool_]:
        """Bool per model in the order of the ranking: it is the entity's and has tokens."""
        return members(self.dataset, entity, self.day)[self._found.order] & (self._found.ranked > 0)

    def tokens(self, entity: Entity) -> Tokens:
        """Tokens of the entity's models among those that count; of everything, the unnamed rest too."""
        tokens = _upto(self._found.ranked * self._named(entity))[self._sizes]
        return tokens + self._rest if entity.kind is EntityKind.ALL else tokens

    def whole(self) -> Tokens:
        """Tokens of the scope."""
        return self._found.upto[self._sizes] + self._rest

    def models(self, entity: Entity) -> Tokens:
        """How many of the entity's models count."""
        return _upto(self._named(entity).astype(np.int64))[self._sizes]

    def rank(self, entity: Entity) -> Floats:
        """The rank of the entity's best model among all, the same under every scope; NaN where it has none."""
        places = np.flatnonzero(self._named(entity))
        return np.full(len(self.scopes), places[0] + 1 if len(places) else np.nan, np.float64)


def values(dataset: Dataset, claim: Claim, entity: Entity, window: Window, scopes: tuple[Scope, ...]) -> Floats:
    """Return what a claim counts, of an entity in a window, float64 (scopes,): one value per scope, NaN for none.

    Whose a model is counts as of the end of the window, as in the chart; read as known then, that of the window before
    as of its own end.
    """
    now = _Counter(dataset, window.span, scopes, window.span.last)
    with np.errstate(divide="ignore", invalid="ignore"):
        if claim.quantity in COMPARING:
            assert window.base is not None
            day = window.base.last if dataset.origins.known is Known.THEN else window.span.last
            before = _Counter(dataset, window.base, scopes, day).tokens(entity)
            found = _compared(claim.quantity, now.tokens(entity), before)
        else:
            found = _plain(claim, entity, window, now)
    found[~np.isfinite(found)] = np.nan
    return found


def _compared(quantity: Quantity, now: Tokens, before: Tokens) -> Floats:
    if quantity is Quantity.INCREMENT:
        return (now - before).astype(np.float64)
    multiple = now.astype(np.float64) / before
    return multiple - 1.0 if quantity is Quantity.GROWTH else multiple


def _plain(claim: Claim, entity: Entity, window: Window, now: _Counter) -> Floats:
    match claim.quantity:
        case Quantity.COUNT:
            return now.models(entity).astype(np.float64)
        case Quantity.RANK:
            return now.rank(entity)
        case _:
            tokens = now.tokens(entity).astype(np.float64)
    match claim.quantity:
        case Quantity.SHARE:
            return tokens / now.whole()
        case Quantity.RATIO:
            return tokens / now.tokens(claim.rival)
        case Quantity.RATE:
            return tokens * (claim.per / len(window.span))
        case _:
            return tokens
