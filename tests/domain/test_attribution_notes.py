"""What captions say of attribution, checked by hand on a few literal rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from explorer.domain import attribution_notes
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known, Origin, Origins, Overrides, Reveal
from explorer.domain.periods import Grain, span
from explorer.domain.selection import Selection, Variants
from explorer.domain.tables import table

SINCE = date(2023, 1, 1)
AUTHORS = (
    Origin("z-ai", "Z.ai", "CN", SINCE),
    Origin("x-ai", "xAI", "US", SINCE),
    Origin("google", "Google", "US", SINCE),
    Origin("openrouter", "", "", SINCE),
)
PONY = Reveal("openrouter/pony-alpha", "z-ai", date(2026, 2, 11), "z-ai/glm-5")
ROWS = {
    ("2026-02-02", "openrouter/pony-alpha"): 10,
    ("2026-02-02", "google/gemini-3-flash"): 80,
    ("2026-02-02", "google/gemini-3-flash:free"): 10,
    ("2026-02-09", "openrouter/pony-alpha:free"): 20,
    ("2026-02-09", "x-ai/grok-4"): 60,
    ("2026-02-09", "other"): 20,
    ("2026-02-16", "x-ai/grok-4"): 100,
}
BEFORE, REVEALED, AFTER = (span(date(2026, 2, day), date(2026, 2, day + 6)) for day in (2, 9, 16))
ALL = span(BEFORE.start, AFTER.end)
WEEKS = (BEFORE, REVEALED, AFTER)


@pytest.fixture
def dataset(world_of: Callable[..., Any]) -> Dataset:
    origins = Origins(AUTHORS, {"US": "United States", "CN": "China", "DE": "Germany"}, (PONY,))
    return world_of(ROWS).dataset.with_origins(origins)


def texts(dataset: Dataset, *asked: Any) -> list[str]:
    return [str(note).replace("\u2009", " ") for note in attribution_notes.notes(dataset, *asked)]


def then(dataset: Dataset) -> Dataset:
    return dataset.read(Known.THEN, Variants.APART)


def test_a_reveal_after_the_windows_start_is_told(dataset: Dataset) -> None:
    told = "As known now: Pony Alpha ({} of all tokens) counts as z-ai, revealed 11 Feb 2026."
    assert texts(dataset, BEFORE) == [told.format("10.0 %")]
    assert texts(dataset, REVEALED) == [told.format("20.0 %")], "a variant counts, other is part of all tokens"
    assert texts(dataset, ALL) == [told.format("10.0 %")]


def test_nothing_is_told_where_nothing_depends_on_it(dataset: Dataset) -> None:
    for read in (dataset, then(dataset)):
        assert texts(read, AFTER) == [], "the model has no tokens there"
        assert texts(read, span(date(2026, 2, 11), date(2026, 2, 22))) == [], "it was known from the first day on"


def test_as_known_then_a_model_is_unattributed_in_periods_that_end_before_its_reveal(dataset: Dataset) -> None:
    told = "As known then: Pony Alpha ({} of all tokens) is unattributed, revealed as z-ai's on 11 Feb 2026."
    known = "As known then: Pony Alpha (20.0 % of all tokens) counts as z-ai, revealed 11 Feb 2026."
    read = then(dataset)
    assert texts(read, BEFORE) == [told.format("10.0 %")]
    assert texts(read, REVEALED) == [known], "a period is attributed as of its end"
    assert texts(read, ALL, WEEKS) == [told.format("3.3 %")], "10 of 300: what its first week had"
    assert texts(read, ALL) == [known.replace("20.0", "10.0")]


def test_what_is_said_is_what_the_tables_count(dataset: Dataset) -> None:
    for known, country in ((Known.NOW, "CN"), (Known.THEN, "Unattributed")):
        selection = Selection(brush=BEFORE, grain=Grain.WEEK, known=known)
        board, chart = (table(view, dataset, selection) for view in ("leaderboard", "share"))
        assert board.values["country"][board.ids.index("openrouter/pony-alpha")] == country
        first = {
            group: tokens
            for start, group, tokens in zip(
                *(chart.values[key] for key in ("period_start", "group", "tokens")), strict=True
            )
            if str(start) == "2026-02-02" and tokens
        }
        assert first[country] == 10
        for shown in (board, chart):
            assert sum(str(note).startswith(f"As known {known}: Pony Alpha") for note in shown.caption.notes) == 1
            assert [str(f) for f in shown.caption.filters] == (["as known then"] if known is Known.THEN else [])


def test_more_than_three_are_counted(world_of: Callable[..., Any]) -> None:
    reveals = tuple(Reveal(f"stealth/m{i}", "z-ai", date(2026, 3, i)) for i in range(1, 6))
    rows = {("2026-02-02", reveal.slug): 10 * place for place, reveal in enumerate(reveals, 1)}
    dataset = world_of(rows).dataset.with_origins(Origins(AUTHORS, {}, reveals))
    assert texts(dataset, BEFORE) == [
        "As known now: M5 (33.3 % of all tokens) counts as z-ai, revealed 5 Mar 2026; "
        "M4 (26.7 %) as z-ai, 4 Mar 2026; M3 (20.0 %) as z-ai, 3 Mar 2026; and 2 more (20.0 %)."
    ]
    assert texts(then(dataset), BEFORE) == [
        "As known then: M5 (33.3 % of all tokens) is unattributed, revealed as z-ai's on 5 Mar 2026; "
        "M4 (26.7 %), as z-ai's on 4 Mar 2026; M3 (20.0 %), as z-ai's on 3 Mar 2026; and 2 more (20.0 %)."
    ]


# --- the user's own


def overridden(dataset: Dataset, *origins: Origin, reveals: tuple[Reveal, ...] = ()) -> Dataset:
    return dataset.with_origins(dataset.origins.overridden(Overrides(origins, reveals)))


@pytest.mark.parametrize(
    ("company", "country", "said"),
    [
        ("xAI", "DE", "x-ai counts as Germany"),
        ("Musk Labs", "US", "x-ai counts as Musk Labs"),
        ("Musk Labs", "DE", "x-ai counts as Musk Labs, Germany"),
        ("xAI", "", "x-ai counts as Unattributed"),
        ("xAI", "MX", "x-ai counts as MX"),
    ],
)
def test_an_override_is_told_where_it_changes_something(
    dataset: Dataset, company: str, country: str, said: str
) -> None:
    mine = overridden(dataset, Origin("x-ai", company, country, SINCE))
    assert texts(mine, AFTER) == [f"Your attribution: {said}."]
    assert not any("Your" in note for note in texts(mine, BEFORE)), "x-ai has no tokens there"


def test_an_override_that_changes_nothing_is_not_told(dataset: Dataset) -> None:
    assert texts(overridden(dataset, AUTHORS[1]), AFTER) == []
    later = Origin("x-ai", "xAI", "DE", date(2026, 3, 1))
    assert texts(overridden(dataset, AUTHORS[1], later), AFTER) == []


def test_an_override_of_a_reveal_is_told(dataset: Dataset) -> None:
    mine = overridden(dataset, reveals=(Reveal(PONY.slug, "x-ai", PONY.revealed),))
    assert texts(mine, BEFORE) == [
        "Your attribution: Pony Alpha counts as x-ai.",
        "As known now: Pony Alpha (10.0 % of all tokens) counts as x-ai, revealed 11 Feb 2026.",
    ]
    gone = overridden(dataset, reveals=(Reveal(PONY.slug, "", PONY.revealed),))
    assert texts(gone, BEFORE) == ["Your attribution: Pony Alpha is unattributed."]


def test_the_users_own_word_is_told_from_other_notes(dataset: Dataset) -> None:
    mine = overridden(dataset, reveals=(Reveal(PONY.slug, "x-ai", PONY.revealed),))
    caption = table("share", mine, Selection(span=BEFORE)).caption
    own = [str(note) for note in caption.notes if attribution_notes.is_own(note)]
    assert own == ["Your attribution: Pony Alpha counts as x-ai."]
    assert len(caption.notes) > 2


def test_a_revealed_model_follows_its_author_where_that_is_overridden(dataset: Dataset) -> None:
    mine = overridden(dataset, Origin("Z-AI", "Z.ai", "DE", SINCE))
    assert texts(mine, BEFORE)[:-1] == ["Your attribution: Z-AI counts as Germany."]
    assert len(texts(then(mine), BEFORE)) == 1, "as known then it is not z-ai's"


def test_an_anonymous_prefix_with_a_company_is_not_called_unattributed(dataset: Dataset) -> None:
    mine = then(overridden(dataset, Origin("openrouter", "OpenRouter", "US", SINCE)))
    assert texts(mine, BEFORE) == [
        "Your attribution: openrouter counts as OpenRouter, United States.",
        "As known then: Pony Alpha (10.0 % of all tokens) counts as openrouter, revealed as z-ai's on 11 Feb 2026.",
    ]


# --- variants, and tables without tokens


def test_merged_variants_are_told(dataset: Dataset) -> None:
    selection = Selection(brush=AFTER, variants=Variants.MERGED)
    for view in ("leaderboard", "share"):
        caption = table(view, dataset, selection).caption
        assert ":free and other variants count with their model." in [str(note) for note in caption.notes]
        assert [str(f) for f in caption.filters] == ["variants merged"]
        assert not table(view, dataset, Selection()).caption.filters


def test_a_table_of_models_is_told_the_same_without_shares(dataset: Dataset) -> None:
    def told(read: Dataset, day: date) -> list[str]:
        models = ("openrouter/pony-alpha", "x-ai/grok-4")
        return [str(note) for note in attribution_notes.notes_of(read, models, span(day, day))]

    assert told(dataset, date(2026, 2, 8)) == ["As known now: Pony Alpha counts as z-ai, revealed 11 Feb 2026."]
    assert told(dataset, date(2026, 2, 11)) == []
    mine = overridden(dataset, Origin("x-ai", "xAI", "DE", SINCE))
    assert told(then(mine), date(2026, 2, 8)) == [
        "Your attribution: x-ai counts as Germany.",
        "As known then: Pony Alpha is unattributed, revealed as z-ai's on 11 Feb 2026.",
    ]
