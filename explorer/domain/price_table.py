"""The prices view's table: input and output prices of some models, and how they compare with a baseline."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain import price_sentence, sentences
from explorer.domain.attribution_notes import notes_of, readings
from explorer.domain.dataset import Dataset
from explorer.domain.leaderboard import price_columns, ranks
from explorer.domain.periods import Span
from explorer.domain.prices import CATALOGUE, UNDATED, PricesAt
from explorer.domain.schema import Floats, pick, to_date
from explorer.domain.selection import Selection
from explorer.domain.slugs import short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.wording import day_words, during, number_words, span_words
from explorer.words import Message, say

TOP = 10
"""How many models are compared where none is marked."""

COLUMNS = (
    Column("model", say("Model"), Kind.TEXT),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT),
    Column("input", say("In $/M"), Kind.PRICE, say("Input price, US dollars per million tokens")),
    Column("output", say("Out $/M"), Kind.PRICE, say("Output price, US dollars per million tokens")),
    Column("ratio_input", say("Input ×"), Kind.RATIO, say("The baseline's input price over this model's")),
    Column("ratio_output", say("Output ×"), Kind.RATIO, say("The baseline's output price over this model's")),
    Column("source", say("Source"), Kind.TEXT, say("Where the prices come from")),
    Column("price_date", say("Price date"), Kind.DATE, say("Since when, or as of when, the price list holds")),
)


@dataclass(frozen=True, eq=False, slots=True)
class PriceTable(Table):
    """A price table that knows its baseline's model id ("" without one)."""

    baseline: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Chosen:
    """Which models a price table compares: a title, how they were chosen, and what to say where there are none.

    `those` says how many they are and how they were chosen, within a sentence. `rivals` are the models (indices) among
    which a baseline is looked for where none was asked for.
    """

    title: Message
    how: Message
    those: Message
    none: Message
    rivals: NDArray[np.intp]


def table(dataset: Dataset, selection: Selection) -> PriceTable:
    """Return prices at the end of the window for the marked models, or the ten most used in it."""
    window, data = dataset.window(selection), dataset.cube.days
    if data is None:
        return nothing(say("There are no rankings yet. Open a rankings file to begin."))
    if window is None or not dataset.cube.days_present(window):
        return nothing(say("There is no data in this window. The data runs {span}.", span=span_words(data)))
    order, _ = ranks(dataset.cube.tokens(window))
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
    chosen = Chosen(title, how, those, none, rivals)
    return priced(dataset, selection, rows, (whose.author, whose.country), window.last, chosen)


def priced(
    dataset: Dataset,
    selection: Selection,
    rows: NDArray[np.intp],
    whose: tuple[NDArray[np.object_], NDArray[np.object_]],
    day: int,
    chosen: Chosen,
) -> PriceTable:
    """Return the price table of `rows` (indices into the book's models) on a day, the baseline's row included.

    `whose` are author and country per model. Models without a known price are left out and counted in a note.
    """
    if not len(rows):
        return nothing(chosen.none)
    at, models = dataset.prices.at(day), dataset.prices.models
    known = ~np.isnan(at.input[rows]) | ~np.isnan(at.output[rows])
    unknown, rows = rows[~known], rows[known]
    if not len(rows):
        return nothing(say("No price is known for these models on {day}.", day=day_words(to_date(day))))
    base = _baseline(
        models, np.union1d(rows, chosen.rivals[~np.isnan(at.output[chosen.rivals])]), at, selection.baseline
    )
    ids = pick(models, rows)
    if base not in rows:
        rows = np.append(rows, base)
    names = short_names(pick(models, rows))
    values: dict[str, Sequence[object]] = {
        "model": pick(models, rows),
        "author": whose[0][rows].tolist(),
        "country": whose[1][rows].tolist(),
        "ratio_input": _ratio(at.input, rows, base).tolist(),
        "ratio_output": _ratio(at.output, rows, base).tolist(),
        **price_columns(at, rows),
    }
    values["source"] = values.pop("price_source")
    return PriceTable(
        COLUMNS,
        values,
        pick(models, rows),
        Caption(
            chosen.title,
            say("US dollars per million tokens on {day}, log scale", day=day_words(to_date(day))),
            say("{how}; multiples are the price of {baseline} over the model's", how=chosen.how, baseline=models[base]),
            _source(at, rows),
            (
                *notes_of(dataset, pick(models, rows), Span(day, day)),
                *_notes(at, rows),
                *_left_out(pick(models, unknown)),
            ),
            readings(dataset),
            sentence=_sentence(dataset, day, rows, base, names, chosen.those, (len(ids), len(unknown))),
        ),
        frozenset(ids) if selection.marks_anything else frozenset(),
        names=names,
        baseline=models[base],
    )


