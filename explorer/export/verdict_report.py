"""Verdicts and matches in words, a line each, for the terminal."""

from collections.abc import Iterator, Sequence

from explorer.domain.claims import wording
from explorer.domain.claims.table import ClaimTable, own_attribution, source, vintage
from explorer.domain.claims.verdict import Outcome, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.units import change
from explorer.words import Message, say

MATCHES_SHOWN = 20


def verdicts(dataset: Dataset, judged: Sequence[Verdict]) -> Iterator[Message]:
    """Yield the verdict on each figure, then how many there are of each kind and what they rest on."""
    for verdict in judged:
        conditions = wording.explained(dataset, verdict)
        yield say(
            "{id}: {about}: {outcome}: {conditions}{fit}",
            id=verdict.figure.id,
            about=wording.said(dataset, verdict),
            outcome=wording.outcome(verdict),
            conditions=conditions,
            fit=_fit(verdict),
        )
        if verdict.sums not in (say(""), conditions):
            yield say("  {sums}", sums=verdict.sums)
    yield from _count(judged)
    yield from own_attribution(dataset)
    yield from (say("Filter: {filter}", filter=words) for words in vintage(dataset))
    if dataset.cube.days is not None:
        yield source(dataset, judged)


def _count(judged: Sequence[Verdict]) -> Iterator[Message]:
    sums = [verdict.outcome for verdict in judged if wording.is_by_arithmetic(verdict)]
    tested = [verdict for verdict in judged if not wording.is_by_arithmetic(verdict)]
    count = {outcome: sum(verdict.outcome is outcome for verdict in tested) for outcome in Outcome}
    yield say(
        "Figures: {n}; hold as stated: {holds}, only under other conditions: {only}, do not hold: {fail} (narrowly: "
        "{narrow}), not testable: {untested}.",
        n=len(judged),
        holds=count[Outcome.HOLDS],
        only=count[Outcome.HOLDS_IF],
        fail=count[Outcome.FAILS],
        narrow=sum(verdict.narrow for verdict in tested),
        untested=count[Outcome.NOT_TESTABLE],
    )
    if sums:
        yield say(
            "By arithmetic alone: add up: {n}, contradicted by other figures: {m}.",
            n=sums.count(Outcome.HOLDS),
            m=sums.count(Outcome.FAILS),
        )


def _fit(verdict: Verdict) -> Message:
    if verdict.claim is None or verdict.best is None:
        return say("")
    found = wording.value(verdict.claim.quantity, verdict.best.value)
    if verdict.outcome is Outcome.FAILS:
        return say(" ({off}; none of {tried} tried fits)", off=change(verdict.off), tried=verdict.tried)
    return say(" ({value}; {n} of {tried} tried fit)", value=found, n=verdict.fitting, tried=verdict.tried)


def matches(table: ClaimTable) -> Iterator[Message]:
    """Yield what a number could be, the simplest first, and how many candidates were tried."""
    values = table.values
    for row in range(min(len(table), MATCHES_SHOWN)):
        yield say(
            "{claim}: {value}, {conditions}",
            claim=values["claim"][row],
            value=values["value"][row],
            conditions=values["conditions"][row],
        )
    if table.empty is not None:
        yield table.empty
    if len(table) > MATCHES_SHOWN:
        yield say("and {n} more", n=len(table) - MATCHES_SHOWN)
    yield say("{counts}.", counts=table.caption.scope)
    yield from (say("Filter: {filter}", filter=words) for words in table.caption.filters)
    yield from table.caption.notes
    yield table.caption.source
