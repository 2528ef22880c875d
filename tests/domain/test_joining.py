"""One model under one name, counted again by plain pandas; and what stays apart."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.dataset import rankings
from explorer.domain.joining import bases, joined
from explorer.domain.origins import Known, Origins
from explorer.domain.periods import span
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.schema import DatedPrices, Frames, Price, UsageFrame, check, to_day
from explorer.domain.selection import Variants
from explorer.sources import read
from explorer.store import Store

FIRST = date(2026, 5, 1)

SONNET, SONNET_SLUG = "anthropic/claude-sonnet-4.5", "anthropic/claude-4.5-sonnet-20250929"
KIMI, KIMI_SLUG = "moonshotai/kimi-k2.5", "moonshotai/kimi-k2.5-0127"
QWEN, QWEN_SLUG = "qwen/qwen3-235b-2507", "qwen/qwen3-235b-07-25"
# In the lists are the names of one model; the others differ by suffixes alone.
LISTED = ((SONNET, SONNET_SLUG), (KIMI, KIMI_SLUG), (QWEN, QWEN_SLUG))
UNLISTED = (("z-ai/glm-5", "z-ai/glm-5-20260211"), ("Z-AI/glm-4:free", "z-ai/glm-4-0414:free"))
# Where both dated ones are listed nobody can tell which of them the plain one is.
DATED = ("openai/gpt-4o-2024-08-06", "openai/gpt-4o-2024-11-20")
TOLD_APART = (
    (*DATED, "openai/gpt-4o"),
    ("moonshotai/kimi-k2.5-0711",),
    ("moonshotai/kimi-k2.5:free",),
    ("openai/gpt-4.1", "openai/gpt-4.1-mini"),
    ("other",),
    ("other-2025",),
    ("",),
)


def priced(*pairs: tuple[str, str], day: int = 0, source: str = MODELS_API) -> DatedPrices:
    listed = tuple(Price(slug, canonical, slug, 1.0, 2.0) for slug, canonical in pairs)
    return DatedPrices(to_day(FIRST) - 30 + day, source, listed)


LISTS = (priced(*LISTED),)


def usage(*rows: tuple[int, str, int], live: frozenset[int] = frozenset()) -> UsageFrame:
    """Rows of (day from 1 on, model, tokens) as a store gives them."""
    models = tuple(sorted({model for _, model, _ in rows}))
    return UsageFrame(
        np.array([to_day(FIRST) + day - 1 for day, _, _ in rows], np.int32),
        np.array([models.index(model) for _, model, _ in rows], np.int32),
        np.array([tokens for _, _, tokens in rows], np.int64),
        models,
        live,
    )


def rows(frame: UsageFrame) -> list[tuple[int, str, int]]:
    days = (frame.day - to_day(FIRST) + 1).tolist()
    names = [frame.models[code] for code in frame.model.tolist()]
    return list(zip(days, names, frame.tokens.tolist(), strict=True))


def renamed(long: pd.DataFrame) -> dict[str, str]:
    """The name of every slug, family by family."""
    used = long[long.tokens > 0]
    newest = used.groupby("model").day.max().to_dict()
    names = {model: model for model in long.model}
    dated = [slug for slug in DATED if slug in names]
    for family in (*LISTED, *UNLISTED, *([(*dated, "openai/gpt-4o")] if len(dated) < 2 else [])):
        here = used[used.model.isin(family)]
        if not here.day.duplicated().any():
            present = [model for model in family if model in names]
            names |= dict.fromkeys(present, max(present, key=lambda m: (newest.get(m, 0), m), default=""))
    return names


frames = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.sampled_from([slug for family in (*LISTED, *UNLISTED, *TOLD_APART) for slug in family]),
        st.sampled_from((0, 1, 7, 2**53 + 1)),
    ),
    max_size=25,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=300, deadline=None)
@given(frames, st.sets(st.integers(1, 12)))
def test_every_model_has_one_name_and_its_tokens(made: list[tuple[int, str, int]], live: set[int]) -> None:
    frame = usage(*made, live=frozenset(live))
    found = joined(frame, LISTS)
    check(found)
    long = pd.DataFrame(made, columns=["day", "model", "tokens"])
    names = renamed(long)
    expected = long.assign(model=long.model.map(names)).groupby(["day", "model"]).tokens.sum().to_dict()
    assert {(day, model): tokens for day, model, tokens in rows(found)} == expected
    assert set(found.models) == set(names.values()) and list(found.models) == sorted(found.models)
    assert found.live == live
    assert [row for row in rows(found) if row[1] == "other"] == [row for row in made if row[1] == "other"]
    before, after = long.groupby("day").tokens.sum(), pd.DataFrame(rows(found), columns=long.columns)
    assert after.groupby("day").tokens.sum().to_dict() == before.to_dict()


@settings(max_examples=100, deadline=None)
@given(frames)
def test_joining_again_changes_nothing(made: list[tuple[int, str, int]]) -> None:
    once = joined(usage(*made), LISTS)
    assert rows(joined(once, LISTS)) == rows(once)


def test_a_model_has_the_name_of_its_newest_day_whatever_the_order_of_rows() -> None:
    frame = usage((3, KIMI, 5), (9, SONNET_SLUG, 2), (1, SONNET, 4), (4, KIMI_SLUG, 1), (5, KIMI, 3))
    assert rows(joined(frame, LISTS)) == [
        (3, KIMI, 5),
        (9, SONNET_SLUG, 2),
        (1, SONNET_SLUG, 4),
        (4, KIMI, 1),
        (5, KIMI, 3),
    ]
    assert joined(frame, LISTS).models == (SONNET_SLUG, KIMI)


def test_slugs_with_tokens_on_the_same_day_stay_apart_and_so_does_their_whole_model() -> None:
    names = ("a/m", "a/m-20260101", "b/m")
    lists = (priced(("a/m", "a/m-20260101")), priced(("b/m", "a/m-20260101"), day=-9))
    apart = usage((1, names[0], 4), (2, names[1], 5), (3, names[1], 6), (3, names[2], 1))
    assert joined(apart, lists).models == names
    one = usage((1, names[0], 4), (2, names[1], 5), (3, names[1], 6), (3, names[2], 0))
    assert rows(joined(one, lists)) == [(1, names[1], 4), (2, names[1], 5), (3, names[1], 6)]


def test_a_day_without_tokens_under_either_name_is_one_row() -> None:
    found = joined(usage((1, KIMI, 0), (1, KIMI_SLUG, 0), (2, KIMI, 0), (2, KIMI_SLUG, 3)), LISTS)
    assert sorted(rows(found)) == [(1, KIMI_SLUG, 0), (2, KIMI_SLUG, 3)]


@pytest.mark.parametrize(
    ("slugs", "lists", "one"),
    [
        # Flipped and renamed names are one model by the lists alone.
        ((SONNET, SONNET_SLUG), LISTS, True),
        ((SONNET, SONNET_SLUG), (), False),
        ((SONNET, SONNET_SLUG), (priced((SONNET, SONNET_SLUG), source=CATALOGUE),), False),
        (
            ("thudm/glm-4", "z-ai/glm-4"),
            (priced(("thudm/glm-4", "z-ai/glm-4-0414")), priced(("z-ai/glm-4", "z-ai/glm-4-0414"), day=9)),
            True,
        ),
        # The newest list that names a slug says which model it is.
        ((KIMI, "moonshotai/kimi-k2.5-0905"), (*LISTS, priced((KIMI, "moonshotai/kimi-k2.5-0905"), day=9)), True),
        ((KIMI, KIMI_SLUG), (*LISTS, priced((KIMI, "moonshotai/kimi-k2.5-0905"), day=9)), False),
        # An id whose canonical slug was given its date later.
        ((KIMI, KIMI_SLUG), (priced((KIMI, KIMI)), priced((KIMI, KIMI_SLUG), day=9)), True),
        # A canonical slug goes before an id in the same list.
        (("a/m", "a/m-0528"), (priced(("a/m", "a/m-0528"), ("a/m-old", "a/m")),), False),
        (("a/m", "a/m-old"), (priced(("a/m", "a/m-0528"), ("a/m-old", "a/m")),), True),
        # By the suffix: where the lists name neither, or no other.
        (("z-ai/glm-5", "z-ai/glm-5-20260211"), LISTS, True),
        (("Z-ai/glm-5", "z-ai/glm-5-20260211"), (), True),
        ((QWEN, QWEN_SLUG), (), False),
        (("qwen/qwen3-235b", QWEN), LISTS, True),
        (("a/m", "a/m-0528"), (priced(("a/m-0528", "a/m-0528"), ("a/m-0731", "a/m-0731")),), False),
        ((KIMI, "moonshotai/kimi-k2.5-0711"), LISTS, False),
        (("deepseek/r1", "deepseek/r1-0528"), (priced(("deepseek/r1", "deepseek/r1")),), False),
        # Lists without canonical slugs tell no models apart.
        ((KIMI, KIMI_SLUG), (priced((KIMI, ""), ("moonshotai/kimi", "")),), True),
        # Variants: apart from their model, one among themselves.
        ((KIMI, f"{KIMI}:free"), LISTS, False),
        ((f"{KIMI}:free", f"{KIMI}:thinking"), LISTS, False),
        ((f"{SONNET}:thinking", f"{SONNET_SLUG}:thinking"), LISTS, True),
        ((f"{KIMI}:free", f"{KIMI_SLUG}:free"), (priced((KIMI, KIMI_SLUG), (f"{KIMI}:free", KIMI_SLUG)),), True),
        ((f"{KIMI}:free", f"{KIMI_SLUG}:free"), (priced((f"{KIMI}:free", f"{KIMI_SLUG}:free")),), True),
        (("a/m:free", "a/m-0101:free"), (), True),
        (("a/m:free", "a/m-0101"), (), False),
    ],
)
def test_two_names_of_one_model(slugs: tuple[str, str], lists: tuple[DatedPrices, ...], one: bool) -> None:
    frame = usage((1, slugs[0], 4), (2, slugs[1], 5))
    found = joined(frame, lists)
    assert rows(found) == ([(1, slugs[1], 4), (2, slugs[1], 5)] if one else rows(frame))
    assert joined(frame, tuple(reversed(lists))).models == found.models


def test_nothing_to_join_is_the_same_frame() -> None:
    for frame in (usage(), usage((1, KIMI, 4), (1, "other", 3)), usage((1, KIMI, 4), (1, KIMI_SLUG, 3))):
        assert joined(frame, LISTS) is frame


def test_a_variant_finds_its_model_under_whatever_name() -> None:
    models = (KIMI_SLUG, f"{KIMI}:free", f"{KIMI_SLUG}:thinking", f"{SONNET}:beta", "a/m:free", "a/m-0101")
    assert bases(models, LISTS) == (KIMI_SLUG, KIMI_SLUG, KIMI_SLUG, SONNET, "a/m-0101", "a/m-0101")
    assert bases(models, ()) == (KIMI_SLUG, KIMI_SLUG, KIMI_SLUG, SONNET, "a/m-0101", "a/m-0101")
    # Two variants without their model are still of one; slugs kept apart keep their own variants.
    assert len({*bases((f"{SONNET}:free", f"{SONNET_SLUG}:beta"), LISTS)}) == 1
    assert bases((f"{SONNET}:free", f"{SONNET_SLUG}:beta"), ()) == (SONNET, SONNET_SLUG)
    assert bases((KIMI, f"{KIMI}:free", KIMI_SLUG), LISTS) == (KIMI, KIMI, KIMI_SLUG)
    assert bases((QWEN, f"{QWEN_SLUG}:free"), ()) == (QWEN, QWEN_SLUG)
    assert bases(("other", ""), LISTS) == ("other", "")


def test_a_dataset_has_the_joined_models_and_finds_their_prices() -> None:
    made: Any = [
        (1, SONNET, 40), (1, f"{KIMI}:free", 3), (1, "other", 9), (5, SONNET_SLUG, 20), (5, KIMI_SLUG, 50),
    ]  # fmt: skip
    listed = tuple(Price(slug, canonical, slug, n, n) for n, (slug, canonical) in enumerate(LISTED, 1))
    prices = (DatedPrices(to_day(FIRST) - 30, MODELS_API, listed),)
    dataset = rankings(Frames(usage(*made), prices), Origins(()), ())
    window = span(FIRST, FIRST + timedelta(4))
    assert dataset.cube.models == (SONNET_SLUG, KIMI_SLUG, f"{KIMI}:free")
    assert (dataset.cube.tokens(window).tolist(), dataset.cube.other(window)) == ([60, 50, 3], 9)
    assert dataset.prices.at(window.last).input.tolist()[:2] == [1, 2]
    merged = dataset.read(Known.NOW, Variants.MERGED)
    assert (merged.cube.models, merged.cube.tokens(window).tolist()) == ((SONNET_SLUG, KIMI_SLUG), [60, 53])
    assert merged.prices.at(window.last).input.tolist() == [1, 2]


def test_the_real_history_and_the_real_answers_of_the_api_name_the_same_models(
    shared_data: Path, tmp_path: Path
) -> None:
    data, daily = shared_data / "openrouter", shared_data / "openrouter" / "rankings-daily"
    with Store.open(tmp_path / "store.sqlite") as store:
        for path in (daily / "history.csv", daily / "api" / "2026-06-23.json", data / "models" / "2026-05-15.json"):
            store.add(read(path), "2026-07-01T00:00:00Z")
        frames = store.frames()
    cube = rankings(frames, Origins(()), ()).cube
    assert [model for model in cube.models if "sonnet" in model and "4.5" in model] == [SONNET_SLUG]
    assert {SONNET, SONNET_SLUG} <= set(frames.usage.models)
    answer = json.loads((daily / "api" / "2026-06-23.json").read_text("utf-8"))
    listed = pd.concat(
        [pd.read_csv(daily / "history.csv"), pd.DataFrame(answer["data"]).astype({"total_tokens": "int64"})]
    )
    assert cube.days is not None
    tokens = dict(zip(cube.models, cube.tokens(cube.days).tolist(), strict=True))
    assert tokens[SONNET_SLUG] == listed[listed.model_permaslug.isin([SONNET, SONNET_SLUG])].total_tokens.sum()
    assert sum(tokens.values()) + cube.other(cube.days) == listed.total_tokens.sum()
    gone = set(frames.usage.models) - set(cube.models) - {"other"}
    assert len(gone) == 42
