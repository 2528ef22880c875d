"""What the program costs in time, measured on this machine: `make bench`. Nothing here is a test.

Real rankings are taken from ../shared/data where that is, else made-up ones of the same size. Every line is the
median of n measurements with the least and the most. Compare lines of one run only: machines and moods differ.

    run.py [--only imports,opening,linked,pictures,start] [--quick]
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from linked import floor, measure
from rankings import DAILY, HISTORY, LARGE, SMALL, rows_in, snapshots_of
from timing import Figure, heading, milliseconds, repeat, report, seconds

from explorer.app import loading
from explorer.app.render import application, written
from explorer.domain.opening import opening as opened
from explorer.domain.selection import Grouping
from explorer.domain.tables import TABLES, table
from explorer.export import exhibit
from explorer.export.formats import FORMATS, Wish
from explorer.export.size import Size
from explorer.sources import read
from explorer.store import Store

HERE = Path(__file__).resolve().parent
IMPORTED_AT = "2026-01-01T00:00:00Z"


class Plan:
    """Where the files of one run are, and how often things are repeated."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self.folder = folder
        self.often, self.seldom = (3, 1) if quick else (9, 3)
        self.history, self.history_name = HISTORY, "history.csv"
        if not HISTORY.exists():
            self.history, self.history_name = folder / "small.csv", "made-up, 171 days"
            SMALL.write(self.history)
        self.large, self.large_name = folder / "large.csv", "made-up, 645 days × 2,163 models"
        LARGE.write(self.large)
        self.rows = {self.history: rows_in(self.history), self.large: rows_in(self.large)}
        self._stores: dict[Path, Path] = {}
        self._count = 0

    def fresh(self) -> Path:
        """Return a path that nothing is at."""
        self._count += 1
        return self.folder / f"store-{self._count}.sqlite"

    def store(self, csv: Path) -> Path:
        """Return a store that holds one file."""
        if csv not in self._stores:
            self._stores[csv] = self.fresh()
            import_into(self._stores[csv], csv)
        return self._stores[csv]


def import_into(store: Path, csv: Path) -> None:
    """Read a file and add it to a store."""

    with Store.open(store) as into:
        into.add(read(csv), IMPORTED_AT)


# --- files into a store


