"""Whose a model is on a date, and that nobody's is nobody's."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.origins import Origin, Origins

NAMES = {"CN": "China", "US": "United States", "FR": "France"}
# Out of order on purpose: the table need not be sorted.
TABLE = Origins(
    [
        Origin("nomad", "Nomad Inc", "US", date(2025, 9, 1)),
        Origin("Z-AI", "Z.ai", "CN", date(2023, 1, 1)),
        Origin("nomad", "Nomad", "FR", date(2024, 1, 1)),
        Origin("nobody", "", "", date(2023, 1, 1)),
    ],
    NAMES,
)


@pytest.mark.parametrize(
    ("permaslug", "on", "company", "country"),
    [
        ("nomad/a", date(2025, 8, 31), "Nomad", "FR"),
        ("nomad/a", date(2025, 9, 1), "Nomad Inc", "US"),
        ("nomad/a", date(2030, 1, 1), "Nomad Inc", "US"),
        ("nomad/a", date(2020, 1, 1), "Nomad", "FR"),
        ("Nomad/A:free", date(2026, 1, 1), "Nomad Inc", "US"),
        ("z-ai/glm-5", date(2026, 1, 1), "Z.ai", "CN"),
        ("nobody/x", date(2026, 1, 1), "", ""),
        ("stranger/x", date(2026, 1, 1), "", ""),
        ("openrouter/pony-alpha", date(2026, 1, 1), "", ""),
        ("slug", date(2026, 1, 1), "", ""),
        ("", date(2026, 1, 1), "", ""),
    ],
)
def test_the_origin_of_a_model_on_a_date(permaslug: str, on: date, company: str, country: str) -> None:
    found = TABLE.of(permaslug, on)
    assert (found.company, found.country) == (company, country)


def test_countries_have_names_where_the_table_has_them() -> None:
    assert TABLE.country_name("CN") == "China"
    assert TABLE.country_name("XX") == "XX"
    assert TABLE.country_name("Unattributed") == "Unattributed"
    assert Origins([]).country_name("CN") == "CN"


@pytest.mark.parametrize(
    ("entity", "code"), [("CN", "CN"), ("China", "CN"), ("US", "US"), ("all", ""), ("", ""), ("MiniMax M2.5", "")]
)
def test_a_country_is_known_by_code_and_by_name(entity: str, code: str) -> None:
    assert TABLE.country_code(entity) == code


@settings(max_examples=100, deadline=None)
@given(*[st.dates(date(2022, 12, 1), date(2025, 12, 31))] * 2)
def test_within_an_epoch_nothing_changes_hands(one: date, another: date) -> None:
    authors = ("nomad/a", "z-ai/b", "nobody/c", "stranger/d")
    alike = all(TABLE.of(a, one).country == TABLE.of(a, another).country for a in authors)
    assert (TABLE.epoch(one) == TABLE.epoch(another)) == alike
