"""Input and output tokens apart in the store, and whose usage counts where a table meets OpenRouter's rankings."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from explorer.domain.schema import SplitFrame, UsageFrame, to_day
from explorer.domain.snapshot import IMPORTED, Basis, Provenance, Snapshot, imported_citation
from explorer.store import Store

Counts = Mapping[tuple[str, str], tuple[int, int, int]]
WHEN = "2026-03-01T00:00:00Z"


def table(name: str, counts: Counts) -> Snapshot:
    models = tuple(sorted({model for _, model in counts}))
    day = np.array([to_day(date.fromisoformat(day)) for day, _ in counts], np.int32)
    model = np.array([models.index(model) for _, model in counts], np.int32)
    columns = np.array(list(counts.values()), np.int64).T
    usage = UsageFrame(day, model, columns[0] + columns[1], models)
    last = max(day for day, _ in counts)
    about = Provenance(
        IMPORTED,
        name,
        IMPORTED,
        "",
        Basis.UNKNOWN,
        hashlib.sha256(repr((name, counts)).encode()).hexdigest(),
        "",
        imported_citation(name, "", last),
        len(usage),
        int(day.min()),
        int(day.max()),
    )
    return Snapshot(about, name.encode(), usage=usage, split=SplitFrame(day, model, *columns, models, (name,)))


def shown(store: Store, as_of: str = "") -> dict[tuple[int, str], tuple[int, int, int]]:
    split = store.frames(as_of).split
    rows = zip(split.day.tolist(), split.model.tolist(), strict=True)
    columns = zip(split.prompt.tolist(), split.completion.tolist(), split.reasoning.tolist(), strict=True)
    return {(day - DAY, split.models[model]): counts for (day, model), counts in zip(rows, columns, strict=True)}


DAY = to_day(date(2026, 2, 1))
OLD = table("old.csv", {("2026-02-01", "a/b"): (10, 2, 1), ("2026-02-02", "a/b"): (20, 4, 0)})
NEW = table("new.csv", {("2026-02-02", "c/d"): (30, 5, 0), ("2026-02-03", "a/b"): (40, 6, 2)})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store.sqlite")


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_the_newest_table_of_a_day_is_shown(store: Store, order: tuple[Snapshot, ...]) -> None:
    for snapshot in order:
        store.add(snapshot, WHEN)
    assert shown(store) == {(0, "a/b"): (10, 2, 1), (1, "c/d"): (30, 5, 0), (2, "a/b"): (40, 6, 2)}
    assert store.frames().split.sources == ("new.csv", "old.csv")
    assert shown(store, "2026-02-02") == {(0, "a/b"): (10, 2, 1), (1, "a/b"): (20, 4, 0)}
    store.close()


def test_a_removed_table_does_not_count_until_it_is_put_back(store: Store) -> None:
    for snapshot in (OLD, NEW):
        store.add(snapshot, WHEN)
    store.remove(NEW.provenance.sha256, WHEN)
    assert shown(store) == {(0, "a/b"): (10, 2, 1), (1, "a/b"): (20, 4, 0)}
    store.put_back(NEW.provenance.sha256)
    assert len(shown(store)) == 3
    store.remove(NEW.provenance.sha256, WHEN)
    store.compact()
    assert len(shown(store)) == 2
    store.close()


def test_without_a_split_there_is_none(store: Store, rankings: Callable[..., Snapshot]) -> None:
    store.add(rankings({("2026-02-01", "a/b"): 5}), WHEN)
    assert len(store.frames().split) == 0
    store.close()


def test_rankings_count_before_any_table_and_the_report_says_so(
    store: Store, rankings: Callable[..., Snapshot]
) -> None:
    first = store.add(OLD, WHEN)
    assert first.notes == ()
    sha256 = OLD.provenance.sha256
    assert store.frames().borrowed == {DAY: sha256, DAY + 1: sha256}
    real = store.add(rankings({("2026-02-02", "a/b"): 77}, as_of="2026-02-03"), WHEN)
    assert [str(note) for note in real.notes] == [
        "old.csv has 1 of the same days: on these 2026-02-03.dat counts, which is no imported table."
    ]
    frames = store.frames()
    assert frames.usage.tokens.tolist() == [12, 77]
    assert frames.borrowed == {DAY: sha256}
    late = store.add(table("late.csv", {("2026-02-02", "a/b"): (1, 1, 0), ("2026-02-09", "a/b"): (1, 1, 0)}), WHEN)
    assert [str(note) for note in late.notes] == [
        "OpenRouter has 1 of the same days: on these OpenRouter counts, not the imported table."
    ]
    older = store.add(replace(NEW, provenance=replace(NEW.provenance, as_of="2026-01-01", basis=Basis.STATED)), WHEN)
    assert [str(note) for note in older.notes] == [
        "OpenRouter has 1 of the same days: on these OpenRouter counts, not the imported table."
    ]
    store.close()


def test_reading_splits_does_without_masked_arrays(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    Store.open(path).close()
    code = (
        "import sys; from pathlib import Path; from explorer.store import Store\n"
        f"with Store.open(Path({str(path)!r})) as store: store.frames()\n"
        "print('numpy.ma' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr
