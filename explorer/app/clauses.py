"""The clauses of a Selection that narrow or mark something, each with the Selection that lacks only it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Grain, Span, period_of
from explorer.domain.prices import CATALOGUE
from explorer.domain.pricing import Compared, Pricing, Sort, ratio_words, share_words
from explorer.domain.schema import to_date
from explorer.domain.selection import Grouping, Known, Measure, Selection, Variants
from explorer.domain.wording import day_words, scope_name, span_words
from explorer.domain.workload import PRESETS
from explorer.words import Message, say

MOST_MARKS = 6
"""More marks of one kind than this share one clause."""

MEASURE_NAMES = {Measure.TOKENS: say("Tokens"), Measure.SHARE: say("Share 100 %")}
GRAIN_NAMES = {
    Grain.DAY: say("Day"),
    Grain.WEEK: say("Week"),
    Grain.SUNDAY_WEEK: say("Week from Sunday"),
    Grain.MONTH: say("Month"),
    Grain.DAYS_7: say("7 days to the end"),
    Grain.DAYS_28: say("28 days to the end"),
    Grain.DAYS_30: say("30 days to the end"),
    Grain.WHOLE: say("Whole span"),
}
KNOWN_NAMES = {Known.NOW: say("As known now"), Known.THEN: say("As known then")}
VARIANT_NAMES = {Variants.APART: say("Variants apart"), Variants.MERGED: say("Variants merged")}
_COMPARED_NAMES = {Compared.BLENDED: say("Prices blended"), Compared.CACHED: say("Prices of cached input")}
_SORT_NAMES = {Sort.CHEAPEST: say("Cheapest first"), Sort.DEAREST: say("Dearest first")}
GROUPING_NAMES = {
    Grouping.COUNTRY: say("by Country"),
    Grouping.AUTHOR: say("by Author"),
    Grouping.MODEL: say("by Model"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One active filter: `key` names it from one change to the next, `without` is the selection that lacks it.

    `window` is set where it is a run of days that can be stepped through.
    """

    key: str
    label: Message
    without: Selection
    window: Span | None = None


def clauses(selection: Selection, dataset: Dataset) -> tuple[Clause, ...]:
    """Return a selection's clauses in the order they are read: what is narrowed, how it is cut, what is marked."""
    return (*_plain(selection, dataset), *_priced(selection), *_marks(selection, dataset))


def _plain(selection: Selection, dataset: Dataset) -> Iterator[Clause]:
    default = Selection()
    if selection.brush is not None:
        yield Clause("brush", window_name(selection.brush), selection.without("brush"), selection.brush)
    labels: tuple[tuple[str, Callable[[], Message]], ...] = (
        ("span", lambda: say("Span {span}", span=span_words(selection.span or Span(0, 0)))),
        ("search", lambda: say("Search “{text}”", text=selection.search)),
        ("scope", lambda: scope_name(selection.scope)),
        ("measure", lambda: MEASURE_NAMES[selection.measure]),
        ("grouping", lambda: GROUPING_NAMES[selection.grouping]),
        ("grain", lambda: say("Period: {grain}", grain=GRAIN_NAMES[selection.grain])),
        ("known", lambda: KNOWN_NAMES[selection.known]),
        ("variants", lambda: VARIANT_NAMES[selection.variants]),
        ("lens", lambda: say("Scopes side by side")),
        ("claim", lambda: _claim_name(selection, dataset)),
        ("baseline", lambda: say("Prices against {model}", model=selection.baseline)),
        ("compared", lambda: _compared_name(selection, dataset)),
        ("as_of", lambda: vintage_name(selection.as_of)),
    )
    for name, label in labels:
        if getattr(selection, name) != getattr(default, name):
            yield Clause(name, label(), selection.without(name))


