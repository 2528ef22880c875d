"""One plain sentence of what a view shows, ready to paste: scope, window, denominator and as-of are in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain.attribution_notes import readings
from explorer.domain.cube import UsageCube
from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Grain, Span
from explorer.domain.schema import OTHER
from explorer.domain.selection import Grouping, Scope
from explorer.domain.units import percent
from explorer.domain.wording import during, listed, makers, number_words, token_words
from explorer.words import Message, say

NOTHING = say("")
FIRST = 3
"""So many models the sentence of a leaderboard names."""
_NAMED = 6
"""So many marked bands are named one by one."""
_APART = 3
"""So many marked bands get a figure each."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the chart or row of the leaderboard: its key, what it is called, and its tokens in the window."""

    key: str
    name: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Whole:
    """Of what the shares are shares: a scope with its tokens in a window.

    `models` counts the named models in it, `everything` all tokens of the window, `unnamed` those of `other`.
    """

    scope: Scope
    models: int
    tokens: int
    everything: int
    unnamed: int


def whole(cube: UsageCube, window: Span, scope: Scope, tokens: int) -> Whole:
    """Return a scope that holds so many `tokens` in a window."""
    by_model, unnamed = cube.tokens(window), cube.other(window)
    named = int(np.count_nonzero(by_model))
    models = named if scope.top is None else min(scope.top, named)
    return Whole(scope, models, tokens, int(by_model.sum()) + unnamed, unnamed)


def spoken(
    spans: Sequence[Span], partial: NDArray[np.bool_], there: NDArray[np.bool_], brush: Span | None
) -> int | None:
    """Return the period a sentence is about: the last one with data in the brush, else of all; complete if it can be.

    `there` tells which periods have data. A brush that holds no whole period takes the last one it touches.
    """
    places = range(len(spans))
    if brush is not None:
        touched = [i for i in places if spans[i].within(brush)]
        places = [i for i in touched if spans[i].within(brush) == spans[i]] or touched
    found = [i for i in places if there[i]]
    return ([i for i in found if not partial[i]] or found or [None])[-1]


def when(cube: UsageCube, window: Span, grain: Grain) -> Message:
    """Return the window as the beginning of a sentence, with how many of its days there are where some are not."""
    words = during(window, grain, full=True, start=True)
    days, present, complete = len(window), cube.days_present(window), cube.days_complete(window)
    if complete == days:
        return words
    live = complete < present
    part = say("{n} of {days} days complete" if live else "{n} of {days} days with data", n=complete, days=days)
    data = cube.days
    running = live or data is None or data.last < window.last
    return say("{window} so far ({part})" if running else "{window} ({part})", window=words, part=part)


def cited(dataset: Dataset, window: Span, *, attributed: bool = False) -> Message:
    """Return the source of a window's rankings in brackets, with how models are counted where that is not as usual.

    `attributed` says that the sentence speaks of countries or authors, so that the user's own attributions matter.
    """
    vintage = dataset.vintage(window)
    tables = dataset.borrowed_days(window)
    if tables and sum(tables.values()) == dataset.cube.days_present(window):
        names = ", ".join(table.name for table in tables)
        return bracketed(say("{names}, imported, as-of date not stated", names=names), dataset, attributed=attributed)
    if vintage.as_of is None and vintage.unstated is None:
        text = "OpenRouter rankings"
    elif vintage.as_of is None:
        text = "OpenRouter rankings, as-of date not stated"
    elif vintage.unstated is None:
        text = "OpenRouter rankings as of {as_of}"
    else:
        text = "OpenRouter rankings as of {as_of}; as-of date not stated for data to {last}"
    source = say(text, **vintage.words(full=True))
    if tables:
        days, names = sum(tables.values()), ", ".join(table.name for table in tables)
        source = say("{source}; {days} days of {names}, imported", source=source, days=days, names=names)
    return bracketed(source, dataset, attributed=attributed)


def bracketed(source: Message, dataset: Dataset, *, attributed: bool = False) -> Message:
    """Return a source in brackets, with how the dataset is read where that is not the default."""
    own = (say("with attributions of one's own"),) if attributed and dataset.origins.overrides else ()
    for words in (*readings(dataset), *own):
        source = say("{source}; {words}", source=source, words=words)
    return say("({source})", source=source)


