"""The denominator lens: one chart under four scopes side by side, and whether its finding depends on the scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from explorer.domain import attribution_notes, leads, shares
from explorer.domain.dataset import Dataset
from explorer.domain.markers import claim_words, markers
from explorer.domain.periods import Span
from explorer.domain.selection import ALL, LISTED, Grouping, Measure, Scope, Selection
from explorer.domain.shares import Leader, Series, ShareTable
from explorer.domain.table import Caption, Column, Kind
from explorer.domain.units import percent
from explorer.domain.wording import PER, during, listed, makers, scope_tokens, span_words
from explorer.words import Message, say

SCOPES = (Scope(5), Scope(10), LISTED, ALL)
"""The scopes side by side, narrowest first."""

_NAMES: Mapping[Scope, Message] = {
    **{scope: say("Top {n}", n=scope.top) for scope in SCOPES if scope.top},
    LISTED: say("All listed"),
    ALL: say("All tokens"),
}
_IN_PROSE: Mapping[Scope, Message] = {
    **{scope: say("top {n}", n=scope.top) for scope in SCOPES if scope.top},
    LISTED: say("all listed"),
    ALL: say("all tokens"),
}

COLUMNS = (
    Column("scope", say("Scope"), Kind.TEXT, say("Which models of each period count")),
    Column("coverage", say("Of all"), Kind.SHARE, say("The scope's share of all tokens of the span")),
    *shares.COLUMNS,
)


@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """One of the charts: its `scope` and that in words (`name`), its `series` and `heading`.

    `coverage` is the scope's share (0–1) of all tokens; the heading states it without saying of what, as the caption
    of the table does for all.
    """

    scope: Scope
    series: Series
    heading: Message
    coverage: float
    name: Message


@dataclass(frozen=True, eq=False, slots=True)
class LensTable(ShareTable):
    """The long tables of several scopes under one another; `series` is that of all tokens.

    The bands of every panel are in the order of the bands of all tokens. `named` is the panel whose scope the Selection
    has, else the first: what is said of one panel only is said there.
    """

    panels: tuple[Panel, ...] = ()
    named: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class _Body:
    """What of a lens table is the same wherever the brush is."""

    panels: tuple[Panel, ...]
    values: Mapping[str, Sequence[object]]
    ids: tuple[str, ...]


def table(dataset: Dataset, selection: Selection) -> ShareTable:
    """Return the chart's table, under four scopes instead of the selection's own where it asks for the lens."""
    if not selection.lens:
        return _alone(dataset, selection)
    everything, asked = shares.series(dataset, selection.but(scope=ALL)), dataset.span(selection)
    if asked is None or not everything.groups:
        return _alone(dataset, selection.but(scope=ALL))
    body = _body(dataset, shares.shaping(selection).without("scope"))
    return LensTable(
        COLUMNS,
        body.values,
        body.ids,
        _caption(dataset, selection, body.panels, asked),
        shares.marked_groups(dataset, everything, selection),
        series=everything,
        measure=selection.measure,
        grouping=selection.grouping,
        brush=selection.brush,
        markers=markers(dataset, selection, everything.spans),
        panels=body.panels,
        named=next((i for i, panel in enumerate(body.panels) if panel.scope == selection.scope), 0),
    )


def _alone(dataset: Dataset, selection: Selection) -> ShareTable:
    """Return the chart's table under one scope, its changes of lead explained."""
    found = shares.table(dataset, selection)
    marks = leads.legend(leads.marked(found.series, selection.grouping))
    return replace(found, caption=_explained(found.caption, marks)) if marks else found


def _explained(caption: Caption, marks: tuple[Message, ...]) -> Caption:
    """Return a caption with what the marks on its chart mean."""
    return replace(caption, notes=(*marks, *caption.notes))


@lru_cache(maxsize=4)
def _body(dataset: Dataset, selection: Selection) -> _Body:
    panels = _panels(dataset, selection)
    nothing = Caption(say(""), say(""), say(""), say(""))
    tables = [shares.long_table(panel.series, nothing, selection, frozenset()) for panel in panels]
    rows = [len(each) for each in tables]
    values: dict[str, Sequence[object]] = {
        "scope": [str(_NAMES[panel.scope]) for panel, n in zip(panels, rows, strict=True) for _ in range(n)],
        "coverage": [panel.coverage for panel, n in zip(panels, rows, strict=True) for _ in range(n)],
    }
    for column in shares.COLUMNS:
        values[column.key] = [value for each in tables for value in each.values[column.key]]
    return _Body(panels, values, tuple(key for each in tables for key in each.ids))


def _panels(dataset: Dataset, selection: Selection) -> tuple[Panel, ...]:
    """Return a panel for each scope that holds any tokens."""
    order = shares.series(dataset, selection.but(scope=ALL)).groups
    found: list[Panel] = []
    for scope in SCOPES:
        series = shares.series(dataset, selection.but(scope=scope))
        if not series.groups:
            continue
        coverage = int(series.scope_total.sum()) / int(series.all_total.sum())
        heading = say("{scope} · {share}", scope=_NAMES[scope], share=percent(coverage))
        found.append(Panel(scope, _in_order(series, order), heading, coverage, _NAMES[scope]))
    return tuple(found)


def _in_order(series: Series, order: Sequence[str]) -> Series:
    at = {key: i for i, key in enumerate(series.groups)}
    kept = [at[key] for key in order if key in at]
    return replace(
        series,
        groups=tuple(series.groups[i] for i in kept),
        names=tuple(series.names[i] for i in kept),
        tokens=series.tokens[:, kept],
    )


