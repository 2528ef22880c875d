"""Figures that follow from other figures, no rankings loaded: known sums as literals, and false ones beside them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.app import loading
from explorer.domain.claims import table, wording
from explorer.domain.claims.amounts import Amount
from explorer.domain.claims.arithmetic import with_sums
from explorer.domain.claims.verdict import Outcome, Verdict
from explorer.domain.dataset import published
from explorer.domain.schema import Figure
from explorer.domain.selection import Selection

WEEKS = [
    (date(2026, 2, 2), date(2026, 2, 8)),
    (date(2026, 2, 9), date(2026, 2, 15)),
    (date(2026, 2, 16), date(2026, 2, 22)),
]
THREE_WEEKS = (WEEKS[0][0], WEEKS[2][1])
HALVES = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31))]
CHINESE = "Chinese models"


def figure(
    key: str,
    measure: str,
    printed: str,
    unit: str = "T",
    window: tuple[date, date] | str = WEEKS[1],
    entity: str = "CN",
    scope: str = CHINESE,
    publisher: str = "Gazette",
    **more: str,
) -> Figure:
    words = window if isinstance(window, str) else f"{window[0]} to {window[1]}"
    start, end = (None, None) if isinstance(window, str) else window
    given = {"published": "2026-02-27", "title": "", **more}
    return Figure(
        key,
        words,
        start,
        end,
        scope,
        entity,
        measure,
        float(printed),
        unit,
        publisher=publisher,
        printed=printed,
        **given,
    )


def judged(figures: Sequence[Figure], outcome: Outcome = Outcome.NOT_TESTABLE) -> dict[str, Verdict]:
    return {v.figure.id: v for v in with_sums([Verdict(figure, outcome) for figure in figures])}


def said(verdict: Verdict) -> str:
    """The sentence, a plain space for the thin one."""
    return str(verdict.sums).replace("\u2009", " ")


def of_first(*figures: Figure) -> str:
    return said(judged(figures)[figures[0].id])


# --- the figures that come with the program


@pytest.fixture(scope="module")
def bundled() -> dict[str, Verdict]:
    """The verdicts on the bundled figures with no rankings loaded."""
    return {verdict.figure.id: verdict for verdict in table.verdicts(loading.dataset(None))}


@pytest.mark.parametrize(
    ("key", "outcome", "sums"),
    [
        (
            "2026-02-27-claude-opus-4.6-minimax-m2.5-price-input-ratio-36kr",
            Outcome.HOLDS,
            "Follows from the printed $5/M and $0.3/M: 16.67×.",
        ),
        (
            "2026-02-27-claude-opus-4.6-glm-5-price-input-ratio-36kr",
            Outcome.HOLDS,
            "Follows from the printed $5/M and $0.3/M: 16.67×.",
        ),
        (
            "2026-02-27-claude-opus-4.6-minimax-m2.5-price-output-ratio-36kr",
            Outcome.HOLDS,
            "Follows from the printed $25/M and $1.1/M: 22.73×.",
        ),
        (
            "2026-02-27-claude-opus-4.6-glm-5-price-output-ratio-36kr",
            Outcome.HOLDS,
            "Follows from the printed $25/M and $2.55/M: 9.804×.",
        ),
        (
            "2025-h2-china-growth-chinaaidaily",
            Outcome.HOLDS,
            "Follows from the printed 10.2T and 37T: +262.7 %.",
        ),
        (
            "2026-w06-to-w08-china-growth-nbd",
            Outcome.HOLDS,
            "Follows from the printed 2.27T and 5.16T: +127.3 %.",
        ),
        (
            "2025-w10-to-2026-w07-all-top10-multiple-36kr",
            Outcome.HOLDS,
            "Follows from the printed 1.24T and 13.95T of National Business Daily (nbdpress.com): 11.25×.",
        ),
        (
            "2025-to-2030-china-growth-year-36kr",
            Outcome.FAILS,
            "A 370-fold rise in 5 years is 226 % a year, not 330 %; "
            "read as a multiple of 3.3 a year, 330 % would be 391-fold.",
        ),
        (
            "2025-to-2030-china-multiple-36kr",
            Outcome.FAILS,
            "330 % a year for 5 years is 1 470-fold, not 370-fold; "
            "read as a multiple of 3.3 a year, 330 % would be 391-fold.",
        ),
    ],
)
def test_the_bundled_figures_that_follow_from_others(
    bundled: dict[str, Verdict], key: str, outcome: Outcome, sums: str
) -> None:
    assert said(bundled[key]) == sums
    assert bundled[key].outcome is outcome
    assert str(bundled[key].why).startswith("Decided by arithmetic alone. ")


def test_no_other_bundled_figure_is_decided(bundled: dict[str, Verdict]) -> None:
    assert sum(bool(said(verdict)) for verdict in bundled.values()) == 9
    assert {v.outcome for v in bundled.values() if not said(v)} == {Outcome.NOT_TESTABLE}


def test_the_table_says_so_and_does_not_count_it_among_what_the_data_can_test() -> None:
    dataset = loading.dataset(None)
    shown = table.table(dataset, Selection(source=dataset.source))
    row = shown.ids.index("2025-h2-china-growth-chinaaidaily")
    assert shown.values["verdict"][row] == "adds up"
    assert shown.values["conditions"][row] == shown.values["sums"][row] != ""
    assert shown.values["value"][row] in ("", "–")
    assert shown.selections[row] is None
    assert str(shown.caption.title) == "Where do the printed figures hold?"


# --- growth


GROWTH = figure("growth", "growth", "127", "%", THREE_WEEKS)
TOKENS = [figure(f"w{i}", "tokens", printed, window=WEEKS[i]) for i, printed in enumerate(["2.27", "4.12", "5.16"])]


def test_growth_over_weeks_is_from_the_first_to_the_last() -> None:
    assert of_first(GROWTH, *TOKENS) == "Follows from the printed 2.27T and 5.16T: +127.3 %."
    false = figure("growth", "growth", "130", "%", THREE_WEEKS)
    assert of_first(false, *TOKENS) == "The printed 2.27T and 5.16T give +127.3 %, not 130 %."


def test_the_precision_of_the_terms_counts() -> None:
    rough = [figure("a", "tokens", "2", window=WEEKS[0]), figure("b", "tokens", "5", window=WEEKS[2])]
    assert of_first(GROWTH, *rough) == "Follows from the printed 2T and 5T: +150.0 %.", "4.5 to 5.5 over 1.5 to 2.5"
    exact = [replace(term, printed=f"{term.value:.2f}") for term in rough]
    assert of_first(GROWTH, *exact) == "The printed 2.00T and 5.00T give +150.0 %, not 127 %."


def test_growth_in_a_week_is_on_the_week_before() -> None:
    week = figure("growth", "growth_week", "81.5", "%")
    assert of_first(week, *TOKENS) == "Follows from the printed 2.27T and 4.12T: +81.50 %."
    assert of_first(figure("growth", "week-on-week", "-9.33", "%"), *TOKENS) == (
        "The printed 2.27T and 4.12T give +81.498 %, not −9.33 %."
    )


def test_growth_against_the_period_before_where_the_note_says_so() -> None:
    growth = figure("g", "growth", "263", "%", HALVES[1], note="against the first half of 2025")
    rates = [figure(f"h{i}", "tokens_per_day", p, window=HALVES[i]) for i, p in enumerate(["10.2", "37"])]
    assert of_first(growth, *rates) == "Follows from the printed 10.2T and 37T: +262.7 %."
    assert of_first(replace(growth, note=""), *rates) == ""


def test_a_growth_in_one_month_is_on_the_month_before_not_within_it() -> None:
    february = (date(2026, 2, 1), date(2026, 2, 28))
    growth = figure("g", "growth", "10", "%", february)
    weeks = [
        figure("a", "tokens", "1.0", window=(date(2026, 2, 1), date(2026, 2, 7))),
        figure("b", "tokens", "2.0", window=(date(2026, 2, 22), date(2026, 2, 28))),
    ]
    months = [
        figure("c", "tokens", "10.0", window=(date(2026, 1, 1), date(2026, 1, 31))),
        figure("d", "tokens", "11.0", window=february),
    ]
    assert of_first(growth, *weeks) == ""
    assert of_first(growth, *weeks, *months) == "Follows from the printed 10.0T and 11.0T: +10.0 %."


def test_a_multiple_and_an_increment() -> None:
    assert of_first(figure("m", "multiple", "2.3", "x", THREE_WEEKS), *TOKENS) == (
        "Follows from the printed 2.27T and 5.16T: 2.273×."
    )
    assert of_first(figure("m", "increment", "1.85"), *TOKENS) == "Follows from the printed 2.27T and 4.12T: 1.850T."
    assert of_first(figure("m", "increment", "1.44"), *TOKENS) == (
        "The printed 2.27T and 4.12T give 1.850T, not 1.44T."
    )


def test_over_is_open_above() -> None:
    over = figure("m", "multiple", "2", "x", THREE_WEEKS, qualifier="over")
    assert of_first(over, *TOKENS) == "Follows from the printed 2.27T and 5.16T: 2.273×."
    under = figure("m", "multiple", "2", "x", THREE_WEEKS, qualifier="under")
    assert of_first(under, *TOKENS) == "The printed 2.27T and 5.16T give 2.273×, not under 2×."
    assert of_first(replace(under, printed="2.0"), *TOKENS) == (
        "The printed 2.27T and 5.16T give 2.273×, not under 2.0×."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"scope": "top-10 models"},
        {"entity": "US"},
        {"measure": "tokens_per_week"},
        {"unit": "%"},
        {"start": None, "end": None},
        {"end": date(2026, 2, 9)},
        {"publisher": "Another paper"},
    ],
)
def test_what_does_not_belong_together_is_not_put_together(change: dict[str, object]) -> None:
    assert of_first(GROWTH, replace(TOKENS[0], **change), TOKENS[2]) == ""


def test_a_story_s_own_figures_come_first_then_those_of_others() -> None:
    others = [replace(term, id=f"o{term.id}", publisher="Courier", value=term.value * 3) for term in TOKENS]
    others = [replace(term, printed=f"{term.value:.2f}") for term in others]
    assert of_first(GROWTH, *others[::2]) == "Follows from the printed 6.81T and 15.48T of Courier: +127.3 %."
    assert of_first(GROWTH, *others, *TOKENS) == "Follows from the printed 2.27T and 5.16T: +127.3 %."
    false = replace(TOKENS[2], printed="9.99")
    assert of_first(GROWTH, *others, TOKENS[0], false) == "The printed 2.27T and 9.99T give +340.1 %, not 127 %."


# --- ratios, prices, shares


def test_a_ratio_of_two_in_the_same_days() -> None:
    ratio = figure("r", "ratio", "1.4", "x", entity="China/US", scope="Chinese and US models")
    both = [
        figure("cn", "tokens", "4.12", entity="China"),
        figure("us", "tokens", "2.94", entity="US", scope="US models"),
    ]
    assert of_first(ratio, *both) == "Follows from the printed 4.12T and 2.94T: 1.401×."
    assert of_first(ratio, both[0], replace(both[1], scope="top-10 models")) == ""
    assert of_first(ratio, both[0], replace(both[1], publisher="Courier")) == ""


def test_a_price_ratio_that_is_wrong() -> None:
    prices = [
        figure("a", "price_input", "5", "$/M", entity="A", scope="list price"),
        figure("b", "price_input", "0.30", "$/M", entity="B", scope="list price"),
    ]
    ratio = figure("r", "price_input_ratio", "12", "x", entity="A/B", scope="list price", qualifier="about")
    assert of_first(ratio, *prices) == "The printed $5/M and $0.30/M give 16.67×, not about 12×."
    assert of_first(ratio, prices[0], replace(prices[1], value=0, printed="0")) == "", (
        "nothing is a multiple of nothing"
    )


def test_a_share_of_a_total_of_the_same_scope() -> None:
    share = figure("s", "share", "51", "%", scope="top-10 models")
    part = figure("cn", "tokens", "14.69", scope="top-10 models")
    total = figure("all", "tokens", "28.7", entity="all", scope="top-10 models")
    assert of_first(share, part, total) == "Follows from the printed 14.69T and 28.7T: 51.2 %."
    assert of_first(replace(share, printed="61"), part, total) == "The printed 14.69T and 28.7T give 51.2 %, not 61 %."
    assert of_first(share, part, replace(total, scope="platform total")) == ""
    assert of_first(share, replace(part, scope=CHINESE), total) == "", "Chinese models are not only those of the ten"
    assert of_first(replace(share, entity="all"), part, total) == ""


def test_a_share_of_several_models() -> None:
    share = figure("s", "share", "60", "%", entity="M1+M2", scope="platform total")
    parts = [figure(f"m{i}", "tokens", f"{i}.0", entity=f"M{i}", scope="model") for i in (1, 2)]
    total = figure("all", "tokens", "5.0", entity="all", scope="platform total")
    assert of_first(share, *parts, total) == "Follows from the printed 1.0T, 2.0T and 5.0T: 60.0 %."
    assert of_first(share, parts[0], total) == ""


# --- growth over years


def test_a_rate_a_year_that_does_follow() -> None:
    year = figure("y", "growth_year", "226", "%", "2025 to 2030")
    multiple = figure("m", "multiple", "370", "x", "2025 to 2030")
    both = judged([year, multiple])
    assert said(both["y"]) == "Follows from the printed 370-fold rise in 5 years: 226 % a year."
    assert said(both["m"]) == "Follows from the printed 226 % a year for 5 years: 368-fold."
    assert {verdict.outcome for verdict in both.values()} == {Outcome.HOLDS}


def test_a_slow_rate_is_not_said_to_be_misread() -> None:
    slow = figure("y", "growth_year", "50", "%", "2025 to 2030")
    assert of_first(slow, figure("m", "multiple", "370", "x", "2025 to 2030")) == (
        "A 370-fold rise in 5 years is 226 % a year, not 50 %."
    )


def test_another_story_s_undated_figures_are_not_of_the_same_days() -> None:
    year = figure("y", "growth_year", "330", "%", "undated")
    assert of_first(year, figure("m", "multiple", "370", "x", "undated")) == "", "over how many years nobody says"
    year = replace(year, window="2025 to 2030")
    multiple = figure("m", "multiple", "370", "x", "2025 to 2030", published="2026-03-01")
    assert of_first(year, multiple) == ""


# --- outcomes


def test_what_the_data_tested_keeps_its_outcome() -> None:
    for outcome in (Outcome.HOLDS, Outcome.HOLDS_IF, Outcome.FAILS):
        verdict = judged([GROWTH, *TOKENS], outcome)["growth"]
        assert verdict.outcome is outcome
        assert str(verdict.why) == ""
        assert said(verdict) == "Follows from the printed 2.27T and 5.16T: +127.3 %."


def test_a_verdict_by_arithmetic_has_words_of_its_own() -> None:
    dataset = published((), loading.origins(), ())
    holds = judged([GROWTH, *TOKENS])["growth"]
    assert str(wording.outcome(holds)) == "adds up"
    assert wording.explained(dataset, holds) == holds.sums
    fails = judged([replace(GROWTH, printed="99"), *TOKENS])["growth"]
    assert str(wording.outcome(fails)) == "contradicted"
    assert wording.explained(dataset, fails) == fails.sums
    untold = judged([GROWTH])["growth"]
    assert str(wording.outcome(untold)) == "not testable"


# --- interval arithmetic


PRINTED = st.decimals(0, 1000, places=2).map(str)
PLACES = st.floats(0, 1)


@given(PRINTED, PRINTED, st.sampled_from(["", "about", "nearly"]), PLACES, PLACES)
def test_the_interval_holds_whatever_the_terms_may_be(a: str, b: str, qualifier: str, s: float, t: float) -> None:
    left, right = Amount.of(a, qualifier, 1), Amount.of(b, "", 1)
    x, y = (max(term.low + at * (term.high - term.low), 0.0) for term, at in ((left, s), (right, t)))
    pairs = [(left + right, x + y), (left - right, x - y), (left**2.5, x**2.5), (left.shifted(-1), x - 1)]
    if right.value > 0 and y > 0:
        pairs.append((left / right, x / y))
    for amount, real in pairs:
        assert amount.meets(Amount(real, real, real))
        assert amount.meets(Amount(amount.value, amount.value, amount.value))


def test_intervals_that_only_touch_meet_and_others_do_not() -> None:
    assert Amount.of("4.1", "", 1).meets(Amount.of("4.2", "", 1)), "4.15 is both"
    assert not Amount.of("4.11", "", 1).meets(Amount.of("4.13", "", 1))
    assert Amount.of("5", "over", 1).meets(Amount.of("5000", "", 1))
    assert not Amount.of("5", "under", 1).meets(Amount.of("7", "", 1))
