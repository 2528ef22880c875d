"""What drove a change: each model's part in how the tokens of a group moved from one window to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.domain import attribution_notes, driver_kinds
from explorer.domain.dataset import Attribution, Dataset
from explorer.domain.origins import UNATTRIBUTED, Known
from explorer.domain.periods import Span, previous
from explorer.domain.schema import OTHER, Tokens
from explorer.domain.selection import Grouping, Selection, Variants
from explorer.domain.sentences import cited
from explorer.domain.shares import keep_top
from explorer.domain.slugs import parse, short_name, short_names
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import percent, tokens
from explorer.domain.wording import (
    during,
    listed,
    makers,
    period_words,
    scope_tokens,
    scope_words,
    span_words,
    token_words,
)
from explorer.words import Message, say

COLUMNS = (
    Column("model", say("Model"), Kind.TEXT, say("OpenRouter's permaslug; other is the unnamed rest")),
    Column("author", say("Author"), Kind.TEXT),
    Column("country", say("Country"), Kind.TEXT, say("Where the author's company has its headquarters")),
    Column("before", say("Before"), Kind.TOKENS, say("Tokens that count in the window before")),
    Column("tokens", say("Tokens"), Kind.TOKENS, say("Tokens that count in the window")),
    Column("change", say("Change"), Kind.TOKENS_CHANGE, say("Tokens in the window less those in the window before")),
    Column("share", say("Of the change"), Kind.PART, say("Part of the change of all rows; some may go the other way")),
    Column(
        "kind",
        say("How"),
        Kind.TEXT,
        say(
            "launch: first named in the window; returned: named earlier, not in the window before; "
            "entered, left: named in both windows, counted in one; gone: no longer named"
        ),
    ),
    Column("free", say("Free"), Kind.FLAG, say("A :free variant")),
)

_NAMED_AT_ONCE = 3
_TOKENIZERS = say("Each provider counts tokens with its own tokenizer.")


@dataclass(frozen=True, slots=True)
class Parts:
    """A change in tokens and what made it up: `change` is `launches` plus `existing` plus `unnamed`.

    `free` is the part of :free variants, launched or not; None where variants are merged and it cannot be told.
    """

    change: int = 0
    launches: int = 0
    existing: int = 0
    unnamed: int = 0
    free: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class DriverTable(Table):
    """One row per model that counts in the `window` or the one `before`; the changes of the rows sum to `parts.change`.

    Both windows are None where there is nothing to compare.
    """

    parts: Parts = Parts()
    window: Span | None = None
    before: Span | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    model: str
    author: str
    country: str
    before: int
    now: int
    kind: str

    @property
    def change(self) -> int:
        return self.now - self.before

    @property
    def free(self) -> bool:
        return parse(self.model).variant == "free"


@dataclass(frozen=True, eq=False, slots=True)
class _Pair:
    """The two windows, the one before first.

    `named` int64 (2, models) are the tokens of every named model, `counted` those in the scope; `other` the unnamed.
    """

    windows: tuple[Span, Span]
    named: Tokens
    counted: Tokens
    other: tuple[int, int]


def table(dataset: Dataset, selection: Selection) -> DriverTable:
    """Return what changed the tokens of the marked countries and authors, else of the scope, since the window before.

    A model counts in a window where it is in the scope of that window, so entering the top models is a rise. A marked
    model does not narrow the group, it dims the others.
    """
    asked, selection = selection, selection.without("models")
    window = dataset.window(selection)
    why = _why_nothing(dataset, window)
    if window is None or why is not None:
        return _nothing(dataset, window, why)
    pair = _pair(dataset, selection, (previous(window), window))
    rows = sorted(_rows(dataset, selection, pair), key=lambda row: (-abs(row.change), row.model))
    if not rows:
        why = say("Nothing marked has tokens in either window under this scope. Clear the marks or widen the scope.")
        return _nothing(dataset, window, why)
    parts = _parts(rows, dataset.variants)
    ids = tuple(row.model for row in rows)
    return DriverTable(
        COLUMNS,
        _values(rows, parts.change, dataset.variants),
        ids,
        _caption(dataset, selection, pair, rows, parts),
        asked.models & frozenset(ids),
        names=short_names(ids),
        parts=parts,
        window=window,
        before=pair.windows[0],
    )


def _pair(dataset: Dataset, selection: Selection, windows: tuple[Span, Span]) -> _Pair:
    cube = dataset.cube
    named = np.stack([cube.tokens(window) for window in windows])
    before, window = windows
    return _Pair(windows, named, keep_top(named, selection.scope), (cube.other(before), cube.other(window)))


def _rows(dataset: Dataset, selection: Selection, pair: _Pair) -> list[_Row]:
    """Return a row for each model of the group that counts in either window, and one for the unnamed where they do.

    Whose a model is counts as of the end of the window; read as known then, as of the end of each.
    """
    before, window = pair.windows
    whose = dataset.attribution(window.last)
    earlier = dataset.attribution(before.last) if dataset.origins.known is Known.THEN else whose
    counted = pair.counted * np.stack([_members(earlier, selection), _members(whose, selection)])
    ever = dataset.cube.running[dataset.cube.bounds(window)[0]] > 0
    rows: list[_Row] = []
    for i in np.flatnonzero(counted.any(axis=0)).tolist():
        old, now = (int(n) for n in counted[:, i])
        kind = _kind((old, now), (int(pair.named[0, i]), int(pair.named[1, i])), known=bool(ever[i]))
        rows.append(_Row(whose.models[i], str(whose.author[i]), str(whose.country[i]), old, now, kind))
    if _counts_unnamed(selection) and any(pair.other):
        rows.append(_Row(OTHER, UNATTRIBUTED, UNATTRIBUTED, *pair.other, "unnamed"))
    return rows


def _members(whose: Attribution, selection: Selection) -> NDArray[np.bool_]:
    """Return whether each model belongs to the group: bool (models,)."""
    if not selection.marks_anything:
        return np.ones(len(whose.models), np.bool_)
    marked = whose.marked(selection)
    return np.array([model in marked for model in whose.models], np.bool_)


def _counts_unnamed(selection: Selection) -> bool:
    """Return whether the unnamed count: they are in the scope, and nothing or their band is marked."""
    own = UNATTRIBUTED in selection.countries or OTHER in selection.authors
    return selection.scope.other and (own or not selection.marks_anything)


def _kind(counted: tuple[int, int], named: tuple[int, int], *, known: bool) -> str:
    """Return how a model moved, from what counts and what is named in both windows."""
    (before, now), (named_before, named_now) = counted, named
    if before and now:
        return "grew" if now > before else "shrank" if now < before else "unchanged"
    if now:
        return "entered" if named_before else "returned" if known else "launch"
    return "left" if named_now else "gone"


def _parts(rows: Sequence[_Row], variants: Variants) -> Parts:
    total = sum(row.change for row in rows)
    launches = sum(row.change for row in rows if row.kind == "launch")
    unnamed = sum(row.change for row in rows if row.kind == "unnamed")
    free = sum(row.change for row in rows if row.free) if variants is Variants.APART else None
    return Parts(total, launches, total - launches - unnamed, unnamed, free)


def _values(rows: Sequence[_Row], total: int, variants: Variants) -> dict[str, Sequence[object]]:
    apart = variants is Variants.APART
    return {
        "model": [row.model for row in rows],
        "author": [row.author for row in rows],
        "country": [row.country for row in rows],
        "before": [row.before for row in rows],
        "tokens": [row.now for row in rows],
        "change": [row.change for row in rows],
        "share": [row.change / total if total else float("nan") for row in rows],
        "kind": [row.kind for row in rows],
        "free": [row.free if apart and row.model != OTHER else None for row in rows],
    }


def _caption(dataset: Dataset, selection: Selection, pair: _Pair, rows: Sequence[_Row], parts: Parts) -> Caption:
    before, window = pair.windows
    names = _marks(dataset, selection, window)
    group = _joined(names) if names else None
    covered, both = _coverage(selection, pair), Span(before.first, window.last)
    source = cited(dataset, both, attributed=bool(selection.countries or selection.authors))
    named = np.count_nonzero(pair.named, axis=1).tolist()
    scopes = [scope_words(selection.scope, n, share) for n, share in zip(named, covered, strict=True)]
    total, *shares = _notes(rows, parts)
    told = (total, *driver_kinds.zeros({row.kind for row in rows}, selection), *shares)
    marked = (say("only {groups}", groups=listed(names)),) if len(names) > _NAMED_AT_ONCE else ()
    return Caption(
        _title(rows, parts, group or scope_tokens(selection.scope)),
        say(
            "change in tokens of {group} by model, {window} against {before}"
            if group
            else "change in tokens by model, {window} against {before}",
            group=group or "",
            window=period_words(window, selection.grain),
            before=period_words(before, selection.grain),
        ),
        say(
            "{scope}, {window}; {scope_before}, {before}",
            window=span_words(window),
            scope=scopes[1],
            before=span_words(before),
            scope_before=scopes[0],
        ),
        dataset.citation(both),
        (*told, *attribution_notes.notes(dataset, window, pair.windows), _TOKENIZERS),
        (*attribution_notes.readings(dataset), *marked),
        _sentence(selection, pair, (sum(row.now for row in rows), parts), group, covered, source),
    )


def _marks(dataset: Dataset, selection: Selection, window: Span) -> list[Message]:
    """Return what is marked, in words; nothing where the group is the whole scope."""
    whose = dataset.attribution(window.last)
    companies = dict(zip(whose.author.tolist(), whose.company.tolist(), strict=True))
    named = (
        *((Grouping.COUNTRY, key, dataset.origins.country_name(key)) for key in sorted(selection.countries)),
        *((Grouping.AUTHOR, key, str(companies.get(key, key))) for key in sorted(selection.authors)),
    )
    return [makers(*each) for each in named]


def _joined(names: Sequence[Message]) -> Message:
    if len(names) > _NAMED_AT_ONCE:
        return say("the models of {n} marks", n=len(names))
    return listed(names)


def _coverage(selection: Selection, pair: _Pair) -> tuple[float, float]:
    """Return the scope's share of all tokens in both windows."""
    counted, named = pair.counted.sum(axis=1).tolist(), pair.named.sum(axis=1).tolist()
    before, window = (
        (inside + (other if selection.scope.other else 0)) / max(every + other, 1)
        for inside, every, other in zip(counted, named, pair.other, strict=True)
    )
    return before, window


