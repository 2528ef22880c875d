"""What the options that are about prices ask for."""

from typing import TYPE_CHECKING

from explorer.cli.terminal import refuse
from explorer.words import say

if TYPE_CHECKING:
    from typing import NoReturn

    from explorer.cli.asked import Asked
    from explorer.domain.dataset import Dataset
    from explorer.domain.pricing import Pricing
    from explorer.domain.selection import Selection
    from explorer.domain.table import Table

OBSERVED = "observed"
"""The ratio of input to output tokens that imported tables have."""


def pricing(dataset: "Dataset", asked: "Asked") -> "Pricing":
    """Return how prices are to be looked at; raises ExplorerError where an option can't be meant."""
    from explorer.domain.pricing import PriceFirst, Pricing  # noqa: PLC0415

    default = Pricing()
    return Pricing(
        first=PriceFirst(asked.first) if asked.first else default.first,
        ratio=_asked_ratio(dataset, asked) if asked.ratio else default.ratio,
        cached=_share(asked.cached) if asked.cached else default.cached,
        at=None if asked.at is None else _listed_day(dataset, asked.at),
    )


def of_models(dataset: "Dataset", selection: "Selection", written: str) -> "Table":
    """Return the price table of models, apart by commas; raises ExplorerError for one that nothing names."""
    from explorer.domain import price_names, price_table, published  # noqa: PLC0415

    names = [name for each in written.split(",") if (name := each.strip())]
    if not names:
        refuse(say("--models names no model."), say("Write ids, apart by commas."))
    for name in (*names, *((selection.baseline,) if selection.baseline else ())):
        if not price_names.known(dataset, name):
            unknown(dataset, name)
    window = dataset.window(selection) or published.whole_span(dataset) or published.FEBRUARY
    return price_table.of_models(dataset, selection, names, window.last)


def unknown(dataset: "Dataset", name: str) -> "NoReturn":
    """Refuse a model that the data does not have, naming those that may have been meant."""
    from explorer.domain.price_names import near  # noqa: PLC0415

    meant = near(dataset, name)
    refuse(
        say("The data has no model {model}.", model=name),
        say("Did you mean {models}?", models=", ".join(meant))
        if meant
        else say("Take a name from: tokenshare export leaderboard"),
    )


def day(written: str) -> int:
    """Return the day number of a date; raises ExplorerError where it is none."""
    from explorer.sources.fields import day_of  # noqa: PLC0415

    found = day_of(written)
    if found is None:
        refuse(
            say("The date “{written}” is not in the calendar of 2020 to 2099.", written=written),
            say("Write it like 2026-02-09."),
        )
    return found


def _listed_day(dataset: "Dataset", written: str) -> int:
    """Return a day for which some dated price list can speak."""
    from explorer.domain.prices import UNDATED  # noqa: PLC0415
    from explorer.domain.schema import to_date  # noqa: PLC0415
    from explorer.domain.wording import day_words  # noqa: PLC0415

    asked = day(written)
    turns = [turn for turn in dataset.prices.turns if turn != UNDATED]
    if not turns:
        return asked
    last = max(turns[-1], dataset.cube.days.last if dataset.cube.days else 0)
    if not turns[0] <= asked <= last:
        first, end = (day_words(to_date(each)) for each in (turns[0], last))
        refuse(
            say("No price list speaks for {day}: they run from {first} to {last}.", day=written, first=first, last=end),
            say("Choose another --at."),
        )
    return asked


def _asked_ratio(dataset: "Dataset", asked: "Asked") -> float:
    """Return the ratio that is written, or for "observed" that of the days asked for in the tables that have it."""
    if asked.ratio != OBSERVED:
        return _ratio(asked.ratio)
    from explorer.cli.asked import span  # noqa: PLC0415
    from explorer.domain.selection import Selection  # noqa: PLC0415
    from explorer.domain.token_ratios import observed  # noqa: PLC0415

    found = observed(dataset, Selection(span=span(dataset, asked.start, asked.end)))
    if found is None:
        refuse(
            say("No imported table has input and output tokens apart: no ratio of them is observed."),
            say("Import one that has, or write --ratio as 17.2:1."),
        )
    return found.overall


def _ratio(written: str) -> float:
    """Return input tokens per output token, written 3:1, 3 or 1:2."""
    try:
        parts = [float(part) for part in written.split(":")]
    except ValueError:
        parts = []
    if len(parts) not in (1, 2) or not all(0 < part < float("inf") for part in parts):
        refuse(
            say("The ratio “{written}” is not known.", written=written),
            say("Write input to output tokens, such as 3:1. The word observed takes what imported tables have."),
        )
    return parts[0] / (parts[1] if len(parts) == 2 else 1.0)


def _share(written: str) -> float:
    """Return a share (0–1), written 50%; without its sign 1 could be all or a hundredth."""
    number, sign, rest = written.partition("%")
    try:
        share = float(number) / 100
    except ValueError:
        share = -1.0
    if not (sign or share == 0) or rest or not 0 <= share <= 1:
        refuse(
            say("The cached share “{written}” is not known.", written=written),
            say("Write a share of the input between 0% and 100%, such as 50%."),
        )
    return share
