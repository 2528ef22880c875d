"""Find this number: what is typed, and everything it could be, against a plain scan of the same rows."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from explorer.domain.claims import find as finding
from explorer.domain.claims.claim import Claim, Entity, EntityKind, Quantity
from explorer.domain.claims.find import Match, Matches, find, number
from explorer.domain.claims.verdict import Found, Reading
from explorer.domain.dataset import Dataset, published
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import Grain, Span, periods_in, previous, span
from explorer.domain.schema import to_day
from explorer.domain.selection import Grouping, Variants
from explorer.errors import ExplorerError

MakeAgain = Callable[[Dataset, Claim, Found], float | None]
Key = tuple[str, str, str, Span, str]
"""Quantity, whose (key), over whom, days, scope."""

TOKENS = (Quantity.TOKENS, Quantity.INCREMENT)
PARTS = (Quantity.SHARE, Quantity.GROWTH)
TIMES = (Quantity.RATIO, Quantity.MULTIPLE)
SCOPES = ("all", "listed", "9", "10", "5", "20", "50")
# A world is made from a seed: to shrink one takes minutes and shows nothing.
HEAVY = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize(
    ("text", "quantities", "value", "low", "high"),
    [
        ("61 %", PARTS, 0.61, 0.605, 0.615),
        ("61%", PARTS, 0.61, 0.605, 0.615),
        ("+127 %", (Quantity.GROWTH,), 1.27, 1.265, 1.275),
        ("−9.33 %", (Quantity.GROWTH,), -0.0933, -0.09335, -0.09325),
        ("-9.33 percent", (Quantity.GROWTH,), -0.0933, -0.09335, -0.09325),
        ("9.2T", TOKENS, 9.2e12, 9.15e12, 9.25e12),
        ("4.12 trillion", TOKENS, 4.12e12, 4.115e12, 4.125e12),
        ("4,12 万亿", TOKENS, 4.12e12, 4.115e12, 4.125e12),
        ("0,666 tn", TOKENS, 0.666e12, 0.6655e12, 0.6665e12),
        (" 997 billion ", TOKENS, 997e9, 996.5e9, 997.5e9),
        ("12 Bn", TOKENS, 12e9, 11.5e9, 12.5e9),
        ("3.5M", TOKENS, 3.5e6, 3.45e6, 3.55e6),
        ("+1.44T", (Quantity.INCREMENT,), 1.44e12, 1.435e12, 1.445e12),
        ("1.81×", TIMES, 1.81, 1.805, 1.815),
        ("1.81x", TIMES, 1.81, 1.805, 1.815),
        ("10 times", TIMES, 10, 9.5, 10.5),
        ("370-fold", TIMES, 370, 369.5, 370.5),
    ],
)
def test_what_a_typed_number_stands_for(
    text: str, quantities: tuple[Quantity, ...], value: float, low: float, high: float
) -> None:
    found = number(text)
    assert found.quantities == quantities
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), rel=1e-12)


@pytest.mark.parametrize("text", ["", "61", "many", "4.12 quadrillion", "$5", "1.2.3 T", "T", "61 % of all", "1e3 T"])
def test_what_is_no_number_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        number(text)
    assert str(refused.value).startswith(f"“{text}” is not a number with a unit.")
    assert "Write it like 61 %" in str(refused.value)


def test_a_comma_before_three_digits_is_not_guessed_at() -> None:
    with pytest.raises(ExplorerError, match=r"“1,240 billion” can be read in two ways\. Write 1240 or 1\.240\."):
        number("1,240 billion")


class Scan:
    """Counts everything a number could be in a world, one condition after another."""

    def __init__(self, world: Any) -> None:
        self.world, self.data = world, world.days
        self.daily = world.long.pivot(index="day", columns="model", values="tokens").fillna(0)

    def sums(self, days: Span) -> "pd.Series[float]":
        return self.daily.loc[pd.Timestamp(days.start) : pd.Timestamp(days.end)].sum()

    def counted(self, days: Span, scope: str, variants: str = "apart") -> dict[str, int]:
        sums: dict[str, int] = {}
        for model, tokens in self.sums(days).items():
            name = str(model).partition(":")[0] if variants == "merged" else str(model)
            sums[name] = sums.get(name, 0) + int(tokens)
        other = sums.pop("other", 0)
        order = sorted(sums, key=lambda model: (-sums[model], model))
        top = order if scope in ("all", "listed") else order[: int(scope)]
        return {model: sums[model] for model in top} | ({"other": other} if scope == "all" else {})

    def of(self, counted: dict[str, int], key: str, on: date, known: str = "now") -> int:
        kind, name = key.split(" ", maxsplit=1)
        if kind == "all":
            return sum(counted.values())
        grouping = {"country": Grouping.COUNTRY, "authors": Grouping.AUTHOR, "model": Grouping.MODEL}[kind]
        return sum(
            n
            for model, n in counted.items()
            if model != "other" and self.world.group(model, grouping, on, known) == name
        )

    def entities(self) -> list[str]:
        """Everything, then countries, authors and models with tokens, by the end of the data; the most tokens first."""
        named = {model: n for model, n in self.counted(self.data, "listed").items() if n}
        found = ["all "]
        for kind, grouping in (
            ("country", Grouping.COUNTRY),
            ("authors", Grouping.AUTHOR),
            ("model", Grouping.MODEL),
        ):
            groups = {self.world.group(model, grouping, self.data.end) for model in named} - {"Unattributed"}
            found += [f"{kind} {name}" for name in groups]
        return found

    def windows(self, lengths: tuple[int, ...] = ()) -> list[Span]:
        """Complete weeks and months, and every run of so many days, each run of days once."""
        there = {to_day(day.date()) for day in self.world.long.day}
        found = [
            days for grain in (Grain.WEEK, Grain.MONTH, Grain.SUNDAY_WEEK) for days in periods_in(self.data, grain)
        ]
        first, last = self.data.first, self.data.last
        found += [Span(day, day + length - 1) for length in lengths for day in range(first, last - length + 2)]
        whole = [days for days in found if all(day in there for day in range(days.first, days.last + 1))]
        return list(dict.fromkeys(whole))

    def values_of(self, key: str, quantity: Quantity) -> Iterator[tuple[str, Span, float]]:
        """Tokens or shares of one entity in more windows and under all readings: with the scope and the days."""
        for days in self.windows((7, 28, 30)):
            seen: list[float] = []
            for variants, known in product(("apart", "merged"), ("now", "then")):
                for scope in SCOPES:
                    counted = self.counted(days, scope, variants)
                    value = float(self.of(counted, key, days.end, known))
                    if quantity is Quantity.SHARE:
                        if not (whole := sum(counted.values())):
                            continue
                        value /= whole
                    if value not in seen:
                        seen.append(value)
                        yield scope, days, value

    def values(self, quantity: Quantity) -> Iterator[tuple[Key, float]]:
        there = {to_day(day.date()) for day in self.world.long.day}
        sides = [(key, "") for key in self.entities()]
        if quantity is Quantity.RATIO:
            listed = self.counted(self.data, "listed")
            countries = [key for key, _ in sides if key.startswith("country")]
            countries.sort(key=lambda key: -self.of(listed, key, self.data.end))
            sides = [(one, other) for one in countries[:3] for other in countries[:3] if one != other]
        for days in self.windows():
            before = previous(days)
            if quantity in (Quantity.GROWTH, Quantity.INCREMENT, Quantity.MULTIPLE) and not all(
                day in there for day in range(before.first, before.last + 1)
            ):
                continue
            for key, rival in sides:
                seen: list[float] = []
                of_model = key.startswith("model") and quantity is not Quantity.SHARE
                for scope in ("all",) if of_model else SCOPES:
                    counted = self.counted(days, scope)
                    now = self.of(counted, key, days.end)
                    match quantity:
                        case Quantity.TOKENS:
                            value: float | None = now
                        case Quantity.SHARE:
                            value = now / sum(counted.values()) if sum(counted.values()) else None
                        case Quantity.RATIO:
                            against = self.of(counted, rival, days.end)
                            value = now / against if against else None
                        case _:
                            earlier = self.of(self.counted(before, scope), key, days.end)
                            if quantity is Quantity.INCREMENT:
                                value = now - earlier
                            else:
                                value = now / earlier - (quantity is Quantity.GROWTH) if earlier else None
                    if value is not None and value not in seen:
                        seen.append(value)
                        yield (quantity.value, key, rival, days, scope), value


def name_of(entity: Entity) -> str:
    return f"{entity.kind.value} {','.join(entity.keys)}"


def key_of(match: Match) -> Key:
    claim, found = match.claim, match.found
    rival = name_of(claim.rival) if claim.quantity is Quantity.RATIO else ""
    return (claim.quantity.value, name_of(found.entity), rival, found.window.span, str(found.scope))


def text_of(value: float, quantity: Quantity, places: int) -> str:
    unit, size = {
        **dict.fromkeys(TOKENS, ("M", Decimal(10**6))),
        **dict.fromkeys(PARTS, ("%", Decimal("0.01"))),
        **dict.fromkeys(TIMES, ("x", Decimal(1))),
    }[quantity]
    return f"{(Decimal(value) / size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f} {unit}"


@given(data=st.data())
@HEAVY
def test_everything_a_number_could_be_is_found(data: Any, whole_worlds: Any, make_again: MakeAgain) -> None:
    world = data.draw(whole_worlds)
    scan = Scan(world)
    about = data.draw(st.sampled_from((*TOKENS, *PARTS, *TIMES)))
    every = {
        quantity: dict(scan.values(quantity))
        for quantity in next(pair for pair in (TOKENS, PARTS, TIMES) if about in pair)
    }
    if not every[about]:
        return
    value = data.draw(st.sampled_from(list(every[about].values())))
    text = text_of(value, about, data.draw(st.integers(0, 2)))
    asked = number(text)
    expected = {
        key: value for quantity in asked.quantities for key, value in every[quantity].items()
        if asked.low <= value <= asked.high
    }  # fmt: skip
    matches = find(world.dataset, text)
    assert {key_of(match): match.found.value for match in matches.every} == pytest.approx(expected, rel=1e-12)
    assert len(matches.every) == len(expected)
    assert matches.tried == sum(len(every[quantity]) for quantity in asked.quantities)
    assert [match.found.departures for match in matches.every] == sorted(
        (match.found.window.grain is not Grain.WEEK) + (str(match.found.scope) != "all") for match in matches.every
    )
    for match in matches.every[:4]:
        assert make_again(world.dataset, match.claim, match.found) == pytest.approx(match.found.value, rel=1e-9)


@given(data=st.data())
@settings(HEAVY, max_examples=5)
def test_of_a_named_entity_more_windows_and_readings_are_looked_through(
    data: Any, whole_worlds: Any, make_again: MakeAgain
) -> None:
    world = data.draw(whole_worlds)
    scan = Scan(world)
    if "country CN" not in scan.entities():
        return
    quantity = data.draw(st.sampled_from((Quantity.TOKENS, Quantity.SHARE)))
    every = list(scan.values_of("country CN", quantity))
    text = text_of(data.draw(st.sampled_from(every))[2], quantity, 1)
    asked = number(text)
    expected = sorted((scope, days, value) for scope, days, value in every if asked.low <= value <= asked.high)
    matches = [match for match in find(world.dataset, text, "China").every if match.claim.quantity is quantity]
    found = sorted((str(m.found.scope), m.found.window.span, m.found.value) for m in matches)
    assert [each[:2] for each in found] == [each[:2] for each in expected]
    assert [each[2] for each in found] == pytest.approx([each[2] for each in expected], rel=1e-12)
    for match in matches[:6]:
        assert make_again(world.dataset, match.claim, match.found) == pytest.approx(match.found.value, rel=1e-9)


@pytest.fixture
def small(world_of: Callable[..., Any]) -> Any:
    """Two ISO weeks of two models, a free variant and the rest."""
    days = [f"2026-02-{day:02d}" for day in range(9, 23)]
    models = {"qwen/q-2": 4, "qwen/q-2:free": 3, "google/g": 2, "other": 1}
    rows = {(day, model): n * (2 if day >= "2026-02-16" else 1) for day in days for model, n in models.items()}
    return world_of({key: n * 10**6 for key, n in rows.items()}).dataset


def test_the_latest_and_simplest_come_first(small: Dataset) -> None:
    first, second, *rest = find(small, "70 %").every
    assert (first.found.departures, first.found.window.span) == (0, span(date(2026, 2, 16), date(2026, 2, 22)))
    assert second.found.window.span == span(date(2026, 2, 9), date(2026, 2, 15))
    assert (first.claim.quantity, first.claim.entity.keys) == (Quantity.SHARE, ("CN",))
    assert all(match.found.departures >= 0 for match in rest)
    assert find(small, " 70 % ").text == "70 %"


def test_a_free_variant_is_itself_and_not_its_model(small: Dataset) -> None:
    """42 million tokens are the second week of the free variant, 56 million of its model."""
    for text, model in (("42M", "qwen/q-2:free"), ("56M", "qwen/q-2")):
        found = [match for match in find(small, text).every if match.claim.entity.kind is EntityKind.MODEL]
        assert {match.claim.entity.keys for match in found if match.claim.quantity is Quantity.TOKENS} == {(model,)}


def test_one_entity_alone(small: Dataset) -> None:
    matches = find(small, "70 %", "China")
    assert {match.claim.entity.keys for match in matches.every} == {("CN",)}
    assert matches.tried < find(small, "70 %").tried
    assert {match.claim.entity.keys for match in find(small, "28M", "Q 2").every} == {("Q 2",)}
    assert find(small, "28M", "g").every


def test_with_dates_only_windows_near_them(small: Dataset) -> None:
    week = span(date(2026, 2, 9), date(2026, 2, 15))
    matches = find(small, "49M", "China", week)
    assert matches.every[0].found.window.span == week and matches.every[0].found.departures == 0
    assert {match.found.window.span.end.day for match in matches.every} <= set(range(9, 19))
    growth = find(small, "+100 %", "China", span(date(2026, 2, 16), date(2026, 2, 22))).every[0]
    assert growth.found.window.base == week and growth.found.value == 1.0


@pytest.mark.parametrize("entity", ["Kimi K3", "Germany", "???"])
def test_whom_the_data_do_not_have_is_refused(small: Dataset, entity: str) -> None:
    with pytest.raises(ExplorerError, match=r"The data has no country, author or model") as refused:
        find(small, "61 %", entity)
    assert entity in str(refused.value) and str(refused.value.remedy)


def test_without_rankings_there_is_nothing_to_find(bundled: Origins) -> None:
    with pytest.raises(ExplorerError, match="There are no rankings yet"):
        find(published((), bundled), "61 %")


def test_how_the_dataset_is_read_makes_no_difference(small: Dataset) -> None:
    """A match says under which reading it holds: apart and as known now."""
    merged = small.read(Known.THEN, Variants.MERGED)
    assert find(merged, "42M") == find(small, "42M")
    assert {match.found.reading for match in find(merged, "42M").every} == {Reading()}


def test_the_table_has_a_row_and_a_selection_for_each_match(small: Dataset) -> None:
    matches = find(small, "70 %")
    table = finding.table(small, matches)
    assert len(table) == len(matches.every) == len(table.selections)
    assert table.empty is None
    for row, match in enumerate(matches.every):
        selection = table.selections[row]
        assert selection is not None and selection.brush == match.found.window.span
        assert table.values["window_start"][row] == match.found.window.span.start
        assert table.values["window_end"][row] == match.found.window.span.end
    assert f"{len(matches.every)} of {matches.tried}" in str(table.caption.scope)
    assert "70 %" in str(table.caption.title)


def test_a_number_that_nothing_comes_to(small: Dataset) -> None:
    table = finding.table(small, find(small, "123.4T"))
    assert len(table) == 0 and "123.4T" in str(table.empty) and "9–22 Feb 2026" in str(table.empty)


def test_at_most_so_many_are_listed_and_all_are_counted(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SHOWN", 2)
    matches = find(small, "70 %")
    table = finding.table(small, matches)
    assert len(table) == 2 < len(matches.every)
    assert f"{len(matches.every)} of" in str(table.caption.scope) and "2 " in str(table.caption.scope)


def test_the_real_number_is_the_first_of_what_it_could_be(real: Dataset, make_again: MakeAgain) -> None:
    matches = find(real, "4.12T", "China")
    best = matches.every[0].found
    assert (best.window.span, str(best.scope)) == (span(date(2026, 2, 9), date(2026, 2, 15)), "9")
    sixty_one: Matches = find(real, "61 %")
    assert sixty_one.tried > 10_000
    for match in sixty_one.every[:8]:
        assert 0.605 <= match.found.value <= 0.615
        assert make_again(real, match.claim, match.found) == pytest.approx(match.found.value, rel=1e-9)
