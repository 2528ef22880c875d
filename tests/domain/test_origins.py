"""Whose a model is on a date, and that nobody's is nobody's."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.origins import Known, Origin, Origins, Overrides, Reveal

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


PONY = Reveal("openrouter/pony-alpha", "Z-AI", date(2026, 2, 11), "z-ai/glm-5")
NOMADIC = Reveal("stealth/dune", "nomad", date(2025, 8, 1))
WITH_REVEALS = Origins(TABLE.rows, NAMES, [PONY, NOMADIC])


@pytest.mark.parametrize(
    ("permaslug", "on", "now", "then"),
    [
        ("openrouter/pony-alpha", date(2026, 2, 10), "CN", ""),
        ("openrouter/pony-alpha", date(2026, 2, 11), "CN", "CN"),
        ("openrouter/pony-alpha-20260206:free", date(2026, 2, 10), "CN", ""),
        ("OpenRouter/pony-alpha:free", date(2026, 2, 11), "CN", "CN"),
        ("openrouter/pony-alpha-mini", date(2026, 3, 1), "", ""),
        ("stealth/pony-alpha", date(2026, 3, 1), "", ""),
        ("pony-alpha", date(2026, 3, 1), "", ""),
        ("stealth/dune", date(2025, 7, 31), "FR", ""),
        ("stealth/dune", date(2025, 8, 31), "FR", "FR"),
        ("stealth/dune", date(2025, 9, 1), "US", "US"),
        ("z-ai/glm-5", date(2020, 1, 1), "CN", "CN"),
    ],
)
def test_an_anonymous_model_counts_as_whose_it_is_known_to_be(permaslug: str, on: date, now: str, then: str) -> None:
    assert WITH_REVEALS.of(permaslug, on).country == now
    assert WITH_REVEALS.as_known(Known.THEN).of(permaslug, on).country == then
    assert WITH_REVEALS.as_known(Known.THEN).as_known(Known.NOW).of(permaslug, on).country == now


def test_the_author_of_a_revealed_model_is_the_one_revealed() -> None:
    then = WITH_REVEALS.as_known(Known.THEN)
    before, after = date(2026, 2, 10), date(2026, 2, 11)
    assert [then.author("openrouter/pony-alpha", on) for on in (before, after)] == ["openrouter", "z-ai"]
    assert WITH_REVEALS.author("openrouter/pony-alpha", before) == "z-ai"
    assert WITH_REVEALS.of("openrouter/pony-alpha", before).company == "Z.ai"
    assert WITH_REVEALS.reveal("openrouter/pony-alpha:free") == PONY
    assert WITH_REVEALS.reveal("z-ai/glm-5") is None


def test_an_override_of_an_author_replaces_all_rows_of_that_author_and_no_others() -> None:
    settled = TABLE.overridden(Overrides((Origin("Nomad", "Nomad SA", "FR", date(2026, 1, 1)),)))
    for on in (date(2024, 6, 1), date(2025, 10, 1), date(2026, 6, 1)):
        assert settled.of("nomad/a", on).company == "Nomad SA"
    assert settled.of("z-ai/x", date(2026, 1, 1)) == TABLE.of("z-ai/x", date(2026, 1, 1))
    assert settled.epoch(date(2025, 8, 31)) == settled.epoch(date(2025, 9, 1))
    unplaced = TABLE.overridden(Overrides((Origin("z-ai", "", "", date(2023, 1, 1)),)))
    assert unplaced.of("z-ai/x", date(2026, 1, 1)).country == ""
    known = TABLE.overridden(Overrides((Origin("stranger", "Stranger & Co", "US", date(2023, 1, 1)),)))
    assert known.of("stranger/x", date(2026, 1, 1)).country == "US"


@pytest.mark.parametrize("slug", ["openrouter/pony-alpha", "OpenRouter/pony-alpha:free", "openrouter/pony-alpha-0206"])
def test_an_override_of_a_reveal_moves_it_or_takes_it_away(slug: str) -> None:
    day, later = date(2026, 2, 20), Reveal(slug, "nomad", date(2026, 2, 25))
    moved = WITH_REVEALS.overridden(Overrides(reveals=(later,))).as_known(Known.THEN)
    assert moved.author("openrouter/pony-alpha", day) == "openrouter"
    assert moved.author("openrouter/pony-alpha", date(2026, 2, 25)) == "nomad"
    gone = WITH_REVEALS.overridden(Overrides(reveals=(Reveal(slug, "", date(2026, 2, 25)),)))
    assert gone.reveal("openrouter/pony-alpha") is None
    assert gone.author("openrouter/pony-alpha", day) == "openrouter"
    assert gone.reveal("stealth/dune") == NOMADIC


def test_overrides_can_be_taken_back_and_say_whether_there_are_any() -> None:
    overrides = Overrides((Origin("nomad", "Nomad SA", "FR", date(2026, 1, 1)),))
    assert overrides and Overrides(reveals=(PONY,)) and not Overrides()
    changed = WITH_REVEALS.overridden(overrides)
    assert (changed.overrides, changed.as_known(Known.THEN).overrides) == (overrides, overrides)
    back = changed.overridden(Overrides())
    assert back.of("nomad/a", date(2026, 6, 1)).company == "Nomad Inc"
    assert back.country_name("CN") == "China"


@settings(max_examples=100, deadline=None)
@given(*[st.dates(date(2025, 6, 1), date(2026, 3, 31))] * 2, st.sampled_from(Known), st.booleans())
def test_no_model_changes_hands_within_an_epoch_however_it_is_read(
    one: date, another: date, known: Known, overridden: bool
) -> None:
    extra = Overrides(
        (Origin("z-ai", "Z.ai", "CN", date(2023, 1, 1)), Origin("z-ai", "Z.ai", "FR", date(2026, 1, 5))),
        (Reveal("openrouter/pony-alpha", "", date(2026, 2, 1)),),
    )
    table = WITH_REVEALS.as_known(known).overridden(extra if overridden else Overrides())
    models = ("nomad/a", "z-ai/b", "openrouter/pony-alpha", "stealth/dune", "stranger/d")
    alike = all(table.of(m, one).country == table.of(m, another).country for m in models)
    assert (table.epoch(one) == table.epoch(another)) == alike
