"""Every change of lead under every scope, counted again by plain pandas."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import leads, shares, tables
from explorer.domain.dataset import published
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import Grain, Span, span
from explorer.domain.selection import ALL, LISTED, SCOPES, Grouping, Scope, Selection

FAST = settings(max_examples=40, deadline=None)
DAILY = Selection(grain=Grain.DAY)
LENGTHS = {Grain.DAY: 1, Grain.WEEK: 7, Grain.DAYS_7: 7}


def days(*tokens: dict[str, int], month: str = "2026-02", first: int = 1) -> dict[tuple[str, str], int]:
    """One dict of tokens by model for each day from the `first` of a month on."""
    return {(f"{month}-{first + i:02}", model): n for i, each in enumerate(tokens) for model, n in each.items()}


def periods(world: Any, asked: Span, grain: Grain) -> Iterator[pd.DataFrame]:
    """The rows of each complete period, in order."""
    calendar = pd.DataFrame({"day": pd.date_range(asked.start, asked.end)})
    if grain is Grain.MONTH:
        calendar["period"] = calendar.day.dt.to_period("M").astype(str)
    elif grain is Grain.DAYS_7:
        calendar["period"] = -((calendar.day.max() - calendar.day).dt.days // 7)
    else:
        calendar["period"] = calendar.day.dt.to_period("D" if grain is Grain.DAY else "W-SUN").dt.start_time
    rows = world.inside(asked).merge(calendar, on="day")
    for _, inside in rows.groupby("period"):
        length = LENGTHS.get(grain) or inside.day.min().days_in_month
        if inside.day.nunique() == length:
            yield inside


def ledger(world: Any, asked: Span, selection: Selection, scope: Scope) -> list[dict[str, Any]]:
    """The changes of lead by pandas."""
    found: list[dict[str, Any]] = []
    leader = ""
    for inside in periods(world, asked, selection.grain):
        sums = inside[inside.tokens > 0].groupby("model", as_index=False).tokens.sum()
        named = sums[sums.model != "other"].sort_values(["tokens", "model"], ascending=[False, True]).head(scope.top)
        on = asked.end if selection.known is Known.NOW else inside.day.max().date()
        whose = named.model.map({m: world.group(m, selection.grouping, on, selection.known) for m in named.model})
        groups = named.groupby(whose.astype(object)).tokens.sum().to_dict()
        rest = sums[sums.model == "other"].tokens.sum() if scope.other else 0
        whole = sum(groups.values()) + rest
        groups.pop("Unattributed", None)
        best = sorted(groups, key=lambda group: -groups[group])
        alone = best and (len(best) == 1 or groups[best[0]] > groups[best[1]])
        former, leader = leader, best[0] if alone else leader
        if former and leader != former:
            second = groups[best[1]] if len(best) > 1 else 0
            unknown = 0 if selection.grouping is Grouping.MODEL else whole - sum(groups.values())
            margin = groups[leader] - groups.get(former, 0)
            found.append(
                {
                    "period_start": inside.day.min().date(),
                    "period_end": inside.day.max().date(),
                    "leader": leader,
                    "former": former,
                    "margin_tokens": margin,
                    "margin": margin / whole,
                    "certain": bool(groups[leader] > second + unknown),
                    "coverage": whole / inside.tokens.sum(),
                    "lasted": 0,
                    "still_leads": True,
                }
            )
            if len(found) > 1:
                found[-2]["still_leads"] = False
        if found:
            found[-1] |= {"lasted": found[-1]["lasted"] + 1, "until": inside.day.max().date()}
    return found


def assert_ledger(world: Any, selection: Selection) -> None:
    asked = selection.span or world.days
    expected = {scope: ledger(world, asked, selection, scope) for scope in SCOPES}
    rows = [
        row | {"id": f"{row['period_start']}/{scope}/{row['leader']}"} for scope in SCOPES for row in expected[scope]
    ]
    rows.sort(key=lambda row: row["period_start"])
    table = leads.table(world.dataset.under(selection), selection)
    assert list(table.ids) == [row["id"] for row in rows]
    assert len(set(table.ids)) == len(table)
    assert [change.leader for change in table.changes] == [row["leader"] for row in rows]
    assert [change.former for change in table.changes] == [row["former"] for row in rows]
    for key in ("period_start", "period_end", "margin_tokens", "lasted", "until", "still_leads", "certain"):
        assert list(table.values[key]) == [row[key] for row in rows], key
    for key in ("margin", "coverage"):
        assert list(table.values[key]) == pytest.approx([row[key] for row in rows]), key
    assert (table.empty is None) == bool(rows)


@FAST
@given(data=st.data())
def test_the_ledger_is_what_pandas_counts(data: st.DataObject, worlds: Any, windows: Callable[..., Any]) -> None:
    world = data.draw(worlds)
    assert_ledger(
        world,
        Selection(
            span=data.draw(st.none() | windows(world)),
            grain=data.draw(st.sampled_from((Grain.DAY, Grain.WEEK, Grain.DAYS_7, Grain.MONTH))),
            grouping=data.draw(st.sampled_from(Grouping)),
            known=data.draw(st.sampled_from(Known)),
        ),
    )


@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_the_ledger_of_the_real_history_is_what_pandas_counts(history: Any, grain: Grain, grouping: Grouping) -> None:
    assert_ledger(history, Selection(grain=grain, grouping=grouping))


def test_a_tie_keeps_the_leader_and_a_gap_is_passed_over(world_of: Callable[..., Any]) -> None:
    world = world_of(
        days(
            {"google/a": 5, "qwen/b": 3},
            {"google/a": 3, "qwen/b": 3},
            {"google/a": 1, "qwen/b": 4, "openrouter/pony-alpha": 2},
            {},
            {"google/a": 1, "qwen/b": 2},
            {"google/a": 9, "qwen/b": 2, "openrouter/pony-alpha": 7, "other": 2},
        )
    )
    first, second = leads.changes(shares.series(world.dataset, DAILY))
    third, fifth, sixth = (span(date(2026, 2, day), date(2026, 2, day)) for day in (3, 5, 6))
    assert first == leads.LeadChange(third, 2, "US", "CN", 3, 3 / 7, 2, fifth, still_leads=False, certain=True)
    assert second == leads.LeadChange(sixth, 5, "CN", "US", 7, 7 / 20, 1, sixth, still_leads=True, certain=False)


def test_a_lead_is_certain_only_if_nobody_else_could_have_had_it(world_of: Callable[..., Any]) -> None:
    """Not only the former leader: with the unattributed, the second of the period would lead too."""
    third = {"mistralai/c": 8, "google/a": 1, "qwen/b": 10, "openrouter/pony-alpha": 2}
    world = world_of(days({"google/a": 5, "qwen/b": 3}, third))
    assert [change.certain for change in leads.changes(shares.series(world.dataset, DAILY))] == [False]


def test_no_unnamed_model_could_lead(world_of: Callable[..., Any]) -> None:
    world = world_of(days({"google/a": 5, "qwen/b": 3, "other": 9}, {"google/a": 5, "qwen/b": 6, "other": 9}))
    for grouping, certain in ((Grouping.COUNTRY, False), (Grouping.AUTHOR, False), (Grouping.MODEL, True)):
        table = leads.table(world.dataset, DAILY.but(grouping=grouping))
        assert dict(zip(table.scopes, table.values["certain"], strict=True))[ALL] is certain


def test_whoever_leads_first_has_taken_the_lead_from_nobody(world_of: Callable[..., Any]) -> None:
    tie, unattributed = {"google/a": 4, "qwen/b": 4}, {"openrouter/pony-alpha": 9}
    world = world_of(days(tie, unattributed, {"google/a": 2, "qwen/b": 1}, tie, unattributed))
    assert leads.changes(shares.series(world.dataset, DAILY)) == ()
    assert leads.changes(shares.empty_series()) == ()


def test_partial_weeks_have_no_leader(world_of: Callable[..., Any]) -> None:
    """1 February 2026 is a Sunday: its week is not in the data, and that of the 9th stops on Wednesday."""
    us, cn = {"google/a": 3, "qwen/b": 1}, {"google/a": 1, "qwen/b": 3}
    table = leads.table(world_of(days(cn, *[us] * 7, *[cn] * 3)).dataset, Selection())
    assert not len(table)
    expected = "A change of lead takes two complete periods; there is one in this span."
    assert str(table.empty).startswith(expected)
    whole = leads.table(world_of(days(cn, *[us] * 7, *[cn] * 7)).dataset, Selection())
    assert whole.ids[0] == "2026-02-09/5/CN" and set(whole.values["lasted"]) == {1}
    assert str(whole.caption.notes[0]) == "Skipped as partial or without data: 1 of 3 periods."


def test_a_row_says_under_which_scopes_the_same_change_happens(world_of: Callable[..., Any]) -> None:
    """China leads the top 5 from the second day on, the top 9 and 10 for that day only, and nowhere else."""
    many = {f"google/m{i:02}": 10 for i in range(12)}
    few = {f"qwen/b{i}": 17 for i in range(5)}
    table = leads.table(world_of(days(many, few | {f"google/m{i:02}": 9 for i in range(3)} | many)).dataset, DAILY)
    assert dict(zip(table.ids, table.values["scopes"], strict=True)) == {
        "2026-02-02/5/CN": "top 5, 9 and 10 only",
        "2026-02-02/9/CN": "top 5, 9 and 10 only",
        "2026-02-02/10/CN": "top 5, 9 and 10 only",
    }
    assert list(table.values["scope"]) == ["Top 5", "Top 9", "Top 10"]
    assert table.scopes == (Scope(5), Scope(9), Scope(10))
    assert str(table.caption.title) == "The lead never changed counting all tokens, from 1 Feb 2026 to 2 Feb 2026"


def test_a_change_under_every_scope_says_so(world_of: Callable[..., Any]) -> None:
    table = leads.table(world_of(days({"google/a": 2}, {"qwen/b": 2, "google/a": 1})).dataset, DAILY)
    assert set(table.values["scopes"]) == {"all scopes"} and len(table) == len(SCOPES)
    assert list(table.values["leader"]) == ["China"] * 7 and list(table.values["former"]) == ["United States"] * 7


def test_a_scope_that_no_menu_has_gets_its_rows_too(world_of: Callable[..., Any]) -> None:
    dataset = world_of(days({"google/a": 2}, {"qwen/b": 4, "google/a": 3, "google/c": 3})).dataset
    table = leads.table(dataset, DAILY.but(scope=Scope(1)))
    assert table.ids == ("2026-02-02/1/CN",) and table.values["scopes"] == ("top 1 only",)
    assert str(table.caption.title).startswith("The lead changed once counting the tokens of the top 1 models")


def test_marks_and_brush_change_no_row(world_of: Callable[..., Any]) -> None:
    us, cn, fr = {"google/a": 2}, {"qwen/b": 2}, {"mistralai/c": 2}
    dataset = world_of(days(us, cn, us, fr)).dataset
    plain = leads.table(dataset, DAILY)
    marks = DAILY.but(brush=span(date(2026, 2, 1), date(2026, 2, 1)), models=frozenset({"qwen/b"}))
    marked = leads.table(dataset, marks)
    assert list(marked.rows()) == list(plain.rows()) and plain.marked == frozenset()
    assert {row[:10] for row in marked.marked} == {"2026-02-02", "2026-02-03"}
    assert len(marked.marked) == 14


def test_nothing_to_show_says_why(world_of: Callable[..., Any]) -> None:
    begin = "There are no rankings yet. Open a rankings file to begin."
    figures = published((), Origins(()))
    assert str(leads.table(figures, DAILY).empty) == begin
    assert str(leads.table(figures, DAILY.but(span=span(date(2026, 2, 1), date(2026, 2, 9)))).empty) == begin
    dataset = world_of(days({"google/a": 2}, {"google/a": 2, "qwen/b": 1})).dataset
    away = leads.table(dataset, DAILY.but(span=span(date(2026, 3, 1), date(2026, 3, 9))))
    assert str(away.empty) == "There is no data in this span. The data runs 1–2 Feb 2026."
    steady = leads.table(dataset, DAILY)
    assert str(steady.empty) == "The lead does not change in this span, under any scope."
    assert "the leading country did not change from 1 February 2026 to 2 February 2026" in str(steady.caption.sentence)
    assert str(leads.table(dataset, Selection(grain=Grain.WHOLE)).empty).startswith("A change of lead takes two")
    assert str(leads.table(dataset, Selection()).empty).startswith("A change of lead takes two complete periods; there")


def test_the_lead_of_the_real_history_depends_on_the_scope(history: Any) -> None:
    """Chinese models lead the top 9 in the week of 9 February 2026, all tokens six weeks later."""
    table = leads.table(history.dataset, Selection())
    found: dict[Scope, list[tuple[str, str]]] = {}
    for change, scope in zip(table.changes, table.scopes, strict=True):
        found.setdefault(scope, []).append((change.period.start.isoformat(), change.leader))
    wide = [("2026-03-23", "CN"), ("2026-04-06", "US"), ("2026-04-27", "CN")]
    narrow = [
        *(("2026-02-09", "CN"), ("2026-02-23", "US"), ("2026-03-02", "CN")),
        *(("2026-04-13", "US"), ("2026-04-27", "CN")),
    ]
    assert found == {
        Scope(5): [("2026-02-02", "CN"), ("2026-04-13", "US"), ("2026-04-27", "CN")],
        Scope(9): narrow,
        Scope(10): narrow,
        Scope(20): [("2026-03-16", "CN"), *wide[1:]],
        Scope(50): wide,
        LISTED: wide,
        ALL: wide,
    }
    rows = {row[0]: row[1:] for row in zip(table.ids, *(table.values[c.key] for c in table.columns), strict=True)}
    assert rows["2026-04-06/all/US"] == (
        date(2026, 4, 6),
        date(2026, 4, 12),
        "All incl. other",
        "United States",
        "China",
        1814654548000,
        pytest.approx(0.0898, abs=5e-5),
        3,
        date(2026, 4, 26),
        False,
        False,
        1.0,
        "top 20, 50, all listed and all tokens only",
    )
    assert rows["2026-04-27/9/CN"][-1] == "all scopes"


def test_the_caption_of_the_real_history_states_the_finding(history: Any) -> None:
    caption = leads.table(history.dataset, Selection()).caption
    assert str(caption.title) == (
        "The lead changed 3 times counting all tokens, from 17 Nov 2025 to 3 May 2026, "
        "2 of them not certain given the unattributed"
    )
    assert str(caption.subtitle) == "changes of the leading country by tokens a week, 15 Nov 2025 – 4 May 2026"
    assert str(caption.scope).endswith("states the scope's share of all tokens")
    assert str(caption.source) == "Source: OpenRouter (openrouter.ai/rankings), as of 5 May 2026."
    assert str(caption.sentence) == (
        "Counting all tokens on OpenRouter each week, the leading country changed three times from 17 November 2025 to "
        "3 May 2026, last to China in the week of 27 April – 3 May 2026, 2 of them not certain given the unattributed "
        "(OpenRouter rankings as of 5 May 2026)."
    )
    authors = Selection(grouping=Grouping.AUTHOR, grain=Grain.MONTH, scope=Scope(9))
    assert "the leading author changed" in str(leads.table(history.dataset, authors).caption.sentence)


# --- what a chart marks


CHART = Selection(grain=Grain.DAY, scope=ALL)
CERTAIN, UNCERTAIN = "▲ the lead changes.", "△ the lead changes, not certain given the unattributed."
BOTH = "▲ the lead changes; △ not certain, given the unattributed."


@pytest.mark.parametrize(
    ("tokens", "told"),
    [
        (({"google/a": 5, "qwen/b": 3}, {"google/a": 3, "qwen/b": 5}), [CERTAIN]),
        (({"google/a": 5, "qwen/b": 3}, {"google/a": 3, "qwen/b": 5, "other": 3}), [UNCERTAIN]),
        (
            (
                {"google/a": 5, "qwen/b": 3},
                {"google/a": 3, "qwen/b": 5, "other": 3},
                {"google/a": 9, "qwen/b": 3},
            ),
            [BOTH],
        ),
        (({"google/a": 5, "qwen/b": 3}, {"google/a": 5, "qwen/b": 3}), []),
    ],
)
def test_the_chart_says_what_its_marks_mean(
    world_of: Callable[..., Any], tokens: tuple[dict[str, int], ...], told: list[str]
) -> None:
    dataset = world_of(days(*tokens)).dataset
    caption = tables.table("share", dataset, CHART).caption
    assert [str(note) for note in caption.notes if str(note)[0] in "▲△"] == told
    assert str(caption.notes[-1]) == "Each provider counts tokens with its own tokenizer."


def test_the_lens_says_what_the_marks_of_all_its_panels_mean(world_of: Callable[..., Any]) -> None:
    tokens = ({"google/a": 5, "qwen/b": 3}, {"google/a": 3, "qwen/b": 5, "other": 3})
    dataset = world_of(days(*tokens)).dataset
    caption = tables.table("share", dataset, CHART.but(lens=True)).caption
    assert [str(note) for note in caption.notes if str(note)[0] in "▲△"] == [BOTH], "certain among the named"
