"""The search behind a verdict: every usual reading of a figure, tried on the data, the simplest that fits first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from explorer.domain.claims import price_reading, price_search
from explorer.domain.claims.claim import Claim, Entity, EntityKind, Quantity, Window
from explorer.domain.claims.counting import values
from explorer.domain.claims.entities import alternatives, members
from explorer.domain.claims.reading import read
from explorer.domain.claims.verdict import READINGS, Found, Outcome, Reading, Verdict
from explorer.domain.claims.windows import candidates
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.schema import Figure
from explorer.domain.selection import ALL, LISTED, Scope, Variants
from explorer.domain.wording import day_words
from explorer.progress import Progress, unheard
from explorer.words import Message, say

TOPS = tuple(Scope(n) for n in (9, 10, 5, 20, 50))
"""Scopes in the order in which stories mean them: OpenRouter's own weekly chart names nine models."""


def judge_all(dataset: Dataset, figures: Sequence[Figure], progress: Progress = unheard) -> tuple[Verdict, ...]:
    """Return the verdicts on some figures, each with the readings first that other figures of its story share."""
    found: list[Verdict] = []
    for i, figure in enumerate(figures):
        progress(i / len(figures))
        found.append(judge(dataset, figure))
    shared: Counter[tuple[str, str, Window]] = Counter()
    for verdict in found:
        figure = verdict.figure
        windows = {fit.window for fit in verdict.simplest if isinstance(fit, Found)}
        shared.update((figure.publisher, figure.published, window) for window in windows)
    return tuple(_supported(verdict, shared) for verdict in found)


def _supported(verdict: Verdict, shared: Counter[tuple[str, str, Window]]) -> Verdict:
    """Return a verdict whose equally simple fits are ordered by how many figures of the story share their window."""
    usage = [fit for fit in verdict.fits if isinstance(fit, Found)]
    if verdict.outcome is not Outcome.HOLDS_IF or not usage:
        return verdict
    story = (verdict.figure.publisher, verdict.figure.published)
    fits = sorted(usage, key=lambda fit: (fit.departures, -shared[*story, fit.window]))
    return replace(verdict, best=fits[0], fits=tuple(fits))


def judge(dataset: Dataset, figure: Figure) -> Verdict:
    """Return the verdict on a figure, by itself."""
    priced = price_reading.read(figure, dataset.origins)
    if priced is not None:
        return price_search.judge(dataset, figure, priced)
    claim = read(figure, dataset.origins)
    if isinstance(claim, Message):
        return Verdict(figure, Outcome.NOT_TESTABLE, why=claim)
    why = untestable(dataset, claim)
    if why is not None:
        return Verdict(figure, Outcome.NOT_TESTABLE, claim, why=why)
    tried = tuple(tries(dataset, claim))
    if not tried:
        return Verdict(figure, Outcome.NOT_TESTABLE, claim, why=_nothing(dataset, claim, figure.entity))
    return _verdict(figure, claim, tried)


def _nothing(dataset: Dataset, claim: Claim, whose: str) -> Message:
    """Return why a claim has no candidates."""
    if any(_is_complete(dataset, window) for window in candidates(claim)):
        return say("{whose}: no tokens near that date to rank or to compare with.", whose=whose)
    return say("The data has no complete window near that date.")


def untestable(dataset: Dataset, claim: Claim) -> Message | None:
    """Return why the data can't test a claim, None where they can."""
    if dataset.cube.days is None:
        return say("There are no rankings yet.")
    for span in claim.spans:
        complete = dataset.cube.days_complete(span)
        if complete < len(span):
            text = "The data covers {n} of the {days} days of {first} to {last}."
            first, last = day_words(span.start), day_words(span.end)
            return say(text, n=complete, days=len(span), first=first, last=last)
    day = claim.window.span.last if claim.window else claim.near
    for side in claim.entities:
        if not members(dataset, side, day).any():
            return say("The data names no model of {entity}.", entity=", ".join(side.keys))
    return None


def scopes_for(claim: Claim) -> tuple[Scope, ...]:
    """Return the scopes that make a difference to a claim, the stated one first."""
    if not claim.is_scoped:
        return (ALL,)
    has_other = claim.quantity is Quantity.SHARE or any(each.kind is EntityKind.ALL for each in claim.entities)
    every = (*TOPS, LISTED, ALL) if has_other else (*TOPS, ALL)
    stated = claim.scope or ALL
    return (stated, *(scope for scope in every if scope != stated))


def tries(dataset: Dataset, claim: Claim) -> Iterator[Found]:
    """Yield every candidate whose days are all there, the conditions as stated first.

    A reading that changes nothing against one before it, in the same window and scope, is no candidate of its own.
    """
    scopes = scopes_for(claim)
    entities = alternatives(dataset, claim.entity)
    for window in candidates(claim):
        if not _is_complete(dataset, window):
            continue
        seen: list[np.ndarray] = []
        for reading, entity in ((reading, entity) for entity in entities for reading in READINGS):
            if entity is not claim.entity and reading.variants is Variants.MERGED:
                continue
            row = values(dataset.read(reading.known, reading.variants), claim, entity, window, scopes)
            for i, scope in enumerate(scopes):
                value = float(row[i])
                if np.isnan(value) or any(value == earlier[i] for earlier in seen):
                    continue
                departures = _departures(claim, entity, window, reading) + (i > 0)
                yield Found(entity, window, scope, reading, value, departures)
            seen.append(row)


def _is_complete(dataset: Dataset, window: Window) -> bool:
    spans = (window.span,) if window.base is None else (window.span, window.base)
    return all(dataset.cube.days_complete(span) == len(span) for span in spans)


def _departures(claim: Claim, entity: Entity, window: Window, reading: Reading) -> int:
    return sum(
        (
            window != claim.window,
            entity != claim.entity,
            reading.known is not Known.NOW,
            reading.variants is not Variants.APART,
        )
    )


def _verdict(figure: Figure, claim: Claim, tried: tuple[Found, ...]) -> Verdict:
    as_stated = next((found.value for found in tried if found.departures == 0), None)
    fits = sorted(
        (found for found in tried if claim.low <= found.value <= claim.high),
        key=lambda found: (found.departures, found.window != claim.window),
    )
    if not fits:
        simple = [found for found in tried if found.combined <= 1]
        nearest = min(simple or tried, key=lambda found: abs(found.value - claim.value))
        return Verdict(figure, Outcome.FAILS, claim, nearest, as_stated, (), len(tried))
    outcome = Outcome.HOLDS if fits[0].departures == 0 else Outcome.HOLDS_IF
    return Verdict(figure, outcome, claim, fits[0], as_stated, tuple(fits), len(tried), _chance(claim, tried, fits[0]))


def _chance(claim: Claim, tried: tuple[Found, ...], best: Found) -> float:
    """Return how many of the candidates as simple as the best one would fit if values were spread evenly."""
    found = np.array([f.value for f in tried if f.departures <= best.departures])
    lowest, highest = float(found.min()), float(found.max())
    width = min(claim.high, highest) - max(claim.low, lowest)
    return len(found) * (width / (highest - lowest) if highest > lowest else 1.0)
