"""Restatements: what two snapshots say differently of the same day and model, the greatest change first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from explorer.domain import attribution_notes, compared
from explorer.domain.compared import Compared
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.schema import OTHER, pick, to_date
from explorer.domain.selection import Selection
from explorer.domain.sentences import bracketed
from explorer.domain.snapshot import OPENROUTER, Provenance
from explorer.domain.snapshot_days import of_rankings, runs
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.units import MINUS, exact, percent
from explorer.domain.wording import day_words, span_words, token_words
from explorer.errors import ExplorerError
from explorer.words import Message, say

_EARLIER, _LATER = say("Earlier"), say("Later")
_OF_FIRST, _OF_SECOND = say("Tokens in the first of the two snapshots"), say("Tokens in the second one")

COLUMNS = (
    Column("date", say("Day"), Kind.DATE, say("The UTC day that both snapshots cover")),
    Column("model", say("Model"), Kind.TEXT),
    Column("what", say("What"), Kind.TEXT, say("Restated, or named by one of the two snapshots only")),
    Column("first", _EARLIER, Kind.TOKENS, _OF_FIRST),
    Column("second", _LATER, Kind.TOKENS, _OF_SECOND),
    Column("change", say("Change"), Kind.TOKENS_CHANGE, say("Tokens in the second snapshot less those in the first")),
    Column(
        "change_part", say("Change %"), Kind.CHANGE, say("The change as a part of the tokens in the first snapshot")
    ),
)
_TURNED = {"first": _LATER, "second": _EARLIER}
"""What two columns are called where the first snapshot is the later one."""
RESTATED, APPEARED, VANISHED = say("restated"), say("appeared"), say("vanished")
_MOST_DAYS = 5
"""So many days are named with their totals, the rest are counted."""


@dataclass(frozen=True, eq=False, slots=True)
class RestatementTable(Table):
    """The changes; `pair` are the snapshots compared, None where there are none; `choices` are those one can choose.

    Row i is about day number `days[i]` and the model `models[i]`.
    """

    pair: tuple[Provenance, Provenance] | None = None
    choices: tuple[Provenance, ...] = ()
    days: tuple[int, ...] = ()
    models: tuple[str, ...] = ()


def table(dataset: Dataset, selection: Selection) -> RestatementTable:
    """Return what was restated between the two snapshots that a selection compares; the window hides no day."""
    try:
        found = compared.pair(dataset, selection)
        if found is None:
            return _nothing(dataset, _why_no_pair(dataset))
        both = compared.compare(dataset, *found)
    except KeyError as error:
        return _nothing(dataset, _unknown(dataset, str(error.args[0])))
    except ExplorerError as error:
        return replace(_nothing(dataset, error.sentence), passing=True)
    return _table(dataset, selection, found, both)


def _table(
    dataset: Dataset, selection: Selection, pair: tuple[Provenance, Provenance], both: Compared
) -> RestatementTable:
    models, days = pick(both.models, both.model.astype(np.intp)), tuple(both.day.tolist())
    earlier, later, change = ([*column.tolist()] for column in (both.earlier, both.later, both.change))
    ids = tuple(f"{to_date(day)}/{model}" for day, model in zip(days, models, strict=True))
    values: dict[str, tuple[object, ...]] = {
        "date": tuple(map(to_date, days)),
        "model": models,
        "what": tuple(str(_what(*ends)) for ends in zip(earlier, later, strict=True)),
        "first": tuple(None if tokens < 0 else tokens for tokens in earlier),
        "second": tuple(None if tokens < 0 else tokens for tokens in later),
        "change": tuple(change),
        "change_part": tuple(
            moved / before if before > 0 else None for moved, before in zip(change, earlier, strict=True)
        ),
    }
    marked = dataset.attribution(days[0]).marked(selection) if days else frozenset[str]()
    return RestatementTable(
        _columns(*pair),
        values,
        ids,
        _caption(dataset, pair, both),
        frozenset(key for key, model in zip(ids, models, strict=True) if model in marked),
        None if ids else _why_nothing(both),
        pair=pair,
        choices=of_rankings(dataset)[::-1],
        days=days,
        models=models,
    )


def _columns(first: Provenance, second: Provenance) -> tuple[Column, ...]:
    """Return the columns, which say which of the two snapshots is the earlier one."""
    if first.age <= second.age:
        return COLUMNS
    return tuple(replace(column, label=_TURNED.get(column.key, column.label)) for column in COLUMNS)


def _what(earlier: int, later: int) -> Message:
    return APPEARED if earlier < 0 else VANISHED if later < 0 else RESTATED


def _nothing(dataset: Dataset, why: Message) -> RestatementTable:
    caption = Caption(
        say("What was restated?"),
        say("tokens by day and model in two snapshots of the same days"),
        say("no data"),
        dataset.citation(dataset.cube.days or Span(0, 0)),
        filters=attribution_notes.readings(dataset),
    )
    none: dict[str, tuple[object, ...]] = {column.key: () for column in COLUMNS}
    return RestatementTable(COLUMNS, none, (), caption, empty=why, choices=of_rankings(dataset)[::-1])


def _why_no_pair(dataset: Dataset) -> Message:
    n = len(of_rankings(dataset))
    if not n:
        return dataset.no_data()
    if n == 1:
        return say("A restatement takes two snapshots of the same days; there is one. Open a newer one to see it.")
    return say("No two of the {n} snapshots of rankings cover the same day.", n=exact(n))


def _unknown(dataset: Dataset, sha256: str) -> Message:
    if dataset.as_of:
        day = day_words(date.fromisoformat(dataset.as_of), full=True)
        return say("The snapshot {id}… was not known on {day}. Choose another.", id=sha256[:12], day=day)
    return say("The snapshot {id}… is not in the store. Choose another.", id=sha256[:12])


def _why_nothing(both: Compared) -> Message:
    if not len(both.days):
        if both.unfinished:
            return say("The only days in both snapshots were not over when one of them was taken. Choose others.")
        return say("No day is in both snapshots. Choose others.")
    return say(
        "Nothing was restated: both snapshots say the same of {days}.",
        days=_count_days(len(both.days)),
    )


# --- what the caption says


def _count_days(n: int) -> Message:
    return say("the 1 day that both cover") if n == 1 else say("all {n} days that both cover", n=exact(n))


def _as_of(snapshot: Provenance, other: Provenance) -> Message:
    """Return of when a snapshot is, with the time where the date does not tell it from the other."""
    if not snapshot.as_of:
        return say("as-of date not stated, data to {day}", day=day_words(to_date(snapshot.last_day or 0)))
    day = day_words(date.fromisoformat(snapshot.as_of[:10]))
    if snapshot.as_of[:10] == other.as_of[:10] and len(snapshot.as_of) >= len("2026-01-01T00:00"):
        return say("as of {day}, {time} UTC", day=day, time=snapshot.as_of[11:19])
    return say("as of {day}", day=day)


def _source(first: Provenance, second: Provenance) -> Message:
    earlier, later = _as_of(first, second), _as_of(second, first)
    if first.source == second.source == OPENROUTER:
        text = "Source: OpenRouter (openrouter.ai/rankings), {earlier}, and {later}."
        return say(text, earlier=earlier, later=later)
    return say(
        "Sources: {first} ({file}), {earlier}, and {second} ({other}), {later}.",
        first=first.source,
        file=first.name,
        earlier=earlier,
        second=second.source,
        other=second.name,
        later=later,
    )


def _signed(part: float) -> str:
    words = percent(abs(part))
    return f"+{words}" if part > 0 else f"{MINUS}{words}" if part < 0 else words


def moved(both: Compared) -> float:
    """Return the tokens that changed, up or down, as a part (0–1) of those of the earlier snapshot; NaN of none."""
    whole = int(both.before.sum())
    return int(np.abs(both.change).sum()) / whole if whole else float("nan")


def _net(both: Compared) -> float:
    whole = int(both.before.sum())
    return (int(both.after.sum()) - whole) / whole if whole else float("nan")


def _caption(dataset: Dataset, pair: tuple[Provenance, Provenance], both: Compared) -> Caption:
    earlier, later = pair
    days: list[int] = both.days.tolist()
    ends = {"earlier": _as_of(earlier, later), "later": _as_of(later, earlier)}
    scope = say("no common day")
    if days:
        scope = say(
            "{rows} of {values} values changed on {days} of {all} common days, {span}",
            rows=exact(len(both.day)),
            values=exact(both.values),
            days=exact(len(set(both.day.tolist()))),
            all=exact(len(days)),
            span=", ".join(span_words(run) for run in runs(days)),
        )
    return Caption(
        _title(pair, both),
        say(
            "tokens by UTC day and model: {file}, {earlier}, against {other}, {later}",
            file=earlier.name,
            other=later.name,
            **ends,
        ),
        scope,
        _source(earlier, later),
        _notes(both),
        attribution_notes.readings(dataset),
        _sentence(dataset, pair, both, ends),
    )


def _title(pair: Sequence[Provenance], both: Compared) -> Message:
    if not len(both.days):
        return say("What was restated?")
    n = len(both.days)
    days = say("the 1 day that both snapshots cover") if n == 1 else say("the {n} days that both cover", n=exact(n))
    if not len(both.day):
        return say("Nothing was restated on {days}", days=days)
    text = "{part} of the tokens of {days} were restated"
    if pair[0].source != pair[1].source:
        text = "{part} of the tokens of {days} differ"
    return say(text, part=percent(moved(both)), days=days)


def _notes(both: Compared) -> tuple[Message, ...]:
    found: list[Message] = []
    what = [_what(*ends) for ends in zip(both.earlier.tolist(), both.later.tolist(), strict=True)]
    if only := [
        say("{n} {what}", n=exact(what.count(each)), what=each) for each in (APPEARED, VANISHED) if each in what
    ]:
        words = only[0] if len(only) == 1 else say("{first} and {second}", first=only[0], second=only[1])
        found.append(say("Named by one snapshot only: {words}.", words=words))
    if totals := _by_day(both):
        found.append(totals)
    if OTHER in pick(both.models, both.model.astype(np.intp)):
        found.append(say("“other” is all that a snapshot does not name on a day."))
    if both.unfinished:
        named = ", ".join(span_words(run) for run in runs(both.unfinished))
        found.append(say("Left out, as not over when a snapshot was taken: {days}.", days=named))
    return tuple(found)


def _by_day(both: Compared) -> Message | None:
    """Return by how much the totals of days changed, the greatest change first; None where none did."""
    change = both.after - both.before
    changed = np.flatnonzero(change)
    if not len(changed):
        return None
    order = changed[np.argsort(-np.abs(change[changed]), kind="stable")].tolist()
    said = [
        f"{day_words(to_date(int(both.days[i])), year=False)} {_signed(int(change[i]) / max(int(both.before[i]), 1))}"
        for i in order[:_MOST_DAYS]
    ]
    more = len(order) - _MOST_DAYS
    text = "Totals of days: {days}, and {n} more." if more > 0 else "Totals of days: {days}."
    return say(text, days=", ".join(said), n=exact(more)) if more > 0 else say(text, days=", ".join(said))


def _sentence(dataset: Dataset, pair: Sequence[Provenance], both: Compared, ends: dict[str, Message]) -> Message:
    if not len(both.days):
        return say("")
    first, last = (to_date(int(both.days[i])) for i in (0, -1))
    days = {"first": day_words(first, full=True), "last": day_words(last, full=True), "n": exact(len(both.days))}
    source = bracketed(_names(pair), dataset)
    if not len(both.day):
        text = "The snapshots {earlier} and {later} say the same of the {n} days from {first} to {last} {source}."
        return say(text, **ends, **days, source=source)
    text = (
        "Between the snapshots {earlier} and {later}, {part} of the tokens of the {n} days from {first} to {last} that "
        "both cover were restated: {tokens} tokens up or down, in all {net} {source}."
    )
    if pair[0].source != pair[1].source:
        text = (
            "{part} of the tokens of the {n} days from {first} to {last} differ between the snapshots {earlier} and "
            "{later}: {tokens} tokens up or down, in all {net} {source}."
        )
    return say(
        text,
        **ends,
        **days,
        part=percent(moved(both)),
        tokens=token_words(int(np.abs(both.change).sum())),
        net=_signed(_net(both)),
        source=source,
    )


def _names(pair: Sequence[Provenance]) -> Message:
    if all(each.source == OPENROUTER for each in pair):
        return say("OpenRouter rankings")
    return say("{file} and {other}", file=pair[0].name, other=pair[1].name)
