"""A Selection as plain JSON values, and back: every dimension by its name, days as ISO dates, sets in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, cast

from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span, span
from explorer.domain.pricing import Compared, PriceFirst, Pricing, Sort
from explorer.domain.schema import to_date, to_day
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection, Source, Variants
from explorer.domain.workload import Workload
from explorer.errors import ExplorerError
from explorer.words import say


@dataclass(frozen=True, slots=True)
class _Codec:
    """How a value is written as JSON, and read again; reading raises ValueError or TypeError for anything else."""

    write: Callable[[Any], object]
    read: Callable[[Any], object]


def written(selection: Selection) -> dict[str, object]:
    """Return a selection as values that JSON has, each dimension under its own name."""
    return _written(selection, _SELECTION)


def read(found: object) -> Selection:
    """Return the selection that `written` made; what is left out has its default.

    Raises ExplorerError, naming the dimension, where it is unknown or its value is none of that dimension.
    """
    return Selection(**_read(found, _SELECTION, ""))


def _written(value: object, codecs: Mapping[str, _Codec]) -> dict[str, object]:
    return {name: codec.write(getattr(value, name)) for name, codec in codecs.items()}


def _read(found: object, codecs: Mapping[str, _Codec], within: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise ValueError("no object")
    values: dict[str, Any] = {}
    for name, value in cast("dict[str, object]", found).items():
        try:
            values[name] = codecs[name].read(value)
        except KeyError:
            raise _trouble(say("The view asks for “{name}”, which is unknown here.", name=within + name)) from None
        except (ValueError, TypeError, OverflowError):
            what = say("The view's “{name}” can't be {value}.", name=within + name, value=_shown(value))
            raise _trouble(what) from None
    return values


def _trouble(what: Any) -> ExplorerError:
    return ExplorerError(what, remedy=say("Save the view again with a program of this version, or update this one."))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _exactly(kind: type) -> Callable[[Any], object]:
    def read_it(value: object) -> object:
        if type(value) is not kind:
            raise TypeError
        return value

    return read_it


def _member(kind: type[StrEnum]) -> _Codec:
    return _Codec(lambda member: member.value, kind)


def _as_is(value: object) -> object:
    return value


def _optional(codec: _Codec) -> _Codec:
    return _Codec(
        lambda value: None if value is None else codec.write(value),
        lambda value: None if value is None else codec.read(value),
    )


def _read_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        raise TypeError
    return float(value)


def _read_span(value: list[str]) -> Span:
    first, last = (date.fromisoformat(day) for day in value)
    if first > last:
        raise ValueError
    return span(first, last)


def _read_as_of(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return date.fromisoformat(value).isoformat() if value else ""


def _read_scope(value: object) -> Scope:
    named: dict[object, Scope] = {str(scope): scope for scope in (ALL, LISTED)}
    if value in named:
        return named[value]
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and int(value)):
        raise ValueError
    return Scope(int(value))


def _read_set(value: object) -> frozenset[str]:
    return frozenset(_texts(value))


def _read_pair(value: object) -> tuple[str, str]:
    first, second = _texts(value)
    return first, second


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError
    found = cast("list[object]", value)
    if any(not isinstance(text, str) for text in found):
        raise TypeError
    return cast("list[str]", found)


_TEXT, _FLAG = _Codec(_as_is, _exactly(str)), _Codec(_as_is, _exactly(bool))
_NUMBER, _COUNT = _Codec(float, _read_number), _Codec(_as_is, _exactly(int))
_DAY = _Codec(lambda day: to_date(day).isoformat(), lambda text: to_day(date.fromisoformat(text)))
_SPAN = _Codec(lambda days: [days.start.isoformat(), days.end.isoformat()], _read_span)
_SET = _Codec(sorted, _read_set)

_WORKLOAD: Mapping[str, _Codec] = {
    "calls": _NUMBER,
    "input": _COUNT,
    "output": _COUNT,
    "cached": _NUMBER,
    "written": _NUMBER,
}


def _read_workload(found: object) -> Workload:
    return Workload(**_read(found, _WORKLOAD, "pricing.workload."))


_PRICING: Mapping[str, _Codec] = {
    "first": _member(PriceFirst),
    "ratio": _NUMBER,
    "cached": _NUMBER,
    "linear": _FLAG,
    "workload": _Codec(lambda value: _written(value, _WORKLOAD), _read_workload),
    "compared": _member(Compared),
    "sort": _member(Sort),
    "at": _optional(_DAY),
    "score": _TEXT,
}


def _read_pricing(found: object) -> Pricing:
    pricing = Pricing(**_read(found, _PRICING, "pricing."))
    _ = pricing.mix  # ValueError where ratio and cached are no mix
    return pricing


_SELECTION: Mapping[str, _Codec] = {
    "source": _member(Source),
    "grain": _member(Grain),
    "span": _optional(_SPAN),
    "brush": _optional(_SPAN),
    "scope": _Codec(str, _read_scope),
    "measure": _member(Measure),
    "grouping": _member(Grouping),
    "countries": _SET,
    "authors": _SET,
    "models": _SET,
    "search": _TEXT,
    "baseline": _TEXT,
    "as_of": _Codec(_as_is, _read_as_of),
    "compared": _Codec(list, _read_pair),
    "known": _member(Known),
    "variants": _member(Variants),
    "lens": _FLAG,
    "claim": _TEXT,
    "pricing": _Codec(lambda value: _written(value, _PRICING), _read_pricing),
}
assert set(_SELECTION) == {each.name for each in fields(Selection)}, "a dimension without a way into JSON"
