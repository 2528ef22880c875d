"""How prices went: what each of some models cost, from which day to which, as one table of steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from explorer.domain import price_caption, price_facts, price_moves, published, sentences, token_ratios
from explorer.domain.attribution_notes import notes_of, readings
from explorer.domain.blended import blended
from explorer.domain.cube import UsageCube
from explorer.domain.dataset import Attribution, Dataset, attribute
from explorer.domain.leaderboard import ranks
from explorer.domain.periods import Grain, Span
from explorer.domain.price_history import PricePoint, columns
from explorer.domain.price_periods import Step, steps_of
from explorer.domain.price_points import PRICE_COLUMNS, joined, price_values
from explorer.domain.prices import MAX_AGE, MODELS_API, NEVER, PriceBook
from explorer.domain.schema import Floats, pick, to_date
from explorer.domain.selection import Selection, Source
from explorer.domain.slugs import short_name, short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import price
from explorer.domain.wording import during, number_words, span_words
from explorer.words import Message, say

TOP = 10
"""So many models are drawn."""
_NO_DAYS = Span(0, 0)

COLUMNS = (
    Column("model", say("Model"), Kind.TEXT),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("from", say("From"), Kind.DATE, say("The first day at this price, within the days shown")),
    Column("to", say("To"), Kind.DATE, say("The last day at this price, within the days shown")),
    *PRICE_COLUMNS[:2],
    Column("cache_read", say("Cached $/M"), Kind.PRICE, say("US dollars per million input tokens read from a cache")),
    *PRICE_COLUMNS[2:],
)
_QUESTION = say("How did prices go?")


@dataclass(frozen=True, eq=False, slots=True)
class StepTable(Table):
    """A table of steps: a row is one price of one model over some days, in order of model and day.

    `span` are the days shown; `brush` those of them that are brushed; `linear` says that prices are not drawn
    logarithmic. `undated` are the rows, drawn dashed, whose price has no stated date or is carried on from an old list.
    """

    span: Span = _NO_DAYS
    brush: Span | None = None
    linear: bool = False
    undated: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """What is to be shown: models in order of use, whose they are, over which days, and how they were chosen.

    `used` and `named` are the tokens of each model and of all named models, 0 where they are not known. `begun` is the
    first day with tokens of each model where that is known: an undated price says nothing of the days before.
    """

    models: tuple[str, ...]
    whose: Attribution
    span: Span
    window: Span
    how: Message
    source: Message
    used: Mapping[str, int]
    named: int = 0
    begun: Mapping[str, int] = field(default_factory=dict[str, int])


def table(dataset: Dataset, selection: Selection) -> StepTable:
    """Return the prices over time of the marked models, or of the most used ones; TOP of those with a known price.

    The days are those under study; where all the data is, they go on to the last models list that names one of these.
    """
    found = _asked(dataset, selection)
    if isinstance(found, Message):
        return _nothing(found)
    shown: list[str] = []
    unknown: list[str] = []
    steps: list[Step] = []
    span = _extended(dataset.prices, found, selection)
    for model in found.models:
        own = steps_of(dataset.prices, model, span, selection.pricing.priority, found.begun.get(model, span.first))
        if not any(_is_known(step.point) for step in own):
            unknown.append(model)
            continue
        shown.append(model)
        steps += own
        if len(shown) == TOP:
            break
    if not steps:
        return _nothing(say("No price is known for these models within {span}.", span=span_words(span)))
    mixed = blended(columns([step.point for step in steps]), selection.pricing.mix)
    names = dict(zip(shown, short_names(shown), strict=True))
    return StepTable(
        COLUMNS,
        _values(steps, mixed, found.whose),
        tuple(step.model for step in steps),
        _caption(dataset, selection, (found, span), (steps, mixed), (shown, unknown)),
        frozenset(shown) if selection.marks_anything else frozenset(),
        names=tuple(names[step.model] for step in steps),
        span=span,
        brush=selection.brush.within(span) if selection.brush else None,
        linear=selection.pricing.linear,
        undated=frozenset(i for i, step in enumerate(steps) if step.carried or price_facts.is_undated(step.point)),
    )


def _is_known(point: PricePoint) -> bool:
    return point.input is not None and point.output is not None


# --- what is asked for


def _asked(dataset: Dataset, selection: Selection) -> _Asked | Message:
    return _of_stories(dataset, selection) if dataset.source is Source.PUBLISHED else _of_use(dataset, selection)


def _of_use(dataset: Dataset, selection: Selection) -> _Asked | Message:
    window, span, data = dataset.window(selection), dataset.span(selection), dataset.cube.days
    if data is None or window is None or span is None or not dataset.cube.days_present(window):
        return dataset.no_data()
    tokens = dataset.cube.tokens(window)
    models = pick(dataset.cube.models, ranks(tokens)[0])
    whose = dataset.attribution(window.last)
    text = "the most used models {during}"
    if selection.marks_anything:
        marked = whose.marked(selection)
        models = tuple(model for model in models if model in marked)
        text = "the most used of the marked models {during}"
    if not models:
        return say("None of the marked models has tokens in this window.")
    used = dict(zip(dataset.cube.models, tokens.tolist(), strict=True))
    how = say(text, during=during(window, selection.grain))
    return _Asked(
        models,
        whose,
        span,
        window,
        how,
        dataset.citation(window),
        used,
        int(tokens.sum()),
        _begun(dataset.cube, models),
    )


def _begun(cube: UsageCube, models: Sequence[str]) -> dict[str, int]:
    """Return the first day with tokens of some models, all of which have any."""
    index = {model: i for i, model in enumerate(cube.models)}
    days = (cube.running[1:, [index[model] for model in models]] > 0).argmax(axis=0) + cube.first_day
    return dict(zip(models, days.tolist(), strict=True))


def _of_stories(dataset: Dataset, selection: Selection) -> _Asked | Message:
    """Return the models that printed figures name, those named most often first."""
    span = selection.span or published.whole_span(dataset)
    if span is None:
        return say("There are no printed figures.")
    window = selection.brush or span
    named = [figure.model for figure in dataset.figures if figure.model]
    whose = attribute(dataset.prices.models, dataset.origins, window.end)
    marked = whose.marked(selection) if selection.marks_anything else frozenset(named)
    models = tuple(sorted(marked.intersection(named), key=lambda model: (-named.count(model), model)))
    if not models:
        return say("No story names the marked models.")
    text = "the marked models that stories name" if selection.marks_anything else "the models that stories name"
    return _Asked(models, whose, span, window, say(text), say("Models: as printed, see Claims."), {})


def _extended(book: PriceBook, found: _Asked, selection: Selection) -> Span:
    """Return the days to show; all the data goes on to the last models list that names one of the models."""
    if selection.span is not None:
        return found.span
    first = found.models[:TOP]
    nearest = [book.nearest(book.models.index(model), NEVER, (MODELS_API,)) for model in first]
    return Span(found.span.first, max((found.span.last, *(listed.day for listed in nearest if listed))))


# --- the table


def _values(steps: Sequence[Step], mixed: Floats, whose: Attribution) -> dict[str, Sequence[object]]:
    index = {model: i for i, model in enumerate(whose.models)}
    rows = np.array([index[step.model] for step in steps], np.intp)
    points = [step.point for step in steps]
    return {
        "model": [step.model for step in steps],
        "author": whose.author[rows].tolist(),
        "country": whose.country[rows].tolist(),
        "from": [to_date(step.first) for step in steps],
        "to": [to_date(step.last) for step in steps],
        "cache_read": [point.cache_read for point in points],
        **price_values(points, mixed),
    }


def _caption(
    dataset: Dataset,
    selection: Selection,
    asked: tuple[_Asked, Span],
    drawn: tuple[Sequence[Step], Floats],
    split: tuple[Sequence[str], Sequence[str]],
) -> Caption:
    (found, span), (steps, mixed), (shown, unknown) = asked, drawn, split
    moved = price_moves.moves(steps, mixed)
    points = [step.point for step in steps]
    mix = price_facts.mix_words(selection.pricing.mix)
    left = [model for model in found.models if model not in shown and model not in unknown]
    scope = say("{how}, {n} with a known price", how=found.how, n=number_words(len(shown)))
    used = sum(found.used.get(model, 0) for model in unknown)
    what = say("price within {span}", span=span_words(span))
    missing = price_facts.left_out(unknown, used, found.named, what) if found.named else _unpriced(unknown, what)
    return Caption(
        price_moves.title(moved, span),
        say("blended US dollars per million tokens, {mix}, {span}", mix=mix, span=span_words(span)),
        scope,
        price_facts.source_words(found.source, points),
        joined(
            missing,
            (say("{n} more marked models are not drawn.", n=len(left)),) if left and selection.marks_anything else (),
            _gaps(steps, span),
            token_ratios.note(dataset, selection),
            _dashed(steps),
            notes_of(dataset, shown, found.window),
        ),
        (*readings(dataset), *price_caption.readings(selection.pricing)),
        _sentence(moved, (found.how, span, mix), sentences.bracketed(price_facts.lists_words(points), dataset)),
    )


def _sentence(moved: Sequence[price_moves.Move], asked: tuple[Message, Span, Message], source: Message) -> Message:
    """Say how the prices moved; where not all are dated, from what to what they are on the last day."""
    how, span, mix = asked
    if not moved or all(move.sure for move in moved):
        return price_moves.sentence(moved, span, how, mix, source)
    low, high = min(moved, key=lambda move: move.last), max(moved, key=lambda move: move.last)
    text = "{when}, the last known prices of {n} of {how} are from {low} ({cheapest}) to {high} ({dearest})"
    if len(moved) == 1:
        text = "{when}, the last known price of {cheapest}, of {how}, is {low}"
    claim = say(
        text,
        when=during(span, Grain.WHOLE, full=True, start=True),
        n=number_words(len(moved)),
        how=how,
        low=price(low.last),
        cheapest=short_name(low.model),
        high=price(high.last),
        dearest=short_name(high.model),
    )
    return say("{claim} per million tokens, {mix} {source}.", claim=claim, mix=mix, source=source)


def _unpriced(models: Sequence[str], what: Message) -> tuple[Message, ...]:
    return (say("No {what} is known for {models}.", what=what, models=", ".join(models)),) if models else ()


def _gaps(steps: Sequence[Step], span: Span) -> tuple[Message, ...]:
    """Say that lines end where a list states no price."""
    inner = any(a.model == b.model and a.last + 1 < b.first for a, b in pairwise(steps))
    ends = {step.model: step.last for step in steps}
    if inner or any(last < span.last for last in ends.values()):
        return (say("A line breaks where a list names the model without a price."),)
    return ()


def _dashed(steps: Sequence[Step]) -> tuple[Message, ...]:
    """Say what dashed lines are: prices of no stated date, and prices whose list is old without a newer one."""
    found: list[Message] = []
    if any(price_facts.is_undated(step.point) for step in steps):
        found.append(say("Dashed: no date is stated for these prices, drawn from the first use on; they may be newer."))
    if any(step.carried for step in steps):
        found.append(say("No newer list for {n} days: the last dated price is carried on, dashed.", n=MAX_AGE))
    return tuple(found)


def _nothing(why: Message) -> StepTable:
    caption = Caption(_QUESTION, say("US dollars per million tokens"), say("no data"), say(""))
    return StepTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
