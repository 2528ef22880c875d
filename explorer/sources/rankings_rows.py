"""Daily rankings, whatever they are written in: rows checked one by one, and the snapshot they make."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from explorer.domain.schema import UsageFrame, to_date
from explorer.domain.snapshot import (
    LICENCE,
    OPENROUTER,
    Provenance,
    Skipped,
    Snapshot,
    rankings_citation,
)
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.sources.as_of import as_of
from explorer.sources.faults import Faults
from explorer.sources.fields import day_of, not_a_day, not_tokens, shown, tokens_of
from explorer.words import Message, say

COLUMNS = ("date", "model_permaslug", "total_tokens")
"""The columns a fact is made of; rank and share follow from them and are not read."""

_BEAT = 20_000

Row = tuple[int, tuple[object, object, object]]
"""Line or row number, from 1, and the values of `COLUMNS`."""


@dataclass(frozen=True, eq=False, slots=True)
class Checked:
    """What the rows of a file come to."""

    usage: UsageFrame
    skipped: tuple[Skipped, ...] = ()


class _Rows:
    """The good rows so far, column by column."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.skipped: list[Skipped] = []
        self.days: list[int] = []
        self.codes: list[int] = []
        self.tokens: list[int] = []
        self.models: dict[str, int] = {}
        self._known_days: dict[object, int] = {}
        self._seen: set[tuple[int, int]] = set()

    def add(self, number: int, when: object, slug: object, count: object) -> None:
        """Take one row in, or note why not."""
        if slug is None or (isinstance(slug, str) and not slug.strip()):
            self.skipped.append(Skipped(number, say("It names no model."), self.faults.by_line))
            return
        day = self._day(when)
        tokens = tokens_of(count)
        if not isinstance(slug, str) or not _is_slug(slug):
            self.faults.add(number, _not_a_slug(slug))
        elif day is None:
            self.faults.add(number, not_a_day(when))
        elif tokens is None:
            self.faults.add(number, not_tokens(count))
        else:
            self._keep(number, day, slug, tokens)

    def _keep(self, number: int, day: int, slug: str, tokens: int) -> None:
        code = self.models.setdefault(slug, len(self.models))
        if (day, code) in self._seen:
            why = say("{model} is there twice for {date}", model=shown(slug), date=to_date(day))
            self.faults.add(number, why)
            return
        self._seen.add((day, code))
        self.days.append(day)
        self.codes.append(code)
        self.tokens.append(tokens)

    def _day(self, when: object) -> int | None:
        if not isinstance(when, str):
            return None
        day = self._known_days.get(when)
        if day is None and (day := day_of(when)) is not None:
            self._known_days[when] = day
        return day


def check_rows(rows: Iterable[Row], faults: Faults, total: int, progress: Progress) -> Checked:
    """Return the frame of `rows`, about `total` of them; raises ExplorerError, naming the first, if any is bad.

    A row without a model's name is skipped. `models` of the frame are in alphabetical order, rows as given.
    """
    kept = _Rows(faults)
    for count, (number, (when, slug, tokens)) in enumerate(rows):
        if count % _BEAT == 0:
            progress(min(count / max(total, 1), 1.0))
        kept.add(number, when, slug, tokens)
    faults.settle()
    models = sorted(kept.models)
    place = np.empty(len(models), np.int32)
    place[[kept.models[model] for model in models]] = np.arange(len(models))
    codes = place[np.array(kept.codes, np.int32)]
    usage = UsageFrame(np.array(kept.days, np.int32), codes, np.array(kept.tokens, np.int64), tuple(models))
    return Checked(usage, tuple(kept.skipped))


def snapshot(reader: str, name: str, raw: bytes, checked: Checked, stated: Iterable[object] = ()) -> Snapshot:
    """Return the snapshot of rankings `checked`, read by `reader` from the file `name`.

    `stated` are the as-ofs in the file, the one to prefer first. Raises ExplorerError if no row is left.
    """
    usage = checked.usage
    if not len(usage):
        raise ExplorerError(
            say("It holds no rows of daily rankings."),
            remedy=say("Choose a file with data, or get it again."),
            file=name,
        )
    first, last = int(usage.day.min()), int(usage.day.max())
    when, basis = as_of(name, stated, last)
    provenance = Provenance(
        format=reader,
        name=name,
        source=OPENROUTER,
        as_of=when,
        basis=basis,
        sha256=hashlib.sha256(raw).hexdigest(),
        licence=LICENCE,
        citation=rankings_citation(when, to_date(last).isoformat()),
        rows=len(usage),
        first_day=first,
        last_day=last,
    )
    return Snapshot(provenance, raw, usage=usage, skipped=checked.skipped)


def _is_slug(slug: str) -> bool:
    return slug.isprintable() and slug == slug.strip()


def _not_a_slug(slug: object) -> Message:
    if isinstance(slug, str):
        return say("the model {model} has blanks around it or characters that don't print", model=shown(slug))
    return say("the model {model} is not a text", model=shown(slug))
