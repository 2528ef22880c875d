"""The printed figure that a selection puts to the test, as the chart marks it and as captions name it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from explorer.domain.claims.claim import Claim, EntityKind, Quantity
from explorer.domain.claims.entities import members
from explorer.domain.claims.reading import read
from explorer.domain.claims.wording import printed
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.schema import Figure
from explorer.domain.selection import Grouping, Measure, Selection
from explorer.domain.wording import day_words
from explorer.words import Message, say

_DRAWN: Mapping[Quantity, Measure] = {
    Quantity.TOKENS: Measure.TOKENS,
    Quantity.RATE: Measure.TOKENS,
    Quantity.SHARE: Measure.SHARE,
}
"""Under which measure the chart has the height of a quantity."""

_KINDS: Mapping[Grouping, EntityKind] = {
    Grouping.COUNTRY: EntityKind.COUNTRY,
    Grouping.AUTHOR: EntityKind.AUTHORS,
    Grouping.MODEL: EntityKind.MODEL,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed figure on the chart: its window, its height in the chart's measure, and what to call it.

    `group` is the key of the band it is about, "" where it is about the whole stack; `short` is the label for where
    there is little room.
    """

    window: Span
    value: float
    label: Message
    group: str = ""
    short: Message = field(default_factory=lambda: say(""))


def claim(dataset: Dataset, selection: Selection) -> Figure | None:
    """Return the printed figure that a selection names, None where it names none that there is."""
    if not selection.claim:
        return None
    return next((figure for figure in dataset.figures if figure.id == selection.claim), None)


def markers(dataset: Dataset, selection: Selection, periods: Sequence[Span]) -> tuple[Marker, ...]:
    """Return what a chart of `periods` marks: the claim where a band or the whole stack has its measure, else ().

    The claim stands at the brush, else at its own window. Tokens are marked at a window that is one period: no bar is
    as high as the sum of several.
    """
    figure = claim(dataset, selection)
    if figure is None:
        return ()
    read_as = read(figure, dataset.origins)
    if isinstance(read_as, Message) or _DRAWN.get(read_as.quantity) is not selection.measure:
        return ()
    windows = [selection.brush, read_as.window.span if read_as.window else None]
    if selection.measure is Measure.TOKENS:
        windows = [window for window in windows if window in periods]
    window = next((window for window in windows if window is not None), None)
    group = _group(dataset, read_as, selection)
    if window is None or group is None:
        return ()
    value = read_as.value * len(window) / read_as.per if read_as.per else read_as.value
    label = say("{publisher} printed {value}", publisher=figure.publisher.partition(" (")[0], value=printed(figure))
    return (Marker(window, value, label, group, say("printed {value}", value=printed(figure))),)


def claim_words(dataset: Dataset, selection: Selection) -> tuple[Message, ...]:
    """Return the claim as a caption names it: who printed what of whom and when; () without a claim."""
    figure = claim(dataset, selection)
    if figure is None:
        return ()
    return (
        say(
            "claim: {publisher} printed {value} ({entity}, {measure}) {when}",
            publisher=figure.publisher,
            value=printed(figure),
            entity=figure.entity,
            measure=figure.measure.replace("_", " "),
            when=_when(figure.published),
        ),
    )


def _when(written: str) -> Message:
    try:
        return say("on {day}", day=day_words(date.fromisoformat(written)))
    except ValueError:
        return say("in {month}", month=written)


def _group(dataset: Dataset, claim: Claim, selection: Selection) -> str | None:
    """Return the band a claim is about, "" for the whole stack, None where the chart has no such band."""
    entity, days = claim.entity, dataset.span(selection)
    if entity.kind is EntityKind.ALL:
        return ""
    if entity.kind is not _KINDS[selection.grouping] or days is None:
        return None
    if entity.kind is not EntityKind.MODEL:
        return entity.keys[0] if len(entity.keys) == 1 else None
    meant = np.flatnonzero(members(dataset, entity, days.last)).tolist()
    return dataset.cube.models[meant[0]] if len(meant) == 1 else None
