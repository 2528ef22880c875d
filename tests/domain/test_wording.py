"""How windows and scopes are worded."""

from datetime import date

import pytest

from explorer.domain.periods import Grain, span
from explorer.domain.selection import ALL, LISTED, Scope
from explorer.domain.units import THIN
from explorer.domain.wording import (
    EACH,
    day_words,
    during,
    period_words,
    scope_name,
    scope_tokens,
    scope_words,
    span_words,
)


def days(start: str, end: str):
    return span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-02-09", "2026-02-09", "9 Feb 2026"),
        ("2026-02-09", "2026-02-15", "9–15 Feb 2026"),
        ("2026-01-26", "2026-02-01", "26 Jan – 1 Feb 2026"),
        ("2025-12-29", "2026-01-04", "29 Dec 2025 – 4 Jan 2026"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2024-02-01", "2024-02-28", "1–28 Feb 2024"),
        ("2026-05-01", "2026-05-31", "May 2026"),
        ("2026-05-01", "2026-05-30", "1–30 May 2026"),
        ("2026-01-01", "2026-02-28", "1 Jan – 28 Feb 2026"),
        ("2025-02-09", "2026-02-15", "9 Feb 2025 – 15 Feb 2026"),
    ],
)
def test_a_span_in_words(start: str, end: str, words: str) -> None:
    assert span_words(days(start, end)) == words


def test_a_day_in_words() -> None:
    assert day_words(date(2026, 5, 5)) == "5 May 2026"
    assert day_words(date(2026, 5, 5), year=False) == "5 May"


@pytest.mark.parametrize(
    ("start", "end", "grain", "words"),
    [
        ("2026-02-09", "2026-02-15", Grain.WEEK, "the week of 9–15 Feb 2026"),
        ("2026-02-10", "2026-02-16", Grain.WEEK, "10–16 Feb 2026"),
        ("2026-02-09", "2026-02-14", Grain.WEEK, "9–14 Feb 2026"),
        ("2026-02-09", "2026-02-15", Grain.DAY, "9–15 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.MONTH, "Feb 2026"),
        ("2026-02-09", "2026-02-09", Grain.DAY, "9 Feb 2026"),
    ],
)
def test_a_period_in_a_sentence(start: str, end: str, grain: Grain, words: str) -> None:
    assert str(period_words(days(start, end), grain)) == words


@pytest.mark.parametrize(
    ("start", "end", "grain", "words"),
    [
        ("2026-02-09", "2026-02-15", Grain.WEEK, "in the week of 9–15 Feb 2026"),
        ("2026-02-09", "2026-02-15", Grain.DAY, "from 9 Feb 2026 to 15 Feb 2026"),
        ("2026-02-10", "2026-02-16", Grain.WEEK, "from 10 Feb 2026 to 16 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.WEEK, "in Feb 2026"),
        ("2025-11-15", "2026-05-04", Grain.WEEK, "from 15 Nov 2025 to 4 May 2026"),
        ("2026-02-09", "2026-02-09", Grain.WEEK, "on 9 Feb 2026"),
    ],
)
def test_when_in_a_sentence(start: str, end: str, grain: Grain, words: str) -> None:
    assert str(during(days(start, end), grain)) == words


def test_scopes_in_words() -> None:
    assert [str(scope_name(s)) for s in (Scope(9), LISTED, ALL)] == ["Top 9", "All listed", "All incl. other"]
    assert [str(scope_tokens(s)) for s in (Scope(9), LISTED, ALL)] == [
        "the tokens of the top 9 models",
        "the tokens of all named models",
        "all tokens",
    ]


def test_a_scope_never_goes_without_its_denominator() -> None:
    assert str(scope_words(Scope(9), 158, 0.5372)) == f"top 9 of 158 models, 53.7{THIN}% of all tokens"
    assert str(scope_words(Scope(9), 4, 1.0)) == f"top 4 of 4 models, 100.0{THIN}% of all tokens"
    weekly = scope_words(Scope(9), 158, 0.5372, EACH[Grain.WEEK])
    assert str(weekly) == f"top 9 models of each week, out of 158 named, 53.7{THIN}% of all tokens"
    assert str(scope_words(LISTED, 158, 0.94)) == f"all 158 named models, 94.0{THIN}% of all tokens"
    assert str(scope_words(ALL, 158, 1.0)) == "all tokens: 158 named models and the unnamed rest (other)"
