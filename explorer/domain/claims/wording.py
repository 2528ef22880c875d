"""How figures, conditions and verdicts are put into words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from explorer.domain.claims import price_wording
from explorer.domain.claims.claim import RATIOS, Claim, Entity, EntityKind, Quantity
from explorer.domain.claims.verdict import Candidate, Found, Outcome, Priced, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.schema import Figure
from explorer.domain.selection import Scope, Variants
from explorer.domain.units import MINUS, NONE, THIN, exact, significant
from explorer.domain.wording import day_words, period_words
from explorer.words import Message, say

OUTCOMES = {
    Outcome.HOLDS: say("holds as stated"),
    Outcome.HOLDS_IF: say("holds only if"),
    Outcome.FAILS: say("does not hold"),
    Outcome.NOT_TESTABLE: say("not testable"),
}
WEAK = say("weak: only if")
NARROW = say("misses narrowly")
BY_ARITHMETIC = {
    Outcome.HOLDS: say("adds up"),
    Outcome.FAILS: say("contradicted"),
}

QUANTITIES = {
    Quantity.TOKENS: say("tokens"),
    Quantity.RATE: say("tokens at a rate"),
    Quantity.SHARE: say("share of tokens"),
    Quantity.RATIO: say("ratio of tokens"),
    Quantity.GROWTH: say("growth"),
    Quantity.MULTIPLE: say("multiple"),
    Quantity.INCREMENT: say("increase in tokens"),
    Quantity.COUNT: say("number of models"),
    Quantity.RANK: say("rank"),
    Quantity.PRICE_INPUT: say("input price"),
    Quantity.PRICE_OUTPUT: say("output price"),
    Quantity.PRICE_INPUT_RATIO: say("ratio of input prices"),
    Quantity.PRICE_OUTPUT_RATIO: say("ratio of output prices"),
}

_UNITS = {"T": "T", "B": "B", "M": "M", "%": f"{THIN}%", "x": "×"}


def outcome(verdict: Verdict) -> Message:
    """Return a verdict in a few words."""
    if is_by_arithmetic(verdict):
        return BY_ARITHMETIC[verdict.outcome]
    if verdict.narrow:
        return NARROW
    return WEAK if verdict.weak else OUTCOMES[verdict.outcome]


def is_by_arithmetic(verdict: Verdict) -> bool:
    """Tell whether other printed figures decided, not the data."""
    return verdict.best is None and verdict.outcome in BY_ARITHMETIC


def printed(figure: Figure) -> Message:
    """Return a figure as it was printed: "4.12T", "over 60 %", "$5/M"."""
    number = (figure.printed or f"{figure.value:.12g}").replace("-", MINUS)
    unit = figure.unit.partition("(")[0].strip()
    text = f"${number}/M" if unit == "$/M" else number + _UNITS.get(unit, f" {unit}" if unit else "")
    plain = say("{number}", number=text)
    return say("{qualifier} {number}", qualifier=say(figure.qualifier), number=plain) if figure.qualifier else plain


def value(quantity: Quantity, amount: float | None) -> str:
    """Return a value with one digit more than is usual, to be compared with a printed one."""
    if amount is None:
        return NONE
    match quantity:
        case Quantity.TOKENS | Quantity.RATE | Quantity.INCREMENT:
            return significant(amount / 1e12, 4) + "T" if abs(amount) >= 1e10 else exact(amount)
        case Quantity.SHARE:
            return f"{amount * 100:.2f}{THIN}%"
        case Quantity.GROWTH:
            return f"{'+' if amount > 0 else ''}{amount * 100:.2f}{THIN}%".replace("-", MINUS)
        case Quantity.RATIO | Quantity.MULTIPLE:
            return significant(amount, 4) + "×"
        case Quantity.COUNT | Quantity.RANK:
            return f"{amount:.0f}"
        case _:
            return price_wording.value(quantity, amount)


def entity(dataset: Dataset, found: Entity) -> Message:
    """Return whom an entity means: "China", "MiniMax", "Kimi K2.5", "all models"."""
    match found.kind:
        case EntityKind.ALL:
            return say("all models")
        case EntityKind.COUNTRY:
            return say("{name}", name=dataset.origins.country_name(found.keys[0]))
        case EntityKind.AUTHORS:
            return say("{name}", name=", ".join(dataset.origins.company(author) for author in found.keys))
        case EntityKind.MODEL:
            return say("{name}", name=found.keys[0])


def subject(dataset: Dataset, claim: Claim) -> Message:
    """Return whose and what a claim is: "China · tokens", "China / United States · ratio of tokens"."""
    whose, what = entity(dataset, claim.entity), QUANTITIES[claim.quantity]
    if claim.quantity in RATIOS:
        return say("{whose} / {rival} · {what}", whose=whose, rival=entity(dataset, claim.rival), what=what)
    return say("{whose} · {what}", whose=whose, what=what)


def about(dataset: Dataset, verdict: Verdict) -> Message:
    """Return what a figure is about; in the table's own words where it is no claim on the rankings."""
    figure = verdict.figure
    if verdict.claim is not None:
        return subject(dataset, verdict.claim)
    code = dataset.origins.country_code(figure.entity)
    whose = dataset.origins.country_name(code) if code else figure.entity
    return say("{whose} · {what}", whose=whose, what=figure.measure.replace("_", " "))