def _of(of: Whole) -> Message:
    """Return what a share is a share of."""
    if of.scope.top is None:
        return say("all tokens on OpenRouter" if of.scope.other else "the tokens of all named models on OpenRouter")
    if of.models == 1:
        return say("the tokens of the most-used model on OpenRouter")
    return say("the tokens of the {n} most-used models on OpenRouter", n=number_words(of.models))


def _beside(of: Whole) -> Message:
    """Return what part of all tokens the scope is, or what is unnamed in it, as a clause of its own."""
    if of.scope.other:
        if not of.unnamed:
            return NOTHING
        return say("; all tokens include the unnamed rest, {part} of them", part=percent(of.unnamed / of.everything))
    part = percent(of.tokens / of.everything)
    if of.scope.top is None:
        return say("; the named models made {part} of all tokens", part=part)
    if of.models == 1:
        return say("; that model made {part} of all tokens", part=part)
    return say("; these {n} models made {part} of all tokens", n=number_words(of.models), part=part)


def _sentence(at: Message, claim: Message, of: Whole, source: Message) -> Message:
    return say("{when}, {claim}{beside} {source}.", when=at, claim=claim, beside=_beside(of), source=source)


# --- who made which share


def share(
    at: Message, grouping: Grouping, bands: Sequence[Band], of: Whole, marked: frozenset[str], source: Message
) -> Message:
    """Return who made which share in a period: the marked bands, else the leader; "" where there are no tokens."""
    if not of.tokens:
        return NOTHING
    counted = sorted((band for band in bands if band.tokens), key=lambda band: -band.tokens)
    chosen = [band for band in counted if band.key in marked]
    missing = [band for band in bands if band.key in marked and not band.tokens]
    if missing and not chosen:
        claim = say("{subject} had no counted part in {of}", subject=_some(grouping, missing, of), of=_of(of))
        return _sentence(at, claim, of, source)
    if not chosen:
        chosen = ([band for band in counted if not _unknown(band)] or counted)[:1]
    claim = _made(grouping, chosen, of)
    if len(chosen) == 1:
        claim = say("{claim}{rival}", claim=claim, rival=_rival(grouping, chosen[0], counted, of))
    if 0 < len(missing) <= _APART:
        claim = say("{claim}, with none counted for {missing}", claim=claim, missing=_some(grouping, missing, of))
    return _sentence(at, claim, of, source)


def _made(grouping: Grouping, chosen: Sequence[Band], of: Whole) -> Message:
    """Return what some bands made, each for itself while they are few."""
    if len(chosen) == 1 or len(chosen) > _APART:
        together = sum(band.tokens for band in chosen)
        return say(
            "{subject} made {part} of {of} ({tokens} tokens)"
            if len(chosen) == 1
            else "{subject} together made {part} of {of} ({tokens} tokens)",
            subject=_some(grouping, chosen, of),
            part=percent(together / of.tokens),
            of=_of(of),
            tokens=token_words(together),
        )
    each = [
        say(
            "{subject} {part} ({tokens})" if i else "{subject} made {part} ({tokens} tokens)",
            subject=_subject(grouping, band, of),
            part=percent(band.tokens / of.tokens),
            tokens=token_words(band.tokens),
        )
        for i, band in enumerate(chosen)
    ]
    return say("{each} of {of}", each=listed(each), of=_of(of))


def _rival(grouping: Grouping, band: Band, counted: Sequence[Band], of: Whole) -> Message:
    """Return how a band compares with the largest other one, as far as what is attributed to nobody leaves that open.

    The unnamed models of a chart by model are no open question: each of them is smaller than any named one.
    """
    if _unknown(band):
        return NOTHING
    open_ = 0 if grouping is Grouping.MODEL else sum(other.tokens for other in counted if _unknown(other))
    unsure = percent(open_ / of.tokens)
    other = next((other for other in counted if other is not band and not _unknown(other)), None)
    if other is None:
        if band.tokens > open_:
            return NOTHING
        return say(", the most among those attributed, while {open} could not be attributed", open=unsure)
    ahead = band.tokens - other.tokens
    if ahead == 0:
        against = say("level with {other}", other=makers(grouping, other.key, other.name))
    else:
        against = say(
            "ahead of {other} with {part} ({tokens})" if ahead > 0 else "behind {other} with {part} ({tokens})",
            other=makers(grouping, other.key, other.name),
            part=percent(other.tokens / of.tokens),
            tokens=token_words(other.tokens),
        )
    if open_ and abs(ahead) <= open_:
        text = ", among those attributed {against}, while {open} could not be attributed"
        return say(text, against=against, open=unsure)
    return say(", {against}", against=against)


