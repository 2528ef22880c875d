"""The licence line, and the words about imports and stores."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from explorer.domain.dataset import Dataset, published, rankings
from explorer.domain.origins import Origins
from explorer.domain.prices import CATALOGUE
from explorer.domain.schema import DatedPrices, Figure, Frames, Price, UsageFrame, to_day
from explorer.domain.selection import Selection, Source
from explorer.domain.snapshot import Basis, ImportReport, Provenance, Skipped
from explorer.domain.tables import table
from explorer.export import report
from explorer.export.licence import licence
from explorer.words import say

FIRST = to_day(date(2026, 2, 9))
ABOUT = Provenance(
    "rankings CSV",
    "february.csv",
    "OpenRouter",
    "2026-03-01",
    Basis.FILE_NAME,
    "ab" * 32,
    "CC BY 4.0",
    "Source: …",
    4,
    FIRST,
    FIRST + 7,
    "2026-03-02T00:00:00Z",
)


def usage(*days: int) -> UsageFrame:
    count = len(days)
    return UsageFrame(
        np.array(days, np.int32) + FIRST, np.zeros(count, np.int32), np.full(count, 10, np.int64), ("a/b",)
    )


@pytest.fixture
def daily() -> Dataset:
    return rankings(Frames(usage(0, 1, 4, 7)), Origins(()), (ABOUT,))


@pytest.fixture
def printed() -> Dataset:
    figure = Figure("x", "w", date(2026, 2, 9), date(2026, 2, 15), "s", "CN", "tokens", 4.12, "T", "", "P", "2026-02")
    return published((figure,), Origins((), {"CN": "China"}))


def test_tables_of_rankings_carry_their_licence(daily: Dataset) -> None:
    assert licence(daily, table("share", daily, Selection())) == say("Licensed under {licences}.", licences="CC BY 4.0")


def test_what_cites_the_rankings_carries_it_and_what_does_not_carries_none(daily: Dataset) -> None:
    free = DatedPrices(0, CATALOGUE, (Price("a/b", "", "B", 0.0, 0.0),))
    priced = table("prices", daily.with_prices([free]), Selection())
    assert "openrouter.ai/rankings" in str(priced.caption.source)
    assert licence(daily, priced) == say("Licensed under {licences}.", licences="CC BY 4.0")
    assert licence(daily, table("prices", daily, Selection())) is None


def test_printed_figures_and_unlicensed_files_carry_none(printed: Dataset) -> None:
    assert licence(printed, table("share", printed, Selection(source=Source.PUBLISHED))) is None
    unlicensed = rankings(Frames(usage(0)), Origins(()), (replace(ABOUT, licence=""),))
    assert licence(unlicensed, table("share", unlicensed, Selection())) is None


def test_an_import_is_reported_with_counts_and_skipped_lines() -> None:
    skipped = tuple(Skipped(line, say("It names no model.")) for line in range(2, 14))
    lines = [str(line) for line in report.imported(ImportReport(ABOUT, 8, 3, 1, 0, skipped))]
    assert lines[:3] == [
        "february.csv: rankings CSV, as of 2026-03-01 (from the file's name); rows read: 16; "
        "days: 8, 2026-02-09 to 2026-02-16",
        "  new: 3, restated: 1, unchanged: 0, skipped: 12",
        "  skipped line 2: It names no model.",
    ]
    assert lines[-1] == "  and 2 more skipped"
    assert len(lines) == 2 + report.SKIPPED_SHOWN + 1


def test_a_repeated_import_says_that_nothing_changed() -> None:
    (line,) = report.imported(ImportReport(ABOUT, duplicate=True))
    assert str(line) == "february.csv: already there since 2026-03-02T00:00:00Z, nothing changed"


def test_an_unknown_as_of_is_not_invented() -> None:
    assert str(report.as_of(replace(ABOUT, as_of="", basis=Basis.UNKNOWN))) == "as-of date not stated"


def test_the_contents_name_snapshots_days_and_gaps(daily: Dataset) -> None:
    text = "\n".join(map(str, report.contents(Path("s.sqlite"), (ABOUT,), daily)))
    assert "Store: s.sqlite; snapshots: 1" in text
    assert "rows: 4, 2026-02-09 to 2026-02-16; licence CC BY 4.0; imported 2026-03-02T00:00:00Z; sha256 ab" in text
    assert "Rankings: 2026-02-09 to 2026-02-16; days with data: 4; models: 1" in text
    assert "  no data: 2026-02-11 to 2026-02-12; days: 2" in text
    assert "  no data: 2026-02-14 to 2026-02-15; days: 2" in text
    assert text.endswith("as of 1 Mar 2026.")


def test_an_empty_store_says_what_is_shown_and_how_to_import(printed: Dataset) -> None:
    text = "\n".join(map(str, report.contents(Path("s.sqlite"), (), printed)))
    assert "nothing imported yet" in text
    assert "published figures" in text
    assert "tokenshare import latest.csv" in text


def test_gaps_are_runs_of_absent_days() -> None:
    present = np.array([False, True, True, False, False, True, False])
    assert [(g.first, g.last) for g in report.gaps(present, 100)] == [(100, 100), (103, 104), (106, 106)]
    assert report.gaps(np.ones(3, np.bool_), 100) == []
