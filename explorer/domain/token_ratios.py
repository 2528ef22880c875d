"""How many input tokens go with one output token, where a table has the two apart: by model, and of all together."""

from dataclasses import dataclass

import numpy as np

from explorer.domain.blended import OBSERVED, OBSERVED_SOURCE
from explorer.domain.dataset import Dataset
from explorer.domain.periods import Span
from explorer.domain.price_facts import mix_note
from explorer.domain.schema import Floats, SplitFrame, Tokens
from explorer.domain.selection import Selection
from explorer.domain.units import exact
from explorer.domain.wording import span_words
from explorer.words import Message, say


@dataclass(frozen=True, eq=False, slots=True)
class TokenRatios:
    """Input tokens per output token of some days.

    `models` are those with tokens, in order of name; `prompt`, `completion` and `reasoning` int64 (models,), reasoning
    among the completion; `ratio` float64 (models,), NaN where a model made no output. `overall` is the ratio of all
    tokens together, NaN without output. `days` is the span from the first to the last day that has rows, `present`
    how many have.
    """

    models: tuple[str, ...]
    prompt: Tokens
    completion: Tokens
    reasoning: Tokens
    ratio: Floats
    overall: float
    days: Span
    present: int
    sources: tuple[str, ...]

    @property
    def words(self) -> Message:
        """What the overall ratio is, of how many models and days, and from which tables."""
        text = "{ratio} input tokens per output token: {models} models, {days}, as {sources} (imported) has them"
        if len(self.models) == 1:
            text = "{ratio} input tokens per output token: one model, {days}, as {sources} (imported) has it"
        return say(
            text,
            ratio=f"{self.overall:.4g}",
            models=exact(len(self.models)),
            days=span_words(self.days),
            sources=", ".join(self.sources),
        )


def ratios(split: SplitFrame, window: Span | None = None) -> TokenRatios | None:
    """Return the ratios of a window, of all days without one; None where no day of it has tokens apart."""
    within = np.ones(len(split), np.bool_)
    if window is not None:
        within = (split.day >= window.first) & (split.day <= window.last)
    if not within.any():
        return None
    count = len(split.models)
    sums = [np.zeros(count, np.int64) for _ in range(3)]
    for total, column in zip(sums, (split.prompt, split.completion, split.reasoning), strict=True):
        np.add.at(total, split.model[within], column[within])
    used = sums[0] + sums[1] > 0
    prompt, completion, reasoning = (total[used] for total in sums)
    days = np.unique(split.day[within])
    return TokenRatios(
        tuple(model for model, is_used in zip(split.models, used.tolist(), strict=True) if is_used),
        prompt,
        completion,
        reasoning,
        prompt / np.where(completion > 0, completion, np.nan),
        _over(int(prompt.sum()), int(completion.sum())),
        Span(int(days[0]), int(days[-1])),
        len(days),
        split.sources,
    )


def observed(dataset: Dataset, selection: Selection) -> TokenRatios | None:
    """Return the ratios of a selection's window, of all there are where its days have none.

    None where no table has input and output tokens apart, or no tokens of the one or the other.
    """
    window = dataset.window(selection)
    for span in (window, None) if window is not None else (None,):
        found = ratios(dataset.split, span)
        if found is not None and 0 < found.overall < float("inf"):
            return found
    return None


def source(dataset: Dataset, selection: Selection) -> Message | None:
    """Return where the ratio of blended prices comes from; None for one of a person's own."""
    ratio = selection.pricing.ratio
    if ratio == OBSERVED.ratio:
        return OBSERVED_SOURCE
    window = dataset.window(selection)
    for span in (window, None) if window is not None else (None,):
        found = ratios(dataset.split, span)
        if found is not None and found.overall == ratio:
            return found.words
    return None


def note(dataset: Dataset, selection: Selection) -> tuple[Message, ...]:
    """Return where the mix of a selection's blended prices comes from: nothing for one of a person's own."""
    mix = selection.pricing.mix
    found = None if mix.ratio == OBSERVED.ratio else source(dataset, selection)
    return mix_note(mix) if found is None else (say("{source}.", source=found),)


def _over(prompt: int, completion: int) -> float:
    return prompt / completion if completion else float("nan")
