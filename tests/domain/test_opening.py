"""What a dataset opens on: its last complete ISO week, or February 2026 for printed figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.dataset import published, rankings
from explorer.domain.opening import opening
from explorer.domain.origins import Origins
from explorer.domain.periods import span
from explorer.domain.schema import Frames
from explorer.domain.selection import Selection, Source


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_brush_is_the_last_iso_week_with_seven_days(data: st.DataObject, worlds: Any) -> None:
    world = data.draw(worlds)
    days = pd.Series(world.long.day.unique())
    iso = days.dt.isocalendar()
    whole = [week for _, week in days.groupby([iso.year, iso.week]) if len(week) == 7]
    selection = opening(world.dataset)
    assert selection.without("brush") == Selection()
    expected = span(whole[-1].min().date(), whole[-1].max().date()) if whole else None
    assert selection.brush == expected


def test_a_week_whose_sunday_is_not_over_is_not_the_last_complete_one(world_of: Callable[..., Any]) -> None:
    rows = {(f"2026-02-{day:02}", "a/x"): 1 for day in range(2, 16)}
    over = opening(world_of(rows, as_of="2026-02-16").dataset)
    assert over.brush == span(date(2026, 2, 9), date(2026, 2, 15))
    live = opening(world_of(rows, as_of="2026-02-15T20:00:00Z").dataset)
    assert live.brush == span(date(2026, 2, 2), date(2026, 2, 8))


def test_nothing_opens_on_nothing_in_particular(origins: Origins) -> None:
    assert opening(rankings(Frames(), origins, ())) == Selection()


def test_printed_figures_open_on_the_month_of_the_stories(origins: Origins) -> None:
    february = span(date(2026, 2, 1), date(2026, 2, 28))
    assert opening(published((), origins)) == Selection(source=Source.PUBLISHED, brush=february)


def test_the_real_history_opens_on_its_last_complete_week(history: Any) -> None:
    assert opening(history.dataset).brush == span(date(2026, 4, 27), date(2026, 5, 3))
