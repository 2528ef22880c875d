"""Find this number: what a bare "61 %" or "9.2T" could be, of whom, when and under which scope."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from explorer.domain.claims.claim import COMPARING, EVERYTHING, Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.counting import values
from explorer.domain.claims.entities import members
from explorer.domain.claims.listing import listing
from explorer.domain.claims.precision import interval
from explorer.domain.claims.reading import as_window, compared, entity_called
from explorer.domain.claims.search import TOPS
from explorer.domain.claims.table import ClaimTable
from explorer.domain.claims.verdict import Found, Reading
from explorer.domain.claims.windows import candidates
from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Grain, Span, periods_in
from explorer.domain.selection import ALL, LISTED
from explorer.domain.table import Caption
from explorer.domain.wording import span_words
from explorer.errors import ExplorerError
from explorer.words import Message, say

SCOPES = (ALL, LISTED, *TOPS)
SHOWN = 200
"""At most so many matches are listed, the simplest; all are counted."""
_AUTHORS, _MODELS, _RIVALS = 12, 20, 3
_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.SUNDAY_WEEK)
_NUMBER = re.compile(
    r"\s*(?P<sign>[+\-−]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|percent|t|tn|trillion|万亿|b|bn|billion|m|mn|million|x|×|times|-?fold)\s*",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class _Unit:
    size: float
    quantities: tuple[Quantity, ...]


_TOKENS = (Quantity.TOKENS, Quantity.INCREMENT)
_UNITS = {
    **dict.fromkeys(("%", "percent"), _Unit(0.01, (Quantity.SHARE, Quantity.GROWTH))),
    **dict.fromkeys(("t", "tn", "trillion", "万亿"), _Unit(1e12, _TOKENS)),
    **dict.fromkeys(("b", "bn", "billion"), _Unit(1e9, _TOKENS)),
    **dict.fromkeys(("m", "mn", "million"), _Unit(1e6, _TOKENS)),
    **dict.fromkeys(("x", "×", "times", "fold", "-fold"), _Unit(1.0, (Quantity.RATIO, Quantity.MULTIPLE))),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed: the quantities it can be, and the values it stands for, both ends included."""

    quantities: tuple[Quantity, ...]
    value: float
    low: float
    high: float


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


def number(text: str) -> Number:
    """Return what a typed number with its unit stands for; ExplorerError where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ExplorerError(
            say("“{text}” is not a number with a unit.", text=text.strip()),
            remedy=say("Write it like 61 %, 9.2T, 997 billion, +127 % or 1.81x."),
        )
    if _THOUSANDS.fullmatch(found["number"]):
        plain, decimal = found["number"].replace(",", ""), found["number"].replace(",", ".")
        raise ExplorerError(
            say("“{text}” can be read in two ways.", text=text.strip()),
            remedy=say("Write {plain} or {decimal}.", plain=plain, decimal=decimal),
        )
    unit = _UNITS[found["unit"].casefold()]
    signed = ("-" if found["sign"] in ("-", "−") else "") + found["number"].replace(",", ".")
    low, high = interval(signed, unit=unit.size)
    quantities = tuple(each for each in unit.quantities if each in COMPARING or not found["sign"])
    return Number(quantities, float(signed) * unit.size, low, high)


def find(dataset: Dataset, text: str, entity: str = "", span: Span | None = None) -> Matches:
    """Return what a number could be: of one entity if it is named, else of all, countries, large authors and models.

    With a span the windows are those that a story of these days may have meant, else all complete weeks and months.
    Raises ExplorerError for text that is no number, an unknown entity, and where there are no rankings.
    """
    asked, dataset = number(text), dataset.read(Reading().known, Reading().variants)
    data = dataset.cube.days
    if data is None:
        raise ExplorerError(say("There are no rankings yet."), remedy=say("Open a rankings file first."))
    entities = (_named(dataset, entity, data),) if entity.strip() else tuple(_usual(dataset, data))
    matches: list[Match] = []
    tried = 0
    for claim in _claims(dataset, asked, entities, span, data):
        for found in _tries(dataset, claim, span, data):
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


def _tries(dataset: Dataset, claim: Claim, span: Span | None, data: Span) -> Iterator[Found]:
    """Yield the candidates of one claim: every window under every scope that makes a difference."""
    scopes = SCOPES if claim.is_scoped else (ALL,)
    for window in candidates(claim) if span else _periods(claim, data):
        days = (window.span,) if window.base is None else (window.span, window.base)
        if any(dataset.cube.days_complete(each) < len(each) for each in days):
            continue
        seen: list[float] = []
        odd = window != claim.window if span else window.grain is not Grain.WEEK
        for i, value in enumerate(values(dataset, claim, claim.entity, window, scopes).tolist()):
            if not np.isnan(value) and value not in seen:
                yield Found(claim.entity, window, scopes[i], Reading(), value, int(odd) + (i > 0))
            seen.append(value)


def _periods(claim: Claim, data: Span) -> Iterator[Window]:
    for grain in _GRAINS:
        for span in periods_in(data, grain):
            window = Window(span, grain)
            yield compared(window) if claim.quantity in COMPARING else window


def table(dataset: Dataset, matches: Matches) -> ClaimTable:
    """Return matches as a table, each row with the Selection that shows it."""
    listed, data = matches.every[:SHOWN], dataset.cube.days
    assert data is not None
    caption = Caption(
        say("What could {text} be?", text=matches.text),
        say("values that print as {text}, the simplest conditions first", text=matches.text),
        _counts(matches, len(listed)),
        dataset.citation(data),
        (say("With so many candidates some fit by chance: prefer those that fit what the story says."),),
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
