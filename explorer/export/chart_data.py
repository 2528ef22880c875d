"""What a native chart of a view's table is: its form, categories and series; values are the table's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from importlib import import_module
from math import ceil, floor, log10

from explorer.domain.table import Kind
from explorer.export.exhibit import Exhibit
from explorer.style import contrast, mix
from explorer.words import Message, say

Number = float | int | None

MOST_SERIES = 16
"""More bands than these are no longer told apart by a legend; beyond 26, PowerPoint's "Edit data" breaks."""


class Form(Enum):
    """How a chart is drawn; those of shares are 100 % stacks."""

    STACK = auto()
    FULL_STACK = auto()
    AREA = auto()
    FULL_AREA = auto()
    BARS = auto()
    LINES = auto()
    POINTS = auto()


STACKS = frozenset({Form.STACK, Form.FULL_STACK, Form.AREA, Form.FULL_AREA})
AREAS = frozenset({Form.AREA, Form.FULL_AREA})


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: what it counts, how its numbers are printed, whether it is logarithmic; from where to where, if set."""

    title: Message = field(default_factory=lambda: say(""))
    format: str = "General"
    log: bool = False
    reach: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A band, a row of bars, a line or a cloud of points, in one `colour` ("#rrggbb").

    `values` has one number per category, None where the table has none. POINTS have their abscissae in `across`.
    `pale` are the values drawn as less than whole: hatched columns, dimmed bars, dashed lines. `labels` are words
    beside points. `step` says that a line joins the points and no dots are drawn. `key` is the table's column.
    """

    name: str
    colour: str
    values: tuple[Number, ...]
    across: tuple[float | int, ...] = ()
    pale: frozenset[int] = frozenset()
    labels: Mapping[int, str] = field(default_factory=dict[int, str])
    step: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: `categories` are words, or dates of LINES; POINTS have none.

    `kind` is what the values are, `up` their axis, `across` that of the categories or abscissae; `label` is how values
    beside bars are printed, "" where none are. `heading` tells charts on one page apart. `notes` say what it leaves out
    or folds. `named_by` is the column that names the bars where these are the table's first rows, else "".
    """

    form: Form
    categories: tuple[str, ...] | tuple[date, ...]
    series: tuple[ChartSeries, ...]
    kind: Kind
    up: Axis
    across: Axis = field(default_factory=Axis)
    label: str = ""
    heading: str = ""
    notes: tuple[Message, ...] = ()
    named_by: str = ""

    @property
    def known(self) -> tuple[float | int, ...]:
        """The values of all series that there are."""
        return tuple(value for each in self.series for value in each.values if value is not None)


_STEPS = (1, 2, 5, 10)
_FEWEST = 4


def reach(values: Iterable[Number], *, log: bool, whole: bool = True) -> tuple[float, float]:
    """Return round ends of an axis for some values: powers of ten of a logarithmic one; 0 is within a `whole` one."""
    known = [value for value in values if value is not None and (value or not log)] or [1.0]
    low, high = min(known), max(known)
    if log:
        least = floor(log10(low))
        return 10.0**least, 10.0 ** max(ceil(log10(high)), least + 1)
    if whole:
        low, high = min(low, 0), max(high, 0)
    rough = (high - low or abs(high) or 1.0) / _FEWEST
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in reversed(_STEPS) if each * power <= rough)
    first = floor(low / step)
    return round(first * step, 12), round(max(ceil(high / step), first + 1) * step, 12)


_SHADES = (("#ffffff", 0.4), ("#000000", 0.3), ("#ffffff", 0.6), ("#000000", 0.5))


def shaded(inks: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of some series, in shades of it where several have the same one."""
    found: dict[str, str] = {}
    for key, ink in inks.items():
        shades = (ink, *(mix(ink, *shade) for shade in _SHADES))
        found[key] = next((shade for shade in shades if shade not in found.values()), ink)
    return found


def on_bar(ink: str) -> str:
    """Return the ink of words that are read on a bar."""
    return max(("#ffffff", "#1b1f24"), key=lambda own: contrast(own, ink))


ChartsOf = Callable[[Exhibit], tuple[Chart, ...]]


def _later(module: str) -> ChartsOf:
    """Return the `charts` of a module, imported when first asked for."""

    def charts_of(exhibit: Exhibit) -> tuple[Chart, ...]:
        return import_module(f"explorer.export.{module}").charts(exhibit)

    return charts_of


_BARS = _later("chart_bars")
CHARTS: Mapping[str, ChartsOf] = {
    "leaderboard": _BARS,
    "share": _later("chart_periods"),
    "prices": _BARS,
    "drivers": _BARS,
    "price_history": _later("chart_steps"),
    "price_usage": _later("chart_points"),
    "price_skill": _later("chart_points"),
    "workload": _BARS,
    "spend": _BARS,
}
"""What makes a view's charts; of others the table itself is what there is to see."""


UNSEEN: Mapping[str, frozenset[str]] = {
    "leaderboard": frozenset(
        {
            "* Prices of the {name} catalogue, which goes before the models snapshots, as chosen.",
            "* Prices of the {name} catalogue: no models snapshot covers the date.",
            "No list has some :free variants: they cost nothing by definition.",
            "Prices of {day}.",
            "Changes compare with {window}.",
        }
    ),
    "prices": frozenset({"Free models have no bar and no multiple."}),
    "share": frozenset(
        {
            "▲ the lead changes.",
            "△ the lead changes, not certain given the unattributed.",
            "▲ the lead changes; △ not certain, given the unattributed.",
        }
    ),
    "price_skill": frozenset({"Free models stand at the left edge, apart from the line of the cheapest."}),
    "spend": frozenset({"Bars reach from the least to the most of the dollars; lines are at the share of the tokens."}),
}
"""Templates of a view's notes that explain what its own picture has and a native chart has not."""


def charts(exhibit: Exhibit) -> tuple[Chart, ...]:
    """Return the charts of a table, one except under the lens; none where it has nothing to draw, or is better read."""
    made = CHARTS.get(exhibit.view)
    if made is None or not len(exhibit.table) or exhibit.table.empty is not None:
        return ()
    return tuple(chart for chart in made(exhibit) if chart.known)
