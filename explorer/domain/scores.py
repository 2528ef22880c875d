"""What models score: one list a benchmark, from lists of models and from printed figures, joined to slugs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from explorer.domain.dataset import Dataset
from explorer.domain.schema import DatedScores, Figure, Score, to_date
from explorer.domain.slugs import parse, without_suffix
from explorer.domain.wording import day_words
from explorer.words import Message, say

BENCHMARK = "benchmark"
"""The measure of printed figures that are scores; their scope is the benchmark."""
SAME_MODEL = frozenset({"free", "batch"})
"""Variants that are the same model for other money: where they have no score of their own, its score is theirs."""

_LABELS = {
    "artificial_analysis.intelligence_index": say("Artificial Analysis Intelligence Index"),
    "artificial_analysis.coding_index": say("Artificial Analysis Coding Index"),
    "artificial_analysis.agentic_index": say("Artificial Analysis Agentic Index"),
}
_ARENA = "design_arena."


@dataclass(frozen=True, eq=False, slots=True)
class ScoreList:
    """The scores of one benchmark as one list states them: only those of one list can be compared.

    `when` says of which date they are, `source` who states them; `values` has them by slug. `nameless` counts the
    printed scores whose model is not certain. `general` says that it sums several tasks up.
    """

    name: str
    label: Message
    when: Message
    source: Message
    values: Mapping[str, float]
    nameless: int = 0
    general: bool = False

    def of(self, model: str) -> float | None:
        """Return what a model scores: by its slug, else by that without release suffix, else as the model it varies."""
        base, _, variant = model.partition(":")
        keys = [model, without_suffix(model)]
        if variant in SAME_MODEL:
            keys += [base, without_suffix(base)]
        return next((self.values[key] for key in keys if key in self.values), None)


@lru_cache(maxsize=4)
def lists(dataset: Dataset) -> tuple[ScoreList, ...]:
    """Return the newest list of each benchmark: those of model lists by name, then the printed ones."""
    newest: dict[str, DatedScores] = {}
    for dated in sorted(dataset.scores, key=lambda dated: dated.day):
        newest |= dict.fromkeys((score.name for score in dated.scores), dated)
    stated = [_stated(name, newest[name]) for name in sorted(newest)]
    return (*stated, *_printed(dataset.figures))


def _stated(name: str, dated: DatedScores) -> ScoreList:
    when = say("as of {day}", day=day_words(to_date(dated.day))) if dated.stated else say("as-of date not stated")
    source = say("OpenRouter models API, {when}", when=when)
    values = _by_slug([score for score in dated.scores if score.name == name])
    return ScoreList(name, _label(name), when, source, values, general=name in _LABELS)


def _label(name: str) -> Message:
    if name in _LABELS:
        return _LABELS[name]
    if name.startswith(_ARENA):
        kind, _, what = name.removeprefix(_ARENA).partition(".")
        return say("Design Arena rating, {kind}: {what}", kind=kind, what=what)
    return say("{name}", name=name)


def _by_slug(scores: Sequence[Score]) -> dict[str, float]:
    """Index scores by canonical slug, by id and by both without release suffix: the earlier of these wins."""
    index: dict[str, float] = {}
    canonical = [(_canonical(score), score.value) for score in scores if score.canonical]
    ids = [(score.model, score.value) for score in scores]
    for key, value in (*canonical, *ids):
        index.setdefault(key, value)
    for key, value in (*ids, *canonical):
        index.setdefault(without_suffix(key), value)
    return index


def _canonical(score: Score) -> str:
    """Return the canonical slug with the id's variant, which upstream leaves out."""
    variant = parse(score.model).variant
    return f"{score.canonical}:{variant}" if variant and ":" not in score.canonical else score.canonical


def _printed(figures: Iterable[Figure]) -> list[ScoreList]:
    """Return the scores that stories printed, a list for each benchmark and story."""
    found: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in figures:
        if figure.measure == BENCHMARK:
            found.setdefault((figure.scope, figure.publisher, figure.published, figure.title), []).append(figure)
    return [_of_story(*key, rows) for key, rows in sorted(found.items())]


def _of_story(scope: str, publisher: str, published: str, title: str, rows: Sequence[Figure]) -> ScoreList:
    when = say("as printed in {when}", when=published)
    text = "“{title}” ({publisher}), {when}" if title else "{publisher}, {when}"
    source = say(text, title=title, publisher=publisher, when=published)
    name = f"{scope} ({publisher}, {published})"
    values = {figure.model: figure.value for figure in rows if figure.model}
    label = say("{scope}, {unit}", scope=scope, unit=rows[0].unit)
    return ScoreList(name, label, when, source, values, sum(not figure.model for figure in rows))
