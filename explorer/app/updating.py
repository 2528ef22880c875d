"""Updating from OpenRouter: what is missing is fetched, checked and added, a file at a time. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from explorer import sources
from explorer.app import loading, update_words
from explorer.app.imported import Imported, Outcome, changed
from explorer.app.update_words import Result
from explorer.domain.schema import to_date
from explorer.domain.snapshot import OPENROUTER, ImportReport, Provenance, Snapshot
from explorer.errors import Cancelled, ExplorerError
from explorer.progress import Progress, within
from explorer.store import Store
from explorer.upstream import faults, keyed, keys, manifest, plan
from explorer.upstream.client import Answer, Asked, Client
from explorer.upstream.faults import HOPELESS, Kind, UpstreamError
from explorer.upstream.manifest import LARGEST_FILE, LARGEST_MANIFEST, Manifest
from explorer.words import Message, say

Told = Callable[[Message], None]
"""Called with how far the update is, in words, before the progress with the fraction."""

_RANKINGS, _MODELS, _KEYED = (0.0, 0.6), (0.6, 0.7), (0.7, 0.95)
_FETCHED = 0.8
"""Which part of the work on one file is done when it has come."""
_MOST_ABSENT = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be updated: days from `since` on, all that can be had if None; prices; and with the API key.

    `keyed` None means with the key if there is one.
    """

    since: date | None = None
    models: bool = True
    keyed: bool | None = None


def run(
    store_path: Path,
    wish: Wish,
    progress: Progress,
    told: Told = lambda _: None,
    connect: Callable[[], Client] = Client,
) -> Imported:
    """Fetch what the store lacks and add it, each file whole or not at all.

    What could not be had is an outcome with its error, and the rest goes on where that makes sense. Where `progress`
    raises Cancelled before anything was stored, so does this, and the store is as it was; later what was stored
    stays, as the result says. Raises ExplorerError where the store itself can't be read.
    """
    existed = store_path.exists()
    with connect() as client:
        update = _Update(store_path, wish, client, _rising(progress), told)
        try:
            update.all()
        except Cancelled:
            if not changed(update.outcomes):
                if not existed and store_path.exists():
                    Store.discard_if_empty(store_path)
                raise
            update.result = replace(update.result, cancelled=True)
    return _imported(store_path, update)


def _imported(store_path: Path, update: "_Update") -> Imported:
    outcomes, dataset = tuple(update.outcomes), None
    result = replace(update.result, failed=any(outcome.error for outcome in outcomes))
    store = loading.existing(store_path)
    try:
        if store is not None and changed(outcomes):
            dataset = loading.priced(store)
        days = _present(store)
    finally:
        if store is not None:
            store.close()
    if days:
        result = replace(result, last=max(days), holes=plan.span(min(days), max(days)) - days)
    return Imported(outcomes, dataset, update_words.sentence(result))


