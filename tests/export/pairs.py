"""Random datasets, Selections and sizes for pictures: with everything that makes a picture crowded."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np

from explorer.domain import dataset as datasets
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known, Origin, Origins, Overrides, Reveal
from explorer.domain.periods import Grain, Span
from explorer.domain.prices import CATALOGUE, MODELS_API
from explorer.domain.pricing import Compared, PriceFirst, Pricing
from explorer.domain.pricing import Sort as PriceSort
from explorer.domain.schema import DatedPrices, DatedScores, Figure, Frames, Price, Score, UsageFrame, to_day
from explorer.domain.selection import SCOPES, Grouping, Measure, Selection, Source, Variants
from explorer.domain.snapshot import LICENCE, OPENROUTER, Basis, Provenance, rankings_citation
from explorer.domain.table import Caption
from explorer.domain.workload import PRESETS, Workload
from explorer.export.size import Size
from explorer.words import say

NAMED_SIZES = (
    Size(640, 360),
    Size(360, 640),
    Size(1080, 1920),
    Size(800, 800),
    Size(7680, 4320),
    Size(960, 1080),
    Size(1024, 768),
    Size(1920, 1080),
)
_RATIOS = (9 / 16, 3 / 4, 8 / 9, 1.0, 4 / 3, 3 / 2, 16 / 9, 21 / 9)
_SHORT_SIDE, _SIDES = 360, (640, 7680)
_WEIRD = (
    "openrouter/an-anonymous-preview-whose-name-goes-on-and-on-alpha-20260101",
    "slug-without-author",
    "智谱清言/深度思考大模型旗舰版二零二六",
    "WWWWWWWWWWWWWWWW/MMMMMMMMMMMMMMMMMMMMMMMMMMMMMM-WWWWWWWWWWWW:thinking",
    "a/b",
    "openrouter/pony-alpha",
)
_AUTHORS = (
    *("anthropic", "google", "openai", "x-ai", "deepseek", "qwen", "z-ai", "minimax", "mistralai", "nvidia", "nobody"),
    *("an-author-with-a-rather-long-name-indeed", "meta-llama", "allenai", "cohere", "naver", "ai21", "sakana"),
)
_COUNTRIES = ("US", "US", "US", "US", "CN", "CN", "CN", "CN", "FR", "US", "", "DE", "US", "US", "CA", "KR", "IL", "JP")
_NAMES = {
    "US": "United States",
    "CN": "China",
    "FR": "France",
    "DE": "Germany",
    "CA": "Canada",
    "IL": "Israel",
    "KR": "Republic of Korea, also known as South Korea",
    "JP": "日本国",
}
_FAMILIES = ("large", "flash-preview", "coder-next-instruct", "r1-distill-qwen-32b", "4.6", "nano", "maverick-17b-128e")
_ENDINGS = ("", "", "", ":free", "-20260423")
_MEASURES = (("tokens", "T"), ("tokens", "T"), ("share", "%"), ("growth", "%"))
_TITLES = (
    "A title that somebody typed without any thought of how wide a slide is, let alone how long it takes to read " * 2,
    "二零二六年二月，中国公司的大语言模型在开放路由平台上的词元用量首次超过美国公司的模型，占前九名模型用量的百分之五十八点四",
    "Short",
)


def sizes(rng: random.Random) -> Size:
    """Return one of the sizes that people name, or any other from 9:16 to 21:9."""
    if rng.random() < 0.5:
        return rng.choice(NAMED_SIZES)
    ratio = rng.choice(_RATIOS)
    least = max(_SHORT_SIDE * max(ratio, 1.0), _SHORT_SIDE)
    wide = rng.uniform(least, min(_SIDES[1], 4320 * ratio))
    return Size(round(wide), round(wide / ratio))


def worlds(rng: random.Random) -> list[Dataset]:
    """Return datasets of many kinds: large, small, of one day, of one model, printed figures, nothing at all."""
    shapes = ((70, 140, 1.0), (30, 100, 1.0), (40, 400, 0.93), (25, 30, 1.0), (14, 9, 1.0), (3, 1, 1.0), (1, 30, 0.9))
    made = [_world(rng, *shape) for shape in shapes]
    return [*made, _printed(rng), datasets.rankings(Frames(), _origins(rng), ())]


def _models(rng: random.Random, count: int) -> tuple[str, ...]:
    named = {
        f"{rng.choice(_AUTHORS)}/{rng.choice(_FAMILIES)}-{rng.randint(1, 99)}{rng.choice(_ENDINGS)}"
        for _ in range(count)
    }
    odd = rng.sample(_WEIRD, min(len(_WEIRD), count // 3))
    return (*sorted(named), *odd, *(("other",) if count > 2 and rng.random() < 0.7 else ()))


def _origins(rng: random.Random) -> Origins:
    since = date(2023, 1, 1)
    rows = [
        Origin(author, f"{author.title()} Incorporated" if rng.random() < 0.5 else "智谱华章科技", country, since)
        for author, country in zip(_AUTHORS, _COUNTRIES, strict=True)
        if author != "nobody"
    ]
    reveals = [Reveal("openrouter/pony-alpha", "z-ai", date(2026, 1, 20))]
    mine = rng.sample(_AUTHORS, rng.choice((0, 0, 1, 5)))
    own = Overrides(tuple(Origin(author, "My own idea of the company", "IN", since) for author in mine))
    return Origins(rows, _NAMES, reveals, overrides=own)


def _world(rng: random.Random, count: int, length: int, complete: float) -> Dataset:
    """Return a dataset of about `count` models over `length` days, of which a part is there."""
    numbers = np.random.default_rng(rng.randrange(2**32))
    models = _models(rng, count)
    first = to_day(date(2025, 11, 3) + timedelta(rng.randrange(60)))
    days = [first + i for i in range(length) if rng.random() < complete] or [first]
    weights = numbers.lognormal(0, rng.choice((0.5, 2)), len(models)) * rng.choice((1e3, 1e9, 3e12))
    waves = 1 + 0.9 * np.sin(np.outer(days, numbers.uniform(0.01, 0.3, len(models))))
    tokens = np.rint(weights * waves * numbers.uniform(0.5, 1.5, waves.shape)).astype(np.int64)
    there = numbers.random(waves.shape) < rng.choice((0.9, 1.0))
    there[0, 0] = True
    at, code = np.nonzero(there)
    day = np.array(days, np.int32)[at]
    frame = UsageFrame(day, code.astype(np.int32), tokens[at, code], models, frozenset((int(day.max()),)))
    frames = Frames(frame, _prices(rng, models, days), scores=_scores(rng, models, days))
    found = datasets.rankings(frames, _origins(rng), _provenance(rng, frame), _figures(rng, models, days))
    found = replace(found, recall=partial(_recall, frame))
    return replace(found, as_of="2026-12-01") if rng.random() < 0.3 else found


def _prices(rng: random.Random, models: Sequence[str], days: Sequence[int]) -> tuple[DatedPrices, ...]:
    def price(model: str) -> Price:
        if rng.random() < 0.15:
            return Price(model, model, model, 0.0, 0.0)
        dollars = 10 ** rng.uniform(-2.5, 2)
        return Price(model, model, model, dollars, dollars * rng.choice((1, 2, 5, 17)), dollars / 10)

    known = [model for model in models if rng.random() < 0.85]
    lists = [DatedPrices(days[0] - 40, CATALOGUE, tuple(map(price, known[::3])))] if rng.random() < 0.7 else []
    for day in {days[0] - 5, days[len(days) // 2]}:
        lists.append(DatedPrices(day, MODELS_API, tuple(map(price, known))))
    return tuple(lists) if rng.random() < 0.9 else ()


def _scores(rng: random.Random, models: Sequence[str], days: Sequence[int]) -> tuple[DatedScores, ...]:
    name = "artificial_analysis.coding_index"
    scores = tuple(Score(model, model, name, round(rng.uniform(1, 99), 1)) for model in models if rng.random() < 0.8)
    return (DatedScores(days[-1], MODELS_API, scores),) if scores else ()


def _provenance(rng: random.Random, frame: UsageFrame) -> tuple[Provenance, ...]:
    """Return one to fourteen snapshots that cover parts of the days, some without an as-of date."""
    days = range(int(frame.day.min()), int(frame.day.max()) + 1)

    def one(number: int) -> Provenance:
        as_of = rng.choice(("2026-12-01", "2026-11-30T07:45:02.734Z", ""))
        basis = Basis.STATED if as_of else Basis.UNKNOWN
        first = rng.choice(days)
        name = rng.choice(("rankings.csv", f"a file that somebody saved under quite a long name ({number}).json"))
        stated = ("rankings-csv", name, OPENROUTER, as_of, basis, f"{number:064}", LICENCE)
        return Provenance(*stated, rankings_citation(as_of, "2026-03-16"), len(frame), first, min(first + 29, days[-1]))

    return tuple(map(one, range(rng.choice((1, 2, 2, 14)))))


def _recall(frame: UsageFrame, sha256: str) -> UsageFrame:
    """Return what a snapshot said: no two say the same of all models."""
    restated = frame.model % 7 == int(sha256) % 7
    return replace(frame, tokens=frame.tokens + np.where(restated, frame.tokens // 9, 0), live=frozenset[int]())


def _figures(rng: random.Random, models: Sequence[str], days: Sequence[int]) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for i in range(rng.choice((1, 4, 9))):
        first = days[0] + max(len(days) - 7 * (i + 1), 0)
        start, end = date.fromordinal(719163 + first), date.fromordinal(719163 + first + min(6, len(days) - 1))
        measure, unit = rng.choice(_MEASURES)
        entity = rng.choice(("CN", "US", "all", rng.choice(models)))
        value = round(10 ** rng.uniform(-1, 1.9), 2)
        window = f"the week of {start:%d %B %Y}, counted from Monday to Sunday as the story has it"
        scope = rng.choice(("all models", "top 9 models", "the ten most used models on OpenRouter", "platform users"))
        story = ("Who leads? A story with a headline that runs on for quite a while", "The Paper", end.isoformat())
        model = entity if entity in models else ""
        told = (scope, entity, measure, value, unit, *story, "", model, str(value), rng.choice(("", "about", "over")))
        found.append(Figure(f"figure-{i}", window, start, end, *told))
    return tuple(found)


def _printed(rng: random.Random) -> Dataset:
    days = [to_day(date(2026, 2, 1)) + i for i in range(28)]
    models = _models(rng, 12)
    prices = _prices(rng, models, days)
    return datasets.published(_figures(rng, models, days), _origins(rng), prices, _scores(rng, models, days))


def selections(rng: random.Random, data: Dataset) -> Selection:
    """Return a random Selection of a dataset."""
    chosen = _chosen(rng, data)
    asked: Sequence[tuple[float, Callable[[Selection], Selection]]] = (
        (0.3, lambda s: s.but(countries=frozenset(rng.sample(("CN", "US", "JP", "Unattributed"), rng.randint(1, 3))))),
        (0.2, lambda s: s.but(authors=frozenset(rng.sample(_AUTHORS, rng.randint(1, 4))))),
        (0.3, lambda s: s.but(models=frozenset(_some(rng, data.cube.models)))),
        (0.3, lambda s: s.but(lens=True)),
        (0.2, lambda s: s.but(search=rng.choice(("a", "flash", "zzz no such model")))),
        (0.3, lambda s: s.but(known=Known.THEN)),
        (0.3, lambda s: s.but(variants=Variants.MERGED)),
        (0.5, lambda s: s.but(claim=rng.choice(data.figures).id if data.figures else "")),
        (0.3, lambda s: s.but(baseline=next(iter(_some(rng, data.cube.models)), ""))),
        (0.6, lambda s: s.but(pricing=_pricing(rng))),
    )
    for chance, change in asked:
        if rng.random() < chance:
            chosen = change(chosen)
    return chosen


def worded(rng: random.Random, caption: Caption) -> Caption:
    """Return a caption as a person may word it anew before saving: too long for any frame."""
    title, note = rng.choice(_TITLES), " ".join(["What a person has to add to this chart goes on and on."] * 30)
    return replace(caption, title=say("{title}", title=title), notes=(*caption.notes, say("{note}", note=note)))


def _chosen(rng: random.Random, data: Dataset) -> Selection:
    """Return source, window, grain, scope and grouping."""
    days = data.cube.days
    brush = None
    if days is not None and rng.random() < 0.8:
        first = rng.randint(days.first, days.last)
        brush = Span(first, min(first + rng.choice((0, 6, 27)), days.last))
    elif data.source is Source.PUBLISHED:
        brush = Span(to_day(date(2026, 2, 1)), to_day(date(2026, 2, 28)))
    return Selection(
        data.source,
        rng.choice((*Grain, Grain.DAY, Grain.WEEK, Grain.WEEK)),
        None,
        brush,
        rng.choice(SCOPES),
        rng.choice(tuple(Measure)),
        rng.choice(tuple(Grouping)),
        as_of=data.as_of,
    )


def _pricing(rng: random.Random) -> Pricing:
    most = Workload(1e9, 10**8, 10**8, 0.3)
    return Pricing(
        rng.choice(tuple(PriceFirst)),
        linear=rng.random() < 0.5,
        workload=rng.choice((*(preset.workload for preset in PRESETS), most, Workload(1, 1, 1))),
        compared=rng.choice(tuple(Compared)),
        sort=rng.choice(tuple(PriceSort)),
    )


def _some(rng: random.Random, models: Sequence[str]) -> list[str]:
    return rng.sample(models, min(len(models), rng.choice((1, 1, 3, 8))))
