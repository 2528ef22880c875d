"""The workload view's table: what a day of calls costs with every model whose price is known.

The baseline stands first, where every picture shows it; then what is paid, the cheapest first; then what is free.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.domain import list_words, price_caption, price_known, sentences
from explorer.domain.attribution_notes import readings
from explorer.domain.dataset import Attribution, Dataset, attribute
from explorer.domain.figure_windows import FEBRUARY
from explorer.domain.leaderboard import ranks
from explorer.domain.periods import Span
from explorer.domain.prices import BY_NAME, UNDATED
from explorer.domain.pricing import share_words
from explorer.domain.schema import to_date
from explorer.domain.selection import Selection, Source
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import computed, exact, money, percent
from explorer.domain.wording import day_words, during, number_words
from explorer.domain.workload import MONTH, Cost, Rates, Workload, break_even, costs, rates
from explorer.words import Message, say

RIVALS = 10
"""The baseline is looked for among so many of the most used models where none was asked for."""

COLUMNS = (
    Column("model", say("Model"), Kind.TEXT),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("per_day", say("A day"), Kind.MONEY, say("US dollars for the calls of a day, at list prices")),
    Column("per_month", say("A month"), Kind.MONEY, say("US dollars for {n} days", n=MONTH)),
    Column("multiple", say("Of baseline"), Kind.RATIO, say("This model's cost over the baseline's")),
    Column(
        "break_even",
        say("Break-even output share"),
        Kind.PART,
        say(
            "The output's share of a call's tokens at which this model and the baseline cost the same, all tokens and "
            "the cached share of the input as they are; empty where one is cheaper at every share"
        ),
    ),
    Column(
        "input", say("In $/M"), Kind.PRICE, say("What these calls pay per million input tokens that are not cached")
    ),
    Column("output", say("Out $/M"), Kind.PRICE, say("What these calls pay per million output tokens")),
    Column("cached", say("Cached $/M"), Kind.PRICE, say("What these calls pay per million cached input tokens")),
    Column(
        "cache_known",
        say("Cache price"),
        Kind.FLAG,
        say("Whether the list states a price of cached input; if not, cached tokens cost as much as any input"),
    ),
    Column(
        "tier",
        say("Tier"),
        Kind.FLAG,
        say("Whether calls of this length pay another price than short ones, as the list states for long inputs"),
    ),
    Column("source", say("Source"), Kind.TEXT, say("Where the prices come from")),
    Column("price_date", say("Price date"), Kind.DATE, say("The day of the price list; empty where it is not stated")),
)


@dataclass(frozen=True, eq=False, slots=True)
class WorkloadTable(Table):
    """A table of what a workload costs that knows its baseline's model id ("" without one)."""

    baseline: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class _Scene:
    """What the costs are of: `models` of the price book, whose they are, and the `day` of the prices.

    `named` says which models these are; `tokens` in the window by model, zeros where there are none; `rivals` are those
    (indices) among which a baseline is looked for, the most used first, and `unborn` those not known to exist until
    later, of which an undated price says nothing. `rankings` is the source of the tokens, None where there are none.
    """

    models: tuple[str, ...]
    whose: Attribution
    day: int
    named: Message
    tokens: np.ndarray[tuple[int], np.dtype[np.int64]]
    rivals: tuple[int, ...]
    unborn: frozenset[int] = frozenset()
    rankings: Message | None = None


def table(dataset: Dataset, selection: Selection) -> WorkloadTable:
    """Return what the selection's workload costs at the end of its window with all models whose price is known."""
    scene = _printed(dataset, selection) if dataset.source is Source.PUBLISHED else _ranked(dataset, selection)
    if isinstance(scene, Message):
        return _nothing(scene)
    workload = selection.pricing.workload
    every = costs(dataset.prices, scene.day, workload, selection.pricing.priority)
    found = tuple(cost for cost in every if cost.point.since != UNDATED or cost.model not in scene.unborn)
    unborn = [cost.model for cost in every if cost not in found]
    if not found and unborn:
        return _nothing(say("No model is known to exist on {day}.", day=day_words(to_date(scene.day))))
    if not found:
        return _nothing(say("No price is known on {day}.", day=day_words(to_date(scene.day))))
    base = _baseline(scene, found, selection.baseline)
    found = tuple(sorted(found, key=lambda cost: (cost is not base, cost.per_call == 0)))
    ids = tuple(scene.models[cost.model] for cost in found)
    names = short_names(ids)
    lists = frozenset((cost.point.source, cost.point.since) for cost in found)
    source = list_words.list_words(lists)
    return WorkloadTable(
        COLUMNS,
        _values(scene, found, base, workload),
        ids,
        Caption(
            _title(found, base, dict(zip(ids, names, strict=True))[scene.models[base.model]]),
            say("{work}; US dollars at {prices}", work=words(workload), prices=_dated(scene, found)),
            _scope(scene, found),
            price_caption.source(scene.rankings, source),
            (*_notes(scene, found, workload, unborn), *list_words.notes(lists)),
            readings(dataset),
            sentence=_sentence(dataset, scene, found, names, workload, source),
        ),
        _marked(scene, selection),
        names=tuple(_named(name, cost is base) for name, cost in zip(names, found, strict=True)),
        baseline=scene.models[base.model],
    )