class _Update:
    """One update: its parts, what came of them, and how far it is."""

    def __init__(self, store_path: Path, wish: Wish, client: Client, progress: Progress, told: Told) -> None:
        self._store_path, self._wish, self._client = store_path, wish, client
        self._progress, self._told = progress, told
        self._days, self._part = (0, 0), (0.0, 0.0)
        self._present, self._known = _held(store_path)
        self._newest: date | None = None
        self.outcomes: list[Outcome] = []
        self.result = Result()

    def all(self) -> None:
        """Do all parts; an error that makes the others hopeless ends it."""
        parts = [("rankings", self._rankings), ("models", self._models), ("rankings API", self._keyed)]
        for name, part in parts:
            try:
                part()
            except ExplorerError as error:
                self._refuse(name, error)
                if not isinstance(error, UpstreamError) or error.kind in HOPELESS:
                    return

    # --- rankings without a key

    def _rankings(self) -> None:
        self._part = _RANKINGS
        latest = self._manifest(None)
        self._newest = latest.day
        wanted = self._missing(plan.FIRST_KEYLESS, latest.day - _DAY)
        total, absent = len(wanted), set[date]()
        while (day := plan.next_snapshot(latest.day, wanted, absent)) not in (None, latest.day):
            assert day is not None
            self._expect(total, wanted, sum(each < day for each in wanted))
            try:
                came = self._snapshot(self._manifest(day))
            except UpstreamError as error:
                if error.kind in HOPELESS:
                    raise
                absent.add(day)
                if error.kind is not Kind.ABSENT or len(absent) > _MOST_ABSENT:
                    self._refuse(f"{day}.csv", error)
                if len(absent) > _MOST_ABSENT:
                    break
            else:
                oldest = min(wanted)
                wanted = frozenset(each for each in wanted if each > oldest and each not in came)
        self._expect(total, wanted, len(wanted))
        self._part = (self._part[0], _RANKINGS[1])
        self._snapshot(latest, even_if_known=True)

    def _expect(self, total: int, wanted: frozenset[date], coming: int) -> None:
        """Say that of `total` days those `wanted` are to come, and how many of them with the next file."""
        done = total - len(wanted)
        self._days = (done, total)
        self._part = (_share(_RANKINGS, self._days), _share(_RANKINGS, (done + coming, total)))

    def _manifest(self, day: date | None) -> Manifest:
        name = f"{day or 'latest'}.manifest.json"
        url = self._client.site.manifest(day)
        answer = self._client.get(
            Asked(name, url, LARGEST_MANIFEST), lambda _got, _total: self._progress(self._part[0])
        )
        return manifest.read(name, answer.raw, self._client.site, url, day)

    def _snapshot(self, wanted: Manifest, *, even_if_known: bool = False) -> frozenset[date]:
        """Have the snapshot of a manifest in the store, and return its settled days."""
        known = self._known.get(wanted.sha256)
        if known is not None:
            if even_if_known:
                self.outcomes.append(Outcome(Path(known.name), ImportReport(known, duplicate=True)))
            return _settled(known)
        raw = self._fetch(Asked(wanted.name, wanted.url, wanted.bytes, wanted.bytes)).raw
        manifest.check(wanted, raw)
        return self._keep_rankings(wanted.name, raw, wanted.day - 40 * _DAY, wanted.day)

    # --- models and prices

    def _models(self) -> None:
        if not self._wish.models:
            return
        self._part, self._days = _MODELS, (0, 0)
        answer = self._fetch(Asked("models.json", self._client.site.models, LARGEST_FILE))
        at = answer.at or self._client.clock.now()
        name = f"models-{at:%Y-%m-%dT%H%M%SZ}.json"  # of two lists of one day the later one counts
        snapshot = self._read(name, answer.raw)
        if snapshot.prices is None:
            raise _not_asked_for(name)
        self._keep(name, snapshot)
        self.result = replace(self.result, priced=at.date())

    # --- rankings with the key

    def _keyed(self) -> None:
        key = self._key()
        if key is None:
            return
        self._part = _KEYED
        self.result = replace(self.result, keyed=True)
        last = (self._newest or self._client.clock.now().date()) - plan.SETTLING
        self._present, self._known = _held(self._store_path)
        wanted = self._missing(plan.FIRST_DAY, last)
        done = 0
        for first, end in plan.windows(wanted):
            self._days = (done, len(wanted))
            start = _share(_KEYED, self._days)
            done += len(wanted & plan.span(first, end))
            self._part = (start, _share(_KEYED, (done, len(wanted))))
            name = keyed.name(first, end)
            url = self._client.site.window(first, end)
            answer = self._fetch(Asked(name, url, LARGEST_FILE, key=key))
            if not keyed.is_empty(answer.raw):
                self._keep_rankings(name, answer.raw, first, end)

    def _key(self) -> keys.Key | None:
        """Return the key to use; None to go without. Raises ExplorerError where one is wanted and there is none."""
        if self._wish.keyed is False:
            return None
        try:
            key = keys.find()
        except ExplorerError as error:
            if self._wish.keyed:
                raise
            self.result = replace(self.result, no_key=error.sentence)
            return None
        if key is None and self._wish.keyed:
            raise ExplorerError(
                say("There is no API key."),
                remedy=say("Set one with tokenshare key set, or in {name}.", name=keys.VARIABLE),
            )
        return key

    # --- a file at a time

    def _fetch(self, asked: Asked) -> Answer:
        start, stop = self._part

        def received(got: int, total: int | None) -> None:
            self._told(update_words.step(asked.name, got, total, self._days))
            self._progress(start + (stop - start) * _FETCHED * (got / total if total else 0.0))

        return self._client.get(asked, received)

    def _keep_rankings(self, name: str, raw: bytes, first: date, last: date) -> frozenset[date]:
        """Add a file of rankings, whose days are to be from `first` to `last`, and return its settled days."""
        snapshot = self._read(name, raw)
        usage, about = snapshot.usage, snapshot.provenance
        if usage is None or about.first_day is None or about.last_day is None:
            raise _not_asked_for(name)
        if not first <= to_date(about.first_day) <= to_date(about.last_day) <= last:
            raise faults.not_as_published(name, say("It has days that were not asked for."))
        days = frozenset(to_date(day) for day in np.unique(usage.day).tolist())
        report = self._keep(name, snapshot)
        if not report.duplicate:
            fresh = len(days - self._present)
            self.result = replace(self.result, files=self.result.files + 1, days=self.result.days + fresh)
        self._present |= days
        return _settled(about) & days

    def _read(self, name: str, raw: bytes) -> Snapshot:
        start, stop = self._part
        fetched = start + (stop - start) * _FETCHED
        try:
            return sources.read_bytes(name, raw, within(self._progress, fetched, (fetched + stop) / 2))
        except ExplorerError as fault:
            # What is wrong stands; what a person should do with a file of their own does not apply.
            raise faults.not_as_published(name, fault.what) from None

    def _keep(self, name: str, snapshot: Snapshot) -> ImportReport:
        start, stop = self._part
        half = start + (stop - start) * (1 + _FETCHED) / 2
        self._progress(half)
        with Store.open(self._store_path) as store:
            report = store.add(snapshot, loading.now(), within(self._progress, half, stop))
        self.outcomes.append(Outcome(Path(name), report))
        return report

    def _missing(self, first: date, last: date) -> frozenset[date]:
        since = max(first, self._wish.since or first)
        held = [_as_held(about) for about in self._known.values() if about.source == OPENROUTER]
        return plan.missing(since, last, self._present, [each for each in held if each is not None])

    def _refuse(self, name: str, error: ExplorerError) -> None:
        self.outcomes.append(Outcome(Path(error.file or name), error=error))


