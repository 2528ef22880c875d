"""A summary of many findings, in as many parts as it has pages or slides."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from explorer.domain.table import Table
from explorer.export.exhibit import Exhibit
from explorer.words import say

Rows = Sequence[tuple[str, str]]
"""Findings and their sentences."""


def rows_of(table: Table) -> list[tuple[str, str]]:
    """Return findings and sentences as they are said."""
    return [(str(finding), str(sentence)) for finding, sentence in table.rows()]


def continued(summary: Exhibit) -> Exhibit:
    """Return a summary headed as one of its later parts is."""
    return replace(summary, title=str(say("{title} (continued)", title=summary.heading)))


def parts(summary: Exhibit, fits: Callable[[Rows], bool]) -> list[Exhibit]:
    """Return a summary in the fewest parts, about as long as one another, that all fit; at most a part for each row."""
    rows = rows_of(summary.table)
    splits = (_cuts(len(rows), count) for count in range(1, len(rows)))
    fitting = (cuts for cuts in splits if all(fits(rows[cut]) for cut in cuts))
    return [_part(summary, cut) for cut in next(fitting, _cuts(len(rows), len(rows)))]


def _cuts(length: int, count: int) -> list[slice]:
    return [slice(start, stop) for start, stop in pairwise(length * part // count for part in range(count + 1))]


def _part(summary: Exhibit, cut: slice) -> Exhibit:
    table = summary.table
    held = replace(table, ids=table.ids[cut], values={key: values[cut] for key, values in table.values.items()})
    return replace(continued(summary) if cut.start else summary, table=held)
