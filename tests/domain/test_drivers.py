"""What each model did to a change, counted again by plain pandas."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import drivers, units
from explorer.domain.dataset import published
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import Grain, Span, span
from explorer.domain.selection import ALL, LISTED, Grouping, Scope, Selection, Variants

THIN = units.THIN
DAY = span(date(2026, 2, 3), date(2026, 2, 3))
WEEK = span(date(2026, 2, 9), date(2026, 2, 15))
ZERO = "What is not counted in a window is 0 here, so that the parts sum to the change."
CHINESE = frozenset({"CN"})
ROWS = {
    ("2026-02-01", "deepseek/back"): 5,
    ("2026-02-02", "google/big"): 10,
    ("2026-02-02", "google/late"): 1,
    ("2026-02-02", "qwen/less"): 8,
    ("2026-02-02", "qwen/same"): 2,
    ("2026-02-02", "mistralai/gone"): 4,
    ("2026-02-02", "other"): 7,
    ("2026-02-03", "google/big"): 15,
    ("2026-02-03", "google/late"): 14,
    ("2026-02-03", "qwen/less"): 3,
    ("2026-02-03", "qwen/same"): 2,
    ("2026-02-03", "qwen/new:free"): 6,
    ("2026-02-03", "deepseek/back"): 4,
    ("2026-02-03", "other"): 9,
}


def rows_of(table: drivers.DriverTable, *keys: str) -> dict[str, tuple[Any, ...]]:
    return dict(zip(table.ids, zip(*(table.values[key] for key in keys), strict=True), strict=True))


def window_before(window: Span) -> Span:
    """The calendar month before a calendar month, else the run of days of the same length before."""
    start, end = pd.Timestamp(window.start), pd.Timestamp(window.end)
    if start.is_month_start and end.is_month_end and start.to_period("M") == end.to_period("M"):
        month = start.to_period("M") - 1
        return span(month.start_time.date(), month.end_time.date())
    return span((start - (end - start) - pd.Timedelta(days=1)).date(), (start - pd.Timedelta(days=1)).date())


def counted(world: Any, window: Span, on: date, selection: Selection) -> dict[str, int]:
    """Tokens by model of the group in a window, `other` among them where it counts."""
    whole = not (selection.countries or selection.authors)

    def belongs(model: str) -> bool:
        country, author = (world.group(model, g, on, selection.known) for g in (Grouping.COUNTRY, Grouping.AUTHOR))
        return country in selection.countries or author in selection.authors

    found = {m: n for m, n in world.ordered(window)[: selection.scope.top] if whole or belongs(m)}
    rest = whole or "Unattributed" in selection.countries or "other" in selection.authors
    inside = world.inside(window)
    other = int(inside[inside.model == "other"].tokens.sum())
    return found | ({"other": other} if selection.scope.other and rest and other else {})


def kind(world: Any, model: str, before: int, now: int, windows: tuple[Span, Span]) -> str:
    if model == "other":
        return "unnamed"
    if before and now:
        return {True: "grew", False: "shrank"}[now > before] if now != before else "unchanged"
    used = world.long[(world.long.model == model) & (world.long.tokens > 0)]
    named = [bool(used.day.between(pd.Timestamp(w.start), pd.Timestamp(w.end)).any()) for w in windows]
    if before:
        return "left" if named[1] else "gone"
    if named[0]:
        return "entered"
    return "launch" if used.day.min() >= pd.Timestamp(windows[1].start) else "returned"


def assert_driven(world: Any, window: Span, selection: Selection) -> bool:
    """Compare with pandas; return whether there was anything to compare."""
    earlier = window_before(window)
    table = drivers.table(world.dataset.under(selection), selection)
    whole = all(world.inside(each).day.nunique() == len(each) for each in (earlier, window))
    before = counted(world, earlier, window.end if selection.known is Known.NOW else earlier.end, selection)
    now = counted(world, window, window.end, selection)
    if not whole or not (before or now):
        assert table.empty is not None and len(table) == 0 and table.window is None
        return False
    assert (table.window, table.before) == (window, earlier)
    moved = {model: (before.get(model, 0), now.get(model, 0)) for model in {**before, **now}}
    total = sum(now.values()) - sum(before.values())
    expected = {
        model: (a, b, b - a, kind(world, model, a, b, (earlier, window)), model.endswith(":free"))
        for model, (a, b) in moved.items()
    }
    found = rows_of(table, "before", "tokens", "change", "kind", "free")
    assert {m: (*row[:4], bool(row[4])) for m, row in found.items()} == expected
    assert list(table.ids) == sorted(expected, key=lambda m: (-abs(expected[m][2]), m))
    assert all(type(change) is int for change in table.values["change"])
    assert sum(table.values["change"]) == total == table.parts.change  # type: ignore[arg-type]
    shares = [expected[m][2] / total if total else math.nan for m in table.ids]
    assert list(table.values["share"]) == pytest.approx(shares, nan_ok=True)
    for name, kinds in (("launches", {"launch"}), ("unnamed", {"unnamed"})):
        assert getattr(table.parts, name) == sum(row[2] for row in expected.values() if row[3] in kinds)
    assert table.parts.launches + table.parts.existing + table.parts.unnamed == total
    assert table.parts.free == sum(row[2] for row in expected.values() if row[4])
    return True


MARKS = {
    "countries": st.frozensets(st.sampled_from(("US", "CN", "FR", "Unattributed")), max_size=2),
    "authors": st.frozensets(st.sampled_from(("anthropic", "deepseek", "nomad", "Unattributed", "other")), max_size=2),
    "models": st.frozensets(st.sampled_from(("google/gemini-3-flash", "openrouter/pony-alpha", "other")), max_size=2),
}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_rows_are_what_pandas_counts_and_sum_to_the_change(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    size = data.draw(st.sampled_from((1, 1, 2, 4)))
    last = data.draw(st.integers(min(world.days.first + 2 * size - 1, world.days.last), world.days.last))
    window = Span(last - size + 1, last)
    marks = data.draw(st.just({}) | st.fixed_dictionaries({}, optional=MARKS))
    scope = data.draw(st.sampled_from((Scope(1), Scope(3), Scope(50), LISTED, ALL)))
    selection = Selection(brush=window, scope=scope, known=data.draw(st.sampled_from(Known)), **marks)
    assert_driven(world, window, selection)


@pytest.mark.parametrize("scope", [Scope(9), LISTED, ALL])
@pytest.mark.parametrize("countries", [frozenset(), CHINESE, frozenset({"US", "Unattributed"})])
def test_the_real_history_is_what_pandas_counts(history: Any, scope: Scope, countries: frozenset[str]) -> None:
    for window in (WEEK, span(date(2026, 2, 1), date(2026, 2, 28)), span(date(2026, 4, 27), date(2026, 5, 3))):
        assert assert_driven(history, window, Selection(brush=window, scope=scope, countries=countries))


def test_every_way_to_move_has_a_word(world_of: Callable[..., Any]) -> None:
    table = drivers.table(world_of(ROWS).dataset, Selection(brush=DAY, grain=Grain.DAY))
    assert rows_of(table, "before", "tokens", "change", "kind", "free") == {
        "google/late": (1, 14, 13, "grew", False),
        "qwen/new:free": (0, 6, 6, "launch", True),
        "google/big": (10, 15, 5, "grew", False),
        "qwen/less": (8, 3, -5, "shrank", False),
        "deepseek/back": (0, 4, 4, "returned", False),
        "mistralai/gone": (4, 0, -4, "gone", False),
        "other": (7, 9, 2, "unnamed", None),
        "qwen/same": (2, 2, 0, "unchanged", False),
    }
    assert table.parts == drivers.Parts(change=21, launches=6, existing=13, unnamed=2, free=6)
    assert table.names == ("late", "new:free", "big", "less", "back", "gone", "other", "same")


def test_a_model_counts_where_it_is_in_the_scope(world_of: Callable[..., Any]) -> None:
    table = drivers.table(world_of(ROWS).dataset, Selection(brush=DAY, scope=Scope(2)))
    assert rows_of(table, "before", "tokens", "kind") == {
        "google/late": (0, 14, "entered"),
        "qwen/less": (8, 0, "left"),
        "google/big": (10, 15, "grew"),
    }
    assert table.parts.change == 11


def test_the_marked_are_the_group(world_of: Callable[..., Any]) -> None:
    dataset = world_of(ROWS).dataset

    def models(**marks: frozenset[str]) -> set[str]:
        return set(drivers.table(dataset, Selection(brush=DAY).but(**marks)).ids)

    qwen = {"qwen/less", "qwen/new:free", "qwen/same"}
    assert models(countries=CHINESE) == qwen | {"deepseek/back"}
    assert models(authors=frozenset({"qwen"})) == qwen
    assert models(countries=frozenset({"Unattributed"})) == {"other"}
    assert models(authors=frozenset({"other"})) == {"other"}
    assert models(authors=frozenset({"other"}), scope=LISTED) == set()  # type: ignore[arg-type]


def test_a_marked_model_dims_the_others_and_leaves_the_group_whole(world_of: Callable[..., Any]) -> None:
    dataset = world_of(ROWS).dataset
    plain = drivers.table(dataset, Selection(brush=DAY))
    marked = drivers.table(dataset, Selection(brush=DAY, models=frozenset({"google/big", "no/such"})))
    assert marked.ids == plain.ids
    assert marked.parts == plain.parts
    assert marked.marked == {"google/big"}
    assert not plain.marked


def test_a_model_that_was_revealed_in_between_comes_into_its_group(world_of: Callable[..., Any]) -> None:
    rows = {(f"2026-02-0{day}", "openrouter/pony-alpha"): 4 for day in (2, 3)}
    world = world_of(rows, reveals={"openrouter/pony-alpha": ("qwen", date(2026, 2, 3))})
    chosen = Selection(brush=DAY, countries=CHINESE)
    then = chosen.but(known=Known.THEN)
    found = [rows_of(drivers.table(world.dataset.under(s), s), "before", "tokens", "kind") for s in (chosen, then)]
    assert found == [{"openrouter/pony-alpha": (4, 4, "unchanged")}, {"openrouter/pony-alpha": (0, 4, "entered")}]


def test_of_merged_variants_none_is_told_apart(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-02", "qwen/a"): 4, ("2026-02-02", "qwen/a:free"): 1, ("2026-02-03", "qwen/a:free"): 9}
    selection = Selection(brush=DAY, variants=Variants.MERGED)
    table = drivers.table(world_of(rows).dataset.under(selection), selection)
    assert rows_of(table, "before", "tokens", "kind", "free") == {"qwen/a": (5, 9, "grew", None)}
    assert table.parts == drivers.Parts(4, 0, 4, 0, None)
    assert "Variants are merged: the part of :free variants is not told apart." in map(str, table.caption.notes)


def test_no_change_in_all_has_no_parts(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-02", "qwen/a"): 4, ("2026-02-02", "qwen/b"): 1, ("2026-02-03", "qwen/a"): 1}
    table = drivers.table(world_of(rows | {("2026-02-03", "qwen/b"): 4}).dataset, Selection(brush=DAY))
    assert table.parts.change == 0 and all(math.isnan(share) for share in table.values["share"])  # type: ignore[arg-type]
    assert str(table.caption.title) == "What drove the change of all tokens"
    assert "as many as on 2 February 2026" in str(table.caption.sentence)


def title(world: Any, **changes: object) -> str:
    return str(drivers.table(world.dataset, Selection(brush=DAY).but(**changes)).caption.title)


def test_the_title_names_a_model_that_made_more_than_half_alone(world_of: Callable[..., Any]) -> None:
    def world(*tokens: tuple[str, int, int]) -> Any:
        before = {("2026-02-02", model): a for model, a, _ in tokens}
        return world_of(before | {("2026-02-03", model): b for model, _, b in tokens})

    rest = ("google/z", 9, 9)
    assert title(world(("qwen/a", 1, 8), ("qwen/b", 1, 7))) == "a drove most of the rise of all tokens"
    assert title(world(("qwen/a", 1, 7), ("qwen/b", 1, 7))) == "What drove the change of all tokens"
    assert title(world(("qwen/a", 8, 1), ("qwen/b", 1, 2), rest)) == "a drove most of the fall of all tokens"
    up = world(("qwen/a", 1, 9), ("qwen/b", 1, 9), ("qwen/c", 9, 1), rest)
    assert title(up) == "What drove the change of all tokens"
    assert title(world(("qwen/a", 1, 3), ("other", 1, 9))) == "What drove the change of all tokens"
    alone = {"authors": frozenset({"qwen"})}
    assert title(world(("qwen/a", 1, 9), rest), **alone) == "What drove the change of models by Alibaba"


def test_the_title_names_the_group(world_of: Callable[..., Any]) -> None:
    world = world_of(ROWS)
    assert title(world, scope=Scope(2)) == "late drove most of the rise of the tokens of the top 2 models"
    countries = {"countries": frozenset({"FR"}), "authors": frozenset({"qwen"})}
    assert title(world, **countries) == "What drove the change of models from France and models by Alibaba"
    assert title(world, countries=frozenset({"US"})) == "late drove most of the rise of US models"
    many = {"countries": frozenset({"US", "CN", "FR"}), "authors": frozenset({"qwen"})}
    table = drivers.table(world.dataset, Selection(brush=DAY).but(**many))
    assert str(table.caption.title) == "late drove most of the rise of the models of 4 marks"
    filters = ["only Chinese models, models from France, US models and models by Alibaba"]
    assert [str(each) for each in table.caption.filters] == filters


def test_without_two_complete_windows_it_says_what_to_do(world_of: Callable[..., Any]) -> None:
    begin = "There are no rankings yet. Open a rankings file to begin."
    for brush in (None, DAY):
        assert str(drivers.table(published((), Origins(())), Selection(brush=brush)).empty) == begin
    dataset = world_of({(f"2026-02-0{day}", "google/a"): 4 for day in (1, 2, 4)}, as_of="2026-02-04").dataset

    def why(first: int, last: int, **changes: object) -> str:
        window = span(date(2026, 2, first), date(2026, 2, last))
        return str(drivers.table(dataset, Selection(brush=window).but(**changes)).empty)

    assert why(1, 1) == (
        "There is no complete window to compare with: not all days of 31 Jan 2026 are complete (0 of 1). "
        "Brush a later or shorter window in the chart."
    )
    assert why(3, 3) == "There is no data in this window. The data runs 1–4 Feb 2026."
    assert why(4, 4) == "Not all days of 4 Feb 2026 are complete (0 of 1). Brush a complete window in the chart."
    assert why(2, 3) == "Not all days of 2–3 Feb 2026 are complete (1 of 2). Brush a complete window in the chart."
    assert why(2, 2, countries=CHINESE).startswith("Nothing marked has tokens in either window under this scope.")
    assert why(2, 2) == "None"


def test_the_real_week_of_the_story(history: Any) -> None:
    """4.12 trillion after 2.27 trillion: two launches were more than all of it."""
    selection = Selection(brush=WEEK, scope=Scope(9), countries=CHINESE)
    table = drivers.table(history.dataset, selection)
    assert table.parts == drivers.Parts(1853827086000, 2066845191000, -213018105000, 0, 0)
    assert rows_of(table, "change", "kind") == {
        "minimax/minimax-m2.5": (1438446017000, "launch"),
        "z-ai/glm-5": (628399174000, "launch"),
        "minimax/minimax-m2.1": (-441758871000, "left"),
        "moonshotai/kimi-k2.5": (137124558000, "grew"),
        "deepseek/deepseek-v3.2": (91616208000, "grew"),
    }
    caption = table.caption
    assert str(caption.title) == "minimax-m2.5 drove most of the rise of Chinese models"
    assert str(caption.subtitle) == (
        "change in tokens of Chinese models by model, the week of 9–15 Feb 2026 against the week of 2–8 Feb 2026"
    )
    assert str(caption.scope) == (
        f"top 9 of 60 models, 53.7{THIN}% of all tokens, 9–15 Feb 2026; "
        f"top 9 of 61 models, 52.4{THIN}% of all tokens, 2–8 Feb 2026"
    )
    assert [str(note) for note in caption.notes] == [
        "In all +1.85T tokens, from 2.27T to 4.12T.",
        f"left: no longer among the top 9. {ZERO}",
        f"Launches, first named in the window: +2.07T tokens, 111.5{THIN}% of the change.",
        f"Models named earlier: −213B tokens, −11.5{THIN}% of the change.",
        f"Of these, :free variants: 0 tokens, 0{THIN}% of the change.",
        "Each provider counts tokens with its own tokenizer.",
    ]
    assert str(caption.sentence) == (
        f"Counting the tokens of the top 9 models on OpenRouter (53.7{THIN}% of all tokens, 52.4{THIN}% in the window "
        "before), Chinese models made 4.12 trillion tokens in the week of 9–15 February 2026, 1.85 trillion more than "
        "in the week of 2–8 February 2026; models first named then added 2.07 trillion (OpenRouter rankings as of "
        "5 May 2026)."
    )


def test_the_unnamed_rest_of_the_real_history_has_its_part(history: Any) -> None:
    table = drivers.table(history.dataset, Selection(brush=WEEK))
    assert "other" in table.ids and table.parts.unnamed == 39780588000
    assert table.parts.free == 227989176000
    assert f"The unnamed rest (other): +39.8B tokens, 1.3{THIN}% of the change." in map(str, table.caption.notes)


# --- rows without tokens in one window


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(2), "left: no longer among the top 2; entered: not among the top 2 before"),
        (Scope(50), "gone: no longer named by the source; returned: not named by the source in the window before"),
        (LISTED, "gone: no longer named by the source; returned: not named by the source in the window before"),
    ],
)
def test_why_a_row_has_no_tokens_is_told(world_of: Callable[..., Any], scope: Scope, told: str) -> None:
    table = drivers.table(world_of(ROWS).dataset, Selection(brush=DAY, scope=scope))
    assert [str(note) for note in table.caption.notes if ZERO in str(note)] == [f"{told}. {ZERO}"]
    words = {kind: text for text in told.split("; ") for kind in [text.split(":")[0]]}
    kinds = table.values["kind"]
    assert {"left", "gone", "entered", "returned"} & set(kinds) == set(words)
    assert sum(table.values["change"]) == table.parts.change  # type: ignore[arg-type]


def test_nothing_is_told_where_every_model_counts_in_both_windows(world_of: Callable[..., Any]) -> None:
    rows = {(day, model): n for day, n in (("2026-02-02", 3), ("2026-02-03", 5)) for model in ("google/a", "qwen/b")}
    table = drivers.table(world_of(rows).dataset, Selection(brush=DAY, scope=LISTED))
    assert not any(ZERO in str(note) for note in table.caption.notes)


def test_a_model_that_changed_groups_is_told_from_one_that_left_the_top(world_of: Callable[..., Any]) -> None:
    rows = {("2026-02-10", "openrouter/pony-alpha"): 9, ("2026-02-11", "openrouter/pony-alpha"): 9}
    rows |= {(day, "google/big"): 20 for day in ("2026-02-10", "2026-02-11")}
    day = span(date(2026, 2, 11), date(2026, 2, 11))
    then = Selection(brush=day, scope=LISTED, known=Known.THEN, countries=CHINESE)
    world = world_of(rows, reveals={"openrouter/pony-alpha": ("deepseek", date(2026, 2, 11))})
    table = drivers.table(world.dataset.under(then), then)
    assert table.values["kind"] == ["entered"]
    told = [str(note) for note in table.caption.notes if ZERO in str(note)]
    assert told == [f"entered: attributed otherwise before. {ZERO}"]
