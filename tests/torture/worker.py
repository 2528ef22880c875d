"""Works on a store at random until it is killed, and says what it begins and what it has done.

    worker.py STORE BACKUP SEED

Each line is "begin" or "done", the operation, and the sha256 of the snapshot or "-".
"""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pool

from explorer.store import Store

OPERATIONS = ("import", "import", "import", "import", "remove", "remove", "put_back", "compact", "back_up", "restore")


def tell(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


class Worker:
    def __init__(self, store: Store, path: Path, backup: Path, rng: random.Random) -> None:
        self.store, self.path, self.backup, self.rng = store, path, backup, rng

    def work(self) -> None:
        """Do one thing of those that can be done now."""
        shown = [each.sha256 for each in self.store.provenance()]
        removed = [each.provenance.sha256 for each in self.store.removed()]
        absent = [sha256 for sha256 in pool.by_hash() if sha256 not in shown]
        choices: dict[str, list[str]] = {
            "import": absent,
            "remove": shown,
            "put_back": removed,
            "compact": ["-"] if removed else [],
            "back_up": ["-"],
            "restore": ["-"] if self.backup.exists() else [],
        }
        operation = self.rng.choice([each for each in OPERATIONS if choices[each]])
        sha256 = self.rng.choice(choices[operation])
        deeds: dict[str, Callable[[], object]] = {
            "import": lambda: self.store.add(pool.by_hash()[sha256], pool.WHEN),
            "remove": lambda: self.store.remove(sha256, pool.WHEN),
            "put_back": lambda: self.store.put_back(sha256),
            "compact": self.store.compact,
            "back_up": lambda: self.store.back_up(self.backup, replace=True),
            "restore": self.restore,
        }
        tell("begin", operation, sha256)
        deeds[operation]()
        tell("done", operation, sha256)

    def restore(self) -> None:
        kept = Store.restore(self.backup, self.path, pool.WHEN)
        if kept is not None:
            kept.unlink()


def main(path: Path, backup: Path, seed: int) -> None:
    pool.by_hash()
    tell("begin", "open", "-")
    with Store.open(path) as store:
        tell("done", "open", "-")
        worker = Worker(store, path, backup, random.Random(seed))
        while True:
            worker.work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
