"""Kills a process that works on a store, again and again, and looks whether anything is lost: `make torture`.

    run.py [--count 200] [--seed N]

After each kill the store must open, be sound, and hold exactly what was reported done; what was under way may be there
whole or not at all. The seed is printed; it decides what is done, and when to kill as well as a clock can.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import pool
from sqlite_utils import Database

from explorer.app.store_watch import StoreWatch
from explorer.store import Store
from explorer.store.migrations import MIGRATIONS
from explorer.store.schema import APPLICATION_ID, SCHEMA_VERSION

WORKER = Path(__file__).with_name("worker.py")
ANEW_EVERY = 4
"""In how many rounds, on average, the work begins with another store, mostly one that an older version made."""


@dataclass(frozen=True)
class State:
    """What a store holds: the hashes of the snapshots that speak and of those removed."""

    shown: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    def after(self, operation: str, sha256: str, saved: "State | None") -> "State":
        """Return what an operation makes of this."""
        one = frozenset({sha256})
        changed = {
            "import": State(self.shown | one, self.removed - one),
            "remove": State(self.shown - one, self.removed | one),
            "put_back": State(self.shown | one, self.removed - one),
            "compact": State(self.shown),
            "restore": saved,
        }
        return changed.get(operation) or self


@dataclass
class Torture:
    """One store under torture, and what is known of it."""

    folder: Path
    rng: random.Random
    state: State = State()
    saved: State | None = None
    killed_at: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def store(self) -> Path:
        return self.folder / "store.sqlite"

    @property
    def backup(self) -> Path:
        return self.folder / "backup.sqlite"

    def round(self) -> None:
        """Let the worker work, kill it, and look."""
        if not self.store.exists() or self.rng.randrange(ANEW_EVERY) == 0:
            self.begin_anew()
        meanwhile = self.rng.choice((self.alone, self.with_a_copy_open, self.with_a_window))
        meanwhile()
        with Store.open(self.store) as store:
            assert held(store) == self.state, "it is another when it is opened again"
        for left in self.folder.iterdir():
            if left.name.endswith(".part") or ".before-restore-" in left.name or ".part-" in left.name:
                left.unlink()

    def alone(self) -> None:
        """Let the worker be the only one."""
        self.state = self.verified(self.follow(self.run_and_kill()))

    def with_a_copy_open(self) -> None:
        """Have the store open all the while."""
        with Store.open(self.store) as watched:
            self.alone()
            assert held(watched) == self.state, "a copy that was open sees something else"

    def with_a_window(self) -> None:
        """Do as a window: watch the store, import into it, and list its folder in a file dialog, which opens files."""
        watch = StoreWatch(self.store)
        self.alone()
        self.list_folder()
        absent = sorted(set(pool.by_hash()) - self.state.shown)
        if absent:
            sha256 = self.rng.choice(absent)
            with Store.open(self.store) as store:
                store.add(pool.by_hash()[sha256], pool.WHEN)
            self.state = self.state.after("import", sha256, self.saved)
        watch.look()
        self.list_folder()
        self.alone()
        self.list_folder()
        watch.look()
        assert watch.content is not None
        assert {each.sha256 for each in watch.content.provenance} == self.state.shown, "the window shows something else"

    def list_folder(self) -> None:
        """Open and close every file, to tell its kind: POSIX takes all locks of this process on it away."""
        for file in self.folder.iterdir():
            file.open("rb").close()

    def begin_anew(self) -> None:
        for old in self.folder.iterdir():
            old.unlink()
        version = self.rng.randrange(SCHEMA_VERSION + 1)
        hashes = self.rng.sample(sorted(pool.by_hash()), 4)
        self.saved, self.state = None, State()
        if version:
            make_old(self.store, version, hashes)
            self.state = State(frozenset(hashes))

    def run_and_kill(self) -> list[str]:
        """Return what the worker said until it was killed at a random moment."""
        command = [sys.executable, str(WORKER), str(self.store), str(self.backup), str(self.rng.randrange(2**31))]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stderr is not None
        lines = read(child.stdout, 1 + self.rng.choice((0, 0, 1, 2, 4, 8, 16, 32)))
        time.sleep(self.rng.choice((0.0, 0.002, 0.01, 0.05)) * self.rng.random())
        child.kill()
        # Not communicate(): it passes over what the stream has read ahead.
        lines += [line for line in child.stdout if line.endswith("\n")]
        said = child.stderr.read()
        child.wait()
        child.stdout.close()
        child.stderr.close()
        assert not said, said
        return lines

    def follow(self, lines: list[str]) -> tuple[str, str] | None:
        """Follow what was reported done; return what was begun and not done, if anything."""
        under_way: tuple[str, str] | None = None
        for line in lines:
            word, operation, sha256 = line.split()
            under_way = (operation, sha256) if word == "begin" else None
            if word == "done":
                self.done[operation] += 1
                self.state = self.state.after(operation, sha256, self.saved)
                if operation == "back_up":
                    self.saved = replace(self.state)
        self.killed_at[under_way[0] if under_way else "between"] += 1
        if under_way and under_way[0] == "back_up":
            self.look_at_backup()
        return under_way

    def look_at_backup(self) -> None:
        """A copy broken off leaves the older copy, the newer one, or none; never a part of one."""
        if self.backup.exists():
            with Store.open(self.backup, create=False) as copy:
                copy.check()
                found = held(copy)
            assert found in (self.state, self.saved), "the copy is neither the old one nor the new one"
            self.saved = found

    def verified(self, under_way: tuple[str, str] | None) -> State:
        """Return what the store holds, after it has proved sound and to be what was reported."""
        allowed = [self.state]
        if under_way is not None:
            allowed.append(self.state.after(*under_way, self.saved))
        with Store.open(self.store) as store:
            found = held(store)
            assert found in allowed, f"under way: {under_way}; found: {found}; allowed: {allowed}"
            store.check()
            frame = store.frames().usage
        rows = zip(frame.day.tolist(), frame.model.tolist(), frame.tokens.tolist(), strict=True)
        got = {(day, frame.models[model]): tokens for day, model, tokens in rows}
        assert got == pool.shown(found.shown), "its snapshots are there, but their rows are others"
        with closing(sqlite3.connect(self.store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        return found


def held(store: Store) -> State:
    """Return what a store says it holds."""
    return State(
        frozenset(each.sha256 for each in store.provenance()),
        frozenset(each.provenance.sha256 for each in store.removed()),
    )


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def read(stream: IO[str], count: int) -> list[str]:
    """Return `count` lines, or as many as there are."""
    return [line for line in (stream.readline() for _ in range(count)) if line]


def make_old(path: Path, version: int, hashes: list[str]) -> None:
    """Make a store as an older version made it, that holds some snapshots as far as it can."""
    today = path.with_name("today.sqlite")
    with Store.open(today) as store:
        for sha256 in hashes:
            store.add(pool.by_hash()[sha256], pool.WHEN)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        database = Database(connection)
        names = [migration.name for migration in MIGRATIONS.pending(database)]
        MIGRATIONS.apply(database, stop_before=names[version] if version < len(names) else None)
        connection.execute("ATTACH ? AS today", (str(today),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        )
        for (table,) in tables.fetchall():
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
        connection.execute("DETACH today")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
    today.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**31)
    asked = parser.parse_args()
    tell(f"seed {asked.seed}, {asked.count} kills")
    with tempfile.TemporaryDirectory() as folder:
        torture = Torture(Path(folder), random.Random(asked.seed))
        for n in range(asked.count):
            try:
                torture.round()
            except Exception as error:
                tell(f"LOST at kill {n + 1} of seed {asked.seed}: {error}")
                raise
    done, killed = (
        ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        for counts in (torture.done, torture.killed_at)
    )
    tell(f"nothing lost; done: {done}; killed in: {killed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
