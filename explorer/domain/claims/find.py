"""Find this number: what a bare "61 %" or "9.2T" could be, of whom, when and under which scope."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from explorer.domain.claims import wording
from explorer.domain.claims.claim import COMPARING, EVERYTHING, Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.counting import values
from explorer.domain.claims.entities import members
from explorer.domain.claims.listing import listing
from explorer.domain.claims.number import Number, number
from explorer.domain.claims.reading import as_window, compared, entity_called
from explorer.domain.claims.search import TOPS
from explorer.domain.claims.table import ClaimTable, own_attribution, vintage
from explorer.domain.claims.verdict import READINGS, Found, Reading
from explorer.domain.claims.windows import candidates
from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED, Known
from explorer.domain.periods import TRAILING, Grain, Span, periods_in
from explorer.domain.selection import ALL, LISTED, Variants
from explorer.domain.sentences import cited
from explorer.domain.table import Caption
from explorer.domain.wording import span_words
from explorer.errors import ExplorerError
from explorer.progress import Progress, unheard
from explorer.words import Message, say

SCOPES = (ALL, LISTED, *TOPS)
SHOWN = 200
"""At most so many matches are listed, the simplest; all are counted."""
_AUTHORS, _MODELS, _RIVALS = 12, 20, 3
_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.SUNDAY_WEEK)
_NAMED = (*_GRAINS, Grain.DAYS_30, Grain.DAYS_7, Grain.DAYS_28)
"""What windows are looked for in; trailing ones only of a named entity, as there are as many as days."""


@dataclass(frozen=True, slots=True)
class Match:
    """One thing the number could be."""

    claim: Claim
    found: Found


@dataclass(frozen=True, slots=True)
class Matches:
    """What a number could be, the simplest first, of `tried` candidates."""

    text: str
    every: tuple[Match, ...]
    tried: int


def find(
    dataset: Dataset, text: str, entity: str = "", span: Span | None = None, progress: Progress = unheard
) -> Matches:
    """Return what a number could be: of one entity if it is named, else of all, countries, large authors and models.

    With a span the windows are those that a story of these days may have meant, else all complete weeks and months;
    of a named entity also every run of 7, 28 and 30 days, and anonymous models as known then and variants merged.
    Raises ExplorerError for text that is no number, an unknown entity, and where there are no rankings.
    """
    asked, plain = number(text), dataset.read(Reading().known, Reading().variants)
    data = plain.cube.days
    if data is None:
        raise ExplorerError(say("There are no rankings yet."), remedy=say("Open a rankings file first."))
    if span is not None and span.within(data) != span:
        raise ExplorerError(
            say("The data does not cover {span}.", span=span_words(span)),
            remedy=say("Choose days from {span}.", span=span_words(data)),
        )
    named = bool(entity.strip())
    entities = (_named(plain, entity, data),) if named else tuple(_usual(plain, data))
    search = _Search(plain, span, data, READINGS if named or span else READINGS[:1], _NAMED if named else _GRAINS)
    claims = tuple(_claims(plain, asked, entities, span, data))
    matches: list[Match] = []
    tried = 0
    for i, claim in enumerate(claims):
        progress(i / len(claims))
        for found in search.tries(claim):
            tried += 1
            if claim.low <= found.value <= claim.high:
                matches.append(Match(claim, found))
    rank = {entity: i for i, entity in enumerate(entities)}
    matches.sort(key=lambda match: (match.found.departures, rank[match.found.entity], -match.found.window.span.last))
    return Matches(text.strip(), tuple(matches), tried)


def _named(dataset: Dataset, name: str, data: Span) -> Entity:
    found = entity_called(name, dataset.origins)
    if found is None or not members(dataset, found, data.last).any():
        raise ExplorerError(
            say("The data has no country, author or model “{name}”.", name=name),
            remedy=say("Write it as in the leaderboard, or leave it out."),
        )
    return found


def _usual(dataset: Dataset, data: Span) -> Iterator[Entity]:
    """Yield everything, then countries, the largest authors and the largest models of the data."""
    tokens, whose = dataset.cube.tokens(data), dataset.attribution(data.last)
    yield EVERYTHING
    for keys, kind, most in (
        (whose.country, EntityKind.COUNTRY, len(tokens)),
        (whose.author, EntityKind.AUTHORS, _AUTHORS),
        (np.array(whose.models, object), EntityKind.MODEL, _MODELS),
    ):
        sums: dict[str, int] = {}
        for key, amount in zip(keys.tolist(), tokens.tolist(), strict=True):
            sums[key] = sums.get(key, 0) + amount
        largest = sorted((key for key in sums if key != UNATTRIBUTED and sums[key]), key=lambda key: -sums[key])
        for key in largest[:most]:
            yield Entity(kind, (key,), key if kind is EntityKind.MODEL else "")


def _claims(
    dataset: Dataset, asked: Number, entities: Sequence[Entity], span: Span | None, data: Span
) -> Iterator[Claim]:
    window, near = as_window(span) if span else None, span.last if span else data.last
    for quantity in asked.quantities:
        stated = compared(window) if window and quantity in COMPARING else window
        if quantity is Quantity.RATIO:
            countries = [entity for entity in _usual(dataset, data) if entity.kind is EntityKind.COUNTRY][:_RIVALS]
            pairs = [pair for pair in permutations(countries, 2) if pair[0] in entities]
        else:
            pairs = [(entity, EVERYTHING) for entity in entities]
        for entity, rival in pairs:
            yield Claim(quantity, entity, asked.value, asked.low, asked.high, ALL, stated, near, rival)


@dataclass(frozen=True, slots=True)
class _Search:
    """Where a number is looked for: which windows, and under which readings."""

    dataset: Dataset
    span: Span | None
    data: Span
    readings: Sequence[Reading]
    grains: Sequence[Grain]

    def tries(self, claim: Claim) -> Iterator[Found]:
        """Yield the candidates of one claim: every window under every scope and reading that makes a difference."""
        scopes = SCOPES if claim.is_scoped else (ALL,)
        for window in candidates(claim) if self.span else self._periods(claim):
            if not self._is_complete(window):
                continue
            seen: set[float] = set()
            odd = window != claim.window if self.span else window.grain is not Grain.WEEK
            for reading in self.readings:
                read = self.dataset.read(reading.known, reading.variants)
                changed = sum((reading.known is not Known.NOW, reading.variants is not Variants.APART))
                for i, value in enumerate(values(read, claim, claim.entity, window, scopes).tolist()):
                    if not np.isnan(value) and value not in seen:
                        seen.add(value)
                        yield Found(claim.entity, window, scopes[i], reading, value, odd + (i > 0) + changed)

    def _is_complete(self, window: Window) -> bool:
        days = (window.span,) if window.base is None else (window.span, window.base)
        return all(self.dataset.cube.days_complete(each) == len(each) for each in days)

    def _periods(self, claim: Claim) -> Iterator[Window]:
        """Yield windows, each run of days once: the seven days to a Sunday are a week."""
        seen: set[Span] = set()
        for grain in self.grains:
            for span in self._spans(grain):
                if span not in seen:
                    seen.add(span)
                    window = Window(span, grain)
                    yield compared(window) if claim.quantity in COMPARING else window

    def _spans(self, grain: Grain) -> Iterable[Span]:
        if grain not in TRAILING:
            return periods_in(self.data, grain)
        size = TRAILING[grain]
        return (Span(last - size + 1, last) for last in range(self.data.first + size - 1, self.data.last + 1))


_BY_CHANCE = (say("With so many candidates some fit by chance: prefer those that fit what the story says."),)


def _sentence(dataset: Dataset, matches: Matches) -> Message:
    """Say what the simplest match is, and how many others there are; nothing where there is none."""
    data = dataset.cube.days
    if not matches.every or data is None:
        return say("")
    first = matches.every[0]
    return say(
        "{text} could be {subject}, {conditions}: {value}; {fitting} of {tried} candidates tried fit {source}.",
        text=matches.text,
        subject=wording.subject(dataset, first.claim),
        conditions=wording.conditions(dataset, first.claim, first.found),
        value=wording.value(first.claim.quantity, first.found.value),
        fitting=len(matches.every),
        tried=matches.tried,
        source=cited(dataset, data, attributed=True),
    )


def table(dataset: Dataset, matches: Matches) -> ClaimTable:
    """Return matches as a table, each row with the Selection that shows it."""
    listed, data = matches.every[:SHOWN], dataset.cube.days
    assert data is not None
    caption = Caption(
        say("What could {text} be?", text=matches.text),
        say("values that print as {text}, the simplest conditions first", text=matches.text),
        _counts(matches, len(listed)),
        dataset.citation(data),
        (*(_BY_CHANCE if listed else ()), *own_attribution(dataset)),
        vintage(dataset),
        sentence=_sentence(dataset, matches),
    )
    empty = say("Nothing in the data of {span} comes to {text}.", span=span_words(data), text=matches.text)
    return listing(dataset, [(match.claim, match.found) for match in listed], caption, empty)


def _counts(matches: Matches, listed: int) -> Message:
    return say(
        "{fitting} of {tried} candidates tried fit"
        if listed == len(matches.every)
        else "{fitting} of {tried} candidates tried fit, the {listed} simplest of them listed",
        fitting=len(matches.every),
        tried=matches.tried,
        listed=listed,
    )
