"""Candidates as a table: one row for each set of conditions, with the Selection that shows it."""

from collections.abc import Sequence

from explorer.domain.claims import wording
from explorer.domain.claims.claim import Claim
from explorer.domain.claims.remake import selection as remade
from explorer.domain.claims.table import ClaimTable
from explorer.domain.claims.verdict import Found, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.table import Caption, Column, Kind
from explorer.words import Message, say

COLUMNS = (
    Column("claim", say("Figure"), Kind.TEXT, say("Whose tokens, and what of them")),
    Column("value", say("Value"), Kind.TEXT, say("The value under these conditions")),
    Column("conditions", say("Conditions"), Kind.TEXT, say("Scope, window and attribution")),
    Column("changes", say("Changes"), Kind.RANK, say("In how many ways the conditions depart from the simplest")),
    Column("window_start", say("From"), Kind.DATE, say("First day of the window")),
    Column("window_end", say("To"), Kind.DATE, say("Last day of the window")),
)


def listing(
    dataset: Dataset, pairs: Sequence[tuple[Claim, Found]], caption: Caption, empty: Message, figure: str = ""
) -> ClaimTable:
    """Return candidates in their order; `figure` is the id of the printed figure they are candidates for."""
    return ClaimTable(
        COLUMNS,
        {
            "claim": [str(wording.subject(dataset, claim)) for claim, _ in pairs],
            "value": [wording.value(claim.quantity, found.value) for claim, found in pairs],
            "conditions": [str(wording.conditions(dataset, claim, found)) for claim, found in pairs],
            "changes": [found.departures for _, found in pairs],
            "window_start": [found.window.span.start for _, found in pairs],
            "window_end": [found.window.span.end for _, found in pairs],
        },
        tuple(str(row) for row in range(len(pairs))),
        caption,
        empty=None if pairs else empty,
        selections=tuple(remade(dataset, found, claim.quantity, figure) for claim, found in pairs),
    )


def fits(dataset: Dataset, verdict: Verdict) -> ClaimTable:
    """Return every candidate that reproduces a figure, the simplest first; where none does, the nearest."""
    claim, figure, data = verdict.claim, verdict.figure, dataset.cube.days
    shown = verdict.fits or ((verdict.best,) if verdict.best else ())
    text = "{figure} as printed by {publisher}: every condition that fits"
    if not verdict.fits:
        text = "{figure} as printed by {publisher}: no condition fits, this comes nearest"
    caption = Caption(
        say(text, figure=wording.said(dataset, verdict), publisher=figure.publisher),
        say("values that round to what was printed, the simplest conditions first"),
        say("{fitting} of {tried} candidates tried fit", fitting=verdict.fitting, tried=verdict.tried),
        dataset.citation(data) if data else say("Source: as printed by {publisher}.", publisher=figure.publisher),
        (say("About {n} of those as simple as the first would fit by chance.", n=f"{verdict.chance:.1f}"),)
        if verdict.fits
        else (),
    )
    pairs = [(claim, found) for found in shown] if claim else []
    return listing(dataset, pairs, caption, verdict.why, figure.id)