def _title(rows: Sequence[_Row], parts: Parts, group: Message) -> Message:
    """Say which model made more than half of the change, where it is one of several and the only one."""
    rising = 1 if parts.change > 0 else -1
    most = [row for row in rows if row.model != OTHER and 2 * rising * row.change > abs(parts.change)]
    if len(most) != 1 or len(rows) == 1 or not parts.change:
        return say("What drove the change of {group}", group=group)
    text = "{model} drove most of the rise of {group}" if rising > 0 else "{model} drove most of the fall of {group}"
    return say(text, model=short_name(most[0].model), group=group)


def _notes(rows: Sequence[_Row], parts: Parts) -> tuple[Message, ...]:
    was, now = sum(row.before for row in rows), sum(row.now for row in rows)
    found = [
        say(
            "In all {change} tokens, from {was} to {now}.",
            change=_signed(parts.change),
            was=tokens(was),
            now=tokens(now),
        ),
        _part(say("Launches, first named in the window"), parts.launches, parts.change),
        _part(say("Models named earlier"), parts.existing, parts.change),
    ]
    if any(row.model == OTHER for row in rows):
        found.append(_part(say("The unnamed rest (other)"), parts.unnamed, parts.change))
    if parts.free is None:
        found.append(say("Variants are merged: the part of :free variants is not told apart."))
    else:
        found.append(_part(say("Of these, :free variants"), parts.free, parts.change))
    return tuple(found)