def _held(store_path: Path) -> tuple[frozenset[date], dict[str, Provenance]]:
    """Return the days with rankings in the store, and its snapshots by checksum."""
    store = loading.existing(store_path)
    if store is None:
        return frozenset(), {}
    with store:
        return _present(store), {about.sha256: about for about in store.provenance()}


def _present(store: Store | None) -> frozenset[date]:
    """Return the days with OpenRouter's rankings in a store; one not over when its snapshot was taken is none."""
    return frozenset(map(to_date, store.days(OPENROUTER))) if store else frozenset()


def _as_held(about: Provenance) -> plan.Held | None:
    if about.first_day is None or about.last_day is None:
        return None
    as_of = date.fromisoformat(about.as_of[:10]) if about.as_of else None
    return plan.Held(to_date(about.first_day), to_date(about.last_day), as_of)


def _settled(about: Provenance) -> frozenset[date]:
    held = _as_held(about)
    return plan.settled(held) if held else frozenset()


def _not_asked_for(name: str) -> UpstreamError:
    return faults.not_as_published(name, say("It holds something else than what was asked for."))


def _share(part: tuple[float, float], days: tuple[int, int]) -> float:
    start, stop = part
    done, wanted = days
    return start + (stop - start) * (done / wanted if wanted else 0.0)


def _rising(progress: Progress) -> Progress:
    """Return a progress that never goes back."""
    highest = 0.0

    def told(fraction: float) -> None:
        nonlocal highest
        highest = max(highest, fraction)
        progress(highest)

    return told