def _baseline(models: tuple[str, ...], rows: NDArray[np.intp], at: PricesAt, asked: str) -> int:
    """Return the model to compare with: the one asked for if it has a price, else the dearest output of `rows`."""
    if asked in models:
        index = models.index(asked)
        if at.output[index] > 0:
            return index
    outputs = np.where(np.isnan(at.output[rows]), -1.0, at.output[rows])
    return int(rows[int(np.argmax(outputs))])


def _left_out(models: tuple[str, ...]) -> tuple[Message, ...]:
    if not models:
        return ()
    return (say("No price is known for {models}.", models=", ".join(models)),)


def _ratio(prices: Floats, rows: NDArray[np.intp], base: int) -> Floats:
    """Return the baseline's price over each row's, NaN where either is free or unknown."""
    shown = np.where(prices[rows] > 0, prices[rows], np.nan)
    return (prices[base] if prices[base] > 0 else np.nan) / shown


def _sentence(
    dataset: Dataset,
    day: int,
    rows: NDArray[np.intp],
    base: int,
    names: tuple[str, ...],
    those: Message,
    counts: tuple[int, int],
) -> Message:
    """Say what the output of the chosen models costs; `counts` are those in `rows` and those without a known price."""
    at, (shown, unknown) = dataset.prices.at(day), counts
    every = [price_sentence.Offer(name, float(at.output[i])) for i, name in zip(rows.tolist(), names, strict=True)]
    offers = [offer for offer in every[:shown] if not np.isnan(offer.output)]
    if len(offers) < shown + unknown:
        those = say("the {n} whose price is known among {those}", n=number_words(len(offers)), those=those)
    return price_sentence.sentence(
        day_words(to_date(day), full=True),
        those,
        offers,
        every[int(np.flatnonzero(rows == base)[0])],
        sentences.bracketed(_lists(at, rows, prose=True), dataset),
    )


def _source(at: PricesAt, rows: NDArray[np.intp]) -> Message:
    return say("Source: {lists}.", lists=_lists(at, rows))


def _lists(at: PricesAt, rows: NDArray[np.intp], *, prose: bool = False) -> Message:
    """Return which price lists the rows' prices are from, as of when; `prose` for a sentence without a star."""
    dated = sorted({int(at.since[i]) for i in rows.tolist() if at.source[i] == 0})
    undated = any(at.source[i] == 1 and at.since[i] == UNDATED for i in rows.tolist())
    if not prose:
        catalogue = say("the genai-prices catalogue (marked *)")
    elif undated:
        catalogue = say("the genai-prices catalogue, as-of date not stated")
    else:
        catalogue = say("the genai-prices catalogue")
    if not dated:
        return catalogue
    if UNDATED in dated:
        when = say("as-of date not stated")
    else:
        when = say("as of {dates}", dates=", ".join(day_words(to_date(day), full=prose) for day in dated))
    api = say("OpenRouter models API, {when}", when=when)
    if any(at.source[i] == 1 for i in rows.tolist()):
        return say("{api}; {catalogue}", api=api, catalogue=catalogue)
    return api


def _notes(at: PricesAt, rows: NDArray[np.intp]) -> tuple[Message, ...]:
    notes: list[Message] = []
    if any(at.source[i] == 1 for i in rows.tolist()):
        notes.append(
            say(
                "* {name}: no models snapshot covers the date; its undated prices may be newer.",
                name=CATALOGUE,
            )
        )
    if any(at.input[i] == 0 or at.output[i] == 0 for i in rows.tolist()):
        notes.append(say("Free models have no bar and no multiple."))
    return tuple(notes)


def nothing(why: Message) -> PriceTable:
    """Return a price table without rows that says why."""
    caption = Caption(say("What do the models cost?"), say("US dollars per million tokens"), say("no data"), say(""))
    return PriceTable(COLUMNS, {c.key: () for c in COLUMNS}, (), caption, empty=why)
