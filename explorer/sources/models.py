"""The answer of /api/v1/models: every model with its prices, as an object with `data` or as a bare list."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import cast

from explorer.domain.prices import MODELS_API, UNDATED
from explorer.domain.schema import DatedPrices, DatedScores, Price, Score, to_date, to_day
from explorer.domain.snapshot import OPENROUTER, UNSTATED, Provenance, Skipped, Snapshot
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources.as_of import as_of
from explorer.sources.benchmarks import read_scores
from explorer.sources.faults import Faults
from explorer.sources.fields import date_of, shown
from explorer.sources.json_text import document, listed, opening
from explorer.sources.pricing import read_pricing
from explorer.words import say

FORMAT = "models JSON"

_DAY_SECONDS = 86_400
_ANNOUNCED_AHEAD = 7
"""A model may be listed this many days before the day of its `created`."""
_NO_SECOND = 2**32

_Fields = dict[str, object]


def matches(_name: str, head: bytes) -> bool:
    """Tell whether a file that begins with `head` is JSON with rows that have an id and pricing."""
    found = opening(head)
    return found is not None and found.fields.issuperset(("id", "pricing"))


def read(name: str, raw: bytes, progress: Progress) -> Snapshot:
    """Return the snapshot in `raw`, prices in US dollars per million tokens.

    Raises ExplorerError if the JSON is broken, a model is there twice or a price is no number.
    """
    progress(0.0)
    _, rows = listed(name, document(name, raw))
    progress(0.5)
    faults = Faults(name, by_line=False)
    models = list(_models(rows, faults))
    aliases = tuple(_alias(number, model) for number, model in models if _is_alias(model))
    own = [entry for entry in models if not _is_alias(entry[1])]
    prices = tuple(_prices(own, faults))
    faults.settle()
    progress(0.9)
    scores = tuple(score for _, model in own for score in _scores(model))
    result = _snapshot(name, raw, (prices, scores), _newest([model for _, model in models]), aliases)
    progress(1.0)
    return result


def _models(rows: Sequence[object], faults: Faults) -> Iterator[tuple[int, _Fields]]:
    """Yield row number and fields of every row that is a model, each id once."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        fields = cast("_Fields", row) if isinstance(row, dict) else {}
        slug = fields.get("id")
        if not isinstance(slug, str) or not slug or not slug.isprintable():
            faults.add(number, say("it is not a model with an id"))
        elif slug in seen:
            faults.add(number, say("the model {model} is there twice", model=shown(slug)))
        else:
            seen.add(slug)
            yield number, fields


def _is_alias(model: _Fields) -> bool:
    return str(model["id"]).startswith("~") or model.get("alias_target") is not None


def _alias(number: int, model: _Fields) -> Skipped:
    target = model.get("alias_target")
    slug = cast("_Fields", target).get("slug") if isinstance(target, dict) else target
    if isinstance(slug, str):
        return Skipped(
            number, say("{alias} is another name for {model}.", alias=model["id"], model=slug), by_line=False
        )
    return Skipped(number, say("{alias} is another name for a newest model.", alias=model["id"]), by_line=False)


def _prices(models: Sequence[tuple[int, _Fields]], faults: Faults) -> Iterator[Price]:
    for number, model in models:
        pricing = model.get("pricing")
        if pricing is not None and not isinstance(pricing, dict):
            faults.add(number, say("the pricing of {model} is not an object", model=model["id"]))
            continue
        try:
            yield _price(model, cast("_Fields", pricing or {}))
        except ValueError as fault:
            why = say("a price of {model} is {value}, not a number from 0", model=model["id"], value=str(fault))
            faults.add(number, why)


def _price(model: _Fields, pricing: _Fields) -> Price:
    """Return the price of one model; raises ValueError with the value that is no price."""
    slug, label = str(model["id"]), model.get("name")
    name = label if isinstance(label, str) else slug
    return read_pricing(Price(slug, _canonical(model), name, None, None), pricing)


def _scores(model: _Fields) -> tuple[Score, ...]:
    return read_scores(str(model["id"]), _canonical(model), model.get("benchmarks"))


def _canonical(model: _Fields) -> str:
    slug = model.get("canonical_slug")
    return slug if isinstance(slug, str) else ""


def _newest(models: Sequence[_Fields]) -> int | None:
    """Return the day of the newest `created`, None where no model has one."""
    seconds = [model.get("created") for model in models]
    sound = (s for s in seconds if isinstance(s, int | float) and 0 < s < _NO_SECOND)
    return max((int(s) // _DAY_SECONDS for s in sound), default=None)


def _snapshot(
    name: str,
    raw: bytes,
    found: tuple[tuple[Price, ...], tuple[Score, ...]],
    newest: int | None,
    skipped: tuple[Skipped, ...],
) -> Snapshot:
    prices, scores = found
    if not prices:
        raise ExplorerError(
            say("It holds no models."), remedy=say("Choose a file with data, or get it again."), file=name
        )
    when, basis = as_of(name, (), None if newest is None else newest - _ANNOUNCED_AHEAD)
    named = date_of(when[:10])
    # Without a date of its own the list speaks from its newest model on: it can't be older than that.
    day = to_day(named) if named else UNDATED if newest is None else newest
    provenance = Provenance(
        format=FORMAT,
        name=name,
        source=OPENROUTER,
        as_of=when,
        basis=basis,
        sha256=hashlib.sha256(raw).hexdigest(),
        licence=UNSTATED,
        citation=_citation(when, newest),
        rows=len(prices),
    )
    return Snapshot(
        provenance,
        raw,
        prices=DatedPrices(day, MODELS_API, prices, bool(when)),
        scores=DatedScores(day, MODELS_API, scores, bool(when)) if scores else None,
        skipped=skipped,
    )


def _citation(when: str, newest: int | None) -> str:
    known = f"as of {when}" if when else "as-of date not stated"
    if not when and newest is not None:
        known += f", newest model of {to_date(newest)}"
    return f"Source: OpenRouter models API (openrouter.ai/api/v1/models), {known}; licence not stated."