def _named(name: str, is_base: bool) -> str:
    return str(say("{model} (baseline)", model=name)) if is_base else name


def words(workload: Workload) -> Message:
    """Return a workload in words: "1 000 calls a day, each of 2 000 input and 400 output tokens"."""
    said = say(
        "{calls} calls a day, each of {input} input and {output} output tokens",
        calls=exact(workload.calls),
        input=exact(workload.input),
        output=exact(workload.output),
    )
    if workload.cached:
        said = say("{work}, {share} of the input read from a cache", work=said, share=share_words(workload.cached))
    if workload.written:
        said = say("{work}, {share} put into it", work=said, share=share_words(workload.written))
    return said


def _ranked(dataset: Dataset, selection: Selection) -> _Scene | Message:
    """Return the models of the rankings on the last day of the window; why there are none otherwise."""
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return dataset.no_data()
    tokens = dataset.cube.tokens(window)
    order, _ = ranks(tokens)
    rivals: list[int] = order[:RIVALS].tolist()
    when = during(window, selection.grain)
    whose = dataset.attribution(window.last)
    named = say("of the tokens of all named models {during}", during=when)
    day = selection.pricing.day(window.last)
    later: list[int] = np.flatnonzero(price_known.first_known(dataset) > day).tolist()
    cited = dataset.citation(window)
    return _Scene(dataset.prices.models, whose, day, named, tokens, tuple(rivals), frozenset(later), cited)


def _printed(dataset: Dataset, selection: Selection) -> _Scene | Message:
    """Return the models that printed figures name, on the last day of the window."""
    models = dataset.prices.models
    if not models:
        return say("No story names single models.")
    window: Span = selection.brush or selection.span or FEBRUARY
    whose = attribute(models, dataset.origins, window.end)
    unused = np.zeros(len(models), np.int64)
    return _Scene(models, whose, selection.pricing.day(window.last), say(""), unused, tuple(range(len(models))))


def _baseline(scene: _Scene, found: Sequence[Cost], asked: str) -> Cost:
    """Return the cost that others are compared with: the one asked for, else the dearest output of the most used."""
    known = {cost.model: cost for cost in found}
    if asked in scene.models and scene.models.index(asked) in known:
        return known[scene.models.index(asked)]
    rivals = [known[i] for i in scene.rivals if i in known] or list(found)
    return max(rivals, key=lambda cost: cost.point.output or 0.0)


def _values(scene: _Scene, found: Sequence[Cost], base: Cost, workload: Workload) -> dict[str, Sequence[object]]:
    rows = [cost.model for cost in found]
    paid = [rates(cost.point.price, workload.input) for cost in found]
    return {
        "model": [scene.models[i] for i in rows],
        "author": [str(scene.whose.author[i]) for i in rows],
        "country": [str(scene.whose.country[i]) for i in rows],
        "per_day": [computed(cost.per_day) for cost in found],
        "per_month": [computed(cost.per_month) for cost in found],
        "multiple": [cost.per_call / base.per_call if base.per_call else None for cost in found],
        "break_even": [_break_even(cost, base, workload) for cost in found],
        "input": [each.input for each in paid],
        "output": [each.output for each in paid],
        "cached": [each.cache_read for each in paid],
        "cache_known": [_cache_known(cost) for cost in found],
        "tier": [_in_tier(cost, each) for cost, each in zip(found, paid, strict=True)],
        "source": [cost.point.source for cost in found],
        "price_date": [None if cost.point.since == UNDATED else to_date(cost.point.since) for cost in found],
    }


def _break_even(cost: Cost, base: Cost, workload: Workload) -> float | None:
    return None if cost is base else break_even(cost.point.price, base.point.price, workload)


