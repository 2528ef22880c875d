"""How windows and scopes are worded."""

from datetime import date

import pytest

from explorer.domain.periods import Grain, span
from explorer.domain.selection import ALL, LISTED, Grouping, Scope
from explorer.domain.units import THIN
from explorer.domain.wording import (
    EACH,
    PER,
    day_words,
    during,
    listed,
    makers,
    number_words,
    period_words,
    scope_name,
    scope_tokens,
    scope_words,
    span_words,
    token_words,
)
from explorer.words import say


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


def test_months_are_written_out_in_prose() -> None:
    months = [date(2026, month, 9) for month in range(1, 13)]
    assert [day_words(day, full=True) for day in months] == [f"9 {day:%B %Y}" for day in months]
    assert [day_words(day) for day in months] == [f"9 {day:%b %Y}" for day in months]
    assert day_words(date(2026, 9, 30), year=False, full=True) == "30 September"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-02-09", "2026-02-09", "9 February 2026"),
        ("2026-02-09", "2026-02-15", "9–15 February 2026"),
        ("2026-01-26", "2026-02-01", "26 January – 1 February 2026"),
        ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026"),
        ("2026-02-01", "2026-02-28", "February 2026"),
    ],
)
def test_a_span_in_prose(start: str, end: str, words: str) -> None:
    assert span_words(days(start, end), full=True) == words


@pytest.mark.parametrize(
    ("start", "end", "grain", "words"),
    [
        ("2026-02-09", "2026-02-15", Grain.WEEK, "the week of 9–15 Feb 2026"),
        ("2026-02-10", "2026-02-16", Grain.WEEK, "10–16 Feb 2026"),
        ("2026-02-09", "2026-02-14", Grain.WEEK, "9–14 Feb 2026"),
        ("2026-02-09", "2026-02-15", Grain.DAY, "9–15 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.MONTH, "Feb 2026"),
        ("2026-02-09", "2026-02-09", Grain.DAY, "9 Feb 2026"),
        ("2026-02-08", "2026-02-14", Grain.SUNDAY_WEEK, "the week of 8–14 Feb 2026 (Sunday to Saturday)"),
        ("2026-02-09", "2026-02-15", Grain.SUNDAY_WEEK, "9–15 Feb 2026"),
        ("2026-02-08", "2026-02-14", Grain.WEEK, "8–14 Feb 2026"),
        ("2026-01-26", "2026-02-24", Grain.DAYS_30, "the 30 days to 24 Feb 2026"),
        ("2026-01-27", "2026-02-24", Grain.DAYS_30, "27 Jan – 24 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.DAYS_28, "the 28 days to 28 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.DAYS_30, "Feb 2026"),
        ("2026-02-10", "2026-02-16", Grain.DAYS_7, "the 7 days to 16 Feb 2026"),
        ("2026-02-09", "2026-02-15", Grain.WHOLE, "9–15 Feb 2026"),
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
        ("2026-02-09", "2026-02-09", Grain.DAYS_7, "on 9 Feb 2026"),
        ("2026-02-08", "2026-02-14", Grain.SUNDAY_WEEK, "in the week of 8–14 Feb 2026 (Sunday to Saturday)"),
        ("2026-01-26", "2026-02-24", Grain.DAYS_30, "in the 30 days to 24 Feb 2026"),
        ("2026-01-26", "2026-02-24", Grain.WHOLE, "from 26 Jan 2026 to 24 Feb 2026"),
        ("2026-02-01", "2026-02-28", Grain.WHOLE, "in Feb 2026"),
    ],
)
def test_when_in_a_sentence(start: str, end: str, grain: Grain, words: str) -> None:
    assert str(during(days(start, end), grain)) == words


@pytest.mark.parametrize(
    ("start", "end", "grain", "words"),
    [
        ("2026-02-09", "2026-02-15", Grain.WEEK, "in the week of 9–15 February 2026"),
        ("2026-01-26", "2026-02-24", Grain.DAYS_30, "in the 30 days to 24 February 2026"),
        ("2026-02-01", "2026-02-28", Grain.MONTH, "in February 2026"),
        ("2026-02-09", "2026-02-09", Grain.DAY, "on 9 February 2026"),
        ("2025-11-15", "2026-01-04", Grain.WEEK, "from 15 November 2025 to 4 January 2026"),
    ],
)
def test_when_in_prose(start: str, end: str, grain: Grain, words: str) -> None:
    assert str(during(days(start, end), grain, full=True)) == words


def test_every_grain_is_worded_and_no_two_alike() -> None:
    for words in (PER, EACH):
        assert set(words) == set(Grain)
        assert len({str(message) for message in words.values()}) == len(Grain)


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
    assert str(weekly) == f"top 9 models of each week, out of 158 named, 53.7{THIN}% of all tokens over the span"
    named = scope_words(LISTED, 158, 0.94, EACH[Grain.WEEK])
    assert str(named) == f"all 158 named models, 94.0{THIN}% of all tokens over the span"
    assert str(scope_words(LISTED, 158, 0.94)) == f"all 158 named models, 94.0{THIN}% of all tokens"
    assert str(scope_words(ALL, 158, 1.0)) == "all tokens: 158 named models and the unnamed rest (other)"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-02-09", "2026-02-15", "In the week of 9–15 February 2026"),
        ("2026-02-01", "2026-02-28", "In February 2026"),
        ("2026-02-09", "2026-02-09", "On 9 February 2026"),
        ("2025-12-30", "2026-02-15", "From 30 December 2025 to 15 February 2026"),
    ],
)
def test_when_at_the_start_of_a_sentence(start: str, end: str, words: str) -> None:
    assert str(during(days(start, end), Grain.WEEK, full=True, start=True)) == words