def _priced(selection: Selection) -> Iterator[Clause]:
    """Yield how prices are looked at, where it is not the usual way."""
    default, pricing = Pricing(), selection.pricing
    labels: tuple[tuple[str, Callable[[], Message]], ...] = (
        ("compared", lambda: _COMPARED_NAMES[pricing.compared]),
        ("ratio", lambda: say("Ratio {ratio}", ratio=ratio_words(pricing.ratio))),
        ("cached", lambda: say("Cached {share}", share=share_words(pricing.cached))),
        ("first", lambda: say("Prices: {name} first", name=CATALOGUE)),
        ("at", lambda: say("Prices of {day}", day=day_words(to_date(pricing.at or 0)))),
        ("sort", lambda: _SORT_NAMES[pricing.sort]),
        ("score", lambda: say("Score {name}", name=pricing.score)),
        ("linear", lambda: say("Linear prices")),
        ("workload", lambda: _workload_name(pricing)),
    )
    for name, label in labels:
        usual = getattr(default, name)
        if getattr(pricing, name) != usual:
            without = selection.but(pricing=replace(pricing, **{name: usual}))
            yield Clause(f"pricing:{name}", label(), without)


def _claim_name(selection: Selection, dataset: Dataset) -> Message:
    """Return a claim as who printed what; its id where the figure is gone."""
    figure = next((figure for figure in dataset.figures if figure.id == selection.claim), None)
    if figure is None:
        return say("Claim {id}", id=selection.claim)
    from explorer.domain.claims.wording import printed  # noqa: PLC0415 - not before the first picture

    return say("Claim: {publisher}, {printed}", publisher=figure.publisher.partition(" (")[0], printed=printed(figure))


def _compared_name(selection: Selection, dataset: Dataset) -> Message:
    names = {each.sha256: each.name for each in dataset.provenance}
    first, second = (names.get(sha256, sha256[:8]) for sha256 in selection.compared)
    return say("Restated: {first} → {second}", first=first, second=second)


def _workload_name(pricing: Pricing) -> Message:
    preset = next((preset.name for preset in PRESETS if preset.workload == pricing.workload), None)
    return say("Workload: {name}", name=preset or say("your own"))


def _marks(selection: Selection, dataset: Dataset) -> Iterator[Clause]:
    def country(code: str) -> Message:
        return say("Unattributed") if code == UNATTRIBUTED else _as_is(dataset.origins.country_name(code))

    dimensions: tuple[tuple[str, frozenset[str], Callable[[str], Message], str], ...] = (
        ("countries", selection.countries, country, "{n} countries"),
        ("authors", selection.authors, _as_is, "{n} authors"),
        ("models", selection.models, _as_is, "{n} models"),
    )
    for name, marked, label, many in dimensions:
        if len(marked) > MOST_MARKS:
            yield Clause(name, say(many, n=len(marked)), selection.without(name))
            continue
        for mark in sorted(marked):
            yield Clause(f"{name}:{mark}", label(mark), selection.but(**{name: marked - {mark}}))


def _as_is(text: str) -> Message:
    return say("{name}", name=text)


def window_name(window: Span) -> Message:
    """Return a window as "Week 9–15 Feb 2026", "Month Feb 2026", "Day 9 Feb 2026" or "Days 9–20 Feb 2026"."""
    words = span_words(window)
    if len(window) == 1:
        return say("Day {span}", span=words)
    if period_of(window.first, Grain.WEEK) == window:
        return say("Week {span}", span=words)
    if period_of(window.first, Grain.MONTH) == window:
        return say("Month {span}", span=words)
    return say("Days {span}", span=words)


def vintage_name(as_of: str) -> Message:
    """Return a vintage, an ISO date or "" for today's, as its control and its chip name it."""
    if not as_of:
        return say("Newest data")
    return say("Data of {day}", day=day_words(date.fromisoformat(as_of)))


def unmarked(selection: Selection) -> Selection:
    """Return a selection with nothing marked."""
    return selection.without("countries", "authors", "models")
