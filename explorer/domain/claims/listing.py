"""Candidates as a table: one row for each set of conditions, with the Selection that shows it."""

from collections.abc import Sequence

from explorer.domain.claims import wording
from explorer.domain.claims.claim import Claim
from explorer.domain.claims.remake import shown
from explorer.domain.claims.table import ClaimTable, own_attribution, vintage
from explorer.domain.claims.verdict import Candidate, Found, Outcome, Priced, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.prices import PriceBook
from explorer.domain.table import Caption, Column, Kind
from explorer.words import Message, say

COLUMNS = (
    Column("claim", say("Figure"), Kind.TEXT, say("Whose tokens or prices, and what of them")),
    Column("value", say("Value"), Kind.TEXT, say("The value under these conditions")),
    Column(
        "conditions",
        say("Conditions"),
        Kind.TEXT,
        say("Scope, window and attribution; of a price, which list states it"),
    ),
    Column("changes", say("Changes"), Kind.RANK, say("In how many ways the conditions depart from the simplest")),
    Column("window_start", say("From"), Kind.DATE, say("First day of the window")),
    Column("window_end", say("To"), Kind.DATE, say("Last day of the window")),
)


def listing(
    dataset: Dataset, pairs: Sequence[tuple[Claim, Candidate]], caption: Caption, empty: Message, figure: str = ""
) -> ClaimTable:
    """Return candidates in their order; `figure` is the id of the printed figure they are candidates for."""
    return ClaimTable(
        COLUMNS,
        {
            "claim": [str(wording.subject(dataset, claim)) for claim, _ in pairs],
            "value": [wording.value(claim.quantity, found.value) for claim, found in pairs],
            "conditions": [str(wording.conditions(dataset, claim, found)) for claim, found in pairs],
            "changes": [found.departures for _, found in pairs],
            "window_start": [found.window.span.start if isinstance(found, Found) else None for _, found in pairs],
            "window_end": [found.window.span.end if isinstance(found, Found) else None for _, found in pairs],
        },
        tuple(str(row) for row in range(len(pairs))),
        caption,
        empty=None if pairs else empty,
        selections=tuple(shown(dataset, found, claim.quantity, figure) for claim, found in pairs),
    )


def fits(dataset: Dataset, verdict: Verdict) -> ClaimTable:
    """Return every candidate that reproduces a figure, the simplest first; where none does, the nearest."""
    claim, figure = verdict.claim, verdict.figure
    rest = (verdict.best, *verdict.others) if verdict.best else ()
    text = "{figure} as printed by {publisher}: every condition that fits"
    if not verdict.fits:
        text = "{figure} as printed by {publisher}: no condition fits, this comes nearest"
    caption = Caption(
        say(text, figure=wording.said(dataset, verdict), publisher=figure.publisher),
        say("values that round to what was printed, the simplest conditions first"),
        say("{fitting} of {tried} candidates tried fit", fitting=verdict.fitting, tried=verdict.tried),
        _source(dataset, verdict),
        (*_by_chance(verdict), *own_attribution(dataset)),
        vintage(dataset),
    )
    pairs = [(claim, found) for found in verdict.fits or rest] if claim else []
    return listing(dataset, pairs, caption, verdict.why, figure.id)


def _by_chance(verdict: Verdict) -> tuple[Message, ...]:
    if verdict.outcome is not Outcome.HOLDS_IF or not isinstance(verdict.best, Found):
        return ()
    return (say("Among conditions as simple as the first, chance alone would fit {n}.", n=f"{verdict.chance:.1f}"),)


def _source(dataset: Dataset, verdict: Verdict) -> Message:
    if isinstance(verdict.best, Priced):
        return say("Source: the price lists named in the rows, by {sources}.", sources=", ".join(PriceBook.sources))
    data = dataset.cube.days
    return (
        dataset.citation(data)
        if data
        else say("Source: as printed by {publisher}.", publisher=verdict.figure.publisher)
    )
