"""The claims view's table: printed figures, each with a verdict and the Selection that shows what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from explorer.domain.attribution_notes import own
from explorer.domain.claims import wording
from explorer.domain.claims.arithmetic import with_sums
from explorer.domain.claims.remake import shown
from explorer.domain.claims.search import judge_all
from explorer.domain.claims.verdict import Outcome, Priced, Verdict
from explorer.domain.dataset import Dataset
from explorer.domain.origins import Known
from explorer.domain.selection import Selection, Variants
from explorer.domain.sentences import bracketed, cited
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.wording import known_on, span_words
from explorer.progress import Progress, unheard
from explorer.words import Message, say

_RAW = say("In tokens, as a fraction, a multiple, a count, or in dollars per million tokens")
COLUMNS = (
    Column("claim", say("Figure"), Kind.TEXT, say("Whom the figure speaks of, and what of it")),
    Column("printed", say("Printed"), Kind.TEXT, say("The number as printed")),
    Column("verdict", say("Verdict"), Kind.TEXT, say("What the loaded rankings and price lists say of it")),
    Column(
        "conditions", say("Conditions"), Kind.TEXT, say("What reproduces the figure, or comes nearest, or is missing")
    ),
    Column("value", say("Found"), Kind.TEXT, say("The value under these conditions")),
    Column(
        "off",
        say("Off by"),
        Kind.CHANGE,
        say("How far that is from the printed number; growth is compared as the multiple that it is"),
    ),
    Column("stated", say("As stated"), Kind.TEXT, say("The value under the conditions the story states")),
    Column("fitting", say("Fits"), Kind.RANK, say("How many of the tried conditions come out as printed")),
    Column("tried", say("Tried"), Kind.RANK, say("How many conditions were tried")),
    Column("sums", say("Arithmetic"), Kind.TEXT, say("Whether it follows from other printed figures")),
    Column("window", say("Window as printed"), Kind.TEXT),
    Column("scope", say("Scope as printed"), Kind.TEXT),
    Column("publisher", say("Printed by"), Kind.TEXT),
    Column("published", say("Date"), Kind.TEXT, say("When the story was printed")),
    Column("title", say("Story"), Kind.TEXT),
    Column("printed_value", say("Printed value"), Kind.NUMBER, _RAW),
    Column("found_value", say("Found value"), Kind.NUMBER, _RAW),
    Column("id", say("Id"), Kind.TEXT),
)


@dataclass(frozen=True, eq=False, slots=True)
class ClaimTable(Table):
    """A table of claims: `selections` show what each verdict rests on, None where nothing can be shown."""

    selections: tuple[Selection | None, ...] = ()
    verdicts: tuple[Verdict, ...] = field(default=())


def verdicts(dataset: Dataset, progress: Progress = unheard) -> tuple[Verdict, ...]:
    """Return the verdicts on all figures of a dataset, those that follow from other figures noted.

    It takes some milliseconds a figure the first time; then they are at hand. How the dataset is read makes no
    difference: all readings are tried.
    """
    plain = dataset.read(Known.NOW, Variants.APART)
    found = plain.at_hand.get(_AT_HAND)
    if found is None:
        found = plain.at_hand[_AT_HAND] = with_sums(judge_all(plain, plain.figures, progress))
    return cast(tuple[Verdict, ...], found)


_AT_HAND = "verdicts"


def table(dataset: Dataset, selection: Selection) -> ClaimTable:
    """Return all printed figures with their verdicts; only the search hides rows, the window does not."""
    plain = dataset.read(Known.NOW, Variants.APART)
    return _with_claim(plain, _table(plain, selection.search), selection.claim)


@lru_cache(maxsize=4)
def _table(dataset: Dataset, search: str) -> ClaimTable:
    """Return the figures that match a search: first what the data test, then sums, then what can't be tested."""
    found = [verdict for verdict in _once(verdicts(dataset)) if _matches(dataset, verdict, search)]
    found.sort(key=lambda verdict: (verdict.best is None, verdict.outcome is Outcome.NOT_TESTABLE))
    values: dict[str, Sequence[object]] = {
        "claim": [str(wording.about(dataset, verdict)) for verdict in found],
        "printed": [str(wording.printed(verdict.figure)) for verdict in found],
        "verdict": [str(wording.outcome(verdict)) for verdict in found],
        "conditions": [str(wording.explained(dataset, verdict)) for verdict in found],
        "value": [_value(verdict, verdict.best.value if verdict.best else None) for verdict in found],
        "off": [verdict.off for verdict in found],
        "stated": [_value(verdict, verdict.stated) for verdict in found],
        "fitting": [verdict.fitting if verdict.tried else None for verdict in found],
        "tried": [verdict.tried or None for verdict in found],
        "sums": [str(verdict.sums) for verdict in found],
        "window": [verdict.figure.window for verdict in found],
        **{name: [getattr(v.figure, name) for v in found] for name in ("scope", "publisher", "published", "title")},
        "printed_value": [verdict.claim.value if verdict.claim else None for verdict in found],
        "found_value": [verdict.best.value if verdict.best else None for verdict in found],
        "id": [verdict.figure.id for verdict in found],
    }
    return ClaimTable(
        COLUMNS,
        values,
        tuple(verdict.figure.id for verdict in found),
        _caption(dataset, found, search),
        empty=None if found else _none(search),
        selections=tuple(_selection(dataset, verdict) for verdict in found),
        verdicts=tuple(found),
    )