def _cache_known(cost: Cost) -> bool:
    price = cost.point.price
    return price.cache_read is not None or cost.point.source == BY_NAME or price.input == 0


def _in_tier(cost: Cost, paid: Rates) -> bool:
    """Tell whether the calls pay other prices than a call of no length does."""
    return paid != rates(cost.point.price, 0)


def _marked(scene: _Scene, selection: Selection) -> frozenset[str]:
    return scene.whose.marked(selection) if selection.marks_anything else frozenset()


def _title(found: Sequence[Cost], base: Cost, name: str) -> Message:
    cheaper = sum(cost.per_day < base.per_day for cost in found)
    text = "{n} of {all} models do this work for less than {baseline}, at {cost} a day"
    if cheaper == 1:
        text = "One of {all} models does this work for less than {baseline}, at {cost} a day"
    return say(text, n=cheaper or say("None"), all=len(found), baseline=name, cost=money(base.per_day))


def _scope(scene: _Scene, found: Sequence[Cost]) -> Message:
    known, models = len(found), len(scene.models)
    said = say("known prices of {n} of {all} models", n=known, all=models)
    whole = int(scene.tokens.sum())
    if not whole:
        return said
    priced = sum(int(scene.tokens[cost.model]) for cost in found)
    return say("{models}, {share} {named}", models=said, share=percent(priced / whole), named=scene.named)


def _notes(scene: _Scene, found: Sequence[Cost], workload: Workload, unborn: Sequence[int]) -> tuple[Message, ...]:
    """Return what costs leave out, `unborn` models among it, and how many rest on a price that is not stated."""
    notes = [
        say("List prices, the tier that a call's length falls in applied, without discounts."),
        say("Not checked: whether a model takes so long an input."),
    ]
    free = sum(cost.per_call == 0 for cost in found)
    if free:
        text = "{n} of the models are free, which limits how often they may be called; they stand last."
        one = "One model is free, which limits how often it may be called."
        notes.append(say(text if free > 1 else one, n=free))
    unstated = sum(not _cache_known(cost) for cost in found)
    if workload.cached and unstated:
        text = "{n} models state no price of cached input and are paid the input price for it."
        one = "One model states no price of cached input and is paid the input price for it."
        notes.append(say(text if unstated > 1 else one, n=unstated))
    unknown = len(scene.models) - len(found) - len(unborn)
    tokens = int(scene.tokens.sum())
    later = int(scene.tokens[list(unborn)].sum()) / max(tokens, 1)
    if unknown:
        priced = sum(int(scene.tokens[cost.model]) for cost in found)
        text = "Left out for want of a known price on that day: {models}"
        text += ", with {share} of the named models' tokens." if tokens else "."
        models = say("{n} models" if unknown > 1 else "one model", n=unknown)
        notes.append(say(text, models=models, share=percent(1 - priced / max(tokens, 1) - later)))
    return (*notes, *price_known.note(len(unborn), later))


def _dated(scene: _Scene, found: Sequence[Cost], *, full: bool = False) -> Message:
    """Return of when the prices are: of a day, unless no list states its date."""
    if all(cost.point.since == UNDATED for cost in found):
        return say("list prices of no stated date")
    return say("the list prices of {day}", day=day_words(to_date(scene.day), full=full))


def _sentence(
    dataset: Dataset,
    scene: _Scene,
    found: Sequence[Cost],
    names: Sequence[str],
    workload: Workload,
    source: Message,
) -> Message:
    """Say what the work costs with the cheapest and the dearest model that is not free."""
    paid = [(cost, name) for cost, name in zip(found, names, strict=True) if cost.per_day > 0]
    if not paid:
        return say("")
    paid.sort(key=lambda pair: pair[0].per_day)
    (low, cheapest), (high, dearest) = paid[0], paid[-1]
    text = "At {prices}, {work}, cost from {low} a day ({cheapest}) to {high} ({dearest}){free} {source}."
    if low is high:
        text = "At {prices}, {work}, cost {low} a day with {cheapest}{free} {source}."
    free = len(found) - len(paid)
    return say(
        text,
        prices=_dated(scene, found, full=True),
        work=words(workload),
        low=money(low.per_day),
        cheapest=cheapest,
        high=money(high.per_day),
        dearest=dearest,
        free=say(", {n} free left out", n=number_words(free)) if free else say(""),
        source=sentences.bracketed(source, dataset),
    )


def _nothing(why: Message) -> WorkloadTable:
    caption = Caption(say("What does the work cost?"), say("US dollars a day"), say("no data"), say(""))
    return WorkloadTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
