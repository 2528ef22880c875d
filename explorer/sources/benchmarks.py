"""The `benchmarks` of a model in /api/v1/models: numbers by name, and ratings of an arena by what was built."""

from collections.abc import Iterator
from typing import cast

from explorer.domain.schema import Score

_LARGEST = 1e9
_RATING = "elo"
_LABELS = ("arena", "category")
"""What tells the rows of a list from each other."""


def read_scores(model: str, canonical: str, benchmarks: object) -> tuple[Score, ...]:
    """Return the scores of one model by name; () where it states none.

    Upstream does not document the field, so what has another shape is left out and no fault: "artificial_analysis"
    holds numbers by name, "design_arena" a row for each arena and category, of which the rating is kept.
    """
    if not isinstance(benchmarks, dict):
        return ()
    found: dict[str, float] = {}
    for name, stated in cast("dict[str, object]", benchmarks).items():
        for key, value in (*_by_name(stated), *_by_row(stated)):
            found.setdefault(f"{name}.{key}", value)
    return tuple(Score(model, canonical, name, found[name]) for name in sorted(found))


def _by_name(stated: object) -> Iterator[tuple[str, float]]:
    if isinstance(stated, dict):
        for key, value in cast("dict[str, object]", stated).items():
            if (number := _number(value)) is not None:
                yield key, number


def _by_row(stated: object) -> Iterator[tuple[str, float]]:
    if isinstance(stated, list):
        for row in cast("list[object]", stated):
            fields = cast("dict[str, object]", row) if isinstance(row, dict) else {}
            labels = [label for name in _LABELS if isinstance(label := fields.get(name), str)]
            number = _number(fields.get(_RATING))
            if number is not None and len(labels) == len(_LABELS):
                yield ".".join(labels), number


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        return None
    return float(value)
