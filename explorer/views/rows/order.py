"""The order of rows on screen: by one column's raw values, what has none last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

from explorer.domain.table import Column, Kind, Table
from explorer.drawing.cells import missing

_UPWARDS = frozenset({Kind.RANK, Kind.TEXT})
"""Kinds whose first click sorts upwards: first rank, first letter. Of all others people look for the most."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort by the column `key`."""

    key: str
    descending: bool


def clicked(now: Sort | None, column: Column) -> Sort | None:
    """Return the sort after a click on a column's head: the natural direction, the other one, then none."""
    if column.kind is Kind.SERIES:
        return now
    first = Sort(column.key, column.kind not in _UPWARDS)
    if now is None or now.key != column.key:
        return first
    return Sort(column.key, not first.descending) if now == first else None


class Reordered(Sequence[object]):
    """A column's values in another order, looked up when asked for, so that lazy columns stay lazy."""

    def __init__(self, values: Sequence[object], order: Sequence[int]) -> None:
        self._values, self._order = values, order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[object]: ...
    def __getitem__(self, index: int | slice) -> object:
        if isinstance(index, slice):
            return Reordered(self._values, self._order[index])
        return self._values[self._order[index]]


def order_of(table: Table, sort: Sort | None) -> Sequence[int]:
    """Return which row comes where: as they are where nothing is sorted by, or by a column that the table lacks."""
    if sort is None or sort.key not in table.values or table.column(sort.key).kind is Kind.SERIES:
        return range(len(table))
    return _order(table.values[sort.key], sort.descending)


def in_order(table: Table, order: Sequence[int]) -> Table:
    """Return the table with its rows in another order, itself where that is its own.

    A reordered table is a plain one: what a subclass adds row by row is in the rows' first order.
    """
    if order == range(len(table)):
        return table
    values = {key: Reordered(column, order) for key, column in table.values.items()}
    ids = tuple(table.ids[i] for i in order)
    names = tuple(table.names[i] for i in order) if table.names else ()
    return Table(table.columns, values, ids, table.caption, table.marked, table.empty, names)


def _order(values: Sequence[Any], descending: bool) -> list[int]:
    absent = [value == "" or missing(value) for value in values]
    present = [i for i, gone in enumerate(absent) if not gone]
    present.sort(key=lambda i: _key(values[i]), reverse=descending)
    return present + [i for i, gone in enumerate(absent) if gone]


def _key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
