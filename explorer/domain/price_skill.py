"""Price against skill: what each model of a window costs, what it scores, and which is cheapest at its level."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.domain import (
    attribution_notes,
    price_caption,
    price_facts,
    price_points,
    scores,
    sentences,
    token_ratios,
)
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.price_points import MODEL_COLUMNS, PRICE_COLUMNS, PointTable, Priced, joined
from explorer.domain.schema import Floats, pick, to_date
from explorer.domain.scores import ScoreList
from explorer.domain.selection import Selection
from explorer.domain.slugs import short_name, short_names
from explorer.domain.table import Caption, Column, Kind
from explorer.domain.units import price
from explorer.domain.wording import day_words, listed, number_words, period_words
from explorer.words import Message, say

COLUMNS = (
    *MODEL_COLUMNS,
    Column("score", say("Score"), Kind.NUMBER, say("In the benchmark's own unit")),
    Column("cheapest", say("Cheapest"), Kind.FLAG, say("No other paid model scores as high for as little")),
    *PRICE_COLUMNS,
)
_QUESTION = say("What does skill cost?")
_SAID = 3
"""So many of the cheapest models the sentence names."""


def table(dataset: Dataset, selection: Selection) -> PointTable:
    """Return the models of the window whose blended price and score are known, most used first.

    The selection's score is the name of a list in `choices`; any other takes the first of them. The scores are those of
    the newest list that states any, the prices those at the end of the window.
    """
    found = price_points.priced(dataset, selection)
    if isinstance(found, Message):
        return _nothing(dataset, selection, found)
    offered = choices(dataset, selection)
    if not offered:
        why = say("No list states a score of a model in this window. Open a newer answer of /api/v1/models.")
        return _nothing(dataset, selection, why)
    shown = next((choice for choice in offered if choice.name == selection.pricing.score), offered[0])
    skill = _column(shown, dataset.cube.models)
    scored = found.order[~np.isnan(skill[found.order])]
    rows = scored[found.known[scored]]
    if not len(rows):
        return _nothing(dataset, selection, say("No price is known for the models that have this score."))
    best = cheapest(found.blended[rows], skill[rows])
    ids = pick(dataset.cube.models, rows)
    values = price_points.values(dataset, found, rows)
    values |= {"score": skill[rows].tolist(), "cheapest": [i in best for i in range(len(rows))]}
    return PointTable(
        COLUMNS,
        values,
        ids,
        _caption(dataset, selection, found, (rows, skill), shown),
        price_points.marked(dataset, selection, found),
        names=short_names(ids),
        height="score",
        log_height=False,
        linear=selection.pricing.linear,
        steps=tuple(ids[i] for i in best),
        countries=price_points.countries(dataset, values["country"]),
    )


def choices(dataset: Dataset, selection: Selection) -> tuple[ScoreList, ...]:
    """Return the lists that score a model of the window, general ones and those of many models first."""
    window = dataset.window(selection)
    if window is None:
        return ()
    tokens = dataset.cube.tokens(window)
    used = [model for model, count in zip(dataset.cube.models, tokens.tolist(), strict=True) if count]
    known = [(sum(found.of(model) is not None for model in used), found) for found in scores.lists(dataset)]
    return tuple(found for count, found in sorted(known, key=_general_first) if count)


def _general_first(counted: tuple[int, ScoreList]) -> tuple[bool, int]:
    count, found = counted
    return not found.general, -count


def cheapest(prices: Floats, skill: Floats) -> tuple[int, ...]:
    """Return the indices of the models that no other paid one beats, cheapest first.

    A model is beaten by one that scores at least as high for no more; of two alike the first stays. Free ones (0) are
    left out: their price buys another service.
    """
    order = sorted((i for i in range(len(prices)) if prices[i] > 0), key=lambda i: (prices[i], -skill[i], i))
    found: list[int] = []
    for i in order:
        if not found or skill[i] > skill[found[-1]]:
            found.append(i)
    return tuple(found)


def _column(shown: ScoreList, models: Sequence[str]) -> Floats:
    found = [shown.of(model) for model in models]
    return np.array([np.nan if value is None else value for value in found], np.float64)


def _caption(
    dataset: Dataset, selection: Selection, found: Priced, what: tuple[NDArray[np.intp], Floats], shown: ScoreList
) -> Caption:
    (rows, skill), window = what, found.window
    unscored = found.order[np.isnan(skill[found.order])]
    scored = found.order[~np.isnan(skill[found.order])]
    unpriced = scored[~found.known[scored]]
    models = dataset.cube.models
    points = found.points_of(rows)
    best = [int(rows[i]) for i in cheapest(found.blended[rows], skill[rows])]
    return Caption(
        _title(len(best), int(np.count_nonzero(found.blended[rows])), shown),
        say(
            "{score}, {when}, against the blended price per million tokens on {day}, {mix}",
            score=shown.label,
            when=shown.when,
            day=day_words(to_date(found.day)),
            mix=price_facts.mix_words(selection.pricing.mix),
        ),
        say(
            "{n} of the {used} named models used in {window}"
            if selection.scope.top is None
            else "{n} of the {used} most used models in {window}",
            n=len(rows),
            used=len(found.order),
            window=period_words(window, selection.grain),
        ),
        say(
            "{prices} Scores: {source}.",
            prices=price_facts.source_words(dataset.citation(window), points),
            source=shown.source,
        ),
        joined(
            price_facts.left_out(pick(models, unscored), found.amount(unscored), found.named, say("score")),
            price_facts.left_out(pick(models, unpriced), found.amount(unpriced), found.named, say("price")),
            _nameless(shown),
            _free(found, rows),
            token_ratios.note(dataset, selection),
            price_facts.notes(points),
            attribution_notes.notes(dataset, window),
        ),
        (*attribution_notes.readings(dataset), *price_caption.readings(selection.pricing)),
        _sentence(dataset, found, (best, skill), shown, selection),
    )


def _title(best: int, paid: int, shown: ScoreList) -> Message:
    if best < 2:
        return _QUESTION
    return say(
        "{best} of {paid} paid models are the cheapest at their level of the {score}",
        best=str(number_words(best)).capitalize(),
        paid=paid,
        score=shown.label,
    )


def _nameless(shown: ScoreList) -> tuple[Message, ...]:
    if not shown.nameless:
        return ()
    text = "{n} printed scores are left out: of which model they are is not certain."
    if shown.nameless == 1:
        text = "One printed score is left out: of which model it is is not certain."
    return (say(text, n=str(number_words(shown.nameless)).capitalize()),)


def _free(found: Priced, rows: NDArray[np.intp]) -> tuple[Message, ...]:
    if not np.any(found.blended[rows] == 0):
        return ()
    return (say("Free models stand at the left edge, apart from the line of the cheapest."),)


def _sentence(
    dataset: Dataset, found: Priced, what: tuple[Sequence[int], Floats], shown: ScoreList, selection: Selection
) -> Message:
    """Say which models are the cheapest at their level, from the top down."""
    best, skill = what
    if not best:
        return sentences.NOTHING
    named = [
        say(
            "{model} ({score} for {price})",
            model=short_name(dataset.cube.models[i]),
            score=f"{skill[i]:g}",
            price=price(float(found.blended[i])),
        )
        for i in reversed(best[-_SAID:])
    ]
    return say(
        "On {day}, the cheapest paid models at the highest levels of the {score} ({when}) were {models} per million "
        "tokens, {mix} {source}.",
        day=day_words(to_date(found.day), full=True),
        score=shown.label,
        when=shown.when,
        models=listed(named),
        mix=price_facts.mix_words(selection.pricing.mix),
        source=sentences.cited(dataset, found.window),
    )


def _nothing(dataset: Dataset, selection: Selection, why: Message) -> PointTable:
    caption = Caption(
        _QUESTION,
        say("score against the blended price per million tokens"),
        say("no data"),
        dataset.citation(dataset.window(selection) or Span(0, 0)),
    )
    return PointTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why, height="score", log_height=False)
