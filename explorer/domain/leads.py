"""The ledger of leads: when the leading group changed, by how much, for how long, and under which scopes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, shares
from explorer.domain.dataset import Dataset
from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.periods import Span
from explorer.domain.schema import OTHER, Tokens
from explorer.domain.selection import SCOPES, Grouping, Scope, Selection
from explorer.domain.sentences import cited
from explorer.domain.shares import Series
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.wording import EACH, PER, during, listed, number_words, scope_name, scope_tokens, span_words
from explorer.words import Message, say

COLUMNS = (
    Column("period_start", say("From"), Kind.DATE, say("First day of the period in which the lead changed")),
    Column("period_end", say("To"), Kind.DATE, say("Last day of the period in which the lead changed")),
    Column("scope", say("Scope"), Kind.TEXT, say("Which models are counted")),
    Column("leader", say("New leader"), Kind.TEXT, say("The group with most tokens of the scope in the period")),
    Column("former", say("Led before"), Kind.TEXT, say("The leader of the complete period before")),
    Column("margin_tokens", say("Ahead by"), Kind.TOKENS, say("Tokens of the new leader less those of the former")),
    Column("margin", say("Margin"), Kind.SHARE, say("The same as a share of the scope's tokens in the period")),
    Column("lasted", say("Periods led"), Kind.RANK, say("Complete periods until the next change or the end")),
    Column("until", say("Led until"), Kind.DATE, say("Last day of the last complete period of this lead")),
    Column("still_leads", say("Still leads"), Kind.FLAG, say("The lead holds in the last complete period")),
    Column("certain", say("Certain"), Kind.FLAG, say("No other group would lead with all unattributed tokens added")),
    Column("coverage", say("Of all"), Kind.SHARE, say("The scope's share of all tokens in the period")),
    Column("scopes", say("Same change under"), Kind.TEXT, say("Scopes with the same new leader in the same period")),
)

_TOKENIZERS = say("Each provider counts tokens with its own tokenizer.")
_LEGEND: Mapping[frozenset[bool], Message] = {
    frozenset({True}): say("▲ the lead changes."),
    frozenset({False}): say("△ the lead changes, not certain given the unattributed."),
    frozenset({True, False}): say("▲ the lead changes; △ not certain, given the unattributed."),
}
"""By whether there are changes that are certain, and such that are not."""
_LEADERS = {
    Grouping.COUNTRY: say("the leading country"),
    Grouping.AUTHOR: say("the leading author"),
    Grouping.MODEL: say("the leading model"),
}


@dataclass(frozen=True, slots=True)
class LeadChange:
    """The `leader` took the lead from `former` (group keys) in `period`, the series' period number `index`.

    `margin_tokens` is how far it was ahead of the former leader, `margin` that as a share of the scope's tokens. It led
    for `lasted` complete periods, the last of them `until`; `still_leads` says that no change follows. `certain` says
    that no other group would lead there with all unattributed and unnamed tokens added.
    """

    period: Span
    index: int
    former: str
    leader: str
    margin_tokens: int
    margin: float
    lasted: int
    until: Span
    still_leads: bool
    certain: bool


def changes(series: Series, grouping: Grouping = Grouping.COUNTRY) -> tuple[LeadChange, ...]:
    """Return every complete period whose leader is not that of the complete period before, in order.

    The leader is the group with most tokens, the unattributed and the unnamed left out; while groups tie for most the
    leader before keeps the lead. Of `grouping` only models count: no unnamed model could be one that leads.
    """
    named = [i for i, group in enumerate(series.groups) if group not in (UNATTRIBUTED, OTHER)]
    complete = _complete(series)
    if not named or not len(complete):
        return ()
    tokens = series.tokens[complete][:, named]
    leaders = _leaders(tokens)
    turns = np.flatnonzero((leaders[1:] != leaders[:-1]) & (leaders[:-1] >= 0)) + 1
    found: list[LeadChange] = []
    for turn, end in pairwise((*turns.tolist(), len(complete))):
        leader, former, at = int(leaders[turn]), int(leaders[turn - 1]), int(complete[turn])
        row: list[int] = tokens[turn].tolist()
        whole = int(series.scope_total[at])
        unknown = 0 if grouping is Grouping.MODEL else whole - sum(row)
        second = max(n for i, n in enumerate(row) if i != leader)
        ahead = row[leader] - row[former]
        found.append(
            LeadChange(
                period=series.spans[at],
                index=at,
                former=series.groups[named[former]],
                leader=series.groups[named[leader]],
                margin_tokens=ahead,
                margin=ahead / whole,
                lasted=end - turn,
                until=series.spans[int(complete[end - 1])],
                still_leads=end == len(complete),
                certain=row[leader] > second + unknown,
            )
        )
    return tuple(found)


@lru_cache(maxsize=16)
def marked(series: Series, grouping: Grouping) -> tuple[LeadChange, ...]:
    """Return the changes that a chart marks: none where a complete period of printed totals has no whole to lead in."""
    if not np.all(series.scope_total[~series.partial & ~series.gap]):
        return ()
    return changes(series, grouping)


def legend(marks: Iterable[LeadChange]) -> tuple[Message, ...]:
    """Return what filled and hollow marks on a chart mean, those of them that there are, for its notes."""
    kinds = {mark.certain for mark in marks}
    return (_LEGEND[frozenset(kinds)],) if kinds else ()


def _complete(series: Series) -> NDArray[np.intp]:
    return np.flatnonzero(~series.partial & ~series.gap)


def _compared(series: Series) -> Span:
    """Return the days from the first complete period to the last one."""
    whole: list[int] = _complete(series).tolist()
    return Span(series.spans[whole[0]].first, series.spans[whole[-1]].last)


def _leaders(tokens: Tokens) -> NDArray[np.intp]:
    """Return the leading column of each row of (periods, groups), -1 before anyone has led alone."""
    most = tokens.max(axis=1)
    alone = (most > 0) & (np.count_nonzero(tokens == most[:, None], axis=1) == 1)
    latest = np.maximum.accumulate(np.where(alone, np.arange(len(tokens)), -1))
    return np.where(latest >= 0, tokens.argmax(axis=1)[latest], -1)


@dataclass(frozen=True, eq=False, slots=True)
class LeadTable(Table):
    """The ledger; of row i `changes[i]` is the change itself and `scopes[i]` the scope under which it happens."""

    changes: tuple[LeadChange, ...] = ()
    scopes: tuple[Scope, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class _Row:
    """One change under one scope, and the scopes under which it happens alike."""

    change: LeadChange
    scope: Scope
    series: Series
    alike: tuple[Scope, ...]

    @property
    def id(self) -> str:
        return f"{self.change.period.start}/{self.scope}/{self.change.leader}"


def table(dataset: Dataset, selection: Selection) -> LeadTable:
    """Return every change of lead in the span under every scope, by date and scope; the brush does not narrow it."""
    asked = dataset.span(selection)
    by_scope = {scope: shares.series(dataset, selection.but(scope=scope)) for scope in _scopes(selection)}
    shown = by_scope[selection.scope]
    if asked is None or len(_complete(shown)) < 2:
        return _table(_nothing_said(dataset, selection, asked), (), empty=_why_nothing(dataset, shown, asked))
    counted = _compared(shown)
    found = {scope: changes(series, selection.grouping) for scope, series in by_scope.items()}
    rows = _rows(by_scope, found)
    caption = Caption(
        _title(found[selection.scope], selection, counted),
        say(
            "changes of {leader} by tokens {per}, {span}",
            leader=_LEADERS[selection.grouping],
            per=PER[selection.grain],
            span=span_words(asked),
        ),
        say("each row counts the models of its own scope and states the scope's share of all tokens"),
        dataset.citation(asked),
        (*_notes(shown), *attribution_notes.notes(dataset, asked, shown.spans), _TOKENIZERS),
        attribution_notes.readings(dataset),
        _sentence(dataset, selection, found[selection.scope], shown, counted),
    )
    empty = None if rows else say("The lead does not change in this span, under any scope.")
    return _table(caption, rows, _marked(dataset, selection, rows), empty)


def _scopes(selection: Selection) -> tuple[Scope, ...]:
    """Return the scopes a person can choose and the one chosen, narrowest first."""
    every = {*SCOPES, selection.scope}
    return tuple(sorted(every, key=lambda scope: (scope.top is None, scope.top or 0, scope.other)))


def _rows(by_scope: Mapping[Scope, Series], found: Mapping[Scope, Sequence[LeadChange]]) -> tuple[_Row, ...]:
    alike: dict[tuple[int, str], list[Scope]] = {}
    for scope, each in found.items():
        for change in each:
            alike.setdefault((change.index, change.leader), []).append(scope)
    rows = [
        _Row(change, scope, by_scope[scope], tuple(alike[change.index, change.leader]))
        for scope, each in found.items()
        for change in each
    ]
    return tuple(sorted(rows, key=lambda row: row.change.index))  # stable: scopes stay in order


def _table(
    caption: Caption, rows: Sequence[_Row], marked: frozenset[str] = frozenset(), empty: Message | None = None
) -> LeadTable:
    cells = [_cells(row) for row in rows]
    values = {column.key: tuple(cell[column.key] for cell in cells) for column in COLUMNS}
    return LeadTable(
        COLUMNS,
        values,
        tuple(row.id for row in rows),
        caption,
        marked,
        empty,
        changes=tuple(row.change for row in rows),
        scopes=tuple(row.scope for row in rows),
    )


def _cells(row: _Row) -> dict[str, object]:
    change, series = row.change, row.series
    names = dict(zip(series.groups, series.names, strict=True))
    return {
        "period_start": change.period.start,
        "period_end": change.period.end,
        "scope": str(scope_name(row.scope)),
        "leader": names[change.leader],
        "former": names[change.former],
        "margin_tokens": change.margin_tokens,
        "margin": change.margin,
        "lasted": change.lasted,
        "until": change.until.end,
        "still_leads": change.still_leads,
        "certain": change.certain,
        "coverage": int(series.scope_total[change.index]) / int(series.all_total[change.index]),
        "scopes": str(_scopes_words(row.alike)),
    }


def _scopes_words(scopes: Iterable[Scope]) -> Message:
    """Return scopes in words: "all scopes", "top 5, 9 and 10 only", "top 50, all listed and all tokens only"."""
    found = tuple(scopes)
    if set(found) >= set(SCOPES):
        return say("all scopes")
    tops = [scope.top for scope in found if scope.top is not None]
    names = [say("{n}" if i else "top {n}", n=top) for i, top in enumerate(tops)]
    names += [say("all tokens") if scope.other else say("all listed") for scope in found if scope.top is None]
    return say("{scopes} only", scopes=listed(names))


def _marked(dataset: Dataset, selection: Selection, rows: Sequence[_Row]) -> frozenset[str]:
    """Return the rows in which a group that the selection marks takes the lead or loses it."""
    groups = {id(row.series): shares.marked_groups(dataset, row.series, selection) for row in rows}
    return frozenset(row.id for row in rows if {row.change.leader, row.change.former} & groups[id(row.series)])


def _title(found: Sequence[LeadChange], selection: Selection, asked: Span) -> Message:
    texts = {
        0: "The lead never changed counting {whole}, {during}",
        1: "The lead changed once counting {whole}, {during}{doubt}",
    }
    return say(
        texts.get(len(found), "The lead changed {n} times counting {whole}, {during}{doubt}"),
        n=len(found),
        whole=scope_tokens(selection.scope),
        during=during(asked, selection.grain),
        doubt=_doubt(found),
    )


def _doubt(found: Sequence[LeadChange]) -> Message:
    """Return how many of some changes are not certain, to be put behind what says how many there are."""
    doubtful = sum(not change.certain for change in found)
    if not doubtful:
        return say("")
    if len(found) == 1:
        return say(", not certain given the unattributed")
    if doubtful == len(found):
        return say(", none of them certain given the unattributed")
    return say(", {n} of them not certain given the unattributed", n=doubtful)


def _sentence(
    dataset: Dataset, selection: Selection, found: Sequence[LeadChange], shown: Series, asked: Span
) -> Message:
    texts = {
        0: "Counting {whole} on OpenRouter {each}, {leader} did not change {during} {source}.",
        1: "Counting {whole} on OpenRouter {each}, {leader} changed once {during}: to {name} {when}{doubt} {source}.",
    }
    many = (
        "Counting {whole} on OpenRouter {each}, {leader} changed {n} times {during}, "
        "last to {name} {when}{doubt} {source}."
    )
    names = dict(zip(shown.groups, shown.names, strict=True))
    last = found[-1] if found else None
    return say(
        texts.get(len(found), many),
        whole=scope_tokens(selection.scope),
        each=EACH[selection.grain],
        leader=_LEADERS[selection.grouping],
        n=number_words(len(found)),
        during=during(asked, selection.grain, full=True),
        name=names[last.leader] if last else "",
        when=during(last.period, selection.grain, full=True) if last else "",
        doubt=_doubt(found),
        source=cited(dataset, asked, attributed=selection.grouping is not Grouping.MODEL),
    )


def _notes(series: Series) -> tuple[Message, ...]:
    skipped = len(series.spans) - len(_complete(series))
    ties = say("A tie keeps the lead where it was; the unattributed and the unnamed never lead.")
    if not skipped:
        return (ties,)
    return (say("Skipped as partial or without data: {n} of {all} periods.", n=skipped, all=len(series.spans)), ties)


def _nothing_said(dataset: Dataset, selection: Selection, asked: Span | None) -> Caption:
    return Caption(
        say("When did the lead change?"),
        say("changes of {leader} by tokens", leader=_LEADERS[selection.grouping]),
        say("no data"),
        dataset.citation(asked or Span(0, 0)),
    )


def _why_nothing(dataset: Dataset, shown: Series, asked: Span | None) -> Message:
    if asked is None or not dataset.cube.days_present(asked):
        return dataset.no_data("span")
    return say(
        "A change of lead takes two complete periods; there {are} in this span. "
        "Choose a longer span or a shorter period.",
        are=say("is one") if len(_complete(shown)) else say("is none"),
    )
