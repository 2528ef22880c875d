"""The prices view's table: input and output prices of some models, and how they compare with a baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from explorer.domain import price_caption, price_known, price_sentence, sentences, token_ratios
from explorer.domain.attribution_notes import notes_of, readings
from explorer.domain.blended import blended, ratio
from explorer.domain.dataset import Dataset, attribute
from explorer.domain.leaderboard import ranks
from explorer.domain.periods import Span
from explorer.domain.price_coverage import unjoined
from explorer.domain.price_history import PriceColumns, PricePoint, at, blank, columns_at
from explorer.domain.prices import UNDATED
from explorer.domain.pricing import Compared, Pricing, Sort
from explorer.domain.schema import Floats, Tokens, pick, to_date
from explorer.domain.selection import Selection
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import computed, percent
from explorer.domain.wording import day_words, during, listed, number_words
from explorer.words import Message, say

TOP = 10
"""How many models are compared where none is marked."""

COLUMNS = (
    Column("model", say("Model"), Kind.TEXT),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("input", say("In $/M"), Kind.PRICE, say("Input price, US dollars per million tokens")),
    Column("output", say("Out $/M"), Kind.PRICE, say("Output price, US dollars per million tokens")),
    Column("blended", say("Blended $/M"), Kind.PRICE, say("Input and output mixed, US dollars per million tokens")),
    Column("ratio_input", say("Input ×"), Kind.RATIO, say("The baseline's input price over this model's")),
    Column("ratio_output", say("Output ×"), Kind.RATIO, say("The baseline's output price over this model's")),
    Column("source", say("Source"), Kind.TEXT, say("Where the prices come from")),
    Column("price_date", say("Price date"), Kind.DATE, say("Since when, or as of when, the price list holds")),
    Column("cached", say("Cached $/M"), Kind.PRICE, say("Input read from a cache, US dollars per million tokens")),
    Column("ratio_blended", say("Blended ×"), Kind.RATIO, say("The baseline's blended price over this model's")),
    Column("ratio_cached", say("Cached ×"), Kind.RATIO, say("The baseline's cached price over this model's")),
    Column("tiers", say("Other calls"), Kind.TEXT, say("Input/output prices of long inputs or certain hours")),
)


@dataclass(frozen=True, eq=False, slots=True)
class PriceTable(Table):
    """A price table that knows its baseline's model id ("" without one), and how it is to be drawn."""

    baseline: str = ""
    compared: Compared = Compared.BOTH
    linear: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Chosen:
    """Which models a price table compares: a title, how they were chosen, and what to say where there are none.

    `those` says how many they are and how they were chosen, within a sentence. `rivals` are the models (indices) among
    which a baseline is looked for where none was asked for. `tokens` are those of each of the book's models that make
    up the whole of which models without price have a share, within the time `during`; None where there is no whole.
    `rankings` is the source of the tokens by which the models were chosen, None where they were not.
    """

    title: Message
    how: Message
    those: Message
    none: Message
    rivals: NDArray[np.intp]
    tokens: Tokens | None = None
    during: Message = field(default_factory=lambda: say(""))
    notes: tuple[Message, ...] = ()
    rankings: Message | None = None


def table(dataset: Dataset, selection: Selection) -> PriceTable:
    """Return prices at the end of the window for the marked models, or the ten most used in it."""
    window = dataset.window(selection)
    if window is None or not dataset.cube.days_present(window):
        return nothing(dataset.no_data())
    tokens = dataset.cube.tokens(window)
    order, _ = ranks(tokens)
    rivals = order[:TOP]
    whose = dataset.attribution(window.last)
    models = dataset.cube.models
    if selection.marks_anything:
        marked = whose.marked(selection)
        order = np.array([i for i in order.tolist() if models[i] in marked], np.intp)
    rows = order[:TOP]
    what = say("marked models") if selection.marks_anything else say("models")
    how = say("the most used {what} {during}", what=what, during=during(window, selection.grain))
    title = say("Prices of the marked models") if selection.marks_anything else say("Prices of the most used models")
    none = say("None of the {what} has tokens in this window.", what=what)
    in_words = during(window, selection.grain, full=True)
    if not selection.marks_anything:
        text = "the {n} most-used models {during}"
    elif len(order) > TOP:
        text = "the {n} most-used of the chosen models {during}"
    else:
        text = "the {n} chosen models with tokens {during}"
    those = say(text, n=number_words(len(rows)), during=in_words)
    when = during(window, selection.grain)
    notes = _coverage(dataset, window, when)
    chosen = Chosen(title, how, those, none, rivals, tokens, when, notes, dataset.citation(window))
    return priced(dataset, selection, rows, (whose.author, whose.country), window.last, chosen)


