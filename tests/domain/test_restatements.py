"""Restatements, checked by hand on literal rows and against plain pandas on random and real ones."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain import dataset as datasets
from explorer.domain import restatements
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origins
from explorer.domain.periods import span
from explorer.domain.restatements import RestatementTable
from explorer.domain.schema import Frames, UsageFrame, to_day
from explorer.domain.selection import Selection, Variants
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance
from explorer.sources import read

Rows = dict[tuple[str, str], int]
"""(ISO date, permaslug) → tokens."""

FIRST: Rows = {
    ("2026-02-02", "a/x"): 1000,
    ("2026-02-02", "a/y"): 500,
    ("2026-02-02", "other"): 100,
    ("2026-02-03", "a/x"): 2000,
    ("2026-02-03", "a/z"): 40,
    ("2026-02-04", "a/x"): 7,
}
SECOND: Rows = {
    ("2026-02-02", "a/x"): 1000,
    ("2026-02-02", "a/y"): 520,
    ("2026-02-02", "other"): 90,
    ("2026-02-03", "a/x"): 2000,
    ("2026-02-03", "a/new"): 30,
    ("2026-02-05", "a/x"): 1,
}


def long_of(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(
        [(day, model, tokens) for (day, model), tokens in rows.items()], columns=["day", "model", "tokens"]
    )


def frame_of(long: pd.DataFrame) -> UsageFrame:
    models = tuple(sorted(set(long.model)))
    ordered = long.sort_values(["day", "model"])
    return UsageFrame(
        np.array([to_day(date.fromisoformat(day)) for day in ordered.day], np.int32),
        np.array([models.index(model) for model in ordered.model], np.int32),
        np.array(ordered.tokens, np.int64),
        models,
    )


def dataset_of(*snapshots: tuple[str, pd.DataFrame]) -> Dataset:
    """A dataset of snapshots, each (as-of date, rows); their sha256 are a…, b…, c…"""
    frames = {chr(97 + i) * 64: frame_of(long) for i, (_, long) in enumerate(snapshots)}
    taken = tuple(
        Provenance(
            "rankings CSV", f"{sha256[0]}.csv", OPENROUTER, as_of, Basis.STATED if as_of else Basis.UNKNOWN, sha256,
            LICENCE, "", len(frame), int(frame.day.min()), int(frame.day.max()),
        )
        for (sha256, frame), (as_of, _) in zip(frames.items(), snapshots, strict=True)
    )  # fmt: skip
    shown = snapshots[0][1]
    for _, long in snapshots[1:]:
        shown = pd.concat([shown[~shown.day.isin(set(long.day))], long])
    return replace(datasets.rankings(Frames(frame_of(shown)), Origins([]), taken), recall=frames.__getitem__)


def literal(**later: str) -> Dataset:
    return dataset_of(("2026-02-06", long_of(FIRST)), (later.get("as_of", "2026-02-07"), long_of(SECOND)))


def compared(dataset: Dataset, **changes: object) -> RestatementTable:
    selection = Selection().but(**changes)
    return restatements.table(dataset.under(selection), selection)


def rows_of(table: RestatementTable) -> list[tuple[object, ...]]:
    return [(str(day), *rest) for day, *rest in table.rows()]


def test_changes_come_by_size_with_what_appeared_and_vanished() -> None:
    table = compared(literal())
    assert rows_of(table) == [
        ("2026-02-03", "a/z", "vanished", 40, None, -40, -1.0),
        ("2026-02-03", "a/new", "appeared", None, 30, 30, None),
        ("2026-02-02", "a/y", "restated", 500, 520, 20, 0.04),
        ("2026-02-02", "other", "restated", 100, 90, -10, -0.1),
    ]
    assert [str(column.label) for column in table.columns][3:5] == ["Earlier", "Later"]
    assert table.empty is None


def test_no_sign_follows_a_comma_which_a_table_would_take_for_a_formula() -> None:
    more = long_of(FIRST)
    more["tokens"] *= 2
    sentence = str(compared(dataset_of(("2026-02-06", long_of(FIRST)), ("2026-02-07", more))).caption.sentence)
    assert "in all +100" in sentence
    assert not re.search(r"[,;]\s*[=+\-@−]", sentence)


def test_the_caption_counts_values_days_and_tokens() -> None:
    caption = compared(literal()).caption
    thin = "\u2009"
    assert str(caption.title) == f"2.7{thin}% of the tokens of the 2 days that both cover were restated"  # 100 of 3,640
    assert str(caption.scope) == "4 of 6 values changed on 2 of 2 common days, 2–3 Feb 2026"
    assert [str(note).replace(thin, " ") for note in caption.notes] == [
        "Named by one snapshot only: 1 appeared and 1 vanished.",
        "Totals of days: 2 Feb +0.62 %, 3 Feb −0.49 %.",
        "“other” is all that a snapshot does not name on a day.",
    ]
    assert str(caption.source) == "Source: OpenRouter (openrouter.ai/rankings), as of 6 Feb 2026, and as of 7 Feb 2026."
    assert str(caption.sentence).replace(thin, " ") == (
        "Between the snapshots as of 6 Feb 2026 and as of 7 Feb 2026, 2.7 % of the tokens of the 2 days from "
        "2 February 2026 to 3 February 2026 that both cover were restated: 100 tokens up or down, in all 0 % "
        "(OpenRouter rankings)."
    )


def test_two_snapshots_of_one_day_are_told_apart_by_the_hour() -> None:
    found = dataset_of(("2026-02-06T07:45:02.734Z", long_of(FIRST)), ("2026-02-06T18:00:00Z", long_of(SECOND)))
    assert str(compared(found).caption.source).endswith(
        "as of 6 Feb 2026, 07:45:02 UTC, and as of 6 Feb 2026, 18:00:00 UTC."
    )


def test_swapped_the_changes_turn_round_and_the_columns_say_so() -> None:
    there, back = compared(literal()), compared(literal(), compared=("b" * 64, "a" * 64))
    assert [-change for change in back.values["change"]] == list(there.values["change"])  # type: ignore[operator]
    assert sorted(back.values["what"]) == sorted(there.values["what"])  # type: ignore[type-var]
    assert [str(column.label) for column in back.columns][3:5] == ["Later", "Earlier"]
    assert back.values["first"][0] is None and back.values["second"][0] == 40


def test_days_that_were_not_over_are_left_out_and_named() -> None:
    found = dataset_of(("2026-02-03", long_of(FIRST)), ("2026-02-07", long_of(SECOND)))
    table = compared(found)
    assert {str(day) for day in table.values["date"]} == {"2026-02-02"}
    assert "Left out, as not over when a snapshot was taken: 3 Feb 2026." in [str(note) for note in table.caption.notes]
    early = dataset_of(("2026-02-01", long_of(FIRST)), ("2026-02-07", long_of(SECOND)))
    assert str(compared(early).empty).startswith("The only days in both snapshots were not over")


def test_nothing_restated_is_a_sentence() -> None:
    found = dataset_of(("2026-02-06", long_of(FIRST)), ("2026-02-07", long_of(FIRST)))
    table = compared(found)
    assert str(table.empty) == "Nothing was restated: both snapshots say the same of all 3 days that both cover."
    assert str(table.caption.title) == "Nothing was restated on the 3 days that both cover"
    assert "say the same of the 3 days" in str(table.caption.sentence)


@pytest.mark.parametrize(
    ("snapshots", "changes", "words"),
    [
        ([("2026-02-06", FIRST)], {}, "A restatement takes two snapshots of the same days; there is one."),
        (
            [("2026-02-06", FIRST), ("2026-03-06", {("2026-03-01", "a/x"): 1})],
            {},
            "No two of the 2 snapshots of rankings cover the same day.",
        ),
        (
            [("2026-02-06", FIRST), ("2026-03-06", {("2026-03-01", "a/x"): 1})],
            {"compared": ("a" * 64, "b" * 64)},
            "No day is in both snapshots. Choose others.",
        ),
        (
            [("2026-02-06", FIRST), ("2026-02-07", SECOND)],
            {"compared": ("a" * 64, "f" * 64)},
            "The snapshot ffffffffffff… is not in the store. Choose another.",
        ),
    ],
)
def test_where_there_is_nothing_to_compare_it_says_why(
    snapshots: list[tuple[str, Rows]], changes: dict[str, object], words: str
) -> None:
    table = compared(dataset_of(*((as_of, long_of(rows)) for as_of, rows in snapshots)), **changes)
    assert str(table.empty).startswith(words)
    assert len(table) == 0


def test_the_newest_two_that_overlap_are_compared_unless_others_are_chosen() -> None:
    lone = long_of({("2026-03-01", "a/x"): 1})
    found = dataset_of(("2026-02-06", long_of(FIRST)), ("", long_of(SECOND)), ("2026-03-06", lone))
    table = compared(found)
    assert table.pair is not None
    assert [each.name for each in table.pair] == ["b.csv", "a.csv"], "undated, b is of its last day, 5 February"
    assert [each.name for each in table.choices] == ["c.csv", "a.csv", "b.csv"]
    assert "as-of date not stated, data to 5 Feb 2026" in str(table.caption.source)


def test_two_publishers_differ_and_restate_nothing() -> None:
    found = literal()
    own = replace(found.provenance[1], source="imported table")
    table = compared(replace(found, provenance=(found.provenance[0], own)))
    assert str(table.caption.title).endswith("of the tokens of the 2 days that both cover differ")
    assert str(table.caption.source) == (
        "Sources: OpenRouter (a.csv), as of 6 Feb 2026, and imported table (b.csv), as of 7 Feb 2026."
    )
    assert "restated" not in str(table.caption.sentence)


def test_a_model_that_took_its_permaslug_later_is_one_model() -> None:
    plain = {("2026-02-02", "lab/one"): 10, ("2026-02-03", "lab/one"): 10}
    suffixed = {("2026-02-02", "lab/one-20260201"): 10, ("2026-02-03", "lab/one-20260201"): 12}
    table = compared(dataset_of(("2026-02-06", long_of(plain)), ("2026-02-07", long_of(suffixed))))
    assert [row[1:6] for row in rows_of(table)] == [("lab/one-20260201", "restated", 10, 12, 2)]


def test_merged_variants_are_compared_with_their_model() -> None:
    first = {("2026-02-02", "a/x"): 10, ("2026-02-02", "a/x:free"): 5, ("2026-02-02", "a/y"): 1}
    second = {("2026-02-02", "a/x"): 8, ("2026-02-02", "a/x:free"): 7, ("2026-02-02", "a/y"): 2}
    found = dataset_of(("2026-02-06", long_of(first)), ("2026-02-07", long_of(second)))
    assert len(compared(found)) == 3
    table = compared(found, variants=Variants.MERGED)
    assert [row[1:6] for row in rows_of(table)] == [("a/y", "restated", 1, 2, 1)]
    assert "variants merged" in map(str, table.caption.filters)


def test_marked_models_are_marked_on_every_day() -> None:
    table = compared(literal(), models=frozenset({"a/y"}))
    assert table.marked == {"2026-02-02/a/y"}
    assert compared(literal(), brush=span(date(2026, 2, 2), date(2026, 2, 2))).ids == table.ids, "the brush hides none"


# --- against pandas


def by_pandas(first: pd.DataFrame, second: pd.DataFrame) -> set[tuple[str, str, int | None, int | None]]:
    days = set(first.day) & set(second.day)
    both = first.merge(second, on=["day", "model"], how="outer", suffixes=("_first", "_second"))
    both = both[both.day.isin(days)]
    differ = both[both.tokens_first.fillna(0) != both.tokens_second.fillna(0)]
    return {
        (row.day, row.model, None if pd.isna(row.tokens_first) else int(row.tokens_first),
         None if pd.isna(row.tokens_second) else int(row.tokens_second))
        for row in differ.itertuples()
    }  # fmt: skip


def check(table: RestatementTable, first: pd.DataFrame, second: pd.DataFrame) -> None:
    found = {(str(row[0]), row[1], row[3], row[4]) for row in table.rows()}
    assert found == by_pandas(first, second)
    sizes = [abs(change) for change in table.values["change"]]  # type: ignore[arg-type]
    assert sizes == sorted(sizes, reverse=True)


snapshots = st.dictionaries(
    st.tuples(
        st.sampled_from([f"2026-02-{day:02d}" for day in range(1, 8)]), st.sampled_from(["a/x", "b/y", "c/z", "other"])
    ),
    st.sampled_from([0, 1, 2, 8 * 10**12]),
    min_size=1,
)


@given(snapshots, snapshots)
def test_any_two_snapshots_differ_as_pandas_says(first: Rows, second: Rows) -> None:
    one, other = long_of(first), long_of(second)
    found = dataset_of(("2026-02-20", one), ("2026-02-21", other))
    check(compared(found, compared=("a" * 64, "b" * 64)), one, other)


@pytest.fixture
def api(shared_data: Path) -> list[tuple[str, pd.DataFrame]]:
    """The six real answers of the API: as-of date and rows."""
    found: list[tuple[str, pd.DataFrame]] = []
    for path in sorted((shared_data / "openrouter" / "rankings-daily" / "api").glob("*.json")):
        long = pd.DataFrame(pd.read_json(path, orient="index", typ="series", dtype=False)["data"])
        long = long.rename(columns={"date": "day", "model_permaslug": "model", "total_tokens": "tokens"})
        found.append((read(path).provenance.as_of, long.astype({"tokens": "int64"})))
    assert len(found) == 6
    return found


def test_the_real_answers_differ_as_pandas_says(api: list[tuple[str, pd.DataFrame]]) -> None:
    found = dataset_of(*api)
    for i in range(5):
        first, second = api[i][1], api[i + 1][1]
        table = compared(found, compared=(chr(97 + i) * 64, chr(98 + i) * 64))
        check(table, first, second)
        assert "29 days that both cover" in str(table.caption.title)
        assert (table.empty is None) == bool(by_pandas(first, second))


def test_real_answers_that_are_restated_by_hand_differ_so(api: list[tuple[str, pd.DataFrame]]) -> None:
    as_of, long = api[-1]
    changed = long.copy()
    newest = changed.day >= "2026-06-20"
    changed.loc[newest, "tokens"] += changed.tokens[newest] // 5000 * (changed.index[newest] % 3 - 1)
    changed = changed.drop(changed.index[newest][[7, 60]])
    table = compared(dataset_of((as_of, long), ("2026-06-25T00:00:00Z", changed)))
    check(table, long, changed)
    moved = (long.set_index(["day", "model"]).tokens - changed.set_index(["day", "model"]).tokens.reindex(
        pd.MultiIndex.from_frame(long[["day", "model"]]), fill_value=0)).abs().sum()  # fmt: skip
    percent = f"{moved / long.tokens.sum() * 100:.2g}"
    assert str(table.caption.title).startswith(percent)


def test_the_table_is_remembered_while_only_other_things_change(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked = literal(), list[str]()
    recall: Callable[[str], UsageFrame] = found.recall  # type: ignore[assignment]
    watched = replace(found, recall=lambda sha256: asked.append(sha256) or recall(sha256))
    for day in range(1, 9):
        compared(watched, brush=span(date(2026, 2, day), date(2026, 2, day)))
    assert len(asked) == 2
