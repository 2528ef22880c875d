"""The `pricing` of a model in an answer of /api/v1/models: dollars per token as text, with conditional overrides."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import cast

from explorer.domain.schema import Named, Price, PriceTier
from explorer.sources.fields import shown

_PER_MILLION = 1_000_000
_NO_PRICE_OF_ITS_OWN = Decimal(-1)
_TOKEN_KEYS = ("prompt", "completion", "input_cache_read", "input_cache_write")
_REQUEST, _OVERRIDES = "request", "overrides"
_LEAST, _START, _END = "min_prompt_tokens", "utc_start", "utc_end"
_DAY_MINUTES = 24 * 60

Fields = Mapping[str, object]


def read_pricing(unpriced: Price, pricing: Fields) -> Price:
    """Return a price with the amounts that `pricing` states; raises ValueError with the value that is no price.

    Other prices than those of tokens and calls are kept where they are numbers from 0.
    """
    amounts = tuple(_dollars(pricing.get(key)) for key in _TOKEN_KEYS)
    if _NO_PRICE_OF_ITS_OWN in amounts:
        return replace(unpriced, own=False)
    prompt, completion, read, write = (_per_million(amount) for amount in amounts)
    request = _dollars(pricing.get(_REQUEST))
    return replace(
        unpriced,
        input=prompt,
        output=completion,
        cache_read=read,
        cache_write=write,
        request=None if request is None or request < 0 else float(request),
        tiers=_tiers(pricing.get(_OVERRIDES)),
        other=_other(pricing, (*_TOKEN_KEYS, _REQUEST, _OVERRIDES)),
    )


def _tiers(overrides: object) -> tuple[PriceTier, ...]:
    if overrides is None:
        return ()
    if not isinstance(overrides, list):
        raise ValueError(shown(overrides))
    return tuple(_tier(entry) for entry in cast("Sequence[object]", overrides))


def _tier(entry: object) -> PriceTier:
    if not isinstance(entry, dict):
        raise ValueError(shown(entry))
    fields = cast("Fields", entry)
    amounts = (_dollars(fields.get(key)) for key in _TOKEN_KEYS)
    prompt, completion, read, write = (None if a is None or a < 0 else _per_million(a) for a in amounts)
    least, hours = _tokens(fields), _hours(fields)
    other = _other(fields, (*_TOKEN_KEYS, _LEAST, _START, _END))
    known = {*_TOKEN_KEYS, *(name for name, _ in other)}
    known |= {_LEAST} if least is not None else set()
    known |= {_START, _END} if hours is not None else set()
    unknown = {key: value for key, value in fields.items() if key not in known}
    condition = json.dumps(unknown, sort_keys=True) if unknown else ""
    return PriceTier(least or 0, prompt, completion, read, write, hours, condition, other)


def _tokens(fields: Fields) -> int | None:
    value = fields.get(_LEAST)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _hours(fields: Fields) -> tuple[int, int] | None:
    """Return the minutes of the day of a pair of UTC times written as hours times 100 plus minutes; None for others."""
    found: list[int] = []
    for key in (_START, _END):
        value = fields.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0 or value % 100 >= 60:
            return None
        found.append(value // 100 * 60 + value % 100)
    start, end = found
    return (start, end) if start < _DAY_MINUTES and end <= _DAY_MINUTES else None


def _other(fields: Fields, but: tuple[str, ...]) -> Named:
    found: dict[str, float] = {}
    for key in sorted(fields.keys() - set(but)):
        value = fields[key]
        # Conditions are whole numbers or flags; every price is written as text.
        if isinstance(value, str):
            try:
                amount = _dollars(value)
            except ValueError:
                continue
            if amount is not None and amount >= 0:
                found[key] = float(amount)
    return tuple(found.items())


def _dollars(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            raise ValueError(shown(value)) from None
        if amount == _NO_PRICE_OF_ITS_OWN or (amount.is_finite() and amount >= 0 and isfinite(float(amount))):
            return amount
    raise ValueError(shown(value))


def _per_million(amount: Decimal | None) -> float | None:
    """Return dollars per million tokens from dollars per token: exact in decimal, then rounded once."""
    return None if amount is None else float(amount * _PER_MILLION)
