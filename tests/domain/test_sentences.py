"""What a view says in one sentence: literal words for every way it can be put, and the numbers of the real history."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain import dataset as datasets
from explorer.domain import leaderboard, price_sentence, price_table, published, sentences, shares
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known, Origin, Origins, Overrides, Reveal
from explorer.domain.periods import Grain, Span, span
from explorer.domain.price_sentence import Offer
from explorer.domain.prices import CATALOGUE, MODELS_API, UNDATED
from explorer.domain.pricing import Compared, Pricing
from explorer.domain.schema import DatedPrices, Figure, Price, to_day
from explorer.domain.selection import ALL, LISTED, Grouping, Scope, Selection, Source, Variants
from explorer.domain.sentences import Band, Whole
from explorer.domain.table import Table
from explorer.domain.tables import table as table_of
from explorer.domain.units import THIN
from explorer.words import Message, say

B = 10**9
WEEK = span(date(2026, 2, 9), date(2026, 2, 15))
SEEK, FLASH, LARGE, TUNE = (
    "deepseek/deepseek-r1",
    "google/gemini-3-flash",
    "mistralai/mistral-large-2512",
    "nobody/fine-tune",
)
DAY = {SEEK: 500, FLASH: 300, LARGE: 100, TUNE: 40, "other": 60}
SOURCE = "(OpenRouter rankings as of 5 May 2026)."


def read(message: Message) -> str:
    return str(message).replace(THIN, " ")


def days(tokens: Mapping[str, int], first: date = WEEK.start, count: int = 7) -> dict[tuple[str, str], int]:
    """So many billions of tokens a day."""
    return {
        (str(first + timedelta(i)), model): amount * B
        for i in range(count)
        for model, amount in tokens.items()
        if amount
    }


@pytest.fixture
def world(world_of):
    def made(tokens: Mapping[str, int] = DAY, as_of: str = "2026-05-05", **more) -> Dataset:
        return world_of(days(tokens, **more), as_of=as_of).dataset

    return made


def share(dataset: Dataset, **changes: object) -> str:
    return read(shares.table(dataset, Selection().but(**changes)).caption.sentence)


def first(dataset: Dataset, **changes: object) -> str:
    return read(leaderboard.table(dataset, Selection().but(**changes)).caption.sentence)


# --- who made which share


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"scope": ALL},
            "Chinese models made 50.0 % of all tokens on OpenRouter (3.50 trillion tokens), ahead of US models with "
            "30.0 % (2.10 trillion); all tokens include the unnamed rest, 6.0 % of them",
        ),
        (
            {"scope": LISTED},
            "Chinese models made 53.2 % of the tokens of all named models on OpenRouter (3.50 trillion tokens), ahead "
            "of US models with 31.9 % (2.10 trillion); the named models made 94.0 % of all tokens",
        ),
        (
            {"scope": Scope(2)},
            "Chinese models made 62.5 % of the tokens of the two most-used models on OpenRouter (3.50 trillion "
            "tokens), ahead of US models with 37.5 % (2.10 trillion); these two models made 80.0 % of all tokens",
        ),
        (
            {"scope": Scope(1)},
            "Chinese models made 100.0 % of the tokens of the most-used model on OpenRouter (3.50 trillion tokens); "
            "that model made 50.0 % of all tokens",
        ),
        (
            {"scope": Scope(9)},
            "Chinese models made 53.2 % of the tokens of the four most-used models on OpenRouter (3.50 trillion "
            "tokens), ahead of US models with 31.9 % (2.10 trillion); these four models made 94.0 % of all tokens",
        ),
        (
            {"scope": Scope(2), "grouping": Grouping.AUTHOR},
            "models by DeepSeek made 62.5 % of the tokens of the two most-used models on OpenRouter (3.50 trillion "
            "tokens), ahead of models by Google with 37.5 % (2.10 trillion); these two models made 80.0 % of all "
            "tokens",
        ),
        (
            {"scope": Scope(2), "grouping": Grouping.MODEL},
            "deepseek-r1 made 62.5 % of the tokens of the two most-used models on OpenRouter (3.50 trillion tokens), "
            "ahead of gemini-3-flash with 37.5 % (2.10 trillion); these two models made 80.0 % of all tokens",
        ),
    ],
)
def test_the_leader_of_every_scope_and_grouping(world, changes: dict[str, object], said: str) -> None:
    assert share(world(), **changes) == f"In the week of 9–15 February 2026, {said} {SOURCE}"


TOP = "the tokens of the two most-used models on OpenRouter; these two models made 80.0 % of all tokens"
REST = "all tokens include the unnamed rest, 6.0 % of them"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"countries": frozenset({"US"})},
            "US models made 30.0 % of all tokens on OpenRouter (2.10 trillion tokens), behind Chinese models with "
            f"50.0 % (3.50 trillion); {REST}",
        ),
        (
            {"countries": frozenset({"CN"})},
            "Chinese models made 50.0 % of all tokens on OpenRouter (3.50 trillion tokens), ahead of US models with "
            f"30.0 % (2.10 trillion); {REST}",
        ),
        (
            {"countries": frozenset({"CN", "US"})},
            "Chinese models made 50.0 % (3.50 trillion tokens) and US models 30.0 % (2.10 trillion) of all tokens on "
            f"OpenRouter; {REST}",
        ),
        (
            {"countries": frozenset({"CN", "US", "FR"})},
            "Chinese models made 50.0 % (3.50 trillion tokens), US models 30.0 % (2.10 trillion) and models from "
            f"France 10.0 % (700 billion) of all tokens on OpenRouter; {REST}",
        ),
        (
            {"countries": frozenset({"CN", "US", "FR", "Unattributed"})},
            "Chinese models, US models, models from France and models of no known country and the unnamed rest "
            f"together made 100.0 % of all tokens on OpenRouter (7.00 trillion tokens); {REST}",
        ),
        (
            {"countries": frozenset({"Unattributed"})},
            "models of no known country and the unnamed rest made 10.0 % of all tokens on OpenRouter (700 billion "
            f"tokens); {REST}",
        ),
        ({"countries": frozenset({"DE"}), "scope": Scope(2)}, f"models from Germany had no counted part in {TOP}"),
        (
            {"authors": frozenset({"mistralai"}), "scope": Scope(2), "grouping": Grouping.AUTHOR},
            f"models by mistralai had no counted part in {TOP}",
        ),
        (
            {"models": frozenset({LARGE}), "scope": Scope(2), "grouping": Grouping.MODEL},
            f"mistral-large had no counted part in {TOP}",
        ),
        (
            {"countries": frozenset({"US", "FR"}), "scope": Scope(2)},
            "US models made 37.5 % of the tokens of the two most-used models on OpenRouter (2.10 trillion tokens), "
            "behind Chinese models with 62.5 % (3.50 trillion), with none counted for models from France; these two "
            "models made 80.0 % of all tokens",
        ),
        (
            {"models": frozenset({FLASH})},
            "US models made 30.0 % of all tokens on OpenRouter (2.10 trillion tokens), behind Chinese models with "
            f"50.0 % (3.50 trillion); {REST}",
        ),
    ],
)
def test_what_is_marked_is_the_subject(world, changes: dict[str, object], said: str) -> None:
    assert share(world(), **changes) == f"In the week of 9–15 February 2026, {said} {SOURCE}"


@pytest.mark.parametrize(
    ("tokens", "changes", "said"),
    [
        (
            {SEEK: 400, FLASH: 300, TUNE: 200, "other": 100},
            {},
            "Chinese models made 40.0 % of all tokens on OpenRouter (2.80 trillion tokens), among those attributed "
            "ahead of US models with 30.0 % (2.10 trillion), while 30.0 % could not be attributed; all tokens include "
            "the unnamed rest, 10.0 % of them",
        ),
        (
            {SEEK: 400, FLASH: 300, TUNE: 200, "other": 100},
            {"countries": frozenset({"US"})},
            "US models made 30.0 % of all tokens on OpenRouter (2.10 trillion tokens), among those attributed behind "
            "Chinese models with 40.0 % (2.80 trillion), while 30.0 % could not be attributed; all tokens include the "
            "unnamed rest, 10.0 % of them",
        ),
        (
            {SEEK: 400, FLASH: 400, TUNE: 200},
            {"scope": LISTED},
            "Chinese models made 40.0 % of the tokens of all named models on OpenRouter (2.80 trillion tokens), among "
            "those attributed level with US models, while 20.0 % could not be attributed; the named models made "
            "100.0 % of all tokens",
        ),
        (
            {SEEK: 400, TUNE: 600},
            {"scope": LISTED},
            "Chinese models made 40.0 % of the tokens of all named models on OpenRouter (2.80 trillion tokens), the "
            "most among those attributed, while 60.0 % could not be attributed; the named models made 100.0 % of all "
            "tokens",
        ),
        (
            {SEEK: 600, TUNE: 400},
            {},
            "Chinese models made 60.0 % of all tokens on OpenRouter (4.20 trillion tokens)",
        ),
        (
            {SEEK: 500, FLASH: 500},
            {},
            "Chinese models made 50.0 % of all tokens on OpenRouter (3.50 trillion tokens), level with US models",
        ),
        (
            {TUNE: 600, "other": 400},
            {},
            "models of no known country and the unnamed rest made 100.0 % of all tokens on OpenRouter (7.00 trillion "
            "tokens); all tokens include the unnamed rest, 40.0 % of them",
        ),
        (
            {SEEK: 300, FLASH: 200, "other": 500},
            {"grouping": Grouping.MODEL},
            "deepseek-r1 made 30.0 % of all tokens on OpenRouter (2.10 trillion tokens), ahead of gemini-3-flash with "
            "20.0 % (1.40 trillion); all tokens include the unnamed rest, 50.0 % of them",
        ),
        (
            {SEEK: 300, FLASH: 200, "other": 500},
            {"grouping": Grouping.MODEL, "models": frozenset({"other"})},
            "the unnamed models made 50.0 % of all tokens on OpenRouter (3.50 trillion tokens); all tokens include the "
            "unnamed rest, 50.0 % of them",
        ),
    ],
)
def test_a_lead_is_no_surer_than_the_unattributed_leave_it(
    world, tokens: dict[str, int], changes: dict[str, object], said: str
) -> None:
    assert share(world(tokens), **changes) == f"In the week of 9–15 February 2026, {said} {SOURCE}"


def test_many_marked_bands_are_counted_and_only_the_first_named() -> None:
    bands = [Band(f"a/m{i}", f"m{i}", 10 - i) for i in range(8)]
    of = Whole(LISTED, 8, 100, 100, 0)
    marked = frozenset(band.key for band in bands)
    said = read(sentences.share(say("In May 2026"), Grouping.MODEL, bands, of, marked, say("(S)")))
    assert said == (
        "In May 2026, eight models (among them m0, m1 and m2) together made 52.0 % of the tokens of all named models "
        "on OpenRouter (52 tokens); the named models made 100.0 % of all tokens (S)."
    )
    said = read(sentences.share(say("In May 2026"), Grouping.COUNTRY, bands, of, marked, say("(S)")))
    assert "the models of eight countries (among them m0, m1 and m2) together made 52.0 %" in said


def test_many_marked_bands_without_tokens_are_not_listed() -> None:
    bands = [Band("a/m", "m", 10), *(Band(f"a/m{i}", f"m{i}", 0) for i in range(4))]
    marked = frozenset(band.key for band in bands)
    said = read(sentences.share(say("In May"), Grouping.MODEL, bands, Whole(ALL, 1, 10, 10, 0), marked, say("(S)")))
    assert said == "In May, m made 100.0 % of all tokens on OpenRouter (10 tokens) (S)."


# --- which models were used most


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"scope": ALL},
            "the most-used models were deepseek-r1 (3.50 trillion tokens, 50.0 %), gemini-3-flash (2.10 trillion, "
            "30.0 %) and mistral-large (700 billion, 10.0 %), as shares of all tokens on OpenRouter; all tokens "
            "include the unnamed rest, 6.0 % of them",
        ),
        (
            {"scope": Scope(2)},
            "the most-used models were deepseek-r1 (3.50 trillion tokens, 62.5 %) and gemini-3-flash (2.10 trillion, "
            "37.5 %), as shares of the tokens of the two most-used models on OpenRouter; these two models made 80.0 % "
            "of all tokens",
        ),
        (
            {"scope": Scope(1)},
            "the most-used model was deepseek-r1 (3.50 trillion tokens, 100.0 %), as a share of the tokens of the "
            "most-used model on OpenRouter; that model made 50.0 % of all tokens",
        ),
        (
            {"scope": LISTED, "search": "france"},
            "the most-used model matching “france” was mistral-large (700 billion tokens, 10.6 %), as a share of the "
            "tokens of all named models on OpenRouter; the named models made 94.0 % of all tokens",
        ),
        (
            {"scope": LISTED, "search": "e-"},
            "the most-used models matching “e-” were mistral-large (700 billion tokens, 10.6 %) and fine-tune (280 "
            "billion, 4.3 %), as shares of the tokens of all named models on OpenRouter; the named models made 94.0 % "
            "of all tokens",
        ),
    ],
)
def test_the_first_models(world, changes: dict[str, object], said: str) -> None:
    assert first(world(), **changes) == f"In the week of 9–15 February 2026, {said} {SOURCE}"


def test_the_unnamed_rest_is_none_of_the_first_models(world) -> None:
    assert first(world({SEEK: 1, "other": 9})) == (
        "In the week of 9–15 February 2026, the most-used model was deepseek-r1 (7.00 billion tokens, 10.0 %), as a "
        f"share of all tokens on OpenRouter; all tokens include the unnamed rest, 90.0 % of them {SOURCE}"
    )


# --- the window, and how the data is read


def brushed(start: str, end: str) -> dict[str, object]:
    return {"brush": span(date.fromisoformat(start), date.fromisoformat(end))}


def test_a_window_that_is_not_over_says_so_far(world) -> None:
    dataset = world({SEEK: 1}, count=3)
    assert first(dataset, **brushed("2026-02-09", "2026-02-15")).startswith(
        "In the week of 9–15 February 2026 so far (3 of 7 days with data), the most-used model was"
    )
    live = world({SEEK: 1}, as_of="2026-02-15")
    assert first(live, **brushed("2026-02-09", "2026-02-15")).startswith(
        "In the week of 9–15 February 2026 so far (6 of 7 days complete), the most-used model was"
    )
    assert share(live, span=WEEK).startswith(
        "In the week of 9–15 February 2026 so far (6 of 7 days complete), Chinese models made 100.0 %"
    )


def test_days_without_data_are_said(world_of) -> None:
    rows = days({SEEK: 1})
    rows = {key: tokens for key, tokens in rows.items() if key[0] not in ("2026-02-10", "2026-02-12")}
    dataset = world_of(rows, as_of="2026-05-05").dataset
    for said in (share(dataset), first(dataset)):
        assert said.startswith("In the week of 9–15 February 2026 (5 of 7 days with data), ")


def test_windows_of_every_kind(world) -> None:
    dataset = world({SEEK: 1}, first=date(2026, 1, 26), count=40)
    starts = {
        ("2026-02-09", "2026-02-09"): "On 9 February 2026, ",
        ("2026-02-01", "2026-02-28"): "In February 2026, ",
        ("2026-02-10", "2026-02-12"): "From 10 February 2026 to 12 February 2026, ",
    }
    for (start, end), words in starts.items():
        assert first(dataset, **brushed(start, end)).startswith(words)
    assert share(dataset, grain=Grain.MONTH).startswith("In February 2026, ")
    assert share(dataset, grain=Grain.DAYS_7).startswith("In the 7 days to 6 March 2026, ")


def test_the_share_is_told_of_the_brushed_period_else_of_the_last_complete_one(world) -> None:
    dataset = world({SEEK: 1}, first=date(2026, 2, 2), count=17)  # two weeks and three days
    assert share(dataset).startswith("In the week of 9–15 February 2026, ")
    assert share(dataset, **brushed("2026-02-02", "2026-02-08")).startswith("In the week of 2–8 February 2026, ")
    assert share(dataset, **brushed("2026-02-02", "2026-02-15")).startswith("In the week of 9–15 February 2026, ")
    assert share(dataset, **brushed("2026-02-16", "2026-02-22")).startswith(
        "From 16 February 2026 to 18 February 2026, "
    )
    assert share(dataset, **brushed("2026-02-04", "2026-02-05")).startswith("In the week of 2–8 February 2026, ")
    assert share(dataset, **brushed("2026-01-05", "2026-01-11")) == ""


def test_an_unknown_as_of_date_is_said(world) -> None:
    assert share(world(as_of="")).endswith("(OpenRouter rankings, as-of date not stated).")


def test_two_vintages_are_both_said(world_of, provenance_of) -> None:
    dataset = world_of(days(DAY), as_of="2026-05-05").dataset
    more = (*dataset.provenance, provenance_of(WEEK.start, WEEK.start, "", "b.csv"))
    both = Dataset(dataset.source, dataset.cube, dataset.origins, dataset.prices, more)
    assert share(both).endswith(
        "(OpenRouter rankings as of 5 May 2026; as-of date not stated for data to 9 February 2026)."
    )


def test_how_the_data_is_read_is_said_where_it_is_not_the_default(world) -> None:
    dataset = world()
    said = {
        (Known.NOW, Variants.APART): "(OpenRouter rankings as of 5 May 2026).",
        (Known.THEN, Variants.APART): "(OpenRouter rankings as of 5 May 2026; as known then).",
        (Known.NOW, Variants.MERGED): "(OpenRouter rankings as of 5 May 2026; variants merged).",
        (Known.THEN, Variants.MERGED): "(OpenRouter rankings as of 5 May 2026; as known then; variants merged).",
    }
    for (known, variants), end in said.items():
        selection = Selection(known=known, variants=variants)
        for view in ("share", "leaderboard"):
            assert read(table_of(view, dataset, selection).caption.sentence).endswith(end)


def test_ones_own_attributions_are_said_where_the_sentence_rests_on_them(world) -> None:
    dataset = world()
    own = Overrides((Origin("deepseek", "DeepSeek", "FR", date(2023, 1, 1)),))
    dataset = dataset.with_origins(dataset.origins.overridden(own))
    end = "; with attributions of one's own)."
    said = share(dataset)
    assert "models from France made 60.0 %" in said
    assert said.endswith(end)
    assert share(dataset, grouping=Grouping.AUTHOR).endswith(end)
    assert share(dataset, grouping=Grouping.MODEL).endswith(SOURCE)
    assert first(dataset).endswith(SOURCE)


def test_an_anonymous_model_counts_as_known_then(world) -> None:
    dataset = world({"openrouter/pony-alpha": 600, FLASH: 300, SEEK: 100})
    reveal = Reveal("openrouter/pony-alpha", "deepseek", date(2026, 3, 1))
    dataset = dataset.with_origins(Origins(dataset.origins.rows, {"CN": "China"}, (reveal,)))
    now, then = (
        read(table_of("share", dataset, Selection(known=known)).caption.sentence) for known in (Known.NOW, Known.THEN)
    )
    assert "Chinese models made 70.0 % of all tokens on OpenRouter (4.90 trillion tokens), ahead of US" in now
    assert "US models made 30.0 %" in then
    assert "among those attributed ahead of Chinese models with 10.0 %" in then
    assert "while 60.0 % could not be attributed" in then


def test_an_empty_table_has_no_sentence(world) -> None:
    dataset, nothing = world(), datasets.rankings(datasets.Frames(), Origins(()), ())
    tables: list[Table] = [make(nothing, Selection()) for make in (leaderboard.table, shares.table, price_table.table)]
    elsewhere = Selection(span=span(date(2020, 1, 1), date(2020, 1, 2)))
    tables += [make(dataset, elsewhere) for make in (leaderboard.table, shares.table, price_table.table)]
    tables += [leaderboard.table(dataset, Selection(search="nowhere")), price_table.table(dataset, Selection())]
    empty = datasets.published((), dataset.origins)
    tables += [make(empty, Selection(source=Source.PUBLISHED)) for make in PUBLISHED.values()]
    for table in tables:
        assert table.empty is not None
        assert str(table.caption.sentence) == ""


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_sentence_is_one_sentence_about_some_number(data, worlds) -> None:
    dataset = data.draw(worlds).dataset
    selection = Selection(
        grain=data.draw(st.sampled_from(Grain)),
        scope=data.draw(st.sampled_from((Scope(1), Scope(3), LISTED, ALL))),
        grouping=data.draw(st.sampled_from(Grouping)),
        countries=data.draw(st.frozensets(st.sampled_from(("CN", "US", "FR", "DE", "Unattributed")))),
        search=data.draw(st.sampled_from(("", "claude"))),
    )
    chart, board = shares.table(dataset, selection), leaderboard.table(dataset, selection)
    found = [read(table.caption.sentence) for table in (chart, board)]
    assert [said != "" for said in found] == [bool(chart.series.scope_total.any()), bool(set(board.ids) - {"other"})]
    for said in filter(None, found):
        assert said[0].isupper()
        assert said.endswith(").")
        assert [flaw for flaw in ("{", "}", "  ", " ,", ",,", " ;", "nan", "None") if flaw in said] == []


# --- what models cost

DOLLARS = "(OpenRouter models API, as of 10 February 2026)."


def price(model: str, output: float | None, given: float | None = 1.0) -> Price:
    return Price(model, "", model, given, output)


def listed(*prices: Price, day: date = date(2026, 2, 10), stated: bool = True) -> DatedPrices:
    return DatedPrices(to_day(day), MODELS_API, prices, stated)


@pytest.mark.parametrize(
    ("outputs", "changes", "said"),
    [
        (
            {SEEK: 0.5, FLASH: 3.0, LARGE: 25.0, TUNE: 1.0},
            {},
            "output of the four most-used models in the week of 9–15 February 2026 cost from $0.50 per million tokens "
            "(deepseek-r1) to $25 (mistral-large), 50.0 times as much",
        ),
        (
            {SEEK: 0.5, FLASH: 3.0, LARGE: 25.0, TUNE: 1.0},
            {"baseline": FLASH},
            "output of the four most-used models in the week of 9–15 February 2026 cost from $0.50 per million tokens "
            "(deepseek-r1) to $25 (mistral-large); gemini-3-flash at $3 cost 6.00 times as much as the one and 0.120 "
            "times as much as the other",
        ),
        (
            {SEEK: 0.5, FLASH: 3.0, LARGE: 25.0, TUNE: 0.0},
            {"baseline": SEEK},
            "output of the four most-used models in the week of 9–15 February 2026 cost from $0.50 per million tokens "
            "(deepseek-r1) to $25 (mistral-large), 50.0 times as much, one free model left out",
        ),
        (
            {SEEK: 2.0, FLASH: 2.0, LARGE: 0.0, TUNE: 0.0},
            {},
            "output of the four most-used models in the week of 9–15 February 2026 cost $2 per million tokens each, "
            "two free models left out",
        ),
        (
            {SEEK: 2.0, FLASH: 3.0},
            {},
            "output of the two whose price is known among the four most-used models in the week of 9–15 February 2026 "
            "cost from $2 per million tokens (deepseek-r1) to $3 (gemini-3-flash), 1.50 times as much",
        ),
        (
            {SEEK: 2.0, FLASH: 0.0, LARGE: 0.0, TUNE: 0.0},
            {},
            "of the four most-used models in the week of 9–15 February 2026 all were free but deepseek-r1, whose "
            "output cost $2 per million tokens",
        ),
        (
            {SEEK: 0.0, FLASH: 0.0, LARGE: 0.0, TUNE: 0.0},
            {},
            "output of the four most-used models in the week of 9–15 February 2026 was free",
        ),
        (
            {SEEK: 2.0, FLASH: 10.0},
            {"models": frozenset({SEEK})},
            "output of deepseek-r1 cost $2 per million tokens, against $10 of gemini-3-flash, 5.00 times as much",
        ),
        ({SEEK: 2.0}, {}, "output of deepseek-r1 cost $2 per million tokens"),
        ({SEEK: 0.0}, {}, "output of deepseek-r1 was free"),
        (
            {SEEK: 2.0, FLASH: 10.0, LARGE: 25.0},
            {"countries": frozenset({"CN", "US"})},
            "output of the two chosen models with tokens in the week of 9–15 February 2026 cost from $2 per million "
            "tokens (deepseek-r1) to $10 (gemini-3-flash); mistral-large at $25 cost 12.5 times as much as the one and "
            "2.50 times as much as the other",
        ),
    ],
)
def test_what_output_costs(world_of, outputs: dict[str, float], changes: dict[str, object], said: str) -> None:
    prices = listed(*(price(model, output) for model, output in outputs.items()))
    dataset = world_of(days(DAY), as_of="2026-05-05", prices=(prices,)).dataset
    found = price_table.table(dataset, Selection().but(**changes)).caption.sentence
    assert read(found) == f"On 15 February 2026, {said} {DOLLARS}"


@pytest.mark.parametrize(
    ("pricing", "said"),
    [
        (
            Pricing(compared=Compared.BLENDED, ratio=1.0),
            "blended use of the three most-used models in the week of 9–15 February 2026 (one input token per output "
            "token, none cached) cost from $1.50 per million tokens (deepseek-r1) to $5.50 (mistral-large), 3.67 times "
            "as much",
        ),
        (
            Pricing(compared=Compared.BLENDED, ratio=3.0, cached=0.3),
            "blended use of the three most-used models in the week of 9–15 February 2026 (3.00 input tokens per output "
            "token, 30 % of the input cached) cost from $1.08 per million tokens (deepseek-r1) to $3.52 "
            "(mistral-large), 3.26 times as much",
        ),
        (
            Pricing(compared=Compared.CACHED),
            "cached input of the two whose cache price is stated among the three most-used models in the week of "
            "9–15 February 2026 cost from $0.25 per million tokens (deepseek-r1) to $1 (mistral-large), 4.00 times as "
            "much",
        ),
    ],
)
def test_the_sentence_is_of_what_is_compared(world_of, pricing: Pricing, said: str) -> None:
    prices = listed(
        Price(SEEK, "", SEEK, 1.0, 2.0, 0.25),
        Price(FLASH, "", FLASH, 2.0, 3.0),
        Price(LARGE, "", LARGE, 2.0, 9.0, 1.0),
    )
    rows = {key: count for key, count in days(DAY).items() if key[1] in (SEEK, FLASH, LARGE)}
    dataset = world_of(rows, prices=(prices,)).dataset
    found = read(price_table.table(dataset, Selection(pricing=pricing)).caption.sentence)
    assert said in found


def test_a_price_of_input_alone_makes_no_sentence(world_of) -> None:
    dataset = world_of(days(DAY), prices=(listed(price(SEEK, None, 1.0)),)).dataset
    table = price_table.table(dataset, Selection())
    assert len(table) == 1
    assert str(table.caption.sentence) == ""


def test_models_of_equal_price_against_a_baseline() -> None:
    said = price_sentence.sentence(
        "1 May 2026", say("the two models"), [Offer("a", 2.0), Offer("b", 2.0)], Offer("c", 3.0), say("(S)")
    )
    assert str(said) == (
        "On 1 May 2026, output of the two models cost $2 per million tokens each, against $3 of c, 1.50 times as much "
        "(S)."
    )


def test_a_baseline_among_equals_is_the_one_named() -> None:
    offers = [Offer("a", 1.0), Offer("b", 1.0), Offer("c", 5.0), Offer("d", 5.0)]
    for base, named in ((offers[1], "(b) to $5 (c)"), (offers[3], "(a) to $5 (d)"), (offers[2], "(a) to $5 (c)")):
        said = str(price_sentence.sentence("1 May 2026", say("the four models"), offers, base, say("(S)")))
        assert said == (
            f"On 1 May 2026, output of the four models cost from $1 per million tokens {named}, 5.00 times as much (S)."
        )


def test_where_prices_come_from(world_of) -> None:
    catalogue = DatedPrices(UNDATED, CATALOGUE, (price(FLASH, 3.0),))
    dated = DatedPrices(to_day(date(2026, 1, 1)), CATALOGUE, (price(FLASH, 3.0),))
    old = listed(price(SEEK, 1.0), stated=False)
    cases = {
        (catalogue,): "(the genai-prices catalogue, as-of date not stated).",
        (dated,): "(the genai-prices catalogue).",
        (old,): "(OpenRouter models API, as-of date not stated).",
        (listed(price(SEEK, 1.0)), dated): (
            "(OpenRouter models API, as of 10 February 2026; the genai-prices catalogue)."
        ),
    }
    for lists, end in cases.items():
        dataset = world_of(days(DAY), prices=lists).dataset
        assert str(price_table.table(dataset, Selection()).caption.sentence).endswith(f" {end}")


def test_prices_of_merged_variants_say_so(world_of) -> None:
    dataset = world_of(days(DAY), prices=(listed(price(SEEK, 1.0)),)).dataset
    said = table_of("prices", dataset, Selection(variants=Variants.MERGED)).caption.sentence
    assert str(said).endswith("as of 10 February 2026; variants merged).")


# --- what stories printed

PUBLISHED = {"leaderboard": published.leaderboard, "share": published.share, "prices": published.prices}
MONTH = span(date(2026, 2, 1), date(2026, 2, 28))


def figure(entity: str, window: Span, value: float, **more: str) -> Figure:
    given = {"publisher": "The Daily", "published": "2026-02-27", "printed": "", "model": ""} | more
    return Figure(
        f"{entity} {window.first} {given}",
        "as worded",
        window.start,
        window.end,
        "top 9",
        entity,
        "tokens",
        value,
        "T",
        "A story",
        **given,
    )


STORIES = (
    figure("China", WEEK, 4.12, printed="4.12"),
    figure("US", WEEK, 2.94, printed="2.94"),
    figure("Gemini", MONTH, 3.0, model=FLASH, printed="3.0", qualifier="about"),
    figure("R1", MONTH, 4.55, model=SEEK),
    figure("Large", MONTH, 2.0, model=LARGE),
    figure("Tune", MONTH, 1.0, model=TUNE),
    figure("R1", WEEK, 1.2, model=SEEK, publisher="The Weekly"),
    figure("Gemini", WEEK, 1.1, model=FLASH, publisher="The Hourly", published="2026-02"),
)


@pytest.mark.parametrize(
    ("view", "changes", "said"),
    [
        (
            "leaderboard",
            {},
            "In February 2026, deepseek-r1 made 4.55 trillion tokens, gemini-3-flash about 3.0 trillion and "
            "mistral-large 2 trillion, as printed by The Daily, 2026-02-27; no total of all models is stated with it.",
        ),
        (
            "leaderboard",
            {"search": "google"},
            "In February 2026, among models matching “google”, gemini-3-flash made about 3.0 trillion tokens, as "
            "printed by The Daily, 2026-02-27; no total of all models is stated with it.",
        ),
        (
            "share",
            {},
            "In the week of 9–15 February 2026, Chinese models made 4.12 trillion tokens and US models 2.94 trillion, "
            "58.4 % and 41.6 % of the sum of the printed totals, as printed by The Daily, 2026-02-27; printed totals "
            "are sums over the few models of one chart, not over all models.",
        ),
        (
            "share",
            {"countries": frozenset({"US"})},
            "In the week of 9–15 February 2026, US models made 2.94 trillion tokens, 41.6 % of the sum of the printed "
            "totals, as printed by The Daily, 2026-02-27; printed totals are sums over the few models of one chart, "
            "not over all models.",
        ),
        (
            "share",
            {"grouping": Grouping.MODEL},
            "In the week of 9–15 February 2026, deepseek-r1 made 1.2 trillion tokens (The Weekly, 2026-02-27) and "
            "gemini-3-flash 1.1 trillion (The Hourly, 2026-02), as printed; no total of all models is stated with it.",
        ),
        ("share", {"brush": span(date(2026, 3, 2), date(2026, 3, 8))}, ""),
        (
            "prices",
            {},
            "On 28 February 2026, output of the first four models that stories of February 2026 name cost from $1 per "
            "million tokens (deepseek-r1) to $4 (fine-tune), 4.00 times as much (OpenRouter models API, as of 10 "
            "February 2026).",
        ),
        (
            "prices",
            {"models": frozenset({SEEK, FLASH})},
            "On 28 February 2026, output of the two chosen models that stories of February 2026 name cost from $1 per "
            "million tokens (deepseek-r1) to $2 (gemini-3-flash); fine-tune at $4 cost 4.00 times as much as the one "
            "and 2.00 times as much as the other (OpenRouter models API, as of 10 February 2026).",
        ),
    ],
)
def test_what_was_printed(origins: Origins, view: str, changes: dict[str, object], said: str) -> None:
    prices = listed(price(SEEK, 1.0), price(FLASH, 2.0), price(LARGE, 3.0), price(TUNE, 4.0))
    dataset = datasets.published(STORIES, origins, (prices,))
    selection = Selection(source=Source.PUBLISHED, brush=MONTH).but(**changes)
    assert read(PUBLISHED[view](dataset, selection).caption.sentence) == said


# --- the real history


def test_the_week_of_the_stories_in_the_real_history(history) -> None:
    selection = Selection(brush=WEEK, scope=Scope(9))
    named = history.inside(WEEK).query("model != 'other'").groupby("model").tokens.sum().nlargest(9)
    whole = history.inside(WEEK).tokens.sum()
    country = [history.group(model, Grouping.COUNTRY, WEEK.end) for model in named.index]
    chinese = sum(tokens for tokens, where in zip(named, country, strict=True) if where == "CN")
    assert set(country) == {"CN", "US"}
    assert (f"{chinese / named.sum():.1%}", f"{named.sum() / whole:.1%}") == ("58.4%", "53.7%")
    assert share(history.dataset, brush=WEEK, scope=Scope(9)) == (
        "In the week of 9–15 February 2026, Chinese models made 58.4 % of the tokens of the nine most-used models on "
        "OpenRouter (4.12 trillion tokens), ahead of US models with 41.6 % (2.93 trillion); these nine models made "
        "53.7 % of all tokens (OpenRouter rankings as of 5 May 2026)."
    )
    assert read(leaderboard.table(history.dataset, selection).caption.sentence) == (
        "In the week of 9–15 February 2026, the most-used models were minimax-m2.5 (1.44 trillion tokens, 20.4 %), "
        "kimi-k2.5 (1.30 trillion, 18.4 %) and gemini-3-flash-preview (776 billion, 11.0 %), as shares of the tokens "
        "of the nine most-used models on OpenRouter; these nine models made 53.7 % of all tokens (OpenRouter rankings "
        "as of 5 May 2026)."
    )


def test_over_all_tokens_the_us_led_that_week(history) -> None:
    assert share(history.dataset, brush=WEEK) == (
        "In the week of 9–15 February 2026, US models made 50.4 % of all tokens on OpenRouter (6.62 trillion tokens), "
        "ahead of Chinese models with 41.5 % (5.44 trillion); all tokens include the unnamed rest, 5.9 % of them "
        "(OpenRouter rankings as of 5 May 2026)."
    )
