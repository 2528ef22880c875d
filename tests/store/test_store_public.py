"""The store as other programs read it: its views show what the program shows, and its page names all there is."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from explorer.domain.schema import Price, PriceTier, to_date
from explorer.domain.snapshot import Snapshot
from explorer.store import Store

Build = Callable[..., Snapshot]

WHEN = "2026-02-02T03:04:05Z"
LATER = "2026-02-03T00:00:00Z"
PAGE = Path(__file__).parents[2] / "explorer/store/README.md"


def read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = read(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


# --- views against what the program shows

DAYS = [f"2026-01-0{n}" for n in range(1, 6)]
RANKINGS = st.tuples(
    st.dictionaries(st.tuples(st.sampled_from(DAYS), st.sampled_from("abc")), st.integers(0, 2**60), min_size=1),
    st.sampled_from(["", *DAYS, "2026-01-04T12:00:00Z"]),
    st.booleans(),
)
LISTS = st.tuples(
    st.sampled_from(DAYS),
    st.lists(st.sampled_from("abc"), unique=True),
    st.sampled_from(["", *DAYS]),
    st.sampled_from(["One", "Two"]),
    st.booleans(),
)


@given(given_rankings=st.lists(RANKINGS, max_size=6))
@settings(max_examples=40, deadline=None)
def test_usage_and_coverage_are_those_of_the_frames(
    given_rankings: list[tuple[dict[tuple[str, str], int], str, bool]],
    rankings: Build,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("store") / "s.sqlite"
    snapshots = [(rankings(rows, as_of, str(n)), gone) for n, (rows, as_of, gone) in enumerate(given_rankings)]
    with Store.open(path) as store:
        for snapshot, gone in snapshots:
            store.add(snapshot, WHEN)
            if gone:
                store.remove(snapshot.provenance.sha256, LATER)
        frame = store.frames().usage
        known = store.provenance()
    rows = zip(frame.day.tolist(), frame.model.tolist(), frame.tokens.tolist(), strict=True)
    expected = [
        (to_date(day).isoformat(), day, frame.models[model], tokens, int(day in frame.live))
        for day, model, tokens in rows
    ]
    assert ask(path, "SELECT date, day, permaslug, tokens, partial FROM current_usage ORDER BY 2, 3") == expected
    covered = sorted(
        (day, snapshot.provenance.sha256)
        for snapshot, gone in snapshots
        if not gone and snapshot.usage is not None
        for day in {to_date(day).isoformat() for day in snapshot.usage.day.tolist()}
    )
    assert (
        ask(path, "SELECT date, sha256 FROM coverage_by_day JOIN snapshots USING (snapshot_id) ORDER BY 1, 2")
        == covered
    )
    won = "SELECT date, snapshot_id FROM coverage_by_day WHERE wins ORDER BY 1"
    assert ask(path, won) == ask(path, "SELECT date, snapshot_id FROM winning_snapshot ORDER BY 1")
    behind = "SELECT DISTINCT date, snapshot_id FROM current_usage ORDER BY 1"
    assert ask(path, behind) == ask(path, won)
    assert ask(path, "SELECT sha256 FROM snapshots ORDER BY snapshot_id") == [(each.sha256,) for each in known]


@given(given_lists=st.lists(LISTS, max_size=6))
@settings(max_examples=40, deadline=None)
def test_prices_are_those_of_the_newest_list_that_names_the_model(
    given_lists: list[tuple[str, list[str], str, str, bool]], prices: Build, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("store") / "s.sqlite"
    with Store.open(path) as store:
        for n, (day, models, as_of, source, gone) in enumerate(given_lists):
            rows = tuple(Price(model, f"{model}-1", model, float(n), None, request=0.5) for model in sorted(models))
            snapshot = prices(day, rows, as_of, source)
            if store.add(snapshot, WHEN).duplicate:
                continue
            if gone:
                store.remove(snapshot.provenance.sha256, LATER)
        lists = store.prices()
    newest = {dated.source: dated.day for dated in lists}
    expected = {
        (dated.source, price.model): (price.input, to_date(dated.day).isoformat(), dated.stated, newest[dated.source])
        for dated in lists
        for price in dated.prices
    }
    got = ask(
        path,
        "SELECT source, model, input, list_date, list_date_stated, day, in_newest_list, canonical, output, request "
        "FROM current_prices",
    )
    assert {(row[0], row[1]): (row[2], row[3], bool(row[4])) for row in got} == {
        key: value[:3] for key, value in expected.items()
    }
    assert len(got) == len(expected)
    for source, model, _, _, _, day, in_newest, *rest in got:
        assert bool(in_newest) == (day == newest[str(source)])
        assert rest == [f"{model}-1", None, 0.5]


def test_prices_show_routers_and_tiers_as_they_are_kept(tmp_path: Path, prices: Build) -> None:
    router = Price("auto", "", "Auto", None, None, own=False)
    tiered = Price("a", "", "A", 0.0, 1.0, tiers=(PriceTier(200_000, 2.0),), other=(("image", 0.01),))
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(prices("2026-01-01", (router, tiered, replace(tiered, model="old", tiers=None)), ""), WHEN)
    rows = ask(path, "SELECT model, own, input, tiers, other FROM current_prices ORDER BY model")
    assert rows == [
        ("a", 1, 0.0, '[{"least": 200000, "input": 2.0}]', '[["image", 0.01]]'),
        ("auto", 0, None, "[]", "[]"),
        ("old", 1, 0.0, None, None),
    ]


def test_snapshots_have_dates(tmp_path: Path, rankings: Build, prices: Build) -> None:
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.add(rankings({("2026-01-01", "a"): 1, ("2026-01-03", "a"): 1}, "2026-01-04"), WHEN)
        store.add(prices("2026-01-01", (), ""), WHEN)
    rows = ask(
        path, "SELECT format, first_date, last_date, as_of, basis, imported_at FROM snapshots ORDER BY snapshot_id"
    )
    assert rows == [
        ("rankings", "2026-01-01", "2026-01-03", "2026-01-04", "stated in the file", WHEN),
        ("prices", None, None, "", "not stated", WHEN),
    ]


# --- read by pandas while somebody writes


def test_pandas_reads_whole_imports_while_another_connection_writes(
    tmp_path: Path, rankings: Build, large: Snapshot
) -> None:
    path = tmp_path / "s.sqlite"
    sums: list[int] = []
    with Store.open(path, timeout=0) as store:
        store.add(rankings({("2026-01-01", "a"): 1, ("2026-01-02", "b"): 2}, "2026-01-03"), WHEN)
        reader = read(path)

        def look(_fraction: float) -> None:
            usage = pd.read_sql("SELECT date, permaslug, tokens FROM current_usage", reader, parse_dates=["date"])
            sums.append(int(usage["tokens"].sum()))

        store.add(large, LATER, look)
        look(1.0)
        reader.close()
    assert large.usage is not None
    assert len(sums) > 3
    assert set(sums[:-1]) == {3}, "an import under way is not seen"
    assert sums[-1] == 3 + int(large.usage.tokens.sum())


def test_the_pages_own_python_runs(tmp_path: Path, rankings: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    with Store.open(tmp_path / "store.sqlite") as store:
        store.add(rankings({("2026-01-01", "a"): 1, ("2026-01-31", "a"): 2, ("2026-02-01", "b"): 4}, ""), WHEN)
        names: dict[str, object] = {}
        exec(code, names)
        names["store"].close()  # type: ignore[attr-defined]
    monthly = names["monthly"]
    assert isinstance(monthly, pd.DataFrame)
    assert monthly.fillna(0).astype(int).to_dict() == {
        "a": {pd.Period("2026-01"): 3, pd.Period("2026-02"): 0},
        "b": {pd.Period("2026-01"): 0, pd.Period("2026-02"): 4},
    }


# --- the page against the schema


@pytest.fixture
def schema(tmp_path: Path) -> Iterator[dict[str, tuple[str, list[str]]]]:
    """Each table and view: which of both it is, and its columns."""
    Store.open(tmp_path / "s.sqlite").close()
    names = ask(tmp_path / "s.sqlite", "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
    columns = {
        name: [str(row[1]) for row in ask(tmp_path / "s.sqlite", f"PRAGMA table_info({name})")] for name, _ in names
    }
    yield {str(name): (str(kind), columns[name]) for name, kind in names if not str(name).startswith("sqlite_")}


def documented() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for part in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE):
        kind = {"Views": "view", "Tables": "table"}.get(part.splitlines()[0])
        for section in re.split(r"^### ", part, flags=re.MULTILINE)[1:]:
            (name,) = re.findall(r"\A`(\w+)`", section)
            assert kind is not None, name
            rows = re.findall(r"^\| `(\w+)` \| (.*?) \|$", section, flags=re.MULTILINE)
            assert all(meaning.strip() for _, meaning in rows), name
            found[name] = kind, [column for column, _ in rows]
    return found


def test_the_page_names_every_table_view_and_column_and_no_other(schema: dict[str, tuple[str, list[str]]]) -> None:
    page = documented()
    assert set(page) == set(schema)
    for name, (kind, columns) in schema.items():
        assert page[name][0] == kind, name
        assert sorted(page[name][1]) == sorted(columns), name


def test_the_page_names_the_version_and_the_id(tmp_path: Path) -> None:
    Store.open(tmp_path / "s.sqlite").close()
    ((version,),) = ask(tmp_path / "s.sqlite", "PRAGMA user_version")
    ((application,),) = ask(tmp_path / "s.sqlite", "PRAGMA application_id")
    page = PAGE.read_text("utf-8")
    assert f"schema version {version} " in page
    assert f"0x{application:X} " in page