@pytest.mark.parametrize(
    ("grouping", "key", "name", "words"),
    [
        (Grouping.COUNTRY, "CN", "China", "Chinese models"),
        (Grouping.COUNTRY, "US", "United States", "US models"),
        (Grouping.COUNTRY, "FR", "France", "models from France"),
        (Grouping.COUNTRY, "GB", "United Kingdom", "models from the United Kingdom"),
        (Grouping.COUNTRY, "NL", "Netherlands", "models from the Netherlands"),
        (Grouping.COUNTRY, "AE", "United Arab Emirates", "models from the United Arab Emirates"),
        (Grouping.COUNTRY, "Unattributed", "Unattributed", "models of no known country"),
        (Grouping.AUTHOR, "minimax", "MiniMax", "models by MiniMax"),
        (Grouping.AUTHOR, "Unattributed", "Unattributed", "models of no known author"),
        (Grouping.AUTHOR, "other", "other", "the unnamed models"),
        (Grouping.MODEL, "minimax/minimax-m2.5", "minimax-m2.5", "minimax-m2.5"),
        (Grouping.MODEL, "other", "other", "the unnamed models"),
    ],
)
def test_a_band_as_a_subject(grouping: Grouping, key: str, name: str, words: str) -> None:
    assert str(makers(grouping, key, name)) == words


def test_counts_in_prose() -> None:
    assert [str(number_words(n)) for n in (0, 1, 9, 12, 13, 1234)] == [
        "no",
        "one",
        "nine",
        "twelve",
        "13",
        f"1{THIN}234",
    ]


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        (4_120_000_000_000, "4.12 trillion"),
        (997_400_000_000, "997 billion"),
        (999_900_000_000, "1.00 trillion"),
        (12_300_000, "12.3 million"),
        (3_500, "3.50 thousand"),
        (12, "12"),
        (0, "0"),
    ],
)
def test_tokens_in_prose(tokens: int, words: str) -> None:
    assert str(token_words(tokens)) == words


def test_a_list_in_prose() -> None:
    items = [say("a"), say("b"), say("c"), say("d")]
    assert [str(listed(items[:n])) for n in (1, 2, 3, 4)] == ["a", "a and b", "a, b and c", "a, b, c and d"]
    with pytest.raises(ValueError, match="nothing to list"):
        listed([])
