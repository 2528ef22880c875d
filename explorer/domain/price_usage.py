"""Price against use: what each model of a window cost at its end, and how many tokens it made."""

import math

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, price_caption, price_facts, price_points, sentences, token_ratios
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.price_points import MODEL_COLUMNS, PRICE_COLUMNS, PointTable, Priced, joined
from explorer.domain.rank_correlation import RankCorrelation, spearman
from explorer.domain.schema import pick, to_date
from explorer.domain.selection import Selection
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind
from explorer.domain.units import MINUS, percent
from explorer.domain.wording import day_words, during, number_words
from explorer.words import Message, say

COLUMNS = (
    *MODEL_COLUMNS,
    Column("share", say("Share"), Kind.SHARE, say("Share of the tokens of all named models in the window")),
    *PRICE_COLUMNS,
)
_QUESTION = say("Did use follow the cost curve?")


def table(dataset: Dataset, selection: Selection) -> PointTable:
    """Return the models of the window whose blended price is known, most used first.

    The title says that cheaper or dearer models were used more where `RankCorrelation.clear` holds over the models
    that are not free; that there is no clear link where it does not; and only asks below `rank_correlation.LEAST`.
    """
    found = price_points.priced(dataset, selection)
    if isinstance(found, Message):
        return _nothing(dataset, selection, found)
    known = found.known[found.order]
    rows, unknown = found.order[known], found.order[~known]
    if not len(rows):
        return _nothing(dataset, selection, say("No price is known for the models of this window."))
    paid = rows[found.blended[rows] > 0]
    link = spearman(found.blended[paid], found.tokens[paid].astype(np.float64))
    values = price_points.values(dataset, found, rows)
    values["share"] = (found.tokens[rows] / max(found.named, 1)).tolist()
    ids = pick(dataset.cube.models, rows)
    return PointTable(
        COLUMNS,
        values,
        ids,
        _caption(dataset, selection, found, (rows, unknown), link),
        price_points.marked(dataset, selection, found),
        names=short_names(ids),
        linear=selection.pricing.linear,
        countries=price_points.countries(dataset, values["country"]),
    )


def _caption(
    dataset: Dataset,
    selection: Selection,
    found: Priced,
    split: tuple[NDArray[np.intp], NDArray[np.intp]],
    link: RankCorrelation,
) -> Caption:
    (rows, unknown), window = split, found.window
    points = found.points_of(rows)
    missing = pick(dataset.cube.models, unknown)
    return Caption(
        title_of(link),
        say(
            "tokens {during} against the blended price per million tokens on {day}, {mix}",
            during=during(window, selection.grain),
            day=day_words(to_date(found.day)),
            mix=price_facts.mix_words(selection.pricing.mix),
        ),
        price_points.scope(dataset, selection, found),
        price_facts.source_words(dataset.citation(window), points),
        joined(
            _free(found, rows),
            price_facts.left_out(missing, found.amount(unknown), found.named, say("price")),
            _partial(dataset, window),
            token_ratios.note(dataset, selection),
            price_facts.notes(points),
            attribution_notes.notes(dataset, window),
        ),
        (*attribution_notes.readings(dataset), *price_caption.readings(selection.pricing)),
        _sentence(dataset, selection, window, link),
    )


def title_of(link: RankCorrelation) -> Message:
    """Say what a correlation of price and tokens means, or ask where there are too few models to tell."""
    if math.isnan(link.rho):
        return _QUESTION
    said = {"rho": _hundredths(link.rho), "n": link.n}
    if not link.clear:
        return say("No clear link between price and use: rank correlation {rho} over {n} paid models", **said)
    if link.rho < 0:
        return say("Cheaper models were used more: rank correlation {rho} over {n} paid models", **said)
    return say("Dearer models were used more: rank correlation {rho} over {n} paid models", **said)


def _sentence(dataset: Dataset, selection: Selection, window: Span, link: RankCorrelation) -> Message:
    if math.isnan(link.rho):
        return sentences.NOTHING
    if not link.clear:
        claim = say("there was no clear link between the price of a model and its use")
    elif link.rho < 0:
        claim = say("cheaper models were used more")
    else:
        claim = say("dearer models were used more")
    return say(
        "{when}, {claim}: the rank correlation of blended price ({mix}) and tokens was {rho} over {n} paid models "
        "{source}.",
        when=sentences.when(dataset.cube, window, selection.grain),
        claim=claim,
        mix=price_facts.mix_words(selection.pricing.mix),
        rho=_hundredths(link.rho),
        n=link.n,
        source=sentences.cited(dataset, window),
    )


def _hundredths(rho: float) -> str:
    return f"{round(rho, 2) + 0.0:.2f}".replace("-", MINUS)


def _free(found: Priced, rows: NDArray[np.intp]) -> tuple[Message, ...]:
    free = rows[found.blended[rows] == 0]
    if not len(free):
        return ()
    share = percent(found.amount(free) / max(found.named, 1))
    text = "{n} models are free ({share} of the tokens of named models) and are not in the correlation."
    if len(free) == 1:
        text = "One model is free ({share} of the tokens of named models) and is not in the correlation."
    words = number_words(len(free))
    return (say(text, n=str(words).capitalize(), share=share),)


def _partial(dataset: Dataset, window: Span) -> tuple[Message, ...]:
    complete = dataset.cube.days_complete(window)
    if complete == len(window):
        return ()
    return (say("Partial: {complete} of {days} days are complete.", complete=complete, days=len(window)),)


def _nothing(dataset: Dataset, selection: Selection, why: Message) -> PointTable:
    caption = Caption(
        _QUESTION,
        say("tokens against the blended price per million tokens"),
        say("no data"),
        dataset.citation(dataset.window(selection) or Span(0, 0)),
    )
    return PointTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