def of_models(dataset: Dataset, selection: Selection, models: Sequence[str], day: int) -> PriceTable:
    """Return the prices on `day` of just these models, in their order, used or not, and of the baseline asked for.

    A model need only be named by some price list; those without a price are left out and counted in a note.
    """
    dataset = dataset.under(selection)
    ids = tuple(dict.fromkeys(models))
    joined = tuple(dict.fromkeys((*ids, *((selection.baseline,) if selection.baseline else ()))))
    whose = attribute(joined, dataset.origins, to_date(day))
    rows = np.arange(len(ids))
    chosen = Chosen(
        say("Prices of the chosen models"),
        say("the models asked for"),
        say("the {n} models asked for", n=number_words(len(ids))),
        say("No model is asked for."),
        rows,
    )
    found = replace(dataset, prices=dataset.prices.joined_to(joined))
    asked = selection.without("countries", "authors", "models")
    return priced(found, asked, rows, (whose.author, whose.country), day, chosen)


def priced(
    dataset: Dataset,
    selection: Selection,
    rows: NDArray[np.intp],
    whose: tuple[NDArray[np.object_], NDArray[np.object_]],
    day: int,
    chosen: Chosen,
) -> PriceTable:
    """Return the price table of `rows` (indices into the book's models) on a day, the baseline's row included.

    `whose` are author and country per model. The day asked for in the selection goes before `day`. Models without a
    known price are left out and counted in a note.
    """
    if not len(rows):
        return nothing(chosen.none)
    pricing, models = selection.pricing, dataset.prices.models
    day = pricing.day(day)
    points, later = price_known.known_at(dataset, day, at(dataset.prices, day, pricing.priority))
    prices = blank(columns_at(dataset.prices, day, pricing.priority), later)
    known = ~np.isnan(prices.input[rows]) | ~np.isnan(prices.output[rows])
    unknown, rows = rows[~known], rows[known]
    unborn, unknown = _parted(unknown, later)
    if not len(rows):
        return nothing(_why_none(day, len(unborn), len(unknown)))
    rivals = chosen.rivals[~np.isnan(prices.output[chosen.rivals])]
    base = _baseline(models, np.union1d(rows, rivals), prices, selection.baseline)
    asked, priceable = frozenset(pick(models, rows)), rows
    rows = _sorted(rows if base in rows else np.append(rows, base), prices, pricing)
    ids = pick(models, rows)
    names = short_names(ids)
    shown = _known(points, rows)
    said = dict(zip(rows.tolist(), names, strict=True))
    return PriceTable(
        COLUMNS,
        _values(shown, prices, pricing, rows, base) | {"model": ids, **_whose(whose, rows)},
        ids,
        Caption(
            chosen.title,
            price_caption.subtitle(pricing, day),
            say("{how}; multiples are the price of {baseline} over the model's", how=chosen.how, baseline=models[base]),
            price_caption.source(chosen.rankings, price_caption.lists(shown)),
            (
                *notes_of(dataset, ids, Span(day, day)),
                *price_caption.notes(
                    shown,
                    names,
                    PriceColumns(*_taken(prices, rows)),
                    pricing,
                    token_ratios.source(dataset, selection),
                ),
                *_left_out(pick(models, unknown), unknown, chosen, day),
                *price_known.note(len(unborn), _share(chosen, unborn)),
                *chosen.notes,
            ),
            (*readings(dataset), *price_caption.readings(pricing)),
            sentence=_sentence(
                dataset,
                (day, pricing),
                (points, prices, priceable, base),
                said,
                chosen.those,
                len(unknown) + len(unborn),
            ),
        ),
        asked if selection.marks_anything else frozenset(),
        names=names,
        baseline=models[base],
        compared=pricing.compared,
        linear=pricing.linear,
    )


def _why_none(day: int, unborn: int, unknown: int) -> Message:
    """Return why no model has a price on a day: so many are not known to exist then, of so many no price is known."""
    when = day_words(to_date(day))
    if not unknown:
        return say("None of these models is known to exist on {day}.", day=when)
    if not unborn:
        return say("No price is known for these models on {day}.", day=when)
    text = "On {day} {n} of these models are not known to exist; no price is known for the others."
    if unborn == 1:
        text = "On {day} one of these models is not known to exist; no price is known for the others."
    return say(text, day=when, n=number_words(unborn))


