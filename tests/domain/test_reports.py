"""Which days a report is of."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from explorer.domain import reports
from explorer.domain.dataset import published, rankings
from explorer.domain.origins import Origins
from explorer.domain.periods import Grain, span
from explorer.domain.schema import Frames
from explorer.domain.selection import Source
from explorer.domain.tables import TABLES

WEEKLY, MONTHLY = reports.TEMPLATES["weekly"], reports.TEMPLATES["monthly"]


def every_day(first: date, last: date) -> dict[tuple[str, str], int]:
    return {((first + timedelta(n)).isoformat(), "a/x"): 1 for n in range((last - first).days + 1)}


def test_a_weekly_report_is_of_the_last_whole_week_and_the_twelve_before(world_of: Callable[..., Any]) -> None:
    world = world_of(every_day(date(2025, 10, 1), date(2026, 2, 17)), as_of="2026-02-18")
    asked = WEEKLY.select(world.dataset)
    assert asked.grain is Grain.WEEK
    assert asked.brush == span(date(2026, 2, 9), date(2026, 2, 15))
    assert asked.span == span(date(2025, 11, 17), date(2026, 2, 15))


def test_a_monthly_report_is_of_the_last_whole_month_and_all_there_are_before(world_of: Callable[..., Any]) -> None:
    world = world_of(every_day(date(2025, 12, 20), date(2026, 2, 17)), as_of="2026-02-18")
    asked = MONTHLY.select(world.dataset)
    assert asked.brush == span(date(2026, 1, 1), date(2026, 1, 31))
    assert asked.span == span(date(2025, 12, 20), date(2026, 1, 31))
    assert str(reports.title(world.dataset, asked)) == "Token usage on OpenRouter, January 2026"


@pytest.mark.parametrize("template", reports.TEMPLATES.values(), ids=reports.TEMPLATES)
def test_where_nothing_is_whole_a_report_opens_as_the_window_does(
    template: reports.Template, world_of: Callable[..., Any], origins: Origins
) -> None:
    assert template.select(world_of(every_day(date(2026, 2, 10), date(2026, 2, 12))).dataset).brush is None
    assert template.select(rankings(Frames(), origins, ())).brush is None
    printed = published((), origins)
    assert template.select(printed).source is Source.PUBLISHED
    assert str(reports.title(printed, template.select(printed))) == "Token usage on OpenRouter, as printed"


def test_a_report_has_views_that_there_are() -> None:
    assert set(reports.VIEWS) <= set(TABLES)


def test_printed_figures_have_no_last_week(world_of: Callable[..., Any]) -> None:
    assert str(reports.about(WEEKLY, published((), Origins([], {})))).startswith(
        "What was printed; there are no rankings"
    )
    world = world_of(every_day(date(2025, 12, 20), date(2026, 2, 17)), as_of="2026-02-18")
    assert reports.about(WEEKLY, world.dataset) == WEEKLY.about
