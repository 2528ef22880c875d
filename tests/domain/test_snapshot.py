"""Provenance: what orders snapshots, and the citation upstream asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from explorer.domain.snapshot import Skipped, rankings_citation
from explorer.words import say


def test_the_vintage_is_the_as_of_date_or_the_last_day_it_cannot_be_older_than(
    provenance_of: Callable[..., Any],
) -> None:
    first, last = date(2026, 2, 1), date(2026, 3, 2)
    assert provenance_of(first, last, "2026-03-03").vintage == "2026-03-03"
    assert provenance_of(first, last).vintage == "2026-03-02"
    assert provenance_of(None, None).vintage == ""


def test_the_citation_never_invents_an_as_of_date() -> None:
    stated = rankings_citation("2026-05-05", "2026-05-04")
    assert stated == "Source: OpenRouter (openrouter.ai/rankings), as of 2026-05-05."
    unstated = rankings_citation("", "2026-05-04")
    assert unstated == "Source: OpenRouter (openrouter.ai/rankings), as-of date not stated, data to 2026-05-04."


def test_a_row_left_out_is_placed_by_its_line_where_lines_are_rows() -> None:
    assert str(Skipped(4, say("why")).place) == "line 4"
    assert str(Skipped(4, say("why"), by_line=False).place) == "row 4"
