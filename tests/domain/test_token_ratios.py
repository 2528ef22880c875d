"""Input tokens per output token, against plain pandas and literal numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from explorer.domain import dataset as datasets
from explorer.domain import price_usage, token_ratios
from explorer.domain.blended import OBSERVED_SOURCE
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Origins
from explorer.domain.periods import Span
from explorer.domain.pricing import Pricing
from explorer.domain.schema import Frames, SplitFrame, UsageFrame
from explorer.domain.selection import Selection
from explorer.domain.snapshot import IMPORTED, Basis, Provenance

FIRST = 20485  # 1 February 2026
SPLIT = SplitFrame(
    np.array([FIRST, FIRST, FIRST + 1, FIRST + 3], np.int32),
    np.array([0, 1, 0, 2], np.int32),
    np.array([30, 10, 50, 5], np.int64),
    np.array([10, 10, 0, 0], np.int64),
    np.array([4, 0, 0, 0], np.int64),
    ("a/b", "c/d", "e/f", "unused"),
    ("t.csv",),
)


def dataset_of(split: SplitFrame) -> Dataset:
    usage = UsageFrame(split.day, split.model, split.prompt + split.completion, split.models)
    borrowed = dict.fromkeys(split.day.tolist(), "5a")
    table = Provenance(IMPORTED, "t.csv", IMPORTED, "", Basis.UNKNOWN, "5a", "", "Source: t.csv.", 4)
    return datasets.rankings(Frames(usage, split=split, borrowed=borrowed), Origins([], {}, []), (table,))


def test_ratios_by_model_and_of_all() -> None:
    found = token_ratios.ratios(SPLIT)
    assert found is not None
    assert found.models == ("a/b", "c/d", "e/f")
    assert found.ratio[:2].tolist() == [8.0, 1.0]
    assert np.isnan(found.ratio[2])
    assert found.overall == 95 / 20
    assert (found.days, found.present) == (Span(FIRST, FIRST + 3), 3)
    assert (
        str(found.words) == "4.75 input tokens per output token: 3 models, 1–4 Feb 2026, as t.csv (imported) has them"
    )


def test_a_window_has_its_own_ratios() -> None:
    found = token_ratios.ratios(SPLIT, Span(FIRST - 5, FIRST))
    assert found is not None
    assert (found.models, found.ratio.tolist(), found.overall) == (("a/b", "c/d"), [3.0, 1.0], 2.0)
    assert token_ratios.ratios(SPLIT, Span(FIRST + 2, FIRST + 2)) is None
    assert token_ratios.ratios(Frames().split) is None


def test_the_window_goes_before_all_days_and_days_without_output_before_none() -> None:
    dataset = dataset_of(SPLIT)
    for window, overall in ((Span(FIRST, FIRST), 2.0), (Span(FIRST + 1, FIRST + 1), 4.75), (Span(1, 2), 4.75)):
        found = token_ratios.observed(dataset, Selection(span=window))
        assert found is not None
        assert found.overall == overall
    assert token_ratios.observed(dataset_of(Frames().split), Selection()) is None


def test_a_ratio_says_where_it_is_from_only_if_it_is_observed() -> None:
    dataset = dataset_of(SPLIT)
    said = {ratio: token_ratios.source(dataset, Selection(pricing=Pricing(ratio=ratio))) for ratio in (4.75, 4.7, 17.2)}
    assert said[4.7] is None
    assert said[17.2] == OBSERVED_SOURCE
    assert "as t.csv (imported) has them" in str(said[4.75])
    assert str(token_ratios.note(dataset, Selection(pricing=Pricing(ratio=4.75)))[0]).startswith("4.75 input tokens")
    assert token_ratios.note(dataset, Selection(pricing=Pricing(ratio=4.7))) == ()


def test_days_of_a_table_are_not_said_to_be_openrouters() -> None:
    dataset = dataset_of(SPLIT)
    caption = price_usage.table(dataset, Selection()).caption
    assert "OpenRouter" not in str(caption.source)
    assert str(dataset.citation(Span(FIRST, FIRST))) == "Source: t.csv."


def test_february_is_what_pandas_finds(shared_data: Path) -> None:
    from explorer.sources import read  # noqa: PLC0415

    path = shared_data / "openrouter" / "rankings-daily" / "february-2026-prompt-completion.csv"
    split, frame = read(path).split, pd.read_csv(path)
    assert split is not None
    found = token_ratios.ratios(split)
    assert found is not None
    assert found.overall == 47_472_998_489_000 / 2_753_814_919_000
    sums = frame.groupby("model")[["prompt_tokens", "completion_tokens"]].sum()
    assert found.models == tuple(sums.index)
    some = sums.completion_tokens > 0
    assert found.ratio[some.to_numpy()].tolist() == pytest.approx(
        (sums.prompt_tokens / sums.completion_tokens)[some].tolist()
    )
    week = frame[frame.date <= "2026-02-07"]
    weekly = token_ratios.ratios(split, Span(FIRST, FIRST + 6))
    assert weekly is not None
    assert weekly.overall == pytest.approx(week.prompt_tokens.sum() / week.completion_tokens.sum())
