"""The one value that decides everything: compared by value, changed by copies, marked by toggling."""

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from explorer.domain.origins import Known
from explorer.domain.periods import Grain, Span
from explorer.domain.pricing import Pricing
from explorer.domain.selection import ALL, LISTED, SCOPES, Grouping, Measure, Scope, Selection, Source, Variants

FULL: dict[str, Any] = {
    "source": Source.PUBLISHED,
    "grain": Grain.MONTH,
    "span": Span(20, 60),
    "brush": Span(30, 40),
    "scope": Scope(9),
    "measure": Measure.SHARE,
    "grouping": Grouping.AUTHOR,
    "countries": frozenset({"CN"}),
    "authors": frozenset({"openai"}),
    "models": frozenset({"a/x", "a/y"}),
    "search": "kimi",
    "baseline": "a/x",
    "as_of": "2026-05-05",
    "compared": ("aa", "bb"),
    "pricing": Pricing(ratio=3.0),
    "known": Known.THEN,
    "variants": Variants.MERGED,
    "lens": True,
    "claim": "2026-02-china",
}


def test_no_dimension_is_left_out_below() -> None:
    assert set(FULL) == {field.name for field in fields(Selection)}


def test_equal_selections_are_one_and_the_same_key() -> None:
    assert Selection(**FULL) == Selection(**FULL)
    assert len({Selection(**FULL), Selection(**FULL), Selection()}) == 2


@pytest.mark.parametrize("name", FULL)
def test_every_dimension_counts_can_be_changed_and_can_be_left_out(name: str) -> None:
    changed = Selection().but(**{name: FULL[name]})
    assert changed != Selection()
    assert getattr(changed, name) == FULL[name]
    assert changed.without(name) == Selection()
    others = Selection(**FULL).without(name)
    assert getattr(others, name) == getattr(Selection(), name)
    assert all(getattr(others, other) == FULL[other] for other in FULL if other != name)


def test_several_dimensions_are_left_out_at_once_and_none_changes_nothing() -> None:
    assert Selection(**FULL).without(*FULL) == Selection()
    assert Selection(**FULL).without() == Selection(**FULL)


def test_a_dimension_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        Selection().without("colour")
    with pytest.raises(TypeError):
        Selection().but(colour="red")
    with pytest.raises(FrozenInstanceError):
        Selection().search = "kimi"  # pyright: ignore[reportAttributeAccessIssue]


def test_marking_alone_replaces_and_marking_the_only_one_again_clears() -> None:
    china = Selection(search="x").mark(Grouping.COUNTRY, "CN")
    assert china == Selection(search="x", countries=frozenset({"CN"}))
    assert china.mark(Grouping.COUNTRY, "US").countries == {"US"}
    assert china.mark(Grouping.COUNTRY, "CN") == Selection(search="x")


def test_marking_alone_clears_the_other_dimensions_first() -> None:
    both = Selection(countries=frozenset({"CN"}), models=frozenset({"a/x"}))
    assert both.mark(Grouping.COUNTRY, "CN") == Selection(countries=frozenset({"CN"}))
    assert both.mark(Grouping.AUTHOR, "openai") == Selection(authors=frozenset({"openai"}))
    two = Selection(models=frozenset({"a/x", "a/y"}))
    assert two.mark(Grouping.MODEL, "a/x") == Selection(models=frozenset({"a/x"}))


def test_adding_a_mark_toggles_it_beside_the_others() -> None:
    marked = Selection(countries=frozenset({"CN"})).mark(Grouping.MODEL, "a/x", add=True)
    assert marked == Selection(countries=frozenset({"CN"}), models=frozenset({"a/x"}))
    more = marked.mark(Grouping.MODEL, "a/y", add=True)
    assert more.marking(Grouping.MODEL) == {"a/x", "a/y"}
    assert more.mark(Grouping.MODEL, "a/y", add=True) == marked
    assert marked.mark(Grouping.MODEL, "a/x", add=True).mark(Grouping.COUNTRY, "CN", add=True) == Selection()


def test_what_marks_and_what_does_not() -> None:
    assert not Selection(search="kimi", baseline="a/x").marks_anything
    for name in ("countries", "authors", "models"):
        assert Selection().but(**{name: frozenset({"x"})}).marks_anything
    assert Selection(countries=frozenset({"CN"})).marks_only(Grouping.COUNTRY)
    assert not Selection(countries=frozenset({"CN"})).marks_only(Grouping.AUTHOR)


def test_scopes_are_written_as_the_command_line_takes_them() -> None:
    assert [str(scope) for scope in SCOPES] == ["5", "9", "10", "20", "50", "listed", "all"]
    assert (str(LISTED), str(ALL)) == ("listed", "all")
    assert Selection().scope == ALL