def said(dataset: Dataset, verdict: Verdict) -> Message:
    """Return a figure with what it is about: "China · tokens, 4.12T"."""
    return say("{about}, {printed}", about=about(dataset, verdict), printed=printed(verdict.figure))


def scopes(several: Sequence[Scope]) -> Message:
    """Return scopes that come to the same as one phrase: "top 9 models (or top 10, top 5)"."""
    first, *others = several
    if not others:
        return _scope(first)
    return say("{scope} (or {others})", scope=_scope(first), others=joined([_short(s) for s in others]))


def _scope(scope: Scope) -> Message:
    if scope.top is not None:
        return say("top {n} models", n=scope.top)
    return say("all tokens") if scope.other else say("all named models")


def _short(scope: Scope) -> Message:
    return say("top {n}", n=scope.top) if scope.top is not None else _scope(scope)


def conditions(dataset: Dataset, claim: Claim, found: Candidate, fits: Sequence[Candidate] = ()) -> Message:
    """Return the conditions of a candidate; `fits` are all that fit, to name the scopes that come to the same."""
    if isinstance(found, Priced):
        return price_wording.conditions(found)
    parts = [scopes(alike(found, fits))] if claim.is_scoped else []
    window, reading = found.window, found.reading
    if window.base is None:
        parts.append(period_words(window.span, window.grain))
    else:
        now, before = (period_words(span, window.grain) for span in (window.span, window.base))
        parts.append(say("{now} against {before}", now=now, before=before))
    if found.entity != claim.entity:
        parts.append(say("{entity} alone", entity=entity(dataset, found.entity)))
    if reading.known is Known.THEN:
        parts.append(say("anonymous models as known then"))
    if reading.variants is Variants.MERGED:
        parts.append(say("variants counted with their model"))
    return joined(parts)


def alike(found: Found, fits: Sequence[Candidate]) -> tuple[Scope, ...]:
    """Return the scope of a candidate and those under which all else stays the same, the value too."""
    usage = (fit for fit in fits if isinstance(fit, Found))
    same = (fit.scope for fit in usage if replace(fit, scope=found.scope, departures=found.departures) == found)
    return tuple(dict.fromkeys((found.scope, *same)))


_SENTENCES = {
    Outcome.HOLDS: "{figure}, as {publisher} printed {when}, holds as stated: {explained}{fit}",
    Outcome.HOLDS_IF: "{figure}, as {publisher} printed {when}, holds only under these conditions: {explained}{fit}",
    Outcome.FAILS: "{figure}, as {publisher} printed {when}, does not hold, {explained}{fit}",
    Outcome.NOT_TESTABLE: "{figure}, as {publisher} printed {when}, can't be tested. {explained}",
}
_WEAKLY = "{figure}, as {publisher} printed {when}, holds at best, and perhaps by chance, under: {explained}{fit}"
_NARROWLY = "{figure}, as {publisher} printed {when}, is narrowly missed, {explained}{fit}"
_BY_ARITHMETIC = "{figure}, as {publisher} printed {when}: {explained}"


def sentence(dataset: Dataset, verdict: Verdict) -> Message:
    """Return a verdict as one sentence to paste, without its source."""
    text = _WEAKLY if verdict.weak else _NARROWLY if verdict.narrow else _SENTENCES[verdict.outcome]
    fit = say("; {n} of {tried} conditions tried fit", n=verdict.fitting, tried=verdict.tried)
    return say(
        _BY_ARITHMETIC if is_by_arithmetic(verdict) else text,
        figure=said(dataset, verdict),
        publisher=verdict.figure.publisher,
        when=when(verdict.figure.published),
        explained=explained(dataset, verdict),
        fit=fit if verdict.tried else say(""),
    )


def when(published: str) -> Message:
    """Return when a story was printed, as far as it says: "on 27 February 2026", "in 2026-02"."""
    try:
        return say("on {day}", day=day_words(date.fromisoformat(published), full=True))
    except ValueError:
        return say("in {month}", month=published)


def joined(parts: Sequence[Message]) -> Message:
    """Return messages one after another, parted by commas."""
    return reduce(lambda left, right: say("{left}, {right}", left=left, right=right), parts)


def explained(dataset: Dataset, verdict: Verdict) -> Message:
    """Return under what conditions a figure holds, what comes nearest to it, or why it can't be tested."""
    claim, best = verdict.claim, verdict.best
    if claim is None or best is None:
        return verdict.sums if is_by_arithmetic(verdict) else verdict.why
    if isinstance(best, Priced) and verdict.outcome is Outcome.FAILS:
        return price_wording.instead(claim, best, verdict.others)
    under = conditions(dataset, claim, best, verdict.fits)
    if verdict.outcome is Outcome.FAILS:
        return say("nearest {value}: {conditions}", value=value(claim.quantity, best.value), conditions=under)
    return under