def _once(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts but those on a figure that is there already, under another id."""
    found: dict[object, Verdict] = {}
    for verdict in verdicts:
        claim, figure = verdict.claim, verdict.figure
        same = figure.id if claim is None else (replace(claim, near=0), figure.publisher, figure.published[:7])
        found.setdefault(same, verdict)
    return tuple(found.values())


def _value(verdict: Verdict, amount: float | None) -> str:
    return wording.value(verdict.claim.quantity, amount) if verdict.claim else ""


def _selection(dataset: Dataset, verdict: Verdict) -> Selection | None:
    if verdict.best is None or verdict.claim is None:
        return None
    return shown(dataset, verdict.best, verdict.claim.quantity, verdict.figure.id)


def _matches(dataset: Dataset, verdict: Verdict, search: str) -> bool:
    figure = verdict.figure
    said = (figure.entity, figure.scope, figure.window, figure.publisher, figure.title, figure.measure, figure.id)
    haystack = " ".join((*said, str(wording.about(dataset, verdict)), str(wording.outcome(verdict)))).casefold()
    return all(word in haystack for word in search.casefold().split())


def _none(search: str) -> Message:
    if search:
        return say("No figure matches “{text}”. Clear the search to see all.", text=search)
    return say("There are no printed figures. Open a table of figures to begin.")


def _caption(dataset: Dataset, found: Sequence[Verdict], search: str) -> Caption:
    tested = [verdict for verdict in found if verdict.best is not None]
    counted = {outcome: sum(verdict.outcome is outcome for verdict in tested) for outcome in Outcome}
    title = say("Where do the printed figures hold?")
    if tested:
        title = say(
            "Of {n} testable figures {holds} hold as stated, {only} only under other conditions",
            n=len(tested),
            holds=counted[Outcome.HOLDS],
            only=counted[Outcome.HOLDS_IF],
        )
    return Caption(
        title,
        say("{n} figures as printed", n=len(found)),
        _against(dataset, tested),
        source(dataset, tested),
        (
            say(
                "A figure holds where the value rounds to what was printed; a price where the list of its day says so."
            ),
            say("Weak: it takes two changes at once, or chance alone would fit as well."),
            say("Misses narrowly: by less than 0.5 %; counts are restated after a story is printed."),
            *own_attribution(dataset),
        ),
        (*vintage(dataset), *((say("search “{text}”", text=search),) if search else ())),
        _sentence(dataset, found),
    )


def own_attribution(dataset: Dataset) -> tuple[Message, ...]:
    """Return what the user says of whose the models are, where it matters: it changes verdicts too."""
    data = dataset.cube.days
    return own(dataset, data) if data else ()


def vintage(dataset: Dataset) -> tuple[Message, ...]:
    """Return which vintage of the rankings and price lists numbers are held against, nothing where it is today's."""
    return (known_on(dataset.as_of),) if dataset.as_of else ()


def _sentence(dataset: Dataset, found: Sequence[Verdict]) -> Message:
    """Say how many of the figures hold and fail, and how many the data can't test."""
    tested = [verdict for verdict in found if verdict.best is not None]
    count = {outcome: sum(verdict.outcome is outcome for verdict in tested) for outcome in Outcome}
    data = dataset.cube.days
    if not found:
        return say("")
    return say(
        "Of {n} printed figures the data can test {tested}: {holds} hold as stated, {only} only under other "
        "conditions, {fail} do not hold {source}.",
        n=len(found),
        tested=len(tested),
        holds=count[Outcome.HOLDS],
        only=count[Outcome.HOLDS_IF],
        fail=count[Outcome.FAILS],
        source=cited(dataset, data, attributed=True) if data else say("(no rankings loaded)"),
    )


def source(dataset: Dataset, tested: Sequence[Verdict]) -> Message:
    """Return what verdicts rest on: the rankings, and the price lists that their conditions name."""
    data = dataset.cube.days
    if data is None:
        return say("Source: as printed by the publisher named in each row.")
    if any(isinstance(verdict.best, Priced) for verdict in tested):
        return say("{rankings} Prices: the lists named with each.", rankings=dataset.citation(data))
    return dataset.citation(data)


def _against(dataset: Dataset, tested: Sequence[Verdict]) -> Message:
    """Return what figures were held against."""
    data = dataset.cube.days
    prices = any(isinstance(verdict.best, Priced) for verdict in tested)
    if data is None:
        return say("no rankings loaded, prices against price lists") if prices else say("no rankings loaded")
    text = "against the rankings of {span} and price lists" if prices else "against the rankings of {span}"
    return say(text, span=span_words(data))


def _with_claim(dataset: Dataset, table: ClaimTable, claim: str) -> ClaimTable:
    """Return a table with one of its figures marked and put into a sentence."""
    verdict = next((verdict for verdict in table.verdicts if verdict.figure.id == claim), None)
    if verdict is None:
        return table
    words = say("{words} {source}.", words=wording.sentence(dataset, verdict), source=_cited(dataset, verdict))
    return replace(table, marked=frozenset({claim}), caption=replace(table.caption, sentence=words))


def _cited(dataset: Dataset, verdict: Verdict) -> Message:
    data = dataset.cube.days
    if isinstance(verdict.best, Priced):
        words = say("list prices in US dollars per million tokens")
        return bracketed(words, dataset)
    return cited(dataset, data, attributed=True) if data else say("(no rankings loaded)")