def _unknown(band: Band) -> bool:
    return band.key in (UNATTRIBUTED, OTHER)


def _subject(grouping: Grouping, band: Band, of: Whole) -> Message:
    """Return a band as a subject; by country, those of no known country have the unnamed rest with them."""
    subject = makers(grouping, band.key, band.name)
    if grouping is Grouping.COUNTRY and band.key == UNATTRIBUTED and of.scope.other and of.unnamed:
        return say("{models} and the unnamed rest", models=subject)
    return subject


_BANDS = {Grouping.COUNTRY: say("countries"), Grouping.AUTHOR: say("authors"), Grouping.MODEL: say("models")}


def _some(grouping: Grouping, bands: Sequence[Band], of: Whole) -> Message:
    """Return bands as one subject, only the first few by name where they are many."""
    if len(bands) <= _NAMED:
        return listed([_subject(grouping, band, of) for band in bands])
    few = listed([say("{name}", name=band.name) for band in bands[:_APART]])
    text = (
        "{n} {bands} (among them {few})"
        if grouping is Grouping.MODEL
        else "the models of {n} {bands} (among them {few})"
    )
    return say(text, n=number_words(len(bands)), bands=_BANDS[grouping], few=few)


# --- which models were used most


def leaderboard(at: Message, rows: Sequence[Band], of: Whole, search: str, source: Message) -> Message:
    """Return the first models of a window, FIRST at most; "" without any."""
    if not rows or not of.tokens:
        return NOTHING
    each = [
        say(
            "{model} ({tokens}, {part})" if i else "{model} ({tokens} tokens, {part})",
            model=row.name,
            tokens=token_words(row.tokens),
            part=percent(row.tokens / of.tokens),
        )
        for i, row in enumerate(rows[:FIRST])
    ]
    which = say(" matching “{text}”", text=search) if search else NOTHING
    claim = say(
        "the most-used model{which} was {models}, as a share of {of}"
        if len(each) == 1
        else "the most-used models{which} were {models}, as shares of {of}",
        which=which,
        models=listed(each),
        of=_of(of),
    )
    return _sentence(at, claim, of, source)


# --- what stories printed


@dataclass(frozen=True, slots=True)
class Print:
    """A printed number of tokens: whose, as printed, and by whom and when."""

    subject: Message
    amount: Message
    story: Message


def printed(at: Message, prints: Sequence[Print], parts: Sequence[float], search: str, caveat: Message) -> Message:
    """Return what was printed of a window; "" without figures.

    `parts` are the figures' shares (0–1) of the sum of all totals printed together, () where there is no such sum.
    """
    if not prints:
        return NOTHING
    alike = len({each.story for each in prints}) == 1
    made = [
        say("{subject} {amount}" if i else "{subject} made {amount} tokens", subject=each.subject, amount=each.amount)
        for i, each in enumerate(prints)
    ]
    if not alike:
        made = [say("{made} ({story})", made=words, story=each.story) for words, each in zip(made, prints, strict=True)]
    claim = listed(made)
    if parts:
        shares = listed([say("{part}", part=percent(part)) for part in parts])
        claim = say("{claim}, {shares} of the sum of the printed totals", claim=claim, shares=shares)
    if alike:
        claim = say("{claim}, as printed by {story}", claim=claim, story=prints[0].story)
    else:
        claim = say("{claim}, as printed", claim=claim)
    among = say(", among models matching “{text}”,", text=search) if search else say(",")
    return say("{when}{among} {claim}; {caveat}.", when=at, among=among, claim=claim, caveat=caveat)
