"""Since when a model is known to exist: before that day a price of no date says nothing of it."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from explorer.domain.dataset import Dataset
from explorer.domain.price_history import PricePoint
from explorer.domain.prices import NEVER, UNDATED
from explorer.domain.schema import Days
from explorer.domain.units import percent
from explorer.domain.wording import number_words
from explorer.words import Message, say


def first_known(dataset: Dataset) -> Days:
    """Return the first day with tokens of each of the price book's models, or that of the first dated list naming it.

    The earlier of the two counts, int32 (models,). UNDATED where neither is known, as the model may be of any age, and
    for all models where there are no rankings.
    """
    found = dataset.at_hand.get(_AT_HAND)
    if found is None:
        found = dataset.at_hand[_AT_HAND] = _first_known(dataset)
    return cast(Days, found)


_AT_HAND = "first known"


def _first_known(dataset: Dataset) -> Days:
    models, cube = dataset.prices.models, dataset.cube
    if cube.days is None:
        return np.full(len(models), UNDATED, np.int32)
    used = cube.running[1:] > 0
    begun = np.where(used.any(axis=0), used.argmax(axis=0) + cube.first_day, NEVER).tolist()
    by_use = dict(zip(cube.models, begun, strict=True))
    first = np.array([by_use.get(model, NEVER) for model in models], np.int32)
    first = np.minimum(first, dataset.prices.first_listed)
    return np.where(first == NEVER, UNDATED, first).astype(np.int32)


def known_at(
    dataset: Dataset, day: int, points: Sequence[PricePoint | None]
) -> tuple[tuple[PricePoint | None, ...], frozenset[int]]:
    """Return the prices of the book's models on `day` without those of no date of models not known to exist by then.

    Also return which models (indices) these are.
    """
    unborn: list[int] = np.flatnonzero(first_known(dataset) > day).tolist()
    later = frozenset(i for i in unborn if (point := points[i]) is not None and point.since == UNDATED)
    if not later:
        return tuple(points), later
    return tuple(None if i in later else point for i, point in enumerate(points)), later


def note(count: int, share: float = 0.0) -> tuple[Message, ...]:
    """Say how many models are left out as they are not known to exist on the day of the prices.

    `share` (0–1) is theirs of the tokens of all named models in the window, which can be a later one.
    """
    if not count:
        return ()
    text = "Left out as not known to exist on that day, with a price of no stated date: {models}"
    text += ", with {share} of the named models' tokens." if share else "."
    models = say("one model") if count == 1 else say("{n} models", n=number_words(count))
    return (say(text, models=models, share=percent(share)),)
