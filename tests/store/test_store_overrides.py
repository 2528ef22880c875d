"""What the user says of origins and reveals: replaced whole, kept through imports, never half."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from explorer.domain.origins import Origin, Overrides, Reveal
from explorer.domain.snapshot import Snapshot
from explorer.store import Store

Build = Callable[..., Snapshot]

MEMORY = Path(":memory:")
WHEN = "2026-02-02T03:04:05Z"

EARLY = Origin("acme", "Acme", "US", date(2023, 1, 1), "as reported")
LATE = Origin("acme", "Acme", "CN", date(2026, 1, 1), "moved")
NOWHERE = Origin("zeta", "", "", date(2023, 1, 1))
SHOWN = Reveal("openrouter/pony-alpha", "acme", date(2026, 2, 11), "acme/pony-1", "said so")
TAKEN_AWAY = Reveal("stealth/ox-alpha", "", date(2026, 8, 26))
ALL = Overrides((EARLY, LATE, NOWHERE), (SHOWN, TAKEN_AWAY))


def test_a_new_store_has_none() -> None:
    with Store.open(MEMORY) as store:
        assert store.overrides() == Overrides()


def test_they_come_back_from_the_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        store.set_overrides(ALL)
    with Store.open(tmp_path / "s.sqlite", create=False) as store:
        assert store.overrides() == ALL
        assert store.is_empty(), "overrides are no snapshot"


def test_the_order_of_writing_never_shows() -> None:
    with Store.open(MEMORY) as store:
        for origins in permutations(ALL.origins):
            store.set_overrides(Overrides(origins, ALL.reveals[::-1]))
            assert store.overrides() == ALL


def test_new_ones_replace_all_that_were_there() -> None:
    moved = replace(LATE, country="FR")
    with Store.open(MEMORY) as store:
        store.set_overrides(ALL)
        store.set_overrides(Overrides((moved,)))
        assert store.overrides() == Overrides((moved,))
        store.set_overrides(Overrides())
        assert store.overrides() == Overrides()


def test_imports_leave_them_alone(rankings: Build) -> None:
    with Store.open(MEMORY) as store:
        store.set_overrides(ALL)
        store.add(rankings({("2026-01-01", "acme/x"): 1}, "2026-01-02"), WHEN)
        assert store.overrides() == ALL
        assert len(store.frames().usage) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Overrides((EARLY, replace(EARLY, author="Acme"))),
        Overrides((replace(EARLY, author=""),)),
        Overrides((replace(EARLY, country="cn"),)),
        Overrides((replace(EARLY, country="CHN"),)),
        Overrides((), (SHOWN, replace(SHOWN, author="zeta"))),
        Overrides((), (replace(SHOWN, slug=""),)),
    ],
    ids=["author twice", "no author", "small country", "long country", "slug twice", "no slug"],
)
def test_what_contradicts_itself_is_refused_whole(wrong: Overrides) -> None:
    with Store.open(MEMORY) as store:
        store.set_overrides(ALL)
        with pytest.raises(sqlite3.IntegrityError):
            store.set_overrides(wrong)
        assert store.overrides() == ALL


def test_a_second_open_store_sees_them(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as one, Store.open(tmp_path / "s.sqlite") as two:
        one.set_overrides(ALL)
        assert two.overrides() == ALL