def _parted(rows: NDArray[np.intp], of: frozenset[int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that are among some models, and the others."""
    among = np.isin(rows, list(of))
    return rows[among], rows[~among]


def _known(points: Sequence[PricePoint | None], rows: NDArray[np.intp]) -> list[PricePoint]:
    indices: list[int] = rows.tolist()
    return [point for i in indices if (point := points[i]) is not None]


def _taken(prices: PriceColumns, rows: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    return prices.input[rows], prices.output[rows], prices.cache_read[rows]


def _whose(
    whose: tuple[NDArray[np.object_], NDArray[np.object_]], rows: NDArray[np.intp]
) -> dict[str, Sequence[object]]:
    return {"author": whose[0][rows].tolist(), "country": whose[1][rows].tolist()}


def _values(
    shown: Sequence[PricePoint], prices: PriceColumns, pricing: Pricing, rows: NDArray[np.intp], base: int
) -> dict[str, Sequence[object]]:
    """Return prices, multiples and sources of the rows, whose points are `shown`."""
    columns_of = {
        "input": prices.input,
        "output": prices.output,
        "blended": blended(prices, pricing.mix),
        "cached": prices.cache_read,
    }
    values: dict[str, Sequence[object]] = {
        key: [computed(value) for value in column[rows].tolist()] for key, column in columns_of.items()
    }
    for key, column in columns_of.items():
        values[f"ratio_{key}"] = ratio(column[rows], float(column[base])).tolist()
    values["source"] = [point.source for point in shown]
    values["price_date"] = [None if point.since == UNDATED else to_date(point.since) for point in shown]
    values["tiers"] = [str(price_caption.tiers(point)) for point in shown]
    return values


def _compared(prices: PriceColumns, pricing: Pricing) -> Floats:
    """Return the price that is compared, of all models."""
    return {
        Compared.BOTH: prices.output,
        Compared.BLENDED: blended(prices, pricing.mix),
        Compared.CACHED: prices.cache_read,
    }[pricing.compared]


def _sorted(rows: NDArray[np.intp], prices: PriceColumns, pricing: Pricing) -> NDArray[np.intp]:
    """Return the rows in the order asked for, those whose compared price is not known last."""
    if pricing.sort is Sort.USE:
        return rows
    key = _compared(prices, pricing)[rows]
    return rows[np.argsort(key if pricing.sort is Sort.CHEAPEST else -key, kind="stable")]


def _baseline(models: tuple[str, ...], rows: NDArray[np.intp], prices: PriceColumns, asked: str) -> int:
    """Return the model to compare with: the one asked for if it has a price, else the dearest output of `rows`."""
    if asked in models:
        index = models.index(asked)
        if prices.output[index] > 0:
            return index
    outputs = np.where(np.isnan(prices.output[rows]), -1.0, prices.output[rows])
    return int(rows[int(np.argmax(outputs))])


def _left_out(models: tuple[str, ...], rows: NDArray[np.intp], chosen: Chosen, day: int) -> tuple[Message, ...]:
    """Name the models without a price on a day, with what they weigh where that is known."""
    if not models:
        return ()
    named, on = ", ".join(models), day_words(to_date(day))
    if chosen.tokens is None:
        return (say("No price is known for {models} on {day}.", day=on, models=named),)
    return (
        say(
            "No price is known for {models} on {day}: {share} of the tokens of all named models {during}.",
            day=on,
            models=named,
            share=percent(_share(chosen, rows)),
            during=chosen.during,
        ),
    )


def _share(chosen: Chosen, rows: NDArray[np.intp]) -> float:
    """Return the share (0–1) of some models in the whole, 0 where there is none."""
    return 0.0 if chosen.tokens is None else float(chosen.tokens[rows].sum() / chosen.tokens.sum())


_NAMED = 3
"""So many models that no list priced are named in a note, those with most tokens; the others are counted."""


def _coverage(dataset: Dataset, window: Span, when: Message) -> tuple[Message, ...]:
    """Say what of the window's named tokens is of models that no list ever priced."""
    missing = unjoined(dataset, window)
    if not missing:
        return ()
    text = "No list ever priced {models}, with {share} of the tokens of all named models {during}."
    named = [say("{name}", name=name) for name in short_names([each.model for each in missing])]
    rest = len(named) - _NAMED
    models = listed([*named[:_NAMED], say("{n} more", n=number_words(rest))] if rest > 0 else named)
    share = percent(sum(each.share for each in missing))
    return (say(text, models=models, share=share, during=when),)


def _sentence(
    dataset: Dataset,
    asked_for: tuple[int, Pricing],
    found: tuple[Sequence[PricePoint | None], PriceColumns, NDArray[np.intp], int],
    names: Mapping[int, str],
    those: Message,
    unknown: int,
) -> Message:
    """Say what the chosen models cost: their output, or whatever is compared.

    `asked_for` are the day and how prices are looked at.
    `found` are all points, their prices, the rows that were asked for and have a price, and the baseline's row;
    `unknown` counts those asked for without a price.
    """
    (day, pricing), (points, stated, rows, base) = asked_for, found
    prices = _compared(stated, pricing)

    def offer(row: int) -> price_sentence.Offer:
        return price_sentence.Offer(names[row], computed(float(prices[row])))

    asked: list[int] = rows.tolist()
    offers = [each for each in map(offer, asked) if not np.isnan(each.price)]
    if len(offers) < len(asked) + unknown:
        text = "the {n} whose price is known among {those}"
        if pricing.compared is Compared.CACHED:
            text = "the {n} whose cache price is stated among {those}"
        those = say(text, n=number_words(len(offers)), those=those)
    shown = _known(points, rows if base in asked else np.append(rows, base))
    return price_sentence.sentence(
        day_words(to_date(day), full=True),
        those,
        offers,
        offer(base),
        sentences.bracketed(price_caption.lists(shown, prose=True), dataset),
        price_sentence.goods(pricing),
    )


def nothing(why: Message) -> PriceTable:
    """Return a price table without rows that says why."""
    caption = Caption(say("What do the models cost?"), say("US dollars per million tokens"), say("no data"), say(""))
    return PriceTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