def imports(plan: Plan) -> None:
    """Rows a second from a file into a store, beside what SQLite itself needs for the same rows."""

    heading("Imports: file → validated rows and original bytes in the store")
    shell = shutil.which("sqlite3")
    for csv, name, count in (
        (plan.history, plan.history_name, plan.often),
        (plan.large, plan.large_name, plan.seldom),
    ):
        rows, ready = plan.rows[csv], _ready_rows(csv)
        ways: list[tuple[str, str, Callable[[], object]]] = [
            ("in this process", "", lambda csv=csv: import_into(plan.fresh(), csv)),
            ("the whole command", "", lambda csv=csv: _command(plan, csv)),
            (
                "floor: executemany of ready tuples",
                "flat table, nothing checked",
                lambda ready=ready: _executemany(plan, ready),
            ),
        ]
        if shell:
            ways.append(("reference: sqlite3 .import", "nothing checked", lambda csv=csv: _shell(plan, shell, csv)))
        times: dict[str, list[float]] = {what: [] for what, _, _ in ways}
        for _ in range(count):
            for what, _, work in ways:
                times[what].append(seconds(work))
        for what, note, _ in ways:
            middle = sorted(times[what])[len(times[what]) // 2]
            report(
                Figure(f"{name}: {what}", "ms", [t * 1e3 for t in times[what]], f"{rows / middle:,.0f} rows/s {note}")
            )


def _command(plan: Plan, csv: Path) -> None:
    command = [sys.executable, "-m", "explorer", "--store", str(plan.fresh()), "import", str(csv)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _ready_rows(csv: Path) -> list[tuple[str, str, str, str, str]]:
    lines = csv.read_text().splitlines()[1:]
    return [tuple(line.split(",")) for line in lines]  # pyright: ignore[reportReturnType]


def _executemany(plan: Plan, rows: list[tuple[str, str, str, str, str]]) -> None:
    connection = sqlite3.connect(plan.fresh())
    with connection:
        connection.execute("CREATE TABLE usage (date TEXT, model TEXT, rank INT, tokens INT, share REAL)")
        connection.executemany("INSERT INTO usage VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()


def _shell(plan: Plan, shell: str, csv: Path) -> None:
    script = (
        "CREATE TABLE usage (date TEXT, model TEXT, rank INT, tokens INT, share REAL);\n"
        f".import --csv --skip 1 {csv} usage\n"
    )
    subprocess.run([shell, str(plan.fresh())], input=script, text=True, check=True, stderr=subprocess.DEVNULL)


# --- opening a store


def opening(plan: Plan) -> None:
    """From a store's path to a dataset that views can draw."""

    heading("Opening a store: path → frames → dataset, without prices of the catalogue")

    def frames(path: Path) -> None:
        with Store.open(path, create=False) as store:
            store.frames()

    def dataset(path: Path) -> None:
        with Store.open(path, create=False) as store:
            loading.dataset(store)

    daily = plan.fresh()
    began = time.perf_counter()
    with Store.open(daily) as store:
        snapshots = snapshots_of(DAILY.frame(), 30)
        for snapshot in snapshots:
            store.add(snapshot, IMPORTED_AT)
    added = (time.perf_counter() - began) / len(snapshots)
    facts = sum(len(s.usage) for s in snapshots if s.usage)
    report(Figure(f"adding one of {len(snapshots)} daily 30-day snapshots", "ms", [added * 1e3], "mean"))
    stores = (
        (plan.store(plan.history), plan.history_name, ""),
        (plan.store(plan.large), plan.large_name, ""),
        (daily, f"two years of daily snapshots, {facts:,} facts", "target: 150"),
    )
    for path, name, target in stores:
        report(
            Figure(f"{name}: frames", "ms", milliseconds(repeat(lambda path=path: frames(path), plan.often)), target),
            Figure(f"{name}: dataset", "ms", milliseconds(repeat(lambda path=path: dataset(path), plan.often))),
        )


# --- linked update


def linked(plan: Plan) -> None:
    """From a new Selection to every view painted."""

    heading("A new Selection → all views painted, 1280 × 800, offscreen")
    running = application()
    floor(running)
    for csv, name in ((plan.history, plan.history_name), (plan.large, "645 days × 2,163 models")):
        with Store.open(plan.store(csv), create=False) as store:
            dataset = loading.priced(store)
        measure(running, name, dataset)


# --- pictures


def pictures(plan: Plan) -> None:
    """PNG of each view in this process, and of one by the command line."""

    heading("Pictures: table → PNG")
    with Store.open(plan.store(plan.history), create=False) as store:
        dataset = loading.priced(store)
    asked = opened(dataset).but(grouping=Grouping.AUTHOR)
    for size, target in ((Size(1920, 1080), "target: 40"), (Size(3840, 2160), "target: 90")):
        wish = Wish(size)
        for view in TABLES:
            made = exhibit.of(view, table(view, dataset, asked), dataset, asked)
            times = repeat(partial(written, FORMATS["png"], made, wish), plan.often)
            report(Figure(f"{view}, {size}, in process", "ms", milliseconds(times), target))
    out = plan.folder / "picture.png"
    command = [sys.executable, "-m", "explorer", "--store", str(plan.store(plan.history)), "export", "share"]
    whole = repeat(lambda: subprocess.run([*command, "--force", "--png", str(out)], check=True), plan.often)
    report(Figure("tokenshare export share --png, the whole process", "ms", milliseconds(whole), "target: 700"))


# --- start


def start(plan: Plan) -> None:
    """From the start of a process to its first painted picture, beside bare windows started in turn with it."""

    with _display() as (environ, where):
        heading(f"Start, warm, {where}: process start → paint events returned (what the display adds is not in it)")
        kinds = {
            "explorer": ["explorer", str(plan.store(plan.history))],
            "floor: an empty Qt window": ["bare"],
            "floor: a window with an empty pyqtgraph plot": ["plot"],
        }
        found: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for turn in range(plan.often + 1):
            for kind, words in kinds.items():
                stamps = _begun(words, environ)
                if turn:
                    found[kind].append(stamps)
    said = {
        "imported": ("modules imported", ""),
        "first": ("leaderboard painted", "target: 400"),
        "all": ("all three views painted", ""),
        "settled": ("… and again with the catalogue's prices", ""),
    }
    for key, (what, target) in said.items():
        report(Figure(what, "ms", [stamps[key] * 1e3 for stamps in found["explorer"]], target))
    for kind in list(kinds)[1:]:
        report(Figure(kind, "ms", [stamps["first"] * 1e3 for stamps in found[kind]]))
    if "pss" in found["explorer"][0]:
        report(Figure("memory of the settled program", "MiB", [s["pss"] for s in found["explorer"]], "target: 120"))


def _begun(words: list[str], environ: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, str(HERE / "begin.py"), repr(time.monotonic()), *words]
    done = subprocess.run(command, check=True, env=environ, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


@contextmanager
def _display() -> Iterator[tuple[dict[str, str], str]]:
    """Yield the environment of a display: this one, a virtual one, else none, and what it is called."""
    environ = dict(os.environ)
    environ.pop("QT_QPA_PLATFORM", None)
    if sys.platform != "linux" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        yield environ, "on this display"
        return
    if not shutil.which("Xvfb"):
        yield {**environ, "QT_QPA_PLATFORM": "offscreen"}, "without a display"
        return
    reads, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writes],
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as number:
            display = number.readline().strip()
        yield {**environ, "DISPLAY": f":{display}"}, "under Xvfb"
    finally:
        server.terminate()
        server.wait()


PARTS: dict[str, Callable[[Plan], None]] = {
    "imports": imports,
    "opening": opening,
    "linked": linked,
    "pictures": pictures,
    "start": start,
}


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description="Measure what the program costs in time.")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas: " + ", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    asked = parser.parse_args()
    unknown = set(asked.only.split(",")) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="tokenshare-bench-") as folder:
        # Settings and stores of the person who measures stay as they are, and only `start` needs a display.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = folder
        plan = Plan(Path(folder), asked.quick)
        when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        sys.stdout.write(f"{when}, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs; median (least–most)\n")
        for name in asked.only.split(","):
            PARTS[name](plan)


if __name__ == "__main__":
    main()