def _part(what: Message, part: int, whole: int) -> Message:
    if not whole:
        return say("{what}: {tokens} tokens.", what=what, tokens=_signed(part))
    text = "{what}: {tokens} tokens, {share} of the change."
    return say(text, what=what, tokens=_signed(part), share=percent(part / whole))


def _signed(value: int) -> str:
    return f"+{tokens(value)}" if value > 0 else tokens(value)


def _sentence(
    selection: Selection,
    pair: _Pair,
    amounts: tuple[int, Parts],
    group: Message | None,
    covered: tuple[float, float],
    source: Message,
) -> Message:
    """Return the change in prose; `amounts` are the group's tokens in the window and what made up their change."""
    now, parts = amounts
    before, window = (during(each, selection.grain, full=True) for each in pair.windows)
    compared = {1: "{change} more than {before}", -1: "{change} fewer than {before}", 0: "as many as {before}"}
    more = compared[(parts.change > 0) - (parts.change < 0)]
    return say(
        "Counting {whole} on OpenRouter, {group} made {now} tokens {window}, {compared}{launches} {source}."
        if selection.scope.other
        else "Counting {whole} on OpenRouter ({share} of all tokens, {share_before} in the window before), "
        "{group} made {now} tokens {window}, {compared}{launches} {source}.",
        whole=scope_tokens(selection.scope),
        share=percent(covered[1]),
        share_before=percent(covered[0]),
        group=group or say("models"),
        now=token_words(now),
        window=window,
        compared=say(more, change=token_words(abs(parts.change)), before=before),
        launches=say("; models first named then added {tokens}", tokens=token_words(parts.launches))
        if parts.launches
        else say(""),
        source=source,
    )


def _why_nothing(dataset: Dataset, window: Span | None) -> Message | None:
    """Return why there is nothing to compare and what to do, None where both windows are complete."""
    cube = dataset.cube
    if window is None or not cube.days_present(window):
        return dataset.no_data()
    before = previous(window)
    for each, text in (
        (window, "Not all days of {window} are complete ({n} of {days}). Brush a complete window in the chart."),
        (
            before,
            "There is no complete window to compare with: not all days of {window} are complete ({n} of {days}). "
            "Brush a later or shorter window in the chart.",
        ),
    ):
        complete = cube.days_complete(each)
        if complete < len(each):
            return say(text, window=span_words(each), n=complete, days=len(each))
    return None


def _nothing(dataset: Dataset, window: Span | None, why: Message | None) -> DriverTable:
    caption = Caption(
        say("What drove the change?"),
        say("change in tokens by model"),
        say("no data"),
        dataset.citation(window or Span(0, 0)),
    )
    return DriverTable(COLUMNS, {column.key: () for column in COLUMNS}, (), caption, empty=why)
