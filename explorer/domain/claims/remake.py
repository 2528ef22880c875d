"""The Selection under which the leaderboard and the chart show what a candidate counts."""

from explorer.domain.claims import price_remake
from explorer.domain.claims.claim import Entity, EntityKind, Quantity
from explorer.domain.claims.entities import members
from explorer.domain.claims.verdict import Candidate, Found, Priced
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.periods import TRAILING, Grain, Span
from explorer.domain.schema import pick
from explorer.domain.selection import Grouping, Measure, Selection

_GROUPINGS = {
    EntityKind.ALL: Grouping.COUNTRY,
    EntityKind.COUNTRY: Grouping.COUNTRY,
    EntityKind.AUTHORS: Grouping.AUTHOR,
    EntityKind.MODEL: Grouping.MODEL,
}


def shown(dataset: Dataset, found: Candidate, quantity: Quantity, claim: str = "") -> Selection | None:
    """Return the selection that shows a candidate of either kind; None for a price of a model that the data lack."""
    if isinstance(found, Priced):
        return price_remake.selection(dataset, found, quantity, claim)
    return selection(dataset, found, quantity, claim)


def selection(dataset: Dataset, found: Found, quantity: Quantity, claim: str = "") -> Selection:
    """Return the selection that shows a candidate: its window brushed, its entity marked, `claim` on the chart.

    The chart has the window as one of its periods, and its models as whose they were then: its span ends with the
    window where trailing windows are counted back from it, or where an author has moved since.
    """
    window, reading = found.window, found.reading
    read = dataset.read(reading.known, reading.variants)
    shown = Selection(
        grain=window.grain,
        span=_span(read, window.span, window.grain),
        brush=window.span,
        scope=found.scope,
        measure=Measure.SHARE if quantity is Quantity.SHARE else Measure.TOKENS,
        grouping=_GROUPINGS[found.entity.kind],
        known=reading.known,
        variants=reading.variants,
        as_of=dataset.as_of,
        claim=claim,
    )
    return shown.but(**_marks(read, found.entity, window.span.last))


def _span(dataset: Dataset, window: Span, grain: Grain) -> Span | None:
    if grain is Grain.WHOLE:
        return window
    data, origins = dataset.cube.days, dataset.origins
    if data is None or data.last == window.last:
        return None
    moved = origins.known is Known.NOW and origins.epoch(window.end) != origins.epoch(data.end)
    return Span(min(data.first, window.first), window.last) if grain in TRAILING or moved else None


def _marks(dataset: Dataset, entity: Entity, day: int) -> dict[str, frozenset[str]]:
    match entity.kind:
        case EntityKind.ALL:
            return {}
        case EntityKind.COUNTRY:
            return {"countries": frozenset(entity.keys)}
        case EntityKind.AUTHORS:
            return {"authors": frozenset(entity.keys)}
        case EntityKind.MODEL:
            return {"models": frozenset(pick(dataset.cube.models, members(dataset, entity, day).nonzero()[0]))}
