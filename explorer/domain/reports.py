"""What a report is: which views, and of which days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.domain.dataset import Dataset
from explorer.domain.opening import last_complete, opening
from explorer.domain.periods import Grain, Span, periods_in
from explorer.domain.selection import Selection, Source
from explorer.domain.wording import span_words
from explorer.words import Message, say

VIEWS = ("leaderboard", "share", "leads", "prices", "claims")
"""What every report shows, in its order."""


@dataclass(frozen=True, slots=True)
class Template:
    """A report by name: `about` says what it shows, `select` which days of a dataset."""

    key: str
    about: Message
    select: Callable[[Dataset], Selection]


def _latest(grain: Grain, periods: int) -> Callable[[Dataset], Selection]:
    """Return what selects the last complete period, and as the span it and those before it: `periods` in all."""

    def select(dataset: Dataset) -> Selection:
        last, days = last_complete(dataset, grain), dataset.cube.days
        if dataset.source is not Source.RANKINGS or last is None or days is None:
            return opening(dataset).but(grain=grain)
        before = periods_in(Span(days.first, last.last), grain)
        return Selection(grain=grain, span=Span(max(before[-periods:][0].first, days.first), last.last), brush=last)

    return select


TEMPLATES: Mapping[str, Template] = {
    each.key: each
    for each in (
        Template("weekly", say("The last complete week, and the 12 before it"), _latest(Grain.WEEK, 13)),
        Template("monthly", say("The last complete month, and the 12 before it"), _latest(Grain.MONTH, 13)),
    )
}


def about(template: Template, dataset: Dataset) -> Message:
    """Return what a template shows of a dataset: of printed figures there is no last week or month."""
    if dataset.source is Source.PUBLISHED:
        return say("What was printed; there are no rankings yet to choose days of")
    return template.about


def title(dataset: Dataset, selection: Selection) -> Message:
    """Return what a report is of: the days that its numbers are sums over."""
    window = dataset.window(selection)
    if dataset.source is Source.PUBLISHED or window is None:
        return say("Token usage on OpenRouter, as printed")
    return say("Token usage on OpenRouter, {span}", span=span_words(window, full=True))