def _caption(dataset: Dataset, selection: Selection, panels: tuple[Panel, ...], asked: Span) -> Caption:
    found = _leads(panels, selection)
    marks = leads.legend(mark for panel in panels for mark in leads.marked(panel.series, selection.grouping))
    caption = Caption(
        _title(found, selection),
        say(
            "tokens {per} by {grouping}, {span}"
            if selection.measure is Measure.TOKENS
            else "share of each scope's tokens {per} by {grouping}, {span}",
            per=PER[selection.grain],
            grouping=say(selection.grouping.value),
            span=span_words(asked),
        ),
        say("four scopes side by side, each headed by its share of all tokens of the span"),
        dataset.citation(asked),
        shares.notes(panels[-1].series, attribution_notes.notes(dataset, asked, panels[-1].series.spans)),
        (*attribution_notes.readings(dataset), *claim_words(dataset, selection)),
        sentence=_sentence(found, selection, dataset.citation(asked)),
    )
    return _explained(caption, marks)


@dataclass(frozen=True, slots=True)
class _Leads:
    """Who leads in one period under each scope; None where two lead alike."""

    period: Span
    by_scope: Mapping[Scope, Leader | None]

    @property
    def groups(self) -> dict[tuple[str, bool], list[Scope]]:
        """The scopes by who leads there, "" for nobody alone, and whether that is certain."""
        found: dict[tuple[str, bool], list[Scope]] = {}
        for scope, leader in self.by_scope.items():
            found.setdefault((leader.key, leader.certain) if leader else ("", True), []).append(scope)
        return found

    @property
    def keys(self) -> set[str]:
        """Who leads under one scope or another, "" where nobody alone does."""
        return {leader.key if leader else "" for leader in self.by_scope.values()}


def _leads(panels: tuple[Panel, ...], selection: Selection) -> _Leads | None:
    """Return who leads in the brushed period, else in the last complete one; None where nobody leads anywhere."""
    at = shares.told_of(panels[-1].series, selection.brush)
    if at is None:
        return None
    by_scope = {
        panel.scope: shares.leader(panel.series, at, selection.grouping)
        for panel in panels
        if panel.series.scope_total[at] > 0
    }
    return _Leads(panels[-1].series.spans[at], by_scope) if any(by_scope.values()) else None


def _title(found: _Leads | None, selection: Selection) -> Message:
    """Say whether the lead depends on the scope, and ask where nobody leads."""
    if found is None:
        return say("Does it depend on the scope who leads?")
    when = during(found.period, selection.grain)
    if len(found.keys) > 1:
        clauses = [_clause(found, *group, first=not i) for i, group in enumerate(found.groups)]
        return say("{clauses}, {during}", clauses=_joined(clauses, "{before}, {last}"), during=when)
    name = _name(found, next(iter(found.keys)))
    doubted = [scope for (_, certain), scopes in found.groups.items() if not certain for scope in scopes]
    if not doubted:
        return say("{name} led under every scope {during}", name=name, during=when)
    if len(doubted) == len(found.by_scope):
        return say("{name} led among those attributed under every scope {during}", name=name, during=when)
    return say(
        "{name} led under every scope {during}, under {doubted} only among those attributed",
        name=name,
        during=when,
        doubted=_scopes(doubted),
    )


_CLAUSES = {
    (True, True): "{name} led under {scopes}",
    (True, False): "{name} led among those attributed under {scopes}",
    (False, True): "{name} under {scopes}",
    (False, False): "{name} among those attributed under {scopes}",
}
"""By whether it is the first clause and whether the lead is certain."""


def _clause(found: _Leads, key: str, certain: bool, *, first: bool) -> Message:
    name = _name(found, key) if key else say("nobody alone")
    return say(_CLAUSES[first, certain], name=name, scopes=_scopes(found.groups[key, certain]))


def _name(found: _Leads, key: str) -> Message:
    names = {leader.key: leader.name for leader in found.by_scope.values() if leader}
    return say("{name}", name=names[key])


def _scopes(scopes: Sequence[Scope]) -> Message:
    """Return scopes, narrowest first, as prose has them: "the top 5 and top 10", "all listed and all tokens"."""
    names = listed([_IN_PROSE[scope] for scope in scopes])
    return say("the {scopes}", scopes=names) if scopes[0].top else names


def _joined(parts: Sequence[Message], text: str) -> Message:
    """Return parts one after the other, each put after those before it by a template."""
    joined = parts[0]
    for part in parts[1:]:
        joined = say(text, before=joined, last=part)
    return joined


def _sentence(found: _Leads | None, selection: Selection, source: Message) -> Message:
    """Return the finding with its numbers, one share for each scope; "" where nobody leads."""
    if found is None:
        return say("")
    sure = {leader.key for leader in found.by_scope.values() if leader and leader.certain}
    if len(found.keys) == 1:
        text = "The lead on OpenRouter {during} was the same under every scope: {clauses}. {source}"
    elif len(sure) > 1:
        text = "Who led on OpenRouter {during} depends on the scope: {clauses}. {source}"
    else:
        text = "Who led on OpenRouter {during} may depend on the scope: {clauses}. {source}"
    clauses = [_with_share(scope, leader, selection.grouping) for scope, leader in found.by_scope.items()]
    return say(
        text,
        during=during(found.period, selection.grain, full=True),
        clauses=_joined(clauses, "{before}; {last}"),
        source=source,
    )


def _with_share(scope: Scope, leader: Leader | None, grouping: Grouping) -> Message:
    if leader is None:
        return say("nobody alone of {whole}", whole=scope_tokens(scope))
    return say(
        "{makers} with {share} of {whole}"
        if leader.certain
        else "{makers} with {share} of {whole}, the most among those attributed",
        makers=makers(grouping, leader.key, leader.name),
        share=percent(leader.share),
        whole=scope_tokens(scope),
    )
