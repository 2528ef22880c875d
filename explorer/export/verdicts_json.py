"""Verdicts as JSON: one object a figure, for scripts and newsrooms' own tables."""

import json
import math
from collections.abc import Mapping, Sequence

from explorer.domain.claims import wording
from explorer.domain.claims.claim import Claim
from explorer.domain.claims.reading import UNITS, unit_of
from explorer.domain.claims.verdict import Candidate, Priced, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.prices import UNDATED
from explorer.domain.schema import to_date

Plain = str | float | int | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]


def text(dataset: Dataset, verdicts: Sequence[Verdict]) -> str:
    """Return verdicts as a JSON list, in their order.

    `value` and `stated` are in the unit of the figure's row; `conditions` are those of `value`: they reproduce the
    figure, or come nearest to it where it fails; null where it is not testable. Those of a price are the lists that
    state it; where it fails, the one in force, and in `others` what other lists state instead. `known_on` is there
    where the data is that of an earlier day.
    """
    return json.dumps([_verdict(dataset, verdict) for verdict in verdicts], ensure_ascii=False, indent=1) + "\n"


def _verdict(dataset: Dataset, verdict: Verdict) -> Mapping[str, Plain]:
    claim, best, figure = verdict.claim, verdict.best, verdict.figure
    return {
        "id": figure.id,
        **({"known_on": dataset.as_of} if dataset.as_of else {}),
        "verdict": verdict.outcome.value,
        "conditions": _conditions(dataset, claim, best, verdict.fits) if claim and best else None,
        "value": _in_unit(verdict, best.value if best else None),
        "tried": verdict.tried,
        "fitting": verdict.fitting,
        "weak": verdict.weak,
        "narrow": verdict.narrow,
        "printed": figure.value,
        "unit": figure.unit,
        "stated": _in_unit(verdict, verdict.stated),
        "why": str(verdict.why),
        "arithmetic": str(verdict.sums),
        "others": [_other(dataset, claim, each) for each in verdict.others] if claim else [],
        "fits": [_conditions(dataset, claim, fit, ()) for fit in verdict.fits] if claim else [],
    }


def _in_unit(verdict: Verdict, amount: float | None) -> float | None:
    if amount is None or math.isnan(amount):
        return None
    return float(f"{amount / UNITS[unit_of(verdict.figure)]:.12g}")


def _conditions(dataset: Dataset, claim: Claim, found: Candidate, fits: Sequence[Candidate]) -> Mapping[str, Plain]:
    if isinstance(found, Priced):
        return _price_conditions(dataset, claim, found)
    return {
        "scope": str(found.scope),
        "scopes": [str(scope) for scope in wording.alike(found, fits)],
        "window": _window(found.window.span) | {"grain": found.window.grain.value},
        "against": _window(found.window.base) if found.window.base else None,
        "attribution": f"as-known-{found.reading.known.value}",
        "variants": found.reading.variants.value,
        "entity": str(wording.entity(dataset, found.entity)),
        "quantity": claim.quantity.value,
        "words": str(wording.conditions(dataset, claim, found, fits)),
    }


def _price_conditions(dataset: Dataset, claim: Claim, found: Priced) -> Mapping[str, Plain]:
    return {
        "source": found.source,
        "lists": [None if day == UNDATED else to_date(day).isoformat() for day in found.days],
        "in_force_on": to_date(found.on).isoformat(),
        "models": list(found.models),
        "quantity": claim.quantity.value,
        "words": str(wording.conditions(dataset, claim, found)),
    }


def _other(dataset: Dataset, claim: Claim, found: Priced) -> Mapping[str, Plain]:
    return {**_price_conditions(dataset, claim, found), "value": found.value}


def _window(span: Span) -> dict[str, Plain]:
    return {"start": span.start.isoformat(), "end": span.end.isoformat()}
