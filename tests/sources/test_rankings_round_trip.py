"""Random rankings through CSV and JSON, against the rows they were made of."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.domain.schema import UsageFrame, check, to_date
from explorer.errors import ExplorerError
from explorer.progress import unheard
from explorer.sources import rankings_api, rankings_bulk, rankings_csv, rankings_json, table

HEADER = ["date", "model_permaslug", "rank", "total_tokens", "share_of_daily_tokens"]
Facts = list[tuple[date, str, int]]

days = st.dates(date(2020, 1, 1), date(2099, 12, 31)) | st.integers(0, 9).map(lambda n: date(2026, 2, 1) + timedelta(n))
plain_slugs = st.text("abcXYZ019-_./:~", max_size=30).map("a/".__add__)
any_slugs = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12) | st.sampled_from(
    ("other", 'say "hi"', "a,b", "Qwen/Qwen 3", "nan", "None", "0" * 200)
)
MOST = 10**15

counts = st.integers(0, MOST) | st.integers(0, 10**13)
too_many = st.integers(MOST + 1, 2**63 - 1) | st.integers(MOST + 1, MOST + 10)


def rankings(slugs: st.SearchStrategy[str]) -> st.SearchStrategy[Facts]:
    return st.lists(st.tuples(days, slugs, counts), min_size=1, max_size=40, unique_by=lambda row: row[:2])


def facts(usage: UsageFrame | None) -> Facts:
    assert usage is not None
    check(usage)
    assert list(usage.models) == sorted({usage.models[code] for code in usage.model})
    rows = zip(usage.day.tolist(), usage.model.tolist(), usage.tokens.tolist(), strict=True)
    return [(to_date(d), usage.models[m], t) for d, m, t in rows]


def as_csv(rows: Facts, end: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(HEADER)
    writer.writerows((d.isoformat(), m, "", t, 0.5) for d, m, t in rows)
    return text.getvalue().encode()


def as_json(rows: Facts, *, as_text: bool) -> list[dict[str, object]]:
    return [{"date": d.isoformat(), "model_permaslug": m, "total_tokens": str(t) if as_text else t} for d, m, t in rows]


@given(rankings(any_slugs), st.sampled_from(["\r\n", "\n"]))
@example([(date(2026, 2, 9), "a", MOST)], "\n")
def test_csv(rows: Facts, end: str) -> None:
    assert facts(rankings_csv.read("r.csv", as_csv(rows, end), unheard).usage) == rows


@given(rankings(plain_slugs), st.sampled_from(["\r\n", "\n"]))
def test_plain_csv_takes_the_fast_pass(rows: Facts, end: str) -> None:
    raw = as_csv(rows, end)
    assert facts(rankings_bulk.parse(raw, table.header_of(raw))) == rows


@given(rankings(plain_slugs), st.integers(0), too_many)
def test_a_count_that_no_day_can_have_is_refused_by_either_pass(rows: Facts, pick: int, count: int) -> None:
    at = pick % len(rows)
    raw = as_csv([*rows[:at], (*rows[at][:2], count), *rows[at + 1 :]], "\n")
    assert rankings_bulk.parse(raw, table.header_of(raw)) is None
    with pytest.raises(ExplorerError, match=f'"{count}" is not a whole number from 0 to {MOST}') as caught:
        rankings_csv._exact("r.csv", raw, unheard)  # pyright: ignore[reportPrivateUsage]
    assert caught.value.line == at + 2


@given(rankings(plain_slugs), st.integers(0))
def test_the_fast_pass_sees_repeats(rows: Facts, pick: int) -> None:
    raw = as_csv([*rows, rows[pick % len(rows)]], "\n")
    assert rankings_bulk.parse(raw, table.header_of(raw)) is None


@given(rankings(any_slugs), st.booleans(), st.sampled_from([None, 2]))
def test_json(rows: Facts, as_text: bool, indent: int | None) -> None:
    listed = as_json(rows, as_text=as_text)
    keyed = json.dumps({"data": listed, "meta": {"as_of": "2100-01-01"}}, indent=indent).encode()
    keyless = json.dumps({"row_count": len(rows), "rows": listed}, ensure_ascii=False, indent=indent).encode()
    assert rankings_api.matches("", keyed)
    assert rankings_json.matches("", keyless)
    assert facts(rankings_api.read("r.json", keyed, unheard).usage) == rows
    assert facts(rankings_json.read("r.json", keyless, unheard).usage) == rows


@given(st.binary(max_size=300), st.integers(0, 400))
def test_the_fast_pass_never_takes_what_the_exact_pass_would_not(noise: bytes, at: int) -> None:
    raw = as_csv([(date(2026, 2, 9), "a/b", 5), (date(2026, 2, 10), "other", 7)], "\r\n")
    at = len(",".join(HEADER)) + 2 + at % 50
    spoilt = raw[:at] + noise + raw[at:]
    usage = rankings_bulk.parse(spoilt, HEADER)
    if usage is not None:
        exact = rankings_csv._exact("r.csv", spoilt, unheard)  # pyright: ignore[reportPrivateUsage]
        assert facts(usage) == facts(exact.usage)
        assert not exact.skipped
